// By when things are due in an emulation year, and what became of each. The directive sets no days.

import { expectState } from '../../database/write.ts'
import { isoDay } from '../../days.ts'
import { inputError } from '../../errors/input-error.ts'
import { directiveOf } from '../../figures/years.ts'
import type { Deadline, Filing, Prisma } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { checkNotFrozen } from '../awards/frozen-guard.ts'
import { deadlineProblem } from './day-rules.ts'
import { filingOfKind, lateness } from './filings.ts'

/** In time, after the deadline, not there though the deadline has passed, not there yet. */
type DueState = 'FILED' | 'LATE' | 'MISSING' | 'OPEN'

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
  /** Null: it is taken back. */
  readonly dueOn: string | null
  /** Who set it, or took it back. */
  readonly source: string
}

/** @throws `UNKNOWN_YEAR`, or `BAD_DATE` for a day that is no deadline of that year */
export function checkDeadline({ year, dueOn }: Pick<NewDeadline, 'year' | 'dueOn'>): void {
  directiveOf(year)
  if (dueOn === null) return
  const wrong = deadlineProblem(dueOn, year)
  if (wrong) throw inputError('BAD_DATE', wrong, { argument: 'input.dueOn', value: dueOn })
}

/**
 * Sets a deadline, or takes it back: then everyone's holds for a cluster again, or none.
 * @param expected the day that its author saw; null expects nothing
 * @returns the one that was set, or taken back
 * @throws `BAD_INPUT` where there is none to take back; `RANKING_FROZEN` where a ranking rests on it
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
  if ((before && isoDay(before.dueOn)) !== dueOn) await checkNotRanked(transaction, key)
  if (dueOn === null) {
    if (before) return transaction.deadline.delete({ where })
    const text = {
      vi: 'không có thời hạn riêng này để bỏ',
      en: 'there is no such deadline to take back',
    }
    throw inputError('BAD_INPUT', text, { argument: 'input.dueOn', value: null })
  }
  const data = { dueOn: new Date(dueOn), source }
  return transaction.deadline.upsert({ where, create: { ...key, ...data }, update: data })
}

/** No ranking of a cluster rests on a deadline: its own or, where it has none of that kind, everyone's. */
async function checkNotRanked(
  transaction: Prisma.TransactionClient,
  { year, clusterCode, kind }: Pick<Deadline, 'year' | 'clusterCode' | 'kind'>,
): Promise<void> {
  const clusters = await transaction.deadline.findMany({
    where: { year, kind, clusterCode: { not: '' } },
    select: { clusterCode: true },
  })
  const ranked = clusterCode === '' ? { notIn: clusters.map((cluster) => cluster.clusterCode) } : clusterCode
  const says = { vi: `đổi thời hạn năm ${year}`, en: `another deadline of ${year}` }
  await checkNotFrozen(transaction, { year, clusterCode: ranked }, { says, argument: 'input.dueOn', value: kind })
}
