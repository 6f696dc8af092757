// A directive as a document: checked whole, wherever it comes from, and read from JSON and YAML alike.
import { stringify } from 'yaml'
import { checkDirective, parseDirective } from '../src/core.ts'
import { directive2022, TargetsError } from '../src/index.ts'
import { readDocument } from '../src/table/index.ts'
import { indicatorOf } from './directives.ts'

const text = { vi: 'Một', en: 'One' }
const floor = { comparator: '>=', value: 90 } as const
const rate = { extent: 'intensive' } as const
const head = { id: '1/CT', title: text, issuer: text, issuedOn: '2027-01-05', year: 2027 }
const paths = (document: unknown) => checkDirective(document).map(({ path, text: { en } }) => `${path}: ${en}`)

test('says all that is wrong at once: shapes, and what contradicts itself among the rest', () => {
  const problems = checkDirective({
    ...head,
    issuedOn: '2027-02-30',
    indicators: [
      indicatorOf('coverage', { target: floor, partOf: 'covrage' }),
      { ...indicatorOf('beds', { target: floor }), quote: '' },
      indicatorOf('coverage', { target: { comparator: 'between', low: 7, high: 6 }, better: 'more' }),
    ],
    relations: [
      { kind: 'at-most', part: 'beds', whole: 'bed' },
      { kind: 'sum', parts: ['coverage'], total: '100 %' },
    ],
    amendments: [{ from: '2028-01-01', source: 'x', targets: { beds: floor } }],
  })
  expect(problems.map(({ path, nearest }) => [path, nearest])).toEqual([
    ['issuedOn', undefined],
    ['indicators[1].quote', undefined],
    ['relations[1].total', undefined],
    ['indicators[2].target.high', undefined],
    ['indicators[0].partOf', 'coverage'],
    ['relations[0].whole', 'beds'],
    ['amendments[0].from', undefined],
    ['indicators[2].id', undefined],
  ])
  for (const { text: said } of problems) expect(said.vi).not.toBe(said.en)
})

test.each([null, 1, 'x', [], {}, { indicators: 1 }, { indicators: [null, { id: 'a' }], groups: [{ id: 'a' }] }])(
  'finds %j to be no directive, without throwing',
  (document) => {
    expect(checkDirective(document)).not.toEqual([])
    expect(() => parseDirective(document)).toThrow(TargetsError)
  },
)

test.each([
  ['a further target against the first', { targets: [further({ comparator: '<=', value: 9 })] }, 'is better here'],
  ['a further range upside down', { targets: [further({ comparator: 'between', low: 2, high: 1 })] }, 'must be above'],
  [
    'a further target that nobody assigned',
    { targets: [{ kind: 'stretch', target: floor, quote: 'x' }] },
    'is missing',
  ],
  [
    'a kind of target that there is not',
    { targets: [{ ...further(floor), kind: 'strech' }] },
    'none of assigned, stretch',
  ],
  ['no further target at all', { targets: [] }, 'must name at least one'],
  ['a part of itself', { partOf: 'a' }, '"a" is a part of itself'],
  ['what is a part of nothing known', { partOf: 'shres' }, 'no indicator "shres", nor a group'],
  ['weights of a total', { weighedBy: 'communes' }, 'indicators[0].extent: "extensive" must be intensive'],
  [
    'weights by nothing known',
    { ...rate, weighedBy: { denominator: 'bb' } },
    'weighedBy.denominator: no indicator "bb"',
  ],
  ['weights by a rate', { ...rate, weighedBy: { numerator: 'a' } }, 'weighedBy.numerator: "a" cannot be added'],
  ['weights by two things', { ...rate, weighedBy: { numerator: 'b', denominator: 'b' } }, 'weighedBy'],
  ['weights by what there is not', { ...rate, weighedBy: 'households' }, 'weighedBy'],
  ['weights of growth', { ...rate, measure: 'rate', growth: true, weighedBy: 'communes' }, 'weighedBy'],
])('refuses %s', (_, sketch, words) => {
  const group = { id: 'shares', name: text }
  const indicators = [
    indicatorOf('a', { target: floor, ...(sketch as object) }),
    indicatorOf('b', { target: floor, partOf: 'shares' }),
  ]
  expect(paths({ ...head, indicators, groups: [group] }).join()).toContain(words)
})

function further(target: object) {
  return { kind: 'stretch', assignedBy: text, target, quote: 'phấn đấu' }
}

