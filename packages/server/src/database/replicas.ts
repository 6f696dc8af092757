// Reads from streaming replicas, but never older than a write that this server knows of. Not by Prisma is only how far they
// are: it has no model of the server's log.
import { PrismaPg } from '@prisma/adapter-pg'
import { readReplicas } from '@prisma/extension-read-replicas'
import type { Pool, QueryConfig } from 'pg'
import type { Logger } from 'pino'
import { StartFailure, unreachable, withoutPasswords } from '../errors/failure.ts'
import { PrismaClient } from '../generated/prisma/client.ts'
import type { Database } from './open.ts'
import { openPool } from './pool.ts'

const CONNECTIONS = 10
/** How long a standby may take to be reached, and to say how far it is; one that does not is read around. */
const REACH_TIMEOUT_MS = 2000
/** How long a read waits for a standby's answer: one that froze keeps no time of its own. */
const READ_TIMEOUT_MS = 30_000
/** How often replicas are asked how far they are: while one is behind, and otherwise. */
const CATCH_UP_MS = 25
const CHECK_MS = 1000

/**
 * Queries read from replicas through Prisma's extension. From a write of this server, or of another that the primary
 * announced, until every replica has replayed it, and while one cannot be reached, they read from the primary.
 */
export class Replicas {
  readonly #primary: PrismaClient
  readonly #primaryPool: Pool
  readonly #pools: readonly Pool[]
  readonly #replicated: PrismaClient
  readonly #logger: Logger
  /** Counts the writes known of; replicas have caught up with the first `#reached` of them. */
  #writes = 1
  #reached = 0
  #reachable = true
  #timer: NodeJS.Timeout | null = null
  #closed = false

  private constructor(primary: PrismaClient, primaryPool: Pool, pools: readonly Pool[], logger: Logger) {
    this.#primary = primary
    this.#primaryPool = primaryPool
    this.#pools = pools
    this.#logger = logger
    const replicas = pools.map((pool) => new PrismaClient({ adapter: new PrismaPg(pool) }))
    // The extended client does the same as the plain one; its type only says more.
    this.#replicated = primary.$extends(readReplicas({ replicas })) as unknown as PrismaClient
  }

  /** Their connections. */
  get pools(): readonly Pool[] {
    return this.#pools
  }

  /** @throws {StartFailure} where one of the addresses cannot be reached or is no standby */
  static async open({ prisma, pool: primary }: Database, urls: readonly string[], logger: Logger): Promise<Replicas> {
    const pools = urls.map((url) =>
      openPool(url, {
        max: CONNECTIONS,
        connectionTimeoutMillis: REACH_TIMEOUT_MS,
        query_timeout: READ_TIMEOUT_MS,
      }),
    )
    try {
      await Promise.all(pools.map(refuseUnlessStandby))
    } catch (error) {
      await Promise.all(pools.map((pool) => pool.end()))
      throw error
    }
    const replicas = new Replicas(prisma, primary, pools, logger)
    await replicas.#check()
    return replicas
  }

  /** What a query reads from now. */
  reads(): PrismaClient {
    return this.#reachable && this.#reached === this.#writes ? this.#replicated : this.#primary
  }

  /** To be called when something was written, before anybody is told that it was. */
  wrote(): void {
    this.#writes++
    this.#schedule(0)
  }

  #schedule(ms: number): void {
    if (this.#closed) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#check(), ms).unref()
  }

  async #check(): Promise<void> {
    const writes = this.#writes
    try {
      const { rows } = await this.#primaryPool.query('select pg_current_wal_flush_lsn()::text as lsn')
      const reached = await Promise.all(this.#pools.map((pool) => hasReplayed(pool, rows[0].lsn)))
      if (!this.#reachable) this.#logger.warn('all replicas answer again: queries read from them')
      this.#reachable = true
      if (reached.every(Boolean)) this.#reached = writes
    } catch (error) {
      if (this.#reachable) this.#logger.warn({ err: error }, 'a replica does not answer: queries read from the primary')
      this.#reachable = false
    }
    this.#schedule(this.#reachable && this.#reached !== this.#writes ? CATCH_UP_MS : CHECK_MS)
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    await Promise.all(this.#pools.map((pool) => pool.end()))
  }
}

async function hasReplayed(pool: Pool, lsn: string): Promise<boolean> {
  // The driver takes its own time limit with a query too; its types do not know.
  const query: QueryConfig & { readonly query_timeout: number } = {
    text: 'select pg_last_wal_replay_lsn() >= $1::pg_lsn as reached',
    values: [lsn],
    query_timeout: REACH_TIMEOUT_MS,
  }
  const { rows } = await pool.query(query)
  return rows[0].reached === true
}

async function refuseUnlessStandby(pool: Pool): Promise<void> {
  const where = `REPLICA_URLS ${withoutPasswords(pool.options.connectionString ?? '')}`
  const { rows } = await pool.query('select pg_is_in_recovery() as standby').catch((error: unknown) => {
    throw unreachable({ vi: where, en: where }, error)
  })
  if (rows[0].standby) return
  throw new StartFailure({
    vi: `${where} không phải là máy chủ dự phòng (standby): nó sẽ không bao giờ thấy những gì được ghi`,
    en: `${where} is no standby: it would never see what is written`,
  })
}
