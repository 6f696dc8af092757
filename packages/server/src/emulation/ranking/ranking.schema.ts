import { type Directive, describeTarget, type Text, targetNumber } from '@dienbien/targets'
import {
  checkQuotas,
  commend,
  compareScores,
  compilePolicy,
  defaultPolicy,
  type FactChange,
  type FigureChange,
  type Nomination,
  type Policy,
  type RankEntry,
  type Ranked,
  rank,
  rankClusters,
  type ScoreDifference,
  type ScoreLine,
  score,
  type WhatItTakes,
  whatItTakes,
} from '@dienbien/targets/emulation'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { inputError } from '../../errors/input-error.ts'
import { ComplianceStatus, EvaluationRef } from '../../evaluation/evaluation.schema.ts'
import type { ColumnFigure } from '../../figures/columns.ts'
import type { DayFigures } from '../../figures/day-figures.ts'
import { factsOf } from '../../figures/facts.ts'
import type { Registry } from '../../figures/registry.ts'
import { type MaybePromise, whenReady } from '../../figures/when-ready.ts'
import type { YearFigures } from '../../figures/year-figures.ts'
import { directiveOf, judgedMoment, type Moment } from '../../figures/years.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import type { Context } from '../../graphql/context.ts'
import { list, PER_CLUSTER, PER_MEMBER, RANKING, STANDING, work } from '../../graphql/cost.ts'
import { clusterNamed, findIndicator, findUnit, storedUnit, unitNamed } from '../../graphql/lookups.ts'
import { localeArg, yearArg } from '../../graphql/scalars.ts'
import { figureProblem } from '../../measurements/figure-rules.ts'
import { type ClusterInYear, ClusterRef, clustersIn } from '../../units/clusters.schema.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { entryOf, factsFor, type MemberInputs } from './freeze.ts'

export interface UnitRankOf extends Ranked {
  readonly moment: Moment
  readonly entry: RankEntry
  /** The stored figures that it was judged by. */
  readonly figures: readonly ColumnFigure[]
  /** All that it was ranked with. */
  readonly entries: readonly RankEntry[]
  readonly policy: Policy
  readonly nomination: Nomination | null
}
export interface ClusterRankOf {
  readonly cluster: ClusterInYear
  readonly rank: number | null
  readonly score: number | null
  readonly spread: number | null
  readonly members: readonly UnitRankOf[]
  /** Why it is not ranked. */
  readonly reasons: readonly Text[]
  /** What the ranking was made of. */
  readonly entries: readonly RankEntry[]
  readonly policy: Policy
}
interface RankingOf extends Moment {
  readonly policy: Policy
  readonly clusters: readonly ClusterRankOf[]
}

export const localized = (texts: readonly Text[], locale: 'vi' | 'en' | null | undefined) =>
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

const ScoreDifferenceRef = builder.objectRef<ScoreDifference>('ScoreDifference').implement({
  description: 'What one indicator, or one criterion, brought to a unit and to another.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      nullable: true,
      description: 'Null for a criterion.',
      resolve: ({ indicatorId }) => (indicatorId === null ? null : findIndicator(indicatorId, 'indicator')),
    }),
    criterion: t.exposeString('criterionId', {
      nullable: true,
      description: "A criterion's id; null for an indicator.",
    }),
    own: t.exposeFloat('own', { description: 'Points of the unit.' }),
    other: t.exposeFloat('other', { description: 'Points of the other.' }),
    difference: t.exposeFloat('difference', { description: 'own − other.' }),
  }),
})

const FigureChangeRef = builder.objectRef<FigureChange>('FigureChange').implement({
  description: 'A figure that would have to be another.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'Of what.',
      resolve: ({ indicatorId }) => findIndicator(indicatorId, 'indicator'),
    }),
    from: t.float({
      nullable: true,
      description: 'As it is; null where there is none, a milestone is 1 or 0.',
      resolve: ({ from }) => (from === null ? null : Number(from)),
    }),
    to: t.string({
      description: 'What it would have to satisfy, in words.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ indicatorId, to }, { locale }) =>
        describeTarget(findIndicator(indicatorId, 'indicator'), to)[locale ?? 'vi'],
    }),
    comparator: t.string({
      description: '>=, >, <=, <, =, ~, between or maintained.',
      resolve: ({ to }) => to.comparator,
    }),
    value: t.float({ description: 'The number to reach; 1 for a milestone.', resolve: ({ to }) => targetNumber(to) }),
    points: t.exposeFloat('points', { description: 'That it brings.' }),
  }),
})

