import type { Better, FurtherTarget, Target, Text, UnitLevel } from '../directive/types.ts'
import type { Inherited } from '../rules/judged.ts'
import type { Rule } from '../rules/to-rules.ts'
import type { Pace, Status } from './status.ts'

export interface IndicatorResult<Id extends string = string> {
  readonly indicatorId: Id
  readonly status: Status
  /** Met, and beyond the number of the target in the better direction (of a range the far bound, of "about" its tolerance). */
  readonly exceeded: boolean
  readonly value: number | boolean | null
  /** What the unit is judged by; null where it has none. */
  readonly target: Target | null
  /** Which way is better. */
  readonly better: Better
  /** Where a target comes from that the unit has not itself: the directive's change from its own value, or its level. */
  readonly inherited: Inherited | null
  /** In the indicator's unit, positive = better than the target. */
  readonly margin: number | null
  /** What a report prints as done: 1 is the target. */
  readonly completion: number | null
  /** Of levels and rates: the share of the way from a known baseline that is worse than the target. */
  readonly progress: number | null
  /** Only in progress, and only where there is a path through the year. */
  readonly pace: Pace | null
  /**
   * What was done against what the day asks for, 1 being on schedule; of a ceiling what the day allows against what was
   * used. Null without a pace, and where nothing of a ceiling is used.
   */
  readonly schedule: number | null
  /** The figure stands for the closing day or a later one. */
  readonly final: boolean
  /**
   * The same figure held against each further target of the directive, where the unit is judged by the directive's own
   * targets: told, and counted nowhere; built when read.
   */
  readonly further: readonly FurtherResult[]
  /** The result as a sentence for a report; built when read. */
  readonly explanation: Text
  /** The same as data: the words, the rule and the arithmetic; built when read, and left out of JSON. */
  readonly trace: Trace
}

/** What a figure comes to by a further target. */
export type FurtherResult = Omit<FurtherTarget, 'target'> & Omit<IndicatorResult, 'further' | 'trace'>

export interface EvaluationSummary {
  met: number
  /** Of those met. */
  exceeded: number
  notMet: number
  inProgress: number
  undecided: number
  noData: number
  notApplicable: number
  total: number
}

export interface Evaluation<Id extends string = string> {
  readonly results: readonly IndicatorResult<Id>[]
  readonly summary: EvaluationSummary
  /** What was judged by: only evaluations of one basis may be ranked together. */
  readonly basis?: EvaluationBasis
}

export interface EvaluationBasis {
  /** The number of the directive. */
  readonly directive: string
  readonly year: number
  readonly version?: string
  /** ISO date of the question; null where the year is over. */
  readonly asOf: string | null
  readonly unitLevel: UnitLevel
}

/** Where a result comes from: the words, the rule, the figure and the arithmetic. */
export interface Trace {
  readonly section: string
  /** As printed. */
  readonly quote: string
  /** What a quote with a slip of the print or the scan must have been; null where there is none. */
  readonly intended: string | null
  /** The number of the directive. */
  readonly source: string
  /** The day on which quote and number were last compared with the text. */
  readonly checkedOn: string
  /** The day (ISO date) that the figure stands for. */
  readonly figureDate: string
  /** What the value was held against, as a json-rules-engine rule; null without a target. */
  readonly rule: Rule | null
  /** For example "1000.44 >= 2326": false. Null without a value or a target. */
  readonly comparison: { readonly expression: string; readonly holds: boolean } | null
  /** For example "1000.44 ÷ 2326 = 0.43011". */
  readonly completion: string | null
  /** For example "(35.38 − 33.24) ÷ (35.38 − 31.1) = 0.5". */
  readonly progress: string | null
  /** For example "0.43011 ÷ (243 ÷ 365) = 0.64605, below 0.95". */
  readonly pace: string | null
}
