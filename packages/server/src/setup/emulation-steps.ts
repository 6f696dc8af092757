// The sheets of clusters, members, heads and deadlines, each row by the rule that the mutation of the same follows.

import type { Text } from '@dienbien/targets'
import { fold } from '@dienbien/targets/table'
import { isoDay } from '../days.ts'
import { deadlineProblem } from '../emulation/year/day-rules.ts'
import { storeDeadline } from '../emulation/year/deadlines.ts'
import { storeHead, storeMembership } from '../emulation/year/members.ts'
import { inputError } from '../errors/input-error.ts'
import type { Unit } from '../figures/registry.ts'
import type { Cluster } from '../generated/prisma/client.ts'
import { EVER, storeCluster, storeClusterName } from '../units/cluster-changes.ts'
import { clusterOf, yearCompeted } from '../units/clusters.ts'
import type { Outcome, Session } from './session.ts'
import type { ReadSheet, WorkbookRow } from './workbook.ts'

export async function setUpClusters(session: Session): Promise<void> {
  const sheet = session.workbook.clusters
  if (!sheet) return
  for (const row of sheet.rows) {
    const outcome = await session.trying('clusters', sheet, row.row, 'code', () => clusterBy(session, row))
    if (outcome) session.count('clusters', outcome)
    else session.refuse('clusters', row.values.code, row.values.name)
  }
  await session.refresh()
}

/** Makes a cluster, or names it anew from its year on. */
async function clusterBy(session: Session, { values }: WorkbookRow<'clusters'>): Promise<Outcome> {
  const { register, transaction, author, source, ownUnit } = session
  const { code, name, kind, firstYear } = values
  const managing = {
    action: 'MANAGE_YEAR',
    cluster: code,
    year: yearCompeted(ownUnit, EVER, register.clusters),
  } as const
  const nameEn = values.nameEn ?? name
  const standing = register.clusters.cluster(code)
  if (!standing) {
    await session.demand(managing)
    await storeCluster(transaction, { code, name, nameEn, kind, firstYear, source })
    return 'created'
  }
  if (standing.kind !== kind) {
    const text = {
      vi: `mã ${code} là của ${standing.name}: loại (cụm, khối) không đổi được`,
      en: `the code ${code} is of ${standing.name}: it stays a ${standing.kind}`,
    }
    throw inputError('BAD_INPUT', text, { argument: 'input.kind', value: kind })
  }
  if (fold(clusterOf(standing, firstYear).name) === fold(name)) return 'unchanged'
  await session.demand(managing)
  await storeClusterName(transaction, author, { cluster: code, fromYear: firstYear, name, nameEn, source }, null)
  return 'changed'
}

interface Appointment {
  readonly cluster: Cluster
  readonly unit: Unit
  readonly year: number
  readonly source: string
}

/** Who is appointed by a row; null after telling what is wrong. */
function appointmentOf<K extends 'members' | 'heads'>(
  session: Session,
  sheet: ReadSheet<K>,
  { row, values }: WorkbookRow<'members' | 'heads'>,
): Appointment | null {
  const { year } = values
  if (!session.hasDirective(sheet, row, year)) return null
  const cluster = session.cluster<'members' | 'heads'>(sheet, row, { column: 'cluster', name: values.cluster })
  const unit = session.unit<'members' | 'heads'>(sheet, row, { column: 'unit', name: values.unit, year, atEnd: true })
  return cluster && unit ? { cluster, year, unit, source: session.source } : null
}

/** Of a deadline that is taken back. */
const NO_DAY = ''

const outcomeOf = (before: string | undefined, now: string): Outcome =>
  before === undefined ? 'created' : before === now ? 'unchanged' : 'changed'

export async function setUpMembers(session: Session): Promise<void> {
  const sheet = session.workbook.members
  if (!sheet) return
  const seen = new Map<string, { readonly cluster: Cluster; readonly cell: string }>()
  for (const row of sheet.rows) {
    const appointment = appointmentOf(session, sheet, row)
    if (!appointment) continue
    const { cluster, unit, year } = appointment
    const key = `${year} ${unit.id}`
    const before = seen.get(key)
    if (before) {
      session.tell(sheet, row.row, 'unit', memberTwice(appointment, before))
      continue
    }
    seen.set(key, { cluster, cell: sheet.cellOf(row.row, 'unit') })
    const standing = session.register.clusters.membership(unit.id, year)?.clusterCode
    const outcome = outcomeOf(standing, cluster.code)
    if (outcome === 'unchanged') session.count('members', outcome)
    else if (!leaves(session, sheet, row, appointment, standing)) session.refuse('members', unit.id)
    else {
      const stored = await session.trying('members', sheet, row.row, 'unit', async () => {
        await session.demand({ action: 'MANAGE_YEAR', cluster: cluster.code, year, unit: unit.id })
        return storeMembership(session.transaction, appointment, null)
      })
      if (stored) session.count('members', outcome)
      else session.refuse('members', unit.id)
    }
  }
  await session.refresh()
}

