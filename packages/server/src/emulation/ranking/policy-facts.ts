import { compilePolicy, type Policy } from '@dienbien/targets/emulation'
import type { KnownFacts } from '../../figures/known-facts.ts'

/** A policy is told only the facts that it knows; one that was recorded as something else is unknown to it. */
export function factsFor(policy: Policy, facts: KnownFacts): KnownFacts {
  const types = compilePolicy(policy).facts
  return Object.fromEntries(
    Object.entries(facts).filter(([fact, value]) => value === null || typeof value === types.get(fact)),
  )
}
