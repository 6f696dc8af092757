import { directive2022 } from '@dienbien/targets'
import { parseDirective } from '@dienbien/targets/core'
import { Directives, type DirectiveVersion, encodedVersions } from '../figures/directives.ts'
import { problemsOf, yearOf } from './publishing.ts'

const text = (vi: string) => ({ vi, en: vi })
const indicator = (id: string, changed: object = {}) => ({
  id,
  name: text(id),
  section: '1',
  unit: { code: 'percent', ...text('%') },
  target: { comparator: '>=', value: 90 },
  quote: 'đạt 90%',
  measure: 'rate',
  extent: 'intensive',
  levels: ['department'],
  checkedOn: '2024-02-01',
  ...changed,
})
const document = (year: number, ...indicators: object[]) => ({
  id: `${year}/KH`,
  title: text('Kế hoạch'),
  issuer: text('Khối'),
  issuedOn: `${year}-02-01`,
  year,
  level: 'department',
  indicators,
})
const version = (year: number, cluster: string | null, unit: string | null, ...ids: string[]): DirectiveVersion => ({
  id: [year, cluster ?? unit, 1].filter(Boolean).join('-'),
  year,
  version: 1,
  cluster,
  unit,
  directive: parseDirective(document(year, ...ids.map((id) => indicator(id)))),
})
const EVERYONE = { cluster: null, unit: null }
const published = new Directives(encodedVersions())

test('a bloc judges its own members, a district the units below it, and neither anyone else', () => {
  const bloc = version(2022, 'khoi-van-hoa', null, 'files-in-time')
  const district = version(2022, null, '096', 'files-in-time', 'meetings')
  const directives = new Directives([...encodedVersions(), bloc, district])
  expect(directives.judging(2022, { cluster: 'khoi-van-hoa', above: ['096', '11'] })).toBe(bloc.directive)
  expect(directives.judging(2022, { cluster: 'cum-vung-cao', above: ['096', '11'] })).toBe(district.directive)
  expect(directives.judging(2022, { cluster: 'cum-vung-cao', above: ['11'] })).toBe(directive2022)
  expect(directives.judging(2023, { cluster: 'khoi-van-hoa', above: [] })).toBeUndefined()
})

test('the figures of a year are of all its directives, each indicator once, that for everyone first', () => {
  const directives = new Directives([version(2022, 'khoi', null, 'poverty-rate', 'meetings'), ...encodedVersions()])
  const ids = directives.indicatorsOf(2022).map(({ id }) => id)
  expect(ids).toEqual([...directive2022.indicators.map(({ id }) => id), 'meetings'])
  expect(directives.indicatorsOf(2022).find(({ id }) => id === 'poverty-rate')).toBe(
    directive2022.indicators.find(({ id }) => id === 'poverty-rate'),
  )
})

test('the newest version of a year is in force, and the newest year is what nobody has to say', () => {
  const [first] = encodedVersions() as [DirectiveVersion]
  const second = { ...first, id: '2022-2', version: 2, directive: parseDirective({ ...directive2022, id: '9/CT' }) }
  const directives = new Directives([second, first, version(2024, null, null, 'meetings')])
  expect(directives.main(2022)?.id).toBe('9/CT')
  expect(directives.newest.year).toBe(2024)
  expect(directives.version('2022-1')?.directive).toBe(directive2022)
  expect(directives.indicator('poverty-rate')).toBe(second.directive.indicators.find(({ id }) => id === 'poverty-rate'))
})

test('without a directive there is none to judge by, and the error says what to do', () => {
  expect(() => new Directives([]).newest).toThrow(/publish one first/)
})

test.each<[string, object, { cluster: string | null; unit: string | null }, RegExp]>([
  [
    'a unit that changes',
    document(2023, indicator('poverty-rate', { unit: { code: 'people', ...text('người') } })),
    EVERYONE,
    /indicators\[0\]\.unit\.code.*counts "percent" in 2022/,
  ],
  [
    'a measure that changes',
    document(2024, indicator('poverty-rate', { measure: 'level' })),
    EVERYONE,
    /indicators\[0\]\.measure.*is a rate in 2022/,
  ],
  [
    'a bloc before everyone',
    document(2024, indicator('meetings')),
    { cluster: 'khoi', unit: null },
    /year.*2024 has no directive for everyone/,
  ],
  ['two scopes', document(2022, indicator('meetings')), { cluster: 'khoi', unit: '096' }, /not both/],
  ['no indicators', document(2024), EVERYONE, /indicators/],
])('%s is refused, with its place', (_, input, scope, expected) => {
  const problems = problemsOf(input, scope, published).map(({ path, text: { en } }) => `${path}: ${en}`)
  expect(problems.join('\n')).toMatch(expected)
})

test('what agrees with itself and with the years before may be published', () => {
  expect(problemsOf(document(2023, indicator('poverty-rate', { levels: ['province'] })), EVERYONE, published)).toEqual(
    [],
  )
  expect(problemsOf(document(2022, indicator('meetings')), { cluster: 'khoi', unit: null }, published)).toEqual([])
})

describe('when a year is over', () => {
  const standing = new Directives([version(2031, null, null, 'meetings'), version(2031, 'khoi', null, 'files-in-time')])
  const placesOf = (input: object, scope = EVERYONE as { cluster: string | null; unit: string | null }) =>
    problemsOf(input, scope, standing).map(({ path, text: { en } }) => `${path}: ${en}`)
  const late = { ...document(2031, indicator('meetings')), id: '9/KH', issuedOn: '2032-01-04' }

  test('nothing takes the place of what stands, whether it says so or not, and in its own scope', () => {
    const told = ['issuedOn: 2032-01-04 lies after 2031: 2031/KH of 2031-02-01 (version 2031-1) is not superseded']
    expect(placesOf(late)).toEqual([expect.stringContaining(told[0] as string)])
    expect(placesOf({ ...late, supersedes: { id: '2031/KH', issuedOn: '2031-02-01' } })).toHaveLength(1)
    expect(placesOf(late, { cluster: 'khoi', unit: null })).toEqual([expect.stringContaining('version 2031-khoi-1')])
    expect(placesOf({ ...late, issuedOn: '2031-12-31' })).toEqual([])
  })

  test('nor of what was in force before anything was published here', () => {
    const first = { ...late, year: 2030, issuedOn: '2031-03-01' }
    expect(placesOf(first)).toEqual([])
    expect(placesOf({ ...first, supersedes: { id: '1/KH', issuedOn: '2030-02-01' } })).toEqual([
      expect.stringMatching(/^issuedOn: 2031-03-01 lies after 2030: 1\/KH of 2030-02-01 is not superseded/),
    ])
  })

  test('a slip in the encoding of the document that stands may be corrected', () => {
    expect(placesOf(document(2031, indicator('meetings', { quote: 'đạt 90% trở lên' })))).toEqual([])
    const bloc = new Directives([
      version(2031, null, null, 'meetings'),
      { ...version(2031, 'khoi', null, 'x'), directive: parseDirective(late) },
    ])
    expect(problemsOf(late, { cluster: 'khoi', unit: null }, bloc)).toEqual([])
  })
})

test.each([[{}], [{ year: '2024' }], [{ year: 2024.5 }], [null], ['2024']])(
  'a document without a year is told so',
  (input) => {
    expect(() => yearOf(input, 'input.document')).toThrow(/must say its year/)
  },
)
