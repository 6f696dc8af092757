import { directive2022 } from './directive/2022/index.ts'

/** Every directive that this package encodes, by year. */
export const directives = /*#__PURE__*/ Object.freeze({ 2022: directive2022 } as const)
