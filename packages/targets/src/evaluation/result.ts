import type { Target, Text } from '../directive/types.ts'
import type { Rule } from '../rules/to-rules.ts'
import type { Pace, Status } from './status.ts'

export interface IndicatorResult<Id extends string = string> {
  readonly indicatorId: Id
  readonly status: Status
  /** Met and strictly better than a target that is not strict; for "about", above its tolerance. */
  readonly exceeded: boolean
  readonly value: number | boolean | null
  /** What the unit is judged by; null where it has none. */
  readonly target: Target | null
  /** True where the directive's rate stands in for a target that the unit does not have itself. */
  readonly inherited: boolean
  /** In the indicator's unit, positive = better than the target. */
  readonly margin: number | null
  /** Share of the way done: 1 is the target. */
  readonly completion: number | null
  /** Only in progress, for flows and for levels and rates with a baseline. */
  readonly pace: Pace | null
  /** The result as a sentence for a report; built when read. */
  readonly explanation: Text
  /** The same as data: the words, the rule and the arithmetic; built when read, and left out of JSON. */
  readonly trace: Trace
}

export interface EvaluationSummary {
  met: number
  /** Of those met. */
  exceeded: number
  notMet: number
  inProgress: number
  noData: number
  notApplicable: number
  total: number
}

export interface Evaluation<Id extends string = string> {
  readonly results: readonly IndicatorResult<Id>[]
  readonly summary: EvaluationSummary
}

/** Where a result comes from: the words, the rule, the figure and the arithmetic. */
export interface Trace {
  readonly section: string
  readonly quote: string
  /** The number of the directive. */
  readonly source: string
  /** The day on which quote and number were last compared with the text. */
  readonly checkedOn: string
  /** What the value was held against, as a json-rules-engine rule; null without a target. */
  readonly rule: Rule | null
  /** For example "1000.44 >= 2326": false. Null without a value or a target. */
  readonly comparison: { readonly expression: string; readonly holds: boolean } | null
  /** For example "1000.44 ÷ 2326 = 0.43011". */
  readonly completion: string | null
  /** For example "0.43011 ÷ (243 ÷ 365) = 0.64605, below 0.95". */
  readonly pace: string | null
}
