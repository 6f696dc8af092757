import { parseDate } from '../dates.ts'
import { isRecord, show, TargetsError } from '../errors.ts'
import { checkKeys, checkOneOf } from '../rules/options.ts'
import { BALLOT, commend, type Nomination } from './commend.ts'
import { compilePolicy, seatsIn } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import { ImpossibleStep } from './impossible-step.ts'
import type { Policy } from './policy.ts'
import { checkRanking, type Ranked, settleTie } from './rank.ts'

export const STEP_KINDS = /*#__PURE__*/ Object.freeze([
  'ballot',
  'nominate',
  'appraise',
  'decide',
  'publish',
  'revoke',
] as const)
export type StepKind = (typeof STEP_KINDS)[number]

export const VERDICTS = /*#__PURE__*/ Object.freeze(['agree', 'return', 'exclude', 'pause'] as const)
export type Verdict = (typeof VERDICTS)[number]

/** One step from a ranking to awards. Who took it and when is kept beside it. */
export type CommendationStep =
  /** Settles a shared rank: all of its units, best first. */
  | { readonly kind: 'ballot'; readonly order: readonly string[] }
  /** Proposes the best within the quotas; after a return or an exclusion, again. */
  | { readonly kind: 'nominate' }
  /** `return` to the proposer, `exclude` for good, `pause` while a case is open; each of these with a reason. */
  | { readonly kind: 'appraise'; readonly unit: string; readonly verdict: Verdict; readonly reason?: string }
  /** The signed decision: its number, its date (ISO), and what it grants of what was agreed. */
  | {
      readonly kind: 'decide'
      readonly number: string
      readonly date: string
      readonly grants: readonly { readonly unit: string; readonly award: string }[]
    }
  | { readonly kind: 'publish' }
  | { readonly kind: 'revoke'; readonly unit: string; readonly reason: string }

export interface Nominee extends Nomination {
  readonly verdict: Verdict | null
  /** Of the verdict. */
  readonly reason: string | null
  /** The number of the decision that dealt with it. */
  readonly decision: string | null
  /** What that decision granted, beside `award`, which was proposed. */
  readonly granted: string | null
  /** Why it was revoked. */
  readonly revoked: string | null
}

export type CommendationPhase = 'ranked' | 'nominated' | 'appraised' | 'decided' | 'published'

/** Where a ranking stands on its way to awards. */
export interface Commendation {
  readonly policy: Policy
  /** With the ballots applied. */
  readonly ranking: readonly Ranked[]
  readonly phase: CommendationPhase
  /** Best first; the excluded ones stay, with their reason. */
  readonly nominees: readonly Nominee[]
  readonly decisions: readonly { readonly number: string; readonly date: string; readonly published: boolean }[]
  /** The steps that can be taken now. */
  readonly possible: readonly StepKind[]
}

/** The beginning: a ranking, usually a frozen one, of one cluster. */
export function startCommendation(ranking: readonly Ranked[], policy: Policy = defaultPolicy): Commendation {
  compilePolicy(policy)
  checkRanking(ranking)
  return settled({ policy, ranking, nominees: [], decisions: [] })
}

/**
 * Takes one step and gives what it leads to; the state given stays as it is.
 * @throws {ImpossibleStep} where the step cannot be taken now; it names those that can
 * @throws {TargetsError} `BAD_STEP` where the step itself is wrong, with the path
 */
export function takeStep(state: Commendation, step: CommendationStep): Commendation {
  checkStep(step)
  const isList = (list: unknown) => Array.isArray(list) && list.every(isRecord)
  if (!isRecord(state) || !Array.isArray(state.possible) || !isList(state.nominees) || !isList(state.decisions)) {
    throw bad(
      'state',
      `phải là kết quả của startCommendation, không phải ${show(state)}`,
      `must be what startCommendation gave, not ${show(state)}`,
    )
  }
  compilePolicy(state.policy)
  checkRanking(state.ranking)
  if (!state.possible.includes(step.kind)) throw new ImpossibleStep(step.kind, state.phase, state.possible)
  switch (step.kind) {
    case 'ballot':
      return settled({ ...state, ranking: settleTie(state.ranking, step.order) })
    case 'nominate':
      return settled({ ...state, nominees: nominate(state) })
    case 'appraise':
      return settled({ ...state, nominees: appraise(state, step) })
    case 'decide':
      return settled(decide(state, step))
    case 'publish':
      return settled({ ...state, decisions: state.decisions.map((decision) => ({ ...decision, published: true })) })
    case 'revoke':
      return settled({ ...state, nominees: revoke(state, step) })
  }
}

