// Everything without any directive's data: for those who bring their own.
export { checkDirective, defineDirective, parseDirective } from './directive/define.ts'
export { isCount, isShare } from './directive/limits.ts'
export { directiveSchema } from './directive/schema.ts'
export { type Disagreement, disagreements } from './evaluation/agree.ts'
export * from './judging.ts'
export type { Problem, Schema } from './shape.ts'
