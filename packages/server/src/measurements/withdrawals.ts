// Taking a figure back: the next revision says so and why. Nothing is deleted.
import { type Author, expectState, NEWEST_REVISION, takeTurns } from '../database/write.ts'
import { inputError } from '../errors/input-error.ts'
import type { Figure } from '../figures/newest.ts'
import type { Unit } from '../figures/registry.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { STATUS_NAMES } from './status-words.ts'
import { placeOf } from './submit.ts'

/** A figure that counts, by what it is of. */
export interface CountingFigure {
  readonly unit: Pick<Unit, 'id' | 'code'>
  readonly year: number
  readonly indicator: string
  readonly asOf: string
  readonly status: MeasurementStatus
}

/**
 * @param expected the revision that its author saw; null expects nothing
 * @returns the revision that takes the figure back
 * @throws {EditConflict} where another one came in since; `BAD_INPUT` where there is none that stands
 */
export async function withdrawFigure(
  transaction: Prisma.TransactionClient,
  author: Author,
  figure: CountingFigure,
  expected: number | null,
): Promise<Figure> {
  const { unit, year, indicator, asOf, status } = figure
  await takeTurns(transaction, placeOf({ unit: unit.id, year, asOf, status }))
  const key = { unitCode: unit.id, year, indicatorId: indicator, asOf: new Date(asOf), status }
  const last = await transaction.measurement.findFirst({ where: key, orderBy: { revision: 'desc' } })
  expectState(expected, last?.revision ?? 0, NEWEST_REVISION)
  if (!last || last.withdrawn) throw nothingStands(figure)
  const row = await transaction.measurement.create({
    data: {
      ...last,
      revision: last.revision + 1,
      withdrawn: true,
      reason: author.reason,
      recordedAt: new Date(),
      recordedBy: author.subject,
    },
  })
  return { ...row, asOf, recordedAt: row.recordedAt.toISOString() }
}

const nothingStands = ({ unit: { code }, indicator, asOf, status }: CountingFigure) =>
  inputError(
    'BAD_INPUT',
    {
      vi: `${code} không có số liệu ${STATUS_NAMES[status]} của ${indicator} ngày ${asOf} đang có hiệu lực`,
      en: `${code} has no ${status} figure of ${indicator} of ${asOf} that stands`,
    },
    { argument: 'input', value: asOf },
  )
