import fc from 'fast-check'
import {
  BALLOT,
  checkQuotas,
  commend as commendBy,
  compareScores,
  defaultPolicy,
  examplePolicy1000,
  type Policy,
  type RankEntry,
  type Ranked,
  rank as rankBy,
  rankClusters,
  type ScoreFacts,
  score as scoreBy,
} from '../src/emulation/index.ts'
import { type Directive, directive2022, type Evaluation, evaluate, type Indicator, targetNumber } from '../src/index.ts'

import { everythingCounts } from './policies.ts'

const directive: Directive = directive2022
const rank = (entries: readonly RankEntry[], policy: Policy = everythingCounts) => rankBy(entries, policy)
const commend = (ranking: readonly Ranked[]) => commendBy(ranking, everythingCounts)
const score = (evaluation: Evaluation, policy: Policy = everythingCounts, facts?: ScoreFacts) =>
  scoreBy(evaluation, policy, facts)
const indicators: readonly Indicator[] = directive.indicators.filter(({ measure }) => measure !== 'milestone')

/** Meets the first `met` rates that a district inherits, and misses the rest. */
function district(met: number) {
  const inherited = indicators.filter(({ extent, levels }) => extent === 'intensive' && levels.includes('district'))
  const facts = Object.fromEntries(
    inherited.map(({ id, target }, i) => {
      const less = target.comparator === '<='
      const goal = targetNumber(target)
      return [id, i < met ? (less ? goal / 2 : goal * 1.1) : less ? goal * 10 : goal / 10]
    }),
  )
  return evaluate(facts, { directive, unitLevel: 'district' })
}

const confirmed = {
  pactSigned: true,
  planIssued: true,
  reviewsSubmitted: true,
  disciplined: false,
  underInspection: false,
}

describe('score', () => {
  test('gives full points when met, a proportion from 70% up, none below and none without data', () => {
    const facts = { 'grdp-growth': 10, 'budget-revenue': 2326 * 0.8, 'grain-output': 100_000 }
    const { points, outOf, trace } = score(evaluate(facts))
    expect(outOf).toBe(100)
    expect(trace).toHaveLength(69) // the projection is not scored
    expect(points).toBeCloseTo((1.8 / 69) * 100, 9)
    const clause = (id: string) => trace.find(({ indicatorId }) => indicatorId === id)?.clause
    expect(clause('grdp-growth')).toBe('met')
    expect(clause('budget-revenue')).toBe('credit.partial')
    expect(clause('grain-output')).toBe('credit.none')
    expect(clause('forest-cover')).toBe('missing')
  })

  test('accounts for every point, whatever the figures and weights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 2, noNaN: true }), {
          minLength: indicators.length,
          maxLength: indicators.length,
        }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (factors, weight) => {
          const facts = Object.fromEntries(
            indicators.map(({ id, target }, i) => [id, targetNumber(target) * (factors[i] ?? 0)]),
          )
          const evaluation = evaluate(facts, { directive })
          const { points, trace } = score(evaluation)
          expect(trace.reduce((sum, line) => sum + line.points, 0)).toBeCloseTo(points, 8)
          expect(points).toBeGreaterThanOrEqual(0)
          expect(points).toBeLessThanOrEqual(100 + 1e-9)
          const scaled: Policy = { ...everythingCounts, weights: { default: weight } }
          expect(score(evaluation, scaled).points).toBeCloseTo(points, 8)
        },
      ),
    )
  })

  test('a bonus may lift it above the scale', () => {
    const policy: Policy = {
      ...everythingCounts,
      bonus: { exceeded: 0.1 },
      weights: { default: 0, indicators: { 'grdp-growth': 2 } },
    }
    expect(score(evaluate({ 'grdp-growth': 11 }), policy).points).toBeCloseTo(110, 9)
  })

  test('a unit that improves one figure never falls', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...indicators.filter(({ role }) => role === 'target')),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ id, target }, from, better) => {
          const goal = targetNumber(target)
          const less = target.comparator === '<='
          const before = evaluate({ [id]: goal * from }, { directive })
          const after = evaluate({ [id]: goal * (less ? from * (1 - better) : from + better) }, { directive })
          expect(score(after).points).toBeGreaterThanOrEqual(score(before).points - 1e-9)
        },
      ),
    )
  })
})

