// The members and the head of a cluster go on in another year.
import type { Text } from '@dienbien/targets'
import { expectState, takeTurns } from '../../database/write.ts'
import { inputError } from '../../errors/input-error.ts'
import { Register, registerRows } from '../../figures/register.ts'
import type { Cluster } from '../../figures/registry.ts'
import { lastDay } from '../../figures/years.ts'
import type { Membership, Prisma } from '../../generated/prisma/client.ts'
import { MEMBERSHIPS } from '../../units/cluster-changes.ts'
import { checkExists } from '../../units/clusters.ts'
import { checkNotFrozen } from '../awards/frozen-guard.ts'
import { membershipProblem } from './membership-rules.ts'

export interface Copying {
  readonly cluster: Pick<Cluster, 'code' | 'kind'>
  readonly from: number
  readonly year: number
  /** Who decided so. */
  readonly source: string
}

/** A member that did not go on. */
export interface LeftOut {
  /** Its identity. */
  readonly unit: string
  readonly reason: Text
}

export interface Copied {
  /** The identities of those that are members now and were not before. */
  readonly units: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Makes the members of a cluster in one year its members in another, and its head the head where none is set there. Who is a
 * member there already stays one.
 * @param expected how many members its author saw there; null expects nothing
 * @throws `BAD_INPUT` where there is nobody to copy, or the cluster does not exist in that year; `RANKING_FROZEN` once that
 *   year is ranked
 */
export async function copyMemberships(
  transaction: Prisma.TransactionClient,
  copying: Copying,
  expected: number | null,
): Promise<Copied> {
  const { cluster, from, year, source } = copying
  await takeTurns(transaction, MEMBERSHIPS)
  checkExists(await transaction.cluster.findUniqueOrThrow({ where: { code: cluster.code } }), year, 'input.year')
  const memberships = await transaction.membership.findMany({
    where: { OR: [{ clusterCode: cluster.code, year: from }, { year }] },
    orderBy: { unitCode: 'asc' },
  })
  const before = memberships.filter((membership) => membership.year === from && membership.clusterCode === cluster.code)
  if (before.length === 0 || from === year) throw nobodyToCopy(copying)
  const there = memberships.filter((membership) => membership.year === year && membership.clusterCode === cluster.code)
  expectState(expected, there.length, {
    vi: `số thành viên của ${cluster.code} năm ${year}`,
    en: `the number of members of ${cluster.code} in ${year}`,
  })
  const placed = new Map(
    memberships
      .filter((membership) => membership.year === year)
      .map((membership) => [membership.unitCode, membership.clusterCode]),
  )
  const register = new Register(await registerRows(transaction))
  const { units, leftOut } = whoGoesOn(before, placed, copying, register)
  if (units.length > 0) {
    const says = { vi: `thêm thành viên của ${cluster.code}`, en: `more members of ${cluster.code}` }
    const where = { clusterCode: cluster.code, year }
    await checkNotFrozen(transaction, where, { says, argument: 'input.cluster', value: cluster.code })
  }
  await transaction.membership.createMany({
    data: units.map((unitCode) => ({ unitCode, year, clusterCode: cluster.code, source })),
  })
  await copyHead(transaction, copying, (unit) => units.includes(unit) || placed.get(unit) === cluster.code)
  return { units, leftOut }
}

function whoGoesOn(
  before: readonly Membership[],
  placed: ReadonlyMap<string, string>,
  { cluster, year }: Copying,
  register: Register,
): Copied {
  const registry = register.on(lastDay(year))
  const levels = [...placed].flatMap(([id, code]) => (code === cluster.code ? (register.levelOf(id) ?? []) : []))
  const units: string[] = []
  const leftOut: LeftOut[] = []
  for (const { unitCode: unit } of before) {
    const place = placed.get(unit)
    if (place === cluster.code) continue
    const now = registry.unitById(unit)
    const reason = !now
      ? ended(unit, register, year)
      : place !== undefined
        ? { vi: `năm ${year} đã ở ${place}`, en: `it is in ${place} in ${year}` }
        : membershipProblem(cluster.kind, now, levels)
    if (reason) leftOut.push({ unit, reason })
    else units.push(unit)
  }
  return { units, leftOut }
}

/** That a unit does not stand in a year, and who took its place. */
function ended(unit: string, register: Register, year: number): Text {
  const { validFrom, validTo } = register.lifeOf(unit)
  if (validFrom !== null && validFrom > lastDay(year)) {
    return { vi: `thành lập từ ngày ${validFrom}`, en: `it exists from ${validFrom} on` }
  }
  const after = register
    .successorsOf(unit)
    .flatMap(({ successorId }) => register.unit(successorId, lastDay(year)) ?? [])
  const names = after.map(({ code, name }) => `${code} ${name}`).join(', ')
  return {
    vi: `đã kết thúc ngày ${validTo}${names && `, thay bằng ${names}`}`,
    en: `it ended on ${validTo}${names && `, followed by ${names}`}`,
  }
}

async function copyHead(
  transaction: Prisma.TransactionClient,
  { cluster: { code: clusterCode }, from, year, source }: Copying,
  isMember: (unit: string) => boolean,
): Promise<void> {
  const heads = await transaction.clusterHead.findMany({ where: { clusterCode, year: { in: [from, year] } } })
  const head = heads.find((head) => head.year === from)
  if (!head || heads.some((head) => head.year === year) || !isMember(head.unitCode)) return
  const says = { vi: `cử trưởng ${clusterCode}`, en: `a head of ${clusterCode}` }
  await checkNotFrozen(transaction, { clusterCode, year }, { says, argument: 'input.cluster', value: clusterCode })
  await transaction.clusterHead.create({ data: { clusterCode, year, unitCode: head.unitCode, source } })
}

function nobodyToCopy({ cluster: { code }, from, year }: Copying): Error {
  const text =
    from === year
      ? { vi: `năm ${from} là năm cần đặt: ghi một năm khác`, en: `${from} is the year to copy to: give another one` }
      : { vi: `${code} không có thành viên năm ${from}`, en: `${code} has no members in ${from}` }
  return inputError('BAD_INPUT', text, { argument: 'input.from', value: from })
}
