// Frozen rankings as somebody may see them, the one in force of each cluster, and what makes a document of one.
import type { Directive } from '@dienbien/targets'
import { type Commendation, checkQuotas, defaultPolicy, type Policy, type StepKind } from '@dienbien/targets/emulation'
import canonicalize from 'canonicalize'
import { type Asker, may } from '../../accounts/rights.ts'
import { inputError, quoted } from '../../errors/input-error.ts'
import { directiveOf, type Moment, publishedDirectives } from '../../figures/years.ts'
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts'
import { type FrozenDocument, type FrozenTable, freeze, type MemberInputs } from '../ranking/freeze.ts'
import {
  commendationOf,
  documentOf,
  type FrozenWithSteps,
  isPublished,
  WITH_STEPS,
  withdrawnBecause,
} from './commendations.ts'
import { PUBLISHED } from './frozen-guard.ts'
import { standingAwards } from './in-force.ts'
import type { RankedUnits } from './step-rights.ts'

/** Who asks, and the database that is asked. */
export interface FrozenReader extends Asker {
  readonly prisma: PrismaClient
}

/** Where a frozen ranking stands among those of its cluster and year. */
export interface Standing {
  readonly id: string
  readonly commendation: Commendation
  /** The newest ranking of its cluster and year: itself, or the one that took its place. */
  readonly inForce: string
  /** Why it was taken back; null where it was not. */
  readonly withdrawn: string | null
}

/** @param newest of its cluster and year */
export const standingOf = (row: FrozenWithSteps, newest: string): Standing => ({
  id: row.id,
  commendation: commendationOf(row),
  inForce: newest,
  withdrawn: withdrawnBecause(row),
})

/** The steps that can be taken on a ranking now: none on a withdrawn one, on a superseded one awards that stand can be revoked. */
export const possibleOn = ({
  id,
  inForce: newest,
  withdrawn,
  commendation: { possible },
}: Standing): readonly StepKind[] =>
  withdrawn !== null ? [] : newest === id ? possible : possible.filter((kind) => kind === 'revoke')

/** Whether a ranking can be taken back now. */
export const canWithdraw = ({ id, inForce: newest, withdrawn, commendation }: Standing): boolean =>
  newest === id && withdrawn === null && standingAwards(commendation).length === 0

export const rankedUnits = (row: FrozenWithSteps): RankedUnits => ({
  cluster: row.clusterCode,
  year: row.year,
  ranked: documentOf(row).members.map(({ unit }) => unit),
})

/** The year, the cluster and between them the number, as the id of a ranking says them; null where it is none. */
export function rankingNamed(id: string): { readonly cluster: string; readonly year: number } | null {
  const [, year, cluster] = /^(\d{4})-(.+)-\d+$/.exec(id) ?? []
  return cluster === undefined ? null : { cluster, year: Number(year) }
}

/** Of a cluster's rankings of a year those that somebody may see: after publication they are for everyone. */
export const visibleOf = async (
  of: { readonly cluster: string; readonly year: number },
  asker: Asker,
): Promise<Partial<typeof PUBLISHED>> => ((await may({ action: 'READ_RANKINGS', ...of }, asker)) ? {} : PUBLISHED)

/**
 * The condition under which a ranking is the one of an id, and may be seen.
 * @throws `UNKNOWN_RANKING` where there can be none with it
 */
export async function visibleRanking(
  id: string,
  argument: string,
  asker: Asker,
): Promise<Prisma.FrozenRankingWhereUniqueInput> {
  const named = rankingNamed(id)
  if (!named) throw unknownRanking(id, argument)
  return { id, ...(await visibleOf(named, asker)) }
}

/** Whoever asks: who may not act on a ranking is told so, though it may not be seen either. */
export async function anyFrozen(
  id: string,
  argument: string,
  { prisma }: Pick<FrozenReader, 'prisma'>,
): Promise<FrozenWithSteps> {
  const row = await prisma.frozenRanking.findUnique({ where: { id }, include: WITH_STEPS })
  if (row) return row
  throw unknownRanking(id, argument)
}

