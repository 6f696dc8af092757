import { type Rounded, rounderOf, wholeOf } from './rounding.ts'

test.each<[Rounded, number, number]>([
  // "Làm tròn đến 0,5": a quarter is a half of it, and goes away from zero.
  [{ step: 0.5 }, 7.24, 7],
  [{ step: 0.5 }, 7.25, 7.5],
  [{ step: 0.5 }, -7.25, -7.5],
  [{ step: 0.25 }, 8.1, 8],
  [{ step: 0.25 }, 8.125, 8.25],
  [{ step: 0.1 }, 0.25, 0.3],
  [{ step: 5 }, 92.5, 95],
  // Binary noise decides nothing: 1.1 − 0.8 is 0.3.
  [{ step: 0.1, rounding: 'down' }, 1.1 - 0.8, 0.3],
  [{ step: 0.1, rounding: 'up' }, 0.1 + 0.2, 0.3],
  // "Lấy hai số lẻ, không làm tròn".
  [{ decimals: 2, rounding: 'down' }, 8.679, 8.67],
  [{ decimals: 2, rounding: 'up' }, 8.671, 8.68],
  [{ decimals: 1 }, 8.65, 8.7],
  [{}, 0.1 + 0.2, 0.3],
])('%j of %d is %d', (how, value, rounded) => {
  expect(rounderOf(how)(value)).toBe(rounded)
})

test('a share of a number of units: 20% of 15 are 3, whatever its binary form', () => {
  expect([wholeOf(15 * 0.2, 'down'), wholeOf(15 * 0.2, 'up'), wholeOf(4 * 0.2, 'down'), wholeOf(4 * 0.2)]).toEqual([
    ...[3, 3, 0, 1],
  ])
})
