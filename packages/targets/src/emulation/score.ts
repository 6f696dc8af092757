import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import type { Status } from '../evaluation/status.ts'
import { tidy } from '../rules/decimal.ts'
import { defaultPolicy } from './default-policy.ts'
import { type Criterion, compilePolicy, outOfCriterion, type Policy, type WeightGroup } from './policy.ts'

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
    | 'credit.partial'
    | 'credit.none'
    | 'missing'
    | 'missing.left-out'
    | 'criteria.yes-no'
    | 'criteria.count'
    | 'criteria.adjustment'
    | 'floor'
}

export interface Score {
  /** From 0 to `outOf`; above it only by a bonus. */
  readonly points: number
  /** The policy's scale. */
  readonly outOf: number
  /** A line for each applicable indicator and each criterion; their points add up to `points`. */
  readonly trace: readonly ScoreLine[]
}

export type ScoreFacts = Readonly<Record<string, boolean | number | null | undefined>>

/**
 * Points over the applicable indicators, by weight, scaled to what the criteria leave of the policy's scale: full points
 * where the target is met, in proportion to completion from `credit.partialFrom` up, none below that or without data. Then
 * the points of the criteria. Penalties stop at 0.
 * @param facts what the criteria ask for; absent or null earns nothing
 * @throws {TargetsError} `BAD_POLICY` where the policy does not validate
 */
export function score(evaluation: Evaluation, policy: Policy = defaultPolicy, facts: ScoreFacts = {}): Score {
  const { indicatorPoints } = compilePolicy(policy)
  const lines = evaluation.results.filter((result) => result.status !== 'NOT_APPLICABLE')
  const leftOut = policy.credit.missing === 'leave-out'
  const weights = weightsOf(
    policy,
    lines.map(({ indicatorId, status }) => (leftOut && status === 'NO_DATA' ? null : indicatorId)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const trace = lines.map((result, i): ScoreLine => {
    const weight = weights[i] as number
    const { credit, clause } = creditOf(result, policy)
    const outOf = total === 0 ? 0 : (indicatorPoints * weight) / total
    return {
      indicatorId: result.indicatorId,
      criterionId: null,
      status: result.status,
      value: result.value,
      weight,
      credit,
      points: outOf * credit,
      outOf,
      clause,
    }
  })
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

function creditOf(result: IndicatorResult, policy: Policy): Pick<ScoreLine, 'credit' | 'clause'> {
  if (result.status === 'NO_DATA') {
    const { missing = 0 } = policy.credit
    return missing === 'leave-out' ? { credit: 0, clause: 'missing.left-out' } : { credit: missing, clause: 'missing' }
  }
  if (result.status === 'MET') {
    const { exceeded } = policy.bonus
    return result.exceeded && exceeded > 0
      ? { credit: 1 + exceeded, clause: 'bonus.exceeded' }
      : { credit: 1, clause: 'met' }
  }
  const completion = Math.min(result.completion ?? 0, 1)
  return completion >= policy.credit.partialFrom
    ? { credit: completion, clause: 'credit.partial' }
    : { credit: 0, clause: 'credit.none' }
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

/** Where two scores part, line by line, the greatest difference first; lines that bring the same are left out. */
export function compareScores(own: Score, other: Score): ScoreDifference[] {
  const key = ({ indicatorId, criterionId, clause }: ScoreLine) => indicatorId ?? criterionId ?? clause
  const theirs = new Map(other.trace.map((line) => [key(line), line]))
  const mine = new Set(own.trace.map(key))
  const pairs: [ScoreLine, number, number][] = [
    ...own.trace.map((line): [ScoreLine, number, number] => [line, line.points, theirs.get(key(line))?.points ?? 0]),
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
