import { compareDecimal } from '../decimal.ts'
import { holds } from './holds.ts'
import { formatNumber, formatPercent } from './numbers.ts'
import type { PointLine } from './result.ts'
import type { PointGrade, PointTable } from './table.ts'
import { walk } from './walk.ts'

export type Facts = Readonly<Record<string, boolean | number | string | null>>

/**
 * The grade of a unit, and what stood in the way of a better one.
 * @param first the grade to begin with, where those above it have no seat left; what lowers a grade has been counted then
 */
export function gradeOf(
  table: PointTable,
  points: number,
  lines: readonly PointLine[],
  facts: Facts,
  first = 0,
): { grade: string | null; reasons: string[] } {
  for (const { when, reason } of table.ungraded ?? []) {
    if (holds(when, table, facts) === true) return { grade: null, reasons: [reason] }
  }
  const reasons: string[] = []
  const { grades = [], lowered = [] } = table
  for (const [i, grade] of grades.entries()) {
    if (i < first) continue
    if (grade.from !== undefined && compareDecimal(points, grade.from) < 0) continue
    const missed = missedOf(table, grade, lines, facts)
    if (missed.length === 0) {
      const why = (first > 0 ? [] : lowered).filter(({ when }) => holds(when, table, facts) === true)
      const steps = why.filter(({ to }) => to === undefined).length
      const bests = why.map(({ to }) => grades.findIndex(({ id }) => id === to))
      const last = grades[Math.max(Math.min(i + steps, grades.length - 1), ...bests)]
      return { grade: last?.id ?? null, reasons: [...reasons, ...why.map(({ reason }) => reason)] }
    }
    reasons.push(...missed.map((reason) => `${grade.name}: ${reason}`))
    if (grade.missed === 'exclude') return { grade: null, reasons }
  }
  return { grade: null, reasons }
}

function missedOf(table: PointTable, grade: PointGrade, lines: readonly PointLine[], facts: Facts): string[] {
  const missed: string[] = []
  const { every, minimums, when } = grade
  if (every !== undefined) {
    for (const { code, depth, outside, outOf, points } of lines) {
      if (depth > 0 || outside || compareDecimal(points, outOf * every) >= 0) continue
      missed.push(`mục ${code} đạt ${formatNumber(points)}/${formatNumber(outOf)} điểm, dưới ${formatPercent(every)}`)
    }
  }
  if (minimums) {
    const earned = new Map(lines.map((line) => [line.code, line]))
    for (const { node } of walk(table.nodes)) {
      const line = earned.get(node.code)
      if (node.minimum === undefined || !line || line.clause === 'not-assigned') continue
      if (compareDecimal(line.points, node.minimum * line.coefficient) < 0)
        missed.push(`mục ${node.code} dưới mức tối thiểu ${formatNumber(node.minimum)}`)
    }
  }
  if (when && holds(when, table, facts) !== true) {
    missed.push('chưa đạt điều kiện')
  }
  return missed
}
