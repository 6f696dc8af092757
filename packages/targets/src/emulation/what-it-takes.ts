import { compareDecimal } from '../decimal.ts'
import type { Target } from '../directive/types.ts'
import { show, TargetsError } from '../errors.ts'
import { judgeAgain, judgedOf } from '../evaluation/evaluate.ts'
import type { Evaluation, IndicatorResult } from '../evaluation/result.ts'
import type { Condition } from '../rules/conditions.ts'
import type { Judged } from '../rules/judged.ts'
import { compilePolicy } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'
import { checkEntries, placed, type RankEntry, type Ranked, type Row, rowOf } from './rank.ts'
import { countedResults } from './standing.ts'
import { atTarget, effortOf, exceeding, onSchedule, readable, type Step, startOf } from './steps.ts'

/** One figure to change. */
export interface FigureChange {
  readonly indicatorId: string
  readonly from: number | boolean | null
  /** What the figure, standing for the same day, has to satisfy. */
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
  /** `eligibility` for a unit that is not eligible, `rank` for a rank or the next better one, `nothing` for the best. */
  readonly goal: 'rank' | 'eligibility' | 'nothing'
  /** The unit that would be passed; null for a unit that has no rank yet. */
  readonly passing: string | null
  /** Points to that unit's score. */
  readonly gap: number
  /** False where no change of figures and facts leads there: then none is told. */
  readonly reachable: boolean
  readonly figures: readonly FigureChange[]
  readonly facts: readonly FactChange[]
}

/**
 * The smallest changes that lift a unit by one rank or, where it is not eligible, to eligibility: as few figures as
 * possible and, of those, the shortest way; the last one goes only as far as it must. With more than one figure, those that
 * bring most points come first. The others stay as they are, and so do the days that the figures stand for. What is told
 * has been tried: done so, the unit rises.
 * @param entries with evaluations as `evaluate` gave them, since figures are judged again
 * @throws {TargetsError} `BAD_OPTION` where the unit is not among the entries, or as `rank` does
 */
export function whatItTakes(entries: readonly RankEntry[], unit: string, policy: Policy = defaultPolicy): WhatItTakes {
  compilePolicy(policy)
  checkEntries(entries, policy)
  const entry = entries.find((entry) => entry.unit === unit)
  if (!entry) {
    throw new TargetsError(
      'BAD_OPTION',
      { vi: `unit: ${show(unit)} không có trong danh sách`, en: `unit: ${show(unit)} is not among the entries` },
      'unit',
    )
  }
  const others = entries.filter((chosen) => chosen !== entry).map((entry) => rowOf(entry, policy))
  const ladder = new Ladder(entry, others, policy)
  const ranked = ladder.place([])
  if (!ranked.eligible) return toEligibility(ladder)
  const nothing = { unit, passing: null, gap: 0, reachable: true, figures: [], facts: [] } as const
  if (ranked.rank === 1) return { ...nothing, goal: 'nothing' }
  const ahead = ranked.rank === null ? null : ladder.aheadOf(ranked)
  const rises = (changed: readonly IndicatorResult[]) => {
    const { rank } = ladder.place(changed)
    return rank !== null && (ranked.rank === null || rank < ranked.rank)
  }
  const { bonus, tieBreaks } = policy
  const figures =
    fewestFigures(ladder, rises, bonus.exceeded > 0) ??
    // Where exceeding brings no points it may still part equals.
    (bonus.exceeded === 0 && tieBreaks.includes('exceeded') ? fewestFigures(ladder, rises, true) : null)
  return {
    ...nothing,
    goal: 'rank',
    passing: ahead?.unit ?? null,
    gap: ahead ? Math.max(0, ahead.score - ranked.score) : 0,
    reachable: figures !== null,
    figures: figures ?? [],
  }
}

/** A unit among the others, whose figures and facts are tried out. */
class Ladder {
  readonly entry: RankEntry
  readonly policy: Policy
  readonly #others: readonly Row[]

