// What the members of each cluster reach together, read from a table before its rows are scored.
import { figuresOf } from './check.ts'
import type { Block, Source } from './columns.ts'
import type { Leaders } from './kernels.ts'
import { excessOf } from './rules.ts'
import type { Figure, Rule } from './table.ts'

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

  begin(groups: Int32Array): void {
    const count = groups.reduce((most, group) => Math.max(most, group), 0) + 1
    const result = new Float64Array(count).fill(this.#better === 'less' ? Infinity : 0)
    this.found = { groups, excess: new Float64Array(count), result }
  }

  read({ first, count }: Block): void {
    const { groups, excess, result } = this.found as Leaders
    const isBetter = this.#better === 'less' ? Math.min : Math.max
    this.#own.compute?.(count)
    this.#target?.compute?.(count)
    for (let i = 0; i < count; i++) {
      const v = this.#own.figures[i] as number
      const goal = this.#target ? (this.#target.figures[i] as number) : Number.NaN
      const group = groups[first + i] as number
      if (Number.isNaN(v)) continue
      if (!(goal > 0)) result[group] = isBetter(result[group] as number, v)
      else excess[group] = Math.max(excess[group] as number, excessOf(v, goal, this.#better))
    }
  }
}
