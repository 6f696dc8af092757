// Everything without any directive's data: for those who bring their own.
export { defineDirective, parseDirective } from './directive/define.ts'
export { directiveSchema } from './directive/schema.ts'
export * from './judging.ts'
export type { Schema } from './shape.ts'
