import { nextUp, RELATIVE_TOLERANCE } from '../decimal.ts'
import type { Better, Target } from '../directive/types.ts'
import { isRecord, wrongType } from '../errors.ts'

/** The values that satisfy a target, `lo ≤ value ≤ hi`, the decimal tolerance folded in. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

/** What "about" allows: 1% of |target|. */
const ABOUT_TOLERANCE = 0.01

/** The numbers that a target names, from the lowest to the highest: for "about" the ends of its tolerance. */
export function boundsOf(target: Target): { readonly low: number; readonly high: number } {
  if (target.comparator === 'between') return target
  const value = Number(target.value)
  const about = target.comparator === '~' ? Math.abs(value) * ABOUT_TOLERANCE : 0
  return { low: value - about, high: value + about }
}

/** The number that stands for a target where one has room: a range's low bound, 1 of what is maintained. */
export function targetNumber(target: Target): number {
  if (!isRecord(target)) throw wrongType('target', 'một mục tiêu', 'a target', target)
  return 'value' in target ? Number(target.value) : target.low
}

const slackOf = (value: number) => Math.abs(value) * RELATIVE_TOLERANCE
const LOWEST = -Number.MAX_VALUE
const HIGHEST = Number.MAX_VALUE

/**
 * The normal form of every comparator. Bounds are finite, so that an infinite value is never inside.
 * A milestone is 1 where it is maintained. "About" and a range have no far bound where more, or less, is better still.
 */
export function toInterval(target: Target, better: Better): Interval {
  const { low, high } = boundsOf(target)
  switch (target.comparator) {
    case '>':
      return { lo: nextUp(low + slackOf(low)), hi: HIGHEST }
    case '<':
      return { lo: LOWEST, hi: -nextUp(-(high - slackOf(high))) }
    case 'maintained':
      return { lo: 1, hi: 1 }
    default:
      return {
        lo: better === 'less' ? LOWEST : low - slackOf(low),
        hi: better === 'more' ? HIGHEST : high + slackOf(high),
      }
  }
}

/** The bounds beyond which a value is better than the number of its target, or than the far end of what it names. */
export function toExceeding(target: Target, better: Better): { readonly notAbove: number; readonly notBelow: number } {
  const { low, high } = boundsOf(target)
  const counts = target.comparator !== 'maintained'
  return {
    notAbove: counts && better === 'more' ? high + slackOf(high) : Infinity,
    notBelow: counts && better === 'less' ? low - slackOf(low) : -Infinity,
  }
}
