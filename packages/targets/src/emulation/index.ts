export type { SchemaObject } from '../shape.ts'
export { type ClusterScore, rankClusters } from './clusters.ts'
export { BALLOT, commend, commendOverall, type Nomination, qualifiedOverall } from './commend.ts'
export {
  type Commendation,
  type CommendationPhase,
  type CommendationStep,
  type Nominee,
  replay,
  STEP_KINDS,
  type StepKind,
  startCommendation,
  takeStep,
  VERDICTS,
  type Verdict,
} from './commendation.ts'
export { type CompiledPolicy, checkQuotas, compilePolicy, seatsIn } from './compile-policy.ts'
export { defaultPolicy } from './default-policy.ts'
export { examplePolicy1000 } from './example-policy.ts'
export {
  type Decision,
  type Fairness,
  type FairnessOptions,
  type Flip,
  fairness,
  type RankRange,
  type UnitFairness,
} from './fairness.ts'
export { ImpossibleStep } from './impossible-step.ts'
export type {
  Criterion,
  EligibilityRule,
  OverallAward,
  Policy,
  Quota,
  TieBreak,
  WeightGroup,
} from './policy.ts'
export {
  DERIVED_FACTS,
  ELIGIBILITY_FACTS,
  type FactType,
  isFreeName,
  REPORTED_FACTS,
  type ReportedFacts,
} from './policy-facts.ts'
export { type RankEntry, type Ranked, rank, settleTie } from './rank.ts'
export { compileScores, emptyScores, rankTable, type ScoreProgram, type TableScores } from './rank-table.ts'
export { policySchema } from './schema.ts'
export {
  compareScores,
  type Score,
  type ScoreDifference,
  type ScoreFacts,
  type ScoreLine,
  score,
} from './score.ts'
export type { Counts } from './standing.ts'
export { type FactChange, type FigureChange, type WhatItTakes, whatItTakes } from './what-it-takes.ts'
