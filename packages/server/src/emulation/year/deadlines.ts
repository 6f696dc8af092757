// By when things are due in an emulation year, and what became of each. The directive sets no days.

import { expectState } from '../../database/write.ts'
import { isoDay } from '../../days.ts'
import { inputError } from '../../errors/input-error.ts'
import { directiveOf } from '../../figures/years.ts'
import type { Deadline, Filing, Prisma } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { deadlineProblem } from './day-rules.ts'
import { filingOfKind, lateness } from './filings.ts'

/** In time, after the deadline, not there though the deadline has passed, not there yet. */
export type DueState = 'FILED' | 'LATE' | 'MISSING' | 'OPEN'

export interface Due {
  readonly deadline: Deadline
  readonly state: DueState
  readonly filing: Filing | undefined
}

/**
 * Every deadline but that of the duties, and what became of it by a day.
 * @param filings of the unit in that year
 * @param on ISO date
 */
export function duesOf(deadlines: readonly Deadline[], filings: readonly Filing[], on: string): readonly Due[] {
  return deadlines
    .filter(({ kind }) => kind !== 'duty')
    .map((deadline) => {
      const filing = filingOfKind(filings, deadline.kind)
      return { deadline, filing, state: dueState(deadline, filing, on) }
    })
}

function dueState(deadline: Deadline, filing: Filing | undefined, on: string): DueState {
  if (filing) return lateness(filing, [deadline]) > 0 ? 'LATE' : 'FILED'
  return on > isoDay(deadline.dueOn) ? 'MISSING' : 'OPEN'
}

export interface NewDeadline {
  readonly year: number
  /** Whose alone it is; null: everyone's. */
  readonly cluster: string | null
  readonly kind: FilingKind
  readonly dueOn: string
  /** Who set it. */
  readonly source: string
}

/** @throws `UNKNOWN_YEAR`, or `BAD_DATE` for a day that is no deadline of that year */
export function checkDeadline({ year, dueOn }: Pick<NewDeadline, 'year' | 'dueOn'>): void {
  directiveOf(year)
  const wrong = deadlineProblem(dueOn, year)
  if (wrong) throw inputError('BAD_DATE', wrong, { argument: 'input.dueOn', value: dueOn })
}

/**
 * @param expected the day that its author saw; null expects nothing
 * @throws {EditConflict} where another one was set since
 */
export async function storeDeadline(
  transaction: Prisma.TransactionClient,
  { year, cluster, kind, dueOn, source }: NewDeadline,
  expected: string | null,
): Promise<Deadline> {
  const key = { year, clusterCode: cluster ?? '', kind }
  const where = { year_clusterCode_kind: key }
  const before = await transaction.deadline.findUnique({ where })
  expectState(expected, before ? isoDay(before.dueOn) : null, { vi: 'thời hạn', en: 'the deadline' })
  const data = { dueOn: new Date(dueOn), source }
  return transaction.deadline.upsert({ where, create: { ...key, ...data }, update: data })
}