describe('criteria besides the indicators', () => {
  const all = { pactSigned: true, planIssued: true, reviewsSubmitted: true, advancedModels: 3, lateReports: 2 }
  const targets = { 'poverty-rate': 31.1 }
  const evaluation = evaluate({ 'poverty-rate': 31.1 }, { directive, unitLevel: 'department', targets })
  const linesOf = (facts: object) => {
    const { points, trace } = score(evaluation, examplePolicy1000, facts as Record<string, boolean>)
    return [
      points,
      Object.fromEntries(trace.flatMap((line) => (line.criterionId ? [[line.criterionId, line.points]] : []))),
    ]
  }

  test('yes or no, counts with a cap, penalties within bounds; the indicators share what is left of the scale', () => {
    expect(linesOf(all)).toEqual([960, { pact: 50, plan: 50, reviews: 50, models: 30, 'late-reports': -20 }])
    expect(linesOf({ ...all, advancedModels: 99, lateReports: 99 })).toEqual([
      950,
      { pact: 50, plan: 50, reviews: 50, models: 50, 'late-reports': -50 },
    ])
  })

  test('what is unknown earns nothing, and says so', () => {
    const { points, trace } = score(evaluation, examplePolicy1000, { pactSigned: null })
    expect(points).toBe(800)
    expect(trace.filter(({ clause }) => clause === 'missing')).toHaveLength(5)
  })

  test('every point is accounted for, also where a penalty would go below 0', () => {
    const nothing = evaluate({}, { directive, unitLevel: 'department', targets })
    const { points, trace } = score(nothing, examplePolicy1000, { lateReports: 3 })
    expect(points).toBe(0)
    expect(trace.reduce((sum, line) => sum + line.points, 0)).toBe(0)
    expect(trace.at(-1)).toMatchObject({ clause: 'floor', points: 30 })
  })

  test('rank and eligibility use the facts of the criteria', () => {
    const [first, second] = rank(
      [
        { unit: 'a', evaluation, facts: { ...all, ...confirmed, advancedModels: 1 } },
        { unit: 'b', evaluation, facts: { ...all, ...confirmed } },
      ],
      examplePolicy1000,
    )
    expect([first?.unit, first?.score, second?.unit, second?.score]).toEqual(['b', 960, 'a', 940])
  })

  test.each([
    [{ kind: 'yes-no', points: 1001 }, 'policy.criteria[0].points: must be a number from 0 to 1000'],
    [{ kind: 'count', pointsEach: 1, cap: -1 }, 'policy.criteria[0].cap'],
    [{ kind: 'adjustment', pointsEach: 1, least: 1, most: 5 }, 'policy.criteria[0].least'],
    [{ kind: 'other' }, 'policy.criteria[0].kind: "other" is none of'],
  ])('refuses %j', (criterion, words) => {
    const name = { vi: 'x', en: 'x' }
    const policy = { ...examplePolicy1000, criteria: [{ id: 'x', name, fact: 'x', ...criterion }] } as unknown as Policy
    expect(() => score(evaluation, policy)).toThrow(words)
  })

  test.each(['constructor', 'toString', '__proto__'])('refuses a fact called %s, which every object has', (fact) => {
    const criterion = {
      id: 'x',
      name: { vi: 'x', en: 'x' },
      fact,
      kind: 'adjustment',
      pointsEach: 1,
      least: 0,
      most: 5,
    }
    const policy = { ...examplePolicy1000, criteria: [criterion] } as unknown as Policy
    expect(() => score(evaluation, policy)).toThrow(`policy.criteria[0].fact: no fact can be called "${fact}"`)
  })

  test('refuses criteria that take more than the scale', () => {
    const criteria =
      examplePolicy1000.criteria?.map((criterion, i) =>
        i < 2 && criterion.kind === 'yes-no' ? { ...criterion, points: 900 } : criterion,
      ) ?? []
    expect(() => score(evaluation, { ...examplePolicy1000, criteria })).toThrow(
      'policy.criteria: take 1900 points of a scale of 1000',
    )
  })
})

