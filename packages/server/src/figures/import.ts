import { type Directive, parseDate } from '@dienbien/targets'
import {
  address,
  type Cell,
  fold,
  isEmpty,
  type NumberStyle,
  readIndicator,
  readRows,
  readValue,
} from '@dienbien/targets/table'
import { type Author, writeAs } from '../database/write.ts'
import { Prisma, type PrismaClient, type Unit } from '../generated/prisma/client.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { unseenCharacter } from '../unseen.ts'

/** What the cells do not say themselves. */
export interface ImportDefaults {
  readonly year: number
  readonly asOf: string | null
  readonly status: MeasurementStatus | null
  readonly source: string | null
  readonly numbers: NumberStyle
}

export interface ImportedFigure {
  readonly unit: string
  readonly year: number
  readonly indicator: string
  readonly asOf: string
  readonly status: MeasurementStatus
  readonly value: number
  readonly source: string | null
  /** Where it stands in the file. */
  readonly cell: string
}

export interface CellProblem {
  /** For example "C7". */
  readonly cell: string
  readonly message: string
}

type Role = 'unit' | 'indicator' | 'value' | 'asOf' | 'status' | 'source' | 'year' | 'ignored'

/** Headers of our own exports, of our templates, and of what people write, without case and diacritics. */
const HEADERS: Readonly<Record<string, Role>> = Object.fromEntries(
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
          'note',
          'level',
          'cap',
        ],
      ],
    ] as const
  ).flatMap(([role, names]) => names.map((name) => [name, role])),
)

/** Names beside ids and codes are for readers. */
const roleOf = (header: string): Role | undefined =>
  HEADERS[header] ?? (header.endsWith('.name') ? 'ignored' : undefined)

const STATUSES: Readonly<Record<string, MeasurementStatus>> = {
  estimate: 'estimate',
  'uoc thuc hien': 'estimate',
  uoc: 'estimate',
  preliminary: 'preliminary',
  'so bo': 'preliminary',
  official: 'official',
  'chinh thuc': 'official',
}

/** A file with more is of another kind than figures. */
const ENOUGH_PROBLEMS = 10_000

/**
 * Reads figures from CSV or XLSX, in the long form (a row a figure) or the wide one (a row a unit, a column an indicator),
 * headers and names in Vietnamese or English, units by code or by their full name. Every cell that cannot be read is named
 * by its address with what would be right; figures are only those of cells without a problem.
 */
