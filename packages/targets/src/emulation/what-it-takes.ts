import type { Target } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import type { Condition } from '../rules/conditions.ts'
import { tidy } from '../rules/decimal.ts'
import { defaultPolicy } from './default-policy.ts'
import { type CompiledPolicy, compilePolicy, type Policy } from './policy.ts'
import { compareRows, knownFacts, type RankEntry, type Row, rowOf } from './rank.ts'

/** One figure to change. */
export interface FigureChange {
  readonly indicatorId: string
  readonly from: number | boolean | null
  /** What the figure has to satisfy. */
  readonly to: Target
  /** Points of the score that it brings. */
  readonly points: number
}

/** One reported fact to change. */
export interface FactChange {
  readonly fact: string
  readonly from: boolean | number | null
  readonly to: boolean
}

export interface WhatItTakes {
  readonly unit: string
  /** `eligibility` for a unit that is not ranked, `rank` for the next better rank, `nothing` for the best. */
  readonly goal: 'rank' | 'eligibility' | 'nothing'
  /** The unit that would be passed. */
  readonly passing: string | null
  /** Points to that unit's score. */
  readonly gap: number
  /** False where no change of figures and facts leads there. */
  readonly reachable: boolean
  readonly figures: readonly FigureChange[]
  readonly facts: readonly FactChange[]
}

/**
 * The smallest changes that lift a unit by one rank or, where it is not ranked, to eligibility: as few figures as
 * possible and, of those, the shortest way (in completion); the last one goes only as far as it must. With more than one
 * figure, those that bring most points come first. The others stay as they are.
 * @throws {TargetsError} `BAD_OPTION` where the unit is not among the entries, or as `rank` does
 */
export function whatItTakes(entries: readonly RankEntry[], unit: string, policy: Policy = defaultPolicy): WhatItTakes {
  const compiled = compilePolicy(policy)
  const entry = entries.find((one) => one.unit === unit)
  if (!entry) throw new TargetsError('BAD_OPTION', `unit: "${unit}" is not among the entries`, 'unit')
  const own = rowOf(entry, policy)
  if (!own.eligible) return toEligibility(entry, own, compiled)

  const others = entries
    .filter((one) => one !== entry)
    .map((one) => rowOf(one, policy))
    .filter(({ eligible }) => eligible)
  const order = (a: Row, b: Row) => compareRows(a, b, policy.tieBreaks)
  const ahead = others.filter((other) => order(other, own) < 0).sort(order)
  const nothing = { unit, passing: null, gap: 0, reachable: true, figures: [], facts: [] }
  const next = ahead.at(-1)
  if (!next) return { ...nothing, goal: 'nothing' }
  const rises = (results: readonly IndicatorResult[]) =>
    order(rowOf({ ...entry, evaluation: withResults(entry.evaluation, results) }, policy), next) < 0
  const figures = fewestFigures(entry, own, policy, rises)
  return {
    ...nothing,
    goal: 'rank',
    passing: next.unit,
    gap: Math.max(0, next.score - own.score),
    reachable: figures !== null,
    figures: figures ?? [],
  }
}

/** How much of the way a figure has still to go: 0 is there, 1 is all of it or no figure. */
const way = ({ completion }: IndicatorResult) => Math.min(1, Math.max(0, 1 - (completion ?? 0)))

