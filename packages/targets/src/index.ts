export { compile, evaluate, toRules } from './by-2022.ts'
export { directive2022, type IndicatorId, type MilestoneId } from './directive/2022/index.ts'
export { directives } from './directives.ts'
export * from './judging.ts'
