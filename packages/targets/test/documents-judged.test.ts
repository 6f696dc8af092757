// Directives of other provinces, years and levels, read from their documents, and published figures judged by them.
import { readdirSync, readFileSync } from 'node:fs'
import { type Directive, evaluate, type Facts, parseDirective } from '../src/core.ts'
import { directive2022 } from '../src/index.ts'
import { countMain, diffDirectives, yearOnYear } from '../src/report/index.ts'
import { readDocument } from '../src/table/index.ts'

const folder = new URL('./documents/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const read = (name: string): Directive =>
  parseDirective(readDocument(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')).value)
const statuses = (directive: Directive, facts: Facts, options = {}) =>
  Object.fromEntries(
    evaluate(facts, { directive, ...options })
      .results.filter(({ value }) => value !== null)
      .map(({ indicatorId, status }) => [indicatorId, status]),
  )
const indicator = (directive: Directive, id: string) => {
  const found = directive.indicators.find((indicator) => indicator.id === id)
  if (!found) throw new Error(`${directive.id} has no ${id}`)
  return found
}

test.each(files)('%s says of each number what is printed', (file) => {
  const { indicators } = read(file.replace('.yaml', ''))
  for (const { quote, target, targets = [] } of indicators) {
    for (const aim of [{ target, quote }, ...targets]) {
      if (aim.target.comparator === 'maintained') continue
      const numbers = aim.target.comparator === 'between' ? [aim.target.low, aim.target.high] : [aim.target.value]
      const printed = [...aim.quote.matchAll(/\d+(?:[.,]\d+)*/g)].map(([text]) =>
        Number(text.replace(/\.(?=\d{3})/g, '').replace(',', '.')),
      )
      expect(printed).toEqual(expect.arrayContaining(numbers))
    }
  }
})

test('judges Hòa Bình by its own 2023', () => {
  const directive = read('hoa-binh-2023')
  // hoabinh.gov.vn, 2023 as a whole: an estimate.
  expect(statuses(directive, { 'grdp-growth': 0.68 })).toEqual({ 'grdp-growth': 'NOT_MET' })
  // hoabinh.gov.vn: more than 1,224 million USD in nine months.
  const { results } = evaluate({ exports: 1224 }, { directive, asOf: '2023-09-30' })
  expect(results.find(({ indicatorId }) => indicatorId === 'exports')).toMatchObject({
    status: 'IN_PROGRESS',
    pace: 'ON_TRACK',
    completion: expect.closeTo(0.72212, 5),
  })
  const growth = yearOnYear(indicator(directive, 'grdp-growth'), { date: '2023-12-31', value: 0.68 }, [
    { date: '2022-12-31', value: 9.03 },
  ])
  expect(growth).toMatchObject({ difference: -8.35, percent: null })
  expect(growth?.text.vi).toBe('giảm 8,35 điểm phần trăm so với cùng kỳ năm 2022 (9,03%)')
  // A fall of 2.9 points lies in the range, one of 3.2 beyond it.
  expect(evaluate({ 'poverty-reduction': 2.9 }, { directive }).summary).toMatchObject({ met: 1, exceeded: 0 })
  expect(evaluate({ 'poverty-reduction': 3.2 }, { directive }).summary).toMatchObject({ met: 1, exceeded: 1 })
})

test('judges Đà Nẵng by ranges, and by a target that has no number', () => {
  const directive = read('da-nang-2023')
  // vietnamnet.vn, 12/12/2023: estimates of the year; revenue 85.6% of that of 2022.
  const published = {
    'grdp-growth': 2.58,
    'services-growth': 4.1,
    'industry-growth': -2.05,
    'agriculture-growth': 1.19,
    'exports-growth': -12.3,
    'investment-growth': -14.6,
    'budget-revenue-kept': false,
  }
  const { results, summary } = evaluate(published, { directive })
  expect(summary).toMatchObject({ met: 0, notMet: 7, noData: 2, notApplicable: 1, total: 10 })
  expect(results[2]).toMatchObject({ margin: -5.05, completion: expect.closeTo(-0.68333, 5) })
  expect(countMain(evaluate(published, { directive }), directive)).toBeNull() // it marks none
})

test("judges a department by its bloc's own directive", () => {
  const directive = read('departments-2024')
  expect(directive).toMatchObject({ level: 'department', version: '2' })
  const figures = { 'files-in-time': 98.6, 'online-services': 52.5, initiatives: 5, 'late-reports': 3 }
  const { results, basis } = evaluate(figures, { directive, asOf: '2024-06-30' })
  expect(basis).toMatchObject({ unitLevel: 'department', version: '2' })
  expect(results.map(({ status, pace }) => [status, pace])).toEqual([
    ['MET', null],
    ['IN_PROGRESS', 'ON_TRACK'],
    ['MET', null],
    ['NOT_MET', null],
    ['NO_DATA', null],
  ])
  expect(results[0]?.further).toMatchObject([{ kind: 'stretch', status: 'IN_PROGRESS', margin: -0.9 }])
  expect(countMain({ results, summary: evaluate(figures, { directive }).summary }, directive)?.text.vi).toBe(
    '1/3 chỉ tiêu chủ yếu',
  )
})

describe('Điện Biên in 2023, by synthetic targets', () => {
  const directive = read('dien-bien-2023')
  // thongkedienbien.gov.vn, 29/12/2023; qdnd.vn; tapchicongthuong.vn (the last share is what is left to 100).
  const published = {
    'grdp-growth': 7.1,
    'grdp-per-capita': 42.98,
    'agriculture-share': 16.88,
    'industry-share': 20.92,
    'services-share': 58.11,
    'product-tax-share': 4.09,
    'forest-cover': 44.01,
  }

  test('keeps the ids of 2022, so that a series is one', () => {
    const known = directive2022.indicators.map(({ id }) => id as string)
    for (const { id } of directive.indicators) expect(known).toContain(id)
  })

  test('tells by whose target growth was met, and by whose it was not', () => {
    const [growth] = evaluate(published, { directive }).results
    expect(growth).toMatchObject({ status: 'MET', exceeded: true, target: { value: 7 } })
    expect(growth?.further).toMatchObject([
      { kind: 'assigned', assignedBy: { vi: 'Hội đồng nhân dân tỉnh' }, target: { value: 9.5 }, status: 'NOT_MET' },
      { kind: 'stretch', target: { comparator: '>', value: 10 }, status: 'NOT_MET', margin: -2.9 },
    ])
    expect(growth?.further[0]?.explanation.vi).toBe(
      'Tốc độ tăng trưởng kinh tế (GRDP): 7,1% năm 2023 (kế hoạch từ 9,5% trở lên), thấp hơn kế hoạch 2,4 điểm phần trăm, không đạt kế hoạch (Hội đồng nhân dân tỉnh giao)',
    )
    expect(growth?.further[1]?.explanation.en).toMatch(/not met \(stretch target of the People's Committee\)$/)
  })

  test('measures the way from the results of 2022', () => {
    const { results } = evaluate(published, { directive })
    expect(results[1]).toMatchObject({ status: 'NOT_MET', progress: expect.closeTo(0.86735, 5) })
    const perHead = { date: '2023-12-31', value: 42.98 }
    const before = [
      { date: '2021-12-31', value: 35 },
      { date: '2022-12-31', value: 39.58 },
    ]
    expect(yearOnYear(indicator(directive, 'grdp-per-capita'), perHead, before)?.text).toEqual({
      vi: 'tăng 8,6% so với cùng kỳ năm 2022 (39,58 triệu đồng/người/năm)',
      en: 'up 8.6% on the same period of 2022 (39.58 million VND per head per year)',
    })
  })

  test('counts four shares as one, and what is not final as open', () => {
    const soFar = { ...published, 'poverty-rate': 26.03 } // baodienbienphu.com.vn, 07/12/2023
    const first = countMain(evaluate(soFar, { directive, figureDates: { 'poverty-rate': '2023-12-07' } }), directive)
    expect(first).toMatchObject({ met: 3, notMet: 1, open: 3, total: 7, text: { vi: '3/7 chỉ tiêu chủ yếu' } })
    expect(first?.items[2]).toEqual({
      id: 'economic-structure',
      name: { vi: 'Cơ cấu kinh tế', en: 'Structure of the economy' },
      status: 'MET',
      indicatorIds: ['agriculture-share', 'industry-share', 'services-share', 'product-tax-share'],
    })
    // The final figure of the year.
    const last = countMain(evaluate({ ...published, 'poverty-rate': 25.6 }, { directive }), directive)
    expect(last?.text.en).toBe('4 of 7 main indicators')
    const oneShareMissed = { ...published, 'industry-share': 20.89 }
    expect(countMain(evaluate(oneShareMissed, { directive }), directive)).toMatchObject({ met: 2, notMet: 2 })
  })

  test('says what changed from 2022, in the order of the text', () => {
    const differences = diffDirectives(directive2022 as Directive, directive)
    const targets = differences.filter(({ field }) => field === 'target')
    expect(targets.map(({ id }) => id)).toContain('poverty-rate')
    expect(targets.find(({ id }) => id === 'poverty-rate')?.text).toEqual({
      vi: 'Tỷ lệ hộ nghèo: kế hoạch không quá 31,10% → không quá 26,00%',
      en: 'Poverty rate: target at most 31.10% → at most 26.00%',
    })
    expect(differences.filter(({ kind, of }) => kind === 'removed' && of === 'indicator')).toHaveLength(59)
    expect(differences.filter(({ kind, of }) => kind === 'added' && of === 'indicator')).toEqual([])
    // The structure of the economy is one in both.
    expect(differences.filter(({ of }) => of === 'group')).toEqual([])
    const others = diffDirectives(read('hoa-binh-2023'), directive).filter(({ of }) => of === 'group')
    expect(others.map(({ text }) => text.vi)).toEqual([
      'Thêm nhóm chỉ tiêu "Cơ cấu kinh tế"',
      'Bỏ nhóm chỉ tiêu "Kim ngạch xuất khẩu và nhập khẩu"',
    ])
  })
})
