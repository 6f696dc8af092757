import {
  type Directive,
  directive2022,
  type EvaluateOptions,
  evaluate,
  type IndicatorId,
  TargetsError,
} from '../src/index.ts'
import { directiveOf } from './directives.ts'
import { readYaml } from './read.ts'

interface ExplainedCase {
  readonly indicator: IndicatorId
  readonly as_of: string
  readonly figure_date?: string
  readonly level?: 'district'
  readonly value?: number | boolean
  readonly vi: string
  readonly en: string
}

const anyDirective: Directive = directive2022

function resultOf(id: string, value: number | boolean | null | undefined, options: EvaluateOptions = {}) {
  const { results } = evaluate(value === undefined ? {} : { [id]: value }, { directive: anyDirective, ...options })
  const result = results.find(({ indicatorId }) => indicatorId === id)
  if (!result) throw new Error(`no result for ${id}`)
  return result
}

test.each(
  readYaml<ExplainedCase[]>('./cases/explanations.yaml').map(
    (explainedCase) => [explainedCase.en, explainedCase] as const,
  ),
)('explains: %s', (_, { indicator, as_of, figure_date, level, value, vi, en }) => {
  const { explanation } = resultOf(indicator, value, {
    asOf: as_of,
    unitLevel: level,
    figureDates: figure_date ? { [indicator]: figure_date } : undefined,
  })
  expect(explanation).toEqual({ vi, en })
})

test('gives one result for each indicator, in order, and a summary that adds up', () => {
  const { results, summary } = evaluate({ 'grdp-growth': 10.19, 'poverty-rate': 33, 'literacy-level-2': true })
  expect(results.map(({ indicatorId }) => indicatorId)).toEqual(directive2022.indicators.map(({ id }) => id))
  expect(summary).toEqual({
    met: 2,
    exceeded: 1,
    notMet: 1,
    inProgress: 0,
    undecided: 0,
    noData: 66,
    notApplicable: 1,
    total: 70,
  })
})

test('never scores the projected population', () => {
  expect(resultOf('population', 636721)).toMatchObject({
    status: 'NOT_APPLICABLE',
    completion: null,
    margin: null,
    target: { comparator: '~', value: 636721 },
  })
})

test('margins are in the unit of the indicator, positive where better', () => {
  expect(resultOf('poverty-rate', 30.35).margin).toBe(0.75)
  expect(resultOf('poverty-rate', 36).margin).toBe(-4.9)
  expect(resultOf('budget-revenue', 2300).margin).toBe(-26)
})

test('equality is decimal: 0.57 × 100 is 57, and a strict target is not met by its own value', () => {
  const inputs = { targets: { 'retail-sales': { comparator: '>=' as const, value: 57 } } }
  expect(resultOf('retail-sales', 0.57 * 100, inputs)).toMatchObject({ status: 'MET', exceeded: false, margin: 0 })
  expect(resultOf('tourist-arrivals', 780 * (1 + 5e-10)).status).toBe('NOT_MET')
  expect(resultOf('tourist-arrivals', 780 * (1 + 5e-9)).status).toBe('MET')
})

describe('a lower unit', () => {
  const district = { unitLevel: 'district' as const }

  test('is judged by its own target where it has one (Mường Ảng: 1,000 ha of macadamia)', () => {
    expect(resultOf('macadamia-planted', 900, { ...district, targets: { 'macadamia-planted': 1000 } })).toMatchObject({
      status: 'NOT_MET',
      completion: 0.9,
      target: { comparator: '>=', value: 1000 },
      inherited: null,
    })
  })

  test('inherits rates, says so, and does not take over the baseline of the province', () => {
    expect(resultOf('poverty-rate', 60, district)).toMatchObject({
      inherited: 'level',
      status: 'NOT_MET',
      completion: 31.1 / 60,
    })
    expect(resultOf('poverty-rate', 60, { ...district, asOf: '2022-06-30' }).pace).toBeNull()
  })

  test('has no target for totals of the province, nor for what is not measured at its level', () => {
    expect(resultOf('budget-revenue', 50, district)).toMatchObject({
      status: 'NOT_APPLICABLE',
      value: 50,
      target: null,
    })
    expect(resultOf('grdp-growth', 10, district).status).toBe('NOT_APPLICABLE')
    expect(resultOf('doctors', 10, { unitLevel: 'commune' }).status).toBe('NOT_APPLICABLE')
  })

  test('brings its own baseline along', () => {
    const targets = { 'poverty-rate': { value: 50, baseline: 60 } }
    expect(resultOf('poverty-rate', 55, { ...district, targets, asOf: '2022-06-30' })).toMatchObject({
      completion: 0.5,
      pace: 'ON_TRACK',
    })
  })

  test('takes the level in the upper case of the API as well', () => {
    expect(resultOf('budget-revenue', 50, { unitLevel: 'DISTRICT' }).status).toBe('NOT_APPLICABLE')
  })
})

