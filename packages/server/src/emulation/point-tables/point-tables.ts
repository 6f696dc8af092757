// Point tables of clusters: how they are kept, and which one is in force. Where one stands: `state.ts`.
import { createHash } from 'node:crypto'
import { type PointTable, parsePointTable } from '@dienbien/targets/points'
import { isPointSheet, readPointRows, readPointText } from '@dienbien/targets/table'
import canonicalize from 'canonicalize'
import { type Asker, may } from '../../accounts/rights.ts'
import { type Author, expectState, takeTurns } from '../../database/write.ts'
import { inputError, quoted } from '../../errors/input-error.ts'
import type { PointTableStep, PointTableVersion, Prisma, PrismaClient } from '../../generated/prisma/client.ts'
import { readRowsAside, UnreadableFile } from '../../measurements/read-rows.ts'
import { adoptedVersion, type ClusterTables, checkAdoption, checkDraft, checkMember, checkNewest } from './state.ts'

/** A cluster in a year. */
export interface OfCluster {
  readonly cluster: string
  readonly year: number
}

export interface VersionWithSteps extends PointTableVersion {
  readonly steps: readonly PointTableStep[]
}

/** A version among those of its cluster and year. */
export interface StoredTable {
  readonly row: VersionWithSteps
  readonly tables: ClusterTables
}

const parsed = new WeakMap<PointTableVersion, PointTable>()

/** The table that a version holds; it was checked when it was drafted. */
export function tableOf(row: PointTableVersion): PointTable {
  let table = parsed.get(row)
  if (!table) {
    table = parsePointTable(JSON.parse(row.document))
    parsed.set(row, table)
  }
  return table
}

/** "2022-cum-vung-cao-3". */
export const tableId = ({ clusterCode, year, version }: Pick<PointTableVersion, 'clusterCode' | 'year' | 'version'>) =>
  `${year}-${clusterCode}-${version}`

type Reader = Pick<Prisma.TransactionClient, 'pointTableVersion' | 'membership' | 'filing'>

const WITH_STEPS = { steps: { orderBy: { number: 'asc' } } } as const

/** All versions of a cluster and year, newest first. */
export async function storedTables({ cluster, year }: OfCluster, database: Reader): Promise<StoredTable[]> {
  const where = { clusterCode: cluster, year }
  const rows = await database.pointTableVersion.findMany({ where, include: WITH_STEPS, orderBy: { version: 'desc' } })
  const tables = await tablesOf({ cluster, year }, rows, database)
  return rows.map((row) => ({ row, tables }))
}

async function tablesOf(
  { cluster, year }: OfCluster,
  rows: readonly VersionWithSteps[],
  database: Reader,
): Promise<ClusterTables> {
  const found = await database.membership.findMany({
    where: { clusterCode: cluster, year },
    select: { unitCode: true },
    orderBy: { unitCode: 'asc' },
  })
  const members = found.map(({ unitCode }) => unitCode)
  const pacts = await database.filing.findMany({
    where: { year, kind: 'pact', unitCode: { in: members } },
    select: { unitCode: true },
    distinct: ['unitCode'],
    orderBy: { unitCode: 'asc' },
  })
  const steps = rows.flatMap((row) => row.steps).sort((a, b) => a.number - b.number)
  const signed = pacts.map(({ unitCode }) => unitCode)
  return { cluster, year, newest: rows[0]?.version ?? 0, steps, members, signed }
}

/** The adopted one; null where none is. */
export async function adoptedTable(of: OfCluster, database: Reader): Promise<StoredTable | null> {
  const all = await storedTables(of, database)
  const version = adoptedVersion(all[0]?.tables.steps ?? [])
  return all.find(({ row }) => row.version === version) ?? null
}

/** What is adopted is for everyone; the other versions are for those who may see rankings that are not published. */
export async function readableTables(of: OfCluster, reader: Asker & { prisma: PrismaClient }): Promise<StoredTable[]> {
  const all = await storedTables(of, reader.prisma)
  if (await may({ action: 'READ_RANKINGS', ...of }, reader)) return all
  const version = adoptedVersion(all[0]?.tables.steps ?? [])
  return all.filter(({ row }) => row.version === version)
}

/** What a table is drafted from: exactly one of them. */
export interface TableSource {
  readonly table?: unknown
  readonly file?: File | null | undefined
  readonly copyOf?: { readonly cluster: string; readonly year: number } | null | undefined
}

/** A table to be kept. */
export interface NewTable {
  readonly document: string
  readonly hash: string
  readonly copiedFrom: string | null
}

/** A table of 500 nodes takes a tenth of it. */
const MOST_BYTES = 2_000_000

/**
 * The table that somebody gave, checked as a whole.
 * @throws {BadPoints} with all that is wrong, by path or by cell
 * @throws `BAD_INPUT` where not one source is given, or there is nothing to copy
 */
export async function tableFrom(source: TableSource, reader: Reader): Promise<NewTable> {
  const given = (['table', 'file', 'copyOf'] as const).filter(
    (key) => source[key] !== null && source[key] !== undefined,
  )
  if (given.length !== 1) {
    const text = {
      vi: 'ghi đúng một trong table (JSON), file (XLSX, CSV, YAML, JSON) và copyOf (bảng của cụm, năm khác)',
      en: 'give exactly one of table (JSON), file (XLSX, CSV, YAML, JSON) and copyOf (the table of another cluster or year)',
    }
    throw inputError('BAD_INPUT', text, { argument: 'input', value: given.join(', ') })
  }
  if (source.copyOf) return copied(source.copyOf, reader)
  return kept(source.file ? await fromFile(source.file) : parsePointTable(source.table), null)
}

