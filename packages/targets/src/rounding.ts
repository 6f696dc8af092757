// Rounding as a table or a policy says it: to decimals or to a step, to the nearest or to one side.
import { roundHalf, tidy } from './decimal.ts'

/** To the nearest, a half away from zero; or always up, or down. */
export type Rounding = 'nearest' | 'up' | 'down'

/** How a number is rounded: to so many decimals, or to whole steps ("làm tròn đến 0,5"); neither: not at all. */
export interface Rounded {
  readonly decimals?: number | undefined
  readonly step?: number | undefined
  /** Absent: to the nearest. */
  readonly rounding?: Rounding | undefined
}

/** Whole numbers, binary noise left out: 20% of 15 are 3 upwards and downwards. */
export function wholeOf(value: number, rounding: Rounding = 'nearest'): number {
  const noise = 1e-9 + Math.abs(value) * 4e-15
  if (rounding === 'down') return Math.floor(value + noise)
  return rounding === 'up' ? Math.ceil(value - noise) : roundHalf(value, 0)
}

/** What rounds as it is said; without binary noise where nothing is. */
export function rounderOf({ decimals, step, rounding = 'nearest' }: Rounded): (value: number) => number {
  if (step !== undefined) return (value) => tidy(wholeOf(value / step, rounding) * step)
  if (decimals === undefined) return tidy
  if (rounding === 'nearest') return (value) => roundHalf(value, decimals)
  const scale = 10 ** decimals
  return (value) => wholeOf(value * scale, rounding) / scale
}

export const isRounded = ({ decimals, step }: Rounded): boolean => decimals !== undefined || step !== undefined
