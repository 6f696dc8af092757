// Random directives, facts and condition trees: json-rules-engine says what is right. The deliberate differences, which the
// README's table lists, are kept out of the random cases and have tests of their own below.
import fc from 'fast-check'
import { Engine, type TopLevelCondition } from 'json-rules-engine'
import {
  type Condition,
  ConditionCode,
  type ConditionFacts,
  compileCondition,
  compileConditionTable,
} from '../src/conditions.ts'
import {
  compile,
  type Directive,
  evaluate,
  type Facts,
  type IndicatorInput,
  parseDirective,
  statusOf,
  toTable,
} from '../src/core.ts'
import { tidy } from '../src/decimal.ts'
import { toEngine } from '../src/engine.ts'

/** Each half of the random cases; `DIFFERENTIAL_RUNS=500000` runs a million in all. */
const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 5000)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const parameters = { numRuns: RUNS, seed, endOnFailure: true }

beforeAll(() => {
  process.stderr.write(`differential test: 2 × ${RUNS} cases, SEED=${seed}\n`)
})

const edges = [0, -0, 1, -1, 0.1, 57, 99.9, 1e-300, -1e-300, Number.MIN_VALUE, 1e300, -1e300, Number.MAX_SAFE_INTEGER]
const number = fc.oneof(
  fc.constantFrom(...edges),
  fc.integer({ min: -5, max: 5 }),
  // Below the largest double, so that a tolerance added to it stays finite.
  fc.double({ min: -1e300, max: 1e300, noNaN: true }),
)
/** Where equality is decimal here and binary there. */
const nearlyEqual = (a: number, b: number) => a !== b && Math.abs(a - b) <= Math.abs(b) * 1.1e-9

const ids = ['a', 'b', 'c', 'd', 'e']
const text = { vi: 'x', en: 'x' }
const indicator = fc
  .record({
    comparator: fc.constantFrom('>=', '>', '<=', '<', '=', '~', 'between', 'maintained'),
    value: number,
    better: fc.constantFrom('more', 'less', 'near'),
    width: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
  })
  .filter(({ comparator, value, width }) => comparator !== 'between' || value + width > value)
  .map(
    ({ comparator, value, better, width }) =>
      ({
        name: text,
        section: '1',
        unit: { code: 'x', ...text },
        quote: 'x',
        ...(comparator === '~' || comparator === 'between' ? { better } : {}),
        target:
          comparator === 'maintained'
            ? { comparator, value: true }
            : comparator === 'between'
              ? { comparator, low: value, high: value + width }
              : { comparator, value },
        measure: comparator === 'maintained' ? 'milestone' : 'level',
        extent: 'extensive',
        levels: ['province'],
        checkedOn: '2026-11-23',
      }) as unknown as Omit<IndicatorInput, 'id'>,
  )
const directives = fc.array(indicator, { minLength: 1, maxLength: 5 }).map(
  (list): Directive =>
    parseDirective({
      id: 'random',
      title: text,
      issuer: text,
      issuedOn: '2022-01-01',
      year: 2022,
      indicators: list.map((indicator, i) => ({ ...indicator, id: ids[i] as string })) as IndicatorInput[],
    }),
)
const casesOfDirective = directives.chain((directive) =>
  fc.record({
    directive: fc.constant(directive),
    facts: fc.record(
      Object.fromEntries(
        directive.indicators.map(({ id, target }) => {
          const absent = [fc.constant(undefined), fc.constant(null)]
          if (target.comparator === 'maintained') return [id, fc.oneof(...absent, fc.boolean())]
          const about = target.comparator === '~' ? Math.abs(target.value) * 0.01 : 0
          const bounds =
            target.comparator === 'between'
              ? [target.low, target.high]
              : [target.value - about, target.value, target.value + about].map((bound) =>
                  about === 0 ? bound : tidy(bound),
                )
          const beside = bounds.flatMap((goal) => [goal, goal * (1 + 1e-6), goal * (1 - 1e-6)]).filter(Number.isFinite)
          const figure = fc
            .oneof(number, fc.constantFrom(...beside))
            .filter((value) => !bounds.some((bound) => nearlyEqual(value, bound)))
          return [id, fc.oneof(...absent, figure)]
        }),
      ),
    ) as fc.Arbitrary<Facts>,
  }),
)

