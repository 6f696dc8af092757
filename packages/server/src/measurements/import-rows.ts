// The rows of a file become figures: the long form (a row a figure) or the wide one (a row a unit, a column an indicator).
import type { Directive, Indicator, Text, UnitLevel } from '@dienbien/targets'
import {
  address,
  type Cell,
  hasNoValue,
  isEmpty,
  isUnanswered,
  type NumberStyle,
  readIndicator,
  readValue,
  unescapeFormula,
} from '@dienbien/targets/table'
import type { Registry, Unit } from '../figures/registry.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { figureProblem } from './figure-rules.ts'
import {
  type CellProblem,
  CellProblems,
  Problem,
  readableCell,
  readDay,
  readStatus,
  readYear,
  remembered,
  significantDigits,
  unitFinder,
} from './import-cells.ts'
import { type Header, type Role, readHeader } from './import-header.ts'

/** What the cells do not say themselves. */
export interface ImportDefaults {
  readonly year: number
  readonly asOf: string | null
  readonly status: MeasurementStatus | null
  readonly source: string | null
  readonly numbers: NumberStyle
}

export interface FigureKey {
  readonly unit: string
  readonly indicator: string
  readonly asOf: string
  readonly status: MeasurementStatus
}

export interface ImportedFigure extends FigureKey {
  readonly year: number
  readonly value: number
  readonly source: string | null
  /** Where it stands in the file. */
  readonly cell: string
}

/** The figures of the cells without a problem, and the problems of the others. */
export interface ReadFigures {
  readonly figures: readonly ImportedFigure[]
  readonly problems: readonly CellProblem[]
}

export type ImportUnit = Pick<Unit, 'id' | 'code' | 'name' | 'searchKey' | 'level'>
/** The units as they stood on a day, and what each is found by. */
interface ImportUnits {
  readonly units: readonly ImportUnit[]
  searchKeyOf(unit: ImportUnit): string
  /** Of other days, where they are known. */
  readonly history?: Registry['history']
}
/** Codes and names are of the day that a figure stands for; of the whole file where its row says none. */
export type UnitsOn = (day: string | null) => ImportUnits

export const keyOf = ({ unit, indicator, asOf, status }: FigureKey) => `${unit} ${indicator} ${asOf} ${status}`

const NO_UNIT: Text = { vi: 'dòng không ghi đơn vị', en: 'the row names no unit' }
const NO_INDICATOR: Text = { vi: 'dòng không ghi chỉ tiêu', en: 'the row names no indicator' }
const NO_DATE: Text = {
  vi: 'số liệu không có ngày: thêm cột "ngày" hoặc ghi asOf',
  en: 'the figure has no date: give a column "date" or an asOf',
}
const NO_STATUS: Text = {
  vi: 'số liệu không có trạng thái: thêm cột "trạng thái" hoặc ghi status',
  en: 'the figure has no status: give a column "status" or a status',
}
const NO_HEADER: Text = { vi: 'nằm dưới cột không có tên', en: 'stands below no header' }
const TOO_PRECISE: Text = {
  vi: 'có quá 15 chữ số có nghĩa, nhiều hơn mức một số liệu giữ được: hãy làm tròn',
  en: 'has more than 15 significant digits, more than a figure keeps: round it',
}
/** Of what is never missing. */
const NOTHING: Text = { vi: '', en: '' }

/** A file with more is of another kind than figures. */
const ENOUGH_PROBLEMS = 10_000

/**
 * Judges the rows of a file, headers and names in Vietnamese or English, units by code or by their full name. Every cell
 * that cannot be read is named by its address with what would be right.
 */
export function judgeRows(
  rows: readonly (readonly Cell[])[],
  directive: Directive,
  unitsOn: UnitsOn,
  defaults: ImportDefaults,
): ReadFigures {
  const problems = new CellProblems()
  const header = readHeader(rows[0] ?? [], directive, problems)
  if (problems.list.length > 0) return { figures: [], problems: problems.list }
  const reader = new RowReader(header, directive, unitsOn, defaults, problems)
  for (let row = 1; row < rows.length; row++) {
    if (problems.list.length > ENOUGH_PROBLEMS) {
      problems.tell(row, 0, {
        vi: `dừng đọc ở đây, sau ${problems.list.length} lỗi`,
        en: `reading stopped here, after ${problems.list.length} problems`,
      })
      break
    }
    reader.read(row, rows[row] as readonly Cell[])
  }
  return { figures: reader.figures, problems: problems.list }
}

/** What all figures of a row share; null where it could not be read, which was told. */
interface RowFacts {
  readonly unit: string | null
  readonly year: number | null
  readonly asOf: string | null
  readonly status: MeasurementStatus | null
  readonly source: string | null
}

class RowReader {
  readonly figures: ImportedFigure[] = []
  /** Where the figure of a key stands. */
  readonly #cells = new Map<string, string>()
  readonly #levels = new Map<string, UnitLevel>()
  readonly #unitsOn: UnitsOn
  readonly #finders = new Map<ImportUnits, ReturnType<typeof unitFinder>>()
  readonly #findIndicator: (text: string) => ReturnType<typeof readIndicator>
  readonly #header: Header
  readonly #defaults: ImportDefaults
  readonly #problems: CellProblems

