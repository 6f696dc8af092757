import { isRecord, TargetsError, wrongType } from '../errors.ts'
import { wholeOf } from '../rounding.ts'
import { type CompiledCondition, type Condition, compileCondition } from '../rules/conditions.ts'
import { listing, problemsIn } from '../shape.ts'
import type { Criterion, EligibilityRule, Policy, Quota, WeightGroup } from './policy.ts'
import { type FactType, factTypes, namesOf } from './policy-facts.ts'
import { policySchema } from './schema.ts'

export interface CompiledPolicy {
  readonly policy: Policy
  /** The group of each indicator that is in one. */
  readonly groups: ReadonlyMap<string, WeightGroup>
  /** What the criteria leave of the scale for the indicators. */
  readonly indicatorPoints: number
  readonly eligibility: readonly { readonly rule: EligibilityRule; readonly test: CompiledCondition }[]
  /** Who qualifies for the award of each quota; null: everybody. */
  readonly qualifies: readonly (CompiledCondition | null)[]
  /** The facts that may be reported, with what they are. */
  readonly facts: ReadonlyMap<string, FactType>
}

const compiled = new WeakMap<object, CompiledPolicy>()

/**
 * Checks a policy and compiles its conditions, once for each policy object.
 * @throws {TargetsError} `BAD_POLICY` or `BAD_CONDITION`, with the path and what would be right
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const known = typeof policy === 'object' && policy !== null ? compiled.get(policy) : undefined
  if (known) return known
  const problems = problemsIn(policySchema, policy).map((problem) => ({
    ...problem,
    path: problem.path === '' ? 'policy' : `policy.${problem.path}`,
  }))
  if (problems.length > 0) {
    throw new TargetsError(
      'BAD_POLICY',
      listing(problems),
      problems[0]?.path.replace(/^policy\.?/, ''),
      problems[0]?.nearest,
    )
  }
  const result: CompiledPolicy = {
    policy,
    groups: groupsOf(policy),
    indicatorPoints: indicatorPointsOf(policy),
    facts: factTypes(policy, refuse),
    ...conditionsOf(policy),
  }
  checkAwards(policy)
  compiled.set(policy, result)
  return result
}

const refuse = (path: string, vi: string, en: string): never => {
  throw new TargetsError('BAD_POLICY', { vi: `policy.${path}: ${vi}`, en: `policy.${path}: ${en}` }, path)
}

function groupsOf({ weights }: Policy): Map<string, WeightGroup> {
  const groups = new Map<string, WeightGroup>()
  weights.groups?.forEach((group, i) => {
    group.indicators.forEach((id, j) => {
      const other = groups.get(id)
      const path = `weights.groups[${i}].indicators[${j}]`
      if (other) refuse(path, `"${id}" đã thuộc nhóm "${other.id}"`, `"${id}" is in group "${other.id}" already`)
      groups.set(id, group)
    })
  })
  const weighing = [
    weights.default,
    ...Object.entries(weights.indicators ?? {}).flatMap(([id, weight]) => (groups.has(id) ? [] : [weight])),
    ...(weights.groups ?? []).map(({ weight }) => weight),
  ]
  if (weighing.every((weight) => weight === 0)) {
    refuse(
      'weights',
      'tất cả bằng 0: phải có ít nhất một chỉ tiêu được tính',
      'all are zero: at least one indicator must count',
    )
  }
  return groups
}

function indicatorPointsOf({ criteria = [], scale }: Policy): number {
  criteria.forEach((criterion, i) => {
    const path = `criteria[${i}]`
    for (const key of ['points', 'pointsEach', 'cap', 'least', 'most'] as const) {
      const points = (criterion as Partial<Record<typeof key, number>>)[key]
      if (points === undefined || Math.abs(points) <= scale) continue
      refuse(
        `${path}.${key}`,
        `phải là số từ 0 đến ${scale}, không phải ${points}`,
        `must be a number from 0 to ${scale}, not ${points}`,
      )
    }
    if (criteria.findIndex(({ id }) => id === criterion.id) < i) {
      refuse(`${path}.id`, `"${criterion.id}" bị dùng hai lần`, `"${criterion.id}" is used twice`)
    }
  })
  const taken = criteria.reduce((sum, criterion) => sum + outOfCriterion(criterion), 0)
  if (taken > scale)
    refuse('criteria', `chiếm ${taken} trên thang ${scale} điểm`, `take ${taken} points of a scale of ${scale}`)
  return scale - taken
}

function conditionsOf(policy: Policy): Pick<CompiledPolicy, 'eligibility' | 'qualifies'> {
  const options = {
    facts: namesOf(policy),
    counted: { parts: 0 },
    ...(policy.conditions ? { named: policy.conditions } : {}),
  }
  const compile = (condition: Condition, path: string) =>
    compileCondition(condition, { ...options, path: `policy.${path}` })
  // One that nothing refers to must be right too, on an account of its own.
  for (const [name, condition] of Object.entries(policy.conditions ?? {})) {
    compileCondition(condition, { ...options, counted: { parts: 0 }, path: `policy.conditions.${name}` })
  }
  return {
    eligibility: policy.eligibility.map((rule, i) => ({ rule, test: compile(rule.when, `eligibility[${i}].when`) })),
    qualifies: policy.quotas.map(({ when }, i) => (when ? compile(when, `quotas[${i}].when`) : null)),
  }
}

function checkAwards({ quotas, overall }: Policy): void {
  const awards = quotas.map(({ award }) => award)
  quotas.forEach(({ award, seats, above, share, rounding }, i) => {
    if (rounding !== undefined && share === undefined) {
      refuse(`quotas[${i}].rounding`, 'chỉ làm tròn số suất theo share', 'rounds only seats by a share')
    }
    if (awards.indexOf(award) < i)
      refuse(`quotas[${i}].award`, `"${award}" bị dùng hai lần`, `"${award}" is used twice`)
    if (above && above.seats < seats) {
      refuse(`quotas[${i}].above.seats`, `phải từ ${seats} trở lên`, `must be a whole number, ${seats} or more`)
    }
  })
  if (!overall) return
  const { among, award } = overall
  if (!awards.includes(among)) {
    const all = awards.join(', ')
    refuse('overall.among', `"${among}" không có trong quotas: ${all}`, `"${among}" is no award of the quotas: ${all}`)
  }
  if (awards.includes(award)) {
    refuse('overall.award', `"${award}" đã có trong quotas`, `"${award}" is an award of the quotas already`)
  }
}

/** The points of the scale that a criterion takes. */
export function outOfCriterion(criterion: Criterion): number {
  return criterion.kind === 'yes-no' ? criterion.points : criterion.kind === 'count' ? criterion.cap : 0
}

