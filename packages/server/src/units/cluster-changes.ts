// How clusters and blocs come to be, are renamed and end. Who is in which: `emulation/year/members.ts`.
import { type Author, expectState, takeTurns } from '../database/write.ts'
import { checkNotFrozen } from '../emulation/awards/frozen-guard.ts'
import { inputError, quoted } from '../errors/input-error.ts'
import { type Cluster, NAMES_IN_ORDER } from '../figures/registry.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import type { ClusterKind } from '../generated/prisma/enums.ts'
import { searchKey } from '../search-key.ts'
import { checkExists, clusterOf, existsIn } from './clusters.ts'

/** Clusters, members and heads are changed in turn, so that a head stays a member and a closed cluster has none. */
export const MEMBERSHIPS = 'memberships'

/** Not before any year in which a unit competes: its last one counts. */
export const EVER = 9999

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const LONGEST_SLUG = 60
const WITH_NAMES = { names: NAMES_IN_ORDER } as const

interface Named {
  readonly name: string
  readonly nameEn: string
}
export interface NewCluster extends Named {
  readonly code: string
  readonly kind: ClusterKind
  /** In which it competes first. */
  readonly firstYear: number
  /** The decision: its number, date and who took it. */
  readonly source: string
}
export interface Renaming extends Named {
  readonly cluster: string
  readonly fromYear: number
  readonly source: string
}
export interface ClusterClosing {
  readonly cluster: string
  /** In which it competes last; null: it goes on, after all. */
  readonly lastYear: number | null
  readonly source: string
}

/**
 * @throws `BAD_INPUT` for a code that is no slug or is another's, a name that another cluster bears, or a year that is none
 */
export async function storeCluster(transaction: Prisma.TransactionClient, made: NewCluster): Promise<Cluster> {
  const { code, name, nameEn, kind, firstYear, source } = made
  checkSlug(code)
  checkYear(firstYear, 'input.firstYear')
  await takeTurns(transaction, MEMBERSHIPS)
  const clusters = await allClusters(transaction)
  const taken = clusters.find((other) => other.code === code)?.name ?? (await unitCalled(transaction, code))
  if (taken !== undefined) {
    const text = { vi: `mã ${quoted(code)} đã là của ${taken}`, en: `the code ${quoted(code)} is of ${taken} already` }
    throw inputError('BAD_INPUT', text, { argument: 'input.code', value: code })
  }
  checkName({ name, from: firstYear }, clusters)
  return transaction.cluster.create({ data: { code, name, nameEn, kind, firstYear, source } })
}

/**
 * Names a cluster anew from a year on; what it was called before stays. From the same year again it is a correction: the
 * next revision.
 * @param expected the name in that year that its author saw; null expects nothing
 * @throws `BAD_INPUT` where it does not exist in that year, or another cluster bears the name; `RANKING_FROZEN` where it was
 *   ranked in a year under the name that it had
 * @throws {EditConflict} where it is called otherwise since
 */
export async function storeClusterName(
  transaction: Prisma.TransactionClient,
  author: Author,
  { cluster: code, fromYear, name, nameEn, source }: Renaming,
  expected: string | null,
): Promise<Cluster> {
  await takeTurns(transaction, MEMBERSHIPS)
  const clusters = await allClusters(transaction)
  const cluster = clusters.find((cluster) => cluster.code === code) as Cluster
  checkYear(fromYear, 'input.fromYear')
  checkExists(cluster, fromYear, 'input.fromYear')
  expectState(expected, clusterOf(cluster, fromYear).name, {
    vi: `tên của ${code} năm ${fromYear}`,
    en: `the name of ${code} in ${fromYear}`,
  })
  const later = (cluster.names ?? []).filter((name) => name.fromYear > fromYear)
  const lastYear = later[0] ? later[0].fromYear - 1 : (cluster.lastYear ?? EVER)
  const others = clusters.filter((other) => other !== cluster)
  checkName({ name, from: fromYear, to: lastYear }, others)
  const years = { gte: fromYear, ...(later[0] ? { lt: later[0].fromYear } : {}) }
  const says = { vi: `đổi tên ${code} từ năm ${fromYear}`, en: `another name of ${code} from ${fromYear} on` }
  const where = { clusterCode: code, year: years }
  await checkNotFrozen(transaction, where, { says, argument: 'input.fromYear', value: fromYear })
  const revision = (cluster.names ?? []).filter((name) => name.fromYear === fromYear).length + 1
  await transaction.clusterName.create({
    data: { clusterCode: code, fromYear, revision, name, nameEn, source, recordedBy: author.subject },
  })
  return transaction.cluster.findUniqueOrThrow({ where: { code }, include: WITH_NAMES })
}

/**
 * Closes a cluster after a year, or opens it again.
 * @param expected the last year that its author saw, 0 for none; null expects nothing
 * @throws `BAD_INPUT` where it has members after that year, or did not exist in it, or another cluster has taken its name
 */
