import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import type { Status } from '../evaluation/status.ts'
import { tidy } from '../rules/decimal.ts'
import { defaultPolicy } from './default-policy.ts'
import { compilePolicy, type Policy } from './policy.ts'

/** What one indicator brought to a score, and by which clause of the policy. */
export interface ScoreLine {
  readonly indicatorId: string
  readonly status: Status
  readonly value: number | boolean | null
  readonly weight: number
  /** Share of the indicator's points that was earned; above 1 with a bonus. */
  readonly credit: number
  readonly points: number
  readonly outOf: number
  readonly clause: 'met' | 'bonus.exceeded' | 'credit.partial' | 'credit.none' | 'missing'
}

export interface Score {
  /** From 0 to `outOf`; above it only by a bonus. */
  readonly points: number
  /** The policy's scale. */
  readonly outOf: number
  /** One line for each applicable indicator; their points add up to `points`. */
  readonly trace: readonly ScoreLine[]
}

/**
 * Points over the applicable indicators, by weight, scaled to the policy's scale. Full points where the target is met, in
 * proportion to completion from `credit.partialFrom` up, none below that or without data.
 * @throws {TargetsError} `BAD_POLICY` where the policy does not validate or gives every applicable indicator no weight
 */
export function score(evaluation: Evaluation, policy: Policy = defaultPolicy): Score {
  compilePolicy(policy)
  const lines = evaluation.results
    .filter((result) => result.status !== 'NOT_APPLICABLE')
    .map((result) => ({ result, weight: policy.weights.indicators?.[result.indicatorId] ?? policy.weights.default }))
  const total = lines.reduce((sum, { weight }) => sum + weight, 0)
  const trace = lines.map(({ result, weight }): ScoreLine => {
    const { credit, clause } = creditOf(result, policy)
    const outOf = total === 0 ? 0 : (policy.scale * weight) / total
    return {
      indicatorId: result.indicatorId,
      status: result.status,
      value: result.value,
      weight,
      credit,
      points: outOf * credit,
      outOf,
      clause,
    }
  })
  return { points: tidy(trace.reduce((sum, { points }) => sum + points, 0)), outOf: policy.scale, trace }
}

function creditOf(result: IndicatorResult, policy: Policy): Pick<ScoreLine, 'credit' | 'clause'> {
  if (result.status === 'NO_DATA') return { credit: 0, clause: 'missing' }
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
