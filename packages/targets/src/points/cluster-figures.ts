// Figures of the whole cluster: what they come to, and what they may look at.

import { clusterFiguresIn, figureOf, figuresAt, type Known } from './figures.ts'
import { reckoned } from './known.ts'
import type { ClusterFigure, PointTable } from './table.ts'
import { knownAround } from './unit-facts.ts'
import { walk } from './walk.ts'

/** Once all members are read: what the table asks of all of them is known to each. */
export function lookAround(table: PointTable, members: readonly { known: Known }[]): void {
  const figures = clusterFiguresOf(table)
  if (figures.length === 0) return
  const cluster = overCluster(
    figures,
    members.map(({ known }) => known),
  )
  for (const member of members) member.known = knownAround(table, member.known, cluster)
}

const found = new WeakMap<PointTable, readonly ClusterFigure[]>()

/** All that a table asks for, in its named figures and its rules; looked for once. */
function clusterFiguresOf(table: PointTable): readonly ClusterFigure[] {
  const known = found.get(table)
  if (known) return known
  const inRules = [...walk(table.nodes)].flatMap(({ node }) => figuresAt(node))
  const figures = [...Object.values(table.figures ?? {}), ...inRules].flatMap(clusterFiguresIn)
  found.set(table, figures)
  return figures
}

/** What each comes to among the members; null where nobody's is known, or it is beyond all numbers. */
function overCluster(
  figures: readonly ClusterFigure[],
  members: readonly Known[],
): ReadonlyMap<ClusterFigure, number | null> {
  return new Map(
    figures.map((figure) => {
      const values = members.map((known) => figureOf(figure.of, known)).filter((value) => value !== null)
      return [figure, values.length === 0 ? null : comesTo(figure.cluster, values)] as const
    }),
  )
}

function comesTo(what: ClusterFigure['cluster'], values: readonly number[]): number | null {
  // In the order of their sizes: that of the members never matters.
  const sorted = values.toSorted((a, b) => a - b)
  if (what === 'greatest') return sorted.at(-1) as number
  if (what === 'least') return sorted[0] as number
  const sum = sorted.reduce((sum, value) => sum + value, 0)
  return reckoned(what === 'mean' ? sum / values.length : sum)
}