function fewestFigures(
  entry: RankEntry,
  own: Row,
  policy: Policy,
  enough: (results: readonly IndicatorResult[]) => boolean,
): FigureChange[] | null {
  const { results } = entry.evaluation
  const scoreWith = (changed: readonly IndicatorResult[]) =>
    rowOf({ ...entry, evaluation: withResults(entry.evaluation, changed) }, policy).score
  const options = results
    .flatMap((result) => {
      const better = policy.bonus.exceeded > 0 && canExceed(result) ? atTarget(result, true) : atTarget(result, false)
      if (!better) return []
      return [{ result, better, gain: scoreWith([better]) - own.score }]
    })
    // A met target may still count for a tie-break.
    .sort((a, b) => b.gain - a.gain || way(a.result) - way(b.result))

  const taken: typeof options = []
  while (true) {
    const base = taken.map(({ better }) => better)
    const left = options.filter((one) => !taken.includes(one))
    const last = left
      .filter(({ better }) => enough([...base, better]))
      .map((one) => ({ ...one, ...leastOf(one, (better) => enough([...base, better]), policy) }))
      .sort((a, b) => a.effort - b.effort)[0]
    if (last) {
      const changed: IndicatorResult[] = []
      let before = own.score
      return [...taken.map(({ result, better }) => ({ result, better, to: goalOf(better) })), last].map(
        ({ result, better, to }) => {
          changed.push(better)
          const after = scoreWith(changed)
          const points = after - before
          before = after
          return { indicatorId: result.indicatorId, from: result.value, to, points }
        },
      )
    }
    const [most] = left
    if (!most) return null
    taken.push(most)
  }
}

interface Least {
  readonly better: IndicatorResult
  readonly to: Target
  readonly effort: number
}

/** How far one figure must go at least: part of the way where partial credit suffices, to its target, or beyond it. */
function leastOf(
  { result, better }: { readonly result: IndicatorResult; readonly better: IndicatorResult },
  enough: (better: IndicatorResult) => boolean,
  { credit }: Policy,
): Least {
  const met = atTarget(result, false)
  const whole = met && enough(met) ? met : better
  const least: Least = { better: whole, to: goalOf(whole), effort: way(result) + (whole.exceeded ? 1e-6 : 0) }
  const { target } = result
  const from = Math.max(credit.partialFrom, result.completion ?? 0)
  if (whole.exceeded || target === null || typeof target.value !== 'number' || from >= 1) return least
  const partly = (completion: number): Least | null => {
    const exact = valueAt(result, completion)
    if (exact === null) return null
    const less = target.comparator === '<=' || target.comparator === '<'
    const value = readable(exact, less, target.value as number)
    const status = result.status === 'IN_PROGRESS' ? 'IN_PROGRESS' : 'NOT_MET'
    const changed: IndicatorResult = { ...plain(result), status, exceeded: false, value, completion }
    return {
      better: changed,
      to: { comparator: less ? '<=' : '>=', value },
      effort: completion - Math.max(0, result.completion ?? 0),
    }
  }
  const first = partly(from)
  if (first && enough(first.better)) return first
  let [low, high] = [from, 1]
  let found = least
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    const one = partly(middle)
    if (one && enough(one.better)) {
      high = middle
      found = one
    } else low = middle
  }
  return found
}

/** To five significant digits, on the better side, and never beyond the target. */
function readable(value: number, less: boolean, goal: number): number {
  if (value === 0) return 0
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 4)
  const steps = less ? Math.floor(value / step + 1e-9) : Math.ceil(value / step - 1e-9)
  const rounded = tidy(steps * step)
  return less ? Math.max(rounded, goal) : Math.min(rounded, goal)
}

/** The figure at which a completion is reached; null where the way is not known. */
function valueAt({ target, value, completion }: IndicatorResult, wanted: number): number | null {
  const goal = target?.value
  if (typeof goal !== 'number' || goal === 0) return null
  if (target?.comparator !== '<=' && target?.comparator !== '<') return goal * wanted
  if (typeof value === 'number' && value !== 0 && completion !== null && Math.abs(completion - goal / value) > 1e-9) {
    const baseline = (value - completion * goal) / (1 - completion)
    return baseline - wanted * (baseline - goal)
  }
  return goal / wanted
}

const canExceed = ({ target }: IndicatorResult) =>
  target !== null && ['>=', '<=', '~'].includes(target.comparator) && target.value !== 0

/** A result as it would be at its target, or beyond it; null where it is there already or does not count. */
function atTarget(result: IndicatorResult, exceeded: boolean): IndicatorResult | null {
  const { status, target } = result
  if (status === 'NOT_APPLICABLE' || target === null) return null
  if (status === 'MET' && (!exceeded || result.exceeded)) return null
  return { ...plain(result), status: 'MET', exceeded, value: target.value, completion: 1 }
}

