// What both entries have: everything that judges, without any directive's data.
export { parseDate } from './dates.ts'
export type { DirectiveInput, IdOf, MilestoneOf } from './directive/input.ts'
export type {
  Amendment,
  Better,
  Change,
  Comparator,
  Directive,
  DirectiveReference,
  Duty,
  Erratum,
  Extent,
  Facts,
  FurtherTarget,
  Indicator,
  IndicatorGroup,
  IndicatorInput,
  Measure,
  MeasurementUnit,
  NumericComparator,
  Relation,
  Role,
  Target,
  Text,
  UnitLevel,
  Weights,
} from './directive/types.ts'
export { TargetsError, type TargetsErrorCode } from './errors.ts'
export { compile, type Program } from './evaluation/compile.ts'
export { type EvaluateOptions, evaluate } from './evaluation/evaluate.ts'
export { describeTarget } from './evaluation/explain.ts'
export type {
  Evaluation,
  EvaluationBasis,
  EvaluationSummary,
  FurtherResult,
  IndicatorResult,
  Trace,
} from './evaluation/result.ts'
export { type Pace, type Status, StatusCode, statusOf } from './evaluation/status.ts'
export { fromTable, type TableRow, toTable } from './evaluation/table.ts'
export { nearest } from './nearest.ts'
export { targetNumber } from './rules/interval.ts'
export type { Inherited } from './rules/judged.ts'
export type { OwnTarget } from './rules/own-target.ts'
export type { PlanOptions } from './rules/plan.ts'
export { type Rule, type RuleOperator, toRules } from './rules/to-rules.ts'
