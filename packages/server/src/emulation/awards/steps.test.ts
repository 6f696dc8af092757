import { defaultPolicy, type Ranked, startCommendation } from '@dienbien/targets/emulation'
import type { ClientError } from '../../errors/client-error.ts'
import { withStep } from './steps.ts'

const members = ['095', '096', '097'].map(
  (unit, i): Ranked =>
    ({
      unit,
      rank: i + 1,
      score: 90 - i,
      credit: 90 - i,
      eligible: true,
      tied: false,
      completeness: 1,
      reasons: [],
      tieBreaks: [],
    }) as unknown as Ranked,
)

test('a step that the state does not allow is told by the mutation that takes it, with those that can be called', () => {
  const ranked = startCommendation(members, defaultPolicy)
  const attempt = () => withStep(ranked, { kind: 'publish' })
  expect(attempt).toThrow('publish (PUBLISH) is not possible while RANKED; possible: nominate (NOMINATE)')
  try {
    attempt()
  } catch (error) {
    const { code, details, text } = error as ClientError
    expect([code, details]).toEqual(['IMPOSSIBLE_STEP', { step: 'PUBLISH', phase: 'RANKED', possible: ['NOMINATE'] }])
    expect(text.vi).toBe('chưa làm được publish (PUBLISH) khi đang ở RANKED; làm được: nominate (NOMINATE)')
  }
  expect(withStep(ranked, { kind: 'nominate' }).nominees.length).toBeGreaterThan(0)
})
