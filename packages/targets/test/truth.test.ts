// What a date and a policy let figures be worth: properties over years, levels, dates and policies.

import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { defaultPolicy, type Policy, rank, score } from '../src/emulation/index.ts'
import {
  type Better,
  type Directive,
  directive2022,
  evaluate,
  type Measure,
  type OwnTarget,
  type Target,
} from '../src/index.ts'
import { directiveOf } from './directives.ts'

const DAY = 86_400_000
const number = fc.oneof(fc.integer({ min: -20, max: 200 }), fc.double({ min: -50, max: 300, noNaN: true }))
const sketch = fc
  .record({
    comparator: fc.constantFrom('>=', '>', '<=', '<', '=', '~', 'between'),
    value: fc.integer({ min: -5, max: 120 }),
    better: fc.constantFrom<Better>('more', 'less', 'near'),
    measure: fc.constantFrom<Measure>('flow', 'level', 'rate'),
    baseline: fc.option(fc.integer({ min: -20, max: 200 }), { nil: undefined }),
    closesOn: fc.constantFrom(undefined, '06-30', '12-31'),
  })
  .map(({ comparator, value, better, ...rest }) => {
    const target = (
      comparator === 'between' ? { comparator, low: value, high: value + 10 } : { comparator, value }
    ) as Target
    const said = comparator === '~' || comparator === 'between' ? { better } : {}
    return { target, ...said, ...JSON.parse(JSON.stringify(rest)) }
  })
const policy = fc
  .record({
    partialFrom: fc.constantFrom(0, 0.5, 0.7, 1),
    missing: fc.constantFrom<(number | 'leave-out' | undefined)[]>(undefined, 0, 0.3, 'leave-out'),
    exceeded: fc.constantFrom(0, 0.1, 2),
    above: fc.constantFrom(undefined, 0.1),
    cap: fc.constantFrom(undefined, 3),
    weight: fc.constantFrom(0, 1, 5),
    scale: fc.constantFrom(100, 1000),
    grouped: fc.boolean(),
    inheritedLevels: fc.constantFrom('leave-out', 'count'),
  })
  .map(
    ({ partialFrom, missing, exceeded, above, cap, weight, scale, grouped, inheritedLevels }): Policy =>
      JSON.parse(
        JSON.stringify({
          ...defaultPolicy,
          credit: { partialFrom, missing },
          bonus: { exceeded, above, cap },
          scale,
          inheritedLevels,
          weights: {
            default: 1,
            indicators: { a: weight },
            ...(grouped ? { groups: [{ id: 'g', name: { vi: 'x', en: 'x' }, weight: 3, indicators: ['a'] }] } : {}),
          },
        }),
      ),
  )
const moment = fc.record({
  year: fc.constantFrom(2022, 2024, 2031),
  day: fc.integer({ min: 0, max: 364 }),
  later: fc.integer({ min: 0, max: 400 }),
})
/** By what the unit is judged: the directive's target, its own in full or in part, at another level, from its own baseline. */
const standing = fc.record({
  own: fc.constantFrom(undefined, 'number', 'full', 'between'),
  ownValue: fc.integer({ min: -5, max: 120 }),
  comparator: fc.constantFrom('>=', '>', '<=', '<', '=', '~'),
  baseline: fc.option(fc.integer({ min: -20, max: 200 }), { nil: undefined }),
  unitLevel: fc.constantFrom<('province' | 'district')[]>('province', 'district'),
  change: fc.constantFrom(undefined, 'pp', '%'),
})
const dateOf = (year: number, day: number) => new Date(Date.UTC(year, 0, 1) + day * DAY).toISOString().slice(0, 10)

