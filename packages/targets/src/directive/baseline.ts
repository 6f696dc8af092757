import { decimalsOf, tidy } from '../decimal.ts'
import { printedDecimals } from './printed.ts'
import type { Change, IndicatorInput } from './types.ts'

/** The value of the year compared with: target − points, or target ÷ (1 + percent). "Lần" has two readings, so none. */
export function derivedBaseline({ target, change, growth }: IndicatorInput): number | undefined {
  if (target.comparator === 'maintained' || target.comparator === 'between' || !change || growth) return undefined
  if (change.unit === 'x') return undefined
  return tidy(before(target.value, change.value, change.unit))
}

const before = (target: number, change: number, unit: Change['unit']) =>
  unit === 'pp' ? target - change : target / (1 + change / 100)

/** Half of the last printed digit. */
const rounding = (decimals: number) => 0.5 * 10 ** -decimals

/**
 * What a given baseline departs from, where it departs by more than the rounding of the printed digits explains.
 * "Lần" has two readings ("to" and "by"): one of them must hold.
 */
export function contradictedBy({ target, change, baseline, quote }: IndicatorInput): number | undefined {
  if (target.comparator === 'maintained' || target.comparator === 'between' || !change || baseline === undefined) {
    return undefined
  }
  const slack = rounding(decimalsOf(baseline))
  const ofTarget = rounding(printedDecimals(quote, target.value))
  const ofChange = rounding(printedDecimals(quote, change.value))
  const reading = (of: (target: number, change: number) => number) => {
    const corners = [-1, 1].flatMap((a) =>
      [-1, 1].map((b) => of(target.value + a * ofTarget, change.value + b * ofChange)),
    )
    const least = Math.min(...corners) - slack
    const most = Math.max(...corners) + slack
    return baseline >= least - 1e-9 && baseline <= most + 1e-9
  }
  if (change.unit !== 'x') {
    const { unit } = change
    return reading((goal, by) => before(goal, by, unit)) ? undefined : tidy(before(target.value, change.value, unit))
  }
  if (change.value <= 0) return undefined
  const holds = reading((goal, times) => goal / times) || reading((goal, times) => goal / (1 + times))
  return holds ? undefined : tidy(target.value / change.value)
}
