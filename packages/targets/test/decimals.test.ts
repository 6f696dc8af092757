// Figures near thresholds, against exact arithmetic with fractions of whole numbers: what is decimal must be judged as decimal.
import fc from 'fast-check'
import {
  commendOverall,
  compileScores,
  defaultPolicy,
  type Policy,
  type Ranked,
  rank,
  score,
} from '../src/emulation/index.ts'
import { evaluate } from '../src/index.ts'
import { directiveOf } from './directives.ts'

/** A fraction; the denominator is above 0. */
type Fraction = readonly [bigint, bigint]

/** Of a number as it is written: 31.1 is 311/10. */
function exact(value: number): Fraction {
  const [digits = '', exponent = '0'] = String(value).split('e')
  const [whole = '', decimals = ''] = digits.split('.')
  const shift = BigInt(Number(exponent) - decimals.length)
  const all = BigInt(whole + decimals)
  return shift >= 0n ? [all * 10n ** shift, 1n] : [all, 10n ** -shift]
}

const minus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d - c * b, b * d]
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d]
const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => (c < 0n ? [-a * d, -b * c] : [a * d, b * c])
const toNumber = ([a, b]: Fraction): number => Number((a * 10n ** 25n) / b) / 1e25

/**
 * −1, 0 or 1; within one part in 10⁹ they are equal. At exactly one part, as 0.6999999993 is from 0.7, the last binary digit
 * decides, whichever way: such a case is left for another.
 */
function compare(value: Fraction, bound: Fraction): number {
  const apart = toNumber(minus(over(value, bound), [1n, 1n]))
  fc.pre(Math.abs(Math.abs(apart) - 1e-9) > 1e-12)
  return Math.abs(apart) <= 1e-9 ? 0 : Math.sign(apart)
}

const DAYS = 365
/** Numbers as texts print them: from single ones to billions, with up to three decimals. */
const printed = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(0.001, 0.01, 0.1, 1, 100, 1e5, 1e7))
  .map(([digits, scale]) => Number((digits * scale).toFixed(3)))

const cases = fc.record({
  measure: fc.constantFrom('flow' as const, 'level' as const, 'rate' as const),
  comparator: fc.constantFrom('>=' as const, '>' as const, '<=' as const, '<' as const),
  target: printed,
  baseline: fc.option(printed, { nil: undefined }),
  day: fc.integer({ min: 1, max: DAYS - 1 }),
  /** Where the value lies: at a threshold of the year, or of the day. */
  threshold: fc.constantFrom(0.95, 1.05, 0.7, 1),
  ofDay: fc.boolean(),
  digits: fc.constantFrom(5, 7, 10, 15),
})

test('statuses, margins, paces and credits are those of exact arithmetic, at their thresholds too', () => {
  fc.assert(
    fc.property(cases, ({ measure, comparator, target, baseline, day, threshold, ofDay, digits }) => {
      const more = comparator.startsWith('>')
      const [goal, elapsed]: Fraction[] = [exact(target), [BigInt(day), BigInt(DAYS)]] as const
      const start = measure === 'flow' || baseline === undefined ? null : exact(baseline)
      const hasWay =
        start !== null && (more ? compare(start, goal as Fraction) < 0 : compare(start, goal as Fraction) > 0)
      const share = times(exact(threshold), ofDay ? (elapsed as Fraction) : [1n, 1n])
      const near = hasWay
        ? minus(times(share, minus(goal as Fraction, start)), [-start[0], start[1]])
        : times(share, goal as Fraction)
      const value = Number(toNumber(near).toPrecision(digits))
      const figure = exact(value)
      const directive = directiveOf(
        {
          a: {
            measure,
            target: { comparator, value: target },
            ...(start && baseline !== undefined ? { baseline } : {}),
          },
        },
        { year: 2023 },
      )
      const side = compare(figure, goal as Fraction)
      const holds = { '>=': side >= 0, '>': side > 0, '<=': side <= 0, '<': side < 0 }[comparator]
      const done = hasWay ? over(minus(figure, start), minus(goal as Fraction, start)) : over(figure, goal as Fraction)

      const final = evaluate({ a: value }, { directive })
      const [atEnd] = final.results
      expect(atEnd?.status).toBe(holds ? 'MET' : 'NOT_MET')
      const margin = toNumber(more ? minus(figure, goal as Fraction) : minus(goal as Fraction, figure))
      expect(Math.abs((atEnd?.margin as number) - margin)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(margin)))
      const completion = more ? over(figure, goal as Fraction) : hasWay ? done : over(goal as Fraction, figure)
      const earned = holds ? 1 : compare(completion, [7n, 10n]) >= 0 ? Math.min(toNumber(completion), 0.99) : 0
      expect(score(final).points / 100).toBeCloseTo(earned, 7)
      const [row] = compileScores(directive).scoreTable(Float64Array.of(value)).points
      expect((row as number) / 100).toBeCloseTo(earned, 7)

      const running = evaluate(
        { a: value },
        { directive, asOf: new Date(Date.UTC(2023, 0, day)).toISOString().slice(0, 10) },
      )
      const [now] = running.results
      if (!now?.pace) return
      const ceiling = measure === 'flow' && !more
      const ratio = over(done, elapsed as Fraction)
      const [below, above] = [compare(ratio, exact(0.95)) < 0, compare(ratio, exact(1.05)) > 0]
      expect(now.pace).toBe(
        below ? (ceiling ? 'AHEAD' : 'BEHIND') : above ? (ceiling ? 'BEHIND' : 'AHEAD') : 'ON_TRACK',
      )
      const schedule = ceiling ? over([1n, 1n], ratio) : ratio
      const credit = now.pace !== 'BEHIND' ? 1 : compare(schedule, [7n, 10n]) >= 0 ? toNumber(schedule) : 0
      expect(score(running).points / 100).toBeCloseTo(credit, 7)
    }),
    { numRuns: 3000 },
  )
})

