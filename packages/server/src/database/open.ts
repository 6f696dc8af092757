import type { Text } from '@dienbien/targets'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool } from 'pg'
import type { Config } from '../config.ts'
import { unreachable, withoutPasswords } from '../errors/failure.ts'
import { PrismaClient } from '../generated/prisma/client.ts'
import { startEmbedded } from './embedded.ts'
import { grantTo } from './grants.ts'
import { migrate } from './migrate.ts'
import { openPool } from './pool.ts'
import { seed } from './seed/seed.ts'

export interface Database {
  readonly prisma: PrismaClient
  /** The same connections, for what Prisma cannot say. */
  readonly pool: Pool
  /** Connections of their own for what writes, so that writers who wait for each other leave the readers theirs. */
  readonly writer: PrismaClient
  readonly writerPool: Pool
  /** A connection of its own for submissions that share a commit: none of them waits for a lock, as other writers may. */
  readonly groupPool: Pool
  /** Of a PostgreSQL server, for a connection that listens; null of the embedded one. */
  readonly url: string | null
  /** Where the embedded one's socket is, for `psql -h`; null where there is none. */
  readonly socketFolder: string | null
  close(): Promise<void>
}

/** The embedded database is one session: a second connection would share its transaction and its settings. */
const EMBEDDED_CONNECTIONS = 1
const READERS = 10
const WRITERS = 20

/**
 * Opens the database of the settings, brings it to the newest migration, and loads what it lacks of the seed data.
 * @param seeds false: what it is to hold is another's data, and none of ours
 * @throws {StartFailure} where it cannot be reached, written or migrated
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'demo'> & Partial<Pick<Config, 'migrationUrl'>>,
  { seeds = true }: { readonly seeds?: boolean } = {},
): Promise<Database> {
  const database = await connectDatabase(config)
  const prepare = async (owner: Pool) => {
    await migrate(owner)
    if (seeds) await seed(owner, config)
  }
  try {
    if (config.migrationUrl) await prepareAsOwner(config.migrationUrl, database.pool, prepare)
    else await prepare(database.pool)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Migrates and seeds as the owner of the tables, and gives the application's role what it needs. */
async function prepareAsOwner(url: string, pool: Pool, prepare: (owner: Pool) => Promise<void>): Promise<void> {
  const owner = openPool(url, { max: 1 })
  try {
    await reach(owner, addressed('MIGRATION_DATABASE_URL', withoutPasswords(url)))
    await prepare(owner)
    // Not by Prisma, whose models are of tables and not of roles.
    const { rows } = await pool.query('select current_user as role')
    await grantTo(rows[0].role, owner)
  } finally {
    await owner.end()
  }
}

/**
 * Opens the database of the settings as it is.
 * @throws {StartFailure} where it cannot be reached
 */
export async function connectDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  const embedded = config.databaseUrl === null ? await startEmbedded(config.dataDir) : null
  const open = (max: number): Pool =>
    openPool(embedded?.url ?? config.databaseUrl ?? '', { max }, { embedded: embedded !== null })
  const pool = open(embedded ? EMBEDDED_CONNECTIONS : READERS)
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const writerPool = embedded ? pool : open(WRITERS)
  const writer = embedded ? prisma : new PrismaClient({ adapter: new PrismaPg(writerPool) })
  const groupPool = embedded ? pool : open(1)
  const close = async () => {
    await prisma.$disconnect()
    await pool.end()
    if (!embedded) {
      await writer.$disconnect()
      await writerPool.end()
      await groupPool.end()
    }
    await embedded?.close()
  }
  try {
    const where = config.databaseUrl === null ? null : withoutPasswords(config.databaseUrl)
    await reach(pool, where === null ? EMBEDDED : addressed('DATABASE_URL', where))
    return {
      prisma,
      pool,
      writer,
      writerPool,
      groupPool,
      url: config.databaseUrl,
      socketFolder: embedded?.socketFolder ?? null,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const EMBEDDED: Text = { vi: 'cơ sở dữ liệu đi kèm', en: 'the embedded database' }
const addressed = (setting: string, where: string): Text => ({ vi: `${setting} ${where}`, en: `${setting} ${where}` })

/** Not by Prisma: what the driver says of an address is told as it is. */
async function reach(pool: Pool, where: Text): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    throw unreachable(where, error)
  }
}
