// All of a database in one file, and back: from the embedded database to a PostgreSQL server too.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { StartFailure } from '../failure.ts'
import { applyPending, history, inLockedTransaction, MIGRATIONS, readMigrations } from './migrate.ts'

/** A line of JSON says what follows; rows are lines too, an object each. */
interface Head {
  readonly dienbien: 1
  readonly migrations: readonly string[]
  readonly at: string
}
const END = '["end"]'
/** Neither stands in a JSON text: so COPY leaves it as it is. */
const AS_IT_IS = "with (format csv, quote e'\\x01', delimiter e'\\x02')"
/** Rows that go into one statement. */
const TOGETHER = 1000

type Progress = (table: string, rows: number) => void

/** Writes the rows of all tables as they stood at one moment. */
export async function backup(pool: Pool, out: Writable, onTable: Progress): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const migrations = [...(await history(client)).keys()].sort()
    if (migrations.length === 0) throw new StartFailure('the database is empty: there is nothing to back up')
    const head: Head = { dienbien: 1, migrations, at: new Date().toISOString() }
    await write(out, `${JSON.stringify(head)}\n`)
    for (const table of await tablesOf(client)) {
      await write(out, `${JSON.stringify([table])}\n`)
      const rows = client.query(copyTo(`copy (select row_to_json(t) from "${table}" t) to stdout ${AS_IT_IS}`))
      for await (const chunk of rows as AsyncIterable<Buffer>) await write(out, chunk)
      onTable(table, rows.rowCount)
    }
    await write(out, `${END}\n`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the first error is the one to tell
    throw error
  } finally {
    client.release()
  }
}

/**
 * Fills an empty database from a backup, all of it or nothing, and brings it to the newest migration. Keys and checks hold
 * for what comes in; triggers do not run, so that the trail stays as it was.
 * @throws {StartFailure} where the database is not empty, or the file is not whole or of a newer version
 */
export async function restore(pool: Pool, from: Readable, onTable: Progress, folder = MIGRATIONS): Promise<void> {
  const lines = createInterface({ input: from, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new StartFailure('the backup ends half-way: nothing was restored')
    return value
  }
  const { migrations } = readHead(await next())
  const known = readMigrations(folder)
  const foreign = migrations.find((name) => !known.some((one) => one.name === name))
  if (foreign) {
    throw new StartFailure(`the backup has migration "${foreign}", which this version does not know: run a newer one`)
  }
  await inLockedTransaction(pool, async (client) => {
    const { rows } = await client.query("select 1 from pg_tables where schemaname = 'public' limit 1")
    if (rows.length > 0) throw new StartFailure('the database is not empty: restore into a new one')
    const ofBackup = known.filter(({ name }) => migrations.includes(name))
    await applyPending(client, ofBackup)
    const tables = await tablesOf(client)
    for (const table of tables) await client.query(`alter table "${table}" disable trigger user`)
    let line = await next()
    while (line !== END) {
      const table = tables.find((name) => line === JSON.stringify([name]))
      if (!table) throw new StartFailure(`the backup is not whole: a table was expected, not ${line.slice(0, 40)}`)
      let count = 0
      for (let batch: string[] = []; ; batch = []) {
        for (line = await next(); line.startsWith('{'); line = await next()) {
          if (batch.push(line) === TOGETHER) break
        }
        await insert(client, table, batch)
        count += batch.length
        if (batch.length < TOGETHER) break
      }
      onTable(table, count)
    }
    for (const table of tables) await client.query(`alter table "${table}" enable trigger user`)
    await continueSequences(client)
    await applyPending(client, known)
  })
}

function readHead(line: string): Head {
  try {
    const head = JSON.parse(line) as Partial<Head>
    if (head.dienbien === 1 && Array.isArray(head.migrations)) return head as Head
  } catch {
    // Told below.
  }
  throw new StartFailure('this is no backup of this program')
}

async function insert(client: PoolClient, table: string, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  const sql = `insert into "${table}" select * from json_populate_recordset(null::"${table}", $1::json)`
  await client.query(sql, [`[${rows.join(',')}]`])
}

/** Tables, each after those that it refers to. */
async function tablesOf(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ table: string; parents: string[] }>(
    `select c.relname as table,
       array(select p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
             where f.conrelid = c.oid and f.contype = 'f' and p.oid <> c.oid) as parents
     from pg_class c
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> '_prisma_migrations'
     order by c.relname`,
  )
  const ordered: typeof rows = []
  while (ordered.length < rows.length) {
    const ready = rows.filter(
      (row) => !ordered.includes(row) && row.parents.every((parent) => ordered.some(({ table }) => table === parent)),
    )
    if (ready.length === 0) throw new Error('tables refer to each other in a circle')
    ordered.push(...ready)
  }
  return ordered.map(({ table }) => table)
}

/** Numbers that the database gives go on after those that came in. */
async function continueSequences(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select c.relname as table, a.attname as column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null`,
  )
  for (const { table, column, sequence } of rows) {
    await client.query(`select setval($1, coalesce(max("${column}"), 0) + 1, false) from "${table}"`, [sequence])
  }
}

async function write(out: Writable, chunk: string | Buffer): Promise<void> {
  if (!out.write(chunk)) await once(out, 'drain')
}
