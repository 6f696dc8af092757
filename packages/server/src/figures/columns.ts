import type { Indicator } from '@dienbien/targets'
import type { Pool } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { isoDay } from '../days.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { ByteIndex } from './byte-index.ts'
import { FIGURE_COLUMNS, FigureRows, readCopy } from './copy-binary.ts'
import { copied, NarrowColumn } from './narrow-column.ts'

/** In rising order of authority. */
export const STATUSES: readonly MeasurementStatus[] = ['estimate', 'preliminary', 'official']
/** In the upper bits of an order; a day of the year and a status need 11 of its 16. */
const SYNTHETIC = 1 << 15
const DEAD = 1 << 14
const ORDER = DEAD - 1

/** A figure as its columns have it. */
export interface ColumnFigure {
  readonly unitCode: string
  readonly year: number
  readonly indicatorId: string
  readonly indicator: Indicator
  readonly asOf: string
  readonly status: MeasurementStatus
  readonly revision: number
  readonly value: number
  readonly source: string | null
  readonly synthetic: boolean
}

/** Which figures count on a day: a table of units by indicators, row after row. */
export interface DayTable {
  /** NaN where there is none. */
  readonly values: Float64Array
  /** Where each stands in the columns; −1 where there is none. */
  readonly entries: Int32Array
}

const DAY_MS = 86_400_000
const PROGRESS_EVERY = 1_000_000
/** Of what is there, kept free for corrections. */
const SPARE = 0.02
const GROWTH = 0.25

/**
 * All figures of a year as columns, an entry a figure, in no order: cell (unit row × width + indicator), day, status,
 * revision, value, source. 16 bytes each, a few more where there are many
 * sources or revisions, whatever the number of dates.
 */
export class YearColumns {
  readonly year: number
  /** The identities of the units that have a row: those that stood on any day of the year. */
  readonly units: readonly string[]
  readonly #rows: ReadonlyMap<string, number>
  readonly #indicators: readonly Indicator[]
  readonly #unitIndex: ByteIndex
  readonly #indicatorIndex: ByteIndex
  readonly #sources = new ByteIndex()
  readonly #start: number
  #size = 0
  #dead = 0
  #cells = new Int32Array(1024)
  /** Day of the year times 4 plus status, by which one counts before another; and two flags. */
  #orders = new Uint16Array(1024)
  readonly #revisions = new NarrowColumn(1024)
  #values = new Float64Array(1024)
  /** 0 for none. */
  readonly #sourceOf = new NarrowColumn(1024)
  /** The highest withdrawn revision of a cell's date and status. Few. */
  readonly #withdrawn = new Map<string, number>()
  readonly #withdrawnCells = new Set<number>()

  constructor(year: number, units: readonly string[], indicators: readonly Indicator[]) {
    this.year = year
    this.units = units
    this.#rows = new Map(units.map((id, row) => [id, row]))
    this.#indicators = indicators
    this.#unitIndex = new ByteIndex(units)
    this.#indicatorIndex = new ByteIndex(indicators.map(({ id }) => id))
    this.#start = Date.UTC(year, 0, 1) / DAY_MS
  }

  /** What the columns are. */
  get indicators(): readonly Indicator[] {
    return this.#indicators
  }

  rowOf(id: string): number | undefined {
    return this.#rows.get(id)
  }

  get width(): number {
    return this.#indicators.length
  }

  /** Entries that count or may count. */
  get size(): number {
    return this.#size - this.#dead
  }

  /** More of it is forgotten than counts: time to read all of it into new columns. */
  get isWasteful(): boolean {
    return this.#dead > this.#size / 2
  }

  get bytes(): number {
    return this.#cells.length * (4 + 2 + 8) + this.#revisions.bytes + this.#sourceOf.bytes
  }

