import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { forecast, type PastFigure } from '../src/forecast/index.ts'
import { evaluate, type Indicator, type Measure } from '../src/index.ts'
import { directiveOf, targetOf } from './directives.ts'

const rows = parse(readFileSync(new URL('./cases/forecasts.csv', import.meta.url)), { columns: true }) as Record<
  | 'what'
  | 'target'
  | 'measure'
  | 'baseline'
  | 'closes_on'
  | 'figure_date'
  | 'value'
  | 'last_year'
  | 'by_this_year'
  | 'by_last_year',
  string
>[]

/** "2021-06-30 50; 2021-12-31 105" */
const pastOf = (words: string): PastFigure[] =>
  words === ''
    ? []
    : words.split('; ').map((part) => {
        const [date = '', value] = part.split(' ')
        return { date, value: Number(value) }
      })

function resultOf(
  target: string,
  measure: string,
  value: number,
  date: string,
  more: Partial<Indicator> = {},
  asOf = date,
) {
  const directive = directiveOf({ a: { target: targetOf(target), measure: measure as Measure, ...more } })
  const [result] = evaluate({ a: value }, { directive, asOf, figureDates: { a: date } }).results
  if (!result) throw new Error('no result')
  return result
}

test.each(rows.map((row) => [row.what, row] as const))('%s', (_, row) => {
  const result = resultOf(row.target, row.measure, Number(row.value), row.figure_date, {
    ...(row.baseline ? { baseline: Number(row.baseline) } : {}),
    ...(row.closes_on ? { closesOn: row.closes_on } : {}),
  })
  const found = forecast(result, { lastYear: pastOf(row.last_year) })
  if (row.by_this_year === '') return expect(found).toBeNull()
  expect(found?.byThisYear).toBeCloseTo(Number(row.by_this_year), 6)
  if (row.by_last_year === '') expect(found?.byLastYear).toBeNull()
  else expect(found?.byLastYear).toBeCloseTo(Number(row.by_last_year), 6)
  const estimates = [found?.byThisYear, found?.byLastYear ?? found?.byThisYear] as number[]
  expect([found?.low, found?.high]).toEqual([Math.min(...estimates), Math.max(...estimates)])
})

test('the range is in order, a flow never ends below what it has reached, and at its end the range is the value', () => {
  const year = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.constantFrom('>= 100', '<= 100'),
      fc.double({ min: 0, max: 300, noNaN: true }),
      fc.nat(364),
      year,
      (target, value, day, months) => {
        let sum = 0
        const lastYear = months.map((month, i) => {
          sum += month
          return { date: new Date(Date.UTC(2021, i + 1, 0)).toISOString().slice(0, 10), value: sum }
        })
        const date = new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10)
        const found = forecast(resultOf(target, 'flow', value, date), { lastYear })
        if (!found) throw new Error('a flow has a path')
        expect(found.low).toBeLessThanOrEqual(found.high)
        expect(found.low).toBeGreaterThanOrEqual(value - 1e-6)
        if (date === '2022-12-31')
          expect([found.low, found.high]).toEqual([value, value].map((value) => expect.closeTo(value, 6)))
      },
    ),
    { numRuns: 500, examples: [['>= 100', 97, 364, new Array(12).fill(1)]] },
  )
})

test('a share stays between 0 and 100, and a count of a number below it', () => {
  const percent = { code: 'percent', vi: '%', en: '%' }
  const share = resultOf('>= 60', 'rate', 55, '2022-01-31', { baseline: 50, unit: percent })
  expect(forecast(share)?.high).toBe(100)
  const count = resultOf('>= 124', 'level', 120, '2022-03-31', { baseline: 90, denominator: 129 })
  expect(forecast(count)?.high).toBe(129)
})

test('says so as a report does, and never as a verdict', () => {
  const revenue = (lastYear: PastFigure[]) => {
    const { results } = evaluate({ 'budget-revenue': 1000.44 }, { asOf: '2022-08-31' })
    const result = results.find(({ indicatorId }) => indicatorId === 'budget-revenue')
    return result && forecast(result, { lastYear })?.explanation
  }
  expect(revenue([])).toEqual({
    vi: 'Tổng thu ngân sách nhà nước trên địa bàn: nếu giữ nhịp độ hiện nay, cuối năm ước đạt 1.502,72 tỷ đồng (kế hoạch từ 2.326 tỷ đồng trở lên)',
    en: 'State budget revenue in the province: at the pace so far, the year would end at about 1,502.72 billion VND (target at least 2,326 billion VND)',
  })
  expect(
    revenue([
      { date: '2021-08-31', value: 900 },
      { date: '2021-12-31', value: 1640.661 },
    ])?.vi,
  ).toBe(
    'Tổng thu ngân sách nhà nước trên địa bàn: nếu giữ nhịp độ hiện nay hoặc như năm trước, cuối năm ước đạt từ 1.502,72 tỷ đồng đến 1.823,76 tỷ đồng (kế hoạch từ 2.326 tỷ đồng trở lên)',
  )
})

test.each([
  [{ lastyear: [] }, 'did you mean "lastYear"?'],
  [{ lastYear: [{ date: '2022-06-30', value: 1 }] }, 'is not in 2021'],
  [{ lastYear: [{ date: '2021-06-30', value: '1' }] }, 'must be a finite number'],
])('refuses %j', (options, words) => {
  expect(() => forecast(resultOf('>= 100', 'flow', 50, '2022-06-30'), options as never)).toThrow(words)
})

test('what is beyond any number is no forecast', () => {
  expect(forecast(resultOf('>= 100', 'flow', 9e307, '2022-01-10'))).toBeNull()
  const lastYear = [
    { date: '2021-06-30', value: 1e-300 },
    { date: '2021-12-31', value: 1e300 },
  ]
  const found = forecast(resultOf('>= 100', 'flow', 50, '2022-06-30'), { lastYear })
  expect(found).toMatchObject({ byLastYear: null, high: found?.byThisYear })
})

test('two figures of one day are refused: which of them counts is not for a forecast to say', () => {
  const lastYear = ['2021-06-30', '2021-12-31', '2021-06-30'].map((date, i) => ({ date, value: 40 + i }))
  expect(() => forecast(resultOf('>= 100', 'flow', 50, '2022-06-30'), { lastYear })).toThrow(
    expect.objectContaining({ code: 'BAD_OPTION', message: 'lastYear: two figures stand for 2021-06-30' }),
  )
})
