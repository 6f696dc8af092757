import { tidy } from '../decimal.ts'
import type { IndicatorResult } from '../evaluation/result.ts'
import type { Condition } from '../rules/conditions.ts'
import { targetNumber } from '../rules/interval.ts'
import { checkShapeOnce } from './arguments.ts'
import { pointsCode } from './fact-names.ts'
import { holds } from './holds.ts'
import { reckoned } from './known.ts'
import { factsIn } from './named-figures.ts'
import type { ClusterFigure, Figure, PointNode, PointTable, ResultCount, Rule } from './table.ts'

/** What is known of one unit. */
export interface Known {
  readonly facts: Readonly<Record<string, boolean | number | string | null | undefined>>
  readonly results: ReadonlyMap<string, IndicatorResult>
  /** Whose conditions figures may ask for. */
  readonly table?: PointTable
  /** What figures of the whole cluster come to; absent where nobody looks at the others. */
  readonly cluster?: ReadonlyMap<ClusterFigure, number | null>
}

const ofIndicator = (result: IndicatorResult | undefined, take: string): number | null => {
  if (result === undefined) return null
  if (take === 'completion') return result.completion === null ? null : tidy(result.completion * 100)
  if (take === 'margin') return result.margin
  if (take === 'value') return result.value === null ? null : Number(result.value)
  return result.target === null ? null : targetNumber(result.target)
}

const STATUSES = {
  met: 'MET',
  notMet: 'NOT_MET',
  inProgress: 'IN_PROGRESS',
  undecided: 'UNDECIDED',
  noData: 'NO_DATA',
} as const

function isCounted({ status, exceeded, inherited }: IndicatorResult, count: ResultCount): boolean {
  if (status === 'NOT_APPLICABLE' || inherited === 'level') return false
  if (count === 'assigned') return true
  return count === 'exceeded' ? exceeded === true : status === STATUSES[count]
}

/** Null where the unit was not judged, or was asked for an indicator that it was not judged by. */
function countOf({ results, of }: { readonly results: ResultCount; readonly of?: readonly string[] }, known: Known) {
  if (known.results.size === 0) return null
  const asked = of ? of.map((id) => known.results.get(id)) : [...known.results.values()]
  if (asked.includes(undefined)) return null
  return asked.filter((result) => isCounted(result as IndicatorResult, results)).length
}

/** The value of a figure; null where what is known does not give it. */
export function figureOf(figure: Figure | number, known: Known): number | null {
  if (typeof figure === 'number') return figure
  if (typeof figure === 'string') {
    const value = known.facts[figure]
    return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null
  }
  if ('indicator' in figure) return ofIndicator(known.results.get(figure.indicator), figure.take ?? 'value')
  if ('latest' in figure) {
    return figure.latest.reduce<number | null>((last, figure) => figureOf(figure, known) ?? last, null)
  }
  if ('results' in figure) return countOf(figure, known)
  if ('cluster' in figure) return known.cluster?.get(figure) ?? null
  if ('cases' in figure) {
    const part = figure.cases.find(({ when }) => isSo(when, known) === true)?.figure ?? figure.otherwise
    return part === undefined ? null : figureOf(part, known)
  }
  if ('holding' in figure) {
    const decided = figure.holding.map((when) => isSo(when, known)).filter((is) => is !== null)
    return decided.length === 0 ? null : decided.filter(Boolean).length
  }
  const values = partsOf(figure).map((part) => figureOf(part, known))
  if (values.some((value) => value === null)) return null
  const result = combined(figure, values as number[])
  return result === null ? null : reckoned(result)
}

/** Where no table is given, no condition has a name. */
const NAMELESS = {} as PointTable
const isSo = (when: Condition, { table = NAMELESS, facts }: Known) => holds(when, table, facts)

function combined(figure: Exclude<Figure, string>, values: readonly number[]): number | null {
  const [a = 0, b = 0] = values
  if ('ratio' in figure) return b === 0 ? null : (a / b) * (figure.times ?? 1)
  if ('change' in figure) return b === 0 ? null : ((a - b) / Math.abs(b)) * 100
  if ('difference' in figure) return a - b
  if ('periods' in figure) {
    const weights = figure.periods.map(({ weight }) => weight)
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    return values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / all
  }
  if ('product' in figure) return values.reduce((product, value) => product * value, 1)
  if ('greatest' in figure) return Math.max(...values)
  if ('least' in figure) return Math.min(...values)
  return values.reduce((sum, value) => sum + value, 0)
}

