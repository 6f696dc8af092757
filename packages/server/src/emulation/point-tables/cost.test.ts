import type { Context } from '../../graphql/context.ts'
import type { Cost } from '../../graphql/estimate.ts'
import * as costs from './cost.ts'

const priceOf = (
  { complexity }: { complexity: (_: object, context: Context) => Cost },
  criteria: number,
  members: number,
) => {
  const { field = 0, multiplier = 1 } = complexity({}, { store: { sizes: { criteria, members } } } as Context)
  return { field, multiplier }
}

test.each([
  ['SCORED_MEMBERS', costs.SCORED_MEMBERS],
  ['OF_SCORED_MEMBERS', costs.OF_SCORED_MEMBERS],
  ['SCORED_SHEETS', costs.SCORED_SHEETS],
  ['POINT_FAIRNESS', costs.POINT_FAIRNESS],
  ['POINTS_IT_TAKES', costs.POINTS_IT_TAKES],
])('%s costs as much more as there are more criteria and members', (_, price) => {
  const [small, large, wide] = [priceOf(price, 60, 10), priceOf(price, 600, 10), priceOf(price, 600, 40)]
  expect(large.field / small.field).toBeGreaterThan(3)
  expect(large.field / small.field).toBeLessThanOrEqual(10)
  expect(wide.field / large.field).toBeGreaterThan(2)
  expect(wide.field / large.field).toBeLessThanOrEqual(4)
})

test('a list of criteria is as long as the largest table', () => {
  expect(priceOf(costs.perCriterion(20), 500, 3)).toEqual({ field: 20, multiplier: 500 })
  expect(priceOf(costs.ofCriteria(200, 30), 500, 3).field).toBe(15_200)
})