test('paces a figure by its own date where it is older than the question', () => {
  const asOf = '2022-10-31'
  expect(resultOf('tourist-arrivals', 600, { asOf }).pace).toBe('BEHIND') // 0.769 against 304/365
  expect(resultOf('tourist-arrivals', 600, { asOf, figureDates: { 'tourist-arrivals': '2022-09-30' } }).pace).toBe(
    'ON_TRACK',
  )
})

test('"about" is reached from 1% below, and higher is no failure', () => {
  expect(resultOf('agriculture-growth', 6.0786)).toMatchObject({ status: 'MET', exceeded: false })
  expect(resultOf('agriculture-growth', 6.0785).status).toBe('NOT_MET')
  expect(resultOf('agriculture-growth', 7)).toMatchObject({ status: 'MET', exceeded: true })
})

test('a share of zero where less is better has no completion, and is met', () => {
  expect(resultOf('primary-out-of-school', 0)).toMatchObject({ status: 'MET', exceeded: true, completion: null })
})

test('the last day of the year and later mean that the year is over', () => {
  for (const asOf of ['2022-12-31', '2023-04-30']) expect(resultOf('forest-cover', 40, { asOf }).status).toBe('NOT_MET')
  expect(resultOf('forest-cover', 40, { asOf: '2022-12-30' }).status).toBe('IN_PROGRESS')
})

test('results are data: they survive JSON with their explanations', () => {
  const result = resultOf('grdp-growth', 10)
  expect(JSON.parse(JSON.stringify(result))).toMatchObject({ status: 'MET', explanation: result.explanation })
})

describe('refuses', () => {
  const refused = (facts: object | null, options: object = {}) => {
    try {
      evaluate(facts as Record<string, number>, { directive: anyDirective, ...options })
    } catch (error) {
      if (error instanceof TargetsError) return { code: error.code, message: error.message }
      throw error
    }
    return null
  }

  test.each([
    [{ 'grdp-grwth': 10 }, {}, 'UNKNOWN_INDICATOR', 'did you mean "grdp-growth"?'],
    [{ 'grdp-growth': Number.NaN }, {}, 'NOT_FINITE', '"grdp-growth"'],
    [{ 'grdp-growth': Number.POSITIVE_INFINITY }, {}, 'NOT_FINITE', '"grdp-growth"'],
    [null, {}, 'WRONG_TYPE', 'must be an object'],
    [[], {}, 'WRONG_TYPE', 'must be an object'],
    [{ 'grdp-growth': '10' }, {}, 'WRONG_TYPE', '"grdp-growth" takes a number (%), not "10"'],
    [{ 'grdp-growth': true }, {}, 'WRONG_TYPE', '"grdp-growth"'],
    [{ 'literacy-level-2': 1 }, {}, 'WRONG_TYPE', '"literacy-level-2" takes true or false'],
    [{ population: Number.NaN }, {}, 'NOT_FINITE', '"population"'],
    [{}, { asOf: '2022-02-30' }, 'BAD_DATE', '2022-02-30'],
    [{}, { asOf: '31/12/2022' }, 'BAD_DATE', 'YYYY-MM-DD'],
    [{}, { asOf: '2021-12-31' }, 'BAD_DATE', 'a day from 2022 on'],
    [{}, { unitLevel: 'village' }, 'BAD_OPTION', 'none of nation, province'],
    [{}, { targets: { 'forest-planted': Number.NaN } }, 'NOT_FINITE', '"forest-planted"'],
    [{}, { targets: { 'forest-planted': true } }, 'WRONG_TYPE', '"forest-planted": must be a finite number'],
    [{}, { targets: { 'forest-plantd': 3 } }, 'UNKNOWN_INDICATOR', 'did you mean "forest-planted"?'],
    [{}, { targets: { 'forest-planted': { comparator: '≥', value: 3 } } }, 'BAD_OPTION', 'comparator'],
  ])('%j with %j', (facts, options, code, words) => {
    expect(refused(facts, options)).toEqual({ code, message: expect.stringContaining(words) })
  })

  test('the same at a level without a target', () => {
    expect(refused({ 'budget-revenue': Number.NaN }, { unitLevel: 'commune' })).toMatchObject({ code: 'NOT_FINITE' })
  })
})

