import type { Text } from '../directive/types.ts'
import { isRecord, TargetsError, wrongType } from '../errors.ts'
import type { Evaluation, EvaluationBasis } from '../evaluation/result.ts'
import { checkKeys } from '../rules/options.ts'
import { compilePolicy } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy, TieBreak } from './policy.ts'
import { checkFacts, type ReportedFacts } from './policy-facts.ts'
import { BY_BALLOT, notEnough, reasonFor, TIED, tooLittleInAll } from './reasons.ts'
import { scoreChecked, weightsOf } from './score.ts'
import { type Counts, checkEvaluation, countedResults, countsOf, isEnough, leastShareOf } from './standing.ts'

export interface RankEntry {
  /** Any name that is unique among the entries, a GSO code for example. */
  readonly unit: string
  readonly evaluation: Evaluation
  /** What is known of the unit's eligibility; absent or null is unknown, and excludes nobody. */
  readonly facts?: ReportedFacts | undefined
}

export interface Ranked extends Counts {
  readonly unit: string
  /** 1, 2, 2, 4; null where the unit is not eligible, or too few of its figures are there. */
  readonly rank: number | null
  /** Shares its rank: to be settled by ballot. */
  readonly tied: boolean
  readonly score: number
  readonly eligible: boolean
  /** Failed and unconfirmed requirements, too few figures, and a tie. */
  readonly reasons: readonly Text[]
  /** All that the conditions of awards may ask for. */
  readonly facts: Readonly<Record<string, boolean | number | null>>
}

/**
 * Ranks the members of one cluster or bloc, best first: score, then the policy's tie-breaks. What is still equal shares
 * a rank and is to be settled by ballot; no difference is invented. Units of which too few figures are there follow without
 * a rank, then those that are not eligible, each in the order of their names. The order of the entries does not matter.
 * @throws {TargetsError} `BAD_POLICY` or `BAD_CONDITION`; `UNKNOWN_FACT`, `UNKNOWN_INDICATOR`, `WRONG_TYPE`; `BAD_OPTION`
 *   where a unit is named twice, where an entry has another key, or where two were judged by different directives, on different dates or at different levels
 */
export function rank(entries: readonly RankEntry[], policy: Policy = defaultPolicy): Ranked[] {
  checkEntries(entries, policy)
  return placed(
    entries.map((entry) => rowOf(entry, policy)),
    policy,
  )
}

const ENTRY = ['unit', 'evaluation', 'facts']

/** What {@link rank} asks of its entries. */
export function checkEntries(entries: readonly RankEntry[], policy: Policy): void {
  const { facts: types } = compilePolicy(policy)
  if (!Array.isArray(entries)) throw wrongType('entries', 'một danh sách', 'a list', entries)
  const seen = new Set<string>()
  let first: { readonly unit: string; readonly basis: EvaluationBasis } | null = null
  for (let i = 0; i < entries.length; i++) {
    const entry: unknown = entries[i]
    const path = `entries[${i}]`
    if (!isRecord(entry)) throw wrongType(path, 'một đối tượng', 'an object', entry)
    checkKeys(entry, ENTRY, path, path)
    const { unit, facts = {} } = entry
    const evaluation = entry.evaluation as Evaluation
    if (typeof unit !== 'string' || unit === '')
      throw wrongType(`${path}.unit`, 'tên đơn vị', 'the name of a unit', unit)
    if (seen.has(unit)) {
      throw new TargetsError(
        'BAD_OPTION',
        { vi: `entries: đơn vị "${unit}" có hai lần`, en: `entries: unit "${unit}" is named twice` },
        unit,
      )
    }
    seen.add(unit)
    checkEvaluation(evaluation, policy, unit)
    checkFacts(facts, types, unit)
    const { basis } = evaluation
    if (!basis) continue
    if (!first) first = { unit, basis }
    else refuseOther(first, { unit, basis })
  }
}

type Based = { readonly unit: string; readonly basis: EvaluationBasis }

/** Points of other dates, levels or directives do not compare. */
function refuseOther(a: Based, b: Based): void {
  for (const key of ['directive', 'year', 'version', 'asOf', 'unitLevel'] as const) {
    if (a.basis[key] === b.basis[key]) continue
    const said = [a, b].map(({ unit, basis }) => `${unit} ${basis[key] ?? `${basis.year}-12-31`}`).join(', ')
    throw new TargetsError(
      'BAD_OPTION',
      {
        vi: `entries: không xếp hạng chung được các đơn vị khác nhau về ${key}: ${said}`,
        en: `entries: units that differ in ${key} can't be ranked together: ${said}`,
      },
      `entries.${key}`,
    )
  }
}

/** Puts rows in order and gives them their ranks. */
export function placed(rows: readonly Row[], policy: Policy): Ranked[] {
  const share = leastShareOf(policy)
  const byFigures = !policy.criteria?.length
  const sum = (key: 'counted' | 'there') => rows.reduce((all, row) => all + row[key], 0)
  const inAll = { counted: sum('counted'), there: sum('there') }
  const enoughInAll = !hasFigures(inAll, byFigures) || isEnough(inAll, share)
  const isRanked = (row: Row) => row.eligible && enoughInAll && (!hasFigures(row, byFigures) || isEnough(row, share))
  const order = (a: Row, b: Row) => compareRows(a, b, policy.tieBreaks)
  const group = (row: Row) => (isRanked(row) ? 0 : row.eligible ? 1 : 2)
  const sorted = rows.toSorted(
    (a, b) => group(a) - group(b) || (isRanked(a) ? order(a, b) : 0) || byName(a.unit, b.unit),
  )
  let place = 0
  return sorted.map(({ failed: _, ...row }, i): Ranked => {
    if (group(sorted[i] as Row) !== 0) {
      const short = !row.eligible ? [] : enoughInAll ? [notEnough(row, share)] : [tooLittleInAll(inAll, share)]
      return { ...row, rank: null, tied: false, reasons: [...row.reasons, ...short] }
    }
    const equals = (other: Row | undefined) => other !== undefined && isRanked(other) && order(row as Row, other) === 0
    if (!equals(sorted[i - 1])) place = i + 1
    const tied = equals(sorted[i - 1]) || equals(sorted[i + 1])
    return { ...row, rank: place, tied, reasons: tied ? [...row.reasons, TIED] : row.reasons }
  })
}

