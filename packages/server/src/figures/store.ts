// Figures, targets, units and clusters in memory, kept in step with the database.
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { ClientError } from '../errors/client-error.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { Change, Changes } from './changes.ts'
import type { Counting } from './counting.ts'
import { largestPointTable } from './point-table-size.ts'
import { loadRegister, type Register } from './register.ts'
import type { Registry } from './registry.ts'
import { type MaybePromise, whenReady } from './when-ready.ts'
import { YearFigures } from './year-figures.ts'
import { lastDay, publish, publishedDirectives } from './years.ts'

/** A year's figures need more memory than the setting allows. */
class FiguresTooLarge extends ClientError {
  override readonly name = 'FiguresTooLarge'

  constructor(year: number, megabytes: number, limit: number) {
    const text = {
      vi: `số liệu năm ${year} chiếm ${megabytes} MB, quá FIGURES_MEMORY_MB=${limit}`,
      en: `the figures of ${year} take ${megabytes} MB, more than FIGURES_MEMORY_MB=${limit}`,
    }
    super('FIGURES_TOO_LARGE', text, {}, { status: 503 })
  }
}

const MEGABYTE = 1_000_000

/** Units, clusters, members of the largest cluster, and criteria of the largest point table that was met. */
interface Sizes {
  readonly units: number
  readonly clusters: number
  readonly members: number
  readonly criteria: number
}

export class FigureStore {
  readonly #pool: Pool
  readonly #prisma: PrismaClient
  readonly #changes: Changes
  readonly #logger: Logger
  readonly #limit: number
  readonly #years = new Map<number, YearFigures>()
  readonly #refreshes = new Map<number, Promise<YearFigures>>()
  #register: Register | null = null
  #registerRefresh: Promise<Register> | null = null
  #criteria = 1

  /** @param limit bytes that the columns of all years may take together */
  constructor(pool: Pool, prisma: PrismaClient, changes: Changes, logger: Logger, limit = 512 * MEGABYTE) {
    this.#pool = pool
    this.#prisma = prisma
    this.#changes = changes
    this.#logger = logger
    this.#limit = limit
    changes.subscribe((change) => this.#onChange(change))
  }

  #onChange(change: Change): void {
    if (change === null) {
      this.#register = null
      this.#registerRefresh = null
    }
    for (const year of this.#years.values()) year.outdate(change)
  }

  /** The years that are in memory. */
  loaded(): Iterable<Pick<YearFigures, 'year' | 'bytes' | 'size' | 'readAt'>> {
    return this.#years.values()
  }

  /** Units of all times, clusters and memberships, with every write that was committed before the call. */
  register(): MaybePromise<Register> {
    const unheard = this.#changes.unheard()
    return unheard ? unheard.then(() => this.#knownRegister()) : this.#knownRegister()
  }

  /** {@link register} as it stood on a day, by default the last of the newest directive's year. */
  registry(on?: string): MaybePromise<Registry> {
    // Which directive is the newest is known when the register is.
    return whenReady(this.register(), (register) => register.on(on ?? lastDay()))
  }

  #knownRegister(): MaybePromise<Register> {
    if (this.#register) return this.#register
    if (!this.#registerRefresh) {
      const reading = Promise.all([loadRegister(this.#prisma), largestPointTable(this.#prisma)])
      const refresh: Promise<Register> = reading.then(
        ([register, criteria]) => {
          this.meetPointTable(criteria)
          // A change came in meanwhile: what was read may be from before it.
          if (this.#registerRefresh !== refresh) return this.#knownRegister()
          this.#register = register
          publish(register.directives)
          this.#registerRefresh = null
          return register
        },
        (error: unknown) => {
          if (this.#registerRefresh === refresh) this.#registerRefresh = null
          throw error
        },
      )
      this.#registerRefresh = refresh
    }
    return this.#registerRefresh
  }

  /** How much there is. Of a province, until the registry is in memory. */
  get sizes(): Sizes {
    const sizes = this.#register?.on(lastDay()).sizes ?? { units: 140, clusters: 10, members: 14 }
    return { ...sizes, criteria: this.#criteria }
  }

  /** Tells that there is a point table of so many criteria. */
  meetPointTable(criteria: number): void {
    this.#criteria = Math.max(this.#criteria, criteria)
  }

  /** What a question about a date would have to do first: figures to go through, units to judge, all to be ranked. */
  pending(
    year: number,
    asOf: string,
    kinds: Counting['statuses'] = null,
  ): { readonly figures: number; readonly unjudged: number; readonly ranked: boolean } {
    const { units } = this.sizes
    const known = this.#years.get(year)
    const day = known?.isCurrent && known.register === this.#register ? known.known(asOf, kinds) : undefined
    if (!day) return { figures: known?.size ?? units * publishedDirectives().width, unjudged: units, ranked: false }
    return {
      figures: day.hasTable ? 0 : (known as YearFigures).size,
      unjudged: units - day.judged,
      ranked: day.has('ranking'),
    }
  }

  /** The figures of a year, with every write that was committed before the call. */
  year(year: number): MaybePromise<YearFigures> {
    const unheard = this.#changes.unheard()
    return unheard ? unheard.then(() => this.#knownYear(year)) : this.#knownYear(year)
  }

  /**
   * The figures and targets of a year, of some units, as they were recorded before a moment: read for whoever asks, and kept
   * by nobody.
   */
  async yearAsKnown(year: number, units: readonly string[], recordedBefore: Date): Promise<YearFigures> {
    const known = new YearFigures(year, await this.register(), { recordedBefore, units })
    await known.load(this.#pool, this.#prisma)
    return known
  }

  #knownYear(year: number): MaybePromise<YearFigures> {
    const known = this.#years.get(year)
    if (known?.isCurrent && this.#register === known.register) {
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
    return refresh.then(() => this.#knownYear(year))
  }

  async #refresh(year: number): Promise<YearFigures> {
    for (;;) {
      const register = await this.#knownRegister()
      const known = this.#years.get(year)
      const current = known?.register === register ? known : new YearFigures(year, register)
      if (current !== known) {
        const start = performance.now()
        // Before it is read: what changes meanwhile is told to it.
        this.#years.set(year, current)
        await current.load(this.#pool, this.#prisma, (rows) =>
          this.#logger.info({ year, rows }, 'loading figures into memory'),
        )
        this.#logger.info({ year, rows: current.size, ms: Math.round(performance.now() - start) }, 'figures in memory')
      } else await current.load(this.#pool, this.#prisma)
      this.#makeRoom(current)
      if (current.isCurrent && this.#register === register) return current
    }
  }

  /** Drops the years that were longest not asked about; not one that is being read, which has to hear what changes. */
  #makeRoom(wanted: YearFigures): void {
    if (wanted.bytes > this.#limit) {
      this.#years.delete(wanted.year)
      throw new FiguresTooLarge(wanted.year, Math.ceil(wanted.bytes / MEGABYTE), this.#limit / MEGABYTE)
    }
    const others = [...this.#years.values()]
      .filter((yearFigures) => yearFigures !== wanted && !this.#refreshes.has(yearFigures.year))
      .sort((a, b) => a.usedAt - b.usedAt)
    let total = [...this.#years.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    for (const other of others) {
      if (total <= this.#limit) return
      this.#years.delete(other.year)
      total -= other.bytes
    }
  }
}
