// The figures of a file, stored as revisions.
import { type Author, writeAs } from '../database/write.ts'
import { Prisma, type PrismaClient } from '../generated/prisma/client.ts'
import { type FigureKey, type ImportedFigure, keyOf } from './import-rows.ts'
import { standsAlready } from './submit.ts'

const CHUNK = 10_000

/** {@link insertFigures} in a transaction of its own. */
export function storeImport(
  prisma: PrismaClient,
  author: Author,
  figures: readonly ImportedFigure[],
  onProgress?: Progress,
): Promise<number> {
  return writeAs(
    prisma,
    author,
    (transaction) => insertFigures(transaction, author, figures, onProgress),
    IMPORT_OPTIONS,
  )
}

type Progress = (done: number, total: number) => void

/**
 * Stores figures, all or none, each as the next revision of its key; those that stand already with the same value,
 * from the same source or with none given now, are left as they are.
 * @returns how many were stored
 */
export async function insertFigures(
  transaction: Prisma.TransactionClient,
  author: Author,
  figures: readonly ImportedFigure[],
  onProgress: Progress = () => undefined,
): Promise<number> {
  const newest = await newestRevisions(transaction, figures)
  const fresh = figures.flatMap((figure) => {
    const key = keyOf(figure)
    const last = newest.get(key)
    if (last && standsAlready(last, figure)) return []
    return [{ ...figure, key, revision: (last?.revision ?? 0) + 1, reason: last ? author.reason : null }]
  })
  // In one order, whatever that of the file: two imports of the same figures wait for each other, not both for ever.
  fresh.sort((a, b) => (a.key < b.key ? -1 : 1))
  for (let from = 0; from < fresh.length; from += CHUNK) {
    const part = fresh.slice(from, from + CHUNK)
    const column = <Key extends keyof (typeof fresh)[number]>(key: Key) => part.map((row) => row[key])
    // Not by Prisma: ten thousand rows are nine parameters, not ninety thousand, of which a statement takes 32,767.
    await transaction.$executeRaw(Prisma.sql`
          insert into measurements
            (unit_code, year, indicator_id, as_of, status, revision, value, source, reason, recorded_by)
          select unit_code, year, indicator_id, as_of, status::measurement_status, revision, value, source, reason,
            ${author.subject}
          from unnest(${column('unit')}::text[], ${column('year')}::int[], ${column('indicator')}::text[],
            ${column('asOf')}::date[], ${column('status')}::text[], ${column('revision')}::int[],
            ${column('value')}::float8[], ${column('source')}::text[], ${column('reason')}::text[])
            as n(unit_code, year, indicator_id, as_of, status, revision, value, source, reason)`)
    onProgress(Math.min(from + CHUNK, fresh.length), fresh.length)
  }
  return fresh.length
}

/** A file of a hundred thousand figures takes its time. */
export const IMPORT_OPTIONS = { timeout: 600_000 } as const

interface NewestRevision extends FigureKey {
  readonly revision: number
  readonly value: number
  readonly source: string | null
  readonly withdrawn: boolean
}

/**
 * The newest revision of each figure that an import names, by its key: one statement, whatever their number. Not by Prisma,
 * whose `distinct` would bring every revision here to choose.
 */
async function newestRevisions(
  transaction: Prisma.TransactionClient,
  figures: readonly ImportedFigure[],
): Promise<Map<string, NewestRevision>> {
  const distinct = <Key extends 'unit' | 'year' | 'asOf'>(key: Key) => [
    ...new Set(figures.map((figure) => figure[key])),
  ]
  const rows = await transaction.$queryRaw<NewestRevision[]>(Prisma.sql`
    select distinct on (unit_code, year, indicator_id, as_of, m.status) unit_code as unit, indicator_id as indicator,
      as_of::text as "asOf", m.status::text as status, revision, value, source, withdrawn
    from measurements m
    where unit_code = any(${distinct('unit')}) and year = any(${distinct('year')}) and as_of = any(${distinct('asOf')}::date[])
    order by unit_code, year, indicator_id, as_of, m.status, revision desc`)
  return new Map(rows.map((row) => [keyOf(row), row]))
}
