// All of a database in one file, and back: from the embedded database to a PostgreSQL server too. Not by Prisma: tables are
// taken as they are, at one moment, whatever models there were when they were written; COPY writes them row by row.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Text } from '@dienbien/targets'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { StartFailure } from '../errors/failure.ts'
import { type Head, isSignedBy } from '../trail/chain.ts'
import { allGaps, GAPS_IN_VIETNAMESE, type Gap } from '../trail/gaps.ts'
import type { TrailKey } from '../trail/key.ts'
import { newestHead } from '../trail/rows.ts'
import { applyPending, history, inLockedTransaction, MIGRATIONS, readMigrations } from './migrate.ts'

/** A line of JSON says what follows; rows are lines too, an object each. */
interface Start {
  readonly dienbien: 2
  readonly migrations: readonly string[]
  readonly at: string
  /** The newest head of the trail, to be noted. */
  readonly trail: Head | null
}
/** The last line: what the lines before it must be, signed with the key of the trail. */
interface End {
  /** SHA-256 of all lines before it. */
  readonly sha256: string
  readonly publicKey: string
  readonly signature: string
  /** Whose signatures in the trail were believed. */
  readonly believed: readonly string[]
}
const END = '["end"'
/** Neither stands in a JSON text: so COPY leaves it as it is. */
const AS_IT_IS = "with (format csv, quote e'\\x01', delimiter e'\\x02')"
/** Problems that a refusal names. */
const SHOWN = 5
/** Rows that go into one statement. */
const TOGETHER = 1000

type Progress = (table: string, rows: number) => void

/** Writes the rows of all tables as they stood at one moment, and signs them. */
export async function backup(pool: Pool, to: Writable, key: TrailKey, onTable: Progress): Promise<void> {
  const digest = createHash('sha256')
  const write = async (chunk: string | Buffer): Promise<void> => {
    // What the stream failed with, now or before.
    if (to.destroyed) throw to.errored ?? new Error('the file was closed')
    digest.update(chunk)
    if (!to.write(chunk)) await once(to, 'drain')
  }
  const client = await pool.connect()
  let whole = false
  try {
    await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0')
    const migrations = [...(await history(client)).keys()].sort()
    if (migrations.length === 0)
      throw new StartFailure({
        vi: 'cơ sở dữ liệu trống: không có gì để sao lưu',
        en: 'the database is empty: there is nothing to back up',
      })
    const trail = await newestHead(client)
    const start: Start = { dienbien: 2, migrations, at: new Date().toISOString(), trail }
    await write(`${JSON.stringify(start)}\n`)
    for (const table of await tablesOf(client)) {
      await write(`${JSON.stringify([table])}\n`)
      const rows = client.query(copyTo(`copy (select row_to_json(t) from "${table}" t) to stdout ${AS_IT_IS}`))
      for await (const chunk of rows as AsyncIterable<Buffer>) await write(chunk)
      onTable(table, rows.rowCount)
    }
    const sha256 = digest.copy().digest('hex')
    const end: End = { sha256, publicKey: key.publicKey, signature: key.sign(sha256), believed: [...key.known] }
    await write(`${JSON.stringify(['end', end])}\n`)
    await client.query('commit')
    whole = true
  } finally {
    // A COPY that nobody reads to its end holds its connection for ever: that one is closed.
    client.release(!whole)
  }
}

/** What a restore found out about a file, for whoever restores it to hold against what was noted. */
export interface Restored {
  readonly trail: Head | null
  /** The keys whose signatures in its trail were believed where it was made. */
  readonly believed: readonly string[]
}

const CHANGED: Text = {
  vi: 'bản sao lưu đã bị sửa sau khi lập, hoặc của phiên bản chưa có mã kiểm tra',
  en: 'the backup was changed after it was made, or is of a version without a digest',
}

/**
 * Fills an empty database from a backup, all of it or nothing, and brings it to the newest migration. Keys and checks hold
 * for what comes in; triggers do not run, so that the trail stays as it was. Then every row is held against it.
 * @param onProblem told of a file that was changed, or whose rows are not as its trail says; null: such a one is refused
 * @throws {StartFailure} where the database is not empty, the file is not whole, changed, or of a newer version
 */
