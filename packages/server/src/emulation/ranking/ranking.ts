// Members ranked within their clusters, and the clusters against each other.
import type { Directive, Text } from '@dienbien/targets'
import {
  commend,
  defaultPolicy,
  type Nomination,
  type Policy,
  type RankEntry,
  type Ranked,
  rank,
  rankClusters,
} from '@dienbien/targets/emulation'
import type { ColumnFigure } from '../../figures/columns.ts'
import { type Counting, EVERYTHING } from '../../figures/counting.ts'
import type { DayFigures } from '../../figures/day-figures.ts'
import { factsOf } from '../../figures/known-facts.ts'
import type { FigureStore } from '../../figures/store.ts'
import { type MaybePromise, whenReady } from '../../figures/when-ready.ts'
import type { YearFigures } from '../../figures/year-figures.ts'
import type { Moment } from '../../figures/years.ts'
import type { UnitsAsKnown } from '../../graphql/loaders.ts'
import type { Memory } from '../../graphql/memory.ts'
import { type ClusterInYear, clustersIn, directiveOfCluster, membersIn } from '../../units/clusters.ts'
import { entryOf } from './freeze.ts'
import { factsFor } from './policy-facts.ts'
import { inputsWith, type TriedFigure } from './tried-figures.ts'

export interface RankedMember extends Ranked {
  readonly moment: Moment
  /** By which the members of its cluster are judged. */
  readonly directive: Directive
  readonly entry: RankEntry
  /** The stored figures that it was judged by. */
  readonly figures: readonly ColumnFigure[]
  /** All that it was ranked with. */
  readonly entries: readonly RankEntry[]
  readonly policy: Policy
  readonly nomination: Nomination | null
}
export interface RankedCluster {
  readonly cluster: ClusterInYear
  readonly rank: number | null
  readonly score: number | null
  readonly spread: number | null
  readonly members: readonly RankedMember[]
  /** Why it is not ranked. */
  readonly reasons: readonly Text[]
  /** What the ranking was made of. */
  readonly entries: readonly RankEntry[]
  readonly policy: Policy
}

/** Where years of figures are read: from memory, or as they were known at a moment. */
interface Years {
  readonly store: Pick<FigureStore, 'registry' | 'year'>
  readonly memory: Pick<Memory, 'dayIn'>
  readonly loaders: { readonly unitsAsKnown: { load(at: UnitsAsKnown): Promise<YearFigures> } }
}

/**
 * Ranks all clusters of a year on a day. By the default policy and the stored figures it is done once for each day that
 * is asked about, until something changes.
 * @param counting which figures count
 */
export function rankAll(
  moment: Moment,
  policy: Policy,
  years: Years,
  changes: readonly TriedFigure[] = [],
  counting: Counting = EVERYTHING,
): MaybePromise<readonly RankedCluster[]> {
  return whenReady(figuresOf(moment.year, counting.recordedBefore, years), (figures) => {
    const day = years.memory.dayIn(figures, moment.asOf, counting.statuses)
    const rankNow = () => rankClustersOf(figures, day, moment, policy, changes)
    return policy === defaultPolicy && changes.length === 0 ? day.memo('ranking', rankNow) : rankNow()
  })
}

/** A year's figures; as known at a moment, of the members of its clusters alone. */
function figuresOf(year: number, recordedBefore: Date | null, { store, loaders }: Years): MaybePromise<YearFigures> {
  if (recordedBefore === null) return store.year(year)
  return whenReady(store.registry(), (registry) =>
    loaders.unitsAsKnown.load({ year, units: membersIn(registry, year), recordedBefore }),
  )
}

/** Without weights of what only another directive has, each for itself or in a group: a bloc is judged by its own. */
function policyFor(directive: Directive, policy: Policy): Policy {
  const { indicators: weights = {}, groups, ...others } = policy.weights
  const ids = new Set<string>(directive.indicators.map(({ id }) => id))
  const named = [...Object.keys(weights), ...(groups ?? []).flatMap(({ indicators }) => indicators)]
  if (named.every((id) => ids.has(id))) return policy
  const known = (groups ?? [])
    .map((group) => ({ ...group, indicators: group.indicators.filter((id) => ids.has(id)) }))
    .filter(({ indicators }) => indicators.length > 0)
  const indicators = Object.fromEntries(Object.entries(weights).filter(([id]) => ids.has(id)))
  return { ...policy, weights: { ...others, indicators, ...(known.length > 0 ? { groups: known } : {}) } }
}

function rankClustersOf(
  figures: YearFigures,
  day: DayFigures,
  moment: Moment,
  policy: Policy,
  changes: readonly TriedFigure[],
): readonly RankedCluster[] {
  const clusters = clustersIn(figures.registry, moment.year)
  const ranked = clusters.map((cluster) => {
    const directive = directiveOfCluster(day.registry, cluster.code, moment.year)
    const entries = figures.registry.members(cluster.code, moment.year).map(({ unitCode: unit }): RankEntry => {
      const facts = factsOf(figures, unit)
      const tried = changes.filter((change) => change.unit === unit)
      if (tried.length > 0) {
        return entryOf({ ...inputsWith(day, unit, tried), facts }, directive, moment.asOf, policy)
      }
      // As stored it is judged once for a date, whoever asks and by whatever policy.
      return { unit, facts: factsFor(policy, facts), evaluation: day.evaluation(unit) }
    })
    const standing = policyFor(directive, policy)
    return { cluster, directive, policy: standing, entries, ranking: rank(entries, standing) }
  })
  const byCode = new Map(ranked.map((ranked) => [ranked.cluster.code, ranked]))
  const places = rankClusters(
    ranked.map(({ cluster, ranking }) => ({ cluster: cluster.code, members: ranking })),
    policy,
  )
  return places.map((place) => {
    const { cluster, directive, policy, entries, ranking } = byCode.get(place.cluster) as (typeof ranked)[number]
    const nominations = new Map(commend(ranking, policy).map((nomination) => [nomination.unit, nomination]))
    const entryOfUnit = new Map(entries.map((entry) => [entry.unit, entry]))
    return {
      ...place,
      cluster,
      members: ranking.map((member) => ({
        ...member,
        moment,
        directive,
        policy: policy,
        entries,
        entry: entryOfUnit.get(member.unit) as RankEntry,
        figures: day
          .figures(member.unit)
          .filter(
            ({ indicatorId: id }) => !changes.some((change) => change.unit === member.unit && change.indicator === id),
          ),
        nomination: nominations.get(member.unit) ?? null,
      })),
      entries,
      policy: policy,
    }
  })
}

/** A unit's place in its cluster. */
export interface Standing {
  readonly cluster: RankedCluster
  readonly own: RankedMember
}

/** @returns null where it is in none of them */
export function standingIn(clusters: readonly RankedCluster[], unit: string): Standing | null {
  for (const cluster of clusters) {
    const standing = cluster.members.find((member) => member.unit === unit)
    if (standing) return { cluster, own: standing }
  }
  return null
}

/** The member just ahead of another; null for the first. */
export function aheadOf({ members }: RankedCluster, member: RankedMember): RankedMember | null {
  const ranked = members.filter(({ rank: place }) => place !== null && (member.rank === null || place < member.rank))
  return ranked.at(-1) ?? null
}
