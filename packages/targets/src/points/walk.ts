import type { PointNode } from './table.ts'

/** A node and all below it, parents first. */
export function* walk(
  nodes: readonly PointNode[],
  path = 'nodes',
): Generator<{ readonly node: PointNode; readonly path: string }> {
  for (const [i, node] of nodes.entries()) {
    yield { node, path: `${path}[${i}]` }
    yield* walk(node.children ?? [], `${path}[${i}].children`)
  }
}

/** The nodes whose points go by the leader's, children first. */
export const scaledByLeader = (nodes: readonly PointNode[]): PointNode[] =>
  nodes.flatMap((node) => [...scaledByLeader(node.children ?? []), ...(node.leaderGets === undefined ? [] : [node])])
