// How many of its figures a unit has reported in a period, and how many in time.
import type { EvaluationSummary, IndicatorResult } from '@dienbien/targets'
import type { ReportedFigure } from '../figures/newest.ts'

export interface Completeness {
  readonly expected: number
  readonly reported: number
  readonly inTime: number
  /** Of those that were late, the days beyond those allowed: the mean and the most; null where none was. */
  readonly meanDaysLate: number | null
  readonly mostDaysLate: number | null
}

interface Period {
  /** ISO date: only figures of this day or a later one; null for all. */
  readonly from: string | null
  /** Days after the day that a figure stands for in which it is in time. */
  readonly daysAllowed: number
}

const DAY_MS = 86_400_000

/** In how many days a figure is in time where nobody says: this project's choice, the directive sets no day. */
export const DAYS_ALLOWED = 15

/** The indicators that have a target for a unit. */
export const expectedOf = (results: readonly Pick<IndicatorResult, 'indicatorId' | 'status'>[]): ReadonlySet<string> =>
  new Set(results.filter(({ status }) => status !== 'NOT_APPLICABLE').map(({ indicatorId }) => indicatorId))

/** Of the figures that are expected of several units, the share that is there; null where none is expected. */
export function shareReported(
  summaries: readonly Pick<EvaluationSummary, 'total' | 'notApplicable' | 'noData'>[],
): number | null {
  const [expected, missing] = summaries.reduce<readonly [number, number]>(
    ([sum, without], { total, notApplicable, noData }) => [sum + total - notApplicable, without + noData],
    [0, 0],
  )
  return expected === 0 ? null : (expected - missing) / expected
}

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
  const late = reported
    .map(
      ({ asOf, firstRecordedAt }) =>
        Math.floor((Date.parse(firstRecordedAt) - Date.parse(asOf)) / DAY_MS) - daysAllowed,
    )
    .filter((days) => days > 0)
  return {
    expected: expected.size,
    reported: reported.length,
    inTime: reported.length - late.length,
    meanDaysLate: late.length === 0 ? null : late.reduce((a, b) => a + b, 0) / late.length,
    mostDaysLate: late.length === 0 ? null : Math.max(...late),
  }
}
