import { compareDecimal, tidy } from '../decimal.ts'
import { isRecord, wrongType } from '../errors.ts'
import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import type { Status } from '../evaluation/status.ts'
import { compilePolicy, outOfCriterion } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Criterion, Policy, WeightGroup } from './policy.ts'
import { checkFacts, type ReportedFacts } from './policy-facts.ts'
import { checkEvaluation, countedResults } from './standing.ts'

/** What one indicator, or one criterion, brought to a score, and by which clause of the policy. */
export interface ScoreLine {
  /** Null in the line of a criterion. */
  readonly indicatorId: string | null
  /** Null in the line of an indicator. */
  readonly criterionId: string | null
  readonly status: Status | null
  readonly value: number | boolean | null
  /** Of an indicator among the indicators; 0 for a criterion. */
  readonly weight: number
  /** Share of the line's points that was earned; above 1 with a bonus; 0 for an adjustment, whose points are its own. */
  readonly credit: number
  readonly points: number
  readonly outOf: number
  readonly clause:
    | 'met'
    | 'bonus.exceeded'
    | 'pace'
    | 'pace.behind'
    | 'credit.partial'
    | 'credit.none'
    | 'broken'
    | 'undecided'
    | 'missing'
    | 'missing.left-out'
    | 'criteria.yes-no'
    | 'criteria.count'
    | 'criteria.adjustment'
    | 'bonus.cap'
    | 'floor'
}

export interface Score {
  /** From 0 to `outOf`; above it only by a bonus. */
  readonly points: number
  /** The policy's scale. */
  readonly outOf: number
  /** A line for each indicator that counts and each criterion; their points add up to `points`. */
  readonly trace: readonly ScoreLine[]
}

export type ScoreFacts = ReportedFacts

/**
 * Points over the indicators that count, by weight, scaled to what the criteria leave of the policy's scale. A target that
 * is met earns all; inside the year so does one that is on schedule or ahead, and one that is behind the ratio to its
 * schedule, from `credit.partialFrom` up; a miss earns its completion from there up, never all. Then the points of the
 * criteria. Penalties stop at 0.
 * @param facts what the criteria ask for; absent or null earns nothing
 * @throws {TargetsError} `BAD_POLICY` where the policy does not validate; `UNKNOWN_INDICATOR`, `UNKNOWN_FACT`, `WRONG_TYPE`
 */
export function score(evaluation: Evaluation, policy: Policy = defaultPolicy, facts: ScoreFacts = {}): Score {
  const compiled = compilePolicy(policy)
  checkEvaluation(evaluation, policy)
  checkFacts(facts, compiled.facts)
  return scoreChecked(evaluation, policy, facts)
}

