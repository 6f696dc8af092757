import {
  defineDirective,
  directive2022,
  directives,
  evaluate,
  type IndicatorInput,
  parseDirective,
  TargetsError,
} from '../src/index.ts'

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
  const build = () =>
    defineDirective({
      ...head,
      issuedOn: '2023-02-30',
      indicators: [
        rate,
        { ...rate, quote: '' },
        { ...rate, id: 'Bad Id', target: { comparator: '>=', value: Number.NaN }, measure: 'speed' as 'rate' },
      ],
      relations: [
        { kind: 'sum', parts: ['coverage', 'coverag' as 'coverage'], total: 100 },
        { kind: 'sum', parts: ['coverage'], total: 80 },
      ],
    })
  expect(build).toThrow(TargetsError)
  for (const words of [
    'issuedOn: "2023-02-30" is not a date',
    'indicators[1].id: "coverage" is used twice',
    'indicators[1].quote: must be the words',
    'indicators[2].id: "Bad Id" must be kebab-case',
    'indicators[2].target.value: must be a finite number',
    'indicators[2].measure: "speed" is none of flow, level',
    'relations[0].parts[1]: no indicator "coverag"; did you mean "coverage"?',
    'relations[1]: 90 = 90, not 80',
  ]) {
    expect(build).toThrow(words)
  }
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
  [{}, 'year: must be a whole number'],
  [{ ...head, indicators: 'none' }, 'indicators: must be a list'],
  [{ ...head, indicators: [null] }, 'indicators[0]: must be an object'],
  [{ ...head, indicators: [{ ...rate, target: undefined }] }, 'indicators[0].target: must be { comparator, value }'],
  [{ ...head, indicators: [{ ...rate, levels: undefined }] }, 'indicators[0].levels: must name at least one level'],
  [{ ...head, indicators: [{ ...rate, name: 'x' }] }, 'indicators[0].name.vi: must be a text'],
  [{ ...head, indicators: [rate], relations: [{ kind: 'sum', total: 1 }] }, 'relations[0]'],
])('refuses JSON that is no directive: %j', (json, words) => {
  expect(() => parseDirective(json)).toThrow(words)
})
