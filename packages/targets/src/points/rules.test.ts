import { shareOf } from './rules.ts'

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
