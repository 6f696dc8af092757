// The functions of `judging`, with directive 02/CT-UBND of 2022 where none is named.

import { directive2022, type IndicatorId, type MilestoneId } from './directive/2022/index.ts'
import type { Directive, Facts } from './directive/types.ts'
import { isRecord } from './errors.ts'
import type { Program } from './evaluation/compile.ts'
import type { EvaluateOptions } from './evaluation/evaluate.ts'
import type { Evaluation } from './evaluation/result.ts'
import * as core from './judging.ts'
import type { PlanOptions } from './rules/plan.ts'
import type { Rule } from './rules/to-rules.ts'

/**
 * Judges one unit's figures by a directive: one result for each indicator, in the order of the text (sections
 * 3.1 to 3.3 of directive 02/CT-UBND by default).
 * @param facts figures by indicator id, in the indicator's unit; null or absent is no data
 * @throws {TargetsError} naming the indicator: `UNKNOWN_INDICATOR`, `WRONG_TYPE`, `NOT_FINITE`; or `BAD_DATE`, `BAD_OPTION`,
 *   `BAD_DIRECTIVE`
 */
export function evaluate(
  facts: Facts<IndicatorId, MilestoneId>,
  options?: EvaluateOptions<IndicatorId, MilestoneId> & { readonly directive?: undefined },
): Evaluation<IndicatorId>
export function evaluate<Id extends string, Milestone extends string>(
  facts: Facts<Id, Milestone>,
  options: EvaluateOptions<Id, Milestone> & { readonly directive: Directive<Id, Milestone> },
): Evaluation<Id>
export function evaluate(facts: Facts, options: EvaluateOptions = {}): Evaluation {
  return core.evaluate(facts, withDirective(options))
}

/**
 * Compiles a directive into loops over typed arrays, without `eval`.
 * @throws {TargetsError} as `evaluate` does for its options
 */
export function compile(options?: PlanOptions<IndicatorId, MilestoneId> & { readonly directive?: undefined }): Program
export function compile<Id extends string, Milestone extends string>(
  options: PlanOptions<Id, Milestone> & { readonly directive: Directive<Id, Milestone> },
): Program
export function compile(options: PlanOptions = {}): Program {
  return core.compile(withDirective(options))
}

/**
 * The targets of a directive as plain JSON rules for json-rules-engine, with its built-in operators only: one rule an
 * indicator, whose fact is the indicator's id, and whose event says that the figure satisfies the target. What a date lets
 * it decide, `evaluate` says.
 * @throws {TargetsError} `BAD_DIRECTIVE` where it is none
 */
export function toRules(directive: Directive = directive2022): Rule[] {
  return core.toRules(directive)
}

/** What is no object of options is refused by whoever reads it. */
function withDirective<Options extends PlanOptions>(options: Options): Options & { readonly directive: Directive } {
  if (!isRecord(options) || options.directive !== undefined)
    return options as Options & { readonly directive: Directive }
  const all: Record<string, unknown> = {}
  // Not by spreading, which loses what is inherited without a word.
  for (const key in options) all[key] = options[key]
  all.directive = directive2022
  return all as unknown as Options & { readonly directive: Directive }
}
