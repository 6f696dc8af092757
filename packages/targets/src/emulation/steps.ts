// How a single figure could be better: as it would be, and what it has to satisfy for that.
import { compareDecimal, tidy } from '../decimal.ts'
import { limitsOf, stepOfFigures } from '../directive/limits.ts'
import type { Target } from '../directive/types.ts'
import { judgeAgain } from '../evaluation/evaluate.ts'
import type { IndicatorResult } from '../evaluation/result.ts'
import { boundsOf, toInterval } from '../rules/interval.ts'
import { type Judged, PacedBy } from '../rules/judged.ts'
import type { Policy } from './policy.ts'

/** A figure as it would be, and what it has to satisfy for that. */
export interface Step {
  readonly result: IndicatorResult
  readonly to: Target
  /** How much of the way it takes: 0 to 1, a little more to exceed. */
  readonly effort: number
}

/** A figure that just satisfies its target; null where it does already, or where that changes nothing. */
export function atTarget(result: IndicatorResult, judged: Judged): Step | null {
  const { target, value } = result
  if (target === null || (value !== null && Number(value) >= judged.lo && Number(value) <= judged.hi)) return null
  const wanted = justSatisfying(target, judged)
  const better = isPossible(judged, wanted) ? judgeAgain(result, wanted) : null
  // Closer to what it should stay near counts too while the year runs.
  const closer = judged.better === 'near' && better?.status === 'IN_PROGRESS'
  if (!better || (better.status === result.status && !closer)) return null
  return { result: better, to: target, effort: effortOf(judged, value, Number(better.value)) }
}

/** A flow that has used no more of its ceiling than the day allows; null where it has not, or where a day allows nothing. */
export function onSchedule(result: IndicatorResult, judged: Judged): Step | null {
  const { goal, pacedBy } = judged
  if (pacedBy !== PacedBy.CEILING || (result.value !== null && result.pace !== 'BEHIND' && result.status !== 'NOT_MET'))
    return null
  // Half of a ceiling is under it, a strict one's too: held against the elapsed share it is twice that share.
  const twice = judgeAgain(result, goal / 2)?.schedule ?? null
  if (twice === null) return null
  const wanted = readable((goal * twice) / 2, true, judged, 0)
  const better = judgeAgain(result, wanted)
  if (!better || better.pace === 'BEHIND') return null
  const to: Target = { comparator: '<=', value: wanted }
  return { result: better, to, effort: effortOf(judged, result.value, wanted) }
}

/** A figure that is beyond its target, where the policy gives `bonus` for that; null where it is there already. */
export function exceeding(result: IndicatorResult, judged: Judged, { bonus }: Policy): Step | null {
  const { target, value } = result
  if (target === null || target.comparator === 'maintained' || judged.better === 'near') return null
  const { low, high } = boundsOf(target)
  const more = judged.better === 'more'
  const enough = Math.abs(judged.goal) * (bonus.above ?? 0)
  const beyond = more ? Math.max(high, judged.goal + enough) : Math.min(low, judged.goal - enough)
  if (value !== null && result.status === 'MET' && (more ? Number(value) > beyond : Number(value) < beyond)) return null
  const to: Target = { comparator: more ? '>' : '<', value: tidy(beyond) }
  // The next figure that is written: what lies nearer is the number itself for whoever compares decimally.
  const step = Math.max(stepOfFigures(judged.indicator), (Math.abs(judged.goal) + enough) * 1e-8)
  const wanted = more ? beyond + step : beyond - step
  const better = isPossible(judged, wanted) ? judgeAgain(result, wanted) : null
  if (!better?.exceeded) return null
  return { result: better, to, effort: effortOf(judged, value, Number(better.value)) + 1e-6 }
}

/** What nobody can report is no way up: a share above the whole, a count below nothing. */
function isPossible({ indicator }: Judged, value: number | boolean): boolean {
  const { least, most } = limitsOf(indicator)
  return typeof value === 'boolean' || (value >= least && compareDecimal(value, most) <= 0)
}

/** The value nearest to what a target asks for that satisfies it. */
function justSatisfying(target: Target, { better }: Judged): number | boolean {
  if (target.comparator === 'maintained') return true
  const { lo, hi } = toInterval(target, better)
  if (target.comparator === '>') return lo
  if (target.comparator === '<') return hi
  const { low, high } = boundsOf(target)
  return better === 'less' ? high : low
}

/** Where a figure stands that has none: as far off as earns nothing. */
export function startOf({ better, goal, start }: Judged): number {
  const size = Math.max(Math.abs(goal), 1)
  const far = better === 'less' ? goal + 4 * size : Math.min(0, goal - 4 * size)
  if (start !== start) return better === 'more' && goal > 0 ? 0 : far
  return better === 'less' ? Math.max(far, start + (start - goal)) : Math.min(far, start - (goal - start))
}

export const effortOf = (judged: Judged, from: number | boolean | null, to: number): number => {
  if (from === null || typeof from === 'boolean') return 1
  const { goal, start } = judged
  const whole = Math.abs(start === start ? goal - start : goal) || 1
  return Math.abs(to - from) / whole
}

/**
 * As figures of the indicator are written, to five significant digits at most, on the better side.
 * @param end never beyond this
 */
export function readable(value: number, less: boolean, { indicator }: Judged, end: number): number {
  if (value === 0) return 0
  const step = Math.max(10 ** (Math.floor(Math.log10(Math.abs(value))) - 4), stepOfFigures(indicator))
  const steps = less ? Math.floor(value / step + 1e-9) : Math.ceil(value / step - 1e-9)
  const rounded = tidy(steps * step)
  return less ? Math.max(rounded, end) : Math.min(rounded, end)
}
