// A workbook as cells becomes rows by their meaning; everything that is wrong in it is told at once, by sheet and cell. Pure.
import { nearest, type Text } from '@dienbien/targets'
import { address, type Cell, fold, type Sheet } from '@dienbien/targets/table'
import { quoted, suggesting } from '../errors/input-error.ts'
import { Problem } from '../measurements/import-cells.ts'
import { isBlank } from './cell-kinds.ts'
import { type Column, type ColumnKey, type RowValues, SHEET_KEYS, SHEETS, type SheetKey } from './sheets.ts'

/** What is wrong in a workbook, and where: "Đơn vị!C7". */
export interface WorkbookProblem {
  /** The sheet by its name in the file. */
  readonly sheet: string
  readonly cell: string
  readonly text: Text
}

export interface WorkbookRow<K extends SheetKey> {
  /** From 0, the header included. */
  readonly row: number
  readonly values: RowValues<K>
}

/** The rows of a sheet that could be read, and where they stand. */
export interface ReadSheet<K extends SheetKey> {
  readonly name: string
  readonly rows: readonly WorkbookRow<K>[]
  /** What stands in rows that could not be read, folded: whatever refers to it is not told besides. */
  readonly unread: ReadonlySet<string>
  /** The cell of a value, or of the row where it has no such column. */
  readonly cellOf: (row: number, column: ColumnKey<K>) => string
}

export type Workbook = { readonly [K in SheetKey]?: ReadSheet<K> }

/** Sheets and rows that say something to people only. */
const NOTES = ['ghi chu', 'huong dan', 'notes', 'readme']
/** Columns that count the rows. */
const COUNTS = ['stt', 'tt', 'so tt', 'so thu tu', 'no', 'no.', '#']
const NOT_DATA = /^(vi du|giai thich|example|note)\s*:/

/** Reads all sheets: what could be read, and all that could not. */
export function readWorkbook(sheets: readonly Sheet[]): {
  readonly workbook: Workbook
  readonly problems: readonly WorkbookProblem[]
  /** What stands in sheets whose name says nothing, folded: whatever refers to it is not told besides. */
  readonly strayed: ReadonlySet<string>
} {
  const problems: WorkbookProblem[] = []
  const strayed = new Set<string>()
  const read: { [K in SheetKey]?: ReadSheet<SheetKey> } = {}
  for (const { name, rows } of sheets) {
    const tell = (row: number, column: number, text: Text) =>
      problems.push({ sheet: name, cell: address(row, column), text })
    const key = sheetNamed(name)
    // Excel itself makes empty ones.
    if (key === null || (key instanceof Problem && rows.every((cells) => cells.every(isBlank)))) continue
    if (key instanceof Problem) {
      tell(0, 0, key.text)
      for (const cell of rows.flat()) if (!isBlank(cell)) strayed.add(fold(String(cell)))
    } else if (read[key]) {
      const other = read[key].name
      tell(0, 0, { vi: `trang này đã có: ${quoted(other)}`, en: `this sheet is there already: ${quoted(other)}` })
    } else read[key] = readSheet(key, name, rows, tell)
  }
  if (problems.length === 0 && SHEET_KEYS.every((key) => !read[key]?.rows.length)) {
    const text = { vi: 'sổ tính không có dòng nào để lập', en: 'the workbook has no row to set up' }
    const first = SHEET_KEYS.map((key) => read[key]?.name).find((name) => name !== undefined)
    problems.push({ sheet: first ?? sheets[0]?.name ?? '', cell: 'A2', text })
  }
  return { workbook: read as Workbook, problems, strayed }
}

/** Null: notes for people. */
function sheetNamed(name: string): SheetKey | Problem | null {
  const folded = fold(name)
  if (NOTES.some((notes) => folded.startsWith(notes))) return null
  const key = SHEET_KEYS.find((sheet) => SHEETS[sheet].titles.some((title) => fold(title) === folded))
  if (key) return key
  const titles = SHEET_KEYS.map((sheet) => SHEETS[sheet].titles[0])
  const near = nearest(
    folded,
    titles.map((title) => fold(title)),
  )
  const text = {
    vi: `không có trang ${quoted(name)}, chỉ có ${titles.join('; ')}; trang để ghi chú đặt tên "Ghi chú …"`,
    en: `no sheet is called ${quoted(name)}: there are ${SHEET_KEYS.join(', ')}; a sheet of notes is called "Notes …"`,
  }
  return new Problem(
    suggesting(
      text,
      titles.find((title) => fold(title) === near),
    ),
  )
}

