import { setTimeout } from 'node:timers/promises'
import type { Text } from '@dienbien/targets'
import { ClientError } from '../errors/client-error.ts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'

/** Who changes something, from where and why: kept with the change by the database. */
export interface Author {
  readonly subject: string
  readonly role: string
  /** Address of the client; null for a command. */
  readonly origin: string | null
  readonly reason: string | null
}

/**
 * Somebody else wrote the same first, or changed what a change builds on. Clients are told EDIT_CONFLICT, with what they
 * expected and what stands where that is known.
 */
export class EditConflict extends ClientError {
  override readonly name = 'EditConflict'

  constructor(text: Text = AT_THE_SAME_TIME, details: EditConflict['details'] = {}) {
    super('EDIT_CONFLICT', text, details)
  }
}

const AT_THE_SAME_TIME: Text = {
  vi: 'người khác vừa sửa cùng nội dung này: đọc lại rồi làm lại',
  en: 'somebody else changed the same at the same time: read again',
}

/**
 * @param argument where the input of the change says what it expects
 * @throws {EditConflict} where a change expected another state than the one that stands; null expects nothing
 */
export function expectState<T>(
  expected: T | null | undefined,
  found: T,
  what: Text,
  argument = 'input.expected',
): void {
  if (expected === null || expected === undefined || expected === found) return
  const [now, not] = [JSON.stringify(found), JSON.stringify(expected)]
  const text = {
    vi: `${what.vi} hiện là ${now}, không phải ${not}: đọc lại`,
    en: `${what.en} is ${now} now, not ${not}: read again`,
  }
  throw new EditConflict(text, { argument, expected, found })
}

/** What {@link expectState} mostly speaks of. */
export const NEWEST_REVISION: Text = { vi: 'bản mới nhất', en: 'the newest revision' }

/** Prisma's code for a unique key that another transaction took first, and PostgreSQL's. */
const UNIQUE_VIOLATION = ['P2002', '23505']
/** The same for transactions that can't be brought into an order, and for deadlocks: one of them is to begin anew. */
const BEGIN_ANEW = ['P2034', '40001', '40P01']

interface FromDatabase {
  readonly code?: string
  readonly cause?: { readonly originalCode?: string }
  readonly meta?: {
    readonly code?: string
    readonly driverAdapterError?: { readonly cause?: { originalCode?: string } }
  }
}

/** Prisma's code and PostgreSQL's, wherever they stand. */
function hasCode(error: unknown, codes: readonly string[]): boolean {
  const { code, cause, meta } = (error ?? {}) as FromDatabase
  return [code, cause?.originalCode, meta?.code, meta?.driverAdapterError?.cause?.originalCode].some(
    (text) => text !== undefined && codes.includes(text),
  )
}

/** The embedded database has one connection: a write may have to wait for another one's end. */
const WRITE_WAIT_MS = 15_000
const WRITE_TIMEOUT_MS = 15_000

/** Where every transaction that writes says so when it is committed. */
export const WRITES_CHANNEL = 'dienbien_writes'

/** How often a transaction begins that met a deadlock or could not be brought into an order. */
const ATTEMPTS = 6

/**
 * Does `work` in one transaction that knows its author. Nothing else may be read meanwhile but through `transaction`, and
 * nothing be done but in it: after a deadlock it begins anew.
 * @throws {EditConflict} where somebody else took a unique key first, or the deadlocks do not end
 */
export async function writeAs<T>(
  prisma: PrismaClient,
  { subject, role, origin, reason }: Author,
  work: (transaction: Prisma.TransactionClient) => Promise<T>,
  { timeout, retryTaken = false }: WriteOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await prisma.$transaction(
        async (transaction) => {
          // Not by Prisma: triggers read the author from settings of the transaction, which it cannot make.
          await transaction.$queryRaw`select
      set_config('dienbien.subject', ${subject}, true), set_config('dienbien.role', ${role}, true),
      set_config('dienbien.origin', ${origin ?? ''}, true), set_config('dienbien.reason', ${reason ?? ''}, true),
      pg_notify(${WRITES_CHANNEL}, '')::text`
          // What is known to take long may also wait long for others' locks.
          if (timeout) {
            await transaction.$queryRaw`select
        set_config('statement_timeout', ${String(timeout)}, true), set_config('lock_timeout', ${String(timeout / 10)}, true)`
          }
          return work(transaction)
        },
        { maxWait: WRITE_WAIT_MS, timeout: timeout ?? WRITE_TIMEOUT_MS },
      )
    } catch (error) {
      const taken = hasCode(error, UNIQUE_VIOLATION)
      if (taken && !retryTaken) throw new EditConflict()
      if (!taken && !hasCode(error, BEGIN_ANEW)) throw error
      if (attempt === ATTEMPTS) throw new EditConflict()
      await setTimeout(Math.random() * 20 * 2 ** attempt)
    }
  }
}

export interface WriteOptions {
  readonly timeout?: number
  /** The work finds the next unique key by itself: where somebody else took it first it begins anew. */
  readonly retryTaken?: boolean
}

/**
 * Makes the transactions that change the same thing wait for each other; the name says which thing. Not by Prisma, which has
 * no locks.
 */
export async function takeTurns(transaction: Prisma.TransactionClient, name: string): Promise<void> {
  await transaction.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`
}