test.each([
  ['a group without parts', { groups: [{ id: 'shares', name: text }] }, 'no indicator is a part of "shares"'],
  ['a group with the id of an indicator', { groups: [{ id: 'a', name: text }] }, "is an indicator's id already"],
  ['what supersedes itself', { supersedes: { id: '1/CT', issuedOn: '2027-01-05' } }, 'is not older than this one'],
  ['what supersedes something newer', { supersedes: { id: '2/CT', issuedOn: '2027-01-06' } }, 'is not older'],
  ['a version that is no text', { version: 2 }, 'version: must be a text'],
])('refuses %s', (_, change, words) => {
  expect(paths({ ...head, indicators: [indicatorOf('a', { target: floor })], ...change }).join()).toContain(words)
})

test('a circle of parts is told once', () => {
  const indicators = ['a', 'b', 'c'].map((id, i, all) =>
    indicatorOf(id, { target: floor, partOf: all[(i + 1) % 3] as string }),
  )
  expect(paths({ ...head, indicators })).toEqual(['indicators[2].partOf: "c" is a part of itself'])
})

test('the same directive comes from JSON and from YAML', () => {
  const json = JSON.stringify(directive2022)
  for (const written of [json, stringify(JSON.parse(json))]) {
    expect(parseDirective(readDocument(written).value)).toEqual(directive2022)
  }
})

test('YAML keeps what is written: a section is a text, a day is no moment, and no is no answer', () => {
  const { value } = readDocument('section: "3.1"\nissuedOn: 2027-01-05\nclosesOn: 05-31\nno: off\nquote: tăng 4,28%')
  expect(value).toEqual({ section: '3.1', issuedOn: '2027-01-05', closesOn: '05-31', no: 'off', quote: 'tăng 4,28%' })
})

test('a path leads to its line, or to what it would stand in', () => {
  const { placeOf } = readDocument('id: 1/CT\nindicators:\n  - id: a\n    target:\n      value: 1\n  - id: b\n')
  expect(placeOf('indicators[0].target.value')).toEqual({ line: 5, column: 14 })
  expect(placeOf('indicators[1].quote')).toEqual({ line: 6, column: 5 })
  expect(placeOf('')).toEqual({ line: 1, column: 1 })
})

test.each([
  ['a: 1\na: 2', 'dòng 2, cột 1: khóa này đã có ở trên', 'line 2, column 1: this key stands above already'],
  ['{"a": 1, "a": 2}', 'khóa này đã có', 'column 10: this key'],
  ['a: "x', 'thiếu dấu đóng', 'missing'],
  ['a:\n\tb: 1', 'dùng dấu cách|thụt lề', 'indent'],
  ['a: 1\n---\nb: 2', 'một văn bản', 'one document'],
  ['a: !!js/function x', 'không đúng cú pháp', 'Unresolved tag'],
  ['a: *b', 'không đọc được', 'Unresolved alias'],
  ['['.repeat(1e5), 'dòng 1', 'line 1'],
  ['x'.repeat(3e6), 'tối đa', 'at most'],
])('refuses what is neither JSON nor YAML: %.20s', (written, vi, en) => {
  let error: TargetsError | null = null
  try {
    readDocument(written)
  } catch (thrown) {
    error = thrown as TargetsError
  }
  expect(error).toBeInstanceOf(TargetsError)
  expect(error?.code).toBe('BAD_DOCUMENT')
  expect(error?.text.vi).toMatch(new RegExp(vi))
  expect(error?.text.en).toMatch(new RegExp(en))
  expect(error?.message.length).toBeLessThan(10_000)
})

test('a few lines that would unfold to millions are refused', () => {
  const nine = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(',')}]\n`
  const bomb = `a: &a [x]\n${nine('b', 'a')}${nine('c', 'b')}${nine('d', 'c')}${nine('e', 'd')}${nine('f', 'e')}`
  expect(() => readDocument(bomb)).toThrow(TargetsError)
})

test('of a thousand names that lead nowhere each is told, and the nearest of the first ones only: comparing all would take minutes', () => {
  const indicators = Array.from({ length: 1000 }, (_, i) =>
    indicatorOf(`indicator-${i}`, { target: floor, partOf: `nowhere-${i}` }),
  )
  const near = [indicatorOf('coverage', { target: floor, partOf: 'covrage' }), ...indicators]
  const problems = checkDirective({ ...head, indicators: near }).filter(({ path }) => path.endsWith('partOf'))
  expect(problems).toHaveLength(1001)
  expect(problems[0]).toMatchObject({ path: 'indicators[0].partOf', nearest: 'coverage' })
  expect(problems.slice(5).every(({ nearest }) => nearest === undefined)).toBe(true)
})
