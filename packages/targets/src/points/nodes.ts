import type { PointNode, PointTable } from './table.ts'
import { walk } from './walk.ts'

const nodesByCode = new WeakMap<PointTable, ReadonlyMap<string, PointNode>>()

/** The nodes of a checked table, by code. */
export function nodesOf(table: PointTable): ReadonlyMap<string, PointNode> {
  let known = nodesByCode.get(table)
  if (!known) {
    known = new Map([...walk(table.nodes)].map(({ node }) => [node.code, node]))
    nodesByCode.set(table, known)
  }
  return known
}

/** Whether its points are those of its children. */
export const hasInside = ({ children, leaderGets }: PointNode): boolean =>
  leaderGets === undefined && (children?.some(({ outside }) => !outside) ?? false)