/** {@link score} of what has been checked already. */
export function scoreChecked(evaluation: Evaluation, policy: Policy, facts: ScoreFacts): Score {
  const { indicatorPoints } = compilePolicy(policy)
  const results = countedResults(evaluation, policy)
  const over = (evaluation.basis?.asOf ?? null) === null
  const lines = results.map((result) => ({ result, ...creditOf(result, policy, over) }))
  const ids = results.map(({ indicatorId }) => indicatorId)
  const weights = weightsOf(
    policy,
    lines.map(({ clause }, i) => (clause === 'missing.left-out' ? null : (ids[i] as string))),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  // A bonus is a share of what an indicator weighs when nothing is left out: another's figure never changes it.
  const whole = policy.bonus.exceeded > 0 ? weightsOf(policy, ids) : weights
  const ofAll = policy.bonus.exceeded > 0 ? whole.reduce((sum, weight) => sum + weight, 0) : total
  let bonuses = 0
  const trace = lines.map(({ result, credit, clause, bonus }, i): ScoreLine => {
    const { indicatorId, status, value } = result
    const weight = weights[i] as number
    const outOf = total === 0 ? 0 : (indicatorPoints * weight) / total
    const extra = bonus === 0 || ofAll === 0 ? 0 : (indicatorPoints * (whole[i] as number) * bonus) / ofAll
    bonuses += extra
    const points = outOf * credit + extra
    const earned = extra === 0 || outOf === 0 ? credit : points / outOf
    return { indicatorId, criterionId: null, status, value, weight, credit: earned, points, outOf, clause }
  })
  const { cap = Infinity } = policy.bonus
  if (bonuses > cap) trace.push({ ...EMPTY_LINE, points: cap - bonuses, clause: 'bonus.cap' })
  for (const criterion of policy.criteria ?? []) trace.push(lineOf(criterion, facts[criterion.fact] ?? null))
  const sum = trace.reduce((points, line) => points + line.points, 0)
  if (sum < 0) trace.push({ ...EMPTY_LINE, points: -sum, clause: 'floor' })
  return { points: tidy(Math.max(sum, 0)), outOf: policy.scale, trace }
}

/** The weight of each indicator that counts for a unit, in the order given; 0 where null stands for one that is left out. */
export function weightsOf(policy: Policy, indicatorIds: readonly (string | null)[]): number[] {
  const { groups } = compilePolicy(policy)
  const { indicators = {}, default: usual } = policy.weights
  if (groups.size === 0) return indicatorIds.map((id) => (id === null ? 0 : (indicators[id] ?? usual)))
  const inGroup = (id: string) => indicators[id] ?? 1
  const shares = new Map<WeightGroup, number>()
  for (const id of indicatorIds) {
    const group = id === null ? undefined : groups.get(id)
    if (id !== null && group) shares.set(group, (shares.get(group) ?? 0) + inGroup(id))
  }
  return indicatorIds.map((id) => {
    if (id === null) return 0
    const group = groups.get(id)
    if (!group) return indicators[id] ?? usual
    const all = shares.get(group) as number
    return all === 0 ? 0 : (group.weight * inGroup(id)) / all
  })
}

const EMPTY_LINE = {
  indicatorId: null,
  criterionId: null,
  status: null,
  value: null,
  weight: 0,
  credit: 0,
  outOf: 0,
} as const

function lineOf(criterion: Criterion, value: boolean | number | null): ScoreLine {
  const outOf = outOfCriterion(criterion)
  const points = pointsOf(criterion, Number(value ?? 0))
  return {
    ...EMPTY_LINE,
    criterionId: criterion.id,
    value,
    credit: outOf === 0 ? 0 : points / outOf,
    points,
    outOf,
    clause: value === null ? 'missing' : `criteria.${criterion.kind}`,
  }
}

function pointsOf(criterion: Criterion, amount: number): number {
  switch (criterion.kind) {
    case 'yes-no':
      return amount > 0 ? criterion.points : 0
    case 'count':
      return Math.min(Math.max(amount, 0) * criterion.pointsEach, criterion.cap)
    case 'adjustment':
      return Math.min(Math.max(amount * criterion.pointsEach, criterion.least), criterion.most)
  }
}

/** The most that a miss earns, however near. */
export const MOST_OF_A_MISS = 0.99

interface Credit extends Pick<ScoreLine, 'credit' | 'clause'> {
  /** Share of the indicator's points, beside the credit. */
  readonly bonus: number
}

/** @param over the year is over */
function creditOf(result: IndicatorResult, policy: Policy, over: boolean): Credit {
  const { partialFrom, missing = 0 } = policy.credit
  const { status, pace, schedule, completion, final, better, margin } = result
  const partial = (share: number | null, most: number, clause: ScoreLine['clause'] = 'credit.partial'): Credit =>
    share !== null && compareDecimal(share, partialFrom) >= 0
      ? { credit: Math.min(share, most), clause, bonus: 0 }
      : { credit: 0, clause: 'credit.none', bonus: 0 }
  switch (status) {
    case 'MET': {
      const bonus = bonusOf(result, policy)
      return { credit: 1, clause: bonus > 0 ? 'bonus.exceeded' : 'met', bonus }
    }
    case 'IN_PROGRESS':
      if (pace === 'AHEAD' || pace === 'ON_TRACK') return { credit: 1, clause: 'pace', bonus: 0 }
      if (pace === 'BEHIND') return partial(schedule, 1, 'pace.behind')
      // Where it should stay, though a range that begins at 0 gives no share to say so by.
      return partial(better === 'near' && margin === 0 ? 1 : completion, 1)
    case 'NOT_MET':
      // Broken before it closed, so that it may still get worse.
      if (final === false && better === 'less') return { credit: 0, clause: 'broken', bonus: 0 }
      // Too much of what should be near: after the year it is worth what too little is, which is undecided.
      if (final === false && over) break
      return partial(completion, MOST_OF_A_MISS)
  }
  if (missing === 'leave-out') return { credit: 0, clause: 'missing.left-out', bonus: 0 }
  return { credit: missing, clause: status === 'NO_DATA' ? 'missing' : 'undecided', bonus: 0 }
}

function bonusOf({ exceeded, margin, target, better }: IndicatorResult, { bonus }: Policy): number {
  if (!exceeded || bonus.exceeded === 0) return 0
  if (bonus.above === undefined || typeof margin !== 'number' || !target) return bonus.exceeded
  const goal = target.comparator === 'between' ? (better === 'less' ? target.high : target.low) : Number(target.value)
  return compareDecimal(margin, Math.abs(goal) * bonus.above) > 0 ? bonus.exceeded : 0
}

/** What one indicator or criterion brought to one unit and to another. */
export interface ScoreDifference {
  readonly indicatorId: string | null
  readonly criterionId: string | null
  readonly own: number
  readonly other: number
  /** own − other. */
  readonly difference: number
}

/**
 * Where two scores part, line by line, the greatest difference first; lines that bring the same are left out.
 * @throws {TargetsError} `WRONG_TYPE` where these are no scores
 */
export function compareScores(score: Score, other: Score): ScoreDifference[] {
  for (const [path, side] of [
    ['own', score],
    ['other', other],
  ] as const) {
    const isLine = (line: unknown) => isRecord(line) && Number.isFinite(line.points)
    if (!isRecord(side) || !Array.isArray(side.trace) || !side.trace.every(isLine)) {
      throw wrongType(path, 'kết quả của score', 'what score gave', side)
    }
  }
  const key = ({ indicatorId, criterionId, clause }: ScoreLine) => indicatorId ?? criterionId ?? clause
  const theirs = new Map(other.trace.map((line) => [key(line), line]))
  const mine = new Set(score.trace.map(key))
  const pairs: [ScoreLine, number, number][] = [
    ...score.trace.map((line): [ScoreLine, number, number] => [line, line.points, theirs.get(key(line))?.points ?? 0]),
    ...other.trace
      .filter((line) => !mine.has(key(line)))
      .map((line): [ScoreLine, number, number] => [line, 0, line.points]),
  ]
  return pairs
    .map(([{ indicatorId, criterionId }, a, b]) => ({
      indicatorId,
      criterionId,
      own: a,
      other: b,
      difference: tidy(a - b),
    }))
    .filter(({ difference }) => Math.abs(difference) > 1e-9)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
}
