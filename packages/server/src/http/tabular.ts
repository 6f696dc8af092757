// An answer as a table: one row for each innermost object, the fields around it repeated.
import type { Text } from '@dienbien/targets'
import type { Cell } from '../emulation/report/report.ts'
import { ClientError } from '../errors/client-error.ts'

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** What an object says itself, and the one that it stands in: a list repeats what is around it in a file, not in memory. */
interface Row {
  readonly own: Map<string, Cell>
  readonly outer: Row | null
}
/** Steps of a path that say nothing to a reader. */
const SILENT = new Set(['nodes', 'edges', 'node'])

/** How much a table may hold, and what the writer of it says of that. */
export interface TableLimit {
  /** Of cells, empty ones too: lists beside each other make a table of all their columns by all their rows. */
  readonly cells: number
  /** Of all texts in it, which are repeated in each row that belongs to them. */
  readonly characters: number
}

/** @throws {ClientError} `TOO_COMPLEX` where the table would hold too much */
export function toTable(data: Readonly<Record<string, unknown>>, limit: TableLimit): Table {
  const matrix = Object.values(data).find(isMatrix)
  // Of numbers, and nothing is repeated in it.
  if (matrix) return within(matrixTable(matrix), { ...limit, cells: 3 * limit.cells })
  const rows = expand(data, '', null)
  const names = new Set<string>()
  const known = new Set<Row>()
  for (const row of rows) addNames(row, names, known)
  const paths = [...names]
  refuseTooLarge(rows.length, paths.length, limit)
  const cells = rows.map((row) => paths.map((path) => cellOf(row, path)))
  return within({ columns: shortNames(paths), rows: cells }, limit)
}

const refuseTooLarge = (rows: number, columns: number, { cells }: TableLimit): void => {
  if (rows * columns <= cells) return
  throw tooLarge({
    vi: `bảng sẽ có ${rows} dòng và ${columns} cột, quá ${cells} ô: hãy hỏi từng danh sách một`,
    en: `the table would have ${rows} rows and ${columns} columns, more than ${cells} cells: ask for one list at a time`,
  })
}

function within({ columns, rows }: Table, limit: TableLimit): Table {
  refuseTooLarge(rows.length, columns.length, limit)
  let characters = 0
  for (const row of rows) for (const cell of row) if (typeof cell === 'string') characters += cell.length
  if (characters <= limit.characters) return { columns, rows }
  throw tooLarge({
    vi: `bảng sẽ có hơn ${limit.characters} ký tự, vì mỗi dòng lặp lại những gì đứng quanh nó: hãy hỏi ít trường hơn`,
    en: `the table would have more than ${limit.characters} characters, since each row repeats what stands around it: ask for fewer fields`,
  })
}

const tooLarge = (text: Text) => new ClientError('TOO_COMPLEX', text, {}, { status: 400 })

function cellOf(row: Row, path: string): Cell {
  for (let at: Row | null = row; at; at = at.outer) if (at.own.has(path)) return at.own.get(path) ?? null
  return null
}

/** What stands around a row comes before what it says itself. */
function addNames(row: Row, names: Set<string>, known: Set<Row>): void {
  if (known.has(row)) return
  known.add(row)
  if (row.outer) addNames(row.outer, names, known)
  for (const path of row.own.keys()) names.add(path)
}

function expand(value: object, path: string, outer: Row | null): Row[] {
  const here: Row = { own: new Map(), outer }
  const groups: Row[][] = []
  for (const [name, child] of Object.entries(value)) {
    const at = SILENT.has(name) ? path : path ? `${path}.${name}` : name
    if (Array.isArray(child)) {
      const objects = child.filter((item): item is object => typeof item === 'object' && item !== null)
      if (objects.length > 0) groups.push(objects.flatMap((object) => expand(object, at, here)))
      else if (child.length > 0) here.own.set(at, child.map(String).join('; '))
    } else if (typeof child === 'object' && child !== null) {
      const rows = expand(child, at, here)
      if (rows.length === 1) takeOver(here, rows[0] as Row)
      else groups.push(rows)
    } else here.own.set(at, typeof child === 'boolean' ? String(child) : (child as Cell))
  }
  const inner = groups.flat()
  return inner.length === 0 ? [here] : inner
}

/** A row that is the only one below another is that row. */
function takeOver(here: Row, row: Row): void {
  if (row.outer && row.outer !== here) takeOver(here, row.outer)
  for (const [path, cell] of row.own) here.own.set(path, cell)
}

/** What says nothing without what it is of. */
const GENERIC = ['id', 'name']

/** Each path by as many of its last steps as tell it from the others. */
function shortNames(paths: readonly string[]): string[] {
  const tails = paths.map((path) => {
    const steps = path.split('.')
    return steps.map((_, i) => steps.slice(steps.length - 1 - i).join('.'))
  })
  const uses = new Map<string, number>()
  for (const tail of tails.flat()) uses.set(tail, (uses.get(tail) ?? 0) + 1)
  return tails.map(
    (tail, i) => tail.find((name) => uses.get(name) === 1 && !GENERIC.includes(name)) ?? (paths[i] as string),
  )
}

interface MatrixLike {
  readonly units: readonly Readonly<Record<string, Cell>>[]
  readonly indicators: readonly Readonly<Record<string, Cell>>[]
  readonly cells: readonly (readonly Cell[])[]
}

function isMatrix(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const { units, indicators } = value as Record<string, unknown>
  return Array.isArray(units) && Array.isArray(indicators) && cellsOf(value as Record<string, unknown>) !== undefined
}

const cellsOf = (value: Record<string, unknown>) =>
  ['values', 'completions', 'statuses'].map((name) => value[name]).find((rows) => Array.isArray(rows))

/** A row a unit, a column an indicator: the wide form, which can be imported again. */
function matrixTable(value: Record<string, unknown>): Table {
  const { units, indicators, cells } = { ...value, cells: cellsOf(value) } as unknown as MatrixLike
  const ofUnit = Object.keys(units[0] ?? {})
  return {
    columns: [...ofUnit, ...indicators.map((indicator) => String(indicator.id ?? indicator.name ?? ''))],
    rows: units.map((unit, i) => [...ofUnit.map((name) => unit[name] ?? null), ...(cells[i] ?? [])]),
  }
}
