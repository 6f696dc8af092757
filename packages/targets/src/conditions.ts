// Conditions in json-rules-engine's format, over facts.
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
