import { type Commendation, type CommendationStep, replay, takeStep } from '@dienbien/targets/emulation'
import { type Author, isTaken, writeAs } from '../database/write.ts'
import type { FrozenRanking, Prisma, PrismaClient, CommendationStep as StepRow } from '../generated/prisma/client.ts'
import type { FrozenDocument } from './freeze.ts'

export interface FrozenWithSteps extends FrozenRanking {
  readonly steps: readonly StepRow[]
}

const parsed = new WeakMap<FrozenRanking, FrozenDocument>()

export function documentOf(ranking: FrozenRanking): FrozenDocument {
  let document = parsed.get(ranking)
  if (!document) {
    document = JSON.parse(ranking.document) as FrozenDocument
    parsed.set(ranking, document)
  }
  return document
}

/** Where a frozen ranking stands: its steps, replayed. */
export function commendationOf(ranking: FrozenWithSteps): Commendation {
  const { result, policy } = documentOf(ranking)
  return replay(
    result.ranking,
    ranking.steps.map(({ step }) => step as unknown as CommendationStep),
    policy,
  )
}

export const isPublished = (ranking: FrozenWithSteps): boolean =>
  ranking.steps.some(({ step }) => (step as { kind?: string }).kind === 'publish')

export const WITH_STEPS = { steps: { orderBy: { number: 'asc' } } } as const

/** Stores a frozen ranking under the next number of its cluster and year; null where another one took it at once. */
export async function storeFrozen(
  prisma: PrismaClient,
  author: Author,
  { cluster, year, asOf }: { readonly cluster: string; readonly year: number; readonly asOf: string },
  frozen: { readonly document: string; readonly hash: string },
): Promise<FrozenWithSteps | null> {
  try {
    return await writeAs(prisma, author, async (transaction) => {
      const where = { clusterCode: cluster, year }
      const last = await transaction.frozenRanking.aggregate({ where, _max: { number: true } })
      const number = (last._max.number ?? 0) + 1
      const id = `${year}-${cluster}-${number}`
      const data = { ...where, ...frozen, id, number, asOf: new Date(asOf) }
      return transaction.frozenRanking.create({
        data: { ...data, reason: author.reason ?? '', frozenBy: author.subject },
        include: WITH_STEPS,
      })
    })
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

/**
 * Takes a step from the state that the database has now; null where somebody else took one at once.
 * @throws {ImpossibleStep} or {TargetsError} as `takeStep` does
 */
export async function storeStep(
  prisma: PrismaClient,
  author: Author,
  id: string,
  step: CommendationStep,
): Promise<FrozenWithSteps | null> {
  try {
    return await writeAs(prisma, author, async (transaction) => {
      const ranking = await transaction.frozenRanking.findUniqueOrThrow({ where: { id }, include: WITH_STEPS })
      takeStep(commendationOf(ranking), step)
      const taken = await transaction.commendationStep.create({
        data: {
          rankingId: id,
          number: ranking.steps.length + 1,
          step: step as unknown as Prisma.InputJsonValue,
          reason: author.reason ?? '',
          takenBy: author.subject,
        },
      })
      return { ...ranking, steps: [...ranking.steps, taken] }
    })
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}
