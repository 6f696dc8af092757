export { type ClusterScore, rankClusters } from './clusters.ts'
export { BALLOT, commend, type Nomination } from './commend.ts'
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
  compilePolicy,
  ELIGIBILITY_FACTS,
  type EligibilityRule,
  type Policy,
  type Quota,
  type TieBreak,
} from './policy.ts'
export { type RankEntry, type Ranked, rank } from './rank.ts'
export { type Score, type ScoreFacts, type ScoreLine, score } from './score.ts'
