import { decimalsOf } from '../decimal.ts'
import type { IndicatorInput } from './types.ts'

/** A number as a Vietnamese text prints it: dots group thousands, a comma is the decimal sign. */
const parsePrinted = (text: string) => Number(text.replace(/\.(?=\d{3}(?!\d))/g, '').replace(',', '.'))

/** The decimals with which a quote prints a number (2 of "31,10%"), or else those that the number has. */
export function printedDecimals(quote: string, value: number): number {
  for (const [text] of quote.matchAll(/\d+(?:[.,]\d+)*/g)) {
    if (parsePrinted(text) === Math.abs(value)) return text.split(',')[1]?.length ?? 0
  }
  return decimalsOf(value)
}

const decimals = new WeakMap<object, number>()

/** The decimals with which an indicator's target is printed; those of its figures are at least as many. */
export function decimalsOfIndicator(indicator: IndicatorInput): number {
  let known = decimals.get(indicator)
  if (known === undefined) {
    const { target, quote } = indicator
    const numbers = target.comparator === 'between' ? [target.low, target.high] : [Number(target.value)]
    known = Math.max(...numbers.map((value) => printedDecimals(quote, value)))
    decimals.set(indicator, known)
  }
  return known
}
