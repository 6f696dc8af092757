import type { Deadline, Filing } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { checkDeadline, duesOf } from './deadlines.ts'

const deadline = (kind: FilingKind, dueOn: string) => ({ kind, dueOn: new Date(dueOn) }) as Deadline
const filing = (kind: FilingKind, filedOn: string) => ({ kind, filedOn: new Date(filedOn) }) as Filing

test.each([
  ['2022-06-30', '2022-07-05', 'FILED'],
  ['2022-07-01', '2022-07-05', 'LATE'],
  [null, '2022-06-30', 'OPEN'],
  [null, '2022-07-01', 'MISSING'],
])('what is due on 30 June and filed on %s is, on %s, %s', (filedOn, on, state) => {
  const filings = filedOn ? [filing('midterm', filedOn)] : [filing('plan', '2022-01-01')]
  expect(duesOf([deadline('midterm', '2022-06-30')], filings, on).map((due) => due.state)).toEqual([state])
})

test('each deadline stands once, in its order, with what was filed of its kind; that of the duties is for each duty', () => {
  const plan = filing('plan', '2022-01-20')
  const dues = duesOf(
    [deadline('plan', '2022-01-31'), deadline('duty', '2022-12-15'), deadline('final', '2022-12-20')],
    [filing('midterm', '2022-06-01'), plan],
    '2022-12-31',
  )
  expect(dues.map((due) => [due.deadline.kind, due.filing])).toEqual([
    ['plan', plan],
    ['final', undefined],
  ])
})

test('a deadline lies in its year or in the spring after it, and that year has a directive', () => {
  const due = (year: number, dueOn: string) => () => checkDeadline({ year, dueOn })
  expect(due(2022, '2023-02-15')).not.toThrow()
  expect(due(2022, '2023-07-01')).toThrow(/is no deadline of 2022/)
  expect(due(2019, '2019-12-15')).toThrow(/no directive for 2019/)
})
