import { completenessOf, expectedOf, shareReported } from './completeness.ts'

const figure = (indicatorId: string, asOf: string, firstRecordedAt: string) => ({ indicatorId, asOf, firstRecordedAt })
const expected = new Set(['poverty-rate', 'forest-cover', 'exports'])
const period = { from: '2022-06-01', daysAllowed: 15 }

test('counts what is expected, of the period, and in time by the day of its first report', () => {
  const figures = [
    figure('poverty-rate', '2022-06-30', '2022-07-15T23:59:59.000Z'), // the fifteenth day
    figure('forest-cover', '2022-06-30', '2022-07-16T00:00:00.000Z'), // a moment later
    figure('exports', '2022-05-31', '2022-06-02T08:00:00.000Z'), // of the month before
    figure('grdp-growth', '2022-06-30', '2022-07-01T08:00:00.000Z'), // nobody expects it
  ]
  expect(completenessOf(expected, figures, period)).toEqual({
    expected: 3,
    reported: 2,
    inTime: 1,
    meanDaysLate: 1,
    mostDaysLate: 1,
  })
  expect(completenessOf(expected, figures, { ...period, from: null })).toMatchObject({ reported: 3, inTime: 2 })
  expect(completenessOf(expected, figures, { from: null, daysAllowed: 0 })).toMatchObject({
    inTime: 0,
    meanDaysLate: 11,
    mostDaysLate: 16,
  })
  expect(completenessOf(expected, figures, { from: null, daysAllowed: 366 })).toMatchObject({
    inTime: 3,
    meanDaysLate: null,
    mostDaysLate: null,
  })
})

test('a figure is expected of every indicator that has a target for the unit, whatever became of it', () => {
  const results = [
    { indicatorId: 'poverty-rate', status: 'NO_DATA' },
    { indicatorId: 'forest-cover', status: 'MET' },
    { indicatorId: 'exports', status: 'NOT_APPLICABLE' },
  ] as const
  expect([...expectedOf(results)]).toEqual(['poverty-rate', 'forest-cover'])
})

test('a cluster has reported the share of all figures that are expected of its members', () => {
  const members = [
    { total: 10, notApplicable: 2, noData: 4 },
    { total: 10, notApplicable: 10, noData: 0 },
    { total: 10, notApplicable: 8, noData: 0 },
  ]
  expect(shareReported(members)).toBe(0.6)
  expect(shareReported(members.slice(1, 2))).toBeNull()
  expect(shareReported([])).toBeNull()
})
