import fc from 'fast-check'
import {
  BALLOT,
  type Commendation,
  type CommendationStep,
  commendOverall,
  defaultPolicy,
  ImpossibleStep,
  type Ranked,
  replay,
  STEP_KINDS,
  settleTie,
  startCommendation,
  takeStep,
  VERDICTS,
} from '../src/emulation/index.ts'

/** A ranking by scores; equal ones share a rank, as `rank` gives it. */
function ranked(scores: readonly number[]): Ranked[] {
  const sorted = scores.map((score, i) => ({ unit: `u${i}`, score })).sort((a, b) => b.score - a.score)
  return sorted.map(({ unit, score }) => ({
    unit,
    score,
    rank: sorted.findIndex((entry) => entry.score === score) + 1,
    tied: sorted.filter((entry) => entry.score === score).length > 1,
    eligible: true,
    reasons: [],
    met: 0,
    exceeded: 0,
    noData: 0,
    counted: 9,
    there: 9,
    facts: { metRatio: 1, exceededRatio: 0.5 },
  }))
}
const agree = (unit: string): CommendationStep => ({ kind: 'appraise', unit, verdict: 'agree' })
const decision = (grants: { unit: string; award: string }[], number = '1/QĐ-UBND'): CommendationStep => ({
  kind: 'decide',
  number,
  date: '2023-03-15',
  grants,
})
const flag = 'emulation-flag'
const certificate = 'certificate-of-merit'
const nominated = () => replay(ranked([90, 80, 70, 60, 50]), [{ kind: 'nominate' }])
const verdicts = ({ nominees }: Commendation) => nominees.map(({ unit, award, verdict }) => [unit, award, verdict])

test('from a ranking to a published decision, what was proposed beside what was granted', () => {
  const state = replay(ranked([90, 80, 70, 60, 50]), [
    { kind: 'nominate' },
    agree('u0'),
    agree('u1'),
    agree('u2'),
    decision([
      { unit: 'u0', award: certificate },
      { unit: 'u1', award: certificate },
    ]),
    { kind: 'publish' },
  ])
  expect(state.phase).toBe('published')
  expect(state.nominees.map(({ unit, award, granted }) => [unit, award, granted])).toEqual([
    ['u0', flag, certificate],
    ['u1', certificate, certificate],
    ['u2', certificate, null],
  ])
  expect(state.possible).toEqual(['revoke'])
  const revoked = takeStep(state, { kind: 'revoke', unit: 'u0', reason: 'Kê khai không đúng' })
  expect(revoked.nominees[0]).toMatchObject({ granted: certificate, revoked: 'Kê khai không đúng' })
})

test('a tie for a seat waits for the ballot', () => {
  const start = startCommendation(ranked([90, 90, 70]))
  expect(start.possible).toEqual(['ballot'])
  expect(() => takeStep(start, { kind: 'nominate' })).toThrow(
    '"nominate" is not possible while ranked; possible: ballot',
  )
  const after = takeStep(start, { kind: 'ballot', order: ['u1', 'u0'] })
  expect(after.ranking.map(({ unit, rank, tied }) => [unit, rank, tied])).toEqual([
    ['u1', 1, false],
    ['u0', 2, false],
    ['u2', 3, false],
  ])
  expect(after.ranking[0]?.reasons).toEqual([{ vi: 'Thứ tự do bỏ phiếu', en: 'Order settled by ballot' }])
  expect(verdicts(takeStep(after, { kind: 'nominate' }))[0]).toEqual(['u1', flag, null])
})

test.each([[[]], [['u0']], [['u0', 'u2']], [['u0', 'u0']], [['u0', 'u1', 'u2']], [['u2']]])(
  'a ballot of %j does not order the tied units',
  (order) => {
    expect(() => settleTie(ranked([90, 90, 70]), order)).toThrow('units with a shared rank: u0 (1), u1 (1)')
  },
)

test('an excluded nominee frees the seat for the next, whose verdict starts anew', () => {
  let state = takeStep(nominated(), agree('u1'))
  state = takeStep(state, { kind: 'appraise', unit: 'u0', verdict: 'exclude', reason: 'Bị kỷ luật trong năm' })
  state = takeStep(state, { kind: 'nominate' })
  expect(verdicts(state)).toEqual([
    ['u1', flag, null],
    ['u2', certificate, null],
    ['u3', certificate, null],
    ['u0', flag, 'exclude'],
  ])
})

test('a returned nominee is proposed again before anything is decided', () => {
  let state = replay(ranked([90, 80]), [
    { kind: 'nominate' },
    agree('u0'),
    { kind: 'appraise', unit: 'u1', verdict: 'return', reason: 'Thiếu minh chứng' },
  ])
  expect(state.possible).toEqual(['nominate', 'appraise'])
  state = takeStep(state, { kind: 'nominate' })
  expect(verdicts(state)).toEqual([
    ['u0', flag, 'agree'],
    ['u1', certificate, null],
  ])
})

test('who is paused waits while the others are decided, and follows in a decision of its own', () => {
  let state = replay(ranked([90, 80]), [
    { kind: 'nominate' },
    agree('u0'),
    { kind: 'appraise', unit: 'u1', verdict: 'pause', reason: 'Đang thanh tra' },
    decision([{ unit: 'u0', award: flag }]),
    { kind: 'publish' },
  ])
  expect(state.possible).toEqual(['appraise', 'revoke'])
  state = takeStep(takeStep(state, agree('u1')), decision([{ unit: 'u1', award: certificate }], '2/QĐ-UBND'))
  expect(state.decisions.map(({ number, published }) => [number, published])).toEqual([
    ['1/QĐ-UBND', true],
    ['2/QĐ-UBND', false],
  ])
})

