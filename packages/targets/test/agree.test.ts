import { disagreements } from '../src/core.ts'
import { directive2022 } from '../src/index.ts'

test.each([
  [{ exports: 73, imports: 25, 'trade-turnover': 98 }, []],
  [{ exports: 73, imports: 26, 'trade-turnover': 98 }, ['73 + 26 = 99, 98']],
  [{ exports: 73, 'trade-turnover': 98 }, []],
  [{ 'new-rural-met': 21, 'new-rural-basic': 23, 'new-rural-total': 45 }, ['21 + 23 = 44, 45']],
  [{ 'agriculture-share': 17.66, 'industry-share': 20.77, 'services-share': 57.11, 'product-tax-share': 4.45 }, []],
  [
    { 'agriculture-share': 18, 'industry-share': 20.77, 'services-share': 57.11, 'product-tax-share': 4.45 },
    ['18 + 20.77 + 57.11 + 4.45 = 100.33, 100'],
  ],
  [{ 'domestic-revenue': 2400, 'budget-revenue': 2326 }, ['2400 > 2326']],
  [{ 'international-arrivals': 10, 'tourist-arrivals': 9 }, ['10 > 9']],
  [{ 'poverty-rate': 101 }, ['101%']],
  [{ 'poverty-rate': -1 }, ['-1%']],
  [{ 'grdp-growth': -3 }, []],
  [{ 'poor-households': 10.5 }, ['10.5']],
  [{ 'universal-primary-level-3': 130 }, ['130 > 129']],
])('%j', (facts, arithmetic) => {
  expect(disagreements(facts, directive2022).map((disagreement) => disagreement.arithmetic)).toEqual(arithmetic)
})
