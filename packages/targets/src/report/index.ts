// What a report says beside each result: how many of the main indicators were met, what a figure is against the year before,
// and what changed from one directive to the next.
export type { DirectiveDifference } from './difference.ts'
export { diffDirectives } from './differences.ts'
export { countMain, type MainCount, type MainItem } from './main-indicators.ts'
export { describeWeights } from './weights.ts'
export { type DatedFigure, type YearOnYear, yearOnYear } from './year-on-year.ts'