test('random directives: evaluate, the compiled table and json-rules-engine agree', async () => {
  await fc.assert(
    fc.asyncProperty(casesOfDirective, async ({ directive, facts }) => {
      const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value != null))
      const { events } = await toEngine(directive).run(known)
      const expected = events.map(({ params }) => params?.indicatorId as string).sort()
      const { results } = evaluate(facts, { directive })
      expect(
        results
          .filter(({ status }) => status === 'MET')
          .map(({ indicatorId }) => indicatorId)
          .sort(),
      ).toEqual(expected)
      const program = compile({ directive })
      const codes = [...program.evaluateTable(toTable(program, [facts]))]
      expect(codes.map(statusOf)).toEqual(results.map(({ status }) => status))
    }),
    parameters,
  )
}, 3_600_000)

const scalar = fc.oneof(number, fc.boolean(), fc.constantFrom('cờ', 'bằng khen', ''))
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ fact: fc.constantFrom(...ids), operator: fc.constantFrom('equal', 'notEqual'), value: scalar }),
  fc.record({
    fact: fc.constantFrom(...ids),
    operator: fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'),
    value: number,
  }),
  fc.record({
    fact: fc.constantFrom(...ids),
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.array(scalar, { maxLength: 3 }),
  }),
) as fc.Arbitrary<Condition>
const trees = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
    fc.constantFrom({ condition: 'first' }, { condition: 'second' }),
  ),
})).tree
/** Named conditions refer to no names, so that there is no circle. */
const plain = fc.oneof(leaf, fc.record({ any: fc.array(leaf, { maxLength: 2 }) }), fc.record({ not: leaf }))

function* leaves(condition: Condition): Generator<{ fact: string; value: unknown }> {
  if ('all' in condition) for (const part of condition.all) yield* leaves(part)
  else if ('any' in condition) for (const part of condition.any) yield* leaves(part)
  else if ('not' in condition) yield* leaves(condition.not)
  else if ('fact' in condition) yield condition
}

async function oracle(condition: Condition, named: Record<string, Condition>, facts: ConditionFacts): Promise<boolean> {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [name, condition] of Object.entries(named))
    engine.setCondition(name, { all: [condition] } as TopLevelCondition)
  engine.addRule({ conditions: { all: [condition] } as TopLevelCondition, event: { type: 'true' } })
  const { events } = await engine.run(facts as Record<string, unknown>)
  return events.length > 0
}

test('random condition trees: the compiled closure and json-rules-engine agree where every fact is known', async () => {
  const cases = fc.record({
    tree: trees,
    named: fc.record({ first: plain, second: plain }),
    facts: fc.record(Object.fromEntries(ids.map((id) => [id, scalar]))),
  })
  await fc.assert(
    fc.asyncProperty(cases, async ({ tree, named, facts }) => {
      const all = [tree, ...Object.values(named)].flatMap((condition) => [...leaves(condition)])
      fc.pre(
        all.every(({ fact, value }) => {
          const actual = facts[fact]
          return [value]
            .flat()
            .every((value) => typeof actual !== 'number' || typeof value !== 'number' || !nearlyEqual(actual, value))
        }),
      )
      expect(compileCondition(tree, { named })(facts)).toBe(await oracle(tree, named, facts))
    }),
    parameters,
  )
}, 3_600_000)

test('random condition trees: the table says the same as the closure, unknown facts included', () => {
  const numericLeaf = leaf.filter((condition) =>
    [...leaves(condition)].every(({ value }) => [value].flat().every((v) => typeof v === 'number')),
  )
  const tree = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      numericLeaf,
      fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  })).tree
  const row = fc.record(Object.fromEntries(ids.map((id) => [id, fc.option(number, { nil: null })])))
  const codes = new Map([
    [false, ConditionCode.FALSE],
    [null, ConditionCode.UNKNOWN],
    [true, ConditionCode.TRUE],
  ] as const)
  fc.assert(
    fc.property(tree, fc.array(row, { minLength: 1, maxLength: 5 }), (condition, rows) => {
      const closure = compileCondition(condition)
      const values = Float64Array.from(rows.flatMap((facts) => ids.map((id) => facts[id] ?? Number.NaN)))
      const table = compileConditionTable(condition, { facts: ids }).evaluateTable(values)
      expect([...table]).toEqual(rows.map((facts) => codes.get(closure(facts))))
    }),
    { ...parameters, numRuns: 2000 },
  )
})