/** All steps from the beginning. */
export function replay(
  ranking: readonly Ranked[],
  steps: readonly CommendationStep[],
  policy: Policy = defaultPolicy,
): Commendation {
  const start = startCommendation(ranking, policy)
  if (!Array.isArray(steps)) throw bad('steps', 'phải là một danh sách', `must be a list, not ${show(steps)}`)
  return steps.reduce<Commendation>((state, step) => takeStep(state, step), start)
}

const bad = (path: string, vi: string, en: string) =>
  new TargetsError('BAD_STEP', { vi: `${path}: ${vi}`, en: `${path}: ${en}` }, path)

/** What each kind of step brings along. */
const STEP_KEYS: Readonly<Record<StepKind, readonly string[]>> = {
  ballot: ['order'],
  nominate: [],
  appraise: ['unit', 'verdict', 'reason'],
  decide: ['number', 'date', 'grants'],
  publish: [],
  revoke: ['unit', 'reason'],
}

function checkStep(step: unknown): void {
  if (!isRecord(step))
    throw bad('step', `phải là một đối tượng, không phải ${show(step)}`, `must be an object, not ${show(step)}`)
  checkOneOf('kind', step.kind, STEP_KINDS, 'BAD_STEP')
  const allowed = ['kind', ...STEP_KEYS[step.kind as StepKind]]
  checkKeys(step, allowed, 'step', undefined, 'BAD_STEP')
  if (step.kind === 'decide') {
    const isGrant = (value: unknown) =>
      isRecord(value) && typeof value.unit === 'string' && typeof value.award === 'string'
    if (!Array.isArray(step.grants) || !step.grants.every(isGrant)) {
      throw bad('grants', 'phải là danh sách { unit, award }', 'must be a list of { unit, award }')
    }
  }
}

type Unsettled = Pick<Commendation, 'policy' | 'ranking' | 'nominees' | 'decisions'>

function settled(state: Unsettled): Commendation {
  return { ...state, phase: phaseOf(state), possible: possibleSteps(state) }
}

const isOpen = ({ verdict, decision }: Nominee) => decision === null && (verdict === null || verdict === 'return')
const isAgreed = ({ verdict, decision }: Nominee) => decision === null && verdict === 'agree'

function phaseOf({ nominees, decisions }: Unsettled): CommendationPhase {
  if (nominees.length === 0) return 'ranked'
  if (nominees.some(isOpen)) return 'nominated'
  if (nominees.some(isAgreed) || decisions.length === 0) return 'appraised'
  return decisions.every(({ published }) => published) ? 'published' : 'decided'
}

function possibleSteps(state: Unsettled): StepKind[] {
  const { nominees, decisions, ranking } = state
  const undecided = decisions.length === 0
  const proposed = undecided ? proposals(state) : []
  const ballotOpen = proposed.some(({ award }) => award === BALLOT)
  const changed =
    nominees.some(({ verdict }) => verdict === 'return') ||
    proposed.some(({ unit, award }) => !nominees.some((nominee) => nominee.unit === unit && nominee.award === award))
  const can: Record<StepKind, boolean> = {
    ballot: undecided && ranking.some(({ tied, unit }) => tied && !isExcluded(state, unit)),
    nominate: undecided && !ballotOpen && changed,
    appraise: nominees.some(({ verdict, decision }) => decision === null && verdict !== 'exclude'),
    decide: nominees.some(isAgreed) && !nominees.some(isOpen),
    publish: decisions.some(({ published }) => !published),
    revoke: nominees.some(({ granted, revoked }) => granted !== null && revoked === null),
  }
  return STEP_KINDS.filter((kind) => can[kind])
}

const isExcluded = ({ nominees }: Pick<Commendation, 'nominees'>, unit: string) =>
  nominees.some((nominee) => nominee.unit === unit && nominee.verdict === 'exclude')

/** Whom the quotas would nominate, without those that were excluded. */
function proposals(state: Unsettled): Nomination[] {
  const standing = state.ranking.map((ranked) => (isExcluded(state, ranked.unit) ? { ...ranked, rank: null } : ranked))
  return commend(standing, state.policy)
}

function nominate(state: Commendation): Nominee[] {
  const known = new Map(state.nominees.map((nominee) => [nominee.unit, nominee]))
  const now = proposals(state).map((proposal): Nominee => {
    const before = known.get(proposal.unit)
    const stands = before && before.award === proposal.award && before.verdict !== 'return'
    return stands ? before : { ...proposal, verdict: null, reason: null, decision: null, granted: null, revoked: null }
  })
  return [...now, ...state.nominees.filter(({ verdict }) => verdict === 'exclude')]
}

