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
