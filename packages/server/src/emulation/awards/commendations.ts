import { type Commendation, type CommendationStep, replay } from '@dienbien/targets/emulation'
import { type Author, expectState, takeTurns } from '../../database/write.ts'
import type { FrozenRanking, Prisma, CommendationStep as StepRow } from '../../generated/prisma/client.ts'
import { adoptedInTurn, tableOf } from '../point-tables/point-tables.ts'
import type { FrozenDocument, FrozenTable, MemberInputs, RankingInputs } from '../ranking/freeze.ts'
import { type RankedFrom, readMemberInputs } from '../ranking/ranking-inputs.ts'
import { COMMENDATIONS, WITHDRAWAL } from './frozen-guard.ts'
import { checkStep, checkSupersession, checkWithdrawal, type RankingState } from './in-force.ts'
import { withStep } from './steps.ts'

export const WITH_STEPS = { steps: { orderBy: { number: 'asc' } } } as const

export type FrozenWithSteps = Prisma.FrozenRankingGetPayload<{ include: typeof WITH_STEPS }>

const parsed = new WeakMap<FrozenRanking, FrozenDocument>()

export function documentOf(ranking: FrozenRanking): FrozenDocument {
  let document = parsed.get(ranking)
  if (!document) {
    document = JSON.parse(ranking.document) as FrozenDocument
    parsed.set(ranking, document)
  }
  return document
}

interface Withdrawal {
  readonly kind: typeof WITHDRAWAL
}
/** A step as it is kept: one of the package, or the withdrawal that ends them. */
export const stepIn = ({ step }: Pick<StepRow, 'step'>) => step as unknown as CommendationStep | Withdrawal

/** Why a ranking was withdrawn; null while it was not. */
export const withdrawnBecause = ({ steps }: FrozenWithSteps): string | null =>
  steps.find((step) => stepIn(step).kind === WITHDRAWAL)?.reason ?? null

const replayed = new WeakMap<FrozenWithSteps, Commendation>()

/** Where a frozen ranking stands: its steps, replayed. */
export function commendationOf(ranking: FrozenWithSteps): Commendation {
  let commendation = replayed.get(ranking)
  if (!commendation) {
    const { result, policy } = documentOf(ranking)
    const steps = ranking.steps.map(stepIn).filter((step) => step.kind !== WITHDRAWAL)
    commendation = replay(result.ranking, steps, policy)
    replayed.set(ranking, commendation)
  }
  return commendation
}

export const isPublished = (ranking: FrozenWithSteps): boolean =>
  ranking.steps.some((step) => stepIn(step).kind === 'publish')

const stateOf = (row: FrozenWithSteps): RankingState => ({
  id: row.id,
  cluster: row.clusterCode,
  year: row.year,
  number: row.number,
  isWithdrawn: withdrawnBecause(row) !== null,
  commendation: commendationOf(row),
})

const rankingsOf = (transaction: Prisma.TransactionClient, where: Prisma.FrozenRankingWhereInput) =>
  transaction.frozenRanking.findMany({ where, include: WITH_STEPS, orderBy: { number: 'desc' } })

/** Of what the document of a ranking is made. */
export type Made = readonly [members: MemberInputs[], table: FrozenTable | null]

/**
 * Freezes what the database has now as the ranking in force of its cluster and year. While nothing is decided on the one
 * in force, the same document gives that one.
 * @param make the document, of the members as the database has them and of the point table that is adopted; what it throws stores nothing
 * @param expected the number of the ranking in force that its author saw, 0 for none; null expects nothing
 * @throws {EditConflict} where another one is in force
 * @throws {TargetsError} `IMPOSSIBLE_STEP` where awards stand that the one in force led to
 */
