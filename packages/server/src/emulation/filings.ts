import { type Author, isTaken, writeAs } from '../database/write.ts'
import { tidy } from '../decimal.ts'
import type { Filing, Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { FilingKind } from '../generated/prisma/enums.ts'

/** A target that a unit registered in its pact, in the indicator's unit. */
export interface RegisteredTarget {
  readonly indicator: string
  readonly value: number
}

/** Points for one indicator or criterion of the policy. */
export interface ScoreSheetLine {
  readonly item: string
  readonly points: number
  readonly evidence: string | null
}

export interface NewFiling {
  readonly unit: string
  readonly year: number
  readonly kind: FilingKind
  /** The duty of a report; empty otherwise. */
  readonly subject: string
  readonly filedOn: string
  readonly signedBy: string
  readonly evidence: string
  readonly content: readonly RegisteredTarget[] | readonly ScoreSheetLine[]
}

/** Stores a filing as the next revision of its kind and subject; null where another one came in at the same moment. */
export async function storeFiling(prisma: PrismaClient, author: Author, filing: NewFiling): Promise<Filing | null> {
  const { unit, year, kind, subject, filedOn, content, signedBy, evidence } = filing
  const key = { unitCode: unit, year, kind, subject }
  try {
    return await writeAs(prisma, author, async (transaction) => {
      const last = await transaction.filing.aggregate({ where: key, _max: { revision: true } })
      return transaction.filing.create({
        data: {
          ...key,
          revision: (last._max.revision ?? 0) + 1,
          filedOn: new Date(filedOn),
          signedBy,
          evidence,
          content: content as unknown as Prisma.InputJsonValue,
          recordedBy: author.subject,
        },
      })
    })
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

export const registeredTargets = (filing: Filing): readonly RegisteredTarget[] =>
  filing.kind === 'pact' ? (filing.content as unknown as RegisteredTarget[]) : []

export const scoreLines = (filing: Filing): readonly ScoreSheetLine[] =>
  filing.kind === 'self_score' || filing.kind === 'appraised_score'
    ? (filing.content as unknown as ScoreSheetLine[])
    : []

/** The sum of a score's lines. */
export const pointsOf = (filing: Filing): number =>
  tidy(scoreLines(filing).reduce((sum, { points }) => sum + points, 0))
