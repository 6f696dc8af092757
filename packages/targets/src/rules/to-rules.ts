import { directive2022 } from '../directive/2022/index.ts'
import type { Directive, Indicator, Target } from '../directive/types.ts'
import { tidy } from './decimal.ts'
import { aboutFloor } from './interval.ts'

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
  '~': 'greaterThanInclusive',
  maintained: 'equal',
} as const satisfies Record<Target['comparator'], RuleOperator>

/**
 * The targets of a directive as plain JSON rules for json-rules-engine, with its built-in operators only: one rule an
 * indicator, whose fact is the indicator's id. The text's numbers stand in them as they are ("about" at the lower end of
 * its tolerance), so equality there is binary where this package's own evaluators are decimal.
 */
export function toRules(directive: Directive = directive2022): Rule[] {
  return directive.indicators.map(ruleFor)
}

/** The rule of one indicator. */
export function ruleFor({ id, section, quote, role, target }: Indicator): Rule {
  const value = target.comparator === '~' ? tidy(aboutFloor(target.value)) : target.value
  return {
    name: id,
    conditions: { all: [{ fact: id, operator: OPERATORS[target.comparator], value }] },
    event: { type: role === 'target' ? 'met' : 'reached', params: { indicatorId: id, section, quote } },
  }
}
