import { isRecord, TargetsError } from '../errors.ts'
import { listing, type Problem, problemsIn } from '../shape.ts'
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
 * Everything that is wrong with a document that should be a directive, each with its path and what would be right; empty
 * where `parseDirective` takes it. Never throws.
 */
export function checkDirective(document: unknown): Problem[] {
  const problems = problemsIn(directiveSchema, document)
  return isRecord(document) ? [...problems, ...contradictionsIn(document, problems)] : problems
}

/**
 * Builds a directive from JSON that has been parsed already, for example a file of the format of `directive.json`; its
 * JSON Schema is `@dienbien/targets/directive.schema.json`.
 * @throws {TargetsError} `BAD_DIRECTIVE` as {@link defineDirective} does
 */
export function parseDirective(json: unknown): Directive {
  const problems = checkDirective(json)
  if (problems.length > 0) {
    const [first] = problems
    const text = listing(problems)
    const name = isRecord(json) && typeof json.id === 'string' ? `${json.id}:\n` : ''
    throw new TargetsError('BAD_DIRECTIVE', { vi: name + text.vi, en: name + text.en }, first?.path, first?.nearest)
  }
  return derive(json as DirectiveInput<readonly IndicatorInput[]>)
}
