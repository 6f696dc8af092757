import { defineDirective, evaluate, type IndicatorInput, parseDirective, TargetsError } from '../src/core.ts'
import { directive2022, directives } from '../src/index.ts'

const text = { vi: 'Một', en: 'One' }
const percent = { code: 'percent', vi: '%', en: '%' }
const rate = {
  id: 'coverage',
  name: text,
  section: '1',
  unit: percent,
  target: { comparator: '>=', value: 90 },
  quote: 'đạt 90%',
  measure: 'rate',
  extent: 'intensive',
  levels: ['province'],
  checkedOn: '2026-11-23',
} as const satisfies IndicatorInput
const head = { id: '1/CT', title: text, issuer: text, issuedOn: '2023-01-05', year: 2023 }

test('builds another directive with its own ids', () => {
  const directive = defineDirective({ ...head, indicators: [rate] })
  expect(evaluate({ coverage: 91 }, { directive }).summary).toMatchObject({ met: 1, exceeded: 1, total: 1 })
})

test('judges by the version in force on the date', () => {
  const directive = defineDirective({
    ...head,
    indicators: [rate],
    amendments: [{ from: '2023-10-01', source: '9/QĐ', targets: { coverage: { comparator: '>=', value: 95 } } }],
  })
  const statusOn = (asOf?: string) => evaluate({ coverage: 92 }, { directive, asOf }).results[0]?.status
  expect(statusOn('2023-09-30')).toBe('MET')
  expect(statusOn('2023-10-01')).toBe('IN_PROGRESS')
  expect(statusOn()).toBe('NOT_MET')
})

test('lists every problem with its path and what would be right', () => {
  const build = (change: object) => () => parseDirective({ ...head, indicators: [rate], ...change })
  const shape = build({
    issuedOn: '2023-02-30',
    indicators: [
      { ...rate, quote: '' },
      { ...rate, id: 'Bad Id', target: { comparator: '>=', value: Number.NaN }, measure: 'speed' },
    ],
  })
  expect(shape).toThrow(TargetsError)
  for (const words of [
    'issuedOn: "2023-02-30" must have the form of "2022-10-31"',
    'indicators[0].quote: must be a text that is not empty',
    'indicators[1].id: "Bad Id" must have the form of "grdp-growth"',
    'indicators[1].target.value: must be a finite number, not NaN',
    'indicators[1].measure: "speed" is none of flow, level',
  ]) {
    expect(shape).toThrow(words)
  }
  const sense = build({
    indicators: [rate, rate],
    relations: [
      { kind: 'sum', parts: ['coverage', 'coverag'], total: 100 },
      { kind: 'sum', parts: ['coverage'], total: 80 },
    ],
  })
  for (const words of [
    'indicators[1].id: "coverage" is used twice',
    'relations[0].parts[1]: no indicator "coverag"; did you mean "coverage"?',
    'relations[1]: 90 = 90, not 80',
  ]) {
    expect(sense).toThrow(words)
  }
})

test.each([
  [
    'an amendment after the year',
    { amendments: [{ from: '2024-06-01', source: 'x', targets: {} }] },
    'lies after 2023',
  ],
  [
    'a baseline that contradicts the change',
    { indicators: [{ ...rate, baseline: 99, change: { value: 4, unit: 'pp', against: 2022 } }] },
    '99 contradicts "change", from which it would be 86',
  ],
  [
    'a change that leaves nothing',
    { indicators: [{ ...rate, change: { value: -100, unit: '%', against: 2022 } }] },
    'must be a number above -100',
  ],
  [
    'about without a side',
    { indicators: [{ ...rate, target: { comparator: '~', value: 9 } }] },
    'indicators[0].better: is missing',
  ],
  [
    'a range upside down',
    { indicators: [{ ...rate, better: 'more', target: { comparator: 'between', low: 7, high: 6 } }] },
    'must be above "low", 7',
  ],
  ['a direction against its inequality', { indicators: [{ ...rate, better: 'less' }] }, '"less" must be more'],
  [
    'a closing day that not every year has',
    { indicators: [{ ...rate, closesOn: '02-29' }] },
    'closesOn: "02-29" must have the form',
  ],
  [
    'a duty without a quote',
    { duties: [{ id: 'x', section: '1', who: text, evidence: text, due: '2023-12-31' }] },
    'duties[0].quote: is missing',
  ],
  ['a misspelt key', { indicators: [{ ...rate, alsoin: ['2'] }] }, 'did you mean "alsoIn"?'],
  [
    'an erratum about nothing known',
    { errata: [{ id: 'x', section: '1', quote: 'x', indicators: ['coverge'], reading: text }] },
    'did you mean "coverage"?',
  ],
])('refuses %s', (_, change, words) => {
  expect(() => parseDirective({ ...head, indicators: [rate], ...change })).toThrow(words)
})

test('a given baseline stands where the printed digits allow it', () => {
  const indicator = {
    ...rate,
    quote: 'đạt 90%, tăng 4%',
    change: { value: 4, unit: 'pp', against: 2022 },
    baseline: 86.4,
  }
  expect(parseDirective({ ...head, indicators: [indicator] }).indicators[0]).toMatchObject({
    baseline: 86.4,
    better: 'more',
  })
})

test('knows the directive of 2022', () => {
  expect(directives[2022]).toBe(directive2022)
})

test('reads a directive back from its JSON', () => {
  const json = JSON.parse(JSON.stringify({ $schema: './directive.schema.json', ...directive2022 }))
  expect(parseDirective(json)).toEqual(directive2022)
})

test.each([
  [null, 'must be an object'],
  [[], 'must be an object'],
  [{}, 'year: is missing'],
  [{ ...head, indicators: 'none' }, 'indicators: must be a list'],
  [{ ...head, indicators: [null] }, 'indicators[0]: must be an object'],
  [{ ...head, indicators: [{ ...rate, target: undefined }] }, 'indicators[0].target: is missing'],
  [{ ...head, indicators: [{ ...rate, levels: undefined }] }, 'indicators[0].levels: is missing'],
  [{ ...head, indicators: [{ ...rate, name: 'x' }] }, 'indicators[0].name: must be an object'],
  [{ ...head, indicators: [rate], relations: [{ kind: 'sum', total: 1 }] }, 'relations[0]'],
])('refuses JSON that is no directive: %j', (json, words) => {
  expect(() => parseDirective(json)).toThrow(words)
})
