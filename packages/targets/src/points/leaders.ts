// What the members of each cluster reach together, read from a table before its rows are scored.
import { figuresOf } from './check.ts'
import { BLOCK, type Block, type Source } from './columns.ts'
import type { Leaders } from './kernels.ts'
import { excessOf } from './rules.ts'
import type { Figure, Rule } from './table.ts'

const NO_TARGETS = new Float64Array(BLOCK)

/** The best result, and the greatest excess, of each group. */
export class LeaderOf {
  found: Leaders | null = null
  readonly #own: Source
  readonly #target: Source | null
  readonly #better: 'more' | 'less'
  readonly asks: readonly (Figure | number)[]

  constructor(rule: Extract<Rule, { kind: 'leader' | 'excess' }>, own: Source, target: Source) {
    this.asks = figuresOf(rule)
    this.#own = own
    this.#target = rule.kind === 'excess' ? target : null
    this.#better = rule.better ?? 'more'
  }

  /** @param count of groups */
  begin(groups: Int32Array, count: number): void {
    const result = new Float64Array(count).fill(this.#better === 'less' ? Infinity : 0)
    this.found = { groups, excess: new Float64Array(count), result }
  }

  read({ first, count }: Block): void {
    const { groups, excess, result } = this.found as Leaders
    this.#own.compute?.(count)
    this.#target?.compute?.(count)
    const own = this.#own.figures
    const target = this.#target?.figures ?? NO_TARGETS
    const lessIsBetter = this.#better === 'less'
    for (let i = 0; i < count; i++) {
      const v = own[i] as number
      const goal = target[i] as number
      const group = groups[first + i] as number
      // What is not known is neither above nor below anything.
      if (goal > 0) {
        const above = excessOf(v, goal, this.#better)
        if (above > (excess[group] as number)) excess[group] = above
      } else if (lessIsBetter ? v < (result[group] as number) : v > (result[group] as number)) result[group] = v
    }
  }
}