export async function restore(
  pool: Pool,
  from: Readable,
  { onTable, onProblem }: { readonly onTable: Progress; readonly onProblem: ((text: Text) => void) | null },
  folder = MIGRATIONS,
): Promise<Restored> {
  const lines = createInterface({ input: from, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const digest = createHash('sha256')
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done)
      throw new StartFailure({
        vi: 'bản sao lưu bị cắt giữa chừng: chưa khôi phục gì',
        en: 'the backup ends half-way: nothing was restored',
      })
    if (!value.startsWith(END)) digest.update(`${value}\n`)
    return value
  }
  const problems: Text[] = []
  const { migrations, trail } = readStart(await next())
  const known = readMigrations(folder)
  const foreign = migrations.find((name) => !known.some((migration) => migration.name === name))
  if (foreign) {
    throw new StartFailure({
      vi: `bản sao lưu có bước chuyển "${foreign}" mà phiên bản này không biết: hãy dùng phiên bản mới hơn`,
      en: `the backup has migration "${foreign}", which this version does not know: run a newer one`,
    })
  }
  return inLockedTransaction(pool, async (client) => {
    const { rows } = await client.query("select 1 from pg_tables where schemaname = 'public' limit 1")
    if (rows.length > 0)
      throw new StartFailure({
        vi: 'cơ sở dữ liệu không trống: hãy khôi phục vào cơ sở dữ liệu mới',
        en: 'the database is not empty: restore into a new one',
      })
    const ofBackup = known.filter(({ name }) => migrations.includes(name))
    await applyPending(client, ofBackup)
    const tables = await tablesOf(client)
    for (const table of tables) await client.query(`alter table "${table}" disable trigger user`)
    let line = await next()
    while (!line.startsWith(END)) {
      const table = tables.find((name) => line === JSON.stringify([name]))
      if (!table)
        throw new StartFailure({
          vi: `bản sao lưu không nguyên vẹn: cần tên bảng, không phải ${line.slice(0, 40)}`,
          en: `the backup is not whole: a table was expected, not ${line.slice(0, 40)}`,
        })
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
    const end = readEnd(line, digest.digest('hex'))
    if (!end) problems.push(CHANGED)
    for (const table of tables) await client.query(`alter table "${table}" enable trigger user`)
    await continueSequences(client)
    await applyPending(client, known)
    // What was changed may be its keys too: then signatures are left, and only what they sign is checked.
    const believed = end?.believed ?? []
    for await (const gap of allGaps(client, trail ? [trail] : [], new Set(believed))) {
      if (gap.what === 'unsealed') continue // the next server seals it
      if (gap.what === 'signature' && !end) continue
      problems.push(gapText(gap))
    }
    if (problems.length > 0 && !onProblem) throw refusal(problems)
    for (const problem of problems) onProblem?.(problem)
    return { trail, believed }
  })
}

function gapText({ what, table, row, id, head }: Gap): Text {
  const words = (kind: string, batch: string, place: string) =>
    [kind, table, row?.join(' '), id && `${batch} ${id}`, head && `${place} ${head}`].filter(Boolean).join(', ')
  return {
    vi: `không như nhật ký ghi: ${words(GAPS_IN_VIETNAMESE[what], 'lô ghi', 'mốc')}`,
    en: `not as its trail says: ${words(what, 'batch', 'head')}`,
  }
}

function refusal(problems: readonly Text[]): StartFailure {
  const some = (language: keyof Text) =>
    problems
      .slice(0, SHOWN)
      .map((problem) => problem[language])
      .join('; ')
  return new StartFailure({
    vi: `${some('vi')}: chưa khôi phục gì; dùng --unverified nếu vẫn muốn khôi phục`,
    en: `${some('en')}: nothing was restored; --unverified restores it nevertheless`,
  })
}

function readStart(line: string): Start {
  try {
    const start = JSON.parse(line) as Partial<Omit<Start, 'dienbien'>> & { readonly dienbien?: number }
    if ([1, 2].includes(start.dienbien ?? 0) && Array.isArray(start.migrations)) {
      return { ...(start as Start), trail: start.trail ?? null }
    }
  } catch {
    // Told below.
  }
  throw new StartFailure({
    vi: 'đây không phải là bản sao lưu của chương trình này',
    en: 'this is no backup of this program',
  })
}

/** What the last line says, or null where it does not hold. */
function readEnd(line: string, sha256: string): End | null {
  try {
    const [, end] = JSON.parse(line) as [string, End]
    if (end.sha256 !== sha256 || !end.believed.includes(end.publicKey)) return null
    return isSignedBy(end.publicKey, sha256, end.signature) ? end : null
  } catch {
    return null
  }
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
