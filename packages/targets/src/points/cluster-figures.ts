// Figures of the whole cluster: what they come to, and what they may look at.
import { tidy } from '../decimal.ts'
import { walk } from './check.ts'
import { clusterFiguresIn, figureOf, figuresOf, type Known } from './figures.ts'
import type { ClusterFigure, PointTable } from './table.ts'
import { withFigures } from './unit-facts.ts'

/** Once all members are read: what the table asks of all of them is known to each. */
export function lookAround(table: PointTable, members: readonly { known: Known }[]): void {
  const figures = clusterFiguresOf(table)
  if (figures.length === 0) return
  const cluster = overCluster(
    figures,
    members.map(({ known }) => known),
  )
  for (const member of members) member.known = withFigures(table, { ...member.known, cluster })
}

/** All that a table asks for, in its named figures and its rules. */
const clusterFiguresOf = ({ figures = {}, nodes }: PointTable): ClusterFigure[] =>
  [...Object.values(figures), ...[...walk(nodes)].flatMap(({ node }) => figuresOf(node.rule))].flatMap(clusterFiguresIn)

/** What each comes to among the members; null where nobody's is known. */
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

function comesTo(what: ClusterFigure['cluster'], values: readonly number[]): number {
  if (what === 'greatest') return Math.max(...values)
  if (what === 'least') return Math.min(...values)
  // In the order of their sizes: that of the members never matters.
  const sum = values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0)
  return tidy(what === 'mean' ? sum / values.length : sum)
}
