import type { Pool } from 'pg'
import type { Deadline, EligibilityFact, Filing, PrismaClient, UnitTarget } from '../generated/prisma/client.ts'
import type { Change } from './changes.ts'
import { YearColumns } from './columns.ts'
import type { Counting } from './counting.ts'
import { DayFigures } from './day-figures.ts'
import type { Registry } from './registry.ts'
import { hasFigures, publishedDirectives } from './years.ts'

/** Days whose tables are kept. */
const TABLES_KEPT = 8

/**
 * The figures and targets that were known at a moment, of some units. Facts, filings and deadlines are those of today: what was said
 * of a unit and corrected is no longer told.
 */
interface Known {
  readonly recordedBefore: Date
  /** By code. */
  readonly units: readonly string[]
}
type Kinds = Counting['statuses']

/** The figures and targets of one year. */
export class YearFigures {
  readonly year: number
  readonly registry: Registry
  /** Counts how often it was read. */
  version = 0
  usedAt = Date.now()
  /** When it was last brought up to date. */
  readAt = 0
  #columns: YearColumns
  /** Of the year before, which the directive's changes count from; null where no figures belong to it. */
  #before: YearColumns | null = null
  readonly #targets = new Map<string, UnitTarget[]>()
  readonly #recordedFacts = new Map<string, EligibilityFact[]>()
  readonly #filings = new Map<string, Filing[]>()
  #deadlines: readonly Deadline[] = []
  readonly #only: Known | null
  readonly #tables = new Map<string, DayFigures>()
  /** The end of the year before, by the kinds that count. */
  readonly #ends = new Map<string, DayFigures>()
  /** Rows to read again; null: all. */
  #outdated: Set<number> | null = null
  #loading = false

  /** @param only what was known at a moment of some units; null: all that is known of all */
  constructor(year: number, registry: Registry, only: Known | null = null) {
    this.year = year
    this.registry = registry
    this.#only = only
    this.#columns = this.#emptyColumns(year)
    if (only) {
      this.#before = this.#emptyBefore()
      this.#outdated = new Set(only.units.flatMap((code) => registry.rowOf(code) ?? []))
    }
  }

  #emptyColumns(year: number): YearColumns {
    return new YearColumns(
      year,
      this.registry.units.map(({ code }) => code),
      publishedDirectives().indicatorsOf(year),
    )
  }

  #emptyBefore(): YearColumns | null {
    return hasFigures(this.year - 1) ? this.#emptyColumns(this.year - 1) : null
  }

  get isCurrent(): boolean {
    return !this.#loading && this.#outdated?.size === 0
  }

  get bytes(): number {
    return this.#columns.bytes + (this.#before?.bytes ?? 0)
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
    const recordedBefore = this.#only?.recordedBefore ?? null
    const rows = this.#columns.isWasteful || this.#before?.isWasteful ? null : this.#outdated
    this.#outdated = new Set()
    this.#loading = true
    try {
      const codes = rows && [...rows].map((row) => this.registry.units[row]?.code as string)
      // Days that are still in use keep the columns that they were made of.
      const columns = rows ? this.#columns : this.#emptyColumns(this.year)
      const before = rows ? this.#before : this.#emptyBefore()
      // One after the other: a server that can open no more connections goes on with those that it has.
      await columns.load(pool, rows && [...rows], onProgress, recordedBefore)
      await before?.load(pool, rows && [...rows], undefined, recordedBefore)
      const where = { year: this.year, ...(codes ? { unitCode: { in: codes } } : {}) }
      const known = recordedBefore ? { recordedAt: { lt: recordedBefore } } : {}
      const [targets, recordedFacts, filings, deadlines] = await Promise.all([
        prisma.unitTarget.findMany({
          where: { ...where, ...known },
          orderBy: [{ indicatorId: 'asc' }, { validFrom: 'desc' }],
        }),
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
      this.#before = before
      replaceRows(this.#targets, codes, targets)
      replaceRows(this.#recordedFacts, codes, recordedFacts)
      replaceRows(this.#filings, codes, filings)
      this.#deadlines = deadlines
      this.#tables.clear()
      this.#ends.clear()
      this.version++
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

  /** A day that is in memory. */
  known(asOf: string, kinds: Kinds = null): DayFigures | undefined {
    return this.#tables.get(keyOf(asOf, kinds))
  }

  /** @param kinds only figures of these kinds count, in this year and in the one before; null: of every kind */
  on(asOf: string, kinds: Kinds = null): DayFigures {
    const key = keyOf(asOf, kinds)
    let table = this.#tables.get(key)
    if (table) this.#tables.delete(key)
    else {
      const day = { year: this.year, asOf }
      table = new DayFigures(day, this.registry, this.#columns, this.#targets, this.#endOfYearBefore(kinds), kinds)
    }
    // The last one asked about is the last one to go.
    this.#tables.set(key, table)
    if (this.#tables.size > TABLES_KEPT) this.#tables.delete(this.#tables.keys().next().value as string)
    return table
  }

  #endOfYearBefore(kinds: Kinds): DayFigures | null {
    const name = keyOf('', kinds)
    const known = this.#ends.get(name)
    if (known || !this.#before) return known ?? null
    const { year } = this.#before
    const end = new DayFigures({ year, asOf: `${year}-12-31` }, this.registry, this.#before, new Map(), null, kinds)
    this.#ends.set(name, end)
    return end
  }
}

const keyOf = (asOf: string, kinds: Kinds) => (kinds ? `${asOf} ${[...new Set(kinds)].sort()}` : asOf)

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
