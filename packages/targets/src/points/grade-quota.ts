import { tidy } from '../decimal.ts'
import { wholeOf } from '../rounding.ts'
import { formatNumber, formatPercent } from './numbers.ts'
import type { GradeQuota, PointTable } from './table.ts'
import { ROUNDED } from './words.ts'

/** A graded member in the order of the ranking; those who are equal have the same place. */
export interface Graded {
  readonly rank: number
  readonly grade: string | null
  readonly reasons: readonly string[]
}

/**
 * Grades with their quotas kept, the best grade first, the members in their order: who finds no seat left has the next grade
 * that takes them. Where equals ask for more seats than are left, none of them has one, and it is said that a ballot decides.
 * @param all the members of the cluster, those that are not graded included
 * @param lower the next grade of a member below one of the table's, by place in its list; null where none takes them
 */
export function withinQuotas<Member extends Graded>(
  table: PointTable,
  members: readonly Member[],
  all: number,
  lower: (member: Member, below: number) => { readonly grade: string | null; readonly reasons: readonly string[] },
): Member[] {
  const { grades = [] } = table
  if (!grades.some(({ atMost }) => atMost)) return [...members]
  const at = new Map(grades.map(({ id }, i) => [id, i]))
  const placeOf = ({ grade }: Graded) => (grade === null ? grades.length : (at.get(grade) as number))
  // What a quota counts against is what was earned before any was kept: else to lower one would take seats from others.
  const earned = members.map(placeOf)
  const result = [...members]
  grades.forEach(({ name, atMost }, i) => {
    if (!atMost) return
    const { seats, reckoned } = seatsOf(atMost, earned, at, all)
    const asking = result.flatMap((member, k) => (placeOf(member) === i ? [k] : []))
    if (asking.length <= seats) return
    const last = (result[asking[seats] as number] as Member).rank
    // Who is equal to the first without a seat has none either.
    const first = asking.findIndex((k) => (result[k] as Member).rank === last)
    for (const k of asking.slice(first)) {
      const member = result[k] as Member
      const isTied = member.rank === last && first < seats
      const why = isTied
        ? `${name}: ngang điểm, còn ${seats - first} chỗ cho ${asking.filter((j) => result[j]?.rank === last).length} đơn vị${reckoned}: bỏ phiếu`
        : `${name}: đã đủ ${formatNumber(seats)} đơn vị${reckoned}`
      const next = lower(member, i)
      result[k] = { ...member, grade: next.grade, reasons: [...member.reasons, why, ...next.reasons] }
    }
  })
  return result
}

/** How many may have a grade, and how that was reckoned. */
interface Seats {
  readonly seats: number
  readonly reckoned: string
}

/** @param earned the grade of each member before any quota, by its place in the table's list */
function seatsOf(
  quota: GradeQuota,
  earned: readonly number[],
  at: ReadonlyMap<string, number>,
  members: number,
): Seats {
  if ('units' in quota) return { seats: quota.units, reckoned: '' }
  const { share, of, rounding = 'down', atLeast = 0 } = quota
  const lowest = of === undefined ? at.size - 1 : (at.get(of) as number)
  const counted = quota.members ? members : earned.filter((place) => place <= lowest).length
  const exact = tidy(counted * share)
  const whole = wholeOf(exact, rounding)
  const seats = Math.max(whole, atLeast)
  const how = Number.isInteger(exact)
    ? ''
    : ` là ${formatNumber(exact)}, làm tròn ${ROUNDED[rounding]}còn ${formatNumber(whole)}`
  const least = seats > whole ? `, ít nhất ${formatNumber(atLeast)}` : ''
  return { seats, reckoned: ` (${formatPercent(share)} của ${formatNumber(counted)} đơn vị${how}${least})` }
}