  /**
   * Reads figures from the database: all of the year, into columns that are empty, or those of some units anew.
   * @param units rows to read again
   * @param recordedBefore reads only what was known then
   */
  async load(
    pool: Pool,
    units: readonly number[] | null,
    onProgress: (rows: number) => void = () => undefined,
    recordedBefore: Date | null = null,
  ) {
    const before = this.#size
    const only =
      units === null
        ? ''
        : ` and unit_code = any(array[${units.map((row) => quote(this.units[row] as string)).join(',')}]::text[])`
    const known =
      recordedBefore === null ? '' : ` and recorded_at < ${quote(recordedBefore.toISOString())}::timestamptz`
    // Not by Prisma: COPY in binary form goes from the socket into the columns, without an object for each figure.
    const client = await pool.connect()
    try {
      if (units === null) {
        // Room for all of them at once: growing would copy what is there, again and again.
        const { rows } = await client.query('select count(*)::int as count from measurements where year = $1', [
          this.year,
        ])
        this.#resize(Math.max(1024, Math.ceil(rows[0].count * (1 + SPARE))))
      }
      const stream = client.query(
        copyTo(
          `copy (select ${FIGURE_COLUMNS} from measurements where year = ${this.year}${only}${known}) to stdout (format binary)`,
        ),
      )
      let reported = 0
      await readCopy(stream, (buffer, from) => {
        const at = this.#read(new FigureRows(buffer, from))
        if (this.#size - reported >= PROGRESS_EVERY) {
          reported = this.#size
          onProgress(reported)
        }
        return at
      })
    } finally {
      client.release()
    }
    // Only now: whoever looks meanwhile sees the old figures or the new ones, never none.
    if (units !== null) this.#forget(new Set(units), before)
  }