export const unknownRanking = (id: string, argument: string) =>
  inputError(
    'UNKNOWN_RANKING',
    {
      vi: `không có bảng xếp hạng đã chốt ${quoted(id)} mà bạn được xem; bảng chưa công bố cần mã truy cập (token)`,
      en: `no frozen ranking ${quoted(id)} that you may see; what is not published yet needs a token`,
    },
    { argument, value: id },
  )

/** Of each cluster the ranking in force of a year, where the viewer may see it: as far as it has come. */
export async function newestFrozen(
  year: number,
  cluster: string | null,
  reader: FrozenReader,
): Promise<ReadonlyMap<string, Commendation>> {
  const newest = await reader.prisma.frozenRanking.findMany({
    where: { year, ...(cluster ? { clusterCode: cluster } : {}) },
    include: WITH_STEPS,
    orderBy: [{ clusterCode: 'asc' }, { number: 'desc' }],
    distinct: ['clusterCode'],
  })
  const seen = await Promise.all(
    newest
      .filter((row) => withdrawnBecause(row) === null)
      .map(async (row) => {
        const { clusterCode, year } = row
        const isVisible =
          isPublished(row) || (await may({ action: 'READ_RANKINGS', cluster: clusterCode, year }, reader))
        return isVisible ? [[clusterCode, commendationOf(row)] as const] : []
      }),
  )
  return new Map(seen.flat())
}

/** By the default policy, for the whole year: what the head of a cluster may freeze. */
export const isUsual = (policy: unknown, asOf: string | null | undefined, year: number): boolean =>
  (policy === null || policy === undefined || canonicalize(policy) === canonicalize(defaultPolicy)) &&
  (!asOf || asOf >= `${year}-12-31`)

/** The directive that a frozen ranking names, as it was then. */
export const judgedBy = ({ directiveVersion, year }: Pick<FrozenDocument, 'directiveVersion' | 'year'>): Directive =>
  // A document that names none is from before there were versions: the first was the only one.
  publishedDirectives().version(directiveVersion ?? `${year}-1`)?.directive ?? directiveOf(year)

export interface RankingToFreeze extends Moment {
  readonly cluster: string
  /** By which its members are judged, and the version that it is. */
  readonly directive: Directive
  readonly directiveVersion: string | undefined
  readonly policy: Policy
  /** The policy came with the question: its quotas are held against the number of members. */
  readonly isPolicyNew: boolean
}

/** Inputs, policy and result of a ranking as one text, and its hash. */
export function frozenDocument(
  { isPolicyNew, directive, directiveVersion, ...ranking }: RankingToFreeze,
  members: readonly MemberInputs[],
  pointTable: FrozenTable | null,
): { readonly document: string; readonly hash: string } {
  const { cluster, year, policy } = ranking
  if (members.length === 0) {
    const text = { vi: `${cluster} không có thành viên năm ${year}`, en: `${cluster} has no members in ${year}` }
    throw inputError('BAD_INPUT', text, { argument: 'input.cluster', value: cluster })
  }
  if (isPolicyNew && pointTable) {
    const text = {
      vi: `${cluster} đã ban hành bảng tiêu chí năm ${year} (bản ${pointTable.version}): chỉ chốt xếp hạng theo bảng đó`,
      en: `${cluster} adopted a point table for ${year} (version ${pointTable.version}): its ranking is frozen by it and by no other`,
    }
    throw inputError('BAD_INPUT', text, { argument: 'input.policy', value: policy.id })
  }
  if (isPolicyNew) checkQuotas(policy, members.length)
  const inputs = { ...ranking, directive: directive.id, directiveVersion, members }
  return freeze({ ...inputs, ...(pointTable ? { pointTable } : {}) }, directive)
}