/** Where criteria bring points too, a unit that has no figures to count is ranked by them. */
const hasFigures = ({ counted }: { readonly counted: number }, byFigures: boolean) => byFigures || counted > 0

type Standing = Pick<Ranked, 'score' | 'met' | 'exceeded' | 'noData'>

/** A unit's score and eligibility, before it is held against others. */
export interface Row extends Counts {
  readonly unit: string
  readonly score: number
  readonly eligible: boolean
  readonly reasons: readonly Text[]
  /** Ids of the eligibility rules that it fails. */
  readonly failed: readonly string[]
  readonly facts: Ranked['facts']
}

/** What one entry comes to by itself; checked already. */
export function rowOf({ unit, evaluation, facts = {} }: RankEntry, policy: Policy): Row {
  const { points } = scoreChecked(evaluation, policy, facts)
  const results = countedResults(evaluation, policy)
  const counts = countsOf(
    results,
    weightsOf(
      policy,
      results.map(({ indicatorId }) => indicatorId),
    ),
  )
  const known = knownFacts(counts, points, policy, facts)
  const failed: string[] = []
  const reasons: Text[] = []
  for (const { rule, test } of compilePolicy(policy).eligibility) {
    const holds = test(known)
    if (holds === true) continue
    if (holds === false) failed.push(rule.id)
    reasons.push(reasonFor(rule, holds))
  }
  return { unit, score: points, eligible: failed.length === 0, reasons, failed, ...counts, facts: known }
}

/** The facts that conditions may ask for: the reported ones and those that follow from the evaluation. */
function knownFacts(
  { counted, met, exceeded, noData }: Counts,
  points: number,
  policy: Policy,
  facts: ReportedFacts,
): Record<string, boolean | number | null> {
  const ratio = (part: number) => (counted === 0 ? null : part / counted)
  const reported: Record<string, boolean | number | null> = {}
  for (const name in facts) reported[name] = facts[name] ?? null
  return {
    ...reported,
    score: points * (100 / policy.scale),
    metRatio: ratio(met),
    exceededRatio: ratio(exceeded),
    noDataRatio: ratio(noData),
  }
}

/** Scores are compared to nine decimals: what differs less is a matter of binary arithmetic. */
export const comparable = (value: number) => Math.round(value * 1e9)

function compareRows(a: Standing, b: Standing, tieBreaks: readonly TieBreak[]): number {
  const difference = comparable(b.score) - comparable(a.score)
  if (difference !== 0) return difference
  for (const key of tieBreaks) {
    const further = key === 'noData' ? a.noData - b.noData : b[key] - a[key]
    if (further !== 0) return further
  }
  return 0
}

/**
 * Applies the result of a ballot to units that share a rank: they then follow each other in the order of the vote.
 * @param order the units of one shared rank, all of them, best first
 * @throws {TargetsError} `BAD_OPTION` where these are not just the units of one shared rank
 */
export function settleTie(ranking: readonly Ranked[], order: readonly string[]): Ranked[] {
  checkRanking(ranking)
  if (!Array.isArray(order)) order = []
  const place = ranking.find(({ unit }) => unit === order[0])?.rank
  const group = place ? ranking.filter(({ rank: other }) => other === place) : []
  const names = group.map(({ unit }) => unit)
  if (
    group.length < 2 ||
    new Set(order).size !== order.length ||
    [...order].sort().join() !== [...names].sort().join()
  ) {
    const shared = ranking.filter(({ tied }) => tied).map(({ unit, rank: other }) => `${unit} (${other})`)
    throw new TargetsError(
      'BAD_OPTION',
      {
        vi: `bỏ phiếu: phải xếp đủ các đơn vị đồng hạng, mỗi đơn vị một lần; đang đồng hạng: ${shared.join(', ') || 'không có'}`,
        en: `ballot: must order all units of one shared rank, each once; units with a shared rank: ${shared.join(', ') || 'none'}`,
      },
      'order',
    )
  }
  const byUnit = new Map(group.map((ranked) => [ranked.unit, ranked]))
  const settled = order.map((unit, i): Ranked => {
    const ranked = byUnit.get(unit) as Ranked
    return {
      ...ranked,
      rank: (place as number) + i,
      tied: false,
      reasons: [...ranked.reasons.filter((text) => text.en !== TIED.en), BY_BALLOT],
    }
  })
  const first = ranking.findIndex(({ rank: other }) => other === place)
  return ranking.toSpliced(first, group.length, ...settled)
}

const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** @throws {TargetsError} `WRONG_TYPE` where it is not what `rank` gave */
export function checkRanking(ranking: unknown): asserts ranking is readonly Ranked[] {
  const isRanked = (value: unknown) =>
    isRecord(value) &&
    typeof value.unit === 'string' &&
    (value.rank === null || Number.isInteger(value.rank)) &&
    Number.isFinite(value.score) &&
    Array.isArray(value.reasons)
  if (Array.isArray(ranking) && ranking.every(isRanked)) return
  throw wrongType('ranking', 'kết quả của rank', 'what rank gave', ranking)
}
