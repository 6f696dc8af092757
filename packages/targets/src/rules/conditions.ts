import { TargetsError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { compareDecimal } from './decimal.ts'
import { type Interval, toInterval } from './interval.ts'

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

export type Scalar = boolean | number | string

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
 * Numbers compare decimally. For many units at once there is {@link compileConditionTable}.
 * @throws {TargetsError} `BAD_CONDITION` with the path: unknown operators, facts and names, cycles, and the parts of
 *   json-rules-engine's format that are not supported (`path`, `params`, facts as values, `priority`)
 */
export function compileCondition(condition: Condition, options: ConditionOptions = {}): CompiledCondition {
  return closureOf(parseCondition(condition, options))
}

/** A checked condition: names resolved, operators reduced to ranges and lists. */
export type ConditionNode =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly part: ConditionNode }
  /** A number within the bounds. */
  | { readonly kind: 'range'; readonly fact: string; readonly interval: Interval }
  /** Equal to one of the values (`wanted`), or to none. */
  | {
      readonly kind: 'list'
      readonly fact: string
      readonly values: readonly Scalar[]
      readonly wanted: boolean
      readonly path: string
    }

/** @throws {TargetsError} `BAD_CONDITION` with the path */
export function parseCondition(condition: Condition, options: ConditionOptions): ConditionNode {
  return parse(condition, options.path ?? 'condition', options, [])
}

const KEYS = ['all', 'any', 'not', 'condition', 'fact'] as const
const OPTIONAL = ['name']
const RANGES = {
  lessThan: '<',
  lessThanInclusive: '<=',
  greaterThan: '>',
  greaterThanInclusive: '>=',
} as const
const OPERATORS = ['equal', 'notEqual', ...Object.keys(RANGES), 'in', 'notIn']

function parse(condition: Condition, path: string, options: ConditionOptions, open: readonly string[]): ConditionNode {
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
    const kind = 'all' in condition ? 'all' : 'any'
    const list = 'all' in condition ? condition.all : condition.any
    if (!Array.isArray(list)) return refuse(`"${kind}" must be a list of conditions`)
    return { kind, parts: list.map((part, i) => parse(part, `${path}.${kind}[${i}]`, options, open)) }
  }
  if ('not' in condition) return { kind: 'not', part: parse(condition.not, `${path}.not`, options, open) }
  if ('condition' in condition) {
    const name = condition.condition
    const named = options.named ?? {}
    if (!Object.hasOwn(named, name)) {
      refuse(`no condition is named ${JSON.stringify(name)}`, nearest(String(name), Object.keys(named)))
    }
    if (open.includes(name)) refuse(`conditions refer to each other in a circle: ${[...open, name].join(' → ')}`)
    return parse(named[name] as Condition, `${path}→${name}`, options, [...open, name])
  }

  const { fact, operator, value } = condition
  if (typeof fact !== 'string' || fact === '') refuse('"fact" must be a name')
  if (options.facts && !options.facts.includes(fact)) {
    refuse(`no fact ${JSON.stringify(fact)}; there are ${options.facts.join(', ')}`, nearest(fact, options.facts))
  }
  if (!OPERATORS.includes(operator)) {
    refuse(`operator ${JSON.stringify(operator)} is none of ${OPERATORS.join(', ')}`)
  }
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(value)) return refuse(`"${operator}" takes a list of values`)
    return { kind: 'list', fact, values: value, wanted: operator === 'in', path }
  }
  if (typeof value === 'object') return refuse('a list or an object as value is not supported with this operator')
  if (operator === 'equal' || operator === 'notEqual') {
    return { kind: 'list', fact, values: [value], wanted: operator === 'equal', path }
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(`"${operator}" takes a finite number`)
  return { kind: 'range', fact, interval: toInterval({ comparator: RANGES[operator], value }) }
}

function closureOf(node: ConditionNode): CompiledCondition {
  switch (node.kind) {
    case 'all':
    case 'any':
      return junction(node.parts.map(closureOf), node.kind === 'any')
    case 'not': {
      const inner = closureOf(node.part)
      return (facts) => {
        const result = inner(facts)
        return result === null ? null : !result
      }
    }
    case 'range': {
      const { fact } = node
      const { lo, hi } = node.interval
      return (facts) => {
        const actual = facts[fact]
        if (actual === undefined || actual === null) return null
        return typeof actual === 'number' && actual >= lo && actual <= hi
      }
    }
    case 'list': {
      const { fact, values, wanted } = node
      return (facts) => {
        const actual = facts[fact]
        if (actual === undefined || actual === null) return null
        for (const value of values) if (same(actual, value)) return wanted
        return !wanted
      }
    }
  }
}

/**
 * `any` stops at the first true, `all` at the first false; an unknown part leaves the rest to decide. An empty list of
 * either kind is true, as json-rules-engine has it.
 */
function junction(parts: readonly CompiledCondition[], decisive: boolean): CompiledCondition {
  if (parts.length === 0) return () => true
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

const same = (a: Scalar, b: Scalar) =>
  a === b || (typeof a === 'number' && typeof b === 'number' && compareDecimal(a, b) === 0)
