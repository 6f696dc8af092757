import { randomUUID } from 'node:crypto'
import { Client, type Pool } from 'pg'
import type { Logger } from 'pino'
import { WRITES_CHANNEL } from '../database/write.ts'

/** The units whose figures, targets or facts changed; null where it may be any. */
export type Change = ReadonlySet<string> | null
type Listener = (change: Change) => void

const CHANNEL = 'dienbien_changes'
/** How often the connection must hear itself, and how often in a row it may not. */
const PULSE_MS = 1000
const PULSES_MISSED = 2
/** A connection that does not say goodbye by then is cut. */
const FAREWELL_MS = 1000
const RETRY_MS = 500
const CONNECT_TIMEOUT_MS = 5000

/** The database that is followed. */
interface Followed {
  readonly url: string
  /** Connections for asking it what was not heard. */
  readonly pool: Pool
  readonly logger: Logger
}

/**
 * Tells what changed: this server's own writes at once, those of other servers and tools as the database announces them
 * (triggers on the tables, LISTEN on a connection of its own). A connection that says nothing may be quiet or dead: each
 * second it must hear itself. Until it does again, whoever is about to answer from memory asks the database first.
 */
export class Changes {
  readonly #listeners = new Set<Listener>()
  readonly #endings = new Set<() => void>()
  readonly #onWrite: () => void
  #followed: Followed | null = null
  #client: Client | null = null
  #pulse: NodeJS.Timeout | null = null
  /** Whether all that is committed is told, and memory that heeds it is as the database is. */
  #heard = true
  #closed = false
  /** The transactions that were seen when memory was last found to be, or made, as the database is. */
  #snapshot: string | null = null
  #check: Promise<void> | null = null
  #nextCheck: Promise<void> | null = null

  /** @param onWrite called when any server or tool has written anything at all */
  constructor(onWrite: () => void = () => undefined) {
    this.#onWrite = onWrite
  }

  /**
   * @param onEnd called when the server stops: nothing more will be told
   * @returns ends it
   */
  subscribe(listener: Listener, onEnd?: () => void): () => void {
    this.#listeners.add(listener)
    if (onEnd) this.#endings.add(onEnd)
    return () => {
      this.#listeners.delete(listener)
      if (onEnd) this.#endings.delete(onEnd)
    }
  }

  /** To be called when a write of this server has been committed. */
  announce(change: Change): void {
    for (const listener of this.#listeners) listener(change)
  }

  /** Follows a PostgreSQL server; the embedded database is written by this process only. */
  async follow(url: string, pool: Pool, logger: Logger): Promise<void> {
    this.#followed = { url, pool, logger }
    this.#heard = false
    await this.#listen(this.#followed)
  }

  /**
   * To be called before an answer from memory: at once where the database is heard; where it is not, when it was asked
   * whether anything was committed that was not told, and that has been announced.
   * @throws the driver's error where it can't be asked
   */
  unheard(): Promise<void> | undefined {
    if (this.#heard) return undefined
    if (!this.#check) {
      this.#check = this.#compare().finally(() => {
        this.#check = null
      })
      return this.#check
    }
    // The one under way may have asked before the write that the caller must see.
    this.#nextCheck ??= this.#check
      .catch(() => undefined)
      .then(() => {
        this.#nextCheck = null
        return this.unheard()
      })
    return this.#nextCheck
  }

  /** Nobody has committed where the snapshot of transactions is the same, text for text. */
  async #compare(): Promise<void> {
    const { pool } = this.#followed as Followed
    const { rows } = await pool.query<{ now: string }>('select pg_current_snapshot()::text as now')
    const now = rows[0]?.now ?? null
    if (now === this.#snapshot) return
    this.#snapshot = now
    this.#onWrite()
    this.announce(null)
  }

  /** Listens until the connection is lost, and then by another. */
  async #listen(followed: Followed): Promise<void> {
    if (this.#closed) return
    const { url, logger } = followed
    const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true })
    this.#client = client
    const pulse = `dienbien_pulse_${randomUUID().replaceAll('-', '')}`
    let missed = 0
    let lost = false
    const again = (why: Error) => {
      if (lost || this.#closed) return
      lost = true
      if (this.#pulse) clearInterval(this.#pulse)
      if (this.#heard) {
        this.#heard = false
        this.#snapshot = null
        logger.warn({ err: why }, 'changes are not heard: before it answers from memory it asks the database for them')
      }
      void client.end().catch(() => undefined)
      setTimeout(() => this.#listen(followed), RETRY_MS).unref()
    }
    client.on('error', again)
    client.on('end', () => again(new Error('the connection ended')))
    client.on('notification', ({ channel, payload }) => {
      if (channel === pulse) {
        missed = 0
        this.#isHeard(followed)
      } else {
        this.#onWrite()
        if (channel === CHANNEL) this.announce(parse(payload))
      }
    })
    const beat = () => {
      if (missed++ === PULSES_MISSED) again(new Error('the connection that listens for changes does not hear itself'))
      else client.query(`notify ${pulse}`).catch(again)
    }
    try {
      // Not by Prisma, which cannot listen.
      await client.connect()
      await client.query(`listen ${CHANNEL}; listen ${WRITES_CHANNEL}; listen ${pulse}`)
    } catch (error) {
      again(error as Error)
      return
    }
    beat()
    this.#pulse = setInterval(beat, PULSE_MS).unref()
  }

  #isHeard({ logger }: Followed): void {
    if (this.#heard || this.#closed) return
    this.#heard = true
    // What was announced until now went unheard.
    this.#onWrite()
    this.announce(null)
    logger.info('changes are heard')
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#pulse) clearInterval(this.#pulse)
    for (const end of [...this.#endings]) end()
    const client = this.#client
    if (!client) return
    const late = setTimeout(() => client.connection.stream.destroy(), FAREWELL_MS)
    await client.end().catch(() => undefined)
    clearTimeout(late)
  }
}

/** The database names the units where they are few, and none where they are many. */
function parse(payload: string | undefined): Change {
  const units = payload ? (JSON.parse(payload) as string[] | null) : null
  return units === null ? null : new Set(units)
}
