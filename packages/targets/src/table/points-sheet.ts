import { strToU8, zipSync } from 'fflate'
import { TargetsError } from '../errors.ts'
import { BadPoints, problemsOfPointTable } from '../points/check.ts'
import { pointTableSchema } from '../points/schema.ts'
import type { PointNode, PointTable } from '../points/table.ts'
import type { Problem } from '../shape.ts'
import type { Cell } from './cell.ts'
import { readNumber } from './number.ts'

/** A record whose values are not yet checked. */
type Loose = Record<string, unknown>

/** The header of the criteria. Rows above it are what the table says of itself: a key and its value. */
export const POINT_COLUMNS = /*#__PURE__*/ Object.freeze([
  'Mức',
  'Mã',
  'Tên',
  'Điểm',
  'Loại',
  'Cách chấm',
  'Minh chứng',
] as const)

/**
 * A table of points as rows: what is said of it, then a row a node; `readPointRows` gives the same table back.
 * @throws {TargetsError} `BAD_POINTS` where it is no such table
 */
export function pointRows(table: PointTable): (string | number)[][] {
  refuseAll(problemsOfPointTable(table))
  const { nodes, ...about } = table
  const rows: (string | number)[][] = Object.entries(about).map(([key, value]) => [key, cellOf(value)])
  rows.push([...POINT_COLUMNS])
  const add = (node: PointNode, level: number): void => {
    const { code, name, points, rule, children, evidence, ...rest } = node
    const { kind = '', node: other, ...how } = (rule ?? {}) as Loose & { kind?: string; node?: string }
    // The rule `share` names a node itself: it stands under `of`.
    const said = {
      ...(other === undefined ? {} : { of: other }),
      ...how,
      ...(Object.keys(rest).length > 0 ? { node: rest } : {}),
    }
    const text = Object.keys(said).length > 0 ? JSON.stringify(said) : ''
    rows.push([level, code, name, points ?? '', kind, text, evidence ?? ''])
    children?.forEach((child) => {
      add(child, level + 1)
    })
  }
  nodes.forEach((node) => {
    add(node, 1)
  })
  return rows
}

const cellOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)

/**
 * The table that rows in the layout of {@link pointRows} hold.
 * @throws {TargetsError} `BAD_POINTS` with all that is wrong, each by its cell
 */
