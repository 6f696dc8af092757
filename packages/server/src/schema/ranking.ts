import type { Text } from '@dienbien/targets'
import {
  commend,
  compilePolicy,
  defaultPolicy,
  type Nomination,
  type Policy,
  type RankEntry,
  type Ranked,
  rank,
  rankClusters,
  type ScoreLine,
  score,
} from '@dienbien/targets/emulation'
import { builder } from './builder.ts'
import { type ClusterInYear, ClusterRef, clustersOf } from './clusters.ts'
import type { Context } from './context.ts'
import { ComplianceStatus, EvaluationRef } from './evaluation.ts'
import { IndicatorRef } from './indicators.ts'
import { findCluster, findIndicator, storedUnit } from './lookups.ts'
import { localeArg } from './scalars.ts'
import { UnitRef } from './units.ts'
import { directiveOf, judgedMoment, type Moment } from './years.ts'

interface UnitRankOf extends Ranked {
  readonly moment: Moment
  readonly entry: RankEntry
  readonly policy: Policy
  readonly nomination: Nomination | null
}
export interface ClusterRankOf {
  readonly cluster: ClusterInYear
  readonly rank: number
  readonly score: number
  readonly spread: number
  readonly members: readonly UnitRankOf[]
  /** What the ranking was made of. */
  readonly entries: readonly RankEntry[]
  readonly policy: Policy
}
interface RankingOf extends Moment {
  readonly policy: Policy
  readonly clusters: readonly ClusterRankOf[]
}

const localized = (texts: readonly Text[], locale: 'vi' | 'en' | null | undefined) =>
  texts.map((text) => text[locale ?? 'vi'])

const ScoreLineRef = builder.objectRef<ScoreLine>('ScoreLine').implement({
  description: 'What one indicator, or one criterion of the policy, brought to a score.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      nullable: true,
      description: 'Null in the line of a criterion.',
      resolve: ({ indicatorId }) => (indicatorId === null ? null : findIndicator(indicatorId, 'indicator')),
    }),
    criterion: t.exposeString('criterionId', {
      nullable: true,
      description: "A criterion's id in the policy; null for an indicator.",
    }),
    status: t.field({
      type: ComplianceStatus,
      nullable: true,
      description: 'What the indicator comes to.',
      resolve: ({ status }) => status,
    }),
    value: t.float({
      nullable: true,
      description: 'The figure or the count; true and false are 1 and 0.',
      resolve: ({ value }) => (value === null ? null : Number(value)),
    }),
    weight: t.exposeFloat('weight', { description: 'Of the indicator among the indicators; 0 for a criterion.' }),
    credit: t.exposeFloat('credit', { description: 'Share of the points that was earned.' }),
    points: t.exposeFloat('points', { description: 'Earned. Those of all lines add up to the score.' }),
    outOf: t.exposeFloat('outOf', { description: 'To be earned.' }),
    clause: t.exposeString('clause', {
      description: 'The clause of the policy that decided: met, credit.partial, missing …',
    }),
  }),
})

const UnitRankRef = builder.objectRef<UnitRankOf>('UnitRank').implement({
  description: 'The place of a unit in its cluster.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
    }),
    rank: t.int({
      description: '1, 2, 2, 4. Equal ranks are to be settled by ballot. 0 where the unit is not eligible: unranked.',
      resolve: ({ rank: place }) => place ?? 0,
    }),
    tied: t.exposeBoolean('tied', { description: 'Shares its rank: to be settled by ballot.' }),
    score: t.exposeFloat('score', { description: "Points on the policy's scale." }),
    eligible: t.exposeBoolean('eligible', {
      description: 'False where a requirement of the policy fails or is pending.',
    }),
    reasons: t.stringList({
      description: 'Failed and unconfirmed requirements, and a tie.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
    award: t.string({
      nullable: true,
      description: 'What it is proposed for within the quotas: emulation-flag, certificate-of-merit, or ballot.',
      resolve: ({ nomination }) => nomination?.award ?? null,
    }),
    awardReasons: t.stringList({
      description: 'Why it is proposed.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ nomination }, { locale }) => localized(nomination?.reasons ?? [], locale),
    }),
    trace: t.field({
      type: [ScoreLineRef],
      description: 'Why this score: every point, by indicator and criterion. The place to ask "why not us".',
      resolve: ({ entry, policy }) => [...score(entry.evaluation, policy, entry.facts).trace],
    }),
    evaluation: t.field({
      type: EvaluationRef,
      description: 'The evaluation that the score rests on.',
      resolve: async ({ unit, moment }, _, { loaders }) => ({
        directive: directiveOf(moment.year),
        evaluation: await loaders.evaluation.load({ unit, ...moment }),
      }),
    }),
  }),
})