  constructor(
    header: Header,
    directive: Directive,
    unitsOn: UnitsOn,
    defaults: ImportDefaults,
    problems: CellProblems,
  ) {
    this.#header = header
    this.#defaults = defaults
    this.#problems = problems
    this.#unitsOn = unitsOn
    this.#findIndicator = remembered((text) => readIndicator(text, directive))
  }

  read(row: number, rawCells: readonly Cell[]): void {
    const problems = this.#problems
    const { isLong, indicators, columnOf, cells: headers } = this.#header
    const cells = rawCells.map((cell, i) => readableCell(cell, (text) => problems.tell(row, i, text)))
    const value = columnOf('value')
    const isBlank = cells.every((cell, i) => isEmpty(cell) || this.#header.isForPeople(i))
    if (isBlank || (isLong && isUnanswered(cells[value]))) return
    const indicator = isLong ? this.#indicatorOf(row, cells) : null
    // Of what has no figure nothing else is asked.
    if (indicator && hasNoValue(cells[value], indicator)) return
    const facts = this.#factsOf(row, cells)
    if (isLong) {
      if (indicator) this.#add(row, value, cells[value], indicator, facts)
    } else {
      indicators.forEach((indicator, i) => {
        if (indicator && !hasNoValue(cells[i], indicator)) this.#add(row, i, cells[i], indicator, facts)
      })
    }
    cells.forEach((cell, i) => {
      if (!isEmpty(cell) && isEmpty(headers[i])) problems.tell(row, i, NO_HEADER)
    })
  }

  #indicatorOf(row: number, cells: readonly Cell[]): Indicator | null {
    return this.#meaning(row, cells, 'indicator', null, NO_INDICATOR, (cell) => {
      const found = this.#findIndicator(String(cell))
      return 'id' in found ? found : new Problem(found)
    })
  }

  #factsOf(row: number, cells: readonly Cell[]): RowFacts {
    const { year, asOf, status, source } = this.#defaults
    const named = cells[this.#header.columnOf('source')]
    return {
      unit: this.#meaning(row, cells, 'unit', null, NO_UNIT, this.#unitFinder(cells)),
      year: this.#meaning(row, cells, 'year', year, NOTHING, (cell) => readYear(cell, year)),
      asOf: this.#meaning(row, cells, 'asOf', asOf, NO_DATE, (cell) => readDay(cell, year)),
      status: this.#meaning(row, cells, 'status', status, NO_STATUS, readStatus),
      source: isUnanswered(named) ? source : unescapeFormula(String(named)),
    }
  }

  /** Finds units as they stood on the day of a row's figures. */
  #unitFinder(cells: readonly Cell[]): ReturnType<typeof unitFinder> {
    const cell = cells[this.#header.columnOf('asOf')]
    const day = isUnanswered(cell) ? null : readDay(cell, this.#defaults.year)
    const units = this.#unitsOn(typeof day === 'string' ? day : this.#defaults.asOf)
    let finder = this.#finders.get(units)
    if (!finder) {
      finder = unitFinder(units)
      this.#finders.set(units, finder)
      for (const { id, level } of units.units) this.#levels.set(id, level)
    }
    return finder
  }

  /** The meaning of a cell, the default where it is empty, or null after telling what is wrong. */
  #meaning<T>(
    row: number,
    cells: readonly Cell[],
    role: Role,
    fallback: T | null,
    missing: Text,
    parse: (cell: Cell) => T | Problem,
  ): T | null {
    const column = this.#header.columnOf(role)
    const cell = cells[column]
    if (isUnanswered(cell)) {
      if (fallback === null) this.#problems.tell(row, Math.max(column, 0), missing)
      return fallback
    }
    const parsed = parse(cell)
    if (!(parsed instanceof Problem)) return parsed
    this.#problems.tell(row, column, parsed.text)
    return null
  }

  #add(row: number, column: number, cell: Cell, indicator: Indicator, facts: RowFacts): void {
    const read = readValue(cell, indicator, this.#defaults.numbers)
    const { unit, year, asOf, status, source } = facts
    const wrong = typeof read === 'object' ? read : this.#valueProblem(cell, read, indicator, unit)
    if (wrong) {
      this.#problems.tell(row, column, wrong)
      return
    }
    if (unit === null || year === null || asOf === null || status === null) return
    const place = address(row, column)
    const key = keyOf({ unit, indicator: indicator.id, asOf, status })
    const twin = this.#cells.get(key)
    if (twin) {
      this.#problems.tell(row, column, { vi: `trùng số liệu với ô ${twin}`, en: `the same figure stands in ${twin}` })
      return
    }
    this.#cells.set(key, place)
    this.figures.push({ unit, year, indicator: indicator.id, asOf, status, value: Number(read), source, cell: place })
  }

  #valueProblem(cell: Cell, read: number | boolean, indicator: Indicator, unit: string | null): Text | null {
    if (typeof read === 'number' && significantDigits(cell) > 15) {
      return TOO_PRECISE
    }
    const level = unit === null ? undefined : this.#levels.get(unit)
    return level === undefined ? null : (figureProblem(indicator, level, Number(read))?.text ?? null)
  }
}