export async function readImport(
  bytes: Buffer,
  directive: Directive,
  units: readonly Pick<Unit, 'code' | 'name' | 'searchKey'>[],
  defaults: ImportDefaults,
): Promise<{ figures: ImportedFigure[]; problems: CellProblem[] }> {
  const problems: CellProblem[] = []
  const say = (row: number, column: number, message: string) => problems.push({ cell: address(row, column), message })
  const rows = await readRows(bytes)
  const header = rows[0] ?? []
  const roles = header.map((cell) => roleOf(fold(String(cell ?? ''))))
  const long = roles.includes('value')
  const indicators = header.map((cell, i) => {
    if (long || roles[i] || isEmpty(cell)) return null
    const found = readIndicator(cell, directive)
    if (typeof found !== 'string') return found
    say(0, i, found)
    return null
  })
  const columnOf = (role: Role) => roles.indexOf(role)
  if (columnOf('unit') < 0) say(0, 0, 'one column must be headed "unit" (or "đơn vị", "mã đơn vị")')
  if (long && columnOf('indicator') < 0)
    say(0, 0, 'beside "value" one column must be headed "indicator" (or "chỉ tiêu")')
  if (!long && indicators.every((one) => one === null) && problems.length === 0) {
    say(0, 0, 'the first row must name indicators, or "indicator" and "value"')
  }
  if (problems.length > 0) return { figures: [], problems }

  const findUnit = unitFinder(units)
  const findIndicator = remembered((text) => readIndicator(text, directive))
  const figures: ImportedFigure[] = []
  const seen = new Map<string, string>()
  for (let r = 1; r < rows.length; r++) {
    if (problems.length > ENOUGH_PROBLEMS) {
      say(r, 0, `reading stopped here, after ${problems.length} problems`)
      break
    }
    const cells = rows[r] as Cell[]
    const value = columnOf('value')
    if (cells.every(isEmpty) || (long && isEmpty(cells[value]))) continue
    /** The meaning of a cell, the default where it is empty, or null after saying what is wrong. */
    const read = <T>(role: Role, fallback: T | null, what: string, parse: (cell: Cell) => T | Problem): T | null => {
      const i = columnOf(role)
      const cell = i < 0 ? null : cells[i]
      if (isEmpty(cell)) {
        if (fallback === null) say(r, Math.max(i, 0), what)
        return fallback
      }
      const parsed = parse(cell)
      if (!(parsed instanceof Problem)) return parsed
      say(r, i, parsed.message)
      return null
    }
    const unit = read('unit', null, 'the row names no unit', findUnit)
    const year = read('year', defaults.year, '', (cell) =>
      Number(cell) === defaults.year
        ? defaults.year
        : new Problem(`${String(cell)} is not ${defaults.year}, the year of the import`),
    )
    const asOf = read('asOf', defaults.asOf, 'the figure has no date: give a column "date" or an asOf', (cell) =>
      readDay(cell, defaults.year),
    )
    const status = read(
      'status',
      defaults.status,
      'the figure has no status: give a column "status" or a status',
      (cell) =>
        STATUSES[fold(String(cell))] ??
        new Problem(
          `${JSON.stringify(String(cell))} is none of estimate (ước), preliminary (sơ bộ), official (chính thức)`,
        ),
    )
    const source = columnOf('source')
    const given = source >= 0 && !isEmpty(cells[source]) ? unescapeFormula(String(cells[source])) : defaults.source
    const unseen = given && unseenCharacter(given)
    if (unseen)
      say(r, Math.max(source, 0), `the source holds ${unseen}, which is not seen and changes what is: leave it out`)
    const add = (column: number, indicator: Exclude<ReturnType<typeof readIndicator>, string>) => {
      const read = readValue(cells[column], indicator, defaults.numbers)
      if (typeof read === 'string') return say(r, column, read)
      if (typeof read === 'number' && significantDigits(cells[column]) > 15) {
        return say(r, column, 'has more than 15 significant digits, more than a figure keeps: round it')
      }
      if (unit === null || year === null || asOf === null || status === null) return
      const cell = address(r, column)
      const key = keyOf({ unit, indicator: indicator.id, asOf, status })
      const twin = seen.get(key)
      if (twin) return say(r, column, `the same figure stands in ${twin}`)
      seen.set(key, cell)
      figures.push({ unit, year, indicator: indicator.id, asOf, status, value: Number(read), source: given, cell })
    }
    if (long) {
      const indicator = read('indicator', null, 'the row names no indicator', (cell) => {
        const found = findIndicator(String(cell))
        return typeof found === 'string' ? new Problem(found) : found
      })
      if (indicator) add(value, indicator)
    } else {
      indicators.forEach((indicator, i) => {
        if (indicator && !isEmpty(cells[i])) add(i, indicator)
      })
      cells.forEach((cell, i) => {
        if (!isEmpty(cell) && isEmpty(header[i])) say(r, i, 'stands below no header')
      })
    }
  }
  return { figures, problems }
}

class Problem {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let found = known.get(text)
    if (found === undefined) {
      found = find(text)
      known.set(text, found)
    }
    return found
  }
}

/** Finds a unit by its code, by the code that a spreadsheet took the leading zero from, or by its full name. */
function unitFinder(units: readonly Pick<Unit, 'code' | 'name' | 'searchKey'>[]): (cell: Cell) => string | Problem {
  const codes = new Set(units.map(({ code }) => code))
  const find = remembered((text: string): string | Problem => {
    const code = unescapeFormula(text).trim()
    if (codes.has(code)) return code
    if (/^\d+$/.test(code)) {
      const padded = [3, 5].map((length) => code.padStart(length, '0')).filter((one) => codes.has(one))
      return padded.length === 1 ? (padded[0] as string) : new Problem(`no unit has the code "${code}"`)
    }
    const key = fold(code)
    const named = units.filter(
      ({ searchKey, name }) => searchKey === key || name.normalize('NFC') === code.normalize('NFC'),
    )
    if (named.length === 1) return (named[0] as { code: string }).code
    if (named.length > 1) {
      return new Problem(
        `"${code}" is the name of ${named.length} units: write a code, ${named.map((one) => one.code).join(' or ')}`,
      )
    }
    const near = units.filter(({ searchKey }) => searchKey.includes(key)).slice(0, 4)
    const hint =
      near.length > 0 ? `; full names and codes: ${near.map((one) => `${one.name} ${one.code}`).join(', ')}` : ''
    return new Problem(`no unit is called "${code}"${hint}`)
  })
  return (cell) => find(String(cell))
}