/** What a figure is made of: nothing where it is a fact, an indicator or a plain number. */
export function partsOf(figure: Figure | number): readonly (Figure | number)[] {
  if (typeof figure !== 'object' || 'indicator' in figure || 'results' in figure || 'holding' in figure) return []
  if ('cases' in figure) return [...figure.cases.map((option) => option.figure), figure.otherwise ?? []].flat()
  if ('periods' in figure) return figure.periods.map(({ of }) => of)
  if ('cluster' in figure) return [figure.of]
  // Of a ratio `times` may stand first.
  return Object.values(figure).find(Array.isArray) as readonly (Figure | number)[]
}

/** The conditions that decide what a figure comes to. */
export function conditionsIn(figure: Figure | number): Condition[] {
  return typeof figure === 'object' ? [...conditionsOf(figure), ...partsOf(figure).flatMap(conditionsIn)] : []
}

/** Those that stand in a figure itself, not in its parts. */
export const conditionsOf = (figure: Exclude<Figure, string>): readonly Condition[] =>
  'cases' in figure ? figure.cases.map(({ when }) => when) : 'holding' in figure ? figure.holding : []

/** The codes of the nodes whose points a figure asks for, its conditions included. */
export function codesIn(figure: Figure | number, { conditions = {} }: PointTable): string[] {
  const asked = [...namesOf(figure).facts, ...conditionsIn(figure).flatMap((when) => factsIn(when, conditions))]
  return asked.flatMap((name) => pointsCode(name) ?? [])
}

/** The figures that a node looks at: those of its rule, and its coefficient. */
export const figuresAt = ({ rule, coefficient }: PointNode): (Figure | number)[] =>
  coefficient === undefined ? figuresOf(rule) : [...figuresOf(rule), coefficient]

/** A coefficient that is the same for all; 1 where it is a unit's own. */
export function coefficientOf({ coefficient = 1 }: PointNode): number {
  if (typeof coefficient === 'number') return coefficient
  const { facts, indicators } = namesIn(coefficient)
  const isOwn = facts.length + indicators.length + conditionsIn(coefficient).length > 0 || countsResults(coefficient)
  return isOwn ? 1 : (figureOf(coefficient, { facts: {}, results: new Map() }) ?? 1)
}

/** Whether a figure counts statuses of indicators, or is made of one that does. */
export const countsResults = (figure: Figure | number): boolean =>
  typeof figure === 'object' && ('results' in figure || partsOf(figure).some(countsResults))

/** The figures of the whole cluster that stand in one. */
export const clusterFiguresIn = (figure: Figure | number): ClusterFigure[] =>
  typeof figure === 'object' && 'cluster' in figure ? [figure] : partsOf(figure).flatMap(clusterFiguresIn)

/** The names of the facts and indicators that a figure asks for. */
export function namesIn(figure: Figure | number): { facts: string[]; indicators: string[] } {
  checkShapeOnce('figure', figure)
  return namesOf(figure)
}

/** Of one whose shape is checked, and with it that of all its parts. */
function namesOf(figure: Figure | number): ReturnType<typeof namesIn> {
  if (typeof figure === 'number') return { facts: [], indicators: [] }
  if (typeof figure === 'string') return { facts: [figure], indicators: [] }
  if ('indicator' in figure) return { facts: [], indicators: [figure.indicator] }
  if ('results' in figure) return { facts: [], indicators: [...(figure.of ?? [])] }
  const named = partsOf(figure).map(namesOf)
  return { facts: named.flatMap(({ facts }) => facts), indicators: named.flatMap(({ indicators }) => indicators) }
}

/** The figures that a rule looks at, those of its cases included. */
export function figuresOf(rule: Rule | undefined): (Figure | number)[] {
  if (rule === undefined) return []
  checkShapeOnce('rule', rule)
  if (rule.kind === 'full' || rule.kind === 'share' || rule.kind === 'policy') return []
  if (rule.kind === 'cases') return rule.cases.flatMap((option) => figuresOf(option.rule))
  return 'target' in rule ? [rule.of, rule.target] : [rule.of]
}

/** A rule, or those of all its cases. */
export const rulesIn = (rule: Rule | undefined): readonly Rule[] =>
  rule?.kind === 'cases' ? rule.cases.flatMap((option) => rulesIn(option.rule)) : rule ? [rule] : []
