import type { Text } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import type { Evaluation } from '../evaluation/result.ts'
import { defaultPolicy } from './default-policy.ts'
import { compilePolicy, type Policy, type TieBreak } from './policy.ts'
import { score } from './score.ts'

export interface RankEntry {
  /** Any name that is unique among the entries, a GSO code for example. */
  readonly unit: string
  readonly evaluation: Evaluation
  /** What is known of the unit's eligibility; absent or null is unknown, and excludes nobody. */
  readonly facts?: Readonly<Record<string, boolean | number | null>>
}

export interface Ranked {
  readonly unit: string
  /** 1, 2, 2, 4; null where the unit is not eligible. */
  readonly rank: number | null
  /** Shares its rank: to be settled by ballot. */
  readonly tied: boolean
  readonly score: number
  readonly eligible: boolean
  /** Failed and unconfirmed requirements, and a tie. */
  readonly reasons: readonly Text[]
  readonly met: number
  readonly exceeded: number
  readonly noData: number
}

/**
 * Ranks the members of one cluster or bloc, best first: score, then the policy's tie-breaks. What is still equal shares
 * a rank and is to be settled by ballot; no difference is invented. Units that are not eligible come last, unranked, in the
 * order of their names. The order of the entries does not matter.
 * @throws {TargetsError} `BAD_POLICY` or `BAD_CONDITION`; `BAD_OPTION` where a unit is named twice
 */
export function rank(entries: readonly RankEntry[], policy: Policy = defaultPolicy): Ranked[] {
  compilePolicy(policy)
  refuseDuplicates(entries)
  const rows = entries.map((entry) => rowOf(entry, policy))
  const order = (a: Standing, b: Standing) => compareRows(a, b, policy.tieBreaks)
  rows.sort(
    (a, b) => Number(b.eligible) - Number(a.eligible) || (a.eligible ? order(a, b) : 0) || byName(a.unit, b.unit),
  )
  let place = 0
  return rows.map(({ failed: _, ...row }, i): Ranked => {
    if (!row.eligible) return { ...row, rank: null, tied: false }
    const equals = (other: Row | undefined) => other?.eligible === true && order(row, other) === 0
    if (!equals(rows[i - 1])) place = i + 1
    const tied = equals(rows[i - 1]) || equals(rows[i + 1])
    return { ...row, rank: place, tied, reasons: tied ? [...row.reasons, TIED] : row.reasons }
  })
}

type Standing = Pick<Ranked, 'score' | 'met' | 'exceeded' | 'noData'>

/** A unit's score and eligibility, before it is held against others. */
export interface Row {
  readonly unit: string
  readonly score: number
  readonly eligible: boolean
  readonly reasons: readonly Text[]
  /** Ids of the eligibility rules that it fails. */
  readonly failed: readonly string[]
  readonly met: number
  readonly exceeded: number
  readonly noData: number
}

/** What one entry comes to by itself. */
export function rowOf({ unit, evaluation, facts }: RankEntry, policy: Policy): Row {
  const { points } = score(evaluation, policy, facts)
  const { met, exceeded, noData } = evaluation.summary
  const known = knownFacts(evaluation, points, policy, facts)
  const failed: string[] = []
  const reasons: Text[] = []
  for (const { rule, test } of compilePolicy(policy).eligibility) {
    const holds = test(known)
    if (holds === true) continue
    if (holds === false) failed.push(rule.id)
    reasons.push(reasonFor(rule.requirement, holds, rule.otherwise === 'pause'))
  }
  return { unit, score: points, eligible: failed.length === 0, reasons, failed, met, exceeded, noData }
}

/** The facts that eligibility may ask for: the reported ones and those that follow from the evaluation. */
export function knownFacts(
  { summary: { met, noData, total, notApplicable } }: Evaluation,
  points: number,
  policy: Policy,
  facts: RankEntry['facts'],
): Record<string, boolean | number | null> {
  const applicable = total - notApplicable
  return {
    ...facts,
    score: points * (100 / policy.scale),
    metRatio: applicable === 0 ? null : met / applicable,
    noDataRatio: applicable === 0 ? null : noData / applicable,
  }
}

const TIED: Text = {
  vi: 'Bằng điểm và bằng mọi tiêu chí phụ: phân định bằng bỏ phiếu',
  en: 'Equal in score and in every tie-break: to be settled by ballot',
}

/** Scores are compared to nine decimals: what differs less is a matter of binary arithmetic. */
const comparable = (value: number) => Math.round(value * 1e9)

export function compareRows(a: Standing, b: Standing, tieBreaks: readonly TieBreak[]): number {
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
      `ballot: must order all units of one shared rank, each once; units with a shared rank: ${shared.join(', ') || 'none'}`,
      'order',
    )
  }
  const byUnit = new Map(group.map((one) => [one.unit, one]))
  const settled = order.map((unit, i): Ranked => {
    const one = byUnit.get(unit) as Ranked
    return {
      ...one,
      rank: (place as number) + i,
      tied: false,
      reasons: [...one.reasons.filter((text) => text.en !== TIED.en), BY_BALLOT],
    }
  })
  const first = ranking.findIndex(({ rank: other }) => other === place)
  return ranking.toSpliced(first, group.length, ...settled)
}

const BY_BALLOT: Text = { vi: 'Thứ tự do bỏ phiếu', en: 'Order settled by ballot' }

const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function reasonFor(requirement: Text, holds: false | null, paused: boolean): Text {
  if (holds === null) return { vi: `Chưa xác nhận: ${requirement.vi}`, en: `Unconfirmed: ${requirement.en}` }
  return paused
    ? { vi: `Tạm dừng xét: ${requirement.vi} – chưa đáp ứng`, en: `Paused, requirement open: ${requirement.en}` }
    : {
        vi: `Không đủ điều kiện: ${requirement.vi} – không đáp ứng`,
        en: `Not eligible, requirement failed: ${requirement.en}`,
      }
}

function refuseDuplicates(entries: readonly RankEntry[]): void {
  const seen = new Set<string>()
  for (const { unit } of entries) {
    if (seen.has(unit)) throw new TargetsError('BAD_OPTION', `entries: unit "${unit}" is named twice`, unit)
    seen.add(unit)
  }
}
