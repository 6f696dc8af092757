import { seatsInWords } from './point-awards.ts'

const quota = { award: 'advanced', name: { vi: 'Tiên tiến', en: 'Advanced' }, seats: 0 }

test('a share of few members may be no seat, and says how it came to that', () => {
  expect(seatsInWords({ ...quota, share: 0.25 }, 3)).toEqual({
    vi: '25% của 3 thành viên là 0,75, làm tròn xuống',
    en: '25% of 3 members are 0.75, rounded down',
  })
  expect(seatsInWords({ ...quota, share: 0.5, rounding: 'up' }, 5)?.vi).toBe(
    '50% của 5 thành viên là 2,5, làm tròn lên',
  )
  expect(seatsInWords({ ...quota, share: 0.2, rounding: 'nearest' }, 7)?.en).toBe(
    '20% of 7 members are 1.4, rounded to the nearest',
  )
})

test('seats that are a number need no words', () => {
  expect(seatsInWords({ ...quota, seats: 1 }, 3)).toBeNull()
})
