// Score sheets by an adopted point table: who may write which stage, how several assessors become one, and what it comes to.
import { nearest } from '@dienbien/targets'
import { addUp, type PointNode, type PointTable, type ScoreSheet, settleSheets } from '@dienbien/targets/points'
import { inputError, suggesting } from '../../errors/input-error.ts'
import type { ScoreSheet as SheetRow } from '../../generated/prisma/client.ts'
import type { ScoreSheetStage } from '../../generated/prisma/enums.ts'
import { type InputProblem, InputProblems } from './problems.ts'

/** What a sheet says of one node. */
export interface SheetLine {
  readonly node: string
  /** Null where it only says that the node was not assigned, or came late. */
  readonly points: number | null
  readonly notAssigned: boolean
  readonly late: boolean
  readonly evidence: string | null
}

/** In the order of the year. */
const STAGES: readonly ScoreSheetStage[] = ['self', 'first', 'explanation', 'second', 'final']

/** The unit itself scores and explains; the others are its appraisers'. */
export const isOwnStage = (stage: ScoreSheetStage): boolean => stage === 'self' || stage === 'explanation'

const STAGE_NAMES: Readonly<Record<ScoreSheetStage, { vi: string; en: string }>> = {
  self: { vi: 'điểm tự chấm', en: 'the self-score' },
  first: { vi: 'điểm chấm lần một', en: 'the first score' },
  explanation: { vi: 'giải trình', en: 'the explanation' },
  second: { vi: 'điểm chấm lần hai', en: 'the second score' },
  final: { vi: 'điểm cuối cùng', en: 'the final score' },
}

/**
 * The year goes forward: no stage is written after a later one, and what answers to the first score comes after it.
 * @param there the stages of which the unit has sheets
 * @throws `BAD_INPUT`
 */
export function checkStage(stage: ScoreSheetStage, there: ReadonlySet<ScoreSheetStage>): void {
  const later = STAGES.slice(STAGES.indexOf(stage) + 1).findLast((scoreSheetStage) => there.has(scoreSheetStage))
  const wanting = (stage === 'explanation' || stage === 'second') && !there.has('first')
  if (!later && !wanting) return
  const [label, other] = [STAGE_NAMES[stage], STAGE_NAMES[later ?? 'first']]
  const text = later
    ? {
        vi: `đã có ${other.vi}: không ghi ${label.vi} nữa`,
        en: `${other.en} is there already: ${label.en} comes before it`,
      }
    : { vi: `chưa có ${other.vi}: ${label.vi} đến sau`, en: `${other.en} is not there yet: ${label.en} follows it` }
  throw inputError('BAD_INPUT', text, { argument: 'input.stage', value: stage.toUpperCase() })
}

/** The codes above each node of a table, nearest last. */
function ancestors(nodes: readonly PointNode[], above: readonly string[] = []): Map<string, readonly string[]> {
  return new Map(
    nodes.flatMap((node) => [[node.code, above] as const, ...ancestors(node.children ?? [], [...above, node.code])]),
  )
}

/**
 * A sheet names nodes of the table, each once and none below another one that it gives points to; no line is beyond the
 * points of the whole table. Beyond its own maximum it may be: an assessor may depart from the table, and that is shown.
 * @throws {InputProblems} all that is wrong
 */
export function checkLines(table: PointTable, lines: readonly SheetLine[]): void {
  const above = ancestors(table.nodes)
  const problems: InputProblem[] = []
  const say = (i: number, field: string, code: string, vi: string, en: string, near?: string) =>
    problems.push({
      path: ['input', 'lines', String(i), field],
      code,
      text: suggesting({ vi, en }, near),
      nearest: near ?? null,
    })
  const scored = new Set(lines.filter(({ points }) => points !== null).map(({ node }) => node))
  lines.forEach(({ node, points, notAssigned, late }, i) => {
    const codes = above.get(node)
    if (!codes) {
      const near = nearest(node, [...above.keys()])
      say(i, 'code', 'BAD_INPUT', `bảng tiêu chí không có mục "${node}"`, `the table has no node "${node}"`, near)
      return
    }
    if (lines.findIndex((line) => line.node === node) < i)
      say(i, 'code', 'BAD_INPUT', `"${node}" bị ghi hai lần`, `"${node}" is given twice`)
    const over = codes.find((code) => scored.has(code))
    if (over !== undefined && points !== null)
      say(
        i,
        'code',
        'BAD_INPUT',
        `"${node}" thuộc mục "${over}" đã có điểm`,
        `"${node}" lies below "${over}", which has points`,
      )
    if (points === null && !notAssigned && !late)
      say(
        i,
        'points',
        'BAD_INPUT',
        'ghi điểm, hoặc không giao, hoặc nộp chậm',
        'give points, or say that it was not assigned or came late',
      )
    if (points !== null && notAssigned)
      say(i, 'notAssigned', 'BAD_INPUT', 'mục không giao thì không có điểm', 'what was not assigned has no points')
    if (points !== null && Math.abs(points) > table.total)
      say(
        i,
        'points',
        'OUT_OF_RANGE',
        `quá ${table.total} điểm của cả bảng`,
        `is beyond the ${table.total} points of the whole table`,
      )
  })
  if (lines.length === 0) {
    const text = { vi: 'ghi ít nhất một dòng điểm', en: 'give at least one line' }
    problems.push({ path: ['input', 'lines'], code: 'BAD_INPUT', text, nearest: null })
  }
  if (problems.length > 0) throw new InputProblems(problems)
}

