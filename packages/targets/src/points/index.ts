export type { Rounding } from '../rounding.ts'
export type { Problem } from '../shape.ts'
export { awardPolicy } from './awards.ts'
export { BadPoints, parsePointTable, problemsOfPointTable } from './check.ts'
export type { PointColumn } from './columns.ts'
export { compilePoints, type PointProgram, toPointTable } from './compile.ts'
export { defaultPointTable, fromPolicy } from './default-table.ts'
export { type PointFairness, type PointFairnessOptions, type PointRange, pointFairness } from './fairness.ts'
export { figuresOf, namesIn } from './figures.ts'
export { formatNumber } from './numbers.ts'
export { type PrintedAs, printPointTable, printScoreSheet } from './print.ts'
export { comparePoints, overPeriods, type PointRank, rankPoints } from './rank.ts'
export type { PointEntry, PointLine, PointScore } from './result.ts'
export { pointTableSchema } from './schema.ts'
export { scorePoints } from './score.ts'
export {
  addUp,
  compareSheets,
  departures,
  POINT_STAGES,
  type PointStage,
  type ScoreSheet,
  type SheetDifference,
  settleSheets,
} from './sheet.ts'
export type {
  Absence,
  DeclaredFact,
  Figure,
  FigurePart,
  GradeQuota,
  PointAward,
  PointGrade,
  PointNode,
  PointTable,
  PointTieBreak,
  ResultCount,
  Rule as PointRule,
  Settling,
  Step,
} from './table.ts'
export { type PointChange, type PointsItTakes, pointsItTakes } from './what-it-takes.ts'
export { gradeFact } from './with-awards.ts'
export { ruleInWords } from './words.ts'