const FactChangeRef = builder.objectRef<FactChange>('FactChange').implement({
  description: 'A reported fact that would have to be another.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'As the policy names it.' }),
    from: t.field({ type: 'JSON', nullable: true, description: 'As it is.', resolve: ({ from }) => from }),
    to: t.exposeBoolean('to', { description: 'As it would have to be.' }),
  }),
})

const WhatItTakesRef = builder.objectRef<WhatItTakes>('WhatItTakes').implement({
  description: 'The smallest changes that lift a unit by one rank or, where it is not ranked, to eligibility.',
  fields: (t) => ({
    goal: t.exposeString('goal', { description: 'rank, eligibility, or nothing for the best.' }),
    passing: t.field({
      type: UnitRef,
      nullable: true,
      description: 'The unit that it would pass.',
      resolve: ({ passing }, _, context) => (passing === null ? null : storedUnit(passing, context)),
    }),
    gap: t.exposeFloat('gap', { description: "Points to that unit's score." }),
    reachable: t.exposeBoolean('reachable', { description: 'False where no change of figures and facts leads there.' }),
    figures: t.field({
      type: [FigureChangeRef],
      description: 'As few as possible, each as far as it must go.',
      resolve: ({ figures }) => [...figures],
    }),
    facts: t.field({ type: [FactChangeRef], description: 'For eligibility.', resolve: ({ facts }) => [...facts] }),
  }),
})

export const UnitRankRef = builder.objectRef<UnitRankOf>('UnitRank').implement({
  description: 'The place of a unit in its cluster.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
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
      resolve: ({ entry, policy }) => [...score(entry.evaluation, policy, entry.facts).trace],
    }),
    evaluation: t.field({
      type: EvaluationRef,
      description: 'The evaluation that the score rests on.',
      resolve: ({ entry, moment, figures }) => ({
        directive: directiveOf(moment.year),
        evaluation: entry.evaluation,
        figures,
        unit: entry.unit,
      }),
    }),
    whatItTakes: t.field({
      type: WhatItTakesRef,
      ...work(10_000),
      description: 'To rise by one rank, the others staying as they are.',
      resolve: ({ unit, entries, policy }) => whatItTakes(entries, unit, policy),
    }),
    comparedWith: t.field({
      type: [ScoreDifferenceRef],
      ...list(70, 100),
      description: 'Where its score parts from that of another member, the greatest difference first.',
      args: { unit: t.arg.string({ required: true, description: 'The code of another member.' }) },
      resolve: async ({ entry, entries, policy }, { unit }, context) => {
        const { code } = await findUnit(unit, 'unit', context)
        const other = entries.find((one) => one.unit === code)
        if (!other) {
          throw inputError(
            'BAD_INPUT',
            {
              vi: `${code} không phải là thành viên của cụm, khối này`,
              en: `${code} is no member of this cluster`,
            },
            { argument: 'unit', value: unit },
          )
        }
        const scoreOf = (one: RankEntry) => score(one.evaluation, policy, one.facts)
        return compareScores(scoreOf(entry), scoreOf(other))
      },
    }),
  }),
})

