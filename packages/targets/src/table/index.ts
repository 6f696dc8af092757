// Cells as people write them: rows of a CSV or XLSX file, their addresses, and the values in them. Node only.
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import type { Directive, Indicator } from '../directive/types.ts'
import { nearest } from '../nearest.ts'
import { type NumberStyle, readNumber } from './number.ts'
import { refuseOversized, refuseTooMany } from './size.ts'

export { NUMBER_STYLES, type NumberStyle, readNumber } from './number.ts'

export type Cell = string | number | boolean | Date | null | undefined

/** What people write where there is no figure. */
const EMPTY = ['', '-', '–', '—', '…', '...', 'n/a', 'x']
const YES = ['true', '1', 'co', 'yes', 'dat', 'duy tri']
const NO = ['false', '0', 'khong', 'no', 'khong dat']

/** A line that is longer is no row of figures: a quote that was never closed, or not a table at all. */
const MOST_LINE_BYTES = 100_000

/** Without case and diacritics. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()

/** "B3" of the third row and second column. */
export function address(row: number, column: number): string {
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

/**
 * The rows of a CSV file (comma, semicolon or tab) or of the first sheet of an XLSX file, told by its first bytes.
 * @throws {Error} where it is neither, or too large to be a table that people filled in
 */
export async function readRows(bytes: Buffer): Promise<Cell[][]> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    refuseOversized(bytes)
    return (await readSheet(bytes)) as Cell[][]
  }
  const rows: string[][] = parse(bytes, {
    bom: true,
    delimiter: delimiterOf(bytes),
    relax_column_count: true,
    max_record_size: MOST_LINE_BYTES,
  })
  refuseTooMany(rows.length, rows[0]?.length ?? 0)
  return rows
}

/** Vietnamese Excel separates by semicolons, since the comma is its decimal sign: the header tells. */
function delimiterOf(bytes: Buffer): string {
  const header = bytes.subarray(0, 65536).toString('utf8').split('\n', 1)[0] ?? ''
  const count = (sign: string) => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

export const isEmpty = (cell: Cell): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && EMPTY.includes(fold(cell)))

/** The indicator that a header or a cell names, by id or by name in either language; or what is wrong with it. */
export function readIndicator(cell: Cell, { indicators }: Directive): Indicator | string {
  const text = fold(String(cell ?? ''))
  const indicator = indicators.find((one) => namesOf(one).includes(text))
  if (indicator) return indicator
  const near = nearest(text, indicators.flatMap(namesOf))
  const meant = near && indicators.find((one) => namesOf(one).includes(near))
  return `no indicator is called ${JSON.stringify(String(cell))}${meant ? `; did you mean "${meant.id}"?` : ''}`
}

const names = new WeakMap<Indicator, readonly string[]>()

function namesOf(indicator: Indicator): readonly string[] {
  let known = names.get(indicator)
  if (!known) {
    known = [indicator.id, fold(indicator.name.vi), fold(indicator.name.en)]
    names.set(indicator, known)
  }
  return known
}

/** The value of a cell, or what is wrong with it. */
export function readValue(cell: Cell, { measure, unit }: Indicator, style: NumberStyle): number | boolean | string {
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
