import { compareDecimal } from '../decimal.ts'
import { isRecord, show, TargetsError, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { type Interval, toInterval } from './interval.ts'
import { checkOptions } from './options.ts'

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
  /** Counts the parts of several conditions that share one limit; absent: each has its own. */
  readonly counted?: { parts: number }
}

/**
 * Compiles a condition in json-rules-engine's format into closures, without `eval`. An absent or null fact is unknown,
 * and unknown spreads as in Kleene's logic: `any` with one true is true, `all` with one false is false, else unknown.
 * Numbers compare decimally. For many units at once there is {@link compileConditionTable}.
 * @throws {TargetsError} `BAD_CONDITION` with the path: unknown operators, facts and names, cycles, and the parts of
 *   json-rules-engine's format that are not supported (`path`, `params`, facts as values, `priority`)
 */
export function compileCondition(condition: Condition, options: ConditionOptions = {}): CompiledCondition {
  const test = closureOf(parseCondition(condition, options))
  return (facts) => {
    if (typeof facts !== 'object' || facts === null) throw wrongType('facts', 'một đối tượng', 'an object', facts)
    return test(facts)
  }
}

/** A checked condition: names resolved, operators reduced to ranges and lists. */
export type ConditionNode =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly part: ConditionNode }
  /** A number within the bounds. */
  | { readonly kind: 'range'; readonly fact: string; readonly interval: Interval; readonly path: string }
  /** Equal to one of the values (`wanted`), or to none. */
  | {
      readonly kind: 'list'
      readonly fact: string
      readonly values: readonly Scalar[]
      readonly wanted: boolean
      readonly path: string
    }

/**
 * A named condition counts wherever it is referred to, since it is tested there: twenty that each ask twice for the next
 * are a million tests in a text of a kilobyte.
 */
const MOST_PARTS = 1000

type Reading = ConditionOptions & Required<Pick<ConditionOptions, 'counted'>>

/** @throws {TargetsError} `BAD_CONDITION` with the path */
export function parseCondition(condition: Condition, options: ConditionOptions): ConditionNode {
  checkOptions(options, ['named', 'facts', 'path', 'counted'])
  for (const [key, fits] of [
    ['named', options.named === undefined || isRecord(options.named)],
    ['facts', options.facts === undefined || Array.isArray(options.facts)],
  ] as const) {
    if (fits) continue
    throw new TargetsError(
      'BAD_OPTION',
      { vi: `options.${key}: sai kiểu`, en: `options.${key}: is of the wrong type` },
      key,
    )
  }
  return parse(condition, options.path ?? 'condition', { counted: { parts: 0 }, ...options }, [])
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

function parse(condition: Condition, path: string, options: Reading, open: readonly string[]): ConditionNode {
  const refuse = (vi: string, en: string, near?: string): never => {
    throw new TargetsError('BAD_CONDITION', { vi: `${path}: ${vi}`, en: `${path}: ${en}` }, path, near)
  }
  if (++options.counted.parts > MOST_PARTS) {
    return refuse(
      `có hơn ${MOST_PARTS} phần, tính cả mỗi lần gọi điều kiện có tên`,
      `more than ${MOST_PARTS} parts, where named conditions count wherever they are referred to`,
    )
  }
  const keys = KEYS.join(', ')
  if (!isRecord(condition))
    return refuse(`phải là đối tượng có một trong ${keys}`, `must be an object with one of ${keys}`)
  const kinds = KEYS.filter((key) => key in condition)
  if (kinds.length !== 1) return refuse(`phải có đúng một trong ${keys}`, `must have exactly one of ${keys}`)
  const allowed = kinds[0] === 'fact' ? ['fact', 'operator', 'value', ...OPTIONAL] : [kinds[0] as string, ...OPTIONAL]
  for (const key of Object.keys(condition)) {
    if (allowed.includes(key)) continue
    const only = allowed.join(', ')
    refuse(
      `không dùng được "${key}" ở đây: chỉ ${only}`,
      `"${key}" is not supported here: only ${only}`,
      nearest(key, allowed),
    )
  }

  if ('all' in condition || 'any' in condition) {
    const kind = 'all' in condition ? 'all' : 'any'
    const list = 'all' in condition ? condition.all : condition.any
    if (!Array.isArray(list)) {
      return refuse(`"${kind}" phải là danh sách điều kiện`, `"${kind}" must be a list of conditions`)
    }
    return { kind, parts: list.map((part, i) => parse(part, `${path}.${kind}[${i}]`, options, open)) }
  }
  if ('not' in condition) return { kind: 'not', part: parse(condition.not, `${path}.not`, options, open) }
  if ('condition' in condition) {
    const name = condition.condition
    const named = options.named ?? {}
    if (typeof name !== 'string' || !Object.hasOwn(named, name)) {
      const near = nearest(String(name), Object.keys(named))
      return refuse(`không có điều kiện nào tên ${show(name)}`, `no condition is named ${show(name)}`, near)
    }
    if (open.includes(name)) {
      const circle = [...open, name].join(' → ')
      refuse(`các điều kiện gọi vòng quanh: ${circle}`, `conditions refer to each other in a circle: ${circle}`)
    }
    return parse(named[name] as Condition, `${path}→${name}`, options, [...open, name])
  }

  return parseFact(condition, path, options, refuse)
}

function parseFact(
  { fact, operator, value }: Extract<Condition, { readonly fact: string }>,
  path: string,
  { facts }: ConditionOptions,
  refuse: (vi: string, en: string, near?: string) => never,
): ConditionNode {
  if (typeof fact !== 'string' || fact === '') return refuse('"fact" phải là một tên', '"fact" must be a name')
  if (facts && !facts.includes(fact)) {
    const known = facts.join(', ')
    refuse(
      `không có dữ kiện ${show(fact)}; có ${known}`,
      `no fact ${show(fact)}; there are ${known}`,
      nearest(fact, facts),
    )
  }
  if (!OPERATORS.includes(operator)) {
    const [shown, known] = [show(operator), OPERATORS.join(', ')]
    const near = typeof operator === 'string' ? nearest(operator, OPERATORS) : undefined
    return refuse(`toán tử ${shown} không thuộc ${known}`, `operator ${shown} is none of ${known}`, near)
  }
  const isScalar = (value: unknown): value is Scalar =>
    typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(value) || !Array.from(value).every(isScalar)) {
      return refuse(`"${operator}" cần một danh sách giá trị`, `"${operator}" takes a list of values`)
    }
    return { kind: 'list', fact, values: value, wanted: operator === 'in', path }
  }
  if (operator === 'equal' || operator === 'notEqual') {
    if (!isScalar(value)) {
      return refuse(
        `"${operator}" cần một giá trị: danh sách hay đối tượng không dùng được`,
        `"${operator}" takes one value: a list or an object as value is not supported with this operator`,
      )
    }
    return { kind: 'list', fact, values: [value], wanted: operator === 'equal', path }
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return refuse(`"${operator}" cần một số hữu hạn`, `"${operator}" takes a finite number`)
  }
  return {
    kind: 'range',
    fact,
    path,
    interval: toInterval({ comparator: RANGES[operator], value }, RANGES[operator].startsWith('>') ? 'more' : 'less'),
  }
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
      const holds = part(facts)
      if (holds === decisive) return decisive
      if (holds === null) result = null
    }
    return result
  }
}

const same = (a: Scalar, b: Scalar) =>
  a === b || (typeof a === 'number' && typeof b === 'number' && compareDecimal(a, b) === 0)