function kept(table: PointTable, copiedFrom: string | null): NewTable {
  const document = canonicalize(table) as string
  return { document, hash: createHash('sha256').update(document).digest('hex'), copiedFrom }
}

async function copied(of: OfCluster, reader: Reader): Promise<NewTable> {
  const found = (await adoptedTable(of, reader)) ?? null
  if (found) return kept(tableOf(found.row), tableId(found.row))
  const text = {
    vi: `${of.cluster} chưa ban hành bảng tiêu chí năm ${of.year}: không có gì để sao chép`,
    en: `${of.cluster} adopted no point table for ${of.year}: there is nothing to copy`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'input.copyOf', value: `${of.year} ${of.cluster}` })
}

async function fromFile(file: File): Promise<PointTable> {
  const refuse = ({ vi, en }: { readonly vi: string; readonly en: string }) =>
    inputError(
      'BAD_INPUT',
      { vi: `không đọc được tệp ${quoted(file.name)}: ${vi}`, en: `${quoted(file.name)} cannot be read: ${en}` },
      { argument: 'input.file', value: file.name },
    )
  if (file.size > MOST_BYTES) throw refuse({ vi: 'tệp lớn hơn 2 MB', en: 'it is larger than 2 MB' })
  const bytes = Buffer.from(await file.arrayBuffer())
  if (bytes.length === 0) throw refuse({ vi: 'tệp trống', en: 'it is empty' })
  if (!isPointSheet(bytes)) return readPointText(bytes.toString('utf8'))
  const rows = await readRowsAside(bytes).catch((error: unknown) => {
    throw error instanceof UnreadableFile ? refuse(error.text) : error
  })
  return readPointRows(rows)
}

const turn = ({ cluster, year }: OfCluster) => `point tables of ${year} ${cluster}`

const NEWEST_VERSION = { vi: 'bản mới nhất của bảng tiêu chí', en: 'the newest version of the point table' }

/** What stands, after whoever changes the same has ended. */
async function inTurn(of: OfCluster, transaction: Prisma.TransactionClient): Promise<StoredTable[]> {
  await takeTurns(transaction, turn(of))
  return storedTables(of, transaction)
}

const tablesIn = async (all: readonly StoredTable[], of: OfCluster, transaction: Prisma.TransactionClient) =>
  all[0]?.tables ?? tablesOf(of, [], transaction)

/**
 * Stores a table as the next version of its cluster and year.
 * @param expected the version that its author saw, 0 for none; null expects nothing
 * @throws `BAD_INPUT` where a member has signed the pact of the year
 */
export async function storeDraft(
  transaction: Prisma.TransactionClient,
  author: Author,
  of: OfCluster,
  table: NewTable,
  expected: number | null,
): Promise<number> {
  const tables = await tablesIn(await inTurn(of, transaction), of, transaction)
  expectState(expected, tables.newest, NEWEST_VERSION)
  checkDraft(tables)
  const version = tables.newest + 1
  await transaction.pointTableVersion.create({
    data: {
      clusterCode: of.cluster,
      year: of.year,
      version,
      ...table,
      reason: author.reason ?? '',
      draftedBy: author.subject,
    },
  })
  return version
}

/** What a member says to a version. */
export interface Answer {
  readonly version: number
  readonly unit: string
  readonly agrees: boolean
  readonly note: string
}

/** @throws `BAD_INPUT` where the unit is no member, or the version not the newest one */
export async function storeAnswer(
  transaction: Prisma.TransactionClient,
  author: Author,
  of: OfCluster,
  { version, unit, agrees, note }: Answer,
): Promise<number> {
  const tables = await tablesIn(await inTurn(of, transaction), of, transaction)
  checkNewest(version, tables)
  checkMember(unit, tables)
  if (adoptedVersion(tables.steps) === version) {
    const text = {
      vi: `bản ${version} đã được ban hành, không lấy ý kiến nữa`,
      en: `version ${version} is adopted: nobody is asked any more`,
    }
    throw inputError('BAD_INPUT', text, { argument: 'input.version', value: version })
  }
  await storeStep(transaction, author, tables, {
    version,
    note,
    kind: agrees ? 'agreement' : 'objection',
    unitCode: unit,
  })
  return version
}

/** The decision that puts a version in force. */
export interface Adoption {
  readonly version: number
  readonly decisionNumber: string
  /** ISO date. */
  readonly decidedOn: string
  readonly note: string
}

/** @throws `BAD_INPUT` where a member has not agreed, or something else is in force that was signed */
export async function storeAdoption(
  transaction: Prisma.TransactionClient,
  author: Author,
  of: OfCluster,
  { decidedOn, ...adoption }: Adoption,
): Promise<number> {
  const tables = await tablesIn(await inTurn(of, transaction), of, transaction)
  checkAdoption(adoption.version, tables)
  await storeStep(transaction, author, tables, { ...adoption, kind: 'adoption', decidedOn: new Date(decidedOn) })
  return adoption.version
}

async function storeStep(
  transaction: Prisma.TransactionClient,
  author: Author,
  { cluster, year, steps }: ClusterTables,
  step: Pick<Prisma.PointTableStepUncheckedCreateInput, 'version' | 'kind' | 'unitCode' | 'decisionNumber' | 'note'> & {
    readonly decidedOn?: Date
  },
): Promise<void> {
  await transaction.pointTableStep.create({
    data: { clusterCode: cluster, year, number: steps.length + 1, ...step, takenBy: author.subject },
  })
}
