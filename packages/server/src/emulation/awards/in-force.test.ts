import { type CommendationStep, defaultPolicy, type Ranked, replay } from '@dienbien/targets/emulation'
import { EditConflict } from '../../database/write.ts'
import {
  checkStep,
  checkSupersession,
  checkWithdrawal,
  inForce,
  type RankingState,
  SupersededRanking,
  sameNumber,
} from './in-force.ts'

const ranked = (units: readonly string[]): Ranked[] =>
  units.map((unit, i) => ({
    unit,
    rank: i + 1,
    tied: false,
    score: 90 - i,
    eligible: true,
    reasons: [],
    met: 2,
    exceeded: 1,
    noData: 0,
    counted: 2,
    there: 2,
    // They qualify for the flag: all met, some exceeded.
    facts: { metRatio: 1, exceededRatio: 0.5 },
  }))

/** A ranking of three units in which the first got a flag, as far as the steps go. */
const UNITS = ['095', '100', '102']
const agreed = (units: readonly string[]): CommendationStep[] => [
  { kind: 'nominate' },
  ...units.map((unit): CommendationStep => ({ kind: 'appraise', unit, verdict: 'agree' })),
]
const decision = (number: string, date: string, unit: string): CommendationStep => ({
  kind: 'decide',
  number,
  date,
  grants: [{ unit, award: 'emulation-flag' }],
})
const state = (
  id: string,
  steps: readonly CommendationStep[],
  { units = UNITS, year = 2022 }: { units?: readonly string[]; year?: number } = {},
): RankingState => {
  const [, cluster = '', number = ''] = /^(.+)-(\d+)$/.exec(id) ?? []
  const commendation = replay(ranked(units), steps, defaultPolicy)
  return { id, cluster, year, number: Number(number), isWithdrawn: false, commendation }
}
const decided = (id: string, number = '12/QĐ-UBND', date = '2023-03-15', units = UNITS) =>
  state(id, [...agreed(units), decision(number, date, units[0] as string)], { units })

describe('one ranking is in force for a cluster and a year, the newest', () => {
  const first = state('thap-1', [{ kind: 'nominate' }])
  const second = state('thap-2', [])

  test('nothing goes on with the one before it, and it says which took its place', () => {
    expect(inForce([first, second])).toBe(second)
    for (const step of [
      { kind: 'nominate' },
      { kind: 'appraise', unit: '095', verdict: 'agree' },
      decision('1', '2023-01-01', '095'),
      { kind: 'publish' },
    ] as CommendationStep[]) {
      expect(() => checkStep(step, first, [second, first], 0)).toThrow(SupersededRanking)
    }
    expect(() => checkStep({ kind: 'nominate' }, first, [first, second], 0)).toThrow(/thap-1 is superseded by thap-2/)
    expect(() => checkStep({ kind: 'nominate' }, second, [first, second], 0)).not.toThrow()
  })

  test('those of another cluster or another year are none of its business', () => {
    const others = [state('cao-7', []), state('thap-9', [], { year: 2023 })]
    expect(() => checkStep({ kind: 'nominate' }, second, [first, second, ...others], 0)).not.toThrow()
  })

  test('awards that stand are revoked first, on a superseded one too', () => {
    expect(() => checkSupersession(first)).not.toThrow()
    const awarded = decided('thap-1')
    expect(() => checkSupersession(awarded)).toThrow(/095 holds what decision 12\/QĐ-UBND granted by thap-1; revoke/)
    const revoke: CommendationStep = { kind: 'revoke', unit: '095', reason: 'Kê khai không đúng' }
    expect(() => checkStep(revoke, awarded, [awarded, second], 0)).not.toThrow()
    const revoked = state('thap-1', [...agreed(UNITS), decision('12', '2023-03-15', '095'), revoke])
    expect(() => checkSupersession(revoked)).not.toThrow()
    expect(() => checkStep(revoke, revoked, [revoked, second], 0)).toThrow(SupersededRanking)
  })
})

describe('a ranking is withdrawn', () => {
  const proposed = state('thap-1', agreed(UNITS))

  test('while it is in force and nobody holds an award by it, once', () => {
    expect(() => checkWithdrawal(proposed, [proposed])).not.toThrow()
    expect(() => checkWithdrawal(proposed, [proposed, state('thap-2', [])])).toThrow(SupersededRanking)
    const awarded = decided('thap-1')
    expect(() => checkWithdrawal(awarded, [awarded])).toThrow(/withdrawRanking is not possible: 095 holds .+ revoke/)
    expect(() => checkWithdrawal({ ...proposed, isWithdrawn: true }, [proposed])).toThrow('thap-1 is withdrawn')
  })

  test('and nothing goes on with it', () => {
    const gone = { ...proposed, isWithdrawn: true }
    expect(() => checkStep(decision('1', '2023-01-01', '095'), gone, [gone], null)).toThrow('thap-1 is withdrawn')
  })
})

describe('a decision', () => {
  const other = state('cao-1', agreed(['096', '103', '095']), { units: ['096', '103', '095'] })
  const decide = (number: string, date: string, unit = '096') =>
    checkStep(decision(number, date, unit), other, [decided('thap-1'), other], 0)

  test('gives no unit a second award for a year, by whatever ranking', () => {
    expect(() => decide('13/QĐ-UBND', '2023-03-16', '095')).toThrow(
      'grants[0].unit: 095 holds emulation-flag for 2022 by decision 12/QĐ-UBND (thap-1): a unit gets an award once a year',
    )
    expect(() => decide('13/QĐ-UBND', '2023-03-16', '096')).not.toThrow()
  })

  test.each([
    ['12/QĐ-UBND', '2023-03-16', 'used'],
    ['012/qđ-ubnd', '2023-12-01', 'used'],
    ['12 / QD-UBND', '2023-01-02', 'used'],
    ['12/QĐ-UBND', '2023-03-15', 'a part of the same decision'],
    ['12/QĐ-SNV', '2023-03-16', "another issuer's"],
    ['12/QĐ-UBND', '2024-03-16', 'of another year'],
    ['112/QĐ-UBND', '2023-03-16', 'another number'],
  ])('number %s of %s is %s', (number, date, what) => {
    const attempt = () => decide(number, date)
    if (what === 'used') expect(attempt).toThrow(/its issuer uses a number once a year/)
    else expect(attempt).not.toThrow()
  })

  test('numbers are the same however they are composed', () => {
    expect(sameNumber('0456/QĐ-UBND', '456/QĐ-UBND'.normalize('NFD'))).toBe(true)
    expect(sameNumber('456/QĐ-UBND', '4560/QĐ-UBND')).toBe(false)
  })
})

test('a verdict is replaced only by who says to have seen it', () => {
  const ranking = state('thap-1', [{ kind: 'nominate' }, { kind: 'appraise', unit: '095', verdict: 'agree' }])
  const exclude: CommendationStep = { kind: 'appraise', unit: '095', verdict: 'exclude', reason: 'x' }
  expect(() => checkStep(exclude, ranking, [ranking], null)).toThrow(EditConflict)
  expect(() => checkStep(exclude, ranking, [ranking], 2)).not.toThrow()
  expect(() => checkStep({ ...exclude, unit: '100' }, ranking, [ranking], null)).not.toThrow()
})
