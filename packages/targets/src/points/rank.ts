import { compareDecimal, tidy } from '../decimal.ts'
import { TargetsError } from '../errors.ts'
import { checkShape } from './arguments.ts'
import { parsePointTable } from './check.ts'
import { pointsFact } from './fact-names.ts'
import { withinQuotas } from './grade-quota.ts'
import { holds } from './holds.ts'
import type { PointEntry, PointScore } from './result.ts'
import { ClusterScores, type ScoredMember } from './score.ts'
import type { PointTable } from './table.ts'

/** A place by a table of points; equal places are settled by ballot. */
export interface PointRank extends PointScore {
  /** Null where the table does not grade the unit at all. */
  readonly rank: number | null
  readonly tied: boolean
}

/**
 * Places by points, then by the table's tie-breaks: 1, 2, 2, 4; then the grades, of which some may be for a part of the
 * members only. The order of the entries never matters.
 */
export function rankPoints(table: PointTable, entries: readonly PointEntry[]): PointRank[] {
  return rankMembers(table, new ClusterScores(table, entries).members)
}

/** As {@link rankPoints}, of members that are scored. */
export function rankMembers(table: PointTable, members: readonly ScoredMember[]): PointRank[] {
  const { ranked, unranked } = membersInOrder(table, members)
  const byUnit = new Map(members.map((member) => [member.score.unit, member]))
  const graded = withinQuotas(table, ranked, members.length, ({ unit }, below) =>
    (byUnit.get(unit) as ScoredMember).gradeFrom(below + 1),
  )
  return [...graded, ...unranked.map((score) => ({ ...score, rank: null, tied: false }))]
}

/** The order of the members that the table grades, before quotas on grades, which move nobody. */
export function membersInOrder(
  table: PointTable,
  members: readonly ScoredMember[],
): { readonly ranked: readonly Ranked[]; readonly unranked: readonly PointScore[] } {
  const scores = members.map(({ score }) => score)
  const keys = new Map(members.map((member) => [member.score, [member.score.points, ...tieKeys(table, member)]]))
  const compare = (a: PointScore, b: PointScore) => {
    const [mine, theirs] = [keys.get(a) as number[], keys.get(b) as number[]]
    for (const [i, score] of mine.entries()) {
      const order = compareDecimal(theirs[i] as number, score)
      if (order !== 0) return order
    }
    return 0
  }
  const isRanked = ({ grade, reasons }: PointScore) =>
    grade !== null || !reasons.some((reason) => leftOut(table, reason))
  const sorted = scores
    .filter(isRanked)
    .toSorted((a, b) => compare(a, b) || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0))
  const ranked = sorted.map((score) => {
    const equal = sorted.filter((other) => compare(score, other) === 0)
    return { ...score, rank: sorted.findIndex((other) => compare(score, other) === 0) + 1, tied: equal.length > 1 }
  })
  return { ranked, unranked: scores.filter((score) => !isRanked(score)) }
}

type Ranked = PointRank & { readonly rank: number }

const leftOut = (table: PointTable, reason: string) => (table.ungraded ?? []).some((rule) => rule.reason === reason)

/** Greater is better; what is not known is the least. */
function tieKeys(table: PointTable, { score, known: { facts } }: ScoredMember): number[] {
  const lines = new Map(score.lines.map(({ code, points }) => [code, points]))
  return (table.tieBreaks ?? []).map((tieBreak) => {
    if ('node' in tieBreak) return lines.get(tieBreak.node) ?? 0
    if ('fact' in tieBreak) {
      const value = facts[tieBreak.fact] ?? null
      return value === null ? -Number.MAX_VALUE : Number(value) * (tieBreak.better === 'less' ? -1 : 1)
    }
    const named = { ...facts, score: score.points, grade: score.grade } as Record<
      string,
      boolean | number | string | null
    >
    for (const [code, points] of lines) named[pointsFact(code)] = points
    return Number(holds(tieBreak.when, table, named) === true)
  })
}

/** Where the points of two units part, the greatest difference first, leaves only. */
export function comparePoints(
  score: PointScore,
  other: PointScore,
): { code: string; own: number; other: number; difference: number }[] {
  checkShape('score', score)
  checkShape('score', other)
  const theirs = new Map(other.lines.map((line) => [line.code, line]))
  // By what each node adds itself, so that the differences add up.
  const adds = (line: PointScore['lines'][number] | undefined) => (line?.counted ? line.own + line.limited : 0)
  return score.lines
    .map((line) => {
      const [a, b] = [adds(line), adds(theirs.get(line.code))]
      return { code: line.code, own: tidy(a), other: tidy(b), difference: tidy(a - b) }
    })
    .filter(({ difference }) => difference !== 0)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
}

/** The points of a year from those of its periods, by the table's weights: (first + 2 × second) ÷ 3. */
export function overPeriods(table: PointTable, points: Readonly<Record<string, number>>): number {
  const periods = parsePointTable(table).periods ?? []
  checkShape('points', points)
  const missing = periods.find(({ id }) => points[id] === undefined)
  if (missing || periods.length === 0) {
    const id = missing?.id ?? 'periods'
    throw new TargetsError(
      'WRONG_TYPE',
      { vi: `${id}: còn thiếu điểm của kỳ`, en: `${id}: the points of the period are missing` },
      id,
    )
  }
  const all = periods.reduce((sum, { weight }) => sum + weight, 0)
  return tidy(periods.reduce((sum, { id, weight }) => sum + weight * (points[id] as number), 0) / all)
}