/** An export puts an apostrophe before what a spreadsheet would take for a formula. */
const unescapeFormula = (text: string) => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

function readDay(cell: Cell, year: number): string | Problem {
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim()
  const [, d, m, y] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  const iso = d && m && y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text
  try {
    parseDate(iso)
  } catch {
    return new Problem(`${JSON.stringify(text)} is no date: write 31/12/${year} or ${year}-12-31`)
  }
  return iso.startsWith(`${year}-`) ? iso : new Problem(`${iso} does not lie in ${year}`)
}

const significantDigits = (cell: Cell) =>
  typeof cell === 'string' ? cell.replace(/\D/g, '').replace(/^0+/, '').length : 0

const CHUNK = 10_000

/**
 * Stores figures, all or none, each as the next revision of its key; those that stand already with the same value are left
 * as they are.
 * @returns how many were stored
 */
export async function storeImport(
  prisma: PrismaClient,
  author: Author,
  figures: readonly ImportedFigure[],
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<number> {
  return writeAs(
    prisma,
    author,
    async (transaction) => {
      const known = await newestRevisions(transaction, figures)
      const fresh = figures.flatMap((figure) => {
        const last = known.get(keyOf(figure))
        if (last && !last.withdrawn && last.value === figure.value) return []
        return [{ ...figure, revision: (last?.revision ?? 0) + 1, reason: last ? author.reason : null }]
      })
      for (let from = 0; from < fresh.length; from += CHUNK) {
        const part = fresh.slice(from, from + CHUNK)
        const column = <Key extends keyof (typeof fresh)[number]>(key: Key) => part.map((one) => one[key])
        await transaction.$executeRaw(Prisma.sql`
          insert into measurements
            (unit_code, year, indicator_id, as_of, status, revision, value, source, reason, recorded_by)
          select unit_code, year, indicator_id, as_of, status::measurement_status, revision, value, source, reason,
            ${author.subject}
          from unnest(${column('unit')}::text[], ${column('year')}::int[], ${column('indicator')}::text[],
            ${column('asOf')}::date[], ${column('status')}::text[], ${column('revision')}::int[],
            ${column('value')}::float8[], ${column('source')}::text[], ${column('reason')}::text[])
            as n(unit_code, year, indicator_id, as_of, status, revision, value, source, reason)`)
        onProgress(Math.min(from + CHUNK, fresh.length), fresh.length)
      }
      return fresh.length
    },
    { timeout: IMPORT_TIMEOUT_MS },
  )
}

const IMPORT_TIMEOUT_MS = 600_000

const keyOf = ({ unit, indicator, asOf, status }: Pick<ImportedFigure, 'unit' | 'indicator' | 'asOf' | 'status'>) =>
  `${unit} ${indicator} ${asOf} ${status}`

interface NewestRevision extends Pick<ImportedFigure, 'unit' | 'indicator' | 'asOf' | 'status'> {
  readonly revision: number
  readonly value: number
  readonly withdrawn: boolean
}

/** The newest revision of each figure that an import names, by its key: one statement, whatever their number. */
async function newestRevisions(
  transaction: Prisma.TransactionClient,
  figures: readonly ImportedFigure[],
): Promise<Map<string, NewestRevision>> {
  const distinct = <Key extends 'unit' | 'year' | 'asOf'>(key: Key) => [...new Set(figures.map((one) => one[key]))]
  const rows = await transaction.$queryRaw<NewestRevision[]>(Prisma.sql`
    select distinct on (unit_code, year, indicator_id, as_of, m.status) unit_code as unit, indicator_id as indicator,
      as_of::text as "asOf", m.status::text as status, revision, value, withdrawn
    from measurements m
    where unit_code = any(${distinct('unit')}) and year = any(${distinct('year')}) and as_of = any(${distinct('asOf')}::date[])
    order by unit_code, year, indicator_id, as_of, m.status, revision desc`)
  return new Map(rows.map((row) => [keyOf(row), row]))
}
