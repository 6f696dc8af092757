import { Engine } from 'json-rules-engine'
import { toRules } from './by-2022.ts'
import { directive2022 } from './directive/2022/index.ts'
import type { Directive } from './directive/types.ts'

/**
 * A json-rules-engine `Engine` with every rule of a directive; absent figures are allowed and fire nothing.
 * Each call makes a fresh one: a shared engine silently loses rules when two `run()` overlap
 * (CacheControl/json-rules-engine issue 303).
 */
export function toEngine(directive: Directive = directive2022): Engine {
  return new Engine(toRules(directive), { allowUndefinedFacts: true })
}
