// The sheet of units' own targets, by the rules of assigning: an adjustment is a new version from a later day.

import { type Assignment, assignmentOf, storeTargets } from '../allocation/assignment.ts'
import { isoDay } from '../days.ts'
import { lastDay } from '../figures/years.ts'
import type { UnitTarget } from '../generated/prisma/client.ts'
import { inVietnamese } from '../numbers.ts'
import type { Outcome, Session } from './session.ts'
import type { ReadSheet, WorkbookRow } from './workbook.ts'

export async function setUpTargets(session: Session): Promise<void> {
  const sheet = session.workbook.targets
  if (!sheet) return
  const years = [...new Set(sheet.rows.map(({ values }) => values.year))]
  const standing = await session.transaction.unitTarget.findMany({ where: { year: { in: years } } })
  const seen = new Set<string>()
  const fresh = new Map<string, Assignment[]>()
  for (const row of sheet.rows) {
    const assignment = await assignedBy(session, sheet, row)
    const outcome = assignment && outcomeOf(session, sheet, row, { assignment, standing, seen })
    if (!outcome) continue
    const units = assignment.targets.map(({ unitCode }) => unitCode)
    const demand = { action: 'ASSIGN_TARGETS', units, year: assignment.year } as const
    if (outcome !== 'unchanged' && !(await session.permits('targets', sheet, row.row, 'unit', demand))) continue
    session.count('targets', outcome)
    if (outcome === 'unchanged') continue
    const group = `${assignment.year} ${assignment.validFrom}`
    fresh.set(group, [...(fresh.get(group) ?? []), assignment])
  }
  for (const group of fresh.values()) {
    const [first] = group
    if (!first) continue
    const assignment = { ...first, targets: group.flatMap(({ targets }) => targets) }
    await storeTargets(session.transaction, assignment, session.author.subject)
  }
}

/** What a row assigns; null after telling what is wrong. */
async function assignedBy(
  session: Session,
  sheet: ReadSheet<'targets'>,
  { row, values }: WorkbookRow<'targets'>,
): Promise<Assignment | null> {
  const { year, indicator, value, comparator, baseline } = values
  if (!session.hasDirective(sheet, row, year)) return null
  const unit = session.unit(sheet, row, { column: 'unit', name: values.unit, year })
  if (!unit) return null
  // What a directive that is wrong itself would have had is not told besides.
  const { directives } = session.register
  const isMissing = !directives.indicatorsOf(year).some(({ id }) => id === indicator)
  if (isMissing && (session.isRefused('directive', year) || session.isRefused('indicators', indicator))) return null
  const validFrom = values.from ?? `${year}-01-01`
  const last = lastDay(year)
  const on = unit.validTo !== null && unit.validTo < last ? unit.validTo : last
  const input = {
    validFrom,
    on,
    source: session.source,
    targets: [{ unit: unit.code, indicator, value, comparator, baseline }],
  }
  return session.trying('targets', sheet, row, values.from === null ? 'value' : 'from', () =>
    assignmentOf(input, year, session.register.on(last), directives.measuring(year)),
  )
}

function outcomeOf(
  session: Session,
  sheet: ReadSheet<'targets'>,
  { row }: WorkbookRow<'targets'>,
  { assignment, standing, seen }: { assignment: Assignment; standing: readonly UnitTarget[]; seen: Set<string> },
): Outcome | null {
  const { year, validFrom, targets } = assignment
  const [target] = targets
  if (!target) return null
  const key = `${target.unitCode} ${target.indicatorId} ${year} ${validFrom}`
  if (seen.has(key)) {
    const text = {
      vi: `${target.unitCode} và "${target.indicatorId}" bị ghi hai lần`,
      en: `${target.unitCode} and "${target.indicatorId}" are given twice`,
    }
    session.tell(sheet, row, 'indicator', text)
    return null
  }
  seen.add(key)
  const inForce = standing
    .filter(
      (kept) =>
        kept.year === year &&
        kept.unitCode === target.unitCode &&
        kept.indicatorId === target.indicatorId &&
        isoDay(kept.validFrom) <= validFrom,
    )
    .sort((a, b) => a.validFrom.getTime() - b.validFrom.getTime())
    .at(-1)
  if (!inForce) return 'created'
  const { comparator, value, baseline } = target
  if (inForce.comparator === comparator && inForce.value === value && inForce.baseline === baseline) return 'unchanged'
  if (isoDay(inForce.validFrom) < validFrom) return 'changed'
  const text = {
    vi: `đã được giao ${inForce.comparator} ${inVietnamese(inForce.value)} từ ngày ${validFrom}: điều chỉnh từ ngày khác (cột "Từ ngày")`,
    en: `it was assigned ${inForce.comparator} ${inForce.value} from ${validFrom} on: adjust it from another day (column "from")`,
  }
  session.tell(sheet, row, 'value', text)
  return null
}
