// Cells as people write them: rows of a CSV or XLSX file, their addresses, and the values in them. Node only.
import { parse } from 'csv-parse/sync'
import readXlsxFile, { readSheet } from 'read-excel-file/node'
import { checkedDirective } from '../directive/derive.ts'
import type { Directive, Indicator, Text } from '../directive/types.ts'
import { isRecord, show, suggesting, TargetsError, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { type Cell, fold, isEmpty, isUnanswered, readYesNo } from './cell.ts'
import { withFailedFormulas } from './failed-formulas.ts'
import { type NumberStyle, readNumber } from './number.ts'
import { showPercentages } from './percent.ts'
import { refuseManyCells, refuseOversized } from './size.ts'
import { badTable, checkBytes, isZip, textOf } from './text.ts'

export { type Cell, fold, isEmpty, isUnanswered } from './cell.ts'
export { type Place, readDocument, type TextDocument } from './document.ts'
export { escapeFormula, keepApostrophe, unescapeFormula } from './formula.ts'
export { NUMBER_STYLES, type NumberStyle, readNumber } from './number.ts'
export { isPointSheet, readPointText } from './points-file.ts'
export { POINT_COLUMNS, pointRows, readPointRows, writeXlsx } from './points-sheet.ts'

/** A line that is longer is no row of figures: a quote that was never closed, or not a table at all. */
const MOST_LINE_BYTES = 100_000

/** "B3" of the third row and second column. */
export function address(row: number, column: number): string {
  for (const [name, place] of [
    ['row', row],
    ['column', column],
  ] as const) {
    if (!Number.isSafeInteger(place) || place < 0)
      throw wrongType(name, 'một số nguyên từ 0', 'a whole number from 0', place)
  }
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

/**
 * The rows of a CSV file (comma, semicolon or tab) or of the first sheet of an XLSX file, told by its first bytes.
 * @throws {TargetsError} `BAD_TABLE` where it is neither, or too large to be a table that people filled in
 */
export async function readRows(bytes: Uint8Array): Promise<Cell[][]> {
  checkBytes(bytes)
  try {
    return await rowsOf(bytes)
  } catch (error) {
    throw badTable(error)
  }
}

/** A sheet of a workbook, under its name there. */
export interface Sheet {
  readonly name: string
  readonly rows: Cell[][]
}

/**
 * All sheets of an XLSX file, in their order.
 * @throws {TargetsError} `BAD_TABLE` where it is none, or too large to be a workbook that people filled in
 */
export async function readSheets(bytes: Uint8Array): Promise<Sheet[]> {
  checkBytes(bytes)
  try {
    if (!isZip(bytes)) {
      throw new TargetsError('BAD_TABLE', {
        vi: 'sổ tính phải là tệp XLSX: tệp CSV chỉ có một trang',
        en: 'a workbook is an XLSX file: a CSV file has one sheet only',
      })
    }
    const sheets = (await readXlsxFile(readable(bytes))).map(({ sheet, data }) => ({
      name: sheet,
      rows: data as Cell[][],
    }))
    showPercentages(bytes, sheets)
    return sheets
  } catch (error) {
    throw badTable(error)
  }
}

async function rowsOf(bytes: Uint8Array): Promise<Cell[][]> {
  if (isZip(bytes)) {
    const rows = (await readSheet(readable(bytes))) as Cell[][]
    showPercentages(bytes, [{ rows }])
    return rows
  }
  const text = textOf(bytes)
  const delimiter = delimiterOf(text)
  refuseManyCells(Buffer.from(text), delimiter)
  return parse(text, { delimiter, relax_column_count: true, max_record_size: MOST_LINE_BYTES })
}

/** A file that is not too large, with a word in each cell whose formula failed. */
const readable = (bytes: Uint8Array) => bufferOf(refuseOversized(bytes) ? withFailedFormulas(bytes) : bytes)

/** The same bytes, as the readers of Node want them. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength)

/** Vietnamese Excel separates by semicolons, since the comma is its decimal sign: the header tells. */
function delimiterOf(text: string): string {
  const header = text.slice(0, 65536).split(/[\r\n]/, 1)[0] ?? ''
  const count = (sign: string) => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** As {@link readRows} writes what a spreadsheet shows as a percentage: a point that parts no thousands, whatever the style. */
const NO_THOUSANDS = /^[+-]?\d+\.(\d{1,2}|\d{4,})$/

/** The indicator that a header or a cell names, by id or by name in either language; or what is wrong with it. */
export function readIndicator(cell: Cell, directive: Directive): Indicator | Text {
  const { indicators } = checkedDirective(directive)
  const text = isCell(cell) ? fold(String(cell ?? '')) : ''
  const indicator = indicators.find((indicator) => namesOf(indicator).includes(text))
  if (indicator) return indicator
  const near = nearest(text, indicators.flatMap(namesOf))
  const meant = near === undefined ? undefined : indicators.find((indicator) => namesOf(indicator).includes(near))
  const shown = show(isCell(cell) ? String(cell) : cell)
  return suggesting({ vi: `không có chỉ tiêu nào tên ${shown}`, en: `no indicator is called ${shown}` }, meant?.id)
}

const isCell = (cell: unknown) =>
  (typeof cell !== 'object' && typeof cell !== 'symbol') || cell === null || cell instanceof Date

const names = new WeakMap<Indicator, readonly string[]>()

function namesOf(indicator: Indicator): readonly string[] {
  let known = names.get(indicator)
  if (!known) {
    known = [indicator.id, fold(indicator.name.vi), fold(indicator.name.en)]
    names.set(indicator, known)
  }
  return known
}

/** Whether a cell says nothing of an indicator: {@link isUnanswered} of a milestone, {@link isEmpty} of a figure. */
export function hasNoValue(cell: Cell, indicator: Pick<Indicator, 'measure'>): boolean {
  if (!isRecord(indicator)) throw wrongType('indicator', 'một chỉ tiêu', 'one of a directive', indicator)
  return indicator.measure === 'milestone' ? isUnanswered(cell) : isEmpty(cell)
}

/** The value of a cell, or what is wrong with it. */
export function readValue(cell: Cell, indicator: Indicator, style: NumberStyle): number | boolean | Text {
  if (!isRecord(indicator) || !isRecord(indicator.unit)) {
    throw wrongType('indicator', 'một chỉ tiêu', 'one of a directive', indicator)
  }
  const { measure, unit } = indicator
  if (cell instanceof Date) {
    return {
      vi: 'là ngày tháng trong khi cần số liệu: hãy định dạng ô là số',
      en: 'is a date where a figure belongs: format the cell as a number',
    }
  }
  if (measure === 'milestone') return readYesNo(cell)
  if (typeof cell === 'number') return cell
  if (typeof cell !== 'string') {
    return { vi: `${show(cell)} không phải là số (${unit.vi})`, en: `${show(cell)} is no number (${unit.en})` }
  }
  const [, digits = cell, suffix = ''] = /^([+\-−]?[\d.,\s\u00a0\u202f]*\d)\s*(\D*)$/.exec(cell.trim()) ?? []
  if (suffix && fold(suffix) !== fold(unit.vi) && fold(suffix) !== fold(unit.en)) {
    return {
      vi: `${show(cell)}: đơn vị tính là ${unit.vi}, không phải ${suffix}`,
      en: `${show(cell)}: the unit is ${unit.vi}, not ${suffix}`,
    }
  }
  return suffix === '%' && NO_THOUSANDS.test(digits) ? Number(digits) : readNumber(digits, style)
}
