import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Pool, PoolClient } from 'pg'
import { StartFailure } from '../errors/failure.ts'
import { inTransaction } from './pool.ts'

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export const MIGRATIONS = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url))

/** One number for all servers of this project: whoever holds the lock migrates and seeds, the others wait. */
const LOCK = 2_022_002

/** Prisma's own table, so that `prisma migrate deploy` and this code can take turns on one database. */
const HISTORY = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

/**
 * Brings a database to the newest migration, in one transaction: all of it or nothing. Not by Prisma, whose driver adapter
 * splits scripts at every semicolon and commits each part.
 * @returns the names of the migrations that it applied
 * @throws {StartFailure} where the database's history is not ours, or a migration fails
 */
export async function migrate(pool: Pool, folder: string = MIGRATIONS): Promise<string[]> {
  const migrations = readMigrations(folder)
  if (upToDate(await history(pool), migrations)) return []
  return inLockedTransaction(pool, (client) => applyPending(client, migrations))
}

/** Applies what a database has not had, inside a transaction that holds the lock. */
export async function applyPending(client: PoolClient, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(HISTORY)
  const applied = await history(client)
  const pending = migrations.filter(({ name }) => !applied.has(name))
  refuseForeignHistory(applied, migrations)
  for (const migration of pending) await apply(client, migration)
  return pending.map(({ name }) => name)
}

/** Runs `work` in a transaction that only one server at a time is in. */
export function inLockedTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  // Another server may take its time to migrate, and so may this one.
  return inTransaction(pool, 'begin; set local lock_timeout = 0; set local statement_timeout = 0', async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    return work(client)
  })
}

export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) {
    throw new StartFailure({
      vi: `không có tệp chuyển đổi nào ở ${folder}: bản cài đặt không đầy đủ`,
      en: `no migrations at ${folder}: the checkout is incomplete`,
    })
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(`${folder}/${name}/migration.sql`, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Checksums of the migrations that a database has had, by name. */
export async function history(client: Pool | PoolClient): Promise<Map<string, string>> {
  const { rows: found } = await client.query("select to_regclass('_prisma_migrations') is not null as exists")
  if (!found[0].exists) return new Map()
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  return new Map(rows.map(({ migration_name, checksum }) => [migration_name, checksum]))
}

function upToDate(applied: Map<string, string>, migrations: readonly Migration[]): boolean {
  return applied.size === migrations.length && migrations.every(({ name, checksum }) => applied.get(name) === checksum)
}

function refuseForeignHistory(applied: Map<string, string>, migrations: readonly Migration[]): void {
  const checksums = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  for (const [name, checksum] of applied) {
    if (!checksums.has(name)) {
      throw new StartFailure({
        vi: `cơ sở dữ liệu đã qua chuyển đổi "${name}" mà phiên bản này không biết: chạy phiên bản mới hơn`,
        en: `the database has had migration "${name}", which this version does not know: run a newer one`,
      })
    }
    if (checksums.get(name) !== checksum) {
      throw new StartFailure({
        vi: `chuyển đổi "${name}" không còn như lúc cơ sở dữ liệu đã qua: khôi phục prisma/migrations/${name}`,
        en: `migration "${name}" is not what the database has had: restore prisma/migrations/${name}`,
      })
    }
  }
}

async function apply(client: PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    const why = (error as Error).message
    throw new StartFailure({
      vi: `chuyển đổi "${name}" không chạy được và đã được hoàn lại: ${why}`,
      en: `migration "${name}" failed and was rolled back: ${why}`,
    })
  }
  await client.query(
    `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
     values ($1, $2, now(), $3, 1)`,
    [randomUUID(), checksum, name],
  )
}
