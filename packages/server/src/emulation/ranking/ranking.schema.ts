import {
  checkQuotas,
  compareScores,
  type Policy,
  type RankEntry,
  score,
  whatItTakes,
} from '@dienbien/targets/emulation'
import { EvaluationRef } from '../../evaluation/evaluation.schema.ts'
import { countingOf } from '../../figures/counting.ts'
import { whenReady } from '../../figures/when-ready.ts'
import { directiveOf, judgedMoment, type Moment } from '../../figures/years.ts'
import { between, LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { list, PER_CLUSTER, PER_MEMBER, POLICY, RANKING, work } from '../../graphql/cost.ts'
import { asOfArg, localeArg, localized, yearArg } from '../../graphql/scalars.ts'
import { figureStatusArg, recordedBeforeArg } from '../../measurements/measurements.schema.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { clusterNamed, noMember } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { findUnit, storedUnit } from '../../units/units.ts'
import { checkPolicy, withWeights } from './policies.ts'
import { type RankedCluster, type RankedMember, rankAll } from './ranking.ts'
import { judgedBy, ScoreDifferenceRef, ScoreLineRef } from './score-lines.schema.ts'
import { checkTried } from './tried-figures.ts'
import { WhatItTakesRef } from './what-it-takes.schema.ts'

interface RankingOf extends Moment {
  readonly policy: Policy
  readonly clusters: readonly RankedCluster[]
}

const scoreOf = ({ evaluation, facts }: RankEntry, policy: Policy) => score(evaluation, policy, facts)

export const UnitRankRef = builder.objectRef<RankedMember>('UnitRank').implement({
  description: 'The place of a unit in its cluster.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that has the rank.',
      resolve: ({ unit, moment }, _, context) => storedUnit(unit, context, moment.asOf),
    }),
    rank: t.exposeInt('rank', {
      nullable: true,
      description:
        '1, 2, 2, 4. Equal ranks are to be settled by ballot. Null where the unit is not eligible, or too few of its figures are there: the reasons say which.',
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
      ...list(70, 50),
      description: 'Why this score: every point, by indicator and criterion. The place to ask "why not us".',
      resolve: ({ entry, policy, directive }) => judgedBy(scoreOf(entry, policy).trace, directive),
    }),
    evaluation: t.field({
      type: EvaluationRef,
      description: 'The evaluation that the score rests on.',
      resolve: ({ entry, directive, figures }) => ({
        directive,
        evaluation: entry.evaluation,
        figures,
        unit: entry.unit,
      }),
    }),
    whatItTakes: t.field({
      type: WhatItTakesRef,
      ...work(10_000),
      description: 'To rise by one rank, the others staying as they are.',
      resolve: ({ unit, entries, policy, directive, moment }) => ({
        ...whatItTakes(entries, unit, policy),
        directive,
        on: moment.asOf,
      }),
    }),
    comparedWith: t.field({
      type: [ScoreDifferenceRef],
      ...list(70, 100),
      description: 'Where its score parts from that of another member, the greatest difference first.',
      args: { unit: t.arg.string({ required: true, description: 'The code of another member.' }) },
      resolve: async ({ entry, entries, policy, moment, directive }, { unit }, context) => {
        const { id, code } = await findUnit(unit, 'unit', context, moment.asOf)
        const other = entries.find((entry) => entry.unit === id)
        if (!other) throw noMember(code, unit)
        return judgedBy(compareScores(scoreOf(entry, policy), scoreOf(other, policy)), directive)
      },
    }),
  }),
})

export const ClusterRankRef = builder.objectRef<RankedCluster>('ClusterRank').implement({
  description: 'The place of a cluster among the clusters, and of its members within it.',
  fields: (t) => ({
    cluster: t.field({
      type: ClusterRef,
      description: 'The cluster whose members are ranked.',
      resolve: ({ cluster }) => cluster,
    }),
    rank: t.exposeInt('rank', {
      nullable: true,
      description: '1, 2, 2, 4, by score; null where too few figures of its members are there.',
    }),
    score: t.exposeFloat('score', {
      nullable: true,
      description: 'The mean score of its ranked members; null without a rank.',
    }),
    spread: t.exposeFloat('spread', {
      nullable: true,
      description: "The standard deviation of those members' scores.",
    }),
    reasons: t.stringList({
      description: 'Why it is not ranked; empty where it is.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
    members: t.field({
      type: [UnitRankRef],
      ...PER_MEMBER,
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
      ...POLICY,
      description: "The policy, whole. The directive gives no formula; the default is this project's and says so.",
      resolve: ({ policy }) => policy,
    }),
    clusters: t.field({
      type: [ClusterRankRef],
      ...PER_CLUSTER,
      description: 'Best first; those that are not ranked come last, and say why.',
      resolve: ({ clusters }) => [...clusters],
    }),
  }),
})

const WhatIfFigure = builder.inputType('WhatIfFigure', {
  description: 'A figure to try out; nothing is stored.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit; a milestone is 1 or 0." }),
  }),
})

const WhatIfWeight = builder.inputType('WhatIfWeight', {
  description: 'A weight to try: of one indicator, or of all that a section states.',
  fields: (t) => ({
    indicator: t.string({ description: 'The id of the indicator.' }),
    section: t.string({ description: 'The section whose indicators are weighed, for example "3.1".' }),
    times: t.float({
      required: true,
      description: 'Of the weight that the policy gives it: 2 is twice.',
      ...between(0),
    }),
  }),
})

builder.queryField('ranking', (t) =>
  t.field({
    type: RankingRef,
    nullable: true,
    ...RANKING,
    description:
      'Ranks the members within each cluster, and the clusters against each other, by the default policy; where `pointTable` of a cluster stands, its own table decides (`cluster { pointRanking }`). What if: by another policy, or with other figures; nothing is stored.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      cluster: t.arg.string({ description: 'Show only this cluster; its rank stays the one among all.' }),
      figureStatus: t.arg(figureStatusArg),
      recordedBefore: t.arg(recordedBeforeArg),
      figures: t.arg({ type: [WhatIfFigure], description: 'Figures to try in place of the stored ones.' }),
      weights: t.arg({ type: [WhatIfWeight], description: 'Weights to try in place of those of the policy.' }),
      policy: t.arg({
        ...LONG_TEXT,
        type: 'JSON',
        description:
          'Another policy, whole, in the format of the one that `policy` shows. BAD_POLICY with the path where it is wrong.',
      }),
    },
    resolve: (_, { year, asOf, cluster, policy: policyInput, weights, figures, ...scope }, context) => {
      const moment = judgedMoment(year, asOf)
      const whole = checkPolicy(policyInput)
      const policy = weights ? withWeights(whole, weights, directiveOf(moment.year)) : whole
      const counting = countingOf(scope)
      return whenReady(context.store.registry(moment.asOf), (registry) => {
        if (cluster) clusterNamed(cluster, 'cluster', registry)
        const changes = checkTried(figures ?? [], moment.year, registry)
        return whenReady(rankAll(moment, policy, context, changes, counting), (clusters) => {
          if (policyInput) for (const { members } of clusters) checkQuotas(policy, members.length)
          return {
            ...moment,
            policy,
            clusters: clusters.filter((ranked) => !cluster || ranked.cluster.code === cluster),
          }
        })
      })
    },
  }),
)