test('better is never worth less, on any date, under any policy; for near targets: closer', () => {
  fc.assert(
    fc.property(sketch, number, number, policy, moment, standing, number, (drawn, x, y, by, moment, how, other) => {
      const { year, day, later } = moment
      const { own: source, ownValue, comparator, baseline, unitLevel } = how
      const changed =
        how.change && drawn.target.comparator !== 'between' && unitLevel === 'district'
          ? { change: { value: -4, unit: how.change, against: year - 1 }, baseline: undefined }
          : {}
      const directive: Directive = directiveOf(
        {
          a: JSON.parse(JSON.stringify({ ...drawn, extent: 'intensive', ...changed })),
          b: { target: { comparator: '>=', value: 100 }, measure: 'level', extent: 'intensive' },
        },
        { year },
      )
      const ranged = drawn.target.comparator === 'between'
      const ownTarget =
        source === 'between' || (source === 'number' && ranged)
          ? { comparator: 'between', low: ownValue, high: ownValue + 7 }
          : source === 'number'
            ? ownValue
            : source === 'full'
              ? { comparator, value: ownValue }
              : undefined
      const options = {
        directive,
        asOf: dateOf(year, day + later),
        figureDates: { a: dateOf(year, day), b: dateOf(year, day) },
        unitLevel,
        ...(ownTarget === undefined ? {} : { targets: { a: ownTarget as OwnTarget } }),
        ...(baseline === undefined ? {} : { baselines: { a: baseline } }),
      }
      const judged = evaluate({ a: x }, options).results[0]
      if (!judged?.target) return
      const worth = (value: number) => score(evaluate({ a: value, b: other }, options), by).points
      const { better, target } = judged
      const [low, high] =
        target.comparator === 'between'
          ? [target.low, target.high]
          : [Number((target as { value: number }).value), Number((target as { value: number }).value)]
      const distance = (value: number) => Math.max(low - value, value - high, 0)
      if (better === 'near' && distance(x) === distance(y)) return
      // Beyond either end of a range a distance is a share of another number.
      if (better === 'near' && Math.min(x, y) < low && Math.max(x, y) > high) return
      const xIsBetter = better === 'more' ? x >= y : better === 'less' ? x <= y : distance(x) < distance(y)
      const [good, bad] = xIsBetter ? [x, y] : [y, x]
      expect(worth(good)).toBeGreaterThanOrEqual(worth(bad) - 1e-9)
    }),
    { numRuns: 6000 },
  )
})

test('a later figure never makes an earlier answer false: what a flow has decided before its close stays', () => {
  fc.assert(
    fc.property(
      sketch,
      fc.double({ min: -5, max: 200, noNaN: true }),
      fc.double({ min: -20, max: 100, noNaN: true }),
      moment,
      (drawn, now, change, { year, day }) => {
        // A floor that is not positive says that its flow may fall as well as grow; any other only grows.
        const floor = drawn.target.comparator === 'between' ? drawn.target.low : Number(drawn.target.value)
        const falls = floor <= 0 && (drawn.better ?? (/>/.test(drawn.target.comparator) ? 'more' : '')) === 'more'
        const growth = falls ? change : Math.abs(change)
        const directive = directiveOf({ a: { ...drawn, measure: 'flow' } }, { year })
        const on = (value: number, figureDay: number, asOf: string) =>
          evaluate({ a: value }, { directive, asOf, figureDates: { a: dateOf(year, figureDay) } }).results[0]
        const early = on(now, day, dateOf(year, day))
        if (early?.final || (early?.status !== 'MET' && early?.status !== 'NOT_MET')) return
        const end = `${year + 1}-03-01`
        // As it stands when nothing newer is known, and by the figure of the last day.
        expect(on(now, day, end)?.status).toBe(early.status)
        const last = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY - 1
        expect(on(now + growth, last, end)?.status).toBe(early.status)
      },
    ),
    { numRuns: 2000 },
  )
})

