// Figures, targets, units and clusters in memory, kept in step with the database.
import { compile, type Directive, directives, type Evaluation, StatusCode } from '@dienbien/targets'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Deadline, EligibilityFact, Filing, PrismaClient, Unit, UnitTarget } from '../generated/prisma/client.ts'
import type { Change, Changes } from './changes.ts'
import { type ColumnFigure, type DayTable, YearColumns } from './columns.ts'
import { evaluateUnit } from './evaluate-unit.ts'
import { loadRegistry, type Registry } from './registry.ts'
import type { AssignedTarget } from './targets.ts'

export type MaybePromise<T> = T | Promise<T>

/** Goes on at once where a value is there already: a plain read costs no promise. */
export function whenReady<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** A year's figures need more memory than the setting allows. */
export class FiguresTooLarge extends Error {
  override readonly name = 'FiguresTooLarge'
}

const MEGABYTE = 1_000_000
/** Days whose tables are kept, and units whose objects are: enough for a province on every day that people ask about. */
const TABLES_KEPT = 8
const UNITS_KEPT = 500

export class FigureStore {
  readonly #pool: Pool
  readonly #prisma: PrismaClient
  readonly #logger: Logger
  readonly #limit: number
  readonly #years = new Map<number, YearFigures>()
  readonly #refreshes = new Map<number, Promise<YearFigures>>()
  #registry: Registry | null = null
  #registryRefresh: Promise<Registry> | null = null

