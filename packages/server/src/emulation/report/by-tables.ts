// The clusters of a report, each by what decides of it: its adopted point table, or the default policy.
import { type ClusterScore, commend, defaultPolicy, rankClusters } from '@dienbien/targets/emulation'
import { awardPolicy } from '@dienbien/targets/points'
import type { Moment } from '../../figures/years.ts'
import type { Context } from '../../graphql/context.ts'
import { mayRead, membersByTable } from '../point-tables/members-by-table.ts'
import { tableOf } from '../point-tables/point-tables.ts'
import { rankedByTable } from '../point-tables/table-ranking.ts'
import type { RankedCluster as ByPolicy } from '../ranking/ranking.ts'
import type { RankedCluster } from './ranked.ts'

/** Clusters that adopted a table in the order of it; the others as they are. */
export function byAdoptedTables(
  ranking: readonly ByPolicy[],
  { asOf }: Moment,
  context: Context,
): Promise<RankedCluster[]> {
  return Promise.all(ranking.map((ranked) => byTable(ranked, asOf, context)))
}

async function byTable(ranked: ByPolicy, asOf: string, context: Context): Promise<RankedCluster> {
  const of = { cluster: ranked.cluster.code, year: ranked.cluster.year }
  const found = await membersByTable(of, asOf, context)
  if (!found) return ranked
  const { row } = found.stored
  const table = tableOf(row)
  const named = `bảng tiêu chí "${table.title}" (bản ${row.version}), thang ${table.total.toLocaleString('vi-VN')} điểm`
  const awards = new Map((table.awards ?? []).map(({ award, name }) => [award, name]))
  // What appraisers gave is not told before a ranking is published; figures by the policy stand in its place, and say so.
  if (!(await mayRead(found, of, context))) return { ...ranked, by: { named, awards, withheld: true } }
  const byUnit = new Map(ranked.members.map((member) => [member.unit, member]))
  const places = rankedByTable(table, found.members)
  const nominations = new Map(
    commend(places, awardPolicy(table, defaultPolicy)).map((nomination) => [nomination.unit, nomination]),
  )
  // Whether there are enough figures is for the table to say, not for a policy.
  const scored = places.map((place) => ({ ...place, counted: 0, there: 0 }))
  const [{ score, spread }] = rankClusters([{ cluster: of.cluster, members: scored }]) as [ClusterScore]
  return {
    cluster: ranked.cluster,
    score,
    spread,
    by: { named, awards, withheld: false },
    members: places.flatMap((place) => {
      const member = byUnit.get(place.unit)
      return member ? [{ ...place, entry: member.entry, nomination: nominations.get(place.unit) ?? null }] : []
    }),
  }
}
