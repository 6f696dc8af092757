// What the columns of a file of figures are: its first row, judged.
import { type Directive, type Indicator, nearest, type Text } from '@dienbien/targets'
import { address, type Cell, fold, isEmpty, readIndicator } from '@dienbien/targets/table'
import { quoted, suggesting } from '../errors/input-error.ts'
import type { CellProblems } from './import-cells.ts'

export type Role = 'unit' | 'indicator' | 'value' | 'asOf' | 'status' | 'source' | 'year' | 'ignored'

export interface Header {
  readonly cells: readonly Cell[]
  /** A row a figure, not a row a unit and a column an indicator. */
  readonly isLong: boolean
  /** The indicator of each column, in the wide form. */
  readonly indicators: readonly (Indicator | null)[]
  /** The first column of a role; -1 where there is none. */
  columnOf(role: Role): number
  /** Whether nothing of a column is read: names beside codes, notes, numbers of rows. */
  isForPeople(column: number): boolean
}

/** Headers of our own exports, of our templates, and of what people write, without case and diacritics. */
const HEADERS: ReadonlyMap<string, Role> = new Map(
  (
    [
      ['unit', ['unit', 'code', 'unit.code', 'don vi', 'ma', 'ma don vi', 'ma gso', 'ten don vi']],
      ['indicator', ['indicator', 'indicator.id', 'chi tieu', 'ma chi tieu']],
      ['value', ['value', 'gia tri', 'so lieu', 'thuc hien']],
      ['asOf', ['asof', 'as of', 'date', 'ngay', 'den ngay', 'so lieu den', 'thoi diem']],
      ['status', ['status', 'trang thai', 'loai so lieu']],
      ['source', ['source', 'nguon']],
      ['year', ['year', 'nam']],
      [
        'ignored',
        [
          'name',
          'unit.name',
          'ten',
          'indicator.name',
          'ten chi tieu',
          'don vi tinh',
          'muc tieu',
          'nam truoc',
          'revision',
          'synthetic',
          'ghi chu',
          'stt',
          'tt',
          'so tt',
          'so thu tu',
          'note',
          'level',
          'cap',
        ],
      ],
    ] as const
  ).flatMap(([role, names]) => names.map((name): [string, Role] => [name, role])),
)

/** Names beside ids and codes are for readers. */
const ROLE_NAMES: Record<Exclude<Role, 'unit' | 'ignored'>, string> = {
  indicator: 'chỉ tiêu',
  value: 'giá trị',
  asOf: 'ngày',
  status: 'trạng thái',
  source: 'nguồn',
  year: 'năm',
}

const roleOf = (header: string): Role | undefined =>
  HEADERS.get(header) ?? (header.endsWith('.name') ? 'ignored' : undefined)

const NO_UNIT_COLUMN: Text = {
  vi: 'phải có một cột tên "đơn vị" (hoặc "mã đơn vị", "unit")',
  en: 'one column must be headed "unit" (or "đơn vị", "mã đơn vị")',
}
const NO_INDICATOR_COLUMN: Text = {
  vi: 'bên cạnh cột "giá trị" phải có một cột tên "chỉ tiêu" (hoặc "indicator")',
  en: 'beside "value" one column must be headed "indicator" (or "chỉ tiêu")',
}
const NO_INDICATORS: Text = {
  vi: 'dòng đầu phải ghi tên các chỉ tiêu, hoặc "chỉ tiêu" và "giá trị"',
  en: 'the first row must name indicators, or "indicator" and "value"',
}

export function readHeader(cells: readonly Cell[], directive: Directive, problems: CellProblems): Header {
  const roles = cells.map((cell) => roleOf(fold(String(cell ?? ''))))
  const isLong = roles.includes('value')
  const indicators = cells.map((cell, i) => {
    const role = roles[i]
    // The code and, for readers, the name of a unit may both stand there: the first counts.
    if (role && role !== 'ignored' && role !== 'unit' && roles.indexOf(role) < i) {
      problems.tell(0, i, {
        vi: `trùng cột "${ROLE_NAMES[role]}": đã có ở ${address(0, roles.indexOf(role))}`,
        en: `a second column of ${role}: ${address(0, roles.indexOf(role))} is one already`,
      })
    }
    if (role || isEmpty(cell)) return null
    const indicator = isLong ? null : indicatorNamed(cell, directive)
    if (indicator && 'id' in indicator) return indicator
    problems.tell(0, i, unknownHeader(cell, indicator))
    return null
  })
  const columnOf = (role: Role) => roles.indexOf(role)
  if (columnOf('unit') < 0) problems.tell(0, 0, NO_UNIT_COLUMN)
  if (isLong && columnOf('indicator') < 0) {
    problems.tell(0, 0, NO_INDICATOR_COLUMN)
  }
  if (!isLong && indicators.every((indicator) => indicator === null) && problems.list.length === 0) {
    problems.tell(0, 0, NO_INDICATORS)
  }
  return { cells, isLong, indicators, columnOf, isForPeople: (column) => roles[column] === 'ignored' }
}

/** By a header that may say in brackets what the indicator is counted in, as tables of reports do: "Thu ngân sách (tỷ đồng)". */
function indicatorNamed(cell: Cell, directive: Directive): Indicator | Text {
  const whole = readIndicator(cell, directive)
  const [, name, counted] = /^(.+?)\s*\(([^()]+)\)$/.exec(String(cell).trim()) ?? []
  if ('id' in whole || name === undefined || counted === undefined) return whole
  const indicator = readIndicator(name, directive)
  if (!('id' in indicator)) return whole
  const { vi, en } = indicator.unit
  if ([vi, en].some((unit) => fold(unit) === fold(counted))) return indicator
  return {
    vi: `${quoted(cell)}: đơn vị tính là ${vi}, không phải ${counted}`,
    en: `${quoted(cell)}: the unit is ${en}, not ${counted}`,
  }
}

/** @param problem of its reading as an indicator; null in the long form, where no column is one */
function unknownHeader(cell: Cell, problem: Text | null): Text {
  const near = nearest(fold(String(cell)), HEADERS.keys())
  if (!problem) {
    return suggesting({ vi: `không có cột nào tên ${quoted(cell)}`, en: `no column is headed ${quoted(cell)}` }, near)
  }
  if (!near) return problem
  return { vi: `${problem.vi}; hay là cột "${near}"?`, en: `${problem.en}; or the column "${near}"?` }
}
