import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Head } from './chain.ts'
import { findGaps, type Gap, type Noted } from './gaps.ts'
import type { TrailKey } from './key.ts'
import { HEADS, newestHead, toHead } from './rows.ts'
import { Sealer } from './sealer.ts'

/** The trail of one server: sealed as it grows, read and checked. */
export class Trail {
  readonly sealer: Sealer
  readonly #pool: Pool
  readonly #key: TrailKey
  /** One check at a time, since each reads all of the trail. */
  #checking: Promise<unknown> = Promise.resolve()

  constructor(pool: Pool, key: TrailKey, logger: Logger) {
    this.#pool = pool
    this.#key = key
    this.sealer = new Sealer(pool, key, logger)
  }

  /** The newest head, or the one of a number; null where there is none. */
  async head(number: number | null): Promise<Head | null> {
    if (number === null) return newestHead(this.#pool)
    const { rows } = await this.#pool.query(`${HEADS} where number = $1`, [number])
    return rows[0] ? toHead(rows[0]) : null
  }

  /** Heads after a number, in their order. */
  async heads(after: number, first: number): Promise<Head[]> {
    const { rows } = await this.#pool.query(`${HEADS} where number > $1 order by number limit $2`, [after, first])
    return rows.map(toHead)
  }

  /** Where the trail or the tables do not hold; with the head that this server saw last beside those that are given. */
  gaps(noted: readonly Noted[]): Promise<Gap[]> {
    const head = this.sealer.noted
    const check = this.#checking.then(() => findGaps(this.#pool, head ? [...noted, head] : noted, this.#key.known))
    this.#checking = check.catch(() => undefined)
    return check
  }
}
