import { createHash } from 'node:crypto'
import { type Author, isTaken, writeAs } from '../database/write.ts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import type { ColumnFigure } from './columns.ts'
import type { Figure } from './newest.ts'
import { type FigureWarning, warningsOf } from './warnings.ts'

export interface SubmittedValue {
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
  readonly idempotencyKey: string | null
}

/** `stored`, or why nothing was. */
export type SubmissionOutcome =
  | { readonly stored: readonly Figure[]; readonly warnings: readonly FigureWarning[] }
  | { readonly refused: 'IDEMPOTENCY_CONFLICT' | 'EDIT_CONFLICT' }

/**
 * Stores a submission's figures, all or none, each as the next revision of its indicator, date and status. The same
 * idempotency key with the same content stores nothing again and answers as it did the first time.
 * @param before the figures that counted on the submission's date
 */
export async function storeSubmission(
  prisma: PrismaClient,
  author: Author,
  submission: Submission,
  before: readonly ColumnFigure[],
): Promise<SubmissionOutcome> {
  try {
    return await writeAs(prisma, author, (transaction) => store(transaction, author, submission, before))
  } catch (error) {
    if (isTaken(error)) {
      // The same submission may have come in twice at once: then the other one has stored it.
      return (await knownOutcome(prisma, submission)) ?? { refused: 'EDIT_CONFLICT' }
    }
    throw error
  }
}

/** What a submission of the same idempotency key came to, or null where there is none. */
async function knownOutcome(
  client: Prisma.TransactionClient,
  submission: Submission,
): Promise<SubmissionOutcome | null> {
  const { unit, idempotencyKey } = submission
  if (idempotencyKey === null) return null
  const known = await client.submission.findUnique({
    where: { unitCode_idempotencyKey: { unitCode: unit, idempotencyKey } },
  })
  if (!known) return null
  if (known.contentHash !== hashOf(submission)) return { refused: 'IDEMPOTENCY_CONFLICT' }
  return known.stored as unknown as Extract<SubmissionOutcome, { stored: unknown }>
}

async function store(
  transaction: Prisma.TransactionClient,
  { subject }: Author,
  submission: Submission,
  before: readonly ColumnFigure[],
): Promise<SubmissionOutcome> {
  const { unit, year, status, source, reason, values, idempotencyKey } = submission
  const asOf = new Date(submission.asOf)
  const known = await knownOutcome(transaction, submission)
  if (known) return known
  const newest = await transaction.measurement.groupBy({
    by: ['indicatorId'],
    where: { unitCode: unit, year, asOf, status, indicatorId: { in: values.map(({ indicator }) => indicator) } },
    _max: { revision: true },
  })
  const revisions = new Map(newest.map(({ indicatorId, _max }) => [indicatorId, _max.revision ?? 0]))
  const seen = values.find(
    ({ indicator, revision }) => revision !== null && revision !== (revisions.get(indicator) ?? 0),
  )
  if (seen) return { refused: 'EDIT_CONFLICT' }
  const recordedAt = new Date()
  const stored = values.map(
    ({ indicator, value }): Figure => ({
      unitCode: unit,
      year,
      indicatorId: indicator,
      asOf: submission.asOf,
      status,
      revision: (revisions.get(indicator) ?? 0) + 1,
      value,
      source,
      note: null,
      withdrawn: false,
      reason: revisions.has(indicator) ? reason : null,
      synthetic: false,
      recordedAt: recordedAt.toISOString(),
      recordedBy: subject,
    }),
  )
  await transaction.measurement.createMany({ data: stored.map((figure) => ({ ...figure, asOf, recordedAt })) })
  const outcome = { stored, warnings: warningsOf(stored, before) }
  if (idempotencyKey !== null) {
    await transaction.submission.create({
      data: {
        unitCode: unit,
        idempotencyKey,
        contentHash: hashOf(submission),
        stored: outcome as unknown as Prisma.InputJsonValue,
        recordedBy: subject,
      },
    })
  }
  return outcome
}

/** A figure by its key. */
export interface FigureKey {
  readonly unit: string
  readonly year: number
  readonly indicator: string
  readonly asOf: string
  readonly status: MeasurementStatus
}

/** Takes a figure back: the next revision says so and why. Null where there is none that stands, or it changed meanwhile. */
export async function storeWithdrawal(
  prisma: PrismaClient,
  author: Author,
  { unit, year, indicator, asOf, status }: FigureKey,
): Promise<Figure | null> {
  const key = { unitCode: unit, year, indicatorId: indicator, asOf: new Date(asOf), status }
  try {
    return await writeAs(prisma, author, async (transaction) => {
      const last = await transaction.measurement.findFirst({ where: key, orderBy: { revision: 'desc' } })
      if (!last || last.withdrawn) return null
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
    })
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

/** Of what was said, not of who said it or when. */
function hashOf({ year, asOf, status, source, values }: Submission): string {
  const content = JSON.stringify([year, asOf, status, source, values.map(({ indicator, value }) => [indicator, value])])
  return createHash('sha256').update(content).digest('hex')
}
