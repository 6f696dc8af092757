import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import type { Directive, Indicator, UnitLevel } from '../directive/types.ts'
import { nearest } from '../nearest.ts'
import { type NumberStyle, readNumber } from './number.ts'

export interface UnitFigures {
  readonly unit: string
  readonly level: UnitLevel | undefined
  readonly facts: Record<string, number | boolean>
}

/** Cells that cannot be read: each with its address and what would be right. */
export class BadCells extends Error {
  override readonly name = 'BadCells'
  readonly cells: readonly string[]

  constructor(file: string, cells: readonly string[]) {
    super(
      `${file}: ${cells.length} bad ${cells.length === 1 ? 'cell' : 'cells'}\n${cells.map((one) => `  ${one}`).join('\n')}`,
    )
    this.cells = cells
  }
}

type Cell = string | number | boolean | Date | null | undefined
type Column =
  | { readonly kind: 'unit' }
  | { readonly kind: 'level' }
  | { readonly kind: 'indicator'; readonly indicator: Indicator }

const UNIT_HEADERS = ['unit', 'code', 'don vi', 'ma', 'ma don vi', 'ten don vi']
const LEVEL_HEADERS = ['level', 'cap']
const LEVELS: Readonly<Record<string, UnitLevel>> = {
  province: 'province',
  tinh: 'province',
  district: 'district',
  huyen: 'district',
  commune: 'commune',
  xa: 'commune',
  department: 'department',
  so: 'department',
  organisation: 'organisation',
}
/** What people write where there is no figure. */
const EMPTY = ['', '-', '–', '—', '…', '...', 'n/a', 'x']
const YES = ['true', '1', 'co', 'yes', 'dat', 'duy tri']
const NO = ['false', '0', 'khong', 'no', 'khong dat']

/** Without case and diacritics. */
const fold = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()

/** "B3" of the third row and second column. */
export function address(row: number, column: number): string {
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

/**
 * Reads a table of figures from CSV (comma, semicolon or tab) or XLSX (the first sheet): one row a unit, one column an
 * indicator, by id or by name in either language; a column "unit" names the row, one "level" says who is judged. A merged
 * cell counts for its first address; an empty one is no data.
 * @throws {BadCells} listing every cell that cannot be read
 */
export async function readFigures(file: string, directive: Directive, style: NumberStyle): Promise<UnitFigures[]> {
  const rows = await readRows(file)
  const problems: string[] = []
  const say = (row: number, column: number, what: string) => problems.push(`${address(row, column)}: ${what}`)
  const columns = (rows[0] ?? []).map((header, i) => readHeader(header, directive, (what) => say(0, i, what)))
  if (rows.length === 0 || columns.every((column) => column?.kind !== 'indicator')) {
    say(0, 0, 'the first row must name at least one indicator, by id or by name')
  }
  if (!columns.some((column) => column?.kind === 'unit')) say(0, 0, 'one column must be headed "unit" (or "đơn vị")')
  columns.forEach((column, i) => {
    const first = columns.findIndex((other) => other !== null && nameOf(other) === nameOf(column))
    if (column !== null && first !== i) say(0, i, `the same column as ${address(0, first)}`)
  })
  if (problems.length > 0) throw new BadCells(file, problems)

  const units = rows.slice(1).flatMap((cells, r): UnitFigures[] => {
    if (cells.every((cell) => isEmpty(cell))) return []
    const row = r + 1
    let unit = ''
    let level: UnitLevel | undefined
    const facts: Record<string, number | boolean> = {}
    for (const [i, cell] of cells.entries()) {
      const column = columns[i]
      if (isEmpty(cell)) continue
      if (!column) {
        say(row, i, 'stands below no header')
        continue
      }
      const text = String(cell).trim()
      if (column.kind === 'unit') unit = text
      else if (column.kind === 'level') {
        level = LEVELS[fold(text)]
        if (!level) say(row, i, `${JSON.stringify(text)} is no level: ${Object.keys(LEVELS).join(', ')}`)
      } else {
        const value = readValue(cell, column.indicator, style)
        if (typeof value === 'string') say(row, i, value)
        else facts[column.indicator.id] = value
      }
    }
    if (!unit)
      say(
        row,
        columns.findIndex((column) => column?.kind === 'unit'),
        'the unit has no name',
      )
    return [{ unit, level, facts }]
  })
  if (problems.length > 0) throw new BadCells(file, problems)
  return units
}

async function readRows(file: string): Promise<Cell[][]> {
  const bytes = await readFile(file)
  if (/\.xlsx$/i.test(file)) return (await readSheet(bytes)) as Cell[][]
  return parse(bytes, { bom: true, delimiter: delimiterOf(bytes), relax_column_count: true })
}

/** Vietnamese Excel separates by semicolons, since the comma is its decimal sign: the header tells. */
function delimiterOf(bytes: Buffer): string {
  const header = bytes.toString('utf8').split('\n', 1)[0] ?? ''
  const count = (sign: string) => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const nameOf = (column: Column | null) => (column?.kind === 'indicator' ? column.indicator.id : column?.kind)
const isEmpty = (cell: Cell) =>
  cell === null || cell === undefined || (typeof cell === 'string' && EMPTY.includes(fold(cell)))

function readHeader(header: Cell, { indicators }: Directive, say: (what: string) => void): Column | null {
  const text = fold(String(header ?? ''))
  if (text === '') return null
  if (UNIT_HEADERS.includes(text)) return { kind: 'unit' }
  if (LEVEL_HEADERS.includes(text)) return { kind: 'level' }
  const namesOf = ({ id, name }: Indicator) => [id, fold(name.vi), fold(name.en)]
  const indicator = indicators.find((one) => namesOf(one).includes(text))
  if (indicator) return { kind: 'indicator', indicator }
  const near = nearest(text, indicators.flatMap(namesOf))
  const meant = near && indicators.find((one) => namesOf(one).includes(near))
  say(`no indicator is called ${JSON.stringify(String(header))}${meant ? `; did you mean "${meant.id}"?` : ''}`)
  return null
}

/** The value of a cell, or what is wrong with it. */
function readValue(cell: Cell, { measure, unit }: Indicator, style: NumberStyle): number | boolean | string {
  if (cell instanceof Date) return 'is a date where a figure belongs: format the cell as a number'
  if (measure === 'milestone') {
    const word = fold(String(cell))
    if (YES.includes(word)) return true
    if (NO.includes(word)) return false
    return `${JSON.stringify(cell)} says neither true nor false: write true, false, có or không`
  }
  if (typeof cell === 'number') return cell
  if (typeof cell !== 'string') return `${JSON.stringify(cell)} is no number (${unit.en})`
  const [, digits = cell, suffix = ''] = /^([+\-−]?[\d.,\s\u00a0\u202f]*\d)\s*(\D*)$/.exec(cell.trim()) ?? []
  if (suffix && fold(suffix) !== fold(unit.vi) && fold(suffix) !== fold(unit.en)) {
    return `${JSON.stringify(cell)}: the unit is ${unit.vi}, not ${suffix}`
  }
  return readNumber(digits, style)
}
