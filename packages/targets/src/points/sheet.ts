import { tidy } from '../decimal.ts'
import { TargetsError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { checkShape } from './arguments.ts'
import { parsePointTable } from './check.ts'
import { coefficientOf } from './figures.ts'
import type { PointScore } from './result.ts'
import type { PointNode, PointTable, Settling } from './table.ts'
import { walk } from './walk.ts'

export const POINT_STAGES = /*#__PURE__*/ Object.freeze(['self', 'first', 'explanation', 'second', 'final'] as const)
export type PointStage = (typeof POINT_STAGES)[number]

/** Points written down by somebody, node by node; where a node is written, what is below it is not added. */
export interface ScoreSheet {
  readonly stage: PointStage
  readonly by: string
  /** ISO date or time. */
  readonly at: string
  readonly points: Readonly<Record<string, number>>
  readonly evidence?: Readonly<Record<string, string>>
}

/**
 * Sub-totals and the total of a sheet, added up as written, without the table's own bounds: a node counts by its
 * coefficient, where that is the same for all units.
 */
export function addUp(
  table: PointTable,
  points: ScoreSheet['points'],
): { total: number; nodes: Record<string, number> } {
  parsePointTable(table)
  checkShape('points', points)
  const known = [...walk(table.nodes)].map(({ node }) => node.code)
  for (const code of Object.keys(points)) {
    if (known.includes(code)) continue
    throw new TargetsError(
      'WRONG_TYPE',
      { vi: `không có mục "${code}"`, en: `no node "${code}"` },
      code,
      nearest(code, known),
    )
  }
  const nodes: Record<string, number> = {}
  const of = (node: PointNode): number => {
    const below = (node.children ?? []).map(of)
    const sum = points[node.code] ?? tidy(below.reduce((all, points) => all + points, 0))
    nodes[node.code] = sum
    return tidy(sum * coefficientOf(node))
  }
  return { total: tidy(table.nodes.map(of).reduce((all, points) => all + points, 0)), nodes }
}

/** Line by line; `trimmed` leaves out the highest and the lowest where there are three or more. */
export function settleSheets(sheets: readonly ScoreSheet[], by: Settling): Record<string, number> {
  checkShape('sheets', sheets)
  checkShape('by', by)
  const settled: Record<string, number> = {}
  for (const code of new Set(sheets.flatMap(({ points }) => Object.keys(points)))) {
    const marks = sheets.flatMap(({ points }) => points[code] ?? []).sort((a, b) => a - b)
    settled[code] = tidy(settle(marks, by))
  }
  return settled
}

function settle(sorted: readonly number[], by: Settling): number {
  const mean = (list: readonly number[]) => list.reduce((sum, points) => sum + points, 0) / list.length
  const middle = Math.floor(sorted.length / 2)
  if (by === 'lowest') return sorted[0] as number
  if (by === 'highest') return sorted.at(-1) as number
  if (by === 'median') return mean(sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle, middle + 1))
  return mean(by === 'trimmed' && sorted.length > 2 ? sorted.slice(1, -1) : sorted)
}

export interface SheetDifference {
  readonly code: string
  readonly name: string
  readonly own: number
  readonly other: number
  readonly difference: number
}

/** Where two sheets part, in the order of the table. */
export function compareSheets(
  table: PointTable,
  own: ScoreSheet['points'],
  other: ScoreSheet['points'],
): SheetDifference[] {
  const [a, b] = [addUp(table, own).nodes, addUp(table, other).nodes]
  return differences(
    table,
    own,
    (code) => a[code] ?? 0,
    (code) => b[code] ?? 0,
  )
}

/** Where an assessor departed from what the table gives by the reported facts, and by how much. */
export function departures(table: PointTable, marks: ScoreSheet['points'], score: PointScore): SheetDifference[] {
  parsePointTable(table)
  checkShape('points', marks)
  checkShape('score', score)
  // As they are written on a sheet: before coefficients.
  const byTable = new Map(
    score.lines.map(({ code, points, coefficient = 1 }) => [code, tidy(points / (coefficient || 1))]),
  )
  return differences(
    table,
    marks,
    (code) => marks[code] ?? 0,
    (code) => byTable.get(code) ?? 0,
  )
}

function differences(
  table: PointTable,
  marks: ScoreSheet['points'],
  own: (code: string) => number,
  other: (code: string) => number,
): SheetDifference[] {
  return [...walk(table.nodes)]
    .filter(({ node }) => marks[node.code] !== undefined)
    .map(({ node: { code, name } }) => ({
      code,
      name,
      own: own(code),
      other: other(code),
      difference: tidy(own(code) - other(code)),
    }))
    .filter(({ difference }) => difference !== 0)
}
