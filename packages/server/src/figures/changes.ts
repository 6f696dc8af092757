import { Client } from 'pg'
import type { Logger } from 'pino'
import { WRITES_CHANNEL } from '../database/write.ts'

/** The units whose figures, targets or facts changed; null where it may be any. */
export type Change = ReadonlySet<string> | null
type Listener = (change: Change) => void

const CHANNEL = 'dienbien_changes'
const RETRY_MS = 500

/**
 * Tells what changed: this server's own writes at once, those of other servers and tools as the database announces them
 * (triggers on the tables, LISTEN on a connection of its own). After a lost connection anything may have changed.
 */
export class Changes {
  readonly #listeners = new Set<Listener>()
  readonly #endings = new Set<() => void>()
  readonly #onWrite: () => void
  #client: Client | null = null
  #closed = false

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
  async follow(connectionString: string, logger: Logger): Promise<void> {
    await this.#listen(connectionString, logger)
  }

  /** @returns whether it listens now; where not, it asks again by itself */
  async #listen(connectionString: string, logger: Logger): Promise<boolean> {
    if (this.#closed) return false
    const client = new Client({ connectionString })
    let lost = false
    const again = (error?: Error) => {
      if (lost || this.#closed) return
      lost = true
      logger.warn({ err: error }, 'lost the connection that listens for changes; asking again')
      void client.end().catch(() => undefined)
      setTimeout(async () => {
        // What was announced meanwhile went unheard.
        if (!(await this.#listen(connectionString, logger))) return
        this.#onWrite()
        this.announce(null)
      }, RETRY_MS).unref()
    }
    client.on('error', again)
    client.on('end', () => again())
    client.on('notification', ({ channel, payload }) => {
      this.#onWrite()
      if (channel === CHANNEL) this.announce(parse(payload))
    })
    this.#client = client
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}; listen ${WRITES_CHANNEL}`)
      return true
    } catch (error) {
      again(error as Error)
      return false
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const end of [...this.#endings]) end()
    await this.#client?.end().catch(() => undefined)
  }
}

/** The database names the units where they are few, and none where they are many. */
function parse(payload: string | undefined): Change {
  const units = payload ? (JSON.parse(payload) as string[] | null) : null
  return units === null ? null : new Set(units)
}
