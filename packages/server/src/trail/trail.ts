import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { findGaps, type Gap, type Noted } from './gaps.ts'
import type { TrailKey } from './key.ts'
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

  /** Where the trail or the tables do not hold; with the head that this server saw last beside those that are given. */
  gaps(noted: readonly Noted[]): Promise<Gap[]> {
    const head = this.sealer.noted
    const check = this.#checking.then(() => findGaps(this.#pool, head ? [...noted, head] : noted, this.#key.known))
    this.#checking = check.catch(() => undefined)
    return check
  }
}
