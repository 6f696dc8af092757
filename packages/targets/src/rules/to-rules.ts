import { tidy } from '../decimal.ts'
import { betterOf, checkedDirective } from '../directive/derive.ts'
import type { Directive, Indicator, Target } from '../directive/types.ts'
import { boundsOf } from './interval.ts'

/** A rule in json-rules-engine's own format. */
export interface Rule {
  name: string
  conditions: { all: { fact: string; operator: RuleOperator; value: number | boolean }[] }
  event: {
    /** `met`, or `reached` for a projection, which is shown and never scored. */
    type: 'met' | 'reached'
    params: { indicatorId: string; section: string; quote: string }
  }
}

export type RuleOperator = 'greaterThanInclusive' | 'greaterThan' | 'lessThanInclusive' | 'lessThan' | 'equal'

const OPERATORS = {
  '>=': 'greaterThanInclusive',
  '>': 'greaterThan',
  '<=': 'lessThanInclusive',
  '<': 'lessThan',
  '=': 'equal',
  maintained: 'equal',
} as const satisfies Partial<Record<Target['comparator'], RuleOperator>>

/**
 * The targets of a directive as plain JSON rules for json-rules-engine, with its built-in operators only: one rule an
 * indicator, whose fact is the indicator's id, and whose event says that the figure satisfies the target. What a date lets
 * it decide, `evaluate` says. The text's numbers stand in the rules as they are ("about" and ranges as their bounds), so
 * equality there is binary where this package's own evaluators are decimal.
 * @throws {TargetsError} `BAD_DIRECTIVE` where it is none
 */
export function toRules(directive: Directive): Rule[] {
  return checkedDirective(directive).indicators.map(ruleFor)
}

/** The rule of one indicator. */
export function ruleFor(indicator: Indicator): Rule {
  const { id, section, quote, role } = indicator
  return {
    name: id,
    conditions: { all: conditionsOf(indicator).map((condition) => ({ fact: id, ...condition })) },
    event: { type: role === 'target' ? 'met' : 'reached', params: { indicatorId: id, section, quote } },
  }
}

function conditionsOf({ target, better: said }: Indicator): { operator: RuleOperator; value: number | boolean }[] {
  if (target.comparator !== '~' && target.comparator !== 'between') {
    return [{ operator: OPERATORS[target.comparator], value: target.value }]
  }
  const better = betterOf(target, said)
  const { low, high } = boundsOf(target)
  // A range's bounds as they are written; the ends of a tolerance without the noise of computing them.
  const written = target.comparator === 'between' ? (bound: number) => bound : tidy
  const floor = { operator: 'greaterThanInclusive', value: written(low) } as const
  const ceiling = { operator: 'lessThanInclusive', value: written(high) } as const
  return better === 'more' ? [floor] : better === 'less' ? [ceiling] : [floor, ceiling]
}