export async function storeFrozen(
  transaction: Prisma.TransactionClient,
  author: Author,
  ranking: RankedFrom & Pick<RankingInputs, 'cluster' | 'year' | 'asOf'>,
  make: (...made: Made) => { readonly document: string; readonly hash: string },
  expected: number | null,
): Promise<FrozenWithSteps> {
  const { cluster, year, asOf } = ranking
  await takeTurns(transaction, COMMENDATIONS)
  const where = { clusterCode: cluster, year }
  const [newest] = await rankingsOf(transaction, where)
  const standing = newest && !stateOf(newest).isWithdrawn ? newest : null
  expectState(expected, standing?.number ?? 0, {
    vi: `số thứ tự bảng xếp hạng đang có hiệu lực của ${cluster}`,
    en: `the number of the ranking in force of ${cluster}`,
  })
  const adopted = await adoptedInTurn({ cluster, year }, transaction)
  const version = adopted?.row.version ?? null
  const members = await readMemberInputs(transaction, ranking, version)
  const table = adopted && { version: adopted.row.version, hash: adopted.row.hash, table: tableOf(adopted.row) }
  const frozen = make(members, table)
  if (standing) {
    const { commendation } = stateOf(standing)
    if (standing.hash === frozen.hash && commendation.decisions.length === 0) return standing
    checkSupersession({ id: standing.id, commendation })
  }
  const number = (newest?.number ?? 0) + 1
  const id = `${year}-${cluster}-${number}`
  return transaction.frozenRanking.create({
    data: {
      ...where,
      ...frozen,
      id,
      number,
      asOf: new Date(asOf),
      reason: author.reason ?? '',
      frozenBy: author.subject,
    },
    include: WITH_STEPS,
  })
}

/**
 * Takes a step from the state that the database has now.
 * @param expected the number of steps that its author saw; null expects nothing
 * @param check what else may speak against it, with the state that it leads to
 * @throws {ClientError} `IMPOSSIBLE_STEP`, or {TargetsError}, as `withStep` and `checkStep` do
 * @throws {EditConflict} where another step was taken since
 */
export async function storeStep(
  transaction: Prisma.TransactionClient,
  author: Author,
  id: string,
  step: CommendationStep,
  expected: number | null,
  check: (after: Commendation, ranking: FrozenWithSteps) => Promise<void>,
): Promise<FrozenWithSteps> {
  const ranking = await inTurn(transaction, id, expected)
  const { clusterCode, year } = ranking
  const others = await rankingsOf(transaction, step.kind === 'decide' ? {} : { clusterCode, year })
  const state = stateOf(ranking)
  checkStep(step, state, others.map(stateOf), expected)
  await check(withStep(state.commendation, step), ranking)
  return append(transaction, author, ranking, step)
}

/**
 * Takes a ranking back, so that what it rests on may be put right and its year ranked anew.
 * @param expected the number of steps that its author saw; null expects nothing
 * @throws {TargetsError} `IMPOSSIBLE_STEP` where it is not in force, or awards stand that it led to
 * @throws {EditConflict} where another step was taken since
 */
export async function storeWithdrawal(
  transaction: Prisma.TransactionClient,
  author: Author,
  id: string,
  expected: number | null,
): Promise<FrozenWithSteps> {
  const ranking = await inTurn(transaction, id, expected)
  const { clusterCode, year } = ranking
  checkWithdrawal(stateOf(ranking), (await rankingsOf(transaction, { clusterCode, year })).map(stateOf))
  return append(transaction, author, ranking, { kind: WITHDRAWAL })
}

/** A ranking as it stands, after whoever takes a step has ended. */
async function inTurn(
  transaction: Prisma.TransactionClient,
  id: string,
  expected: number | null,
): Promise<FrozenWithSteps> {
  await takeTurns(transaction, COMMENDATIONS)
  const ranking = await transaction.frozenRanking.findUniqueOrThrow({ where: { id }, include: WITH_STEPS })
  expectState(expected, ranking.steps.length, {
    vi: `số bước đã làm đối với ${id}`,
    en: `the number of steps taken on ${id}`,
  })
  return ranking
}

async function append(
  transaction: Prisma.TransactionClient,
  { reason, subject }: Author,
  ranking: FrozenWithSteps,
  step: CommendationStep | Withdrawal,
): Promise<FrozenWithSteps> {
  const taken = await transaction.commendationStep.create({
    data: {
      rankingId: ranking.id,
      number: ranking.steps.length + 1,
      step: step as unknown as Prisma.InputJsonValue,
      reason: reason ?? '',
      takenBy: subject,
    },
  })
  return { ...ranking, steps: [...ranking.steps, taken] }
}
