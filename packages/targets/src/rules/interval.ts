import type { Target } from '../directive/types.ts'
import { nextUp, RELATIVE_TOLERANCE } from './decimal.ts'

/** The values that satisfy a target, `lo ≤ value ≤ hi`, the decimal tolerance folded in. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

/** How far below an "about" target a value may lie and still reach it: 1% of the target. */
export const ABOUT_TOLERANCE = 0.01

/** The least value that reaches a target of "about" `value`. */
export function aboutFloor(value: number, tolerance = ABOUT_TOLERANCE): number {
  return value - Math.abs(value) * tolerance
}

/**
 * The normal form of every comparator. Bounds are finite, so that an infinite value is never inside.
 * A milestone is 1 where it is maintained.
 */
export function toInterval(target: Target): Interval {
  if (target.comparator === 'maintained') return { lo: 1, hi: 1 }
  const { value } = target
  const slack = Math.abs(value) * RELATIVE_TOLERANCE
  const lowest = -Number.MAX_VALUE
  const highest = Number.MAX_VALUE
  switch (target.comparator) {
    case '>=':
      return { lo: value - slack, hi: highest }
    case '>':
      return { lo: nextUp(value + slack), hi: highest }
    case '<=':
      return { lo: lowest, hi: value + slack }
    case '<':
      return { lo: lowest, hi: -nextUp(-(value - slack)) }
    case '=':
      return { lo: value - slack, hi: value + slack }
    case '~':
      return { lo: aboutFloor(value) - slack, hi: highest }
  }
}

/** The bounds beyond which a value is strictly better than a target that is not strict; for "about", above its tolerance. */
export function toExceeding(target: Target): { readonly notAbove: number; readonly notBelow: number } {
  const none = { notAbove: Infinity, notBelow: -Infinity }
  if (target.comparator === 'maintained') return none
  const size = Math.abs(target.value)
  const slack = size * RELATIVE_TOLERANCE
  switch (target.comparator) {
    case '>=':
      return { ...none, notAbove: target.value + slack }
    case '~':
      return { ...none, notAbove: target.value + size * ABOUT_TOLERANCE + slack }
    case '<=':
      return { ...none, notBelow: target.value - slack }
    default:
      return none
  }
}
