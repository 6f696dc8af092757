// What multiplies or scales the points of a node, and what may look at the points of others.
import type { Problem } from '../shape.ts'
import { casesOf } from './asked-points.ts'
import { pointsCode } from './fact-names.ts'
import { clusterFiguresIn, codesIn, figuresOf, rulesIn } from './figures.ts'
import { isOfCluster } from './leaders.ts'
import { factsIn } from './named-figures.ts'
import { formatNumber } from './numbers.ts'
import { problem } from './problem.ts'
import type { Figure, PointNode, PointTable } from './table.ts'

const NOT_OF_CLUSTER = {
  vi: 'so với các đơn vị khác thì không theo điểm của mục (points.…): ghi leaderGets ở mục đó',
  en: 'against the other units there are no points of nodes (points.…): say leaderGets at that node',
}

/** The others of a cluster are looked at before anybody has points. */
export function problemsOfAskedPoints(node: PointNode, table: PointTable, path: string): Problem[] {
  const asksPoints = (figure: Figure | number) => codesIn(figure, table).length > 0
  const ofOthers = rulesIn(node.rule).filter(isOfCluster).flatMap(figuresOf)
  const asksCluster = (figure: Figure | number) => clusterFiguresIn(figure).some(({ of }) => asksPoints(of))
  const { coefficient = 1 } = node
  const isAsked = ofOthers.some(asksPoints) || figuresOf(node.rule).some(asksCluster)
  const isCase = casesOf(node.rule).some(
    ({ when, rule }) =>
      rulesIn(rule).some(isOfCluster) &&
      factsIn(when, table.conditions ?? {}).some((name) => pointsCode(name) !== null),
  )
  return [
    ...(isAsked || isCase ? [{ path: `${path}.rule`, text: NOT_OF_CLUSTER }] : []),
    ...(asksCluster(coefficient) ? [{ path: `${path}.coefficient`, text: NOT_OF_CLUSTER }] : []),
  ]
}

/** A coefficient multiplies; who leads a part of the scale has what it prints. */
export function problemsOfScaling(
  { coefficient, leaderGets, outside, points = 0 }: PointNode,
  path: string,
): Problem[] {
  const problems: Problem[] = []
  if (typeof coefficient === 'number' && coefficient <= 0) {
    problems.push(problem(`${path}.coefficient`, 'phải lớn hơn 0', 'must be more than 0'))
  }
  if (leaderGets !== undefined && !outside && leaderGets !== points) {
    problems.push(
      problem(
        `${path}.leaderGets`,
        `đơn vị cao nhất được ${formatNumber(leaderGets)} điểm, nhưng mục in ${formatNumber(points)}; nếu là điểm thưởng thì ghi outside`,
        `the leader gets ${leaderGets} points, but the node prints ${points}; where it is a bonus, mark it as outside`,
      ),
    )
  }
  return problems
}
