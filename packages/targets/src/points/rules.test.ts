import { NO_LEADER } from './leaders.ts'
import { earned, type FigureRule, shareOf } from './rules.ts'

test.each<[number, number, 'more' | 'less', number]>([
  [40, 50, 'more', 0.8],
  [60, 50, 'more', 1.2],
  [0, 50, 'more', 0],
  // Growth of −2% where −1% was asked, and where −3% was; a nought that is reached, and one that is not.
  [-2, -1, 'more', 0],
  [-2, -3, 'more', 1],
  [0, 0, 'more', 1],
  [-0.5, 0, 'more', 0],
  [10, 5, 'less', 0.5],
  [0, 5, 'less', Infinity],
  [3, 0, 'less', 0],
  [0, 0, 'less', 1],
  [-3, -5, 'less', 0],
  [-6, -5, 'less', 1],
  [3, -5, 'less', -5 / 3],
])('%d against %d, where %s is better, is a share of %d', (value, target, better, share) => {
  expect(shareOf(value, target, better)).toBe(share)
})

// "Mỗi lần chậm trừ 1 (trong 5 điểm)", and what is printed where nothing says more.
test.each<[string, object, number, number, number]>([
  ['5, less 1 each time', { each: -1, base: 5, least: 0 }, 5, 2, 3],
  ['not below what it says', { each: -1, base: 5, least: 0 }, 5, 9, 0],
  ['the first one free', { each: -0.5, base: 10, free: 1, least: 7 }, 10, 3, 9],
  ['up to what is printed', { each: 2 }, 10, 7, 10],
  ['up to what it says', { each: 2, most: 4 }, 10, 7, 4],
  ['as many as there are, of a bonus without a maximum', { each: 2 }, 0, 7, 14],
  ['one to begin with', { each: 0.5, base: 1 }, 3, 2, 2],
])('a count: %s', (_, rule, points, value, result) => {
  const known = { facts: { n: value }, results: new Map() }
  expect(earned({ kind: 'count', of: 'n', ...rule } as FigureRule, points, known, NO_LEADER)).toBe(result)
})

// "Cứ giảm 0,1% (hoặc phần lẻ) trừ 1 điểm" of 20 points.
test.each<[string, object, number, number]>([
  ['nothing short', { begun: true, every: 0.1 }, 100, 20],
  ['a begun part', { begun: true, every: 0.1 }, 99.85, 18],
  ['exactly two parts, binary noise or not', { begun: true, every: 0.1 }, 99.8, 18],
  ['the same, whole parts only', { whole: true, every: 0.1 }, 99.85, 19],
  ['the same, as it is', { every: 0.1 }, 99.85, 18.5],
  ['less is better: a begun part above', { begun: true, every: 0.1, better: 'less' }, 100.05, 19],
])('per cent: %s', (_, rule, value, result) => {
  const known = { facts: { n: value }, results: new Map() }
  const whole = { kind: 'per-percent', of: 'n', target: 100, less: 1, ...rule } as FigureRule
  expect(earned(whole, 20, known, NO_LEADER)).toBeCloseTo(result, 9)
})
