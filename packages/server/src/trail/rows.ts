import { setImmediate } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { type Batch, BatchHash, type Entry, type Head } from './chain.ts'

// Not by Prisma: what is hashed is read page by page, by pairs of number and batch, in the transaction of whoever seals or
// checks, which Prisma does not lend.

/** Rows of entries that are hashed before others get a turn: some milliseconds. */
const PAGE = 1000

const BATCH = `b.id::text, b.at, b.subject, b.role, b.origin, b.reason, b.action, b.table_name as "table", b.row_count as "rowCount"`

type BatchRow = Omit<Batch, 'at'> & { readonly at: Date }

/** The batches of these ids with the hash of each; one that is not there is left out. */
export async function hashedBatches(client: PoolClient, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<BatchRow>(`select ${BATCH} from audit_batches b where b.id = any($1)`, [ids])
  const hashes = new Map(rows.map((row) => [row.id, new BatchHash({ ...row, at: row.at.toISOString() })]))
  for (let last = ['0', 0] as [string, number]; ; ) {
    const { rows: entries } = await client.query<Entry & { batch: string; number: number }>(
      `select batch_id::text as batch, number, before, after from audit_entries
       where batch_id = any($1) and (batch_id, number) > ($2::bigint, $3::int) order by batch_id, number limit ${PAGE}`,
      [ids, ...last],
    )
    for (const entry of entries) hashes.get(entry.batch)?.add(entry)
    const end = entries.at(-1)
    if (!end || entries.length < PAGE) break
    last = [end.batch, end.number]
    await setImmediate()
  }
  return new Map([...hashes].map(([id, hash]) => [id, hash.digest()]))
}

/** Heads as the database keeps them: `order by`, `where` and the like follow. */
export const HEADS = `select number::int, at, size::int, hash, previous_hash as "previousHash",
  public_key as "publicKey", signature from audit_heads`

type HeadRow = Omit<Head, 'at'> & { readonly at: Date }

export const toHead = (row: HeadRow): Head => ({ ...row, at: row.at.toISOString() })

/** Null before the first. */
export async function newestHead(client: Pick<PoolClient, 'query'>): Promise<Head | null> {
  const { rows } = await client.query<HeadRow>(`${HEADS} order by number desc limit 1`)
  return rows[0] ? toHead(rows[0]) : null
}