test('nobody writes −0, nor what rounds to it', () => {
  for (const value of [-0, -1e-13]) {
    const words = evaluate({ 'grdp-growth': value }).results[0]?.explanation
    expect(words?.vi).toContain(': 0% năm 2022')
    expect(words?.en).toContain(': 0% in 2022')
  }
})

test('a change of percent that an amendment left without a share sets no target: the level is inherited', () => {
  const directive = directiveOf(
    {
      a: {
        target: { comparator: '<=', value: 0 },
        change: { value: -50, unit: '%', against: 2021 },
        measure: 'rate',
        extent: 'intensive',
      },
    },
    { amendments: [{ from: '2022-04-01', source: '9/QĐ', targets: { a: { comparator: '<=', value: 2 } } }] },
  )
  const on = (asOf: string) =>
    evaluate({ a: 3 }, { directive, asOf, unitLevel: 'district', baselines: { a: 8 } }).results[0]
  expect(on('2022-03-31')).toMatchObject({ inherited: 'change', target: { value: 4 } })
  expect(on('2022-04-01')).toMatchObject({ inherited: 'level', target: { value: 2 } })
})

test('the arithmetic of a trace comes to what it says, where a near target is far off too', () => {
  const directive = directiveOf({ a: { target: { comparator: '=', value: 100 }, baseline: 99.99 } })
  const traced = (value: number) => evaluate({ a: value }, { directive }).results[0]?.trace
  expect(traced(99.9932)).toMatchObject({
    completion: 'max(0, 1 − 0.0068 ÷ 100) = 0.99993',
    progress: '1 − 0.0068 ÷ 0.01 = 0.32',
  })
  expect(traced(250)?.completion).toBe('max(0, 1 − 150 ÷ 100) = 0')
})

test('errors write days in Vietnamese as an office does', () => {
  const said = (figures: object, options: object) => {
    try {
      evaluate(figures as Record<string, number>, { directive: anyDirective, ...options })
    } catch (error) {
      return (error as TargetsError).text.vi
    }
    return null
  }
  expect(said({}, { asOf: '2021-12-31' })).toContain('asOf: phải là ngày từ năm 2022')
  const dates = { asOf: '2022-03-31', figureDates: { 'poverty-rate': '2022-04-01' } }
  expect(said({ 'poverty-rate': 3 }, dates)).toContain('phải là ngày trong năm 2022, không sau 31/03/2022')
  expect(said({}, { baselines: { 'literacy-level-2': 1 } })).toContain('phải là giá trị trống')
})

test('what is said to lie above or below "about" a number is counted from that number', () => {
  const target = { comparator: '~', value: 100 } as const
  for (const better of ['more', 'less', 'near'] as const) {
    const directive = directiveOf({ a: { target, better } })
    expect(evaluate({ a: 90 }, { directive }).results[0]?.explanation.vi).toContain('thấp hơn kế hoạch 10 vụ')
  }
})