export async function storeClosing(
  transaction: Prisma.TransactionClient,
  { cluster: code, lastYear, source }: ClusterClosing,
  expected: number | null,
): Promise<Cluster> {
  await takeTurns(transaction, MEMBERSHIPS)
  const clusters = await allClusters(transaction)
  const cluster = clusters.find((cluster) => cluster.code === code) as Cluster
  const { firstYear, lastYear: before } = cluster
  expectState(expected, before ?? 0, { vi: `năm cuối của ${code}`, en: `the last year of ${code}` })
  if (before !== null) checkNamesAgain(cluster, clusters, before + 1, lastYear ?? EVER)
  if (lastYear !== null) {
    checkYear(lastYear, 'input.lastYear')
    checkExists({ code, firstYear, lastYear: null }, lastYear, 'input.lastYear')
    await checkNoMembersAfter(transaction, code, lastYear)
    const says = { vi: `giải thể ${code} sau năm ${lastYear}`, en: `closing ${code} after ${lastYear}` }
    const where = { clusterCode: code, year: { gt: lastYear } }
    await checkNotFrozen(transaction, where, { says, argument: 'input.lastYear', value: lastYear })
  }
  const closingDecision = lastYear === null ? null : source
  return transaction.cluster.update({ where: { code }, data: { lastYear, closingDecision }, include: WITH_NAMES })
}

/** Who goes on, after all, finds its name free. */
function checkNamesAgain(cluster: Cluster, clusters: readonly Cluster[], from: number, to: number): void {
  if (to < from) return
  const others = clusters.filter((other) => other !== cluster)
  const renamed = (cluster.names ?? []).filter(({ fromYear }) => fromYear > from && fromYear <= to)
  const begins = [from, ...new Set(renamed.map(({ fromYear }) => fromYear))]
  begins.forEach((begin, i) => {
    const bearing = { name: clusterOf(cluster, begin).name, from: begin, to: (begins[i + 1] ?? to + 1) - 1 }
    checkName(bearing, others, 'input.lastYear')
  })
}

async function checkNoMembersAfter(transaction: Prisma.TransactionClient, code: string, lastYear: number) {
  const later = await transaction.membership.groupBy({
    by: ['year'],
    where: { clusterCode: code, year: { gt: lastYear } },
    _count: true,
    orderBy: { year: 'asc' },
  })
  const last = later.at(-1)
  if (!last) return
  const text = {
    vi: `${code} còn thành viên: ${later.map(({ year, _count }) => `năm ${year} có ${_count}`).join(', ')}; đưa ra khỏi cụm, khối trước`,
    en: `${code} still has members: ${later.map(({ year, _count }) => `${_count} in ${year}`).join(', ')}; take them out first`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'input.lastYear', value: lastYear, nearest: String(last.year) })
}

const allClusters = (transaction: Prisma.TransactionClient): Promise<Cluster[]> =>
  transaction.cluster.findMany({ orderBy: { code: 'asc' }, include: WITH_NAMES })

/** A directive of a cluster and one of a unit are told apart by these. */
const unitCalled = async (transaction: Prisma.TransactionClient, code: string): Promise<string | undefined> =>
  (await transaction.unit.findFirst({ where: { OR: [{ id: code }, { code }] }, select: { name: true } }))?.name

function checkSlug(code: string): void {
  if (SLUG.test(code) && code.length <= LONGEST_SLUG) return
  const near = searchKey(code)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replaceAll(/^-+|-+$/g, '')
  const text = {
    vi: `mã ${quoted(code)} chỉ gồm chữ thường không dấu, chữ số và gạch nối, nhiều nhất ${LONGEST_SLUG} ký tự, như khoi-van-hoa`,
    en: `the code ${quoted(code)} must be of small letters, digits and hyphens, at most ${LONGEST_SLUG}, like khoi-van-hoa`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'input.code', value: code, nearest: near === '' ? undefined : near })
}

function checkYear(year: number, argument: string): void {
  if (year >= 1000 && year <= 9999) return
  const text = { vi: `${year} không phải là năm: năm có bốn chữ số`, en: `${year} is no year: it has four digits` }
  throw inputError('BAD_INPUT', text, { argument, value: year })
}

/** A name, from which year on it is borne and, where it has a last year, up to which. */
interface Bearing {
  readonly name: string
  readonly from: number
  readonly to?: number
}

/** In no year two clusters that exist bear one name. */
function checkName({ name, from, to = EVER }: Bearing, others: readonly Cluster[], argument = 'input.name'): void {
  const isSameName = (text: string) => text.normalize('NFC').toLowerCase() === name.normalize('NFC').toLowerCase()
  for (const other of others) {
    const begins = [other.firstYear ?? 0, ...(other.names ?? []).map(({ fromYear }) => fromYear)]
    const years = [from, ...begins.filter((year) => year > from && year <= to)].sort((a, b) => a - b)
    const year = years.find((year) => existsIn(other, year) && isSameName(clusterOf(other, year).name))
    if (year === undefined) continue
    const text = {
      vi: `năm ${year} tên ${quoted(name)} là của ${other.code}`,
      en: `in ${year} the name ${quoted(name)} is of ${other.code}`,
    }
    throw inputError('BAD_INPUT', text, { argument, value: name })
  }
}