  /** @param limit bytes that the columns of all years may take together */
  constructor(pool: Pool, prisma: PrismaClient, changes: Changes, logger: Logger, limit = 512 * MEGABYTE) {
    this.#pool = pool
    this.#prisma = prisma
    this.#logger = logger
    this.#limit = limit
    changes.subscribe((change) => this.#onChange(change))
  }

  #onChange(change: Change): void {
    if (change === null) {
      this.#registry = null
      this.#registryRefresh = null
    }
    for (const year of this.#years.values()) year.outdate(change)
  }

  /** The years that are in memory. */
  loaded(): Iterable<Pick<YearFigures, 'year' | 'bytes' | 'size' | 'readAt'>> {
    return this.#years.values()
  }

  registry(): MaybePromise<Registry> {
    if (this.#registry) return this.#registry
    if (!this.#registryRefresh) {
      const refresh = loadRegistry(this.#prisma).then(
        (registry) => {
          // A change may have come in meanwhile: then another load is under way.
          if (this.#registryRefresh === refresh) {
            this.#registry = registry
            this.#registryRefresh = null
          }
          return registry
        },
        (error: unknown) => {
          if (this.#registryRefresh === refresh) this.#registryRefresh = null
          throw error
        },
      )
      this.#registryRefresh = refresh
    }
    return this.#registryRefresh
  }

  /** The figures of a year, with every write that was committed before the call. */
  year(year: number): MaybePromise<YearFigures> {
    const known = this.#years.get(year)
    if (known?.isCurrent && this.#registry === known.registry) {
      known.usedAt = Date.now()
      return known
    }
    let refresh = this.#refreshes.get(year)
    if (!refresh) {
      refresh = this.#refresh(year).finally(() => this.#refreshes.delete(year))
      this.#refreshes.set(year, refresh)
      return refresh
    }
    // What is under way may have begun before the write that the caller wants to see.
    return refresh.then(() => this.year(year))
  }

  async #refresh(year: number): Promise<YearFigures> {
    for (;;) {
      const registry = await this.registry()
      const known = this.#years.get(year)
      const current = known?.registry === registry ? known : new YearFigures(year, registry)
      if (current !== known) {
        const start = performance.now()
        await current.load(this.#pool, this.#prisma, (rows) =>
          this.#logger.info({ year, rows }, 'loading figures into memory'),
        )
        this.#logger.info({ year, rows: current.size, ms: Math.round(performance.now() - start) }, 'figures in memory')
        this.#years.set(year, current)
        this.#makeRoom(current)
      } else await current.load(this.#pool, this.#prisma)
      if (current.isCurrent && this.#registry === registry) return current
    }
  }

  /** Drops the years that were longest not asked about. */
  #makeRoom(wanted: YearFigures): void {
    if (wanted.bytes > this.#limit) {
      this.#years.delete(wanted.year)
      throw new FiguresTooLarge(
        `the figures of ${wanted.year} take ${Math.ceil(wanted.bytes / MEGABYTE)} MB, more than FIGURES_MEMORY_MB=${this.#limit / MEGABYTE}`,
      )
    }
    const others = [...this.#years.values()].filter((one) => one !== wanted).sort((a, b) => a.usedAt - b.usedAt)
    let total = [...this.#years.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    for (const other of others) {
      if (total <= this.#limit) return
      this.#years.delete(other.year)
      total -= other.bytes
    }
  }
}

const byYear: Readonly<Record<number, Directive>> = directives
/** The indicators that any directive measures, in the order of the newest: the columns of every year. */
const newest = Object.values(byYear).at(-1) as Directive

/** The figures and targets of one year. */
export class YearFigures {
  readonly year: number
  readonly registry: Registry
  usedAt = Date.now()
  /** When it was last brought up to date. */
  readAt = 0
  #columns: YearColumns
  readonly #targets = new Map<string, UnitTarget[]>()
  readonly #recordedFacts = new Map<string, EligibilityFact[]>()
  readonly #filings = new Map<string, Filing[]>()
  #deadlines: readonly Deadline[] = []
  readonly #tables = new Map<string, DayFigures>()
  /** Rows to read again; null: all. */
  #outdated: Set<number> | null = null
  #loading = false

  constructor(year: number, registry: Registry) {
    this.year = year
    this.registry = registry
    this.#columns = this.#emptyColumns()
  }

  #emptyColumns(): YearColumns {
    return new YearColumns(
      this.year,
      this.registry.units.map(({ code }) => code),
      newest.indicators,
    )
  }

  get isCurrent(): boolean {
    return !this.#loading && this.#outdated?.size === 0
  }

  get bytes(): number {
    return this.#columns.bytes
  }

  get size(): number {
    return this.#columns.size
  }

  outdate(change: Change): void {
    if (change === null) this.#outdated = null
    if (this.#outdated === null || change === null) return
    for (const code of change) {
      const row = this.registry.rowOf(code)
      if (row !== undefined) this.#outdated.add(row)
    }
  }

  /** Reads what is outdated. */
  async load(pool: Pool, prisma: PrismaClient, onProgress?: (rows: number) => void): Promise<void> {
    const rows = this.#columns.isWasteful ? null : this.#outdated
    this.#outdated = new Set()
    this.#loading = true
    try {
      const codes = rows && [...rows].map((row) => this.registry.units[row]?.code as string)
      // Days that are still in use keep the columns that they were made of.
      const columns = rows ? this.#columns : this.#emptyColumns()
      await columns.load(pool, rows && [...rows], onProgress)
      const where = { year: this.year, ...(codes ? { unitCode: { in: codes } } : {}) }
      const [targets, recordedFacts, filings, deadlines] = await Promise.all([
        prisma.unitTarget.findMany({ where, orderBy: [{ indicatorId: 'asc' }, { validFrom: 'desc' }] }),
        prisma.eligibilityFact.findMany({
          where,
          orderBy: [{ fact: 'asc' }, { revision: 'desc' }],
          distinct: ['unitCode', 'fact'],
        }),
        prisma.filing.findMany({
          where,
          orderBy: [{ kind: 'asc' }, { subject: 'asc' }, { revision: 'desc' }],
          distinct: ['unitCode', 'kind', 'subject'],
        }),
        prisma.deadline.findMany({ where: { year: this.year }, orderBy: [{ dueOn: 'asc' }, { kind: 'asc' }] }),
      ])
      this.#columns = columns
      replaceRows(this.#targets, codes, targets)
      replaceRows(this.#recordedFacts, codes, recordedFacts)
      replaceRows(this.#filings, codes, filings)
      this.#deadlines = deadlines
      this.#tables.clear()
    } catch (error) {
      this.#outdated = null
      throw error
    } finally {
      this.#loading = false
    }
    this.readAt = Date.now()
  }

  /** The newest revision of each recorded fact of eligibility, by name. */
  recordedFacts(code: string): readonly EligibilityFact[] {
    return this.#recordedFacts.get(code) ?? []
  }

  /** The newest revision of each filing. */
  filings(code: string): readonly Filing[] {
    return this.#filings.get(code) ?? []
  }

  /** By date. */
  get deadlines(): readonly Deadline[] {
    return this.#deadlines
  }

  on(asOf: string): DayFigures {
    let table = this.#tables.get(asOf)
    if (table) this.#tables.delete(asOf)
    else table = new DayFigures(this.year, asOf, this.registry, this.#columns, this.#targets)
    // The last one asked about is the last one to go.
    this.#tables.set(asOf, table)
    if (this.#tables.size > TABLES_KEPT) this.#tables.delete(this.#tables.keys().next().value as string)
    return table
  }
}

/** What counts on one day of a year. */
export class DayFigures {
  readonly year: number
  readonly asOf: string
  readonly registry: Registry
  readonly #columns: YearColumns
  readonly #targets: ReadonlyMap<string, readonly UnitTarget[]>
  readonly #figures = new Map<string, readonly ColumnFigure[]>()
  readonly #evaluations = new Map<string, Evaluation>()
  readonly #memo = new Map<string, unknown>()
  #table: DayTable | null = null

  constructor(
    year: number,
    asOf: string,
    registry: Registry,
    columns: YearColumns,
    targets: ReadonlyMap<string, readonly UnitTarget[]>,
  ) {
    this.year = year
    this.asOf = asOf
    this.registry = registry
    this.#columns = columns
    this.#targets = targets
  }

  /** Units by indicators, row after row, in the order of the registry and of the directive. */
  get table(): DayTable {
    this.#table ??= this.#columns.tableOn(this.asOf)
    return this.#table
  }

  /** What follows from this day's figures, targets and facts alone, computed once: a change makes a new day. */
  memo<T>(name: string, compute: () => T): T {
    if (!this.#memo.has(name)) this.#memo.set(name, compute())
    return this.#memo.get(name) as T
  }

  /** A unit's figures in the order of the directive. */
  figures(code: string): readonly ColumnFigure[] {
    let known = this.#figures.get(code)
    if (!known) {
      known = this.#read(code)
      remember(this.#figures, code, known)
    }
    return known
  }

  #read(code: string): ColumnFigure[] {
    const row = this.registry.rowOf(code)
    if (row === undefined) return []
    const { width } = this.#columns
    const { entries } = this.table
    const figures: ColumnFigure[] = []
    for (let cell = row * width; cell < (row + 1) * width; cell++) {
      const entry = entries[cell] as number
      if (entry >= 0) figures.push(this.#columns.figure(entry))
    }
    return figures
  }

  /** A unit's own targets in force, by indicator. */
  targets(code: string): AssignedTarget[] {
    const found: AssignedTarget[] = []
    for (const target of this.#targets.get(code) ?? []) {
      const validFrom = target.validFrom.toISOString().slice(0, 10)
      // The newest comes first.
      if (validFrom > this.asOf || found.at(-1)?.indicatorId === target.indicatorId) continue
      found.push({ ...target, comparator: target.comparator as AssignedTarget['comparator'], validFrom })
    }
    return found
  }

  /**
   * A status code for each cell of the table: one loop for each level, and no object but for units with targets of their own.
   * @throws {TargetsError} where a figure is of the wrong type
   */
  statusCodes(directive: Directive): Uint8Array {
    return this.memo('statusCodes', () => {
      const { units } = this.registry
      const { values } = this.table
      const { width } = this.#columns
      const codes = new Uint8Array(values.length)
      for (let first = 0; first < units.length; ) {
        const unitLevel = (units[first] as Unit).level
        let end = first
        while (units[end]?.level === unitLevel) end++
        const program = compile({ directive, unitLevel, asOf: this.asOf })
        program.evaluateTable(values.subarray(first * width, end * width), codes.subarray(first * width, end * width))
        first = end
      }
      for (const code of this.#targets.keys()) {
        const row = this.registry.rowOf(code)
        if (row === undefined) continue
        this.evaluation(code, directive).results.forEach(({ status }, i) => {
          codes[row * width + i] = StatusCode[status]
        })
      }
      return codes
    })
  }

  /** @throws {TargetsError} where the year has no directive or a figure is of the wrong type */
  evaluation(code: string, directive: Directive): Evaluation {
    let known = this.#evaluations.get(code)
    if (!known) {
      const unit = this.registry.unit(code)
      if (!unit) throw new Error(`unit ${code} vanished`)
      known = evaluateUnit(directive, unit.level, this.asOf, this.figures(code), this.targets(code))
      remember(this.#evaluations, code, known)
    }
    return known
  }
}

function replaceRows<Row extends { readonly unitCode: string }>(
  map: Map<string, Row[]>,
  codes: readonly string[] | null,
  rows: readonly Row[],
): void {
  if (codes) for (const code of codes) map.delete(code)
  else map.clear()
  for (const row of rows) {
    const list = map.get(row.unitCode)
    if (list) list.push(row)
    else map.set(row.unitCode, [row])
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value)
  if (map.size > UNITS_KEPT) map.delete(map.keys().next().value as string)
}
