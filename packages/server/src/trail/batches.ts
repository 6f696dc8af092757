import type { Prisma } from '../generated/prisma/client.ts'

/** What batches of the trail are looked for by; what is absent is not looked at. */
interface BatchFilter {
  readonly table?: string | null | undefined
  /** What was done. */
  readonly kinds?: readonly string[] | null | undefined
  readonly subject?: string | null | undefined
  /** The code of a unit whose rows were touched, whatever its column is called. */
  readonly unit?: string | null | undefined
  /** Written at that moment or later. */
  readonly since?: Date | null | undefined
  /** Written before that moment. */
  readonly until?: Date | null | undefined
}

export function batchesAbout({ table, kinds, subject, unit, since, until }: BatchFilter): Prisma.AuditBatchWhereInput {
  return {
    ...(table ? { tableName: table } : {}),
    ...(kinds ? { action: { in: [...kinds] } } : {}),
    ...(subject ? { subject } : {}),
    ...(since || until ? { at: { ...(since ? { gte: since } : {}), ...(until ? { lt: until } : {}) } } : {}),
    ...(unit ? { entries: { some: { OR: rowsOf(unit) } } } : {}),
  }
}

const rowsOf = (unit: string): Prisma.AuditEntryWhereInput[] => [
  { after: { path: ['unit_code'], equals: unit } },
  { before: { path: ['unit_code'], equals: unit } },
  { after: { path: ['unit'], equals: unit } },
]
