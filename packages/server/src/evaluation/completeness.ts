// How many of its figures a unit has reported in a period, and how many in time.
import type { ReportedFigure } from '../figures/newest.ts'

export interface Completeness {
  readonly expected: number
  readonly reported: number
  readonly inTime: number
}

interface Period {
  /** ISO date: only figures of this day or a later one; null for all. */
  readonly from: string | null
  /** Days after the day that a figure stands for in which it is in time. */
  readonly daysAllowed: number
}

const DAY_MS = 86_400_000

/**
 * @param expected the indicators that have a target for the unit
 * @param figures of the unit, those that count at the end of the period
 */
export function completenessOf(
  expected: ReadonlySet<string>,
  figures: readonly Pick<ReportedFigure, 'indicatorId' | 'asOf' | 'firstRecordedAt'>[],
  { from, daysAllowed }: Period,
): Completeness {
  const reported = figures.filter(
    ({ indicatorId, asOf }) => expected.has(indicatorId) && (from === null || asOf >= from),
  )
  // A correction that comes later does not make a report late that came in time.
  const inTime = reported.filter(
    ({ asOf, firstRecordedAt }) => Date.parse(firstRecordedAt) < Date.parse(asOf) + (daysAllowed + 1) * DAY_MS,
  )
  return { expected: expected.size, reported: reported.length, inTime: inTime.length }
}