/** Whether the row says which cluster a unit leaves, where it is in one; tells where not: it would be a slip as well. */
function leaves(
  session: Session,
  sheet: ReadSheet<'members'>,
  { row, values: { movedFrom } }: WorkbookRow<'members'>,
  { unit, year, cluster }: Appointment,
  standing: string | undefined,
): boolean {
  const left = movedFrom === null ? null : session.cluster(sheet, row, { column: 'movedFrom', name: movedFrom })
  if (movedFrom !== null && left === null) return false
  if (left?.code === standing) return true
  const known = standing === undefined ? undefined : session.register.clusters.cluster(standing)
  const [name, other] = [known && clusterOf(known, year).name, clusterOf(cluster, year).name]
  const text = known
    ? {
        vi: `năm ${year} ${unit.name} đang ở ${name} (${standing}): ghi cụm, khối đó vào cột "Chuyển từ cụm, khối" nếu chuyển sang ${other}`,
        en: `in ${year} ${unit.name} is in ${name} (${standing}): name that one in the column "moved from" if it moves to ${other}`,
      }
    : {
        vi: `năm ${year} ${unit.name} chưa ở cụm, khối nào: bỏ trống cột này`,
        en: `in ${year} ${unit.name} is in no cluster: leave this column blank`,
      }
  session.tell(sheet, row, known && !left ? 'unit' : 'movedFrom', text)
  return false
}

/** That a row puts a unit where another row of that year has put it, or into a second cluster. */
function memberTwice(
  { unit, year, cluster }: Appointment,
  before: { readonly cluster: Cluster; readonly cell: string },
): Text {
  if (before.cluster.code === cluster.code) {
    return {
      vi: `${unit.name} bị ghi hai lần năm ${year} (ô ${before.cell})`,
      en: `${unit.name} is given twice in ${year} (${before.cell})`,
    }
  }
  const [first, other] = [clusterOf(before.cluster, year), clusterOf(cluster, year)]
  return {
    vi: `năm ${year} ${unit.name} đã ở ${first.name} (ô ${before.cell}), không ở thêm ${other.name}: mỗi năm chỉ ở một cụm, khối`,
    en: `in ${year} ${unit.name} is in ${first.nameEn} (${before.cell}), not in ${other.nameEn} besides: a unit is in one cluster a year`,
  }
}

export async function setUpHeads(session: Session): Promise<void> {
  const sheet = session.workbook.heads
  if (!sheet) return
  const seen = new Set<string>()
  for (const row of sheet.rows) {
    const appointment = appointmentOf(session, sheet, row)
    if (!appointment) continue
    const { cluster, unit, year } = appointment
    const key = `${year} ${cluster.code}`
    if (seen.has(key)) {
      const text = {
        vi: `${cluster.name} năm ${year} đã có trưởng ở trên`,
        en: `${cluster.name} has a head in ${year} already, above`,
      }
      session.tell(sheet, row.row, 'cluster', text)
      continue
    }
    seen.add(key)
    const where = { clusterCode_year: { clusterCode: cluster.code, year } }
    const before = await session.transaction.clusterHead.findUnique({ where })
    const outcome = outcomeOf(before?.unitCode, unit.id)
    if (outcome === 'unchanged') session.count('heads', outcome)
    // Who was refused as a member is told there.
    else if (!session.isRefused('members', unit.id)) {
      const stored = await session.trying('heads', sheet, row.row, 'unit', async () => {
        await session.demand({ action: 'MANAGE_YEAR', cluster: cluster.code, year, unit: unit.id })
        return storeHead(session.transaction, appointment, null)
      })
      if (stored) session.count('heads', outcome)
    }
  }
}

export async function setUpDeadlines(session: Session): Promise<void> {
  const sheet = session.workbook.deadlines
  if (!sheet) return
  const seen = new Set<string>()
  for (const { row, values } of sheet.rows) {
    const { year, kind } = values
    const { day: dueOn } = values.dueOn
    if (!session.hasDirective(sheet, row, year)) continue
    const cluster =
      values.cluster === null ? null : session.cluster(sheet, row, { column: 'cluster', name: values.cluster })
    if (values.cluster !== null && !cluster) continue
    const wrong = dueOn === null ? null : deadlineProblem(dueOn, year)
    const clusterCode = cluster?.code ?? ''
    const key = `${year} ${clusterCode} ${kind}`
    if (wrong) session.tell(sheet, row, 'dueOn', wrong)
    else if (seen.has(key)) {
      const text = { vi: `việc này năm ${year} bị ghi hai lần`, en: `this is given twice in ${year}` }
      session.tell(sheet, row, 'kind', text)
    } else {
      const before = await session.transaction.deadline.findFirst({ where: { year, clusterCode, kind } })
      const standing = before ? isoDay(before.dueOn) : undefined
      // What was taken back before, or never set, is as the workbook wants it.
      const outcome = outcomeOf(standing ?? (dueOn === null ? NO_DAY : undefined), dueOn ?? NO_DAY)
      const deadline = { year, cluster: clusterCode || null, kind, dueOn, source: session.source }
      const stored =
        outcome === 'unchanged' ||
        (await session.trying('deadlines', sheet, row, 'dueOn', async () => {
          await session.demand({ action: 'MANAGE_YEAR', year, ...(clusterCode ? { cluster: clusterCode } : {}) })
          return storeDeadline(session.transaction, deadline, null)
        }))
      if (stored) session.count('deadlines', outcome)
    }
    seen.add(key)
  }
}
