import type { Prisma, PrismaClient, SavedQuery } from '../generated/prisma/client.ts'

/** What somebody sees: what is shared, and the own; of nobody what is shared. */
const visibleTo = (subject: string | null): Prisma.SavedQueryWhereInput =>
  subject === null ? { shared: true } : { OR: [{ shared: true }, { savedBy: subject }] }

/** By slug, the newest version of each that somebody may see. */
export function visibleSavedQueries(prisma: PrismaClient, subject: string | null): Promise<SavedQuery[]> {
  return prisma.savedQuery.findMany({
    where: visibleTo(subject),
    orderBy: [{ slug: 'asc' }, { version: 'desc' }],
    distinct: ['slug'],
  })
}

/** The newest version that somebody may see; null where there is none. */
export function newestSavedQuery(
  prisma: PrismaClient,
  slug: string,
  subject: string | null,
): Promise<SavedQuery | null> {
  return prisma.savedQuery.findFirst({ where: { slug, ...visibleTo(subject) }, orderBy: { version: 'desc' } })
}

/** Who saved the first version: the name is theirs. Null where there is none. */
export async function ownerOf(transaction: Prisma.TransactionClient, slug: string): Promise<string | null> {
  const first = await transaction.savedQuery.findFirst({ where: { slug }, orderBy: { version: 'asc' } })
  return first?.savedBy ?? null
}

/** The version that an administrator vouches for, whatever newer ones there are; null where there is none. */
export function trustedQuery(prisma: PrismaClient, slug: string): Promise<SavedQuery | null> {
  return prisma.savedQuery.findFirst({ where: { slug, trusted: true } })
}

export function trustedQueries(prisma: PrismaClient): Promise<SavedQuery[]> {
  return prisma.savedQuery.findMany({ where: { trusted: true } })
}
