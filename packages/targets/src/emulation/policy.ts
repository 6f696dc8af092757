import type { Text } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import { type CompiledCondition, type Condition, compileCondition } from '../rules/conditions.ts'

/** What must hold for a unit to be ranked, in json-rules-engine's condition format. */
export interface EligibilityRule {
  readonly id: string
  readonly when: Condition
  /** The requirement in words: shown as failed, or as unconfirmed. */
  readonly requirement: Text
  /** `exclude` (default), or `pause` while a case is open. Both leave the unit unranked. */
  readonly otherwise?: 'exclude' | 'pause'
}

/** Indicators that share one weight, whatever their number: of those that count for a unit, by their own weights. */
export interface WeightGroup {
  readonly id: string
  readonly name: Text
  readonly weight: number
  readonly indicators: readonly string[]
}

/** Seats for one award in one cluster. */
export interface Quota {
  readonly award: string
  readonly name: Text
  readonly seats: number
  /** More seats in larger clusters. */
  readonly above?: { readonly members: number; readonly seats: number }
}

/**
 * Points for something other than an indicator, by a fact that is reported with evidence:
 * - `yes-no`: its points where the fact is true
 * - `count`: so many points for each, up to the cap
 * - `adjustment`: a bonus or a penalty for each, within bounds; outside the scale
 */
export type Criterion = {
  readonly id: string
  readonly name: Text
  /** The fact that decides; absent or null earns nothing. */
  readonly fact: string
} & (
  | { readonly kind: 'yes-no'; readonly points: number }
  | { readonly kind: 'count'; readonly pointsEach: number; readonly cap: number }
  | { readonly kind: 'adjustment'; readonly pointsEach: number; readonly least: number; readonly most: number }
)

/** How points, ranks and awards follow from evaluations. Plain JSON. */
export interface Policy {
  readonly id: string
  readonly version: string
  readonly title: Text
  /** Whose policy it is. */
  readonly note: Text
  /** The points of a unit that meets every target: 100 or 1,000, say. */
  readonly scale: number
  readonly weights: {
    /** Of an indicator that `indicators` does not name. */
    readonly default: number
    readonly indicators?: Readonly<Record<string, number>>
    /** Each indicator in one group at most; those in none count by their own weights. */
    readonly groups?: readonly WeightGroup[]
  }
  readonly credit: {
    /** Least completion, from 0 to 1, that earns points in proportion where the target is not met. */
    readonly partialFrom: number
    /**
     * Of an indicator without a figure: the share of its points from 0 to 1 (default 0), or `leave-out`, which gives its
     * weight to the others.
     */
    readonly missing?: number | 'leave-out'
  }
  /** Added to a met target's credit where it is exceeded, as a share of its points; may lift a score above the scale. */
  readonly bonus: { readonly exceeded: number }
  /** What counts besides the indicators. The points of `yes-no` and the caps of `count` are part of the scale. */
  readonly criteria?: readonly Criterion[]
  readonly eligibility: readonly EligibilityRule[]
  /** Named conditions that `eligibility` may refer to. */
  readonly conditions?: Readonly<Record<string, Condition>>
  /** Applied in order to equal scores: more met, more exceeded, fewer without data. */
  readonly tieBreaks: readonly TieBreak[]
  /** In order of precedence. */
  readonly quotas: readonly Quota[]
  /** How clusters compare with each other: by the mean (default) or the median score of their eligible members. */
  readonly clusters?: { readonly by: 'mean' | 'median' }
  /** An award above the clusters, for at most a share of those nominated for one of `quotas`. */
  readonly overall?: OverallAward
}

export interface OverallAward {
  readonly award: string
  readonly name: Text
  /** The award of a quota whose nominees compete for it. */
  readonly among: string
  /** Of those nominees, from 0 to 1; rounded down. */
  readonly share: number
}

export type TieBreak = 'met' | 'exceeded' | 'noData'

const TIE_BREAKS: readonly string[] = ['met', 'exceeded', 'noData'] satisfies readonly TieBreak[]