export const linesOf = (row: Pick<SheetRow, 'lines'>): readonly SheetLine[] => row.lines as unknown as SheetLine[]

/** A sheet as rankings take it. */
export type Sheet = Pick<SheetRow, 'stage' | 'assessor' | 'lines'>

const asSheet = (row: Sheet): ScoreSheet => ({
  stage: row.stage,
  by: row.assessor,
  at: '',
  points: Object.fromEntries(linesOf(row).flatMap(({ node, points }) => (points === null ? [] : [[node, points]]))),
})

/** The points of one stage, those of several assessors made one as the table says; their mean where it says nothing. */
export function settled(table: PointTable, sheets: readonly Sheet[], stage: ScoreSheetStage): Record<string, number> {
  const scoreSheets = sheets.filter((sheet) => sheet.stage === stage).map(asSheet)
  return scoreSheets.length === 0 ? {} : settleSheets(scoreSheets, table.settling ?? 'mean')
}

/** What the appraisers' sheets of a unit come to. */
export interface Appraised {
  readonly given: Readonly<Record<string, number>>
  readonly notAssigned: readonly string[]
  readonly late: readonly string[]
}

const APPRAISALS = STAGES.filter((stage) => !isOwnStage(stage))

/**
 * The nodes that appraisals mark, each by the latest that says anything of it: who gives points to a node, or to one above or
 * below it, without the mark takes it back; a stage that does not speak of it leaves it.
 */
function marked(
  sheets: readonly Sheet[],
  what: 'notAssigned' | 'late',
  above: ReadonlyMap<string, readonly string[]>,
): string[] {
  const isRelated = (a: string, b: string) => a === b || above.get(a)?.includes(b) || above.get(b)?.includes(a)
  let codes: readonly string[] = []
  for (const stage of APPRAISALS) {
    const lines = sheets.filter((sheet) => sheet.stage === stage).flatMap(linesOf)
    // That something came late says nothing of what is above and below it.
    const says = (line: SheetLine, code: string) =>
      line.node === code || (what === 'notAssigned' && line.points !== null && isRelated(line.node, code))
    const noted = lines.filter((line) => line[what]).map(({ node }) => node)
    codes = [...codes.filter((code) => !lines.some((line) => says(line, code))), ...noted]
  }
  return [...new Set(codes)]
}

/** Line by line the latest appraisal counts; what a later one says of a node replaces what was said above and below it. */
export function appraised(table: PointTable, sheets: readonly Sheet[]): Appraised {
  const above = ancestors(table.nodes)
  let points: Record<string, number> = {}
  for (const stage of APPRAISALS) {
    const later = settled(table, sheets, stage)
    const codes = new Set(Object.keys(later))
    const kept = Object.entries(points).filter(
      ([code]) =>
        !(above.get(code) ?? []).some((code) => codes.has(code)) &&
        ![...codes].some((ancestor) => above.get(ancestor)?.includes(code)),
    )
    points = { ...Object.fromEntries(kept), ...later }
  }
  return { given: points, notAssigned: marked(sheets, 'notAssigned', above), late: marked(sheets, 'late', above) }
}

/** What one stage says of one node: what is written there, or the sum of what is written below; null where nothing is. */
export function stagePoints(table: PointTable, points: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const above = ancestors(table.nodes)
  const written = new Set(Object.keys(points).flatMap((code) => [code, ...(above.get(code) ?? [])]))
  const { nodes } = addUp(table, points)
  return new Map(Object.entries(nodes).filter(([code]) => written.has(code)))
}