describe('rank', () => {
  test('orders by score, gives equals the same rank and leaves them to a ballot', () => {
    const ranking = rank([
      { unit: 'd', evaluation: district(10), facts: confirmed },
      { unit: 'a', evaluation: district(20), facts: confirmed },
      { unit: 'c', evaluation: district(15), facts: confirmed },
      { unit: 'b', evaluation: district(15), facts: confirmed },
    ])
    expect(ranking.map(({ unit, rank: place, tied }) => [unit, place, tied])).toEqual([
      ['a', 1, false],
      ['b', 2, true],
      ['c', 2, true],
      ['d', 4, false],
    ])
    expect(ranking[1]?.reasons.map(({ en }) => en)).toEqual([expect.stringContaining('ballot')])
    expect(ranking[0]?.reasons).toEqual([])
  })

  test('the order of the entries never matters', () => {
    const entries = [8, 3, 12, 8, 20].map((met, i) => ({ unit: `u${i}`, evaluation: district(met) }))
    const expected = rank(entries)
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        expect(rank(shuffled)).toEqual(expected)
      }),
    )
  })

  test('an unknown fact excludes nobody and is named; a failed one excludes; an open case pauses', () => {
    const [unknown] = rank([{ unit: 'a', evaluation: district(5) }])
    expect(unknown).toMatchObject({ eligible: true, rank: 1 })
    expect(unknown?.reasons.map(({ vi }) => vi)).toContain('Chưa xác nhận: đã ký giao ước thi đua')

    const ranking = rank([
      { unit: 'a', evaluation: district(20), facts: { ...confirmed, disciplined: true } },
      { unit: 'b', evaluation: district(15), facts: { ...confirmed, underInspection: true } },
      { unit: 'c', evaluation: district(1), facts: confirmed },
    ])
    expect(ranking.map(({ unit, rank: place, eligible }) => [unit, place, eligible])).toEqual([
      ['c', 1, true],
      ['a', null, false],
      ['b', null, false],
    ])
    expect(ranking[1]?.score).toBeGreaterThan(0) // not eligible is not a score of 0
    expect(ranking[1]?.reasons[0]?.en).toContain('Not eligible')
    expect(ranking[2]?.reasons[0]?.en).toContain('Paused')
  })

  test('refuses a unit named twice, and policies that do not hold together', () => {
    const evaluation = district(1)
    expect(() =>
      rank([
        { unit: 'a', evaluation },
        { unit: 'a', evaluation },
      ]),
    ).toThrow('"a" is named twice')
    const broken = (change: Partial<Policy>) => () =>
      rank([{ unit: 'a', evaluation }], { ...everythingCounts, ...change })
    expect(broken({ credit: { partialFrom: 70 } })).toThrow('policy.credit.partialFrom: must be a number from 0 to 1')
    expect(broken({ weights: { default: 0 } })).toThrow('policy.weights: all are zero')
    expect(broken({ tieBreaks: undefined as unknown as [] })).toThrow('policy.tieBreaks: is missing')
    expect(broken({ quotas: [null as unknown as Policy['quotas'][0]] })).toThrow('policy.quotas[0]: must be an object')
    expect(() => rank([], {} as Policy)).toThrow('policy.id: is missing')
    const requirement = { vi: 'x', en: 'x' }
    expect(
      broken({ eligibility: [{ id: 'x', when: { fact: 'pactSined', operator: 'equal', value: true }, requirement }] }),
    ).toThrow('policy.eligibility[0].when: no fact "pactSined"')
    expect(
      broken({
        eligibility: [{ id: 'x', when: { condition: 'a' }, requirement }],
        conditions: { a: { condition: 'a' } },
      }),
    ).toThrow('in a circle: a → a')
  })
})

describe('commend', () => {
  const ranked = (mets: number[]) =>
    rank(mets.map((met, i) => ({ unit: `u${i}`, evaluation: district(met), facts: confirmed })))
  const awards = (mets: number[]) => commend(ranked(mets)).map(({ unit, award }) => [unit, award])

  test('one flag, then two certificates', () => {
    expect(awards([20, 15, 12, 10, 3])).toEqual([
      ['u0', 'emulation-flag'],
      ['u1', 'certificate-of-merit'],
      ['u2', 'certificate-of-merit'],
    ])
  })

  test('two flags above ten members', () => {
    expect(
      awards([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10]).filter(([, award]) => award === 'emulation-flag'),
    ).toHaveLength(2)
  })

  test('equals that compete for the flag are left to a ballot, and no seat is given twice', () => {
    expect(awards([20, 20, 12, 10])).toEqual([
      ['u0', BALLOT],
      ['u1', BALLOT],
      ['u2', 'certificate-of-merit'],
    ])
    expect(awards([20, 15, 12, 12])).toEqual([
      ['u0', 'emulation-flag'],
      ['u1', 'certificate-of-merit'],
      ['u2', BALLOT],
      ['u3', BALLOT],
    ])
  })

  test('nobody without points, nobody who is not eligible, never above a quota', () => {
    expect(awards([0, 0])).toEqual([])
    fc.assert(
      fc.property(fc.array(fc.nat(25), { maxLength: 14 }), (mets) => {
        const nominations = commend(ranked(mets))
        const count = (award: string) => nominations.filter((nomination) => nomination.award === award).length
        expect(count('emulation-flag')).toBeLessThanOrEqual(mets.length > 10 ? 2 : 1)
        expect(count('certificate-of-merit')).toBeLessThanOrEqual(2)
        expect(new Set(nominations.map(({ unit }) => unit)).size).toBe(nominations.length)
      }),
      { numRuns: 50 },
    )
  })
})