test.each<[CommendationStep, string]>([
  [{ kind: 'appraise', unit: 'u0', verdict: 'return' }, 'reason: to return takes a reason'],
  [
    { kind: 'appraise', unit: 'u4', verdict: 'agree' },
    'unit: "u4" is no nominee to be appraised; those are u0, u1, u2',
  ],
  [
    { kind: 'appraise', unit: 'u0', verdict: 'no' as 'agree' },
    'verdict: "no" is none of agree, return, exclude, pause',
  ],
  [{ kind: 'give' } as unknown as CommendationStep, 'kind: "give" is none of ballot, nominate'],
])('refuses %j', (step, message) => {
  expect(() => takeStep(nominated(), step)).toThrow(message)
})

test.each<[CommendationStep, string]>([
  [decision([{ unit: 'u3', award: flag }]), 'grants[0].unit: u3 was not agreed on; agreed: u0, u1, u2'],
  [decision([{ unit: 'u1', award: flag }]), 'grants[0].award: u1 was proposed for certificate-of-merit, so'],
  [decision([{ unit: 'u1', award: 'medal' }]), 'so certificate-of-merit, not "medal"'],
  [decision([], ' '), 'number: a decision has a number'],
  [{ ...decision([]), date: '2023-02-30' } as CommendationStep, '2023-02-30'],
])('refuses the decision %j', (step, message) => {
  const state = replay(ranked([90, 80, 70, 60, 50]), [{ kind: 'nominate' }, agree('u0'), agree('u1'), agree('u2')])
  expect(() => takeStep(state, step)).toThrow(message)
})

test('whatever is tried: impossible steps say what is possible, possible kinds are never impossible, quotas hold', () => {
  const step = fc.oneof(
    fc.constant<CommendationStep>({ kind: 'nominate' }),
    fc.constant<CommendationStep>({ kind: 'publish' }),
    fc.record({ kind: fc.constant('ballot' as const), order: fc.shuffledSubarray(['u0', 'u1', 'u2']) }),
    fc.record({
      kind: fc.constant('appraise' as const),
      unit: fc.constantFrom('u0', 'u1', 'u2', 'u3'),
      verdict: fc.constantFrom(...VERDICTS),
      reason: fc.constant('lý do'),
    }),
    fc.record({
      kind: fc.constant('decide' as const),
      number: fc.constantFrom('1', '2', '3'),
      date: fc.constant('2023-03-15'),
      grants: fc.uniqueArray(
        fc.record({ unit: fc.constantFrom('u0', 'u1', 'u2', 'u3'), award: fc.constantFrom(flag, certificate) }),
        { selector: ({ unit }) => unit },
      ),
    }),
    fc.record({
      kind: fc.constant('revoke' as const),
      unit: fc.constantFrom('u0', 'u1'),
      reason: fc.constant('lý do'),
    }),
  )
  const scores = fc.array(fc.constantFrom(90, 80, 70, 60), { minLength: 3, maxLength: 6 })
  fc.assert(
    fc.property(scores, fc.array(step, { maxLength: 25 }), (all, steps) => {
      let state = startCommendation(ranked(all))
      for (const step of steps) {
        const before = JSON.stringify(state)
        try {
          const after = takeStep(state, step)
          expect(state.possible).toContain(step.kind)
          expect(JSON.stringify(state)).toBe(before)
          state = after
        } catch (error) {
          const impossible = error instanceof ImpossibleStep
          expect(impossible).toBe(!state.possible.includes(step.kind))
          if (impossible) expect(error.possible).toEqual(state.possible)
        }
        const held = state.nominees.filter(({ granted, revoked }) => granted && revoked === null)
        expect(held.filter(({ granted }) => granted === flag).length).toBeLessThanOrEqual(1)
        expect(held.length).toBeLessThanOrEqual(3)
        expect(state.nominees.some(({ award, granted }) => award === BALLOT || granted === BALLOT)).toBe(false)
        expect(STEP_KINDS).toEqual(expect.arrayContaining([...state.possible]))
      }
    }),
    { numRuns: 300 },
  )
})

describe('the award above the clusters', () => {
  const awards = (...clusters: number[][]) =>
    commendOverall(
      clusters.map((scores, c) => ranked(scores).map((ranked) => ({ ...ranked, unit: `${c}${ranked.unit}` }))),
    ).map(({ unit, award }) => [unit, award])

  test('goes to at most a fifth of all who qualify for the flag, with or without a seat', () => {
    expect(awards([50, 90], [80, 70])).toEqual([])
    expect(awards([50, 90], [80, 70, 60])).toEqual([['0u1', 'government-flag']])
  })
  test('is left to a ballot between equals', () => {
    expect(awards([90, 80], [90, 70, 60])).toEqual([
      ['0u0', BALLOT],
      ['1u0', BALLOT],
    ])
  })
  test('counts nobody who does not qualify', () => {
    const missed = ranked([90, 80, 70, 60, 50]).map((ranked) => ({
      ...ranked,
      facts: { metRatio: 0.9, exceededRatio: 0.5 },
    }))
    expect(commendOverall([missed])).toEqual([])
  })
  test('does not exist where the policy has none', () => {
    const { overall: _, ...policy } = defaultPolicy
    expect(commendOverall([ranked([1])], policy)).toEqual([])
  })
})
