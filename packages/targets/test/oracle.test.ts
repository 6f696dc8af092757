// json-rules-engine itself, running our rules, against our own evaluators.
import fc from 'fast-check'
import { toEngine } from '../src/engine.ts'
import {
  compile,
  type Directive,
  directive2022,
  evaluate,
  type Facts,
  type Indicator,
  statusOf,
  targetNumber,
  toRules,
} from '../src/index.ts'

const directive: Directive = directive2022
const indicators: readonly Indicator[] = directive.indicators
/** Far from one part in a thousand million of the target, where decimal and binary equality differ. */
const STEP = 1e-6

async function metByEngine(facts: Facts): Promise<string[]> {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined))
  const { events } = await toEngine(directive).run(known)
  return events.filter(({ type }) => type === 'met').map(({ params }) => params?.indicatorId as string)
}

const metByUs = (facts: Facts) =>
  evaluate(facts, { directive })
    .results.filter(({ status }) => status === 'MET')
    .map(({ indicatorId }) => indicatorId)

function metByTable(facts: Facts): string[] {
  const program = compile({ directive })
  const row = Float64Array.from(program.indicatorIds, (id) => Number(facts[id] ?? Number.NaN))
  const out = program.evaluateTable(row)
  return program.indicatorIds.filter((_, i) => statusOf(out[i] as number) === 'MET')
}

async function expectAgreement(facts: Facts): Promise<void> {
  const expected = (await metByEngine(facts)).sort()
  expect(metByUs(facts).sort()).toEqual(expected)
  expect(metByTable(facts).sort()).toEqual(expected)
}

test('has one rule for each indicator, with built-in operators only', () => {
  const rules = toRules()
  expect(rules.map(({ event }) => event.params.indicatorId)).toEqual(indicators.map(({ id }) => id))
  expect(JSON.parse(JSON.stringify(rules))).toEqual(rules)
  expect(rules[0]).toEqual({
    name: 'grdp-growth',
    conditions: { all: [{ fact: 'grdp-growth', operator: 'greaterThanInclusive', value: 10 }] },
    event: {
      type: 'met',
      params: { indicatorId: 'grdp-growth', section: '3.1', quote: 'Tốc độ tăng trưởng kinh tế (GRDP) đạt 10%' },
    },
  })
})

test('agrees at, one step below and one step above every threshold', async () => {
  const at = (step: number): Facts =>
    Object.fromEntries(
      indicators.map(({ id, target }) => {
        if (target.comparator === 'maintained') return [id, step >= 0]
        const threshold =
          target.comparator === '~' ? Number((target.value * 0.99).toPrecision(12)) : targetNumber(target)
        return [id, threshold * (1 + step)]
      }),
    )
  for (const step of [0, -STEP, STEP]) await expectAgreement(at(step))
})

test('agrees on random facts: missing, null, boundaries, zeros, huge and tiny values', async () => {
  const figure = (indicator: Indicator) => {
    const absent = [fc.constant(undefined), fc.constant(null)] as const
    if (indicator.target.comparator === 'maintained') return fc.oneof(...absent, fc.boolean())
    const goal = targetNumber(indicator.target)
    return fc.oneof(
      ...absent,
      fc.constantFrom(goal, goal * (1 + STEP), goal * (1 - STEP), 0, -0, -goal, Number.MIN_VALUE, 1e300, -1e300),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((value) => Math.abs(value - goal) > goal * STEP || value === goal),
      fc.double({ min: 0, max: goal * 2, noNaN: true }).filter((value) => Math.abs(value - goal) > goal * STEP),
    )
  }
  const facts = fc.record(Object.fromEntries(indicators.map((indicator) => [indicator.id, figure(indicator)])))
  await fc.assert(fc.asyncProperty(facts, expectAgreement), { numRuns: 150 })
})

test('gives a fresh engine at each call, so that two may run at once', async () => {
  expect(toEngine()).not.toBe(toEngine())
  const facts = { 'grdp-growth': 11 }
  const runs = await Promise.all(Array.from({ length: 20 }, () => metByEngine(facts)))
  for (const met of runs) expect(met).toEqual(['grdp-growth'])
})

test('the table says the same status as evaluate, at every level and date', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('province', 'district', 'commune', 'department'),
      fc.constantFrom(undefined, '2022-03-31', '2022-12-31'),
      fc.array(fc.option(fc.double({ min: -10, max: 5e5, noNaN: true }), { nil: null }), {
        minLength: 70,
        maxLength: 70,
      }),
      (unitLevel, asOf, values) => {
        const facts = Object.fromEntries(
          indicators.map(({ id, measure }, i) => {
            const value = values[i] ?? null
            return [id, value !== null && measure === 'milestone' ? value > 0 : value]
          }),
        )
        const program = compile({ directive, unitLevel, asOf })
        const row = Float64Array.from(program.indicatorIds, (id) => {
          const value = facts[id]
          return value === null || value === undefined ? Number.NaN : Number(value)
        })
        const { results } = evaluate(facts, { directive, unitLevel, asOf })
        expect([...program.evaluateTable(row)].map(statusOf)).toEqual(results.map(({ status }) => status))
      },
    ),
  )
})

describe('a table', () => {
  const program = compile()
  const width = program.indicatorIds.length

  test('refuses an infinite figure and a milestone that is neither 1 nor 0, naming row and indicator', () => {
    const values = new Float64Array(2 * width).fill(Number.NaN)
    values[width] = Number.POSITIVE_INFINITY
    expect(() => program.evaluateTable(values)).toThrow('row 1: "grdp-growth" takes a finite number')
    values[width] = 1
    values[program.indicatorIds.indexOf('literacy-level-2')] = 0.5
    expect(() => program.evaluateTable(values)).toThrow('row 0: "literacy-level-2" takes 1 or 0, not 0.5')
  })

  test('refuses sizes that do not fit', () => {
    expect(() => program.evaluateTable(new Float64Array(width + 1))).toThrow('no whole number of rows')
    expect(() => program.evaluateTable(new Float64Array(width), new Uint8Array(1))).toThrow('out holds 1 cells')
  })

  test('writes into the given array', () => {
    const out = new Uint8Array(width)
    expect(program.evaluateTable(new Float64Array(width), out)).toBe(out)
  })
})
