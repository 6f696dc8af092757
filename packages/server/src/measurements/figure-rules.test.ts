import { directive2022, type Indicator } from '@dienbien/targets'
import { dayProblem, figureProblem, valueProblem } from './figure-rules.ts'

const indicator = (id: string) => directive2022.indicators.find((indicator) => indicator.id === id) as Indicator

test.each<[string, number, string | null]>([
  ['poor-households', 43_048, null],
  ['poor-households', 43_048.5, 'OUT_OF_RANGE'],
  ['poor-households', -1, 'OUT_OF_RANGE'],
  ['new-rural-met', 0, null],
  ['forest-cover', 0, null],
  ['forest-cover', 100, null],
  ['forest-cover', 140, 'OUT_OF_RANGE'],
  ['forest-cover', -5, 'OUT_OF_RANGE'],
  ['population-growth', -1.2, null],
  ['grdp-growth', 130, null],
  ['birth-rate-reduction', -0.3, null],
  ['budget-revenue', -1, 'OUT_OF_RANGE'],
  ['macadamia-planted', 812.5, null],
  ['literacy-level-2', 1, null],
  ['literacy-level-2', 0.5, 'WRONG_TYPE'],
  ['budget-revenue', 1e15, null],
  ['budget-revenue', 1.1e15, 'WRONG_TYPE'],
  ['budget-revenue', 1.7e308, 'WRONG_TYPE'],
  ['budget-revenue', Number.NaN, 'WRONG_TYPE'],
  ['grdp-growth', Number.NEGATIVE_INFINITY, 'WRONG_TYPE'],
  ['grdp-growth', -0, 'WRONG_TYPE'],
  ['grdp-growth', 1e-300, 'WRONG_TYPE'],
])('%s of %p', (id, value, code) => {
  expect(valueProblem(indicator(id), value)?.code ?? null).toBe(code)
})

test.each<[string, Pick<Indicator, 'target' | 'better'> & { baseline?: number }, boolean]>([
  ['a floor below 0', { target: { comparator: '>=', value: -2 }, better: 'more' }, true],
  ['a floor at 0', { target: { comparator: '>=', value: 0 }, better: 'more' }, true],
  ['a ceiling below 0', { target: { comparator: '<', value: -40.5 }, better: 'less' }, true],
  ['a range from below 0', { target: { comparator: 'between', low: -3, high: 2 }, better: 'near' }, true],
  ['a year before below 0', { target: { comparator: '>=', value: 5 }, better: 'more', baseline: -1 }, true],
  ['a ceiling at 0', { target: { comparator: '<=', value: 0 }, better: 'less' }, false],
  ['a range from 0', { target: { comparator: 'between', low: 0, high: 2 }, better: 'less' }, false],
  ['a floor above 0', { target: { comparator: '>', value: 780 }, better: 'more' }, false],
])('a total with %s may be negative: %#', (_, target, mayBe) => {
  expect(valueProblem({ ...indicator('exports'), ...target }, -7.5) === null).toBe(mayBe)
})

test('no sum over a country, and no ratio, leaves what a number can hold', () => {
  expect(Number.isFinite(1e15 * 11_367 * 70 * 366)).toBe(true)
  expect(Number.isFinite(1e15 / 1e-9)).toBe(true)
})

test("what is measured for the province only is no district's; an agency reports what it was assigned", () => {
  expect(figureProblem(indicator('grdp-growth'), 'district', 8)?.text.en).toBe(
    '"grdp-growth" is not measured for a district, only for a province',
  )
  expect(figureProblem(indicator('grdp-growth'), 'province', 8)).toBeNull()
  expect(figureProblem(indicator('new-rural-met'), 'commune', 1)?.code).toBe('NOT_MEASURED')
  expect(figureProblem(indicator('grain-output'), 'department', 8)).toBeNull()
})

test.each([
  ['2022-01-01', 2022, null],
  ['2024-02-29', 2024, null],
  ['2023-02-29', 2023, 'is not a date'],
  ['2021-12-31', 2022, 'does not lie in 2022'],
  ['2022', 2022, 'is not a date'],
])('a figure of %s in %d', (day, year, message) => {
  const text = dayProblem(day, year)
  if (message === null) expect(text).toBeNull()
  else expect(text?.en).toContain(message)
})
