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

export const isTaken = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === UNIQUE_VIOLATION

/** Does `work` in one transaction that knows its author. Nothing else may be read meanwhile but through `transaction`. */
export async function writeAs<T>(
  prisma: PrismaClient,
  { subject, role, origin, reason }: Author,
  work: (transaction: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`select
      set_config('dienbien.subject', ${subject}, true), set_config('dienbien.role', ${role}, true),
      set_config('dienbien.origin', ${origin ?? ''}, true), set_config('dienbien.reason', ${reason ?? ''}, true)`
    return work(transaction)
  })
}
