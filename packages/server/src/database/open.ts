import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import type { Config } from '../config.ts'
import { errorCode, StartFailure, withoutPasswords } from '../failure.ts'
import { PrismaClient } from '../generated/prisma/client.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { seed } from './seed.ts'

export interface Database {
  readonly prisma: PrismaClient
  /** The same connections, for what Prisma cannot say. */
  readonly pool: Pool
  /** Of a PostgreSQL server, for a connection that listens; null of the embedded one. */
  readonly url: string | null
  close(): Promise<void>
}

/** The embedded database is one session: a second connection would share its transaction and its settings. */
const EMBEDDED_CONNECTIONS = 1
const SERVER_CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 10_000

/**
 * Opens the database of the settings, brings it to the newest migration, and loads what it lacks of the seed data.
 * @throws {StartFailure} where it cannot be reached, written or migrated
 */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir' | 'demo'>): Promise<Database> {
  const database = await connectDatabase(config)
  try {
    await migrate(database.pool)
    await seed(database.pool, config)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * Opens the database of the settings as it is.
 * @throws {StartFailure} where it cannot be reached
 */
export async function connectDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  const embedded = config.databaseUrl === null ? await startEmbedded(config.dataDir) : null
  const pool = new Pool({
    connectionString: embedded?.url ?? config.databaseUrl ?? '',
    max: embedded ? EMBEDDED_CONNECTIONS : SERVER_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  // A connection that breaks is replaced; a query that needs it says so itself. The pool hears of idle ones only.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
  })
  const close = async () => {
    await prisma.$disconnect()
    await pool.end()
    await embedded?.close()
  }
  try {
    await reach(pool, config.databaseUrl)
    return { prisma, pool, url: config.databaseUrl, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function reach(pool: Pool, url: string | null): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    const where = url === null ? 'the embedded database' : `DATABASE_URL ${withoutPasswords(url)}`
    throw new StartFailure(`${where} cannot be reached: ${reason(error)}`)
  }
}

/** A refused connection to several addresses of one host has its messages in `errors`. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((one: Error) => one.message).join('; ')
  return (error as Error).message || (errorCode(error) ?? String(error))
}