export const ClusterRankRef = builder.objectRef<ClusterRankOf>('ClusterRank').implement({
  description: 'The place of a cluster among the clusters, and of its members within it.',
  fields: (t) => ({
    cluster: t.field({ type: ClusterRef, description: 'The cluster.', resolve: ({ cluster }) => cluster }),
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

builder.queryField('ranking', (t) =>
  t.field({
    type: RankingRef,
    nullable: true,
    ...RANKING,
    description:
      'Ranks the members within each cluster, and the clusters against each other, by the default policy. What if: by another policy, or with other figures; nothing is stored.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg({ type: 'Date', description: 'Default: the year is over.' }),
      cluster: t.arg.string({ description: 'Show only this cluster; its rank stays the one among all.' }),
      figures: t.arg({ type: [WhatIfFigure], description: 'Figures to try in place of the stored ones.' }),
      policy: t.arg({
        ...LONG_TEXT,
        type: 'JSON',
        description:
          'Another policy, whole, in the format of the one that `policy` shows. BAD_POLICY with the path where it is wrong.',
      }),
    },
    resolve: (_, { year, asOf, cluster, policy: given, figures }, context) => {
      const moment = judgedMoment(year, asOf)
      const policy = checkPolicy(given)
      return whenReady(context.store.registry(), (registry) => {
        if (cluster) clusterNamed(cluster, 'cluster', registry)
        const changes = checkFigures(figures ?? [], moment.year, registry)
        return whenReady(rankAll(moment, policy, context, changes), (clusters) => {
          if (given) for (const { members } of clusters) checkQuotas(policy, members.length)
          return {
            ...moment,
            policy,
            clusters: clusters.filter((one) => !cluster || one.cluster.code === cluster),
          }
        })
      })
    },
  }),
)

/** A policy that a client gave, or the default. */
export function checkPolicy(given: unknown): Policy {
  const policy = (given as Policy | null | undefined) ?? defaultPolicy
  compilePolicy(policy)
  const named = [
    ...Object.keys(policy.weights.indicators ?? {}).map((id) => [id, 'policy.weights.indicators'] as const),
    ...(policy.weights.groups ?? []).flatMap(({ indicators }) =>
      indicators.map((id) => [id, 'policy.weights.groups'] as const),
    ),
  ]
  for (const [id, path] of named) findIndicator(id, path)
  return policy
}

interface GivenFigure {
  readonly unit: string
  readonly indicator: string
  readonly value: number
}

function checkFigures(figures: readonly GivenFigure[], year: number, registry: Registry): readonly GivenFigure[] {
  const seen = new Set<string>()
  figures.forEach(({ unit, indicator, value }, i) => {
    const { code, level } = unitNamed(unit, `figures[${i}].unit`, registry)
    const wrong = figureProblem(findIndicator(indicator, `figures[${i}].indicator`), level, value)
    if (wrong) throw inputError(wrong.code, wrong.text, { argument: `figures[${i}].value`, value })
    if (!registry.membership(code, year)) {
      const text = {
        vi: `${code} không thuộc cụm, khối nào năm ${year}: số liệu của đơn vị không làm thay đổi xếp hạng`,
        en: `${code} is in no cluster in ${year}: its figures change no ranking`,
      }
      throw inputError('BAD_INPUT', text, { argument: `figures[${i}].unit`, value: unit })
    }
    const key = `${code} ${indicator}`
    if (seen.has(key)) {
      const text = {
        vi: `"${indicator}" của ${code} bị ghi hai lần`,
        en: `"${indicator}" of ${code} is given twice`,
      }
      throw inputError('BAD_INPUT', text, { argument: `figures[${i}]`, value: indicator })
    }
    seen.add(key)
  })
  return figures
}

/**
 * Ranks all clusters of a year on a day. By the default policy and the stored figures it is done once for each day that
 * is asked about, until something changes.
 */
export function rankAll(
  moment: Moment,
  policy: Policy,
  { store }: Context,
  changes: readonly GivenFigure[] = [],
): MaybePromise<readonly ClusterRankOf[]> {
  return whenReady(store.year(moment.year), (figures) => {
    const rankNow = () => rankClustersOf(figures, moment, policy, changes)
    return policy === defaultPolicy && changes.length === 0
      ? figures.on(moment.asOf).memo('ranking', rankNow)
      : rankNow()
  })
}

function rankClustersOf(
  figures: YearFigures,
  moment: Moment,
  policy: Policy,
  changes: readonly GivenFigure[],
): readonly ClusterRankOf[] {
  const directive = directiveOf(moment.year)
  const clusters = clustersIn(figures.registry, moment.year)
  const day = figures.on(moment.asOf)
  const ranked = clusters.map((cluster) => {
    const entries = figures.registry.members(cluster.code, moment.year).map(({ unitCode: unit }): RankEntry => {
      const facts = factsOf(figures, unit)
      const tried = changes.filter((change) => change.unit === unit)
      if (tried.length > 0) {
        return entryOf({ ...memberInputs(day, unit, directive, tried), facts }, directive, moment.asOf, policy)
      }
      // As stored it is judged once for a date, whoever asks and by whatever policy.
      return { unit, facts: factsFor(policy, facts), evaluation: day.evaluation(unit, directive) }
    })
    return { cluster, entries, ranking: rank(entries, policy) }
  })
  const byCode = new Map(ranked.map((one) => [one.cluster.code, one]))
  const places = rankClusters(
    ranked.map(({ cluster, ranking }) => ({ cluster: cluster.code, members: ranking })),
    policy,
  )
  return places.map((place) => {
    const { cluster, entries, ranking } = byCode.get(place.cluster) as (typeof ranked)[number]
    const nominations = new Map(commend(ranking, policy).map((one) => [one.unit, one]))
    const entryOfUnit = new Map(entries.map((entry) => [entry.unit, entry]))
    return {
      ...place,
      cluster,
      members: ranking.map((member) => ({
        ...member,
        moment,
        policy,
        entries,
        entry: entryOfUnit.get(member.unit) as RankEntry,
        figures: day
          .figures(member.unit)
          .filter(({ indicatorId: id }) => !changes.some((one) => one.unit === member.unit && one.indicator === id)),
        nomination: nominations.get(member.unit) ?? null,
      })),
      entries,
      policy,
    }
  })
}

/** What a member is judged by, with figures that are tried in place of its own. */
function memberInputs(
  day: DayFigures,
  code: string,
  directive: Directive,
  tried: readonly GivenFigure[],
): Omit<MemberInputs, 'facts'> {
  const unit = day.registry.unit(code)
  if (!unit) throw new Error(`unit ${code} vanished`)
  const stored = day.inputs(code, directive)
  const changed = new Set(tried.map(({ indicator }) => indicator))
  return {
    unit: code,
    level: unit.level,
    ...stored,
    figures: [
      ...stored.figures.filter(({ indicatorId }) => !changed.has(indicatorId)),
      ...tried.map(({ indicator, value }) => ({
        indicatorId: indicator,
        value,
        asOf: day.asOf,
        status: 'estimate' as const,
        revision: 0,
        synthetic: false,
      })),
    ],
  }
}

/** A unit's place in its cluster. */
interface StandingOf {
  readonly cluster: ClusterRankOf
  readonly own: UnitRankOf
}

const StandingRef = builder.objectRef<StandingOf>('Standing').implement({
  description: 'Where a unit stands in its cluster, and why not higher.',
  fields: (t) => ({
    cluster: t.field({ type: ClusterRankRef, description: 'The cluster.', resolve: ({ cluster }) => cluster }),
    own: t.field({ type: UnitRankRef, description: 'Its own place.', resolve: ({ own }) => own }),
    ahead: t.field({
      type: UnitRankRef,
      nullable: true,
      description: 'The member just ahead of it; null for the first.',
      resolve: ({ cluster, own }) => aheadOf(cluster, own),
    }),
    differences: t.field({
      type: [ScoreDifferenceRef],
      ...list(70, 100),
      description: 'Where its score parts from that of the member just ahead, the greatest difference first.',
      resolve: ({ cluster, own }) => {
        const ahead = aheadOf(cluster, own)
        if (!ahead) return []
        const scoreOf = ({ entry, policy }: UnitRankOf) => score(entry.evaluation, policy, entry.facts)
        return compareScores(scoreOf(own), scoreOf(ahead))
      },
    }),
  }),
})

function aheadOf({ members }: ClusterRankOf, own: UnitRankOf): UnitRankOf | null {
  const ranked = members.filter(({ rank: place }) => place !== null && (own.rank === null || place < own.rank))
  return ranked.at(-1) ?? null
}

builder.objectField(UnitRef, 'standing', (t) =>
  t.field({
    type: StandingRef,
    ...STANDING,
    nullable: true,
    description: 'Its place in its cluster by the default policy; null where it is in none. "Why not us" in one field.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg({ type: 'Date', description: 'Default: the year is over.' }),
    },
    resolve: async ({ code }, { year, asOf }, context) => {
      const moment = judgedMoment(year, asOf)
      const clusters = await rankAll(moment, defaultPolicy, context)
      for (const cluster of clusters) {
        const own = cluster.members.find(({ unit }) => unit === code)
        if (own) return { cluster, own }
      }
      return null
    },
  }),
)