/** What an improved figure has to satisfy. */
function goalOf({ target, exceeded }: IndicatorResult): Target {
  const { comparator, value } = target as Target
  if (!exceeded || typeof value !== 'number') return target as Target
  return { comparator: comparator === '<=' ? '<' : '>', value }
}

/** The data of a result without what it computes when read. */
function plain(result: IndicatorResult): IndicatorResult {
  const { indicatorId, status, exceeded, value, target, inherited, margin, completion, pace } = result
  const computed = { explanation: { vi: '', en: '' }, trace: result.trace }
  return { indicatorId, status, exceeded, value, target, inherited, margin, completion, pace, ...computed }
}

function withResults(evaluation: Evaluation, changed: readonly IndicatorResult[]): Evaluation {
  const byId = new Map(changed.map((one) => [one.indicatorId, one]))
  const results = evaluation.results.map((one) => byId.get(one.indicatorId) ?? one)
  const count = (fits: (one: IndicatorResult) => boolean) => results.filter(fits).length
  return {
    results,
    summary: {
      ...evaluation.summary,
      met: count(({ status }) => status === 'MET'),
      exceeded: count(({ status, exceeded }) => status === 'MET' && exceeded),
      notMet: count(({ status }) => status === 'NOT_MET'),
      inProgress: count(({ status }) => status === 'IN_PROGRESS'),
      noData: count(({ status }) => status === 'NO_DATA'),
    },
  }
}

/** For each failed requirement first one reported fact that settles it, else figures, the nearest to their targets first. */
function toEligibility(entry: RankEntry, own: Row, { policy, eligibility }: CompiledPolicy): WhatItTakes {
  const facts: FactChange[] = []
  const improved: IndicatorResult[] = []
  const stateOf = (known: RankEntry['facts'], changed: readonly IndicatorResult[]) => {
    const evaluation = withResults(entry.evaluation, changed)
    const row = rowOf({ ...entry, evaluation, ...(known ? { facts: known } : {}) }, policy)
    return { row, known: knownFacts(evaluation, row.score, policy, known) }
  }
  let known = { ...entry.facts }
  for (const { rule, test } of eligibility) {
    if (!own.failed.includes(rule.id)) continue
    const flip = factsOf(rule.when, policy).find(
      (fact) =>
        typeof known[fact] === 'boolean' && test(stateOf({ ...known, [fact]: !known[fact] }, improved).known) !== false,
    )
    if (flip !== undefined) {
      facts.push({ fact: flip, from: known[flip] ?? null, to: !known[flip] })
      known = { ...known, [flip]: !known[flip] }
      continue
    }
    const nearest = entry.evaluation.results
      .filter((one) => !improved.some(({ indicatorId }) => indicatorId === one.indicatorId))
      .map((result) => ({ result, better: atTarget(result, false) }))
      .filter((one): one is { result: IndicatorResult; better: IndicatorResult } => one.better !== null)
      .sort((a, b) => way(a.result) - way(b.result))
    for (const { better } of nearest) {
      if (test(stateOf(known, improved).known) !== false) break
      improved.push(better)
    }
  }
  const after = stateOf(known, improved).row
  let before = own.score
  const figures = improved.map((better, i): FigureChange => {
    const { score } = stateOf(known, improved.slice(0, i + 1)).row
    const points = score - before
    before = score
    const from = entry.evaluation.results.find(({ indicatorId }) => indicatorId === better.indicatorId)?.value ?? null
    return { indicatorId: better.indicatorId, from, to: goalOf(better), points }
  })
  const reachable = after.eligible
  return { unit: entry.unit, goal: 'eligibility', passing: null, gap: 0, reachable, figures, facts }
}

/** The facts that a condition asks for. */
function factsOf(condition: Condition, policy: Policy): string[] {
  if ('fact' in condition) return [condition.fact]
  if ('all' in condition) return condition.all.flatMap((one) => factsOf(one, policy))
  if ('any' in condition) return condition.any.flatMap((one) => factsOf(one, policy))
  if ('not' in condition) return factsOf(condition.not, policy)
  const named = policy.conditions?.[condition.condition]
  return named ? factsOf(named, policy) : []
}
