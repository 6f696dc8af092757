import type { Pool } from 'pg'
import type { Outcome } from '../database/once.ts'
import type { Changes } from '../figures/changes.ts'
import { type Stored, storedAnything } from './submit.ts'
import { type Offered, storeTogether } from './submit-together.ts'

interface Waiting extends Offered {
  readonly done: (stored: Outcome<Stored> | null) => void
  readonly failed: (error: unknown) => void
}

/** Submissions that share a commit. */
const TOGETHER = 200

/**
 * Commits submissions that come in while others are being committed together, as databases do with their log: a commit
 * waits for the disk, and one serves many. A group that the database refuses is halved until the one that it refuses is
 * found. That one, and what others hold a lock on, stores nothing here and is left to {@link storeSubmission}, alone.
 */
export class SubmissionQueue {
  readonly #pool: Pool
  readonly #changes: Changes
  #waiting: Waiting[] = []
  #busy = false

  constructor(pool: Pool, changes: Changes) {
    this.#pool = pool
    this.#changes = changes
  }

  /**
   * Stores a submission's figures, all or none, each as the next revision, or answers as it did when its key came first.
   * @returns null where it has to be stored alone
   * @throws {EditConflict} as `storeSubmission`; {KeyReused} as `writeOnce`
   */
  offer(offered: Offered): Promise<Outcome<Stored> | null> {
    return new Promise((done, failed) => {
      this.#waiting.push({ ...offered, done, failed })
      if (!this.#busy) void this.#work()
    })
  }

  async #work(): Promise<void> {
    this.#busy = true
    while (this.#waiting.length > 0) await this.#store(this.#waiting.splice(0, TOGETHER))
    this.#busy = false
  }

  async #store(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await storeTogether(this.#pool, group)
      const stored = group.filter((_, i) => isNew(outcomes[i]))
      if (stored.length > 0) this.#changes.announce(new Set(stored.map(({ submission }) => submission.unit)))
      for (const [i, { done, failed }] of group.entries()) {
        const outcome = outcomes[i] ?? null
        if (outcome instanceof Error) failed(outcome)
        else done(outcome)
      }
    } catch (error) {
      const { code } = error as { readonly code?: unknown }
      // Only what the database itself refused is surely not stored.
      if (!isRefusedByDatabase(error)) for (const { failed } of group) failed(error)
      else if (group.length === 1 || code === LOCK_NOT_AVAILABLE) for (const { done } of group) done(null)
      else {
        const half = Math.ceil(group.length / 2)
        await this.#store(group.slice(0, half))
        await this.#store(group.slice(half))
      }
    }
  }
}

const isNew = (outcome: Outcome<Stored> | Error | null | undefined) =>
  outcome instanceof Error || !outcome ? false : !outcome.replayed && storedAnything(outcome.answer)

const LOCK_NOT_AVAILABLE = '55P03'

/** PostgreSQL said so, and goes on: what it refused is rolled back. Not where the connection broke or it is shutting down. */
function isRefusedByDatabase(error: unknown): boolean {
  const { code, severity } = error as { readonly code?: unknown; readonly severity?: unknown }
  return severity === 'ERROR' && typeof code === 'string' && !/^(57P|08)/.test(code)
}