test('clusters are ranked by the mean of their eligible members, with the spread', () => {
  const members = (mets: number[], facts = confirmed) =>
    rank(mets.map((met, i) => ({ unit: `u${i}`, evaluation: district(met), facts })))
  const [first, second] = rankClusters([
    { cluster: 'low', members: members([2, 4]) },
    { cluster: 'high', members: members([10, 20]) },
  ])
  expect(first).toMatchObject({ cluster: 'high', rank: 1 })
  expect(first?.spread).toBeGreaterThan(0)
  expect(second).toMatchObject({ cluster: 'low', rank: 2 })
})

describe('weights by group', () => {
  const name = { vi: 'x', en: 'x' }
  const [a, b, c] = indicators
    .filter(({ extent, levels }) => extent === 'intensive' && levels.includes('district'))
    .map(({ id }) => id) as [string, string, string]
  const grouped = (groups: { id: string; weight: number; indicators: string[] }[], missing?: number | 'leave-out') => ({
    ...everythingCounts,
    credit: { partialFrom: 0.7, ...(missing === undefined ? {} : { missing }) },
    weights: { default: 0, groups: groups.map((group) => ({ ...group, name })) },
  })
  const of = (facts: Record<string, number>, policy: Policy) =>
    score(evaluate(facts, { directive, unitLevel: 'district' }), policy).points
  const goal = (id: string) => targetNumber((indicators.find((indicator) => indicator.id === id) as Indicator).target)
  const policy = grouped([
    { id: 'one', weight: 60, indicators: [a] },
    { id: 'two', weight: 40, indicators: [b, c] },
  ])

  test('a group has its weight whatever the number of its indicators', () => {
    expect(of({ [a]: goal(a) * 2 }, policy)).toBeCloseTo(60, 9)
    expect(of({ [b]: goal(b) * 2 }, policy)).toBeCloseTo(20, 9)
  })

  test('a figure that is left out gives its weight to the others of its group', () => {
    const leaving = { ...policy, credit: { partialFrom: 0.7, missing: 'leave-out' as const } }
    expect(of({ [a]: 0, [b]: goal(b) * 2 }, leaving)).toBeCloseTo(40, 9)
  })

  test('a missing figure may have a share of its points', () => {
    expect(of({}, { ...everythingCounts, credit: { partialFrom: 0.7, missing: 0.25 } })).toBeCloseTo(25, 9)
  })

  test('refuses an indicator in two groups, an empty group and weights that are all zero', () => {
    const twice = grouped([
      { id: 'one', weight: 1, indicators: [a] },
      { id: 'two', weight: 1, indicators: [a] },
    ])
    expect(() => of({}, twice)).toThrow(`policy.weights.groups[1].indicators[0]: "${a}" is in group "one" already`)
    expect(() => of({}, grouped([{ id: 'one', weight: 1, indicators: [] }]))).toThrow('must name at least one')
    expect(() => of({}, grouped([{ id: 'one', weight: 0, indicators: [a] }]))).toThrow('policy.weights: all are zero')
  })
})

test('clusters compare by the median where the policy says so', () => {
  const members = (mets: number[]) =>
    rank(mets.map((met, i) => ({ unit: `u${i}`, evaluation: district(met), facts: confirmed })))
  const clusters = [
    { cluster: 'even', members: members([8, 8, 8]) },
    { cluster: 'one star', members: members([5, 5, 24]) },
  ]
  expect(rankClusters(clusters)[0]?.cluster).toBe('one star')
  expect(rankClusters(clusters, { ...defaultPolicy, clusters: { by: 'median' } })[0]?.cluster).toBe('even')
})

test('quotas above the members are refused with the path', () => {
  expect(() => checkQuotas(defaultPolicy, 1)).toThrow('policy.quotas[1].seats: 2 seats for 1 members: at most 1')
  expect(() => checkQuotas(defaultPolicy, 5)).not.toThrow()
})

test('two scores are compared line by line, the greatest difference first', () => {
  const better = score(district(5))
  const worse = score(district(3))
  const lines = compareScores(better, worse)
  expect(lines).toHaveLength(2)
  expect(lines.reduce((sum, { difference }) => sum + difference, 0)).toBeCloseTo(better.points - worse.points, 8)
})

test('the share that is needed is told as it is, not rounded to what is there', () => {
  const evaluation = evaluate({ 'poverty-rate': 30 })
  const [row] = rank([{ unit: 'a', evaluation }], { ...defaultPolicy, leastShare: 0.334 })
  expect(row?.reasons.at(-1)?.vi).toMatch(/cần ít nhất 33,4%$/)
})
