import type { Ranked } from './rank.ts'

export interface ClusterScore {
  readonly cluster: string
  /** 1, 2, 2, 4. */
  readonly rank: number
  /** Mean score of the eligible members; 0 without any. */
  readonly score: number
  /** Standard deviation of the members' scores (of all of them, not of a sample). */
  readonly spread: number
}

/** Ranks clusters against each other by the mean score of their eligible members, with the spread, best first. */
export function rankClusters(clusters: readonly { cluster: string; members: readonly Ranked[] }[]): ClusterScore[] {
  const rows = clusters.map(({ cluster, members }) => {
    const scores = members.filter(({ eligible }) => eligible).map(({ score }) => score)
    const count = Math.max(scores.length, 1)
    const mean = scores.reduce((a, b) => a + b, 0) / count
    const variance = scores.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count
    return { cluster, score: round9(mean), spread: round9(Math.sqrt(variance)) }
  })
  rows.sort((a, b) => b.score - a.score || (a.cluster < b.cluster ? -1 : 1))
  return rows.map((row) => ({ ...row, rank: rows.findIndex(({ score }) => score === row.score) + 1 }))
}

const round9 = (value: number) => Math.round(value * 1e9) / 1e9
