import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'
import type { Ranked } from './rank.ts'

export interface ClusterScore {
  readonly cluster: string
  /** 1, 2, 2, 4. */
  readonly rank: number
  /** Mean or, where the policy says so, median score of the eligible members; 0 without any. */
  readonly score: number
  /** Standard deviation of the members' scores (of all of them, not of a sample). */
  readonly spread: number
}

/** Ranks clusters against each other as the policy says, with the spread, best first. */
export function rankClusters(
  clusters: readonly { cluster: string; members: readonly Ranked[] }[],
  policy: Policy = defaultPolicy,
): ClusterScore[] {
  const byMedian = policy.clusters?.by === 'median'

  const rows = clusters.map(({ cluster, members }) => {
    const scores = members.filter(({ eligible }) => eligible).map(({ score }) => score)
    const count = Math.max(scores.length, 1)
    const mean = scores.reduce((a, b) => a + b, 0) / count
    const variance = scores.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count
    return { cluster, score: round9(byMedian ? median(scores) : mean), spread: round9(Math.sqrt(variance)) }
  })
  rows.sort((a, b) => b.score - a.score || (a.cluster < b.cluster ? -1 : 1))
  return rows.map((row) => ({ ...row, rank: rows.findIndex(({ score }) => score === row.score) + 1 }))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
  return middle.reduce((a, b) => a + b, 0) / Math.max(middle.length, 1)
}

const round9 = (value: number) => Math.round(value * 1e9) / 1e9
