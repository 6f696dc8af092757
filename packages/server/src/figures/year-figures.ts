import type { Pool } from 'pg'
import type { Deadline, EligibilityFact, Filing, PrismaClient, UnitTarget } from '../generated/prisma/client.ts'
import type { Change } from './changes.ts'
import { YearColumns } from './columns.ts'
import type { Counting } from './counting.ts'
import { DayFigures } from './day-figures.ts'
import { deadlinesOf } from './deadlines-in-force.ts'
import type { Register } from './register.ts'
import type { Registry } from './registry.ts'
import { lineOf } from './unit-years.ts'
import { hasFigures, lastDay, publishedDirectives } from './years.ts'

/** Days whose tables are kept. */
const TABLES_KEPT = 8

/**
 * The figures and targets that were known at a moment, of some units. Facts, filings and deadlines are those of today: what was said
 * of a unit and corrected is no longer told.
 */
interface Known {
  readonly recordedBefore: Date
  /** By identity. */
  readonly units: readonly string[]
}
type Kinds = Counting['statuses']

/** The figures and targets of one year. */
export class YearFigures {
  readonly year: number
  readonly register: Register
  /** Counts how often it was read. */
  version = 0
  usedAt = Date.now()
  /** When it was last brought up to date. */
  readAt = 0
  #columns: YearColumns
  /** What the year before came to, which the directive's changes count from; null where no figures belong to it. */
  #before: YearColumns | null = null
  readonly #targets = new Map<string, UnitTarget[]>()
  readonly #recordedFacts = new Map<string, EligibilityFact[]>()
  readonly #filings = new Map<string, Filing[]>()
  #deadlines: readonly Deadline[] = []
  readonly #only: Known | null
  readonly #tables = new Map<string, DayFigures>()
  /** The end of the year before, by the kinds that count. */
  readonly #ends = new Map<string, DayFigures>()
  /** Units to read again; null: all. */
  #outdated: Set<string> | null = null
  #loading = false

  /** @param only what was known at a moment of some units; null: all that is known of all */
  constructor(year: number, register: Register, only: Known | null = null) {
    this.year = year
    this.register = register
    this.#only = only
    this.#columns = this.#emptyColumns(year)
    if (only) {
      this.#before = this.#emptyBefore()
      // What those whose place they took came to is their year before.
      const lines = only.units.flatMap((id) => lineOf(id, year - 1, register))
      this.#outdated = new Set(lines.filter((id) => register.has(id)))
    }
  }

  #emptyColumns(year: number): YearColumns {
    return new YearColumns(year, this.register.during(year), publishedDirectives().indicatorsOf(year))
  }

  /** The units as they stood on the last day of the year. */
  get registry(): Registry {
    return this.register.on(lastDay(this.year))
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
    for (const id of change) if (this.register.has(id)) this.#outdated.add(id)
  }

  /** Reads what is outdated. */
  async load(pool: Pool, prisma: PrismaClient, onProgress?: (rows: number) => void): Promise<void> {
    const recordedBefore = this.#only?.recordedBefore ?? null
    const outdated = this.#columns.isWasteful || this.#before?.isWasteful ? null : this.#outdated
    this.#outdated = new Set()
    this.#loading = true
    try {
      const ids = outdated && [...outdated]
      // Days that are still in use keep the columns that they were made of.
      const columns = ids ? this.#columns : this.#emptyColumns(this.year)
      const before = ids ? this.#before : this.#emptyBefore()
      // One after the other: a server that can open no more connections goes on with those that it has.
      await columns.load(pool, rowsIn(columns, ids), onProgress, recordedBefore)
      await before?.load(pool, before && rowsIn(before, ids), undefined, recordedBefore)
      if (!ids) before?.keepOnly(lastDay(before.year))
      const where = { year: this.year, ...(ids ? { unitCode: { in: ids } } : {}) }
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
      replaceRows(this.#targets, ids, targets)
      replaceRows(this.#recordedFacts, ids, recordedFacts)
      replaceRows(this.#filings, ids, filings)
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
  recordedFacts(id: string): readonly EligibilityFact[] {
    return this.#recordedFacts.get(id) ?? []
  }

  /** The newest revision of each filing. */
  filings(id: string): readonly Filing[] {
    return this.#filings.get(id) ?? []
  }

  /** The deadlines that hold for the members of a cluster, by date; null: everyone's. */
  deadlines(cluster: string | null): readonly Deadline[] {
    return deadlinesOf(this.#deadlines, cluster)
  }

  /** Those that hold for a unit: of the cluster in which it competes. */
  deadlinesFor(id: string): readonly Deadline[] {
    return this.deadlines(this.register.clusters.membership(id, this.year)?.clusterCode ?? null)
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
      table = new DayFigures(
        day,
        this.register.on(asOf),
        this.#columns,
        this.#targets,
        this.#endOfYearBefore(kinds),
        kinds,
      )
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
    const day = { year, asOf: lastDay(year) }
    const end = new DayFigures(day, this.register.on(day.asOf), this.#before, new Map(), null, kinds)
    this.#ends.set(name, end)
    return end
  }
}

const keyOf = (asOf: string, kinds: Kinds) => (kinds ? `${asOf} ${[...new Set(kinds)].sort()}` : asOf)

const rowsIn = (columns: YearColumns, ids: readonly string[] | null): number[] | null =>
  ids?.flatMap((id) => columns.rowOf(id) ?? []) ?? null

function replaceRows<Row extends { readonly unitCode: string }>(
  map: Map<string, Row[]>,
  ids: readonly string[] | null,
  rows: readonly Row[],
): void {
  if (ids) for (const id of ids) map.delete(id)
  else map.clear()
  for (const row of rows) {
    const list = map.get(row.unitCode)
    if (list) list.push(row)
    else map.set(row.unitCode, [row])
  }
}
