export { parseDate } from './dates.ts'
export { directive2022, type IndicatorId, type MilestoneId } from './directive/2022/index.ts'
export {
  type DirectiveInput,
  defineDirective,
  type IdOf,
  type MilestoneOf,
  parseDirective,
} from './directive/define.ts'
export type {
  Amendment,
  Change,
  Comparator,
  Directive,
  Duty,
  Erratum,
  Extent,
  Facts,
  Indicator,
  IndicatorInput,
  Measure,
  MeasurementUnit,
  NumericComparator,
  Relation,
  Role,
  Target,
  Text,
  UnitLevel,
} from './directive/types.ts'
export { directives } from './directives.ts'
export { ImpossibleStep, TargetsError, type TargetsErrorCode } from './errors.ts'
export { type Disagreement, disagreements } from './evaluation/agree.ts'
export { compile, type Program } from './evaluation/compile.ts'
export { type EvaluateOptions, evaluate } from './evaluation/evaluate.ts'
export { describeTarget } from './evaluation/explain.ts'
export type { Evaluation, EvaluationSummary, IndicatorResult, Trace } from './evaluation/result.ts'
export { type Pace, type Status, StatusCode, statusOf } from './evaluation/status.ts'
export { fromTable, type TableRow, toTable } from './evaluation/table.ts'
export { nearest } from './nearest.ts'
export { ConditionCode, type ConditionProgram, compileConditionTable } from './rules/condition-table.ts'
export {
  type CompiledCondition,
  type Condition,
  type ConditionFacts,
  type ConditionOperator,
  type ConditionOptions,
  compileCondition,
  type Scalar,
} from './rules/conditions.ts'
export type { OwnTarget, PlanOptions } from './rules/plan.ts'
export { type Rule, type RuleOperator, toRules } from './rules/to-rules.ts'
