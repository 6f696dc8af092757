// Who is in a cluster in a year, and who heads it. Which units compete with each other: `membership-rules.ts`.
import type { Text } from '@dienbien/targets'
import { expectState, takeTurns } from '../../database/write.ts'
import { inputError } from '../../errors/input-error.ts'
import type { Unit } from '../../figures/registry.ts'
import type { Cluster, ClusterHead, Membership, Prisma } from '../../generated/prisma/client.ts'
import { MEMBERSHIPS } from '../../units/cluster-changes.ts'
import { checkExists } from '../../units/clusters.ts'
import { checkNotFrozen } from '../awards/frozen-guard.ts'
import { membershipProblem, periodProblem } from './membership-rules.ts'

export interface Appointment {
  readonly cluster: Pick<Cluster, 'code' | 'kind'>
  readonly year: number
  readonly unit: Pick<Unit, 'id' | 'code' | 'level' | 'parentId'>
  /** Who decided so. */
  readonly source: string
}

/**
 * Makes a member of a cluster its head.
 * @param expected the head that its author saw, empty for none; null expects nothing
 * @throws `BAD_INPUT` where the unit is no member of that cluster in that year; `RANKING_FROZEN` once that is ranked
 * @throws {EditConflict} where another one heads it since
 */
export async function storeHead(
  transaction: Prisma.TransactionClient,
  { cluster, year, unit, source }: Appointment,
  expected: string | null,
): Promise<ClusterHead> {
  await takeTurns(transaction, MEMBERSHIPS)
  const key = { clusterCode: cluster.code, year }
  const member = await transaction.membership.findFirst({ where: { ...key, unitCode: unit.id } })
  if (!member) {
    throw inputError(
      'BAD_INPUT',
      {
        vi: `${unit.code} không phải là thành viên của ${cluster.code} năm ${year}: trưởng cụm, khối phải là thành viên`,
        en: `${unit.code} is no member of ${cluster.code} in ${year}: a member heads its cluster`,
      },
      { argument: 'input.unit', value: unit.code },
    )
  }
  const before = await transaction.clusterHead.findUnique({ where: { clusterCode_year: key } })
  expectState(expected, before?.unitCode ?? '', {
    vi: `trưởng ${cluster.code}`,
    en: `the head of ${cluster.code}`,
  })
  if (before?.unitCode !== unit.id) {
    const says = { vi: `đổi trưởng ${cluster.code}`, en: `another head of ${cluster.code}` }
    await checkNotFrozen(transaction, key, { says, argument: 'input.unit', value: unit.code })
  }
  const data = { unitCode: unit.id, source, synthetic: false }
  return transaction.clusterHead.upsert({
    where: { clusterCode_year: key },
    create: { ...key, ...data },
    update: data,
  })
}

/**
 * Puts a unit into a cluster; from another cluster of that year it moves.
 * @param expected the cluster that its author saw it in, empty for none; null expects nothing
 * @throws `BAD_INPUT` where it heads another cluster, or does not compete with those that are there, or not for the whole of
 *   what is left of the year; or where the cluster does not exist in that year
 * @throws `RANKING_FROZEN` where the cluster that it enters, or leaves, is ranked
 * @throws {EditConflict} where it is in another one since
 */
