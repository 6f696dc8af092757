// Holds the trail against itself, against heads that somebody noted, and the tables against the trail. Not by Prisma: all of
// it as it stood at one moment, in a transaction that only reads, on tables of any name.
import { setImmediate } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../database/pool.ts'
import { type Head, isSigned, linkHash } from './chain.ts'
import { HEADS, hashedBatches, toHead } from './rows.ts'
import { AUDITED, rowsBesideTrail, unwatchedTables } from './tables.ts'

export const GAPS = {
  changed: 'a batch is not what was sealed',
  gap: 'the one before it is missing, or it is itself',
  unsealed: 'a batch that was written more than a minute ago and has no place in the chain',
  signature:
    'a head is not signed, is the first of a key that this server does not believe, or does not follow the one before',
  rewritten: 'a head is another than the one that was noted, or the chain than the head says',
  cut: 'a head that was noted is not there any more, or the chain ends before the head does',
  'row-changed': 'a row is not as the trail left it',
  'row-removed': 'a row that the trail knows is not there',
  'row-added': 'a row that the trail does not know',
  unwatched: 'the trail of a table is switched off',
} as const

/** The same, short, for who reads Vietnamese. */
export const GAPS_IN_VIETNAMESE: Readonly<Record<keyof typeof GAPS, string>> = {
  changed: 'lô ghi đã bị sửa',
  gap: 'thiếu lô ghi, hoặc lô ghi trước đó',
  unsealed: 'lô ghi chưa được nối vào chuỗi',
  signature: 'mốc không có chữ ký tin được',
  rewritten: 'mốc hoặc chuỗi đã bị viết lại',
  cut: 'nhật ký bị cắt bớt',
  'row-changed': 'dòng đã bị sửa',
  'row-removed': 'dòng đã bị xóa',
  'row-added': 'dòng mà nhật ký không ghi',
  unwatched: 'bảng không còn được ghi nhật ký',
}

export interface Gap {
  readonly what: keyof typeof GAPS
  /** The batch's id. */
  readonly id: string | null
  readonly head: number | null
  readonly table: string | null
  /** The key of the row. */
  readonly row: readonly unknown[] | null
}

export type Noted = Pick<Head, 'number' | 'hash'>

/** More gaps than anybody reads. */
const MOST = 1000
/** Links that are checked together; heads whose signatures are. */
const LINKS = 500

/**
 * Checks everything as it stands at one moment: reads all of the trail and of the tables. A thousand gaps at most.
 * @param noted heads as they were noted elsewhere
 * @param believed the keys whose signatures count
 */
export function findGaps(pool: Pool, noted: readonly Noted[], believed: ReadonlySet<string>): Promise<Gap[]> {
  return inTransaction(pool, 'begin isolation level repeatable read read only', async (client) => {
    const gaps: Gap[] = []
    for await (const gap of allGaps(client, noted, believed)) if (gaps.push(gap) === MOST) break
    return gaps
  })
}

/** The same in a transaction of the caller's: everything but the heads that were noted. */
export async function* allGaps(
  client: PoolClient,
  noted: readonly Noted[],
  believed: ReadonlySet<string>,
): AsyncGenerator<Gap> {
  const { rows } = await client.query(`${HEADS} order by number`)
  const heads = rows.map(toHead)
  yield* headGaps(heads, noted, believed)
  yield* chainGaps(client, heads)
  const { rows: waiting } = await client.query<{ id: string }>(
    `select b.id::text from audit_batches b
     where b.at < now() - interval '1 minute' and not exists (select from audit_links l where l.batch_id = b.id)
     order by b.id limit ${MOST}`,
  )
  for (const { id } of waiting) yield gap('unsealed', { id })
  for (const table of await unwatchedTables(client)) yield gap('unwatched', { table })
  for (const table of Object.keys(AUDITED)) {
    for (const { batch, key, what } of await rowsBesideTrail(client, table, MOST)) {
      yield gap(what, { id: batch, table, row: key })
    }
  }
}

const gap = (what: Gap['what'], where: Partial<Omit<Gap, 'what'>>): Gap => ({
  what,
  id: null,
  head: null,
  table: null,
  row: null,
  ...where,
})

async function* headGaps(
  heads: readonly Head[],
  noted: readonly Noted[],
  believed: ReadonlySet<string>,
): AsyncGenerator<Gap> {
  const strange = new Set<string>()
  let before: Head | null = null
  for (const [i, head] of heads.entries()) {
    const follows =
      head.number === i + 1 && head.previousHash === (before?.hash ?? '') && head.size > (before?.size ?? 0)
    // All heads of a key that nobody believes are told by the first.
    const unknown = !believed.has(head.publicKey) && !strange.has(head.publicKey)
    if (unknown) strange.add(head.publicKey)
    if (!follows || unknown || !isSigned(head)) yield gap('signature', { head: head.number })
    before = head
    if (i % LINKS === 0) await setImmediate()
  }
  for (const { number, hash } of noted) {
    const head = heads.find((head) => head.number === number)
    if (!head) yield gap('cut', { head: number })
    else if (head.hash !== hash) yield gap('rewritten', { head: number })
  }
}

async function* chainGaps(client: PoolClient, heads: readonly Head[]): AsyncGenerator<Gap> {
  const bySize = new Map(heads.map((head) => [head.size, head]))
  let last = { number: 0, hash: '' }
  for (;;) {
    const { rows: links } = await client.query<{ number: number; id: string; hash: string }>(
      `select number::int, batch_id::text as id, hash from audit_links where number > $1 order by number limit ${LINKS}`,
      [last.number],
    )
    if (links.length === 0) break
    const hashes = await hashedBatches(
      client,
      links.map(({ id }) => id),
    )
    for (const { number, id, hash } of links) {
      const batch = hashes.get(id)
      if (number !== last.number + 1 || batch === undefined) yield gap('gap', { id })
      else if (linkHash(last.hash, number, batch) !== hash) yield gap('changed', { id })
      const head = bySize.get(number)
      if (head && head.hash !== hash) yield gap('rewritten', { id, head: head.number })
      last = { number, hash }
    }
  }
  const end = heads.at(-1)
  if (end && end.size > last.number) yield gap('cut', { head: end.number })
}