test.each([
  [39.788, 56.84], // ÷ = 0.7, and 0.6999999999999999 in binary
  [64.582, 92.26],
  [191.17, 273.1],
])('%d of %d is seven tenths, and earns them', (value, target) => {
  const directive = directiveOf({ a: { target: { comparator: '>=', value: target } } })
  expect(score(evaluate({ a: value }, { directive })).points).toBeCloseTo(70, 9)
})

test('a figure in đồng is printed to its last one, and so is what it lacks', () => {
  const unit = { code: 'vnd', vi: 'đồng', en: 'VND' }
  const directive = directiveOf({
    a: { unit, extent: 'intensive', target: { comparator: '>=', value: 2_326_000_000_000.5 } },
  })
  const [result] = evaluate({ a: 1_640_661_234_567.25 }, { directive }).results
  expect(result?.explanation.vi).toContain('1.640.661.234.567,25 đồng')
  expect(result?.explanation.vi).toContain('thấp hơn kế hoạch 685.338.765.433,25 đồng')
  expect(result?.margin).toBe(-685_338_765_433.25)
})

test('a bonus that asks for an excess measures it from the high end of a range where less is better', () => {
  const target = { comparator: 'between', low: 4, high: 5 } as const
  const directive = directiveOf({ a: { target, better: 'less' } })
  const policy: Policy = { ...defaultPolicy, bonus: { exceeded: 0.1, above: 0.25 } }
  // 5 × 0.25 = 1.25 below 5.
  for (const [value, points] of [
    [3.9, 100],
    [3.75, 100],
    [3.74, 110],
  ] as const) {
    expect(score(evaluate({ a: value }, { directive }), policy).points).toBe(points)
    const [row] = compileScores(directive, { policy }).scoreTable(Float64Array.of(value)).points
    expect(row).toBeCloseTo(points, 9)
  }
})

test('who is equal in a ranking is equal above the clusters too', () => {
  const directive = directiveOf({
    a: { target: { comparator: '>=', value: 10 } },
    b: { target: { comparator: '>=', value: 5 } },
  })
  const policy: Policy = {
    ...defaultPolicy,
    quotas: [{ award: 'flag', name: { vi: 'Cờ', en: 'Flag' }, seats: 1 }],
    overall: { award: 'top', name: { vi: 'Cờ Chính phủ', en: 'Top' }, among: 'flag', share: 0.5 },
  }
  const of = (unit: string, points: number): Ranked => ({
    ...(rank([{ unit, evaluation: evaluate({ a: 10, b: 5 }, { directive }) }], policy)[0] as Ranked),
    score: points,
  })
  const awards = commendOverall([[of('x', 66.6666666667)], [of('y', 66.6666666666)]], policy).map(({ award }) => award)
  expect(awards).toEqual(['ballot', 'ballot'])
})
