import { TargetsError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { compareDecimal } from './decimal.ts'

/** A figure that a condition may ask for; null or absent is unknown. */
export type ConditionFacts = Readonly<Record<string, boolean | number | string | null | undefined>>

export type ConditionOperator =
  | 'equal'
  | 'notEqual'
  | 'lessThan'
  | 'lessThanInclusive'
  | 'greaterThan'
  | 'greaterThanInclusive'
  | 'in'
  | 'notIn'

type Scalar = boolean | number | string

/** A condition in json-rules-engine's format. */
export type Condition =
  | {
      readonly fact: string
      readonly operator: ConditionOperator
      readonly value: Scalar | readonly Scalar[]
    }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly condition: string }

/** True, false, or null where what is known does not decide it. */
export type CompiledCondition = (facts: ConditionFacts) => boolean | null

export interface ConditionOptions {
  /** Conditions that others refer to with `{ condition: name }`. */
  readonly named?: Readonly<Record<string, Condition>>
  /** The facts that exist; a condition on another is refused. Absent: any. */
  readonly facts?: readonly string[]
  /** Where the condition stands, for messages. */
  readonly path?: string
}

/**
 * Compiles a condition in json-rules-engine's format into closures, without `eval`. An absent or null fact is unknown,
 * and unknown spreads as in Kleene's logic: `any` with one true is true, `all` with one false is false, else unknown.
 * Numbers compare decimally.
 * @throws {TargetsError} `BAD_CONDITION` with the path: unknown operators, facts and names, cycles, and the parts of
 *   json-rules-engine's format that are not supported (`path`, `params`, facts as values, `priority`)
 */
export function compileCondition(condition: Condition, options: ConditionOptions = {}): CompiledCondition {
  return build(condition, options.path ?? 'condition', options, [])
}

const KEYS = ['all', 'any', 'not', 'condition', 'fact'] as const
const OPTIONAL = ['name']

function build(
  condition: Condition,
  path: string,
  options: ConditionOptions,
  open: readonly string[],
): CompiledCondition {
  const refuse = (what: string, near?: string): never => {
    throw new TargetsError('BAD_CONDITION', `${path}: ${what}${near ? `; did you mean "${near}"?` : ''}`, path, near)
  }
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    return refuse(`must be an object with one of ${KEYS.join(', ')}`)
  }
  const kinds = KEYS.filter((key) => key in condition)
  if (kinds.length !== 1) return refuse(`must have exactly one of ${KEYS.join(', ')}`)
  const allowed = kinds[0] === 'fact' ? ['fact', 'operator', 'value', ...OPTIONAL] : [kinds[0] as string, ...OPTIONAL]
  for (const key of Object.keys(condition)) {
    if (!allowed.includes(key)) refuse(`"${key}" is not supported here: only ${allowed.join(', ')}`)
  }

  if ('all' in condition || 'any' in condition) {
    const key = 'all' in condition ? 'all' : 'any'
    const list = 'all' in condition ? condition.all : condition.any
    if (!Array.isArray(list)) return refuse(`"${key}" must be a list of conditions`)
    const parts = list.map((part, i) => build(part, `${path}.${key}[${i}]`, options, open))
    // json-rules-engine holds an empty list of either kind to be true.
    if (parts.length === 0) return () => true
    return junction(parts, key === 'any')
  }
  if ('not' in condition) {
    const inner = build(condition.not, `${path}.not`, options, open)
    return (facts) => {
      const result = inner(facts)
      return result === null ? null : !result
    }
  }
  if ('condition' in condition) {
    const name = condition.condition
    const named = options.named ?? {}
    if (!Object.hasOwn(named, name))
      refuse(`no condition is named ${JSON.stringify(name)}`, nearest(String(name), Object.keys(named)))
    if (open.includes(name)) refuse(`conditions refer to each other in a circle: ${[...open, name].join(' → ')}`)
    return build(named[name] as Condition, `${path}→${name}`, options, [...open, name])
  }
  const { fact, operator, value } = condition
  if (typeof fact !== 'string' || fact === '') refuse('"fact" must be a name')
  if (options.facts && !options.facts.includes(fact)) {
    refuse(`no fact ${JSON.stringify(fact)}; there are ${options.facts.join(', ')}`, nearest(fact, options.facts))
  }
  const test = comparison(operator, value)
  if (typeof test === 'string') return refuse(test)
  return (facts) => {
    const actual = facts[fact]
    return actual === undefined || actual === null ? null : test(actual)
  }
}

/** `any` stops at the first true, `all` at the first false; an unknown part leaves the rest to decide. */
function junction(parts: readonly CompiledCondition[], decisive: boolean): CompiledCondition {
  return (facts) => {
    let result: boolean | null = !decisive
    for (const part of parts) {
      const one = part(facts)
      if (one === decisive) return decisive
      if (one === null) result = null
    }
    return result
  }
}

/** The test for an operator, or what is wrong with it. */
function comparison(
  operator: ConditionOperator,
  value: Scalar | readonly Scalar[],
): ((actual: Scalar) => boolean) | string {
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(value)) return `"${operator}" takes a list of values`
    const list = value as readonly Scalar[]
    const wanted = operator === 'in'
    return (actual) => list.some((one) => same(actual, one)) === wanted
  }
  if (typeof value === 'object') return 'a list or an object as value is not supported with this operator'
  switch (operator) {
    case 'equal':
      return (actual) => same(actual, value)
    case 'notEqual':
      return (actual) => !same(actual, value)
  }
  const sign = SIGNS[operator as keyof typeof SIGNS]
  if (sign === undefined) return `operator ${JSON.stringify(operator)} is none of ${OPERATORS.join(', ')}`
  if (typeof value !== 'number' || !Number.isFinite(value)) return `"${operator}" takes a finite number`
  const [direction, inclusive] = sign
  return (actual) => {
    if (typeof actual !== 'number') return false
    const order = compareDecimal(actual, value)
    return order === 0 ? inclusive : order === direction
  }
}

const SIGNS = {
  lessThan: [-1, false],
  lessThanInclusive: [-1, true],
  greaterThan: [1, false],
  greaterThanInclusive: [1, true],
} as const
const OPERATORS = ['equal', 'notEqual', ...Object.keys(SIGNS), 'in', 'notIn']

const same = (a: Scalar, b: Scalar) =>
  typeof a === 'number' && typeof b === 'number' ? compareDecimal(a, b) === 0 : a === b
