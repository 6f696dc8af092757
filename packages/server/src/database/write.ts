import { Prisma, type PrismaClient } from '../generated/prisma/client.ts'

/** Who changes something, from where and why: kept with the change by the database. */
export interface Author {
  readonly subject: string
  readonly role: string
  /** Address of the client; null for a command. */
  readonly origin: string | null
  readonly reason: string | null
}

/** A unique key that another transaction took first. */
const UNIQUE_VIOLATION = 'P2002'

/** The same of a statement in SQL, where Prisma gives PostgreSQL's code. */
const RAW_QUERY_FAILED = 'P2010'
const POSTGRES_UNIQUE_VIOLATION = '23505'

export function isTaken(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  if (error.code === UNIQUE_VIOLATION) return true
  return error.code === RAW_QUERY_FAILED && JSON.stringify(error.meta).includes(POSTGRES_UNIQUE_VIOLATION)
}

/** The embedded database has one connection: a write may have to wait for another one's end. */
const WRITE_WAIT_MS = 15_000
const WRITE_TIMEOUT_MS = 15_000

/** Where every transaction that writes says so when it is committed. */
export const WRITES_CHANNEL = 'dienbien_writes'

/** Does `work` in one transaction that knows its author. Nothing else may be read meanwhile but through `transaction`. */
export async function writeAs<T>(
  prisma: PrismaClient,
  { subject, role, origin, reason }: Author,
  work: (transaction: Prisma.TransactionClient) => Promise<T>,
  { timeout = WRITE_TIMEOUT_MS }: { readonly timeout?: number } = {},
): Promise<T> {
  return prisma.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`select
      set_config('dienbien.subject', ${subject}, true), set_config('dienbien.role', ${role}, true),
      set_config('dienbien.origin', ${origin ?? ''}, true), set_config('dienbien.reason', ${reason ?? ''}, true),
      pg_notify(${WRITES_CHANNEL}, '')::text`
      return work(transaction)
    },
    { maxWait: WRITE_WAIT_MS, timeout },
  )
}

/** Writes an attempt that was refused into the trail. */
export async function recordRefusal(
  prisma: PrismaClient,
  author: Author,
  details: Prisma.InputJsonValue,
): Promise<void> {
  await writeAs(prisma, author, async (transaction) => {
    const entry = JSON.stringify({ before: null, after: details })
    await transaction.$queryRaw`select audit_write('REFUSED', 'access', array[${entry}::jsonb])::text`
  })
}
