import { createHash } from 'node:crypto'
import { type Author, isTaken, writeAs } from '../database/write.ts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import type { Figure } from './newest.ts'

export interface Submission {
  readonly unit: string
  readonly year: number
  readonly asOf: string
  readonly status: MeasurementStatus
  readonly source: string | null
  readonly values: readonly { readonly indicator: string; readonly value: number }[]
  readonly idempotencyKey: string | null
}

/** `stored`, or why nothing was. */
export type SubmissionOutcome =
  | { readonly stored: readonly Figure[] }
  | { readonly refused: 'IDEMPOTENCY_CONFLICT' | 'EDIT_CONFLICT' }

/**
 * Stores a submission's figures, all or none, each as the next revision of its indicator, date and status. The same
 * idempotency key with the same content stores nothing again and gives what it stored the first time.
 */
export async function storeSubmission(
  prisma: PrismaClient,
  author: Author,
  submission: Submission,
): Promise<SubmissionOutcome> {
  try {
    return await writeAs(prisma, author, (transaction) => store(transaction, author, submission))
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
  return { stored: known.stored as unknown as Figure[] }
}

async function store(
  transaction: Prisma.TransactionClient,
  { subject }: Author,
  submission: Submission,
): Promise<SubmissionOutcome> {
  const { unit, year, status, source, values, idempotencyKey } = submission
  const asOf = new Date(submission.asOf)
  const known = await knownOutcome(transaction, submission)
  if (known) return known
  const newest = await transaction.measurement.groupBy({
    by: ['indicatorId'],
    where: { unitCode: unit, year, asOf, status, indicatorId: { in: values.map(({ indicator }) => indicator) } },
    _max: { revision: true },
  })
  const revisions = new Map(newest.map(({ indicatorId, _max }) => [indicatorId, _max.revision ?? 0]))
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
      synthetic: false,
      recordedAt: recordedAt.toISOString(),
    }),
  )
  await transaction.measurement.createMany({
    data: stored.map((figure) => ({ ...figure, asOf, recordedAt, recordedBy: subject })),
  })
  if (idempotencyKey !== null) {
    await transaction.submission.create({
      data: {
        unitCode: unit,
        idempotencyKey,
        contentHash: hashOf(submission),
        stored: stored as unknown as Prisma.InputJsonValue,
        recordedBy: subject,
      },
    })
  }
  return { stored }
}

/** Of what was said, not of who said it or when. */
function hashOf({ year, asOf, status, source, values }: Submission): string {
  const content = JSON.stringify([year, asOf, status, source, values.map(({ indicator, value }) => [indicator, value])])
  return createHash('sha256').update(content).digest('hex')
}
