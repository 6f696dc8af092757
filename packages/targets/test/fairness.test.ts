import fc from 'fast-check'
import { examplePolicy1000, fairness, type RankEntry, rank } from '../src/emulation/index.ts'
import { type Directive, directive2022, evaluate, type Indicator, targetNumber } from '../src/index.ts'
import { everythingCounts } from './policies.ts'

const directive: Directive = directive2022
const rates: readonly Indicator[] = directive.indicators.filter(
  ({ extent, levels, measure }) => extent === 'intensive' && measure === 'rate' && levels.includes('district'),
)

/** A district whose rate number i stands at `factors[i]` of what is asked: 1 is met, null is missing. */
function unit(name: string, factors: readonly (number | null)[]): RankEntry {
  const facts = Object.fromEntries(
    rates.slice(0, factors.length).map(({ id, target }, i) => {
      const factor = factors[i]
      if (factor === null || factor === undefined) return [id, null]
      return [id, target.comparator === '<=' ? targetNumber(target) / factor : targetNumber(target) * factor]
    }),
  )
  return { unit: name, evaluation: evaluate(facts, { directive, unitLevel: 'district' }) }
}

test('one who is better in everything keeps the first rank, whatever the weights', () => {
  const { units, flips } = fairness([unit('worse', [0.8, 0.8]), unit('better', [1.2, 1.2])], everythingCounts, {
    draws: 300,
  })
  expect(units[0]).toMatchObject({ unit: 'better', rank: 1, weights: { best: 1, worst: 1 }, leaveOneOut: { worst: 1 } })
  expect(flips).toEqual([])
})

test('two who are good at different things flip, and the deciding indicator is named', () => {
  const result = fairness([unit('a', [1.2, 0.5, 1.2]), unit('b', [0.5, 1.2, 0.9])], everythingCounts, { draws: 500 })
  expect(result.units.map(({ weights }) => weights)).toEqual([
    { best: 1, worst: 2 },
    { best: 1, worst: 2 },
  ])
  expect(result.flips).toEqual([{ above: 'a', below: 'b', share: expect.any(Number) }])
  expect(result.decisions).toEqual([
    { above: 'a', below: 'b', indicatorId: rates[0]?.id, difference: expect.any(Number) },
  ])
  expect(result.units[1]?.leaveOneOut.movedBy).toContain(rates[0]?.id)
})

test('a missing figure spans what it may yet turn out to be', () => {
  const { units } = fairness([unit('a', [1.2, 1.2, 0.1]), unit('b', [1.2, null, null])], everythingCounts, { draws: 1 })
  expect(units[1]).toMatchObject({ unit: 'b', rank: 2, missing: { best: 1, worst: 2 } })
})

test('the same seed gives the same, another seed another', () => {
  const entries = [unit('a', [1.2, 0.5, 1.2]), unit('b', [0.5, 1.2, 0.9]), unit('c', [0.9, 0.8, 1])]
  const of = (seed: number) => fairness(entries, everythingCounts, { draws: 200, seed })
  expect(of(7)).toEqual(of(7))
  expect(of(7).flips).not.toEqual(of(8).flips)
})

test('the points of the criteria stay while the weights vary', () => {
  const entries = [
    { ...unit('a', [1.2, 0.5]), facts: { pactSigned: true, planIssued: true, reviewsSubmitted: true } },
    { ...unit('b', [1.2, 0.5]), facts: {} },
  ]
  const { units, flips } = fairness(
    entries,
    { ...examplePolicy1000, inheritedLevels: 'count', leastShare: 0 },
    { draws: 300 },
  )
  expect(units[0]).toMatchObject({ unit: 'a', weights: { best: 1, worst: 1 } })
  expect(flips).toEqual([])
})

test('reports its progress', () => {
  const seen: number[] = []
  fairness([unit('a', [1])], everythingCounts, { draws: 1600, onProgress: (done) => seen.push(done) })
  expect(seen).toEqual([500, 1000, 1500])
})

test('every range holds the rank that the unit has, and no draws beyond 1 and n', () => {
  const factor = fc.option(fc.double({ min: 0.3, max: 1.3, noNaN: true }), { nil: null })
  fc.assert(
    fc.property(fc.array(fc.array(factor, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 8 }), (rows) => {
      const entries = rows.map((factors, i) => unit(`u${i}`, factors))
      const { units } = fairness(entries, everythingCounts, { draws: 20, spread: 0 })
      const ranking = rank(entries, everythingCounts)
      expect(units.map(({ unit: name }) => name)).toEqual(ranking.map(({ unit: name }) => name))
      for (const { rank: place, weights, leaveOneOut, missing } of units) {
        for (const { best, worst } of [weights, leaveOneOut, missing]) {
          expect(best).toBeGreaterThanOrEqual(1)
          expect(worst).toBeLessThanOrEqual(rows.length)
          expect(best).toBeLessThanOrEqual(place)
          expect(worst).toBeGreaterThanOrEqual(place)
        }
        // Where no weight varies only tie-breaks part those of the same score.
        expect([weights.best, place]).toContain(weights.worst)
      }
    }),
    { numRuns: 50 },
  )
})

test('where equal scores are told apart by what was exceeded, each range holds the rank that stands', () => {
  const met = rates.slice(0, 3).map(({ target }) => (target.comparator === '>' ? 1.2 : 1))
  const { units } = fairness([unit('met', met), unit('exceeded', [1.2, 1.2, 1.2])], everythingCounts, { draws: 50 })
  expect(units.map(({ unit, rank }) => [unit, rank])).toEqual([
    ['exceeded', 1],
    ['met', 2],
  ])
  // By points alone they are equal.
  expect(units[1]).toMatchObject({ weights: { best: 1, worst: 2 }, leaveOneOut: { best: 1, worst: 2, movedBy: [] } })
  expect(units[1]?.missing).toEqual({ best: 1, worst: 2 })
})

test('refuses options out of range', () => {
  expect(() => fairness([], everythingCounts, { draws: 0 })).toThrow('draws goes from 1')
  expect(() => fairness([], everythingCounts, { spread: 2 })).toThrow('spread goes from 0 to 1')
})
