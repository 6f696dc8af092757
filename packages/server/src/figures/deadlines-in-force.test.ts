import { deadlinesOf } from './deadlines-in-force.ts'

const DEADLINES = [
  { clusterCode: 'khoi-van-hoa', kind: 'final', dueOn: '2022-12-10' },
  { clusterCode: '', kind: 'plan', dueOn: '2022-03-31' },
  { clusterCode: 'cum-vung-cao', kind: 'pact', dueOn: '2022-04-15' },
  { clusterCode: '', kind: 'final', dueOn: '2023-01-31' },
] as const

test.each([
  ['a bloc has its own', 'khoi-van-hoa', ['final 2022-12-10', 'plan 2022-03-31']],
  [
    'a cluster has one that nobody else has',
    'cum-vung-cao',
    ['plan 2022-03-31', 'pact 2022-04-15', 'final 2023-01-31'],
  ],
  ['a cluster without has everyone’s', 'cum-vung-thap', ['plan 2022-03-31', 'final 2023-01-31']],
  ['who is in no cluster has everyone’s', null, ['plan 2022-03-31', 'final 2023-01-31']],
])('%s', (_, cluster, days) => {
  expect(deadlinesOf(DEADLINES, cluster).map(({ kind, dueOn }) => `${kind} ${dueOn}`)).toEqual(days)
})