type Tell = (row: number, column: number, text: Text) => void

function readSheet(key: SheetKey, name: string, rows: readonly (readonly Cell[])[], tell: Tell): ReadSheet<SheetKey> {
  const columns: Readonly<Record<string, Column<unknown>>> = SHEETS[key].columns
  const [header = [], ...body] = rows
  const places = headerOf(columns, header, tell)
  // Numbers of rows and notes stand in rows that are not filled in too.
  const aside = new Set(header.flatMap((cell, column) => (isAside(cell) ? [column] : [])))
  const isWhole = Object.entries(columns).every(([column, { required }]) => !required || places.has(column))
  const read: WorkbookRow<SheetKey>[] = []
  const unread = new Set<string>()
  body.forEach((cells, i) => {
    const isEmpty = cells.every((cell, column) => isBlank(cell) || aside.has(column))
    if (isEmpty || isForPeople(cells)) return
    const values = isWhole && readRow(columns, places, cells, (column, text) => tell(i + 1, column, text))
    if (values) read.push({ row: i + 1, values: values as RowValues<SheetKey> })
    else for (const cell of cells) if (!isBlank(cell)) unread.add(fold(String(cell)))
  })
  return { name, rows: read, unread, cellOf: (row, column) => address(row, places.get(column) ?? 0) }
}

/** The example and the notes of the template. */
function isForPeople(cells: readonly Cell[]): boolean {
  const first = cells.find((cell) => !isBlank(cell))
  return typeof first === 'string' && NOT_DATA.test(fold(first))
}

/** Whether a column is for people only, by its header. */
function isAside(header: Cell): boolean {
  const folded = fold(String(header ?? ''))
  return NOTES.some((notes) => folded.startsWith(notes)) || COUNTS.includes(folded)
}

/** Where each column stands. */
function headerOf(
  columns: Readonly<Record<string, Column<unknown>>>,
  header: readonly Cell[],
  tell: Tell,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  header.forEach((cell, place) => {
    if (isBlank(cell)) return
    const folded = fold(String(cell)).replace(/\s*\*$/, '')
    if (isAside(cell)) return
    const key = Object.keys(columns).find((column) => columns[column]?.titles.some((title) => fold(title) === folded))
    if (key === undefined) {
      const titles = Object.values(columns).map(({ titles: [title] }) => title)
      const near = nearest(
        folded,
        titles.map((title) => fold(title)),
      )
      const text = {
        vi: `không có cột ${quoted(cell)}, chỉ có ${titles.join('; ')}`,
        en: `no column is called ${quoted(cell)}: there are ${Object.values(columns)
          .map((column) => column.titles[1])
          .join('; ')}`,
      }
      tell(
        0,
        place,
        suggesting(
          text,
          titles.find((title) => fold(title) === near),
        ),
      )
    } else if (places.has(key)) {
      tell(0, place, { vi: `cột ${quoted(cell)} có hai lần`, en: `the column ${quoted(cell)} stands twice` })
    } else places.set(key, place)
  })
  const missing = Object.entries(columns).filter(([key, { required }]) => required && !places.has(key))
  if (missing.length > 0) {
    const named = (language: 0 | 1) => missing.map(([, { titles }]) => quoted(titles[language])).join(', ')
    tell(0, 0, { vi: `thiếu cột ${named(0)}`, en: `there is no column ${named(1)}` })
  }
  return places
}

/** Null where anything is wrong with it. */
function readRow(
  columns: Readonly<Record<string, Column<unknown>>>,
  places: ReadonlyMap<string, number>,
  cells: readonly Cell[],
  tell: (column: number, text: Text) => void,
): Readonly<Record<string, unknown>> | null {
  let isRight = true
  const values: Record<string, unknown> = {}
  for (const [key, { kind, required, titles }] of Object.entries(columns)) {
    const place = places.get(key)
    const cell = place === undefined ? null : cells[place]
    values[key] = null
    if (isBlank(cell)) {
      if (!required) continue
      isRight = false
      tell(place ?? 0, { vi: `thiếu ${quoted(titles[0])}`, en: `${quoted(titles[1])} is missing` })
      continue
    }
    const value = kind.read(cell)
    if (value instanceof Problem) {
      isRight = false
      tell(place ?? 0, value.text)
    } else values[key] = value
  }
  return isRight ? values : null
}
