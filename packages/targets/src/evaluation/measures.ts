import { DAY } from '../dates.ts'
import { compareDecimal, minus, round9 } from '../decimal.ts'
import { type Judged, PacedBy } from '../rules/judged.ts'
import type { Pace } from './status.ts'

/** How far a value lies outside what is named, 0 within it; the decimal tolerance counts as within. */
export function distanceOf({ low, high, lo, hi }: Judged, value: number): number {
  return value < lo ? minus(low, value) : value > hi ? minus(value, high) : 0
}

/** How much better than the target, in the indicator's unit; negative is worse. */
export function marginOf(judged: Judged, value: number): number {
  const { sign, goal } = judged
  return round9(sign === 0 ? -distanceOf(judged, value) : minus(value, goal) * sign)
}

/**
 * What a report prints as done. More is better: value ÷ target. Less is better: the way from a baseline that is worse,
 * else target ÷ value. Near: 1 − distance ÷ |target|, at least 0. Null where the division has no meaning.
 */
export function completionOf(judged: Judged, value: number): number | null {
  const { goal, sign, start } = judged
  if (sign === 1) return goal > 0 ? value / goal : null
  if (sign === -1) {
    if (start === start) return round9(wayOf(judged, value))
    return goal > 0 && value > 0 ? goal / value : null
  }
  const target = nearestBound(judged, value)
  return target === 0 ? null : Math.max(0, round9(1 - distanceOf(judged, value) / Math.abs(target)))
}

/** What a near target's distance is a share of: its number, or the nearer end of a range. */
export function nearestBound({ target, goal, low, high }: Judged, value: number): number {
  if (target?.comparator !== 'between') return goal
  return Math.abs(value - low) <= Math.abs(value - high) ? low : high
}

/** The share of the way from the baseline; near targets close their distance from either side. */
export const progressOf = (judged: Judged, value: number): number | null =>
  judged.pacedBy === PacedBy.WAY ? round9(wayOf(judged, value)) : null

/** From a baseline, which is known: 0 at it, 1 at the target. */
function wayOf(judged: Judged, value: number): number {
  const { start, goal, sign } = judged
  if (sign === 0) return 1 - distanceOf(judged, value) / distanceOf(judged, start)
  return minus(value, start) / minus(goal, start)
}

/**
 * What was done against what the day asks for: 1 is on schedule, more is ahead. Of a ceiling it is the other way round,
 * the elapsed share ÷ the used one: infinite while nothing of it is used. Null without a path through the year.
 * @param day midnight UTC of a day of the year
 */
export function scheduleOf(judged: Judged, value: number, day: number): number | null {
  const { pacedBy, goal, begins, days } = judged
  const elapsed = ((day - begins) / DAY + 1) / days
  switch (pacedBy) {
    case PacedBy.SHARE:
      return goal > 0 ? value / goal / elapsed : null
    case PacedBy.CEILING:
      if (value <= 0 && goal >= 0) return Infinity
      return goal > 0 ? elapsed / (value / goal) : null
    case PacedBy.WAY:
      // Not by the rounded `progress`: early in the year a day's share of it is all that there is.
      return wayOf(judged, value) / elapsed
    default:
      return null
  }
}

/** The pace that a schedule comes to; of a ceiling the used share is held against the elapsed one. */
export function paceOf({ pacedBy }: Judged, schedule: number): Pace {
  if (pacedBy === PacedBy.CEILING) return verdict(-1 / schedule, -1.05, -0.95)
  return verdict(schedule, 0.95, 1.05)
}

function verdict(ratio: number, behindBelow: number, aheadAbove: number): Pace {
  if (compareDecimal(ratio, aheadAbove) > 0) return 'AHEAD'
  return compareDecimal(ratio, behindBelow) < 0 ? 'BEHIND' : 'ON_TRACK'
}
