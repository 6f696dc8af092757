import { isRecord, TargetsError } from '../errors.ts'
import { listing, problemsIn } from '../shape.ts'
import { contradictionsIn } from './contradictions.ts'
import { derive } from './derive.ts'
import type { DirectiveInput, IdOf, MilestoneOf, Refused } from './input.ts'
import { directiveSchema } from './schema.ts'
import type { Directive, IndicatorInput } from './types.ts'

/**
 * Builds a directive of any year or province, with the types and checks of `directive2022`.
 * Derives `level` (default `province`), `role` (default `target`), `better` and `baseline`.
 * @throws {TargetsError} `BAD_DIRECTIVE`, listing every problem with its path and what would be right
 */
export function defineDirective<const I extends readonly IndicatorInput[]>(
  input: DirectiveInput<I> & Refused<I>,
): Directive<IdOf<I>, MilestoneOf<I>> {
  return parseDirective(input) as unknown as Directive<IdOf<I>, MilestoneOf<I>>
}

/**
 * Builds a directive from JSON that has been parsed already, for example a file of the format of `directive.json`; its
 * JSON Schema is `@dienbien/targets/directive.schema.json`.
 * @throws {TargetsError} `BAD_DIRECTIVE` as {@link defineDirective} does
 */
export function parseDirective(json: unknown): Directive {
  let problems = problemsIn(directiveSchema, json)
  const input = json as DirectiveInput<readonly IndicatorInput[]>
  // What no schema can say is asked only of what has the right shape.
  if (problems.length === 0) problems = contradictionsIn(input)
  if (problems.length > 0) {
    const [first] = problems
    const text = listing(problems)
    const name = isRecord(json) && typeof json.id === 'string' ? `${json.id}:\n` : ''
    throw new TargetsError('BAD_DIRECTIVE', { vi: name + text.vi, en: name + text.en }, first?.path, first?.nearest)
  }
  return derive(input)
}