export function readPointRows(rows: readonly (readonly Cell[])[]): PointTable {
  checkRows(rows)
  const head = rows.findIndex((row) => POINT_COLUMNS.every((name, i) => String(row[i] ?? '').trim() === name))
  if (head < 0) {
    const names = POINT_COLUMNS.join(', ')
    throw new TargetsError('BAD_POINTS', { vi: `không có dòng tiêu đề ${names}`, en: `no header row ${names}` })
  }
  const problems: Problem[] = []
  const table: Loose = {}
  /** In which row stands what the table says of itself, and each node. */
  const cells = new Map<string, number>()
  for (const [row, [key, value]] of rows.slice(0, head).entries()) {
    if (typeof key !== 'string' || key.trim() === '') continue
    const name = key.trim()
    cells.set(name, row + 1)
    if (typeof value === 'string' && /^[[{]/.test(value.trim())) {
      table[name] = parsed(value, `B${row + 1}`, problems)
    } else if (name === 'version') table[name] = String(value ?? '')
    else table[name] = NUMBERS.has(name) ? numberOf(value) : value
  }
  table.nodes = nodesOf(rows, head + 1, cells, problems)
  const found = problems.length > 0 ? problems : problemsOfPointTable(table).map((problem) => byCell(problem, cells))
  refuseAll(found)
  return table as unknown as PointTable
}

function refuseAll(found: readonly Problem[]): void {
  if (found.length > 0) throw new BadPoints(found)
}

function checkRows(rows: unknown): void {
  if (!Array.isArray(rows) || !Array.from(rows).every(Array.isArray))
    throw new TargetsError('BAD_POINTS', { vi: 'cần một danh sách các dòng', en: 'a list of rows is wanted' })
}

function nodesOf(
  rows: readonly (readonly Cell[])[],
  from: number,
  cells: Map<string, number>,
  problems: Problem[],
): Loose[] {
  const open: { list: Loose[]; path: string }[] = [{ list: [], path: 'nodes' }]
  for (const [i, row] of rows.slice(from).entries()) {
    const at = from + i + 1
    if (row.every((cell) => cell === null || cell === undefined || cell === '')) continue
    const level = Number(row[0])
    const above = open[level - 1]
    if (!Number.isInteger(level) || !above) {
      problems.push({
        path: `A${at}`,
        text: { vi: 'mức phải từ 1 và không nhảy cóc', en: 'the level must be 1 or more, and skip none' },
      })
      continue
    }
    const node = nodeOf(row, at, problems)
    const path = `${above.path}[${above.list.length}]`
    cells.set(path, at)
    if (above.list.length === 0 && level > 1) {
      const parent = open[level - 2]?.list.at(-1)
      if (parent) parent.children = above.list
    }
    above.list.push(node)
    open.length = level
    open.push({ list: [], path: `${path}.children` })
  }
  return (open[0] as { list: Loose[] }).list
}

function nodeOf([, code, name, points, kind, how, evidence]: readonly Cell[], at: number, problems: Problem[]): Loose {
  const said = typeof how === 'string' && how.trim() !== '' ? parsed(how, `F${at}`, problems) : {}
  const { node: rest, ...rule } = (typeof said === 'object' && said !== null ? said : {}) as Loose
  const { of, ...others } = rule
  const named = kind === 'share' ? { node: of, ...others } : rule
  return {
    code: String(code ?? ''),
    name: String(name ?? ''),
    ...(points === '' || points === null || points === undefined ? {} : { points: numberOf(points) }),
    ...(kind ? { rule: { kind, ...named } } : {}),
    ...(rest as Loose | undefined),
    ...(evidence ? { evidence: String(evidence) } : {}),
  }
}

/** What a table says of itself in numbers. */
const NUMBERS: ReadonlySet<string> = new Set(
  Object.entries(pointTableSchema.properties ?? {}).flatMap(([name, of]) =>
    typeof of === 'object' && (of.type === 'number' || of.type === 'integer') ? [name] : [],
  ),
)

/** 3,5 as people write it; what is no number, or could be two, is left for the schema to refuse. */
function numberOf(cell: Cell): Cell {
  const read = typeof cell === 'string' ? readNumber(cell, 'auto') : cell
  return typeof read === 'object' && !(read instanceof Date) ? cell : read
}

function parsed(text: string, path: string, problems: Problem[]): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const said = (error as Error).message
    problems.push({ path, text: { vi: `không phải JSON hợp lệ: ${said}`, en: `no valid JSON: ${said}` } })
    return {}
  }
}

const COLUMN: Readonly<Record<string, string>> = { code: 'B', name: 'C', points: 'D', rule: 'F', evidence: 'G' }

/** `nodes[2].children[0].points` stands in D7; `grades[0].when` among others in B6, and is still told. */
function byCell(problem: Problem, cells: ReadonlyMap<string, number>): Problem {
  const [path = ''] = /^nodes\[\d+\](\.children\[\d+\])*/.exec(problem.path) ?? []
  const row = cells.get(path)
  if (row === undefined) {
    const about = cells.get(problem.path.split(/[.[]/)[0] as string)
    const { vi, en } = problem.text
    if (about === undefined) return problem
    return { ...problem, path: `B${about}`, text: { vi: `${problem.path}: ${vi}`, en: `${problem.path}: ${en}` } }
  }
  const rest = problem.path.slice(path.length + 1)
  const column = rest === 'rule.kind' ? 'E' : (COLUMN[rest.split('.')[0] ?? ''] ?? 'F')
  return { ...problem, path: `${column}${row}` }
}

const escapeXml = (text: string) =>
  // What XML can't hold is left out.
  text
    .replace(/(?![\t\n\r])\p{Cc}/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')

/**
 * Rows as an XLSX file of one sheet.
 * @throws {TargetsError} `BAD_POINTS` where a row is none, or wider than A to Z
 */
export function writeXlsx(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  checkRows(rows)
  const widest = Math.max(0, ...rows.map((row) => row.length))
  if (widest > 26) throw new TargetsError('BAD_POINTS', { vi: 'có quá 26 cột', en: 'there are more than 26 columns' })
  const cell = (value: string | number, at: string) =>
    typeof value === 'number'
      ? `<c r="${at}"><v>${value}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(String(value))}</t></is></c>`
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const line = (row: readonly (string | number)[], i: number) =>
    `<row r="${i + 1}">${row.map((value, j) => (value === '' ? '' : cell(value, `${letters[j]}${i + 1}`))).join('')}</row>`
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const files = {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Bảng điểm" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${xml}<worksheet xmlns="${main}"><sheetData>${rows.map(line).join('')}</sheetData></worksheet>`,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}
