import { round9 } from '../decimal.ts'
import type { Text } from '../directive/types.ts'
import { isRecord, show, TargetsError } from '../errors.ts'
import { compilePolicy } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'
import { checkRanking, type Ranked } from './rank.ts'
import { notEnough } from './reasons.ts'
import { isEnough, leastShareOf } from './standing.ts'

export interface ClusterScore {
  readonly cluster: string
  /** 1, 2, 2, 4; null where none of its members has a rank, or too few of their figures are there. */
  readonly rank: number | null
  /** Mean or, where the policy says so, median score of the ranked members; null without a rank. */
  readonly score: number | null
  /** Standard deviation of those members' scores (of all of them, not of a sample); null without a rank. */
  readonly spread: number | null
  /** Why it is not ranked. */
  readonly reasons: readonly Text[]
}

/**
 * Ranks clusters against each other as the policy says, with the spread, best first: for analysts, since nobody compares a
 * bloc of agencies with a cluster of districts.
 * @throws {TargetsError} `BAD_POLICY`; `WRONG_TYPE` where the members are not what `rank` gave
 */
export function rankClusters(
  clusters: readonly { readonly cluster: string; readonly members: readonly Ranked[] }[],
  policy: Policy = defaultPolicy,
): ClusterScore[] {
  compilePolicy(policy)
  checkClusters(clusters)
  const rows = clusters.map(({ cluster, members }) => scoreOf(cluster, members, policy))
  rows.sort(
    (a, b) =>
      Number(b.score !== null) - Number(a.score !== null) ||
      (b.score ?? 0) - (a.score ?? 0) ||
      (a.cluster < b.cluster ? -1 : 1),
  )
  return rows.map((row) => ({
    ...row,
    rank: row.score === null ? null : rows.findIndex(({ score }) => score === row.score) + 1,
  }))
}

function scoreOf(cluster: string, members: readonly Ranked[], policy: Policy): Omit<ClusterScore, 'rank'> {
  const share = leastShareOf(policy)
  const sum = (key: 'counted' | 'there') => members.reduce((all, ranked) => all + (ranked[key] ?? 0), 0)
  const figures = { counted: sum('counted'), there: sum('there') }
  const scores = members.filter(({ rank }) => rank !== null).map(({ score }) => score)
  if (scores.length === 0 || (figures.counted > 0 && !isEnough(figures, share))) {
    return { cluster, score: null, spread: null, reasons: [notEnough(figures, share)] }
  }
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length
  const variance = scores.reduce((all, score) => all + (score - mean) ** 2, 0) / scores.length
  const score = policy.clusters?.by === 'median' ? median(scores) : mean
  return { cluster, score: round9(score), spread: round9(Math.sqrt(variance)), reasons: [] }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
  return middle.reduce((a, b) => a + b, 0) / middle.length
}

function checkClusters(clusters: unknown): void {
  const isCluster = (value: unknown) => isRecord(value) && typeof value.cluster === 'string'
  if (!Array.isArray(clusters) || !clusters.every(isCluster)) {
    throw new TargetsError(
      'WRONG_TYPE',
      {
        vi: `clusters: phải là danh sách { cluster, members }, không phải ${show(clusters)}`,
        en: `clusters: must be a list of { cluster, members }, not ${show(clusters)}`,
      },
      'clusters',
    )
  }
  for (const { members } of clusters) checkRanking(members)
}
