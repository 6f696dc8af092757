import type { PrismaClient } from '../generated/prisma/client.ts'

const KEY = '"code":'

/** How many criteria a point table has, by its document: each has a code. */
export const criteriaIn = (document: string): number => document.split(KEY).length - 1

/** {@link criteriaIn} of the table that has most. Not by Prisma, which would bring every document here to be counted. */
export async function largestPointTable(prisma: Pick<PrismaClient, '$queryRaw'>): Promise<number> {
  const [row] = await prisma.$queryRaw<{ readonly criteria: number | null }[]>`
    select max((length(document) - length(replace(document, ${KEY}, ''))) / ${KEY.length})::int as criteria
    from point_table_versions`
  return row?.criteria ?? 0
}
