import type { Directive } from '@dienbien/targets'
import { compilePolicy, defaultPolicy, type Policy } from '@dienbien/targets/emulation'
import { findIndicator, inSection } from '../../directive/indicators.ts'
import { givenTwice, inputError } from '../../errors/input-error.ts'

/** A policy that a client gave, or the default. */
export function checkPolicy(input: unknown): Policy {
  const policy = (input as Policy | null | undefined) ?? defaultPolicy
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

/** A weight that is tried, of an indicator or of all that a section states. */
export interface TriedWeight {
  readonly indicator?: string | null | undefined
  readonly section?: string | null | undefined
  readonly times: number
}

/**
 * A policy with other weights: each so many times what it was.
 * @throws {InputError} where one names no indicator and no section, or both, or an indicator is named twice
 */
export function withWeights(policy: Policy, tried: readonly TriedWeight[], { indicators }: Directive): Policy {
  const { weights } = policy
  const changed: Record<string, number> = {}
  for (const [i, { indicator, section, times }] of tried.entries()) {
    const argument = `weights[${i}]`
    if (Boolean(indicator) === Boolean(section)) {
      const text = { vi: 'ghi một chỉ tiêu (indicator) hoặc một mục (section)', en: 'give an indicator or a section' }
      throw inputError('BAD_INPUT', text, { argument, value: null })
    }
    const named = indicator
      ? [findIndicator(indicator, `${argument}.indicator`)]
      : indicators.filter(inSection(section, `${argument}.section`, indicators))
    for (const { id } of named) {
      if (Object.hasOwn(changed, id)) throw givenTwice(id, argument)
      changed[id] = (weights.indicators?.[id] ?? weights.default) * times
    }
  }
  const other = {
    ...policy,
    id: `${policy.id}-what-if`,
    weights: { ...weights, indicators: { ...weights.indicators, ...changed } },
  }
  compilePolicy(other)
  return other
}