function appraise(
  state: Commendation,
  { unit, verdict, reason }: Extract<CommendationStep, { kind: 'appraise' }>,
): Nominee[] {
  checkOneOf('verdict', verdict, VERDICTS, 'BAD_STEP')
  if (verdict !== 'agree') requireWords('reason', reason, `${verdict} phải có lý do`, `to ${verdict} takes a reason`)
  return replaceNominee(
    state,
    unit,
    (nominee) => nominee.decision === null && nominee.verdict !== 'exclude',
    (nominee) => ({ ...nominee, verdict, reason: reason || null }),
    ['chờ thẩm định', 'to be appraised'],
  )
}

function decide(state: Commendation, step: Extract<CommendationStep, { kind: 'decide' }>): Unsettled {
  const { number, date, grants } = step
  requireWords(
    'number',
    number,
    'quyết định phải có số, ví dụ "1234/QĐ-UBND"',
    'a decision has a number, for example "1234/QĐ-UBND"',
  )
  parseDate(date)
  if (state.decisions.some((decision) => decision.number === number)) {
    throw bad('number', `quyết định ${number} đã được ghi nhận`, `decision ${number} is recorded already`)
  }
  const awards = state.policy.quotas.map(({ award }) => award)
  const granted = new Map<string, string>()
  grants.forEach(({ unit, award }, i) => {
    const nominee = state.nominees.find((nominee) => nominee.unit === unit)
    if (!nominee || !isAgreed(nominee)) {
      const agreed = state.nominees.filter(isAgreed).map((nominee) => nominee.unit)
      const path = `grants[${i}].unit`
      const all = agreed.join(', ')
      throw bad(
        path,
        `${unit} chưa được thống nhất; đã thống nhất: ${all}`,
        `${unit} was not agreed on; agreed: ${all}`,
      )
    }
    if (granted.has(unit)) throw bad(`grants[${i}].unit`, `${unit} có hai lần`, `${unit} is named twice`)
    if (awards.indexOf(award) < awards.indexOf(nominee.award)) {
      const path = `grants[${i}].award`
      const right = awards.slice(awards.indexOf(nominee.award)).join(' or ')
      throw bad(
        path,
        `${unit} được đề nghị ${nominee.award}, nên chỉ có thể ${right}, không phải ${show(award)}`,
        `${unit} was proposed for ${nominee.award}, so ${right}, not ${show(award)}`,
      )
    }
    granted.set(unit, award)
  })
  // A lower award given instead of a higher one takes a seat of the higher, so seats count from the top down.
  let seats = 0
  state.policy.quotas.forEach((quota, i) => {
    seats += seatsIn(quota, state.ranking.length)
    const upTo = awards.slice(0, i + 1)
    const held = state.nominees.filter(({ granted: award, revoked }) => revoked === null && upTo.includes(award ?? ''))
    const taken = held.length + [...granted.values()].filter((award) => upTo.includes(award)).length
    if (taken > seats) {
      throw bad(
        'grants',
        `${taken} ${upTo.join(' và ')} cho ${seats} suất`,
        `${taken} of ${upTo.join(' and ')} for ${seats} seats`,
      )
    }
  })
  const nominees = state.nominees.map((nominee) =>
    isAgreed(nominee) ? { ...nominee, decision: number, granted: granted.get(nominee.unit) ?? null } : nominee,
  )
  return { ...state, nominees, decisions: [...state.decisions, { number, date, published: false }] }
}

function revoke(state: Commendation, { unit, reason }: Extract<CommendationStep, { kind: 'revoke' }>): Nominee[] {
  requireWords('reason', reason, 'thu hồi phải có lý do', 'to revoke takes a reason')
  return replaceNominee(
    state,
    unit,
    (nominee) => nominee.granted !== null && nominee.revoked === null,
    (nominee) => ({ ...nominee, revoked: reason }),
    ['đang có danh hiệu', 'with an award'],
  )
}

function replaceNominee(
  { nominees }: Commendation,
  unit: string,
  fits: (nominee: Nominee) => boolean,
  change: (candidate: Nominee) => Nominee,
  which: readonly [vi: string, en: string],
): Nominee[] {
  if (!nominees.some((nominee) => nominee.unit === unit && fits(nominee))) {
    const names = nominees.filter(fits).map((nominee) => nominee.unit)
    const [vi, en] = which
    const all = names.join(', ')
    throw bad(
      'unit',
      `${show(unit)} không phải đơn vị ${vi}; đó là ${all}`,
      `${show(unit)} is no nominee ${en}; those are ${all}`,
    )
  }
  return nominees.map((nominee) => (nominee.unit === unit ? change(nominee) : nominee))
}

function requireWords(path: string, value: string | undefined, vi: string, en: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw bad(path, vi, en)
}
