import { readFile } from 'node:fs/promises'
import { isoDate, parseDate } from '../dates.ts'
import type { Directive, Indicator, Text, UnitLevel } from '../directive/types.ts'
import { isRecord, show, TargetsError } from '../errors.ts'
import { checkKeys } from '../rules/options.ts'
import type { OwnTarget } from '../rules/own-target.ts'
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
import { documentIn } from '../table/points-file.ts'
import { isZip, textOf } from '../table/text.ts'

/** What a unit reports, and what it is judged by besides the directive: as `evaluate` takes it. */
export interface UnitFigures {
  readonly unit: string
  readonly level: UnitLevel | undefined
  readonly figures: Record<string, number | boolean>
  readonly targets: Record<string, OwnTarget>
  readonly baselines: Record<string, number>
  readonly figureDates: Record<string, string>
}
type Part = 'figures' | 'targets' | 'baselines' | 'figureDates'

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

/** Whether a file is a list in JSON or YAML and no table. */
export const isList = (text: string): boolean => /^\s*([[{]|- )/.test(text)

type Column =
  | { readonly kind: 'unit' }
  | { readonly kind: 'level' }
  | { readonly kind: 'indicator'; readonly indicator: Indicator; readonly part: Part }

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
/** What stands behind the name of an indicator in a header, such as "Tỷ lệ hộ nghèo (kế hoạch)" or "poverty-rate: target". */
const PARTS: ReadonlyMap<string, Part> = new Map([
  ['ke hoach', 'targets'],
  ['target', 'targets'],
  ['nam truoc', 'baselines'],
  ['baseline', 'baselines'],
  ['ngay', 'figureDates'],
  ['date', 'figureDates'],
])
const UNIT_KEYS = ['unit', 'level', 'figures', 'targets', 'baselines', 'figureDates']

/**
 * Reads figures from CSV (comma, semicolon or tab) or XLSX (the first sheet): one row a unit, one column an indicator, by id
 * or by name in either language; a column "unit" names the row, one "level" says who is judged, and "(target)", "(baseline)"
 * or "(date)" behind an indicator is the unit's own target, its value of the year before, the day that its figure stands for.
 * A merged cell counts for its first address; an empty one is no data. Or from a list of units in JSON or YAML.
 * @throws {BadCells} listing every cell that cannot be read
 * @throws {TargetsError} where a list of units is none
 */
export async function readFigures(file: string, directive: Directive, style: NumberStyle): Promise<UnitFigures[]> {
  const bytes = await readFile(file)
  const text = isZip(bytes) ? '' : textOf(bytes)
  return isList(text) ? unitsIn(text) : rowsIn(file, await readRows(bytes), directive, style)
}

/** A list of units in JSON or YAML, what is judged by id as the package's own functions take it. */
function unitsIn(text: string): UnitFigures[] {
  const list = documentIn(text)
  if (!Array.isArray(list) || !list.every((entry) => isRecord(entry) && typeof entry.unit === 'string')) {
    throw new TargetsError('WRONG_TYPE', {
      vi: 'cần một danh sách đơn vị: [{ "unit": "102", "figures": { … }, "targets": { … } }]',
      en: 'a list of units is wanted: [{ "unit": "102", "figures": { … }, "targets": { … } }]',
    })
  }
  const seen = new Map<string, number>()
  return list.map((entry, i) => {
    checkKeys(entry, UNIT_KEYS, `[${i}]`)
    const twin = seen.get(entry.unit)
    if (twin !== undefined) {
      const [vi, en] = [`${show(entry.unit)} đã có ở [${twin}]`, `${show(entry.unit)} stands at [${twin}] already`]
      throw new TargetsError('BAD_OPTION', { vi: `[${i}].unit: ${vi}`, en: `[${i}].unit: ${en}` })
    }
    seen.set(entry.unit, i)
    return { level: undefined, figures: {}, targets: {}, baselines: {}, figureDates: {}, ...entry } as UnitFigures
  })
}

function rowsIn(file: string, rows: readonly Cell[][], directive: Directive, style: NumberStyle): UnitFigures[] {
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
    const of: Record<Part, Record<string, number | boolean | string>> = NOTHING()
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
        const { part, indicator } = column
        const value = part === 'figureDates' ? readDate(cell) : readValue(cell, indicator, style)
        if (typeof value === 'object') say(row, i, value)
        else of[part][indicator.id] = value
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
    return [{ unit, level, ...of } as UnitFigures]
  })
  if (problems.length > 0) throw new BadCells(file, problems)
  return units
}

const NOTHING = () => ({ figures: {}, targets: {}, baselines: {}, figureDates: {} })
const nameOf = (column: Column | null) =>
  column?.kind === 'indicator' ? `${column.part} ${column.indicator.id}` : column?.kind

/** "2022-08-31" of a day as people write it, or as a workbook has it; or what is wrong with it. */
function readDate(cell: Cell): string | Text {
  const text = cell instanceof Date ? isoDate(cell.getTime()) : String(cell).trim()
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? []
  const date = year === undefined ? text : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  try {
    parseDate(date)
    return date
  } catch {
    return {
      vi: `${show(text)} không phải là ngày: viết 31/08/2022 hoặc 2022-08-31`,
      en: `${show(text)} is no date of the calendar: write 2022-08-31 or 31/08/2022`,
    }
  }
}

function readHeader(header: Cell, directive: Directive, say: (what: Text) => void): Column | null {
  const text = fold(String(header ?? ''))
  if (text === '') return null
  if (UNIT_HEADERS.includes(text)) return { kind: 'unit' }
  if (LEVEL_HEADERS.includes(text)) return { kind: 'level' }
  const [, named, said = ''] = /^(.*\S)\s*[(:]\s*([^():]+?)\s*\)?$/.exec(String(header).trim()) ?? []
  const part = PARTS.get(fold(said))
  const indicator = readIndicator(part ? named : header, directive)
  if ('id' in indicator) return { kind: 'indicator', indicator, part: part ?? 'figures' }
  if (!part && named && 'id' in readIndicator(named, directive)) {
    say({
      vi: `${show(said)}: sau tên chỉ tiêu chỉ có "(kế hoạch)", "(năm trước)", "(ngày)"`,
      en: `${show(said)}: behind an indicator stands "(target)", "(baseline)" or "(date)" only`,
    })
    return null
  }
  say(indicator)
  return null
}

/** An x says that there is no figure; of a unit or a level it says something, which is read. */
function saysNothing(cell: Cell, column: Column | null | undefined): boolean {
  if (column?.kind === 'indicator') {
    return column.part === 'figureDates' ? isEmpty(cell) : hasNoValue(cell, column.indicator)
  }
  return column ? isUnanswered(cell) : isEmpty(cell)
}

function noLevel(text: string): Text {
  const named = Object.entries(LEVEL_NAMES).map(([level, name]) => `${name} (${level})`)
  return {
    vi: `${show(text)} không phải là cấp: ${named.join(', ')}`,
    en: `${show(text)} is no level: ${Object.keys(LEVEL_NAMES).join(', ')}`,
  }
}
