import { type Indicator, isCount } from '@dienbien/targets/core'
import { tidy } from '../numbers.ts'

/** Measured things that are shared out whole, as what is counted is. */
const WHOLE: readonly string[] = ['hectare', 'tonne']

/** In what steps a total is shared out. */
export const stepOf = ({ unit }: Pick<Indicator, 'unit'>): number =>
  isCount(unit) || WHOLE.includes(unit.code) ? 1 : 0.1

/**
 * Splits a total by weights into multiples of `step` that add up to it exactly (largest remainders first; equal ones in
 * the order given).
 * @param total a multiple of `step`
 */
export function allocate(total: number, weights: readonly number[], step: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const steps = Math.round(total / step)
  const exact = weights.map((weight) => (sum === 0 ? 0 : (steps * weight) / sum))
  const parts = exact.map(Math.floor)
  const left = steps - parts.reduce((a, b) => a + b, 0)
  const byRemainder = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
  for (const { i } of byRemainder.slice(0, left)) parts[i] = (parts[i] as number) + 1
  return parts.map((part) => tidy(part * step))
}
