export { type ClusterScore, rankClusters } from './clusters.ts'
export { BALLOT, commend, commendOverall, type Nomination } from './commend.ts'
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
export {
  type CompiledPolicy,
  type Criterion,
  checkQuotas,
  compilePolicy,
  ELIGIBILITY_FACTS,
  type EligibilityRule,
  type OverallAward,
  type Policy,
  type Quota,
  type TieBreak,
  type WeightGroup,
} from './policy.ts'
export { type RankEntry, type Ranked, rank, settleTie } from './rank.ts'
export { compileScores, emptyScores, rankTable, type ScoreProgram, type TableScores } from './rank-table.ts'
export {
  compareScores,
  type Score,
  type ScoreDifference,
  type ScoreFacts,
  type ScoreLine,
  score,
} from './score.ts'
export { type FactChange, type FigureChange, type WhatItTakes, whatItTakes } from './what-it-takes.ts'
