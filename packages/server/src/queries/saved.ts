import type { PrismaClient, SavedQuery } from '../generated/prisma/client.ts'

/** The newest version of each. */
export function newestSavedQueries(prisma: PrismaClient): Promise<SavedQuery[]> {
  return prisma.savedQuery.findMany({ orderBy: [{ slug: 'asc' }, { version: 'desc' }], distinct: ['slug'] })
}

export function newestSavedQuery(prisma: PrismaClient, slug: string): Promise<SavedQuery | null> {
  return prisma.savedQuery.findFirst({ where: { slug }, orderBy: { version: 'desc' } })
}