/**
 * Refuses quotas with more seats than a cluster has members: nearly always a slip in the policy, where the seats are
 * meant to part the members.
 * @throws {TargetsError} `BAD_POLICY` with the path
 */
export function checkQuotas(policy: Policy, members: number): void {
  compilePolicy(policy)
  checkMembers(members)
  policy.quotas.forEach((quota, i) => {
    const seats = seatsIn(quota, members)
    if (seats <= members) return
    const path = `quotas[${i}].seats`
    refuse(
      path,
      `${seats} suất cho ${members} thành viên: tối đa ${members}`,
      `${seats} seats for ${members} members: at most ${members}`,
    )
  })
}

/**
 * The seats of an award in a cluster of so many members.
 * @throws {TargetsError} `WRONG_TYPE` where they are no number of members
 */
export function seatsIn(quota: Quota, members: number): number {
  if (!isRecord(quota)) throw wrongType('quota', 'một mục của quotas', 'one of the quotas', quota)
  checkMembers(members)
  const { seats, above, share = 0, rounding = 'down' } = quota
  return Math.max(above && members > above.members ? above.seats : seats, wholeOf(members * share, rounding))
}

function checkMembers(members: number): void {
  if (!Number.isInteger(members) || members < 0)
    throw wrongType('members', 'một số nguyên không âm', 'a whole number', members)
}