describe('by the default policy', () => {
  const flow = directiveOf({ a: { target: { comparator: '>=', value: 100 }, measure: 'flow' } }, { year: 2023 })
  const worth = (value: number, options: object, directive = flow) =>
    score(evaluate({ a: value }, { directive, ...options })).points
  const half = { asOf: '2023-06-30' } // 181 of 365

  test.each([
    [50, 100], // on schedule
    [60, 100],
    [40, (40 / 100 / (181 / 365)) * 100],
    [30, 0], // 0.605 of the schedule
  ])('%f of 100 at half-year is worth %f', (value, points) => {
    expect(worth(value, half)).toBeCloseTo(points, 6)
  })

  test('a miss earns at most 0.99, an undecided figure nothing, a broken ceiling nothing', () => {
    const strict = directiveOf({ a: { target: { comparator: '>', value: 780 }, measure: 'flow' } })
    expect(worth(780, {}, strict)).toBe(99)
    expect(worth(99, { figureDates: { a: '2023-08-31' } })).toBe(0)
    const ceiling = directiveOf({ a: { target: { comparator: '<=', value: 100 }, measure: 'flow' } }, { year: 2023 })
    expect(worth(101, half, ceiling)).toBe(0)
    expect(worth(101, { figureDates: { a: '2023-08-31' } }, ceiling)).toBe(0)
    expect(worth(101, {}, ceiling)).toBeCloseTo(99, 0)
    expect(worth(10, half, ceiling)).toBe(100)
    expect(worth(60, half, ceiling)).toBeCloseTo((181 / 365 / 0.6) * 100, 6)
  })

  test('a level that was inherited counts nowhere; a change that was inherited does', () => {
    const directive = directiveOf({
      a: {
        target: { comparator: '<=', value: 31.1 },
        measure: 'rate',
        extent: 'intensive',
        change: { value: -4.28, unit: 'pp', against: 2021 },
      },
      b: { target: { comparator: '>=', value: 50 }, measure: 'rate', extent: 'intensive' },
    })
    const district = { directive, unitLevel: 'district' as const }
    const [byLevel] = evaluate({ a: 40 }, district).results
    expect(byLevel).toMatchObject({ inherited: 'level', status: 'NOT_MET' })
    const evaluation = evaluate({ a: 55, b: 10 }, { ...district, baselines: { a: 60 } })
    expect(evaluation.results).toMatchObject([
      { inherited: 'change', status: 'MET', target: { comparator: '<=', value: 55.72 } },
      { inherited: 'level', status: 'NOT_MET' },
    ])
    const [row] = rank([{ unit: 'x', evaluation }])
    expect(row).toMatchObject({ rank: 1, score: 100, counted: 1, there: 1, met: 1 })
    expect(evaluation.summary).toMatchObject({ met: 1, notMet: 1 })
  })

  test('too few figures are no rank, exactly half is enough, and a cluster of too few has none', () => {
    const directive = directiveOf({
      a: { target: { comparator: '>=', value: 1 } },
      b: { target: { comparator: '>=', value: 1 } },
      c: { target: { comparator: '>=', value: 1 } },
      d: { target: { comparator: '>=', value: 1 } },
    })
    const entry = (unit: string, facts: object) => ({
      unit,
      evaluation: evaluate(facts as Record<string, number>, { directive }),
    })
    const places = (...entries: ReturnType<typeof entry>[]) =>
      rank(entries).map(({ unit, rank: place, eligible }) => [unit, place, eligible])
    expect(
      places(entry('few', { a: 1 }), entry('half', { a: 1, b: 1 }), entry('all', { a: 1, b: 1, c: 1, d: 1 })),
    ).toEqual([
      ['all', 1, true],
      ['half', 2, true],
      ['few', null, true],
    ])
    expect(places(entry('x', { a: 1 }), entry('y', { a: 1 }), entry('z', { a: 1, b: 1 }))).toEqual([
      ['x', null, true],
      ['y', null, true],
      ['z', null, true],
    ])
  })

  test.each([
    ['pactsigned', false, 'UNKNOWN_FACT', 'did you mean "pactSigned"?'],
    ['disciplned', true, 'UNKNOWN_FACT', 'did you mean "disciplined"?'],
    ['pactSigned', 1, 'WRONG_TYPE', '"pactSigned" takes true or false, not 1'],
    ['score', 100, 'UNKNOWN_FACT', 'follows from the evaluation'],
  ])('refuses the fact %s: %j', (fact, value, code, words) => {
    const entries = [{ unit: 'x', evaluation: evaluate({ a: 1 }, { directive: flow }), facts: { [fact]: value } }]
    expect(() => rank(entries)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }))
  })

  test('refuses units judged by other dates, levels or directives in one ranking', () => {
    const entry = (unit: string, options: object) => ({
      unit,
      evaluation: evaluate({ a: 1 }, { directive: flow, ...options }),
    })
    for (const options of [
      half,
      { unitLevel: 'district' },
      { directive: directiveOf({ a: { target: { comparator: '>=', value: 1 } } }) },
    ]) {
      expect(() => rank([entry('x', {}), entry('y', options)])).toThrow("can't be ranked together")
    }
    expect(rank([entry('x', {}), entry('y', { asOf: '2024-02-01' })])).toHaveLength(2)
  })
})

test('on the published figures no target is missed when the year is over, and at least six are undecided', () => {
  const rows = ['measurements', 'measurements-further'].flatMap((name): Record<string, string>[] =>
    parse(readFileSync(new URL(`../../../prisma/seed/${name}.csv`, import.meta.url)), { columns: true }),
  )
  const newest = rows
    .filter(({ unit, year }) => unit === '11' && year === '2022')
    .sort((a, b) => ((a.as_of as string) < (b.as_of as string) ? -1 : 1))
  const directive: Directive = directive2022
  const { summary, results } = evaluate(
    Object.fromEntries(newest.map(({ indicator, value }) => [indicator, Number(value)])),
    { directive, figureDates: Object.fromEntries(newest.map(({ indicator, as_of }) => [indicator, as_of])) },
  )
  expect(summary.notMet).toBe(0)
  expect(summary.undecided).toBeGreaterThanOrEqual(6)
  expect(results.filter(({ status }) => status === 'MET').map(({ indicatorId }) => indicatorId)).toContain(
    'grdp-growth',
  )
})