  /** Takes in whole rows, and says where the first begins that is not whole. */
  #read(rows: FigureRows): number {
    const { buffer } = rows
    while (rows.next()) {
      const column = this.#indicatorIndex.get(buffer, rows.indicator, rows.indicatorEnd)
      const row = this.#unitIndex.get(buffer, rows.unit, rows.unitEnd)
      if (column < 0 || row < 0) continue // of another directive, or of a unit that came in since: the next load has it
      const cell = row * this.#indicators.length + column
      const letter = buffer[rows.status]
      const order = (rows.day - this.#start) * 4 + (letter === OFFICIAL ? 2 : letter === PRELIMINARY ? 1 : 0)
      if (rows.isWithdrawn) {
        const key = `${cell} ${order}`
        this.#withdrawn.set(key, Math.max(rows.revision, this.#withdrawn.get(key) ?? 0))
        this.#withdrawnCells.add(cell)
        continue
      }
      const i = this.#size++
      if (i === this.#cells.length) this.#resize(Math.ceil(i * (1 + GROWTH)))
      this.#cells[i] = cell
      this.#orders[i] = order | (rows.isSynthetic ? SYNTHETIC : 0)
      this.#revisions.set(i, rows.revision)
      this.#values[i] = rows.value
      this.#sourceOf.set(i, rows.sourceEnd < 0 ? 0 : this.#sources.add(buffer, rows.source, rows.sourceEnd) + 1)
    }
    return rows.at
  }

  /**
   * The figures that count on a day: the newest on or before it; on one day official, preliminary, estimate; then the newest revision.
   * @param kinds only of these kinds; null: of every kind
   */
  tableOn(asOf: string, kinds: readonly MeasurementStatus[] | null = null): DayTable {
    const limit = (Date.parse(asOf) / DAY_MS - this.#start) * 4 + 3
    const entries = new Int32Array(this.units.length * this.#indicators.length).fill(-1)
    const wanted = STATUSES.map((status) => kinds?.includes(status) ?? true)
    const [cells, orders, revisions] = [this.#cells, this.#orders, this.#revisions]
    for (let i = 0; i < this.#size; i++) {
      const packed = orders[i] as number
      const order = packed & ORDER
      if (order > limit || packed & DEAD || !wanted[order & 3]) continue
      const cell = cells[i] as number
      const other = entries[cell] as number
      if (other >= 0) {
        const standing = (orders[other] as number) & ORDER
        if (order < standing || (order === standing && revisions.get(i) < revisions.get(other))) continue
      }
      if (this.#withdrawnCells.has(cell) && this.#isWithdrawn(cell, order, revisions.get(i))) continue
      entries[cell] = i
    }
    const values = new Float64Array(entries.length)
    for (let cell = 0; cell < entries.length; cell++) {
      const entry = entries[cell] as number
      values[cell] = entry < 0 ? Number.NaN : (this.#values[entry] as number)
    }
    return { values, entries }
  }

  /** The day that each figure of a table stands for, counted from 1970-01-01. */
  daysOf({ entries }: DayTable): Int32Array {
    // Where there is no figure nobody reads the day.
    return entries.map((entry) => (entry < 0 ? 0 : this.#start + (((this.#orders[entry] as number) & ORDER) >> 2)))
  }

  #isWithdrawn(cell: number, order: number, revision: number): boolean {
    return (this.#withdrawn.get(`${cell} ${order}`) ?? 0) >= revision
  }

  figure(entry: number): ColumnFigure {
    const cell = this.#cells[entry] as number
    const packed = this.#orders[entry] as number
    const order = packed & ORDER
    const source = this.#sourceOf.get(entry)
    const indicator = this.#indicators[cell % this.#indicators.length] as Indicator
    return {
      unitCode: this.units[Math.floor(cell / this.#indicators.length)] as string,
      year: this.year,
      indicatorId: indicator.id,
      indicator,
      asOf: dateOf(this.#start + (order >> 2)),
      status: STATUSES[order & 3] as MeasurementStatus,
      revision: this.#revisions.get(entry),
      value: this.#values[entry] as number,
      source: source === 0 ? null : this.#sources.text(source - 1),
      synthetic: (packed & SYNTHETIC) !== 0,
    }
  }

  /** Drops all that does not count on a day. Not to be called once anybody has a table of them. */
  keepOnly(asOf: string): void {
    // Whatever kinds are asked for, what counts is the newest of one of them.
    const kept = STATUSES.flatMap((status) => [...this.tableOn(asOf, [status]).entries].filter((entry) => entry >= 0))
    kept.sort((a, b) => a - b)
    for (const [i, entry] of kept.entries()) {
      this.#cells[i] = this.#cells[entry] as number
      this.#orders[i] = this.#orders[entry] as number
      this.#revisions.set(i, this.#revisions.get(entry))
      this.#values[i] = this.#values[entry] as number
      this.#sourceOf.set(i, this.#sourceOf.get(entry))
    }
    this.#size = kept.length
    this.#dead = 0
    this.#resize(Math.max(1024, Math.ceil(kept.length * (1 + SPARE))))
  }

  /** Entries of units that were read again. Withdrawals stay: nothing takes one back. */
  #forget(rows: ReadonlySet<number>, end: number): void {
    const width = this.#indicators.length
    for (let i = 0; i < end; i++) {
      if (!((this.#orders[i] as number) & DEAD) && rows.has(Math.floor((this.#cells[i] as number) / width))) {
        this.#orders[i] = (this.#orders[i] as number) | DEAD
        this.#dead++
      }
    }
  }

  #resize(length: number): void {
    this.#cells = copied(this.#cells, new Int32Array(length))
    this.#orders = copied(this.#orders, new Uint16Array(length))
    this.#values = copied(this.#values, new Float64Array(length))
    this.#revisions.resize(length)
    this.#sourceOf.resize(length)
  }
}

const OFFICIAL = 'o'.charCodeAt(0)
const PRELIMINARY = 'p'.charCodeAt(0)

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

const dates = new Map<number, string>()

function dateOf(day: number): string {
  let date = dates.get(day)
  if (date === undefined) {
    date = isoDay(new Date(day * DAY_MS))
    dates.set(day, date)
  }
  return date
}
