import { directive2022 } from '@dienbien/targets'
import type { Deadline, Filing } from '../../generated/prisma/client.ts'
import type { FilingKind } from '../../generated/prisma/enums.ts'
import { documentOf, dutyReports, findDuty, lateness, pactOf } from './filings.ts'

const header = { unit: '102', year: 2022, signedBy: 'Giàng A Sử', evidence: 'Số 12/BC-UBND' }

describe('a pact', () => {
  const pact = (...targets: [indicator: string, value: number][]) => ({
    ...header,
    signedOn: '2022-02-15',
    targets: targets.map(([indicator, value]) => ({ indicator, value })),
  })

  test('registers what the unit promises, as it was signed', () => {
    expect(pactOf(pact(['forest-cover', 43.5]), 'district')).toEqual({
      ...header,
      kind: 'pact',
      subject: '',
      filedOn: '2022-02-15',
      content: [{ indicator: 'forest-cover', value: 43.5 }],
    })
  })

  test('names an indicator once: the second one is refused, at its place', () => {
    expect(() => pactOf(pact(['forest-cover', 43], ['poverty-rate', 20], ['forest-cover', 44]), 'district')).toThrow(
      expect.objectContaining({ message: expect.stringContaining('"forest-cover" is given twice') }),
    )
  })

  test.each<[string, [string, number], RegExp]>([
    ['a share beyond the whole', ['forest-cover', 143], /is a share: from 0 to 100%/],
    ['what is measured for the province only', ['grdp-growth', 8], /not measured for a district/],
    ['an indicator that is none', ['forest-covers', 43], /did you mean "forest-cover"/],
  ])('does not promise %s', (_, target, message) => {
    expect(() => pactOf(pact(['poverty-rate', 20], target), 'district')).toThrow(message)
  })

  test('is not signed before its year', () => {
    expect(() => pactOf({ ...pact(), signedOn: '2021-12-31' }, 'district')).toThrow(/lies before 2022/)
  })
})

describe('a document', () => {
  const document = (kind: FilingKind, duty: string | null = null) =>
    documentOf({ ...header, kind, duty, filedOn: '2022-07-01' })
  const [first] = dutyReports([], directive2022)
  const duty = first?.duty.id as string

  test('is a plan or a review, about nothing else', () => {
    expect(document('midterm')).toEqual({ ...header, kind: 'midterm', subject: '', filedOn: '2022-07-01', content: [] })
  })

  test.each<FilingKind>(['pact', 'self_score', 'appraised_score'])('is no %s: that has contents of its own', (kind) => {
    expect(() => document(kind)).toThrow(/has a mutation of its own/)
  })

  test('names a duty where it reports on one, and only there', () => {
    expect(document('duty', duty).subject).toBe(duty)
    expect(() => document('duty')).toThrow(/say which duty/)
    expect(() => document('plan', duty)).toThrow(/goes with kind DUTY only/)
  })

  test('a duty that is none is told from the nearest', () => {
    expect(() => findDuty(`${duty}x`, 2022)).toThrow(new RegExp(`did you mean "${duty}"`))
  })
})

const filed = (kind: FilingKind, filedOn: string, subject = '') =>
  ({ kind, subject, filedOn: new Date(filedOn) }) as Filing

test('a filing is as late as its own deadline says, and never early', () => {
  const deadlines = [
    { kind: 'plan', dueOn: new Date('2022-02-28') },
    { kind: 'midterm', dueOn: new Date('2022-06-30') },
  ] as Deadline[]
  expect(lateness(filed('midterm', '2022-07-03'), deadlines)).toBe(3)
  expect(lateness(filed('midterm', '2022-06-30'), deadlines)).toBe(0)
  expect(lateness(filed('plan', '2022-01-05'), deadlines)).toBe(0)
  expect(lateness(filed('final', '2030-01-01'), deadlines)).toBe(0)
})

test('every duty of the directive stands in its order, with the report on it and no other', () => {
  const duties = dutyReports([], directive2022).map(({ duty }) => duty.id)
  const report = filed('duty', '2022-12-01', duties[2])
  const reports = dutyReports([filed('plan', '2022-01-01', duties[0]), report], directive2022)
  expect(reports.map(({ duty }) => duty.id)).toEqual(duties)
  expect(reports.map(({ filing }) => filing)).toEqual(duties.map((_, i) => (i === 2 ? report : undefined)))
})
