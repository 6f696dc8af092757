// What a frozen ranking rests on stays as it was while that ranking stands: one guard, asked by every change of members,
// heads, deadlines, clusters and units, whatever door it came through, in the transaction of the change.
import type { Text } from '@dienbien/targets'
import { takeTurns } from '../../database/write.ts'
import { inputError } from '../../errors/input-error.ts'
import type { Prisma } from '../../generated/prisma/client.ts'

/** Freezing, its steps, and what must not change beside them wait for each other, so that no two build on the same state. */
export const COMMENDATIONS = 'commendations'

/** The step by which a ranking is taken back. It is this server's: the package knows only what leads to awards. */
export const WITHDRAWAL = 'withdraw'

/** Rankings that are for everyone, as conditions say it. */
export const PUBLISHED = {
  steps: { some: { step: { path: ['kind'], equals: 'publish' } } },
} satisfies Prisma.FrozenRankingWhereInput

/** A frozen ranking that is in force. */
export interface StandingRanking {
  readonly id: string
  readonly clusterCode: string
  readonly year: number
}

/** The newest ranking of each cluster and year among some, where it is not withdrawn. */
export async function standingRankings(
  transaction: Pick<Prisma.TransactionClient, 'frozenRanking'>,
  where: Pick<Prisma.FrozenRankingWhereInput, 'clusterCode' | 'year' | 'OR'>,
): Promise<StandingRanking[]> {
  const newest = await transaction.frozenRanking.findMany({
    where,
    orderBy: [{ year: 'asc' }, { clusterCode: 'asc' }, { number: 'desc' }],
    distinct: ['year', 'clusterCode'],
    select: {
      id: true,
      clusterCode: true,
      year: true,
      steps: { where: { step: { path: ['kind'], equals: WITHDRAWAL } }, select: { number: true } },
    },
  })
  return newest.filter(({ steps }) => steps.length === 0)
}

/** That a ranking stands against a change. */
export const frozenText = ({ id, clusterCode, year }: StandingRanking, change: Text): Text => ({
  vi: `không thể ${change.vi}: xếp hạng năm ${year} của ${clusterCode} đã chốt (${id}); hủy bảng đã chốt trước (withdrawRanking)`,
  en: `${change.en} is not possible: the ranking of ${clusterCode} for ${year} is frozen (${id}); withdraw it first (withdrawRanking)`,
})

/** What is to be changed, as a refusal says it: completes "không thể …", and "… is not possible". */
export interface GuardedChange {
  readonly says: Text
  readonly argument: string
  readonly value: unknown
}

/**
 * Waits until nobody freezes or takes a step, and then for nobody to begin with it.
 * @param where the rankings that rest on what is to change
 * @throws `RANKING_FROZEN` naming the first of them that stands
 */
export async function checkNotFrozen(
  transaction: Prisma.TransactionClient,
  where: Pick<Prisma.FrozenRankingWhereInput, 'clusterCode' | 'year' | 'OR'>,
  { says, argument, value }: GuardedChange,
): Promise<void> {
  await takeTurns(transaction, COMMENDATIONS)
  const [standing] = await standingRankings(transaction, where)
  if (standing)
    throw inputError('RANKING_FROZEN', frozenText(standing, says), { argument, value, nearest: standing.id })
}
