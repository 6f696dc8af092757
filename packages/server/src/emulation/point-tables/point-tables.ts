// Point tables of clusters: how they are kept, and which one is in force. Where one stands: `state.ts`.
import { type PointTable, parsePointTable } from '@dienbien/targets/points'
import DataLoader from 'dataloader'
import { may } from '../../accounts/rights.ts'
import { type Author, expectState, takeTurns } from '../../database/write.ts'
import { inputError } from '../../errors/input-error.ts'
import { criteriaIn } from '../../figures/point-table-size.ts'
import type { PointTableVersion, Prisma } from '../../generated/prisma/client.ts'
import type { Context } from '../../graphql/context.ts'
import { loaderOf } from '../../graphql/loaders.ts'
import { adoptedVersion, type ClusterTables, checkAdoption, checkDraft, checkMember, checkNewest } from './state.ts'

/** A cluster in a year. */
export interface OfCluster {
  readonly cluster: string
  readonly year: number
}

export const WITH_STEPS = { steps: { orderBy: { number: 'asc' } } } as const

export type VersionWithSteps = Prisma.PointTableVersionGetPayload<{ include: typeof WITH_STEPS }>

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

export const loaderKey = ({ cluster, year }: OfCluster): string => `${year} ${cluster}`

export type Reader = Pick<Prisma.TransactionClient, 'pointTableVersion' | 'membership' | 'filing'>

/** All versions of each cluster in a year, newest first, by three statements whatever their number. */
async function readTables(year: number, clusters: readonly string[], database: Reader): Promise<ClusterTablesRead[]> {
  const where = { clusterCode: { in: [...clusters] }, year }
  const rows = await database.pointTableVersion.findMany({ where, include: WITH_STEPS, orderBy: { version: 'desc' } })
  const memberships = await database.membership.findMany({
    where,
    select: { unitCode: true, clusterCode: true },
    orderBy: { unitCode: 'asc' },
  })
  const pacts = await database.filing.findMany({
    where: { year, kind: 'pact', unitCode: { in: memberships.map(({ unitCode }) => unitCode) } },
    select: { unitCode: true },
    distinct: ['unitCode'],
  })
  const withPact = new Set(pacts.map(({ unitCode }) => unitCode))
  return clusters.map((cluster) => {
    const tables = rows.filter(({ clusterCode }) => clusterCode === cluster)
    const members = memberships.filter(({ clusterCode }) => clusterCode === cluster).map(({ unitCode }) => unitCode)
    const steps = tables.flatMap((row) => row.steps).sort((a, b) => a.number - b.number)
    const signed = members.filter((unit) => withPact.has(unit))
    return { rows: tables, tables: { cluster, year, newest: tables[0]?.version ?? 0, steps, members, signed } }
  })
}

interface ClusterTablesRead {
  readonly rows: readonly VersionWithSteps[]
  readonly tables: ClusterTables
}

const readOne = async ({ cluster, year }: OfCluster, database: Reader) =>
  (await readTables(year, [cluster], database))[0] as ClusterTablesRead

const versionsOf = ({ rows, tables }: ClusterTablesRead): StoredTable[] => rows.map((row) => ({ row, tables }))

/** All versions of a cluster and year, newest first. */
const storedTables = async (of: OfCluster, database: Reader): Promise<StoredTable[]> =>
  versionsOf(await readOne(of, database))

/** The version in force among all of a cluster and year. */
export function inForceOf(all: readonly StoredTable[]): StoredTable | null {
  const version = adoptedVersion(all[0]?.tables.steps ?? [])
  return all.find(({ row }) => row.version === version) ?? null
}

/** {@link storedTables} of one request: those of all clusters of a year that it asks about are read at once. */
export const tablesLoader = loaderOf(
  (context: Pick<Context, 'prisma' | 'store' | 'loaders'>) =>
    new DataLoader<OfCluster, StoredTable[], string>((keys) => readAll(keys, context), { cacheKeyFn: loaderKey }),
)

async function readAll(
  keys: readonly OfCluster[],
  { prisma, store }: Pick<Context, 'prisma' | 'store'>,
): Promise<StoredTable[][]> {
  const found = new Map<string, StoredTable[]>()
  for (const year of new Set(keys.map((key) => key.year))) {
    const clusters = keys.filter((key) => key.year === year).map(({ cluster }) => cluster)
    for (const read of await readTables(year, clusters, prisma)) {
      // One that another server has stored meanwhile.
      for (const { document } of read.rows) store.meetPointTable(criteriaIn(document))
      found.set(loaderKey(read.tables), versionsOf(read))
    }
  }
  return keys.map((key) => found.get(loaderKey(key)) as StoredTable[])
}

/** The adopted one; null where none is. */
export const adoptedTable = async (of: OfCluster, database: Reader): Promise<StoredTable | null> =>
  inForceOf(await storedTables(of, database))

/** The adopted one, as nobody changes it until the transaction has ended. */
export async function adoptedInTurn(of: OfCluster, transaction: Prisma.TransactionClient): Promise<StoredTable | null> {
  await takeTurns(transaction, turn(of))
  return adoptedTable(of, transaction)
}

/** What is adopted is for everyone; the other versions are for those who may see rankings that are not published. */
export async function readableTables(of: OfCluster, context: Context): Promise<StoredTable[]> {
  const all = await tablesLoader(context).load(of)
  if (await may({ action: 'READ_RANKINGS', ...of }, context)) return all
  const inForce = inForceOf(all)
  return inForce ? [inForce] : []
}

/** The year, the cluster and the version, as {@link tableId} says them; null where it is none. */
export function tableNamed(id: string): (OfCluster & { readonly version: number }) | null {
  const [, year, cluster, version] = /^(\d{4})-(.+)-([1-9]\d{0,8})$/.exec(id) ?? []
  return cluster === undefined ? null : { cluster, year: Number(year), version: Number(version) }
}

/** A table to be kept. */
export interface NewTable {
  readonly document: string
  readonly hash: string
  readonly copiedFrom: string | null
}

const turn = ({ cluster, year }: OfCluster) => `point tables of ${year} ${cluster}`

const NEWEST_VERSION = { vi: 'bản mới nhất của bảng tiêu chí', en: 'the newest version of the point table' }

/** What stands, after whoever changes the same has ended. */
async function inTurn(of: OfCluster, transaction: Prisma.TransactionClient): Promise<ClusterTables> {
  await takeTurns(transaction, turn(of))
  return (await readOne(of, transaction)).tables
}

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
  const tables = await inTurn(of, transaction)
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
  const tables = await inTurn(of, transaction)
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
  const tables = await inTurn(of, transaction)
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
