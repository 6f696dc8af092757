// Changes of units in the database: all or none, and no two at once.

import type { Text } from '@dienbien/targets'
import { takeTurns } from '../database/write.ts'
import { isoDay } from '../days.ts'
import { COMMENDATIONS, frozenText, standingRankings } from '../emulation/awards/frozen-guard.ts'
import { registerRows } from '../figures/register.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import type { UnitChanges, UnitPlan, UnitProblem } from './unit-changes.ts'
import { planUnitChanges } from './unit-checks.ts'

/** Changes of units wait for each other. */
export const UNITS = 'units'

/** All that stands against a set of changes. */
export class UnitChangesRefused extends Error {
  override readonly name = 'UnitChangesRefused'
  readonly problems: readonly UnitProblem[]

  constructor(problems: readonly UnitProblem[]) {
    super(problems.map(({ path, text }) => `${path.join('.')}: ${text.en}`).join('\n'))
    this.problems = problems
  }
}

/** What a set of changes would come to, and what stands against it. */
export async function tryUnitChanges(
  prisma: Prisma.TransactionClient,
  changes: UnitChanges,
): Promise<{ readonly plan: UnitPlan; readonly problems: readonly UnitProblem[] }> {
  const { plan, problems } = planUnitChanges(await registerRows(prisma), changes)
  return { plan, problems: [...problems, ...(await figuresAfter(prisma, plan)), ...(await rankedAfter(prisma, plan))] }
}

/**
 * Stores a set of changes, all or none.
 * @throws {UnitChangesRefused} with all that stands against it
 */
export async function storeUnitChanges(transaction: Prisma.TransactionClient, changes: UnitChanges): Promise<UnitPlan> {
  await takeTurns(transaction, UNITS)
  // Nobody is put into a cluster, and nothing frozen, beside it.
  await takeTurns(transaction, COMMENDATIONS)
  const { plan, problems } = await tryUnitChanges(transaction, changes)
  if (problems.length > 0) throw new UnitChangesRefused(problems)
  await transaction.unit.createMany({ data: [...plan.units] })
  await transaction.unitState.createMany({ data: [...plan.states] })
  await transaction.unitAlias.createMany({ data: [...plan.aliases] })
  await transaction.unitSuccession.createMany({ data: [...plan.successions] })
  for (const [day, ids] of byDay(plan)) {
    await transaction.unit.updateMany({ where: { id: { in: ids } }, data: { validTo: new Date(day) } })
  }
  return plan
}

function byDay({ lastDays }: UnitPlan): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const [id, { day }] of lastDays) ids.set(day, [...(ids.get(day) ?? []), id])
  return ids
}

/** A unit has no figures of a day after its last. */
async function figuresAfter(prisma: Prisma.TransactionClient, plan: UnitPlan): Promise<UnitProblem[]> {
  const problems: UnitProblem[] = []
  for (const [day, ids] of byDay(plan)) {
    const latest = await prisma.measurement.groupBy({
      by: ['unitCode'],
      where: { unitCode: { in: ids }, asOf: { gt: new Date(day) } },
      _max: { asOf: true },
    })
    for (const { unitCode, _max } of latest) {
      const newest = _max.asOf && isoDay(_max.asOf)
      const text: Text = {
        vi: `có số liệu của đơn vị đến ${newest}, sau ngày cuối ${day}`,
        en: `there are figures of it up to ${newest}, after its last day ${day}`,
      }
      problems.push({ path: plan.lastDays.get(unitCode)?.path ?? [], code: 'FIGURES_AFTER', text })
    }
  }
  return problems
}

/** Who was ranked in a year stood to its end. */
async function rankedAfter(prisma: Prisma.TransactionClient, plan: UnitPlan): Promise<UnitProblem[]> {
  const ending = [...byDay(plan)].map(([day, ids]) => ({
    unitCode: { in: ids },
    year: { gte: Number(day.slice(0, 4)) },
  }))
  const memberships = await prisma.membership.findMany({
    where: { OR: ending },
    include: { unit: { select: { name: true } } },
    orderBy: [{ unitCode: 'asc' }, { year: 'asc' }],
  })
  const cut = memberships.filter(({ unitCode, year }) => (plan.lastDays.get(unitCode)?.day ?? '') < `${year}-12-31`)
  if (cut.length === 0) return []
  const ranked = await standingRankings(prisma, { OR: cut.map(({ clusterCode, year }) => ({ clusterCode, year })) })
  return cut.flatMap(({ unitCode, clusterCode, year, unit: { name } }): UnitProblem[] => {
    const standing = ranked.find(
      (standingRanking) => standingRanking.clusterCode === clusterCode && standingRanking.year === year,
    )
    if (!standing) return []
    const { day, path } = plan.lastDays.get(unitCode) as { day: string; path: readonly string[] }
    const says = { vi: `kết thúc ${name} vào ${day}`, en: `that ${name} ends on ${day}` }
    return [{ path, code: 'RANKING_FROZEN', text: frozenText(standing, says) }]
  })
}