export const ClusterRankRef = builder.objectRef<ClusterRankOf>('ClusterRank').implement({
  description: 'The place of a cluster among the clusters, and of its members within it.',
  fields: (t) => ({
    cluster: t.field({ type: ClusterRef, description: 'The cluster.', resolve: ({ cluster }) => cluster }),
    rank: t.exposeInt('rank', { description: '1, 2, 2, 4, by score.' }),
    score: t.exposeFloat('score', { description: 'The mean score of its eligible members.' }),
    spread: t.exposeFloat('spread', { description: "The standard deviation of those members' scores." }),
    members: t.field({
      type: [UnitRankRef],
      description: 'Best first; those that are not eligible last.',
      resolve: ({ members }) => [...members],
    }),
  }),
})

const RankingRef = builder.objectRef<RankingOf>('Ranking').implement({
  description: 'Clusters and their members in order, with the policy that put them there.',
  fields: (t) => ({
    year: t.exposeInt('year', { description: 'The year of the directive.' }),
    asOf: t.field({ type: 'Date', description: 'The date that the figures stand for.', resolve: ({ asOf }) => asOf }),
    policy: t.field({
      type: 'JSON',
      description: "The policy, whole. The directive gives no formula; the default is this project's and says so.",
      resolve: ({ policy }) => policy,
    }),
    clusters: t.field({ type: [ClusterRankRef], description: 'Best first.', resolve: ({ clusters }) => [...clusters] }),
  }),
})

builder.queryField('ranking', (t) =>
  t.field({
    type: RankingRef,
    description:
      'Ranks the members within each cluster, and the clusters against each other, by the default policy or by another that is tried out and not stored.',
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the year is over.' }),
      cluster: t.arg.string({ description: 'Show only this cluster; its rank stays the one among all.' }),
      policy: t.arg({
        type: 'JSON',
        description:
          'Another policy, whole, in the format of the one that `policy` shows. BAD_POLICY with the path where it is wrong.',
      }),
    },
    resolve: async (_, { year, asOf, cluster, policy: given }, context) => {
      const moment = judgedMoment(year ?? 2022, asOf)
      const policy = (given as Policy | null | undefined) ?? defaultPolicy
      compilePolicy(policy)
      for (const id of Object.keys(policy.weights.indicators ?? {})) findIndicator(id, 'policy.weights.indicators')
      if (cluster) await findCluster(cluster, 'cluster', context)
      const clusters = await rankAll(moment, policy, context)
      return {
        ...moment,
        policy,
        clusters: clusters.filter((one) => !cluster || one.cluster.code === cluster),
      }
    },
  }),
)

async function rankAll(moment: Moment, policy: Policy, context: Context): Promise<ClusterRankOf[]> {
  const clusters = await clustersOf(moment.year, context)
  const ranked = await Promise.all(
    clusters.map(async (cluster) => ({ cluster, ...(await rankMembers(cluster, moment, policy, context)) })),
  )
  const byCode = new Map(ranked.map((one) => [one.cluster.code, one]))
  return rankClusters(ranked.map(({ cluster, ranking }) => ({ cluster: cluster.code, members: ranking }))).map(
    (place) => {
      const { cluster, entries, ranking } = byCode.get(place.cluster) as (typeof ranked)[number]
      const nominations = new Map(commend(ranking, policy).map((one) => [one.unit, one]))
      const entryOf = new Map(entries.map((entry) => [entry.unit, entry]))
      return {
        ...place,
        cluster,
        members: ranking.map((member) => ({
          ...member,
          moment,
          policy,
          entry: entryOf.get(member.unit) as RankEntry,
          nomination: nominations.get(member.unit) ?? null,
        })),
        entries,
        policy,
      }
    },
  )
}

async function rankMembers({ code, year }: ClusterInYear, moment: Moment, policy: Policy, { loaders }: Context) {
  const memberships = await loaders.members.load({ code, year })
  const entries = await Promise.all(
    memberships.map(async ({ unitCode }) => {
      const [evaluation, facts] = await Promise.all([
        loaders.evaluation.load({ unit: unitCode, ...moment }),
        loaders.eligibility.load({ code: unitCode, year }),
      ])
      return { unit: unitCode, evaluation, facts: Object.fromEntries(facts.map(({ fact, value }) => [fact, value])) }
    }),
  )
  return { entries, ranking: rank(entries, policy) }
}
