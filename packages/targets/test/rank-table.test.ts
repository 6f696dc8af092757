// Tables of scores against the scores of single units.
import fc from 'fast-check'
import {
  compileScores,
  defaultPolicy,
  examplePolicy1000,
  type Policy,
  rank,
  rankTable,
  score,
} from '../src/emulation/index.ts'
import { compile, type Directive, directive2022, evaluate, targetNumber, toTable } from '../src/index.ts'
import { everythingCounts } from './policies.ts'

const directive: Directive = directive2022
const { criteria: _, ...withoutCriteria } = examplePolicy1000
const name = { vi: 'x', en: 'x' }
const ids = directive.indicators.map(({ id }) => id)
const policies: [string, Policy][] = [
  ['the default policy', defaultPolicy],
  ['1,000 points with a bonus', withoutCriteria],
  ['everything counts', everythingCounts],
  ['a bonus above a tenth, capped', { ...everythingCounts, bonus: { exceeded: 0.5, above: 0.1, cap: 7 } }],
  ['missing figures left out', { ...defaultPolicy, credit: { partialFrom: 0.5, missing: 'leave-out' } }],
  ['a share for missing figures', { ...defaultPolicy, credit: { partialFrom: 0.7, missing: 0.3 } }],
  [
    'weights by group',
    {
      ...defaultPolicy,
      weights: {
        default: 1,
        groups: [{ id: 'g', name, weight: 10, indicators: ids.slice(0, 30) }],
        indicators: { [ids[3] as string]: 4 },
      },
    },
  ],
]
const row = fc.array(fc.option(fc.double({ min: -0.5, max: 2, noNaN: true }), { nil: null, freq: 5 }), {
  minLength: ids.length,
  maxLength: ids.length,
})
const factsOf = (factors: readonly (number | null)[]) =>
  Object.fromEntries(
    directive.indicators.map(({ id, target }, i) => {
      const factor = factors[i] ?? null
      if (factor === null) return [id, null]
      return [
        id,
        target.comparator === 'maintained' ? factor > 1 : Math.round(targetNumber(target) * factor * 100) / 100,
      ]
    }),
  )

describe.each(policies)('by %s', (_name, policy) => {
  test.each(['province', 'district', 'commune'] as const)(
    'a table of a %s is scored and ranked as its units are',
    (unitLevel) => {
      const program = compile({ directive, unitLevel })
      const scores = compileScores(directive, { unitLevel, policy })
      fc.assert(
        fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
          const facts = rows.map(factsOf)
          const entries = facts.map((fact, i) => ({
            unit: `u${i}`,
            evaluation: evaluate(fact, { directive, unitLevel }),
          }))
          const table = scores.scoreTable(toTable(program, facts))
          entries.forEach(({ evaluation }, i) => {
            expect(table.points[i]).toBeCloseTo(score(evaluation, policy).points, 7)
            const [{ met, exceeded, noData } = { met: -1, exceeded: -1, noData: -1 }] = rank(
              [{ unit: 'x', evaluation }],
              policy,
            )
            expect([table.met[i], table.exceeded[i], table.noData[i]]).toEqual([met, exceeded, noData])
          })
          const places = new Map(rank(entries, policy).map(({ unit, rank: place }) => [unit, place]))
          expect([...rankTable(table, undefined, policy)]).toEqual(entries.map(({ unit }) => places.get(unit) ?? 0))
        }),
        { numRuns: 40 },
      )
    },
  )
})

test('groups are ranked by themselves, equals share a rank', () => {
  const scores = {
    points: Float64Array.of(5, 9, 5, 7, 5),
    met: Uint16Array.of(1, 0, 1, 0, 2),
    exceeded: new Uint16Array(5),
    noData: new Uint16Array(5),
  }
  expect([...rankTable(scores)]).toEqual([4, 1, 4, 2, 3])
  expect([...rankTable(scores, Int32Array.of(0, 1, 0, 1, 1))]).toEqual([1, 1, 1, 2, 3])
})

test('a table that does not fit is refused', () => {
  expect(() => compileScores(directive).scoreTable(new Float64Array(3))).toThrow('are no')
})