  constructor(entry: RankEntry, others: readonly Row[], policy: Policy) {
    this.entry = entry
    this.#others = others
    this.policy = policy
  }

  row(changed: readonly IndicatorResult[], facts: RankEntry['facts'] = this.entry.facts): Row {
    const evaluation = changed.length === 0 ? this.entry.evaluation : withResults(this.entry.evaluation, changed)
    return rowOf({ ...this.entry, evaluation, ...(facts ? { facts } : {}) }, this.policy)
  }

  place(changed: readonly IndicatorResult[]): Ranked {
    return this.ranking(changed).find(({ unit }) => unit === this.entry.unit) as Ranked
  }

  ranking(changed: readonly IndicatorResult[]): Ranked[] {
    return placed([...this.#others, this.row(changed)], this.policy)
  }

  /** The one just above it. */
  aheadOf({ rank }: Ranked): Ranked | undefined {
    return this.ranking([]).findLast((ranked) => ranked.rank !== null && rank !== null && ranked.rank < rank)
  }
}

/** A figure that could be better, and how good it could get. */
interface Option {
  readonly result: IndicatorResult
  readonly judged: Judged
  /** At its target, or beyond it where that counts too; of a ceiling at what the day allows. */
  readonly best: Step
  /** Points that it brings. */
  readonly gain: number
}

function fewestFigures(
  ladder: Ladder,
  enough: (changed: readonly IndicatorResult[]) => boolean,
  /** Beyond the target too, not only to it. */
  beyond: boolean,
): FigureChange[] | null {
  const taken: Option[] = []
  const options = optionsOf(ladder, beyond)
  while (true) {
    const base = taken.map(({ best }) => best.result)
    const left = options.filter((option) => !taken.includes(option))
    const [last] = left
      .filter(({ best }) => enough([...base, best.result]))
      .map((option) => ({ option, step: leastOf(option, (result) => enough([...base, result])) }))
      .sort((a, b) => a.step.effort - b.step.effort)
    if (last) {
      const steps = [
        ...taken.map(({ result, best }) => ({ result, step: best })),
        { result: last.option.result, step: last.step },
      ]
      return pointsOf(ladder, steps)
    }
    const [most] = left
    if (!most) return null
    taken.push(most)
  }
}

function pointsOf(
  ladder: Ladder,
  steps: readonly { readonly result: IndicatorResult; readonly step: Step }[],
): FigureChange[] {
  let before = ladder.row([]).score
  return steps.map(({ result, step }, i) => {
    const after = ladder.row(steps.slice(0, i + 1).map((step) => step.step.result)).score
    const points = after - before
    before = after
    return { indicatorId: result.indicatorId, from: result.value, to: step.to, points }
  })
}

/** What could be better and counts, most points first; of equals the shortest way. */
function optionsOf(ladder: Ladder, beyond: boolean): Option[] {
  const { evaluation } = ladder.entry
  const score = ladder.row([]).score
  return countedResults(evaluation, ladder.policy)
    .flatMap((result): Option[] => {
      const judged = judgedOf(result)
      if (!judged) throw fromJson(ladder.entry.unit)
      const best =
        (beyond ? exceeding(result, judged, ladder.policy) : null) ??
        onSchedule(result, judged) ??
        atTarget(result, judged)
      return best ? [{ result, judged, best, gain: ladder.row([best.result]).score - score }] : []
    })
    .sort((a, b) => b.gain - a.gain || a.best.effort - b.best.effort)
}

const fromJson = (unit: string) =>
  new TargetsError(
    'BAD_OPTION',
    {
      vi: `entries: kết quả của "${unit}" phải do evaluate tính, không đọc từ JSON`,
      en: `entries: the evaluation of "${unit}" must be what evaluate gave, not what JSON kept of it`,
    },
    'entries',
  )

/** How far one figure must go at least: part of the way where that suffices, to its target, or beyond it. */
function leastOf({ result, judged, best }: Option, enough: (chosen: IndicatorResult) => boolean): Step {
  const met = atTarget(result, judged)
  const whole = met && enough(met.result) ? met : best
  const { target, value } = result
  if (whole.result.exceeded && whole !== met) return whole
  if (target === null || target.comparator === 'maintained' || judged.better === 'near') return whole
  const more = judged.better === 'more'
  const tryValue = (wanted: number): Step | null => {
    const chosen = judgeAgain(result, wanted)
    const to: Target = { comparator: more ? '>=' : '<=', value: wanted }
    return chosen && enough(chosen) ? { result: chosen, to, effort: effortOf(judged, value, wanted) } : null
  }
  const goal = Number(whole.result.value)
  let far = typeof value === 'number' ? value : startOf(judged)
  let near = goal
  if (compareDecimal(far, near) === 0) return whole
  for (let i = 0; i < 50; i++) {
    const middle = (far + near) / 2
    if (tryValue(middle)) near = middle
    else far = middle
  }
  if (near === goal) return whole
  // Adding nothing makes 0 of −0, which nobody writes.
  const rounded = readable(near, !more, judged, goal) + 0
  return tryValue(rounded) ?? tryValue(near) ?? whole
}

function withResults(evaluation: Evaluation, changed: readonly IndicatorResult[]): Evaluation {
  const byId = new Map(changed.map((result) => [result.indicatorId, result]))
  return { ...evaluation, results: evaluation.results.map((result) => byId.get(result.indicatorId) ?? result) }
}

/** For each failed requirement first one reported fact that settles it, else figures, the nearest to their targets first. */
function toEligibility(ladder: Ladder): WhatItTakes {
  const { entry, policy } = ladder
  const facts: FactChange[] = []
  const steps: { result: IndicatorResult; step: Step }[] = []
  let known = { ...entry.facts }
  const row = (facts = known) =>
    ladder.row(
      steps.map(({ step }) => step.result),
      facts,
    )
  for (const { rule, test } of compilePolicy(policy).eligibility) {
    if (test(row().facts) !== false) continue
    const flip = factsOf(rule.when, policy).find(
      (fact) => typeof known[fact] === 'boolean' && test(row({ ...known, [fact]: !known[fact] }).facts) !== false,
    )
    if (flip !== undefined) {
      facts.push({ fact: flip, from: known[flip] ?? null, to: !known[flip] })
      known = { ...known, [flip]: !known[flip] }
      continue
    }
    for (const beyond of [false, true]) {
      for (const { result, best } of optionsOf(ladder, beyond).toSorted((a, b) => a.best.effort - b.best.effort)) {
        if (test(row().facts) !== false) break
        const before = steps.findIndex((step) => step.result === result)
        if (before >= 0) steps.splice(before, 1)
        steps.push({ result, step: best })
      }
    }
  }
  // What one requirement was tried with in vain is not told.
  for (const step of steps.toSorted((a, b) => b.step.effort - a.step.effort)) {
    const at = steps.indexOf(step)
    steps.splice(at, 1)
    if (!row().eligible) steps.splice(at, 0, step)
  }
  const reachable = row().eligible
  return {
    unit: entry.unit,
    goal: 'eligibility',
    passing: null,
    gap: 0,
    reachable,
    figures: reachable ? pointsOf(ladder, steps) : [],
    facts: reachable ? facts : [],
  }
}

/** The facts that a condition asks for. */
function factsOf(condition: Condition, policy: Policy): string[] {
  if ('fact' in condition) return [condition.fact]
  if ('all' in condition) return condition.all.flatMap((condition) => factsOf(condition, policy))
  if ('any' in condition) return condition.any.flatMap((condition) => factsOf(condition, policy))
  if ('not' in condition) return factsOf(condition.not, policy)
  const named = policy.conditions?.[condition.condition]
  return named ? factsOf(named, policy) : []
}