describe('the deliberate differences', () => {
  const when = (operator: string, value: unknown): Condition => ({ fact: 'a', operator, value }) as Condition
  const ours = (condition: Condition, facts: ConditionFacts) => compileCondition(condition)(facts)

  test.each([
    ['a missing fact is unknown', when('notEqual', 5), {}, null, true],
    ['null is unknown', when('lessThanInclusive', 31.1), { a: null }, null, false],
    ['and so is its negation', { not: when('equal', 5) }, { a: null }, null, true],
    ['a numeric string is no number', when('greaterThanInclusive', 10), { a: '12' }, false, true],
    ['equality is decimal', when('greaterThanInclusive', 57), { a: 0.57 * 100 }, true, false],
  ] as const)('%s', async (_, condition, facts, here, there) => {
    expect(ours(condition as Condition, facts)).toBe(here)
    expect(await oracle(condition as Condition, {}, facts)).toBe(there)
  })

  test('unknown spreads only as far as it decides', () => {
    const yes = when('equal', 1)
    const unknown: Condition = { fact: 'b', operator: 'equal', value: 1 }
    expect(ours({ any: [unknown, yes] }, { a: 1 })).toBe(true)
    expect(ours({ all: [unknown, yes] }, { a: 2 })).toBe(false)
    expect(ours({ all: [unknown, yes] }, { a: 1 })).toBeNull()
    expect(ours({ any: [unknown, yes] }, { a: 2 })).toBeNull()
  })
})

test('a table refuses texts and sizes that do not fit', () => {
  const facts = ['a', 'b']
  expect(() => compileConditionTable({ any: [{ fact: 'a', operator: 'equal', value: 'cờ' }] }, { facts })).toThrow(
    'condition.any[0]: a table of numbers holds no text such as "cờ"',
  )
  const program = compileConditionTable({ fact: 'b', operator: 'equal', value: true }, { facts })
  expect([...program.evaluateTable(Float64Array.of(0, 1, 0, 0, 1, Number.NaN))]).toEqual([2, 0, 1])
  expect(() => program.evaluateTable(new Float64Array(3))).toThrow('no whole number of rows of 2 facts')
  expect(() => program.evaluateTable(new Float64Array(4), new Uint8Array(1))).toThrow('out holds 1 rows')
})

describe('refuses at compile time, with the path', () => {
  const leafOf = (extra: object) => ({ fact: 'a', operator: 'equal', value: 1, ...extra }) as unknown as Condition
  test.each([
    [{ all: [leafOf({ path: '$.x' })] }, 'condition.all[0]: "path" is not supported'],
    [leafOf({ params: {} }), 'condition: "params" is not supported'],
    [leafOf({ priority: 2 }), '"priority" is not supported'],
    [leafOf({ value: { fact: 'b' } }), 'a list or an object as value is not supported'],
    [leafOf({ operator: 'contains' }), 'operator "contains" is none of equal'],
    [
      { any: [{ not: leafOf({ operator: 'lessThan', value: '3' }) }] },
      'condition.any[0].not: "lessThan" takes a finite number',
    ],
    [leafOf({ operator: 'in' }), '"in" takes a list'],
    [{ all: {} }, '"all" must be a list'],
    [{ all: [], any: [] }, 'exactly one of all, any'],
    [{ condition: 'eligble' }, 'no condition is named "eligble"; did you mean "eligible"?'],
    [{ condition: 'loop' }, 'in a circle: loop → loop'],
    [{ fact: 'pactSinged', operator: 'equal', value: true }, 'no fact "pactSinged"'],
    [null, 'must be an object'],
  ])('%j', (condition, words) => {
    const named = { eligible: leafOf({}), loop: { not: { condition: 'loop' } } as Condition }
    expect(() => compileCondition(condition as Condition, { named, facts: ['a', 'pactSigned'] })).toThrow(words)
  })
})
