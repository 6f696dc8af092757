// One node of a table as a loop over a block of rows: its rule and its children, then bounds, rounding and coefficient.
import { isRounded, rounderOf } from '../rounding.ts'
import { ConditionCode } from '../rules/condition-table.ts'
import { BLOCK, type Block, sourceOf, testOf } from './columns.ts'
import { atNode, type Compiling, compileRule, type Part } from './compile-rule.ts'
import { LeaderOfNode } from './leaders.ts'
import type { PointNode } from './table.ts'
import { walk } from './walk.ts'

/** Compiles the children of a node. */
type CompileNodes = (nodes: readonly PointNode[], compiling: Compiling, depth: number, limits: PointNode) => Part

/** A node: only where its condition holds, multiplied, and kept for whoever asks what it has earned. */
export function compileNode(node: PointNode, compiling: Compiling, depth: number, compileNodes: CompileNodes): Part {
  const { table, columns } = compiling
  const { when, coefficient = 1 } = node
  const test = when ? atNode(node, () => testOf(when, columns)) : null
  const times = atNode(node, () => sourceOf(coefficient, columns))
  let holds: Uint8Array | undefined
  const isSo = (row: number) => !holds || holds[row] === ConditionCode.TRUE
  const counts = (row: number) => compiling.counts(row) && isSo(row) && !Number.isNaN(times.figures[row] as number)
  const scaled = node.leaderGets === undefined ? null : new LeaderOfNode(node.leaderGets, counts)
  const part = compileAlways(node, { ...compiling, counts }, depth, compileNodes, scaled)
  const kept = keptIn([node], columns)
  if (!when && kept.length === 0 && node.coefficient === undefined && !scaled) return part
  const absent = (node.missing ?? table.missing ?? 'zero') === 'full' ? (node.points ?? 0) : 0
  const own = columns.earned.get(node.code)
  const points = new Float64Array(BLOCK)
  return {
    leaders: part.leaders,
    scaled: [...part.scaled, ...(scaled ? [scaled] : [])],
    run(block, out) {
      holds = test?.(block.count)
      times.compute?.(block.count)
      scaled?.open(block)
      points.fill(0, 0, block.count)
      part.run(block, points)
      for (let i = 0; i < block.count; i++) {
        const by = times.figures[i] as number
        // Where the coefficient is not known nothing below is looked at.
        const isUnknown = Number.isNaN(by)
        const factor = isUnknown || !isSo(i) ? 0 : by
        const earned = isUnknown && isSo(i) ? absent : (points[i] as number) * factor
        if (factor !== 1) for (const below of kept) below[i] = (below[i] as number) * factor
        if (own) own[i] = earned
        out[i] = (out[i] as number) + earned
      }
    },
  }
}

/** Where it stands what nodes, and those below them, have earned of which others ask it. */
const keptIn = (nodes: readonly PointNode[], columns: Compiling['columns']): Float64Array[] =>
  [...walk(nodes)].flatMap(({ node: { code } }) => columns.earned.get(code) ?? [])

function compileAlways(
  node: PointNode,
  compiling: Compiling,
  depth: number,
  compileNodes: CompileNodes,
  scaled: LeaderOfNode | null,
): Part {
  const { children = [], cap = Infinity } = node
  const floor = node.floor ?? (node.outside ? -Infinity : 0)
  const { buffers } = compiling
  const rule = node.rule ? compileRule(node.rule, node, compiling, buffers.of('missing', depth)) : null
  // Most leaves have no bounds but their rule's own.
  const round = isRounded(node) ? rounderOf(node) : null
  const isBounded = node.cap !== undefined || node.floor !== undefined || round !== null || rule?.mayBeNegative
  if (rule && children.length === 0 && !isBounded && !scaled) return rule
  const counts = (row: number) => compiling.counts(row) && rule?.missing[row] !== 1
  const below = children.length > 0 ? compileNodes(children, { ...compiling, counts }, depth + 1, node) : null
  const kept = keptIn(children, compiling.columns)
  const [sum, ruled] = [buffers.of('sum', depth), buffers.of('ruled', depth)]
  return {
    leaders: [...(rule?.leaders ?? []), ...(below?.leaders ?? [])],
    scaled: below?.scaled ?? [],
    run(block: Block, out) {
      const { count } = block
      sum.fill(0, 0, count)
      rule?.run(block, sum)
      rule?.mark(count)
      if (rule) ruled.set(sum)
      below?.run(block, sum)
      for (let i = 0; i < count; i++) {
        let points = ruled[i] as number
        if (rule?.missing[i] !== 1) {
          const own = sum[i] as number
          points = Math.min(Math.max(scaled ? scaled.of(own, i) : own, floor), cap)
          if (round) points = round(points)
          // A leaf without a figure has what its absence gives, and nothing is added, bounded or earned below it.
        } else for (const earned of kept) earned[i] = 0
        out[i] = (out[i] as number) + points
      }
    },
  }
}
