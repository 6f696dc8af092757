// What whatItTakes tells, done as told, under policies and figures of every kind.
import fc from 'fast-check'
import {
  defaultPolicy,
  examplePolicy1000,
  type Policy,
  type RankEntry,
  rank,
  whatItTakes,
} from '../src/emulation/index.ts'
import { type Better, type Directive, evaluate, type IndicatorResult, type Measure, type Target } from '../src/index.ts'
import { directiveOf, type Sketch } from './directives.ts'
import { everythingCounts } from './policies.ts'

const { partialFrom } = defaultPolicy.credit
const policies: readonly (readonly [string, Policy])[] = [
  ['the default policy', defaultPolicy],
  ['a policy by which everything counts', everythingCounts],
  ['1,000 points with a bonus', { ...examplePolicy1000, weights: { default: 1 } }],
  [
    'a bonus from a tenth beyond, under a cap, missing figures left out',
    {
      ...everythingCounts,
      credit: { partialFrom: 0, missing: 'leave-out' },
      bonus: { exceeded: 0.2, above: 0.1, cap: 15 },
    },
  ],
  [
    'a share for what is missing, weights, all or nothing',
    {
      ...everythingCounts,
      weights: { default: 1, indicators: { a: 5, b: 0 } },
      credit: { partialFrom: 1, missing: 0.3 },
    },
  ],
  ['ranks from 80% of the figures', { ...defaultPolicy, leastShare: 0.8, credit: { partialFrom } }],
]

const sketch = fc
  .record({
    comparator: fc.constantFrom('>=', '>', '<=', '<', '=', '~', 'between'),
    value: fc.integer({ min: -5, max: 120 }),
    better: fc.constantFrom<Better>('more', 'less', 'near'),
    measure: fc.constantFrom<Measure>('flow', 'level', 'rate'),
    baseline: fc.option(fc.integer({ min: -20, max: 200 }), { nil: undefined }),
    closesOn: fc.constantFrom(undefined, '06-30'),
  })
  .map(({ comparator, value, better, ...rest }): Sketch => {
    const target = (
      comparator === 'between' ? { comparator, low: value, high: value + 10 } : { comparator, value }
    ) as Target
    const said = comparator === '~' || comparator === 'between' ? { better } : {}
    return { target, ...said, ...JSON.parse(JSON.stringify(rest)) }
  })
const figure = fc.option(fc.integer({ min: -20, max: 200 }), { nil: null, freq: 3 })
const ids = ['a', 'b', 'c', 'd'] as const
type Row = readonly (number | null)[]

/** A figure that satisfies what was asked, as near to it as can be. */
function just(to: Target): number {
  if (to.comparator === 'between') return to.low
  const value = Number(to.value)
  const step = Math.max(Math.abs(value) * 1e-6, 1e-9)
  return to.comparator === '>' ? value + step : to.comparator === '<' ? value - step : value
}

/** Far beyond its target, or just where it should stay. */
function asGoodAsCanBe({ target, better }: IndicatorResult): number | null {
  if (!target) return null
  const { low, high } =
    target.comparator === 'between' ? target : { low: Number(target.value), high: Number(target.value) }
  return better === 'more' ? high * 5 + 1e4 : better === 'less' ? -Math.abs(low) * 5 - 1e4 : low
}

test.each(policies)('by %s, done as told, missing figures included, the unit rises', (_, policy) => {
  let risen = 0
  fc.assert(
    fc.property(
      fc.array(sketch, { minLength: 4, maxLength: 4 }),
      fc.array(fc.array(figure, { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 4 }),
      fc.constantFrom('2022-03-31', '2022-06-30', '2022-12-31'),
      fc.constantFrom('2022-12-31', '2023-02-01', null),
      (sketches, rows, day, later) => {
        const directive: Directive = directiveOf(Object.fromEntries(ids.map((id, i) => [id, sketches[i] as Sketch])))
        const options = {
          directive,
          asOf: later ?? day,
          figureDates: Object.fromEntries(ids.map((id) => [id, day])),
        }
        const entry = (unit: string, figures: Readonly<Record<string, number | null>>): RankEntry => ({
          unit,
          evaluation: evaluate(figures, options),
        })
        const figuresOf = (row: Row) => Object.fromEntries(ids.map((id, i) => [id, row[i] ?? null]))
        const entries = rows.map((row, i) => entry(`u${i}`, figuresOf(row)))
        const placeIn = (list: readonly RankEntry[]) =>
          rank(list, policy).find(({ unit }) => unit === 'u0')?.rank ?? null
        const before = placeIn(entries)
        const advice = whatItTakes(entries, 'u0', policy)
        if (!advice.reachable) {
          // Then there is none: as good as can be does not lift it either.
          const best = entries[0]?.evaluation.results.map((result) => [result.indicatorId, asGoodAsCanBe(result)])
          const there = placeIn([entry('u0', Object.fromEntries(best ?? [])), ...entries.slice(1)])
          expect([before, there === null ? before : there]).toEqual([before, before])
          return expect(advice.figures).toEqual([])
        }
        if (before === 1) return expect(advice.goal).toBe('nothing')
        for (const { to } of advice.figures) expect('value' in to && Object.is(to.value, -0)).toBe(false)
        const done = Object.fromEntries(advice.figures.map(({ indicatorId, to }) => [indicatorId, just(to)]))
        const after = placeIn([entry('u0', { ...figuresOf(rows[0] as Row), ...done }), ...entries.slice(1)])
        expect(after).not.toBeNull()
        if (before !== null) expect(after).toBeLessThan(before)
        risen++
      },
    ),
    { numRuns: 400 },
  )
  expect(risen).toBeGreaterThan(40) // otherwise nothing was tried
})