export async function storeMembership(
  transaction: Prisma.TransactionClient,
  { cluster, year, unit, source }: Appointment,
  expected: string | null,
): Promise<Membership> {
  await takeTurns(transaction, MEMBERSHIPS)
  checkExists(await transaction.cluster.findUniqueOrThrow({ where: { code: cluster.code } }), year, 'input.year')
  const key = { unitCode: unit.id, year }
  const head = await transaction.clusterHead.findFirst({ where: { ...key, NOT: { clusterCode: cluster.code } } })
  if (head) {
    throw inputError(
      'BAD_INPUT',
      {
        vi: `${unit.code} đang là trưởng ${head.clusterCode} năm ${year}: cử trưởng khác ở đó trước`,
        en: `${unit.code} heads ${head.clusterCode} in ${year}: set another head there first`,
      },
      {
        argument: 'input.unit',
        value: unit.code,
      },
    )
  }
  const wrong = await problemOf(transaction, { cluster, year, unit })
  if (wrong) throw inputError('BAD_INPUT', wrong, { argument: 'input.unit', value: unit.code })
  const before = await transaction.membership.findUnique({ where: { unitCode_year: key } })
  expectState(expected, before?.clusterCode ?? '', {
    vi: `cụm, khối của ${unit.code}`,
    en: `the cluster of ${unit.code}`,
  })
  if (before?.clusterCode !== cluster.code) {
    const where = { year, clusterCode: { in: [cluster.code, ...(before ? [before.clusterCode] : [])] } }
    const says = { vi: `đưa ${unit.code} vào ${cluster.code}`, en: `a place of ${unit.code} in ${cluster.code}` }
    await checkNotFrozen(transaction, where, { says, argument: 'input.unit', value: unit.code })
  }
  const data = { clusterCode: cluster.code, source, inferred: false, synthetic: false }
  return transaction.membership.upsert({
    where: { unitCode_year: key },
    create: { ...key, ...data },
    update: data,
  })
}

/** Why a unit cannot compete in a cluster in a year, as the database has both now; null where it can. */
async function problemOf(
  transaction: Prisma.TransactionClient,
  { cluster, year, unit }: Omit<Appointment, 'source'>,
): Promise<Text | null> {
  const others = await transaction.unit.findMany({
    where: { id: { not: unit.id }, memberships: { some: { clusterCode: cluster.code, year } } },
    select: { level: true },
  })
  const levels = others.map(({ level }) => level)
  const life = await transaction.unit.findUniqueOrThrow({
    where: { id: unit.id },
    select: { validFrom: true, validTo: true },
  })
  return membershipProblem(cluster.kind, unit, levels) ?? periodProblem(life, year)
}

/**
 * Takes a member out of its cluster in a year. What it filed and reported stays. The last member may be its head, which it
 * then is no longer.
 * @throws `BAD_INPUT` where it is no member, or heads the others; `RANKING_FROZEN` once that cluster and year is ranked
 */
export async function removeMembership(
  transaction: Prisma.TransactionClient,
  { cluster: { code }, year, unit }: Omit<Appointment, 'source'>,
): Promise<Membership> {
  await takeTurns(transaction, MEMBERSHIPS)
  const where = { unitCode_year: { unitCode: unit.id, year } }
  const membership = await transaction.membership.findUnique({ where })
  if (membership?.clusterCode !== code) {
    const [vi, en] = membership ? [`; ở ${membership.clusterCode}`, `; it is in ${membership.clusterCode}`] : ['', '']
    const text = {
      vi: `${unit.code} không phải là thành viên của ${code} năm ${year}${vi}`,
      en: `${unit.code} is no member of ${code} in ${year}${en}`,
    }
    throw inputError('BAD_INPUT', text, { argument: 'input.unit', value: unit.code, nearest: membership?.clusterCode })
  }
  const says = { vi: `đưa ${unit.code} ra khỏi ${code}`, en: `that ${unit.code} leaves ${code}` }
  await checkNotFrozen(transaction, { clusterCode: code, year }, { says, argument: 'input.unit', value: unit.code })
  const headed = { clusterCode: code, year }
  const head = await transaction.clusterHead.findUnique({ where: { clusterCode_year: headed } })
  if (head?.unitCode === unit.id) {
    const others = await transaction.membership.count({ where: { ...headed, NOT: { unitCode: unit.id } } })
    if (others > 0) throw headsOthers(unit.code, code, year)
    await transaction.clusterHead.delete({ where: { clusterCode_year: headed } })
  }
  return transaction.membership.delete({ where })
}

const headsOthers = (unit: string, cluster: string, year: number) =>
  inputError(
    'BAD_INPUT',
    {
      vi: `${unit} đang là trưởng ${cluster} năm ${year}: cử trưởng khác trước`,
      en: `${unit} heads ${cluster} in ${year}: set another head first`,
    },
    { argument: 'input.unit', value: unit },
  )
