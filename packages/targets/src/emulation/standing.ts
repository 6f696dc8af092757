// What of an evaluation counts by a policy.
import { isRecord, wrongType } from '../errors.ts'
import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import { StatusCode } from '../evaluation/status.ts'
import { unknownIndicator } from '../rules/options.ts'
import { compilePolicy } from './compile-policy.ts'
import type { Policy } from './policy.ts'

/** The counted figures of a unit; those of a level that was inherited are none, unless the policy counts them. */
export interface Counts {
  readonly counted: number
  /** With a figure that decides something. */
  readonly there: number
  readonly met: number
  readonly exceeded: number
  readonly noData: number
}

/** The default of `leastShare`. */
const HALF = 0.5

export const leastShareOf = ({ leastShare = HALF }: Policy): number => leastShare

/** Whether enough is there for a rank: exactly the share is; nothing to count is not. */
export const isEnough = ({ counted, there }: Pick<Counts, 'counted' | 'there'>, share: number): boolean =>
  counted > 0 && there >= counted * share - 1e-9

/** The results that count, in their order. */
export function countedResults({ results }: Evaluation, policy: Policy): IndicatorResult[] {
  const levelsCount = policy.inheritedLevels === 'count'
  return results.filter(
    ({ status, inherited }) => status !== 'NOT_APPLICABLE' && (levelsCount || inherited !== 'level'),
  )
}

/** @param weights of the counted results: what weighs nothing is not counted */
export function countsOf(results: readonly IndicatorResult[], weights: readonly number[]): Counts {
  const counts = { counted: 0, there: 0, met: 0, exceeded: 0, noData: 0 }
  results.forEach(({ status, exceeded }, i) => {
    if (weights[i] === 0) return
    counts.counted++
    if (status === 'NO_DATA') counts.noData++
    else if (status !== 'UNDECIDED') counts.there++
    if (status === 'MET') counts.met++
    if (status === 'MET' && exceeded) counts.exceeded++
  })
  return counts
}

/** What a result may say of itself; what it leaves out is not known. */
const SAYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  margin: isNumber,
  completion: isNumber,
  schedule: isNumber,
  exceeded: isYesNo,
  final: isYesNo,
  inherited: (value) => value === null || value === 'change' || value === 'level',
  better: (value) => value === 'more' || value === 'less' || value === 'near',
  pace: (value) => value === null || value === 'AHEAD' || value === 'ON_TRACK' || value === 'BEHIND',
  target: (value) =>
    value === null ||
    (isRecord(value) &&
      (value.comparator === 'between' ? isBound(value.low) && isBound(value.high) : isBound(value.value))),
}

function isNumber(value: unknown): boolean {
  return value === null || (typeof value === 'number' && !Number.isNaN(value))
}

function isYesNo(value: unknown): boolean {
  return typeof value === 'boolean'
}

function isBound(value: unknown): boolean {
  return value === true || Number.isFinite(value)
}

const CHECKS = Object.entries(SAYS)

/** @throws {TargetsError} `WRONG_TYPE` where it is no evaluation; `UNKNOWN_INDICATOR` where the policy weighs what is not in it */
export function checkEvaluation(evaluation: unknown, policy: Policy, unit?: string): void {
  const where = unit === undefined ? 'evaluation' : `evaluation (${unit})`
  const results: unknown = isRecord(evaluation) ? evaluation.results : undefined
  const seen = new Set<unknown>()
  const isResult = (value: unknown) =>
    isRecord(value) &&
    typeof value.indicatorId === 'string' &&
    typeof value.status === 'string' &&
    Object.hasOwn(StatusCode, value.status) &&
    CHECKS.every(([key, fits]) => value[key] === undefined || fits(value[key])) &&
    // Twice the same would count twice.
    seen.size < seen.add(value.indicatorId).size
  if (!Array.isArray(results) || !results.every(isResult)) {
    throw wrongType(where, 'kết quả của evaluate', 'what evaluate gave', evaluation, 'WRONG_TYPE', 'evaluation')
  }
  checkWeights(
    policy,
    results.map(({ indicatorId }) => indicatorId as string),
  )
}

/** @throws {TargetsError} `UNKNOWN_INDICATOR` for a weight of an indicator that is not among these */
export function checkWeights(policy: Policy, indicatorIds: readonly string[]): void {
  const { groups } = compilePolicy(policy)
  const { indicators = {} } = policy.weights
  const ids = Object.keys(indicators)
  if (ids.length === 0 && groups.size === 0) return
  const known = new Set(indicatorIds)
  for (const id of ids) if (!known.has(id)) throw unknownIndicator(id, known, 'policy.weights.indicators')
  for (const id of groups.keys()) if (!known.has(id)) throw unknownIndicator(id, known, 'policy.weights.groups')
}
