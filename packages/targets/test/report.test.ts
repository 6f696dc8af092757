// What a report says beside each result, and further targets, on directives of several years.
import fc from 'fast-check'
import { type Better, type Directive, type IndicatorInput, parseDirective, type Target } from '../src/core.ts'
import { directive2022, evaluate, TargetsError } from '../src/index.ts'
import { countMain, diffDirectives, yearOnYear } from '../src/report/index.ts'
import { directiveOf, indicatorOf, type Sketch } from './directives.ts'
import { mutated, mutation } from './mutate.ts'

const text = { vi: 'Tỉnh', en: 'The province' }
const floor = (value: number) => ({ comparator: '>=', value }) as const

describe('further targets', () => {
  const target = fc.record({
    comparator: fc.constantFrom('>=', '>', '~', 'between'),
    value: fc.integer({ min: -50, max: 200 }),
  })
  const of = ({ comparator, value }: { comparator: string; value: number }): Target =>
    comparator === 'between' ? { comparator, low: value, high: value + 5 } : ({ comparator, value } as Target)

  test('are judged as if each were the only one', () => {
    fc.assert(
      fc.property(
        fc.array(target, { minLength: 2, maxLength: 4 }),
        fc.constantFrom('flow', 'level', 'rate'),
        fc.integer({ min: -100, max: 300 }),
        fc.option(fc.integer({ min: -60, max: 150 })),
        fc.integer({ min: 2019, max: 2032 }),
        fc.constantFrom('02-28', '06-30', '12-31'),
        (all, measure, value, baseline, year, day) => {
          const sketch = { better: 'more' as Better, measure, ...(baseline === null ? {} : { baseline }) }
          const further = all.slice(1).map((aim) => ({
            kind: 'stretch' as const,
            assignedBy: text,
            target: of(aim) as Exclude<Target, { comparator: 'maintained' }>,
            quote: 'x',
          }))
          const options = { asOf: `${year}-${day}` }
          const judge = (sketch: Sketch) =>
            evaluate({ a: value }, { directive: directiveOf({ a: sketch }, { year }), ...options }).results[0]
          const result = judge({ ...sketch, target: of(all[0] as never), targets: further })
          const results = all.map((aim) => judge({ ...sketch, target: of(aim) }))
          const facts = ({
            explanation: _,
            further: __,
            ...rest
          }: object & { explanation?: unknown; further?: unknown }) => rest
          expect(facts({ ...result })).toEqual(facts({ ...results[0] }))
          expect(result?.further.map(({ kind: _, assignedBy: __, quote: ___, ...rest }) => facts(rest))).toEqual(
            results.slice(1).map((result) => facts({ ...result })),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  const directive = directiveOf(
    {
      a: {
        target: floor(60),
        measure: 'rate',
        extent: 'intensive',
        targets: [{ kind: 'assigned', assignedBy: text, target: floor(70), quote: '70' }],
      },
      b: { target: floor(1) },
    },
    { year: 2025 },
  )
  const furtherOf = (options: object, value: number | null = 65) =>
    evaluate({ a: value }, { directive, ...options }).results[0]?.further

  test('count in no summary', () => {
    expect(evaluate({ a: 65 }, { directive }).summary).toMatchObject({ met: 1, notMet: 0, noData: 1, total: 2 })
    expect(furtherOf({})).toMatchObject([{ status: 'NOT_MET' }])
  })

  test('are none where the unit is judged by its own target, or inherits', () => {
    expect(furtherOf({ targets: { a: 64 } })).toEqual([])
    expect(furtherOf({ unitLevel: 'district' })).toEqual([])
    expect(evaluate({ b: 2 }, { directive }).results[1]?.further).toEqual([])
  })

  test('are told without a figure too, and stand in JSON', () => {
    expect(furtherOf({}, null)).toMatchObject([{ status: 'NO_DATA', completion: null }])
    const json = JSON.parse(JSON.stringify(evaluate({ a: 65 }, { directive })))
    expect(json.results[0].further).toMatchObject([
      { kind: 'assigned', quote: '70', explanation: { vi: expect.any(String) } },
    ])
    expect(json.results[1].further).toEqual([])
  })

  test('stay as they are where the first is amended', () => {
    const amended = parseDirective({
      ...directive,
      amendments: [{ from: '2025-07-01', source: '9/QĐ', targets: { a: floor(66) } }],
    })
    const [result] = evaluate({ a: 65 }, { directive: amended }).results
    expect(result).toMatchObject({ status: 'NOT_MET', further: [{ target: floor(70) }] })
  })
})

describe('the count of main indicators', () => {
  const groups = [{ id: 'shares', name: text }]
  const directive = directiveOf(
    {
      total: { target: floor(10), main: true },
      domestic: { target: floor(8), main: true, partOf: 'total' },
      foreign: { target: floor(2), partOf: 'total' },
      left: { target: floor(1), main: true, partOf: 'shares' },
      right: { target: floor(1), main: true, partOf: 'shares' },
      deep: { target: floor(1), main: true, partOf: 'domestic' },
      alone: { target: floor(1), main: true },
      aside: { target: floor(1) },
    },
    { year: 2026, groups },
  )
  const all = { total: 10, domestic: 8, foreign: 0, left: 1, right: 1, deep: 1, alone: 1, aside: 0 }
  const count = (facts: object, options = {}) =>
    countMain(evaluate(facts as never, { directive, ...options }), directive)

  test('folds the parts of a total and of a group, however deep, and asks only those that are main', () => {
    expect(count(all)).toMatchObject({ met: 3, total: 3, text: { vi: '3/3 chỉ tiêu chủ yếu' } })
    expect(count(all)?.items.map(({ id, indicatorIds }) => [id, indicatorIds.length])).toEqual([
      ['total', 3],
      ['shares', 2],
      ['alone', 1],
    ])
  })

  test.each([
    [{ deep: 0 }, 'NOT_MET'],
    [{ domestic: null }, 'NO_DATA'],
    [{ domestic: null, deep: 0 }, 'NOT_MET'],
  ])('is never better than the worst of its parts: %j', (change, status) => {
    expect(count({ ...all, ...change })).toMatchObject({ met: 2, items: [{ id: 'total', status }, {}, {}] })
  })

  test('leaves out what is not assigned to the unit', () => {
    const some = count(all, { unitLevel: 'commune', targets: { alone: 1, left: 2 } })
    expect(some).toMatchObject({ met: 1, notMet: 1, total: 2, items: [{ id: 'shares' }, { id: 'alone' }] })
  })

  test('sums up, for any figures', () => {
    const figure = fc.option(fc.integer({ min: 0, max: 12 }))
    const facts = fc.record({
      total: figure,
      domestic: figure,
      left: figure,
      right: figure,
      deep: figure,
      alone: figure,
    })
    fc.assert(
      fc.property(facts, (figures) => {
        const counted = count(figures)
        expect(counted?.met).toBe(counted?.items.filter(({ status }) => status === 'MET').length)
        expect((counted?.met ?? 0) + (counted?.notMet ?? 0) + (counted?.open ?? 0)).toBe(3)
      }),
    )
  })

  test('takes the shares of the economy of 2022 for one, and "trong đó" for parts of their totals', () => {
    const every = parseDirective({
      ...directive2022,
      indicators: directive2022.indicators.map((indicator) => ({ ...indicator, main: true })),
    })
    const counted = countMain(evaluate({}, { directive: every }), every)
    const folded = counted?.items.filter(({ indicatorIds }) => indicatorIds.length > 1)
    expect(folded?.map(({ id, indicatorIds }) => [id, indicatorIds.length])).toEqual([
      ['economic-structure', 4],
      ['budget-revenue', 2],
      ['trade-turnover', 3],
      ['tourist-arrivals', 2],
      ['new-rural-total', 3],
      ['drug-treatment', 3],
    ])
    expect(counted?.total).toBe(69 - 3 - 1 - 2 - 1 - 2 - 2) // a projection is no target
    expect(countMain(evaluate({}), directive2022)).toBeNull() // the text marks none as main
  })

  test('refuses an evaluation by another directive', () => {
    expect(() => countMain(evaluate({}, { directive: directive2022 }), directive)).toThrow('it is by another directive')
  })
})

describe('year on year', () => {
  const revenue = indicatorOf('revenue', {
    target: floor(1000),
    measure: 'flow',
    unit: { code: 'billion-vnd', vi: 'tỷ đồng', en: 'billion VND' },
  })
  const share = indicatorOf('share', {
    target: floor(50),
    measure: 'rate',
    unit: { code: 'percent', vi: '%', en: '%' },
  })
  const of = (indicator: IndicatorInput, date: string, value: number, ...earlier: [string, number][]) =>
    yearOnYear(
      directiveOf({ [indicator.id]: indicator }, { year: 2024 }).indicators[0] as never,
      { date, value },
      earlier.map(([day, was]) => ({ date: day, value: was })),
    )

  test.each([
    ['2024-08-31', 1000.44, ['2023-08-31', 900], 100.44, 11.16, 'tăng 11,2% so với cùng kỳ năm 2023 (900 tỷ đồng)'],
    ['2024-08-31', 450, ['2023-08-31', 900], -450, -50, 'giảm 50,0% so với cùng kỳ năm 2023 (900 tỷ đồng)'],
    ['2024-02-29', 90, ['2023-02-28', 90], 0, 0, 'bằng cùng kỳ năm 2023 (90 tỷ đồng)'],
    ['2023-02-28', 90, ['2022-02-28', 80], 10, 12.5, 'tăng 12,5% so với cùng kỳ năm 2022 (80 tỷ đồng)'],
    ['2025-02-28', 90, ['2024-02-29', 80], 10, 12.5, 'tăng 12,5% so với cùng kỳ năm 2024 (80 tỷ đồng)'],
    ['2024-03-15', 5, ['2023-03-15', 0], 5, null, 'tăng 5 tỷ đồng so với cùng kỳ năm 2023 (0 tỷ đồng)'],
    ['2024-03-15', 5, ['2023-03-15', -5], 10, null, 'tăng 10 tỷ đồng so với cùng kỳ năm 2023 (-5 tỷ đồng)'],
  ] as const)('a total of %s: %d', (date, value, earlier, difference, percent, vi) => {
    expect(of(revenue, date, value, [...earlier])).toMatchObject({ difference, percent, text: { vi } })
  })

  test('of a percentage is told in points', () => {
    expect(of(share, '2024-06-30', 31.1, ['2023-06-30', 35.38])).toMatchObject({
      difference: -4.28,
      percent: null,
      text: {
        vi: 'giảm 4,28 điểm phần trăm so với cùng kỳ năm 2023 (35,38%)',
        en: 'down 4.28 percentage points on the same period of 2023 (35.38%)',
      },
    })
  })

  test('is nothing where no figure stands for the same day', () => {
    expect(of(revenue, '2024-08-31', 1, ['2023-08-30', 1], ['2022-08-31', 1], ['2024-08-31', 1])).toBeNull()
  })

  test.each([
    [
      'two figures of the same day',
      () => of(revenue, '2024-08-31', 1, ['2023-08-31', 1], ['2023-08-31', 2]),
      'two figures',
    ],
    ['a day that is none', () => of(revenue, '2024-02-30', 1), 'not a date'],
    ['no number', () => of(revenue, '2024-02-28', Number.NaN), 'must be a finite number'],
    [
      'a milestone',
      () => of(indicatorOf('m', { target: { comparator: 'maintained', value: true } }), '2024-02-28', 1),
      'an indicator with numbers',
    ],
  ])('refuses %s', (_, call, words) => {
    expect(call).toThrow(TargetsError)
    expect(call).toThrow(words)
  })
})

describe('what changed', () => {
  const sketches: Record<string, Sketch> = {
    a: { target: floor(60), name: { vi: 'Độ phủ', en: 'Coverage' } },
    b: { target: { comparator: '<=', value: 4 }, main: true, quote: 'xuống 4' },
  }
  const rest = { year: 2026, amendments: [{ from: '2026-07-01', source: '9/QĐ', targets: { a: floor(61) } }] }
  const before = directiveOf(sketches, rest)
  const lines = (after: Directive, language: 'vi' | 'en' = 'en') =>
    diffDirectives(before, after).map((diffDirective) => diffDirective.text[language])

  test('is told by indicator and key, with both values', () => {
    const a = { ...(sketches.a as Sketch), target: floor(65) }
    const b = {
      ...(sketches.b as Sketch),
      main: false,
      quote: 'xuống 4,0',
      responsible: { vi: 'Sở Y tế', en: 'Health' },
    }
    const c = { target: { comparator: 'between', low: 1, high: 2.5 }, better: 'more' } as const
    expect(lines(directiveOf({ c, b, a }, rest))).toEqual([
      'Added indicator "Indicator c": from 1.0 to 2.5 cases',
      'Indicator b: quote "xuống 4" → "xuống 4,0"',
      'Indicator b: main indicator yes → no',
      'Indicator b: responsible (none) → "Health"',
      'Coverage: target at least 60 cases → at least 65 cases',
    ])
    expect(lines(directiveOf({ a: sketches.a as Sketch }, rest), 'vi')).toEqual([
      'Bỏ chỉ tiêu "Chỉ tiêu b": không quá 4 vụ',
    ])
    expect(diffDirectives(before, directiveOf({ b: sketches.b as Sketch, a }, rest))).toEqual([
      {
        kind: 'changed',
        of: 'indicator',
        id: 'a',
        field: 'target',
        before: floor(60),
        after: floor(65),
        text: {
          vi: 'Độ phủ: kế hoạch từ 60 vụ trở lên → từ 65 vụ trở lên',
          en: 'Coverage: target at least 60 cases → at least 65 cases',
        },
      },
    ])
  })

  test('is told of the document and of its amendments', () => {
    const amended = { from: '2026-10-01', source: '10/QĐ', targets: { b: { comparator: '<=', value: 3 } as const } }
    const changed = directiveOf(sketches, {
      ...rest,
      version: '2',
      supersedes: { id: '1/CT', issuedOn: '2026-01-02' },
      amendments: [{ from: '2026-07-01', source: '9/QĐ', targets: { a: floor(62) } }, amended],
    })
    expect(lines(changed, 'vi')).toEqual([
      'phiên bản 1 → 2',
      'thay thế (không có) → 1/CT',
      'điều chỉnh 2026-07-01 9/QĐ: kế hoạch Độ phủ từ 61 vụ trở lên → Độ phủ từ 62 vụ trở lên',
      'Thêm điều chỉnh 2026-10-01 10/QĐ: Chỉ tiêu b không quá 3 vụ',
    ])
  })

  test('is nothing between a directive and itself, whatever the order', () => {
    expect(diffDirectives(before, before)).toEqual([])
    expect(lines(directiveOf({ b: sketches.b as Sketch, a: sketches.a as Sketch }, rest))).toEqual([])
    expect(
      diffDirectives(directive2022 as Directive, parseDirective(JSON.parse(JSON.stringify(directive2022)))),
    ).toEqual([])
  })

  test('is the same backwards, and nothing only where the documents say the same', () => {
    const { duties, errata, ...document } = JSON.parse(JSON.stringify(directive2022))
    const base = {
      ...document,
      duties: duties.slice(0, 2),
      errata: errata.slice(0, 2),
      indicators: document.indicators.slice(0, 6),
      relations: [],
    }
    base.errata = base.errata.map((erratum: object) => ({ ...erratum, indicators: [] }))
    const first = parseDirective(base)
    let compared = 0
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        let second: Directive
        try {
          second = parseDirective(mutated(base, mutations))
        } catch {
          return
        }
        const [there, back] = [diffDirectives(first, second), diffDirectives(second, first)]
        const of = (list: typeof there, turned: boolean) =>
          list
            .map(({ kind, of: member, id, field, before: old, after: now }) => {
              const turn = { added: 'removed', removed: 'added', changed: 'changed' } as const
              return JSON.stringify([turned ? turn[kind] : kind, member, id, field, turned ? [now, old] : [old, now]])
            })
            .sort()
        expect(of(back, true)).toEqual(of(there, false))
        for (const { text: said } of there) expect(`${said.vi}${said.en}`).not.toMatch(/undefined|\[object/)
        const plain = ({ indicators, ...others }: Directive) =>
          JSON.stringify([others, indicators.map(({ checkedOn: _, ...rest }) => rest)])
        if (there.length === 0) expect(canonicalOrder(plain(second))).toBe(canonicalOrder(plain(first)))
        else compared++
      }),
      { numRuns: 2000 },
    )
    expect(compared).toBeGreaterThan(50)
  })
})

/** The letters of a text, sorted: what the order of keys and members can't change. */
const canonicalOrder = (words: string) => [...words].sort().join('')
