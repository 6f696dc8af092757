import { formatNumber } from './numbers.ts'
import type { GradeQuota, PointTable } from './table.ts'

/** A graded member in the order of the ranking; those who are equal have the same place. */
export interface Graded {
  readonly rank: number
  readonly grade: string | null
  readonly reasons: readonly string[]
}

/**
 * Grades with their quotas kept, the best grade first, the members in their order: who finds no seat left has the next grade
 * that takes them. Where equals ask for more seats than are left, none of them has one, and it is said that a ballot decides.
 * @param lower the next grade of a member below one of the table's, by place in its list; null where none takes them
 */
export function withinQuotas<Member extends Graded>(
  table: PointTable,
  members: readonly Member[],
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
    const seats = seatsOf(atMost, earned, at)
    const asking = result.flatMap((member, k) => (placeOf(member) === i ? [k] : []))
    if (asking.length <= seats) return
    const last = (result[asking[seats] as number] as Member).rank
    // Who is equal to the first without a seat has none either.
    const first = asking.findIndex((k) => (result[k] as Member).rank === last)
    for (const k of asking.slice(first)) {
      const member = result[k] as Member
      const isTied = member.rank === last && first < seats
      const why = isTied
        ? `${name}: ngang điểm, còn ${seats - first} chỗ cho ${asking.filter((j) => result[j]?.rank === last).length} đơn vị: bỏ phiếu`
        : `${name}: đã đủ ${formatNumber(seats)} đơn vị`
      const next = lower(member, i)
      result[k] = { ...member, grade: next.grade, reasons: [...member.reasons, why, ...next.reasons] }
    }
  })
  return result
}

/** @param earned the grade of each member before any quota, by its place in the table's list */
function seatsOf(quota: GradeQuota, earned: readonly number[], at: ReadonlyMap<string, number>): number {
  if ('units' in quota) return quota.units
  const lowest = quota.of === undefined ? at.size - 1 : (at.get(quota.of) as number)
  const counted = earned.filter((place) => place <= lowest).length
  // 20% of 15 are 3, whatever the binary form of 0.2.
  return Math.floor(counted * quota.share + 1e-9)
}
