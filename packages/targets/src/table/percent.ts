import { strFromU8, unzipSync } from 'fflate'
import type { Cell } from './cell.ts'

/** Of Excel itself: `0%` and `0.00%`. */
const PERCENT_FORMATS = ['9', '10']
const STYLES = 'xl/styles.xml'
const BOOK = 'xl/workbook.xml'
const RELATIONS = 'xl/_rels/workbook.xml.rels'

/**
 * Numbers that Excel shows as a percentage, as it shows them: 0.0738 in a cell formatted as one reads "7,38%" to whoever filled
 * it in, and would be a figure of a hundredth else. They become a text with the sign, by which the reader of a figure sees
 * whether its unit is a percentage at all.
 * @param bytes an XLSX file, not too large
 * @param sheets its rows by sheet, in the order of the file
 */
export function showPercentages(bytes: Uint8Array, sheets: readonly { readonly rows: Cell[][] }[]): void {
  const percent = percentStyles(fileOf(bytes, STYLES))
  if (percent.size === 0) return
  const paths = sheetPaths(fileOf(bytes, BOOK), fileOf(bytes, RELATIONS))
  sheets.forEach(({ rows }, i) => {
    const path = paths[i]
    if (path === undefined) return
    for (const { row, column } of cellsOf(fileOf(bytes, path), percent)) {
      const cells = rows[row]
      const value = cells?.[column]
      if (cells && typeof value === 'number') cells[column] = shown(value)
    }
  })
}

/** With a decimal point that cannot be read as a sign of thousands: "7.38%", "7.3850%". */
function shown(value: number): string {
  const digits = String(Number((value * 100).toPrecision(15)))
  return `${/\.\d{3}$/.test(digits) ? `${digits}0` : digits}%`
}

function fileOf(bytes: Uint8Array, path: string): string {
  const file = unzipSync(bytes, { filter: ({ name }) => name === path })[path]
  return file ? strFromU8(file) : ''
}

/** The places of the styles, among those of cells, that show a percentage. */
function percentStyles(styles: string): ReadonlySet<string> {
  const formats = new Set(PERCENT_FORMATS)
  for (const [, tag = ''] of styles.matchAll(/<(?:\w{1,20}:)?numFmt\s([^<>]*)>/g)) {
    // In quotes, or after a backslash, the sign is a letter like others.
    const code = unescaped(attribute(tag, 'formatCode')).replace(/"[^"]*"|\\./g, '')
    if (code.includes('%')) formats.add(attribute(tag, 'numFmtId'))
  }
  const [start, end] = [styles.search(/<(?:\w{1,20}:)?cellXfs\b/), styles.search(/<\/(?:\w{1,20}:)?cellXfs>/)]
  const cells = start < 0 ? '' : styles.slice(start, end < 0 ? undefined : end)
  const used = [...cells.matchAll(/<(?:\w{1,20}:)?xf\s([^<>]*)>/g)].flatMap(([, tag = ''], place) =>
    formats.has(attribute(tag, 'numFmtId')) ? [String(place)] : [],
  )
  return new Set(used)
}

/** Where the sheets of a workbook stand, in its order. */
function sheetPaths(book: string, relations: string): (string | undefined)[] {
  const targets = new Map(
    [...relations.matchAll(/<(?:\w{1,20}:)?Relationship\s([^<>]*)>/g)].map(([, tag = '']) => {
      const target = unescaped(attribute(tag, 'Target'))
      return [attribute(tag, 'Id'), target.startsWith('/') ? target.slice(1) : `xl/${target}`]
    }),
  )
  return [...book.matchAll(/<(?:\w{1,20}:)?sheet\s([^<>]*)>/g)].map(([, tag = '']) =>
    targets.get(attribute(tag, 'r:id')),
  )
}

/** The places of the numbers of a sheet that have one of some styles. */
function* cellsOf(sheet: string, styles: ReadonlySet<string>): Iterable<{ row: number; column: number }> {
  for (const [, tag = ''] of sheet.matchAll(/<(?:\w{1,20}:)?c\s([^<>]*)>/g)) {
    if (!styles.has(attribute(tag, 's')) || !['', 'n'].includes(attribute(tag, 't'))) continue
    const [, letters = '', digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(attribute(tag, 'r')) ?? []
    if (digits === undefined) continue
    const column = [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1
    yield { row: Number(digits) - 1, column }
  }
}

// No pattern begins anew within what it has looked through: a file full of beginnings is looked at once.

const attribute = (tag: string, name: string): string => {
  const [, double, single] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? []
  return double ?? single ?? ''
}

const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
