// What the members of each cluster reach together: of a few units at once, or read from a table before its rows are scored.
import { BLOCK, type Block, type Source } from './columns.ts'
import { figureOf, figuresOf, type Known } from './figures.ts'
import type { Leaders } from './kernels.ts'
import { againstBest, excessOf, type Leader } from './rules.ts'
import type { Figure, Rule } from './table.ts'

/** A rule that looks at the others of a cluster. */
export type ClusterRule = Extract<Rule, { kind: 'leader' | 'excess' | 'place' }>

export const isOfCluster = (rule: Rule): rule is ClusterRule =>
  rule.kind === 'leader' || rule.kind === 'excess' || rule.kind === 'place'

/** Where nobody is judged. */
export const NO_LEADER: Leader = { excess: 0, result: 0, order: [] }

/** The best first. */
const sorted = (values: Float64Array, better: 'more' | 'less' | undefined): Float64Array =>
  better === 'less' ? values.sort() : values.sort().reverse()

/** What those whom a rule judges reach together. */
export function leaderOf(rule: ClusterRule, units: readonly { readonly known: Known }[]): Leader {
  const { better } = rule
  let [excess, result] = [0, better === 'less' ? Infinity : 0]
  const values: number[] = []
  for (const { known } of units) {
    const value = figureOf(rule.of, known)
    const target = rule.kind === 'excess' ? figureOf(rule.target, known) : null
    if (value === null) continue
    values.push(value)
    if (target === null || target <= 0) result = better === 'less' ? Math.min(result, value) : Math.max(result, value)
    else excess = Math.max(excess, excessOf(value, target, better))
  }
  return { excess, result, order: rule.kind === 'place' ? sorted(Float64Array.from(values), better) : [] }
}

const NO_TARGETS = new Float64Array(BLOCK)

/** The best result, the greatest excess and the order of each group. */
export class LeaderOf {
  found: Leaders | null = null
  readonly #source: Source
  readonly #target: Source | null
  readonly #rule: ClusterRule
  readonly asks: readonly (Figure | number)[]
  /** Known figures by group; only for a rule by place. */
  #values: number[][] = []

  constructor(rule: ClusterRule, source: Source, target: Source) {
    this.asks = figuresOf(rule)
    this.#source = source
    this.#target = rule.kind === 'excess' ? target : null
    this.#rule = rule
  }

  /** @param count of groups */
  begin(groups: Int32Array, count: number): void {
    const result = new Float64Array(count).fill(this.#rule.better === 'less' ? Infinity : 0)
    this.#values = this.#rule.kind === 'place' ? Array.from({ length: count }, () => []) : []
    this.found = { groups, excess: new Float64Array(count), result, order: [] }
  }

  read({ first, count }: Block): void {
    const { groups, excess, result } = this.found as Leaders
    this.#source.compute?.(count)
    this.#target?.compute?.(count)
    const figures = this.#source.figures
    if (this.#rule.kind === 'place') {
      for (let i = 0; i < count; i++) {
        const value = figures[i] as number
        if (!Number.isNaN(value)) this.#values[groups[first + i] as number]?.push(value)
      }
      return
    }
    const { better } = this.#rule
    const lessIsBetter = better === 'less'
    const target = this.#target?.figures ?? NO_TARGETS
    for (let i = 0; i < count; i++) {
      const v = figures[i] as number
      const goal = target[i] as number
      const group = groups[first + i] as number
      // What is not known is neither above nor below anything.
      if (goal > 0) {
        const above = excessOf(v, goal, better)
        if (above > (excess[group] as number)) excess[group] = above
      } else if (lessIsBetter ? v < (result[group] as number) : v > (result[group] as number)) result[group] = v
    }
  }

  /** After the last block. */
  end(): void {
    const order = this.#values.map((values) => sorted(Float64Array.from(values), this.#rule.better))
    this.found = { ...(this.found as Leaders), order }
  }
}

/** What the member with the most of a node has, where its points go by that: read from all rows before they are scored. */
export class LeaderOfNode {
  readonly #gets: number
  #groups = new Int32Array()
  #greatest = new Float64Array()
  #isRead = false
  #first = 0
  readonly #counts: (row: number) => boolean

  /** @param gets the points of the leader @param counts whether the node counts for a row of the block that is open */
  constructor(gets: number, counts: (row: number) => boolean) {
    this.#gets = gets
    this.#counts = counts
  }

  /** Before the first block; what was seen till then followed from leaders that were not known. @param count of groups */
  begin(groups: Int32Array, count: number): void {
    this.#groups = groups as Int32Array<ArrayBuffer>
    this.#greatest = new Float64Array(count)
    this.#isRead = false
  }

  /** Before the rows of a block. */
  open({ first }: Block): void {
    this.#first = first
  }

  /** The points of a row of the block, from what its node came to. */
  of(points: number, row: number): number {
    const group = this.#groups[this.#first + row] as number
    if (this.#isRead) return againstBest(points, this.#greatest[group] as number) * this.#gets
    if (points > (this.#greatest[group] as number) && this.#counts(row)) this.#greatest[group] = points
    return 0
  }

  /** After the last block. */
  end(): void {
    this.#isRead = true
  }
}
