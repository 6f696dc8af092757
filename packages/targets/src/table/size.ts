import { Unzip, UnzipInflate } from 'fflate'
import { TargetsError } from '../errors.ts'
import { FORMULA_OR_ERROR } from './failed-formulas.ts'

const MOST_INFLATED = 200_000_000
const MOST_CELLS = 5_000_000
const MOST_COLUMNS = 1000
const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
/** So small that what one piece unpacks to, at most a thousand times as much, fits into memory. */
const PIECE = 16_384
/** A cell's or a row's place, in whichever quotes; one that is written in entities is not Excel's. */
const PLACE = /\br\s*=\s*["']([A-Z]{0,9})(\d{1,15})["']|\br\s*=\s*["'][^"'<>]*&/gi
/** A place may begin in one piece and end in the next. */
const OVERLAP = 40

/**
 * Refuses an XLSX file that is small but unpacks to too much, or that has a cell so far out that the sheet around it would
 * not fit into memory. What a file says of itself is believed at once where it is too much, and never where it is little.
 * @returns whether a cell has a formula, or its error
 * @throws {TargetsError} `BAD_TABLE` saying which
 */
export function refuseOversized(bytes: Uint8Array): boolean {
  let hasFormulas = false
  let declared = 0
  let inflated = 0
  const refuseAbove = (size: number) => {
    if (size > MOST_INFLATED)
      throw tooMuch(
        `tệp giải nén ra hơn ${MOST_INFLATED / 1e6} MB`,
        `it unpacks to more than ${MOST_INFLATED / 1e6} MB`,
      )
  }
  const unzip = new Unzip((file) => {
    // A reader takes room for as much as is declared, before it unpacks any of it.
    declared += file.originalSize ?? 0
    refuseAbove(declared)
    let rest = ''
    let rows = 0
    let columns = 0
    file.ondata = (error, chunk) => {
      if (error) throw error
      inflated += chunk.length
      refuseAbove(inflated)
      if (!file.name.endsWith('.xml')) return
      const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
      for (const [place, letters, digits] of text.matchAll(PLACE)) {
        if (digits === undefined) {
          const shown = JSON.stringify(place)
          throw tooMuch(`tệp có ô ghi vị trí là ${shown}`, `it has a cell whose place is written as ${shown}`)
        }
        rows = Math.max(rows, Number(digits))
        columns = Math.max(columns, columnOf(letters ?? ''))
      }
      refuseTooMany(rows, columns)
      hasFormulas ||= FORMULA_OR_ERROR.test(text)
      rest = text.slice(-OVERLAP)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += PIECE) {
    unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  }
  return hasFormulas
}

/**
 * Refuses a CSV file of more cells than anybody fills in, counted before any of them is read.
 * @throws {TargetsError} `BAD_TABLE` saying how many there are
 */
export function refuseManyCells(bytes: Uint8Array, delimiter: string): void {
  const separator = delimiter.charCodeAt(0)
  let rows = 1
  let columns = 1
  let mostColumns = 1
  let cells = 1
  let quoted = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) quoted = !quoted
    else if (quoted) continue
    else if (byte === separator) {
      cells++
      columns++
    } else if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) {
      if (columns > mostColumns) mostColumns = columns
      cells++
      rows++
      columns = 1
    }
  }
  if (columns > mostColumns) mostColumns = columns
  refuseColumns(mostColumns)
  if (cells > MOST_CELLS) {
    throw tooMuch(
      `tệp có ${rows} hàng, tới ${mostColumns} cột: hãy tách nhỏ`,
      `it has ${rows} rows of up to ${mostColumns} columns: split it`,
    )
  }
}

/** @throws {TargetsError} `BAD_TABLE` where a table has more than anybody fills in */
function refuseTooMany(rows: number, columns: number): void {
  refuseColumns(columns)
  if (rows * columns > MOST_CELLS) {
    throw tooMuch(
      `tệp có ${rows} hàng, ${columns} cột: hãy tách nhỏ`,
      `it has ${rows} rows of ${columns} columns: split it`,
    )
  }
}

function refuseColumns(columns: number): void {
  if (columns <= MOST_COLUMNS) return
  throw tooMuch(
    `tệp có ${columns} cột, tối đa ${MOST_COLUMNS}`,
    `it has ${columns} columns and may have ${MOST_COLUMNS}`,
  )
}

const tooMuch = (vi: string, en: string) => new TargetsError('BAD_TABLE', { vi, en })

/** 1 of "A", 28 of "AB". */
function columnOf(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}
