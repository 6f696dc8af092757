import { readFile } from 'node:fs/promises'
import type { Directive, Indicator, Text, UnitLevel } from '../directive/types.ts'
import { show } from '../errors.ts'
import {
  address,
  type Cell,
  fold,
  hasNoValue,
  isEmpty,
  isUnanswered,
  type NumberStyle,
  readIndicator,
  readRows,
  readValue,
} from '../table/index.ts'

export interface UnitFigures {
  readonly unit: string
  readonly level: UnitLevel | undefined
  readonly facts: Record<string, number | boolean>
}

/** Cells that cannot be read: each with its address and what would be right. */
export class BadCells extends Error {
  override readonly name = 'BadCells'
  readonly text: Text
  readonly cells: readonly Text[]

  constructor(file: string, cells: readonly Text[]) {
    const lines = (language: keyof Text) => cells.map((cell) => `\n  ${cell[language]}`).join('')
    const count = cells.length
    const text = {
      vi: `${file}: ${count} ô sai${lines('vi')}`,
      en: `${file}: ${count} bad ${count === 1 ? 'cell' : 'cells'}${lines('en')}`,
    }
    super(text.en)
    this.text = text
    this.cells = cells
  }
}

type Column =
  | { readonly kind: 'unit' }
  | { readonly kind: 'level' }
  | { readonly kind: 'indicator'; readonly indicator: Indicator }

const UNIT_HEADERS = ['unit', 'code', 'don vi', 'ma', 'ma don vi', 'ten don vi']
const LEVEL_HEADERS = ['level', 'cap']
const LEVEL_NAMES: Readonly<Record<UnitLevel, string>> = {
  nation: 'cả nước',
  province: 'tỉnh',
  district: 'huyện',
  commune: 'xã',
  department: 'sở',
  organisation: 'tổ chức',
}
const LEVELS = new Map(
  (Object.entries(LEVEL_NAMES) as [UnitLevel, string][]).flatMap(([level, name]) => [
    [level as string, level] as const,
    [fold(name), level] as const,
  ]),
)
/**
 * Reads a table of figures from CSV (comma, semicolon or tab) or XLSX (the first sheet): one row a unit, one column an
 * indicator, by id or by name in either language; a column "unit" names the row, one "level" says who is judged. A merged
 * cell counts for its first address; an empty one is no data.
 * @throws {BadCells} listing every cell that cannot be read
 */
export async function readFigures(file: string, directive: Directive, style: NumberStyle): Promise<UnitFigures[]> {
  const rows = await readRows(await readFile(file))
  const problems: Text[] = []
  const say = (row: number, column: number, { vi, en }: Text) => {
    const at = address(row, column)
    problems.push({ vi: `${at}: ${vi}`, en: `${at}: ${en}` })
  }
  const columns = (rows[0] ?? []).map((header, i) => readHeader(header, directive, (what) => say(0, i, what)))
  if (rows.length === 0 || columns.every((column) => column?.kind !== 'indicator')) {
    say(0, 0, {
      vi: 'hàng đầu phải có ít nhất một chỉ tiêu, theo mã hoặc theo tên',
      en: 'the first row must name at least one indicator, by id or by name',
    })
  }
  if (!columns.some((column) => column?.kind === 'unit')) {
    say(0, 0, { vi: 'phải có một cột "đơn vị" (hoặc "unit")', en: 'one column must be headed "unit" (or "đơn vị")' })
  }
  columns.forEach((column, i) => {
    const first = columns.findIndex((other) => other !== null && nameOf(other) === nameOf(column))
    if (column === null || first === i) return
    say(0, i, { vi: `trùng với cột ${address(0, first)}`, en: `the same column as ${address(0, first)}` })
  })
  if (problems.length > 0) throw new BadCells(file, problems)

  const seen = new Map<string, number>()
  const units = rows.slice(1).flatMap((cells, r): UnitFigures[] => {
    if (cells.every((cell) => isEmpty(cell))) return []
    const row = r + 1
    let unit = ''
    let level: UnitLevel | undefined
    const facts: Record<string, number | boolean> = {}
    for (const [i, cell] of cells.entries()) {
      const column = columns[i]
      if (saysNothing(cell, column)) continue
      if (!column) {
        say(row, i, { vi: 'không nằm dưới tiêu đề nào', en: 'stands below no header' })
        continue
      }
      const text = String(cell).trim()
      if (column.kind === 'unit') unit = text
      else if (column.kind === 'level') {
        level = LEVELS.get(fold(text))
        if (!level) say(row, i, noLevel(text))
      } else {
        const value = readValue(cell, column.indicator, style)
        if (typeof value === 'object') say(row, i, value)
        else facts[column.indicator.id] = value
      }
    }
    const unitColumn = columns.findIndex((column) => column?.kind === 'unit')
    if (!unit) say(row, unitColumn, { vi: 'đơn vị chưa có tên', en: 'the unit has no name' })
    const before = seen.get(unit)
    if (unit && before !== undefined) {
      const at = address(before, unitColumn)
      say(row, unitColumn, { vi: `${show(unit)} đã có ở ${at}`, en: `${show(unit)} stands at ${at} already` })
    }
    seen.set(unit, row)
    return [{ unit, level, facts }]
  })
  if (problems.length > 0) throw new BadCells(file, problems)
  return units
}

const nameOf = (column: Column | null) => (column?.kind === 'indicator' ? column.indicator.id : column?.kind)

function readHeader(header: Cell, directive: Directive, say: (what: Text) => void): Column | null {
  const text = fold(String(header ?? ''))
  if (text === '') return null
  if (UNIT_HEADERS.includes(text)) return { kind: 'unit' }
  if (LEVEL_HEADERS.includes(text)) return { kind: 'level' }
  const indicator = readIndicator(header, directive)
  if ('id' in indicator) return { kind: 'indicator', indicator }
  say(indicator)
  return null
}

/** An x says that there is no figure; of a unit or a level it says something, which is read. */
function saysNothing(cell: Cell, column: Column | null | undefined): boolean {
  if (column?.kind === 'indicator') return hasNoValue(cell, column.indicator)
  return column ? isUnanswered(cell) : isEmpty(cell)
}

function noLevel(text: string): Text {
  const named = Object.entries(LEVEL_NAMES).map(([level, name]) => `${name} (${level})`)
  return {
    vi: `${show(text)} không phải là cấp: ${named.join(', ')}`,
    en: `${show(text)} is no level: ${Object.keys(LEVEL_NAMES).join(', ')}`,
  }
}
