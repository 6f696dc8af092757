import { type Author, expectState, takeTurns } from '../database/write.ts'
import type { ColumnFigure } from '../figures/columns.ts'
import type { Figure } from '../figures/newest.ts'
import { directiveMeasuring } from '../figures/years.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { type FigureWarning, warningsOf } from './warnings.ts'

interface SubmittedValue {
  readonly indicator: string
  readonly value: number
  /** The revision that is corrected, as its author saw it: 0 for none. Null: whichever there is. */
  readonly revision: number | null
}

export interface Submission {
  readonly unit: string
  readonly year: number
  readonly asOf: string
  readonly status: MeasurementStatus
  readonly source: string | null
  /** Why figures that are there already are corrected. */
  readonly reason: string | null
  readonly values: readonly SubmittedValue[]
}

/** What a submission came to, and what does not agree in it. */
export interface Stored {
  /** Of each value, the figure that stands for it now. */
  readonly stored: readonly Figure[]
  /** The indicators of which the same stood already: nothing was stored of them. */
  readonly unchanged: readonly string[]
  readonly warnings: readonly FigureWarning[]
}

/** Whether a submission changed anything. */
export const storedAnything = ({ stored, unchanged }: Stored): boolean => stored.length > unchanged.length

/**
 * Stores a submission's figures, all or none, each as the next revision of its indicator, date and status.
 * @param before the figures that counted on the submission's date
 * @throws {EditConflict} where another revision of one of them came in than its author saw
 */
export async function storeSubmission(
  transaction: Prisma.TransactionClient,
  author: Author,
  submission: Submission,
  before: readonly ColumnFigure[],
): Promise<Stored> {
  const { unit, year, status, values } = submission
  const asOf = new Date(submission.asOf)
  await takeTurns(transaction, placeOf(submission))
  const rows = await transaction.measurement.findMany({
    where: { unitCode: unit, year, asOf, status, indicatorId: { in: values.map(({ indicator }) => indicator) } },
    distinct: ['indicatorId'],
    orderBy: [{ indicatorId: 'asc' }, { revision: 'desc' }],
  })
  const standing = new Map(
    rows.map((row): [string, Figure] => [
      row.indicatorId,
      { ...row, asOf: submission.asOf, recordedAt: row.recordedAt.toISOString() },
    ]),
  )
  const newest: Newest = (indicator) => standing.get(indicator)
  checkExpected(submission, newest)
  const { figures, fresh } = nextFigures(author, submission, newest)
  // In one order, as imports insert too: two that store the same figures wait for each other in turn.
  const inOrder = [...fresh].sort((a, b) => (a.indicatorId < b.indicatorId ? -1 : 1))
  await transaction.measurement.createMany({ data: inOrder.map((figure) => ({ ...figure, asOf })) })
  return {
    stored: figures,
    unchanged: unchangedOf(figures, fresh),
    warnings: warningsOf(figures, before, directiveMeasuring(year)),
  }
}

/** The newest revision of an indicator's figure of the submission's date and status, withdrawn or not. */
export type Newest = (indicator: string) => Figure | undefined

/** The indicators whose figures stood already. */
export const unchangedOf = (figures: readonly Figure[], fresh: readonly Figure[]): string[] =>
  figures.filter((figure) => !fresh.includes(figure)).map(({ indicatorId }) => indicatorId)

/** Who stores the next revision of a figure takes this turn first: of a unit's figures of one date and status. */
export const placeOf = ({ unit, year, asOf, status }: Pick<Submission, 'unit' | 'year' | 'asOf' | 'status'>): string =>
  JSON.stringify(['figures', unit, year, asOf, status])

/** @throws {EditConflict} where another revision of a figure is the newest than its author saw */
export function checkExpected({ values }: Submission, newest: Newest): void {
  for (const [i, { indicator, revision }] of values.entries()) {
    const what = { vi: `bản mới nhất của ${indicator}`, en: `the newest revision of ${indicator}` }
    expectState(revision, newest(indicator)?.revision ?? 0, what, `input.values[${i}].revision`)
  }
}

/** Whether a figure says what is to be stored already: the same value, from the same source or with none given now. */
export const standsAlready = (
  last: Pick<Figure, 'value' | 'source' | 'withdrawn'>,
  { value, source }: Pick<Figure, 'value' | 'source'>,
): boolean => !last.withdrawn && last.value === value && (source === null || last.source === source)

/**
 * The figures of a submission, each the next revision. What stands already with the same value, from the same source or
 * with none given now, stays as it is.
 * @returns all of them in the order given, and of those the ones to store
 */
export function nextFigures(
  { subject }: Author,
  { unit, year, asOf, status, source, reason, values }: Submission,
  newest: Newest,
): { readonly figures: readonly Figure[]; readonly fresh: readonly Figure[] } {
  const recordedAt = new Date().toISOString()
  const fresh: Figure[] = []
  const figures = values.map(({ indicator, value }): Figure => {
    const last = newest(indicator)
    if (last && standsAlready(last, { value, source })) return last
    const figure = {
      unitCode: unit,
      year,
      indicatorId: indicator,
      asOf,
      status,
      revision: (last?.revision ?? 0) + 1,
      value,
      source,
      note: null,
      withdrawn: false,
      reason: last ? reason : null,
      synthetic: false,
      recordedAt,
      recordedBy: subject,
    }
    fresh.push(figure)
    return figure
  })
  return { figures, fresh }
}
