import { compareDecimal } from '../rules/decimal.ts'
import type { Judged } from '../rules/plan.ts'
import type { Pace } from './status.ts'

const NANO = 1e9

/** Rounds away binary noise below 10⁻⁹, and −0. */
const round9 = (value: number) => (Math.abs(value) < 9e6 ? Math.round(value * NANO) / NANO + 0 : value)

/** How much better than the target, in the indicator's unit; negative is worse. */
export function marginOf({ target, goal, lessIsBetter }: Judged, value: number): number {
  if (target?.comparator === '=') return -round9(Math.abs(value - goal))
  return round9(lessIsBetter ? goal - value : value - goal)
}

/**
 * The share of the way done. More is better: value ÷ target. Less is better: from the baseline down to the target
 * where a baseline is known, else target ÷ value. Null where that divides by zero or a negative value.
 */
export function completionOf({ goal, lessIsBetter, baseline }: Judged, value: number): number | null {
  if (!lessIsBetter) return goal === 0 ? null : value / goal
  if (baseline !== undefined && baseline > goal) return round9((baseline - value) / (baseline - goal))
  return value > 0 ? goal / value : null
}

/** @param elapsed share of the year, above 0 */
export function paceOf(completion: number, elapsed: number): Pace {
  const ratio = completion / elapsed
  if (compareDecimal(ratio, 1.05) > 0) return 'AHEAD'
  if (compareDecimal(ratio, 0.95) < 0) return 'BEHIND'
  return 'ON_TRACK'
}