/** The facts that eligibility may ask for besides those of the criteria: three follow from the evaluation, the others are reported. */
export const ELIGIBILITY_FACTS = [
  'score',
  'metRatio',
  'noDataRatio',
  'pactSigned',
  'planIssued',
  'reviewsSubmitted',
  'disciplined',
  'underInspection',
] as const

export interface CompiledPolicy {
  readonly policy: Policy
  /** The group of each indicator that is in one. */
  readonly groups: ReadonlyMap<string, WeightGroup>
  /** What the criteria leave of the scale for the indicators. */
  readonly indicatorPoints: number
  readonly eligibility: readonly { readonly rule: EligibilityRule; readonly test: CompiledCondition }[]
}

const compiled = new WeakMap<Policy, CompiledPolicy>()

/**
 * Checks a policy and compiles its conditions, once for each policy object.
 * @throws {TargetsError} `BAD_POLICY` or `BAD_CONDITION`, with the path and what would be right
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const known = compiled.get(policy)
  if (known) return known
  const refuse = (path: string, what: string): never => {
    throw new TargetsError('BAD_POLICY', `policy${path && `.${path}`}: ${what}`, path)
  }
  const inRange = (path: string, value: unknown, least: number, most: number) => {
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      refuse(path, `must be a number from ${least} to ${most}, not ${JSON.stringify(value)}`)
    }
  }
  const words = (path: string, value: unknown) => {
    if (typeof value !== 'string' || value === '') refuse(path, 'must be a text that is not empty')
  }
  const text = (path: string, value: Text | undefined) => {
    words(`${path}.vi`, value?.vi)
    words(`${path}.en`, value?.en)
  }
  const list = <T>(path: string, value: readonly T[], check: (one: T, path: string) => void) => {
    if (!Array.isArray(value)) refuse(path, 'must be a list')
    value.forEach((one, i) => {
      if (one === null || one === undefined) refuse(`${path}[${i}]`, 'must not be empty')
      check(one, `${path}[${i}]`)
    })
  }

  if (typeof policy !== 'object' || policy === null) refuse('', 'must be an object')
  words('id', policy.id)
  words('version', policy.version)
  text('title', policy.title)
  text('note', policy.note)
  inRange('scale', policy.scale, Number.MIN_VALUE, 1e6)
  inRange('weights.default', policy.weights?.default, 0, 1e9)
  const ownWeights = Object.entries(policy.weights.indicators ?? {})
  for (const [id, weight] of ownWeights) inRange(`weights.indicators.${id}`, weight, 0, 1e9)
  const groups = new Map<string, WeightGroup>()
  list('weights.groups', policy.weights.groups ?? [], (group, path) => {
    words(`${path}.id`, group.id)
    text(`${path}.name`, group.name)
    inRange(`${path}.weight`, group.weight, 0, 1e9)
    list(`${path}.indicators`, group.indicators, (id, at) => {
      words(at, id)
      const other = groups.get(id)
      if (other) refuse(at, `"${id}" is in group "${other.id}" already`)
      groups.set(id, group)
    })
    if (group.indicators.length === 0) refuse(`${path}.indicators`, 'must name at least one indicator')
  })
  const weighing = [
    policy.weights.default,
    ...ownWeights.filter(([id]) => !groups.has(id)).map(([, weight]) => weight),
    ...(policy.weights.groups ?? []).map(({ weight }) => weight),
  ]
  if (weighing.every((weight) => weight === 0)) refuse('weights', 'all are zero: at least one indicator must count')
  inRange('credit.partialFrom', policy.credit?.partialFrom, 0, 1)
  if (policy.credit.missing !== undefined && policy.credit.missing !== 'leave-out') {
    if (typeof policy.credit.missing === 'string')
      refuse(
        'credit.missing',
        `must be "leave-out" or a number from 0 to 1, not ${JSON.stringify(policy.credit.missing)}`,
      )
    inRange('credit.missing', policy.credit.missing, 0, 1)
  }
  inRange('bonus.exceeded', policy.bonus?.exceeded, 0, 10)
  list('tieBreaks', policy.tieBreaks, (one, path) => {
    if (!TIE_BREAKS.includes(one)) refuse(path, `${JSON.stringify(one)} is none of ${TIE_BREAKS.join(', ')}`)
  })
  list('quotas', policy.quotas, (quota, path) => {
    words(`${path}.award`, quota.award)
    text(`${path}.name`, quota.name)
    if (!Number.isInteger(quota.seats) || quota.seats < 0) refuse(`${path}.seats`, 'must be a whole number, 0 or more')
    if (quota.above && (!Number.isInteger(quota.above.seats) || quota.above.seats < quota.seats)) {
      refuse(`${path}.above.seats`, `must be a whole number, ${quota.seats} or more`)
    }
  })
  if (policy.clusters !== undefined && policy.clusters.by !== 'mean' && policy.clusters.by !== 'median') {
    refuse('clusters.by', `${JSON.stringify(policy.clusters.by)} is none of mean, median`)
  }
  if (policy.overall !== undefined) {
    const { overall } = policy
    words('overall.award', overall.award)
    text('overall.name', overall.name)
    inRange('overall.share', overall.share, 0, 1)
    const awards = policy.quotas.map(({ award }) => award)
    if (!awards.includes(overall.among))
      refuse('overall.among', `${JSON.stringify(overall.among)} is no award of the quotas: ${awards.join(', ')}`)
    if (awards.includes(overall.award)) refuse('overall.award', `"${overall.award}" is an award of the quotas already`)
  }
  list('eligibility', policy.eligibility, (rule, path) => {
    words(`${path}.id`, rule.id)
    text(`${path}.requirement`, rule.requirement)
    if (rule.otherwise !== undefined && rule.otherwise !== 'exclude' && rule.otherwise !== 'pause') {
      refuse(`${path}.otherwise`, `${JSON.stringify(rule.otherwise)} is none of exclude, pause`)
    }
  })
  const criteria = policy.criteria ?? []
  list('criteria', criteria, (one, path) => {
    words(`${path}.id`, one.id)
    text(`${path}.name`, one.name)
    words(`${path}.fact`, one.fact)
    if (one.kind === 'yes-no') inRange(`${path}.points`, one.points, 0, policy.scale)
    else if (one.kind === 'count') {
      inRange(`${path}.pointsEach`, one.pointsEach, 0, policy.scale)
      inRange(`${path}.cap`, one.cap, 0, policy.scale)
    } else if (one.kind === 'adjustment') {
      inRange(`${path}.pointsEach`, one.pointsEach, -policy.scale, policy.scale)
      inRange(`${path}.least`, one.least, -policy.scale, 0)
      inRange(`${path}.most`, one.most, 0, policy.scale)
    } else refuse(`${path}.kind`, `${JSON.stringify((one as Criterion).kind)} is none of yes-no, count, adjustment`)
    if (criteria.findIndex(({ id }) => id === one.id) !== criteria.indexOf(one))
      refuse(`${path}.id`, `"${one.id}" is used twice`)
  })
  const taken = criteria.reduce((sum, one) => sum + outOfCriterion(one), 0)
  if (taken > policy.scale) refuse('criteria', `take ${taken} points of a scale of ${policy.scale}`)
  const result = {
    policy,
    groups,
    indicatorPoints: policy.scale - taken,
    eligibility: policy.eligibility.map((rule, i) => ({
      rule,
      test: compileCondition(rule.when, {
        path: `policy.eligibility[${i}].when`,
        facts: [...ELIGIBILITY_FACTS, ...criteria.map(({ fact }) => fact)],
        ...(policy.conditions ? { named: policy.conditions } : {}),
      }),
    })),
  }
  compiled.set(policy, result)
  return result
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
  policy.quotas.forEach((quota, i) => {
    const seats = seatsIn(quota, members)
    if (seats <= members) return
    const path = `quotas[${i}].seats`
    throw new TargetsError(
      'BAD_POLICY',
      `policy.${path}: ${seats} seats for ${members} members: at most ${members}`,
      path,
    )
  })
}

export const seatsIn = ({ seats, above }: Quota, members: number): number =>
  above && members > above.members ? above.seats : seats
