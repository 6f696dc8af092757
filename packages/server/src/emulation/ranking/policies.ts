import { compilePolicy, defaultPolicy, type Policy } from '@dienbien/targets/emulation'
import { findIndicator } from '../../directive/indicators.ts'

/** A policy that a client gave, or the default. */
export function checkPolicy(given: unknown): Policy {
  const policy = (given as Policy | null | undefined) ?? defaultPolicy
  compilePolicy(policy)
  const named = [
    ...Object.keys(policy.weights.indicators ?? {}).map((id) => [id, 'policy.weights.indicators'] as const),
    ...(policy.weights.groups ?? []).flatMap(({ indicators }) =>
      indicators.map((id) => [id, 'policy.weights.groups'] as const),
    ),
  ]
  for (const [id, path] of named) findIndicator(id, path)
  return policy
}
