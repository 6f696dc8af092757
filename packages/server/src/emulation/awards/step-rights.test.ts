import type { Commendation } from '@dienbien/targets/emulation'
import { demandOf, proposedBy } from './step-rights.ts'

const ranking = { cluster: 'cao', year: 2022, ranked: ['095', '100', '102'] }

test.each(['appraise', 'decide', 'publish', 'revoke'] as const)(
  'to %s concerns all that were ranked: nobody among them may',
  (kind) => {
    expect(demandOf(kind, ranking, ['095'])).toEqual({
      action: 'DECIDE',
      cluster: 'cao',
      year: 2022,
      units: ['095', '100', '102'],
    })
  },
)

test.each(['ballot', 'nominate'] as const)('to %s concerns only the units that it names', (kind) => {
  expect(demandOf(kind, ranking, ['100'])).toEqual({ action: 'PROPOSE', cluster: 'cao', year: 2022, units: ['100'] })
})

test('what has its verdict is not proposed anew', () => {
  const nominees = [
    { unit: '095', verdict: 'agree' },
    { unit: '100', verdict: null },
  ]
  expect(proposedBy({ nominees } as unknown as Commendation)).toEqual(['100'])
})
