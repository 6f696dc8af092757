// What became of a figure between two dates: who has risen, who has fallen, and by how much.
import type { Indicator } from '@dienbien/targets'
import type { ColumnFigure } from '../figures/columns.ts'
import { tidy } from '../numbers.ts'

/** Figures of one indicator of a unit that count on two dates. */
export interface FigureDifference {
  readonly unit: string
  readonly before: ColumnFigure
  readonly after: ColumnFigure
  /** After − before, in the indicator's unit. */
  readonly difference: number
  /** Difference ÷ |before|; null where before is 0. */
  readonly ratio: number | null
}

export type DifferenceOrder = 'improvement' | 'difference' | 'ratio'

/**
 * Of the units whose figure of the second date is another than that of the first.
 * @param figureOn the figure of a unit that counts on the first and on the second date, where there is one
 */
export function differencesOf(
  units: readonly string[],
  figureOn: (unit: string) => readonly [ColumnFigure | undefined, ColumnFigure | undefined],
): FigureDifference[] {
  return units.flatMap((unit) => {
    const [before, after] = figureOn(unit)
    if (!before || !after || isSame(before, after)) return []
    const difference = tidy(after.value - before.value)
    return [{ unit, before, after, difference, ratio: before.value === 0 ? null : difference / Math.abs(before.value) }]
  })
}

/** The same figure on both dates is no change: nothing came in between. */
const isSame = (before: ColumnFigure, after: ColumnFigure): boolean =>
  before.asOf === after.asOf && before.year === after.year

/**
 * The greatest first, or the least. An improvement is a difference in the indicator's better direction; of what should be near a value it
 * is the difference as it is. What has no ratio comes last.
 */
export function sortDifferences(
  differences: readonly FigureDifference[],
  { by, descending }: { readonly by: DifferenceOrder; readonly descending: boolean },
  { better }: Indicator,
): FigureDifference[] {
  const sign = by === 'improvement' && better === 'less' ? -1 : 1
  const rank = ({ difference, ratio }: FigureDifference) => (by === 'ratio' ? ratio : sign * difference)
  return differences.toSorted((a, b) => {
    const [x, y] = [rank(a), rank(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return descending ? y - x : x - y
  })
}
