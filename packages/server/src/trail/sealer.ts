import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'
import { inTransaction } from '../database/pool.ts'
import { type Head, linkHash, signedText } from './chain.ts'
import type { TrailKey } from './key.ts'
import { hashedBatches, newestHead } from './rows.ts'

/** One number for all servers of this project: one of them seals at a time. */
const LOCK = 2_022_004
const SEAL_EVERY_MS = 500
/** Batches under one head. */
const TOGETHER = 5000

/**
 * Seals the trail: what has been committed since gets the next numbers, joins the chain of hashes, and a signed head over
 * it. Nobody waits for it but another sealer.
 *
 * Numbers are given here and not when a batch is written, since what is written first may be committed last. So the
 * unsealed ones are those without a link, wherever their ids lie; how far down that has to be looked for is known from
 * who was writing: whoever draws an id holds a lock on the table from before it until what it wrote can be seen.
 * (Transaction ids would not tell: one may be drawn after the batch's id, and the newest under way is no part of a
 * snapshot's bounds.) Not by Prisma, which has no locks to look at; and thousands of links go in by two parameters.
 */
export class Sealer {
  readonly #pool: Pool
  readonly #key: TrailKey
  readonly #logger: Logger
  #timer: NodeJS.Timeout | null = null
  #sealing: Promise<boolean> | null = null
  #failing = false
  #closed = false
  /** Every batch up to this id has its link, or will never be. */
  #settled = 0n
  /** Ids up to `id` were drawn by transactions that have ended, or are one of `writers`. */
  #marks: { readonly id: bigint; readonly writers: readonly string[] }[] = []
  #noted: Head | null = null

  constructor(pool: Pool, key: TrailKey, logger: Logger) {
    this.#pool = pool
    this.#key = key
    this.#logger = logger
  }

  /** The newest head that this server knows of. The database must still have it. */
  get noted(): Head | null {
    return this.#noted
  }

  start(): void {
    const turn = async () => {
      await this.seal().then(
        () => {
          this.#failing = false
        },
        (error: unknown) => {
          if (!this.#failing) this.#logger.warn({ err: error }, 'the trail was not sealed; trying again')
          this.#failing = true
        },
      )
      if (!this.#closed) this.#timer = setTimeout(turn, SEAL_EVERY_MS).unref()
    }
    void turn()
  }

  /** Seals what has been committed; what another server is sealing is left to it. */
  async seal(): Promise<void> {
    // One that is under way may have begun before what the caller wants to see sealed.
    await this.#sealing?.catch(() => undefined)
    let more = true
    while (more) more = await this.#once()
  }

  /** Seals what is left. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.seal().catch((error: unknown) => this.#logger.warn({ err: error }, 'the end of the trail is not sealed'))
  }

  #once(): Promise<boolean> {
    this.#sealing ??= this.#sealSome().finally(() => {
      this.#sealing = null
    })
    return this.#sealing
  }

  /** @returns whether there may be more */
  async #sealSome(): Promise<boolean> {
    const { rows } = await this.#pool.query(
      'select case when is_called then last_value else 0 end as last from audit_batches_id_seq',
    )
    const last = BigInt(rows[0].last)
    if (last === this.#settled && this.#noted) return false
    const { sealed, writers } = await inTransaction(this.#pool, 'begin', async (client) => {
      const { rows: turn } = await client.query<{ mine: boolean; writers: string[] }>(
        `select pg_try_advisory_xact_lock($1) as mine, array(
           select virtualtransaction from pg_locks
           where relation = 'audit_batches'::regclass and mode = 'RowExclusiveLock' and granted
             and database = (select oid from pg_database where datname = current_database())
         ) as writers`,
        [LOCK],
      )
      const { mine, writers: writing } = turn[0] as { mine: boolean; writers: string[] }
      return { sealed: mine ? await this.#sealWith(client) : null, writers: writing }
    })
    if (!sealed) return false
    if (sealed.head) this.#noted = sealed.head
    if (sealed.more) return true
    // Whose writers had ended before this turn looked for batches, its batches have been found.
    this.#marks.push({ id: last, writers })
    const settled = this.#marks.findLastIndex((mark) => !mark.writers.some((writer) => writers.includes(writer)))
    this.#settled = this.#marks[settled]?.id ?? this.#settled
    this.#marks = this.#marks.slice(settled + 1)
    return false
  }

  async #sealWith(client: PoolClient): Promise<{ head: Head | null; more: boolean }> {
    const previous = await newestHead(client)
    const { rows } = await client.query<{ id: string }>(
      `select b.id::text from audit_batches b
       where b.id > $1 and not exists (select from audit_links l where l.batch_id = b.id) order by b.id limit ${TOGETHER}`,
      [this.#settled],
    )
    if (rows.length === 0) return { head: previous, more: false }
    const ids = rows.map(({ id }) => id)
    const hashes = await hashedBatches(client, ids)
    const { rows: links } = await client.query('select number::int, hash from audit_links order by number desc limit 1')
    let { number: size, hash }: { number: number; hash: string } = links[0] ?? { number: 0, hash: '' }
    const chain = ids.map((id) => {
      hash = linkHash(hash, ++size, hashes.get(id) as string)
      return hash
    })
    await client.query(
      `insert into audit_links (number, batch_id, hash)
       select $1 + n, id, hash from unnest($2::bigint[], $3::text[]) with ordinality as l(id, hash, n)`,
      [size - ids.length, ids, chain],
    )
    const unsigned = {
      number: (previous?.number ?? 0) + 1,
      at: new Date().toISOString(),
      size,
      hash,
      previousHash: previous?.hash ?? '',
    }
    const head: Head = { ...unsigned, publicKey: this.#key.publicKey, signature: this.#key.sign(signedText(unsigned)) }
    await client.query(
      `insert into audit_heads (number, at, size, hash, previous_hash, public_key, signature) values ($1, $2, $3, $4, $5, $6, $7)`,
      [head.number, head.at, head.size, head.hash, head.previousHash, head.publicKey, head.signature],
    )
    return { head, more: ids.length === TOGETHER }
  }
}
