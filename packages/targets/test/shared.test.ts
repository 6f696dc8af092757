// What everyone shares: nobody can change it for everyone, and no misspelt key of what is handed in goes unnoticed.
import * as conditions from '../src/conditions.ts'
import * as core from '../src/core.ts'
import * as emulation from '../src/emulation/index.ts'
import * as forecast from '../src/forecast/index.ts'
import * as main from '../src/index.ts'
import * as points from '../src/points/index.ts'
import * as report from '../src/report/index.ts'
import * as table from '../src/table/index.ts'
import { directiveOf } from './directives.ts'

const { evaluate, directive2022, TargetsError } = main
const { rank, score } = emulation

const data = Object.entries({ main, core, conditions, emulation, forecast, points, report, table }).flatMap(
  ([entry, all]) =>
    Object.entries(all).flatMap(([name, value]): [string, string, unknown][] =>
      typeof value === 'object' ? [[entry, name, value]] : [],
    ),
)

function firstOpen(value: unknown, path: string): string | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Object.isFrozen(value)) return path
  for (const [key, part] of Object.entries(value)) {
    const open = firstOpen(part, `${path}.${key}`)
    if (open) return open
  }
  return null
}

test.each(data)('%s: nobody can change %s', (_, name, value) => {
  expect(firstOpen(value, name)).toBeNull()
})

test('a directive stays as it was when what it was made from changes', () => {
  const document = JSON.parse(JSON.stringify(directiveOf({ a: { target: { comparator: '>=', value: 10 } } })))
  const directive = core.parseDirective(document)
  document.indicators[0].target.value = 1
  expect(evaluate({ a: 5 }, { directive }).results[0]?.status).toBe('NOT_MET')
  expect(evaluate({ a: 5 }, { directive }).results[0]?.target).toEqual({ comparator: '>=', value: 10 })
})

/** The error of a call: its code, path and nearest right name. */
function errorOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    if (error instanceof TargetsError) return [error.code, error.path, error.nearest]
    throw error
  }
  return 'none'
}

const evaluation = evaluate({ 'poverty-rate': 30 })
const twice = { ...evaluation, results: [...evaluation.results, evaluation.results[0]] }
const withCompletion = (completion: unknown) => ({
  ...evaluation,
  results: evaluation.results.map((result) => ({ ...result, completion })),
})

test.each<[string, () => unknown, unknown]>([
  [
    'an entry of points',
    () => points.rankPoints(points.defaultPointTable, [{ unit: 'a', late: [], notAsigned: [] }] as never),
    ['BAD_OPTION', 'a', 'notAssigned'],
  ],
  ['an entry', () => rank([{ unit: 'a', evalution: evaluation }] as never), ['BAD_OPTION', 'entries[0]', 'evaluation']],
  [
    'an entry beside right keys',
    () => rank([{ unit: 'a', evaluation, fact: {} }] as never),
    ['BAD_OPTION', 'entries[0]', 'facts'],
  ],
  ['a result that is there twice', () => score(twice as never), ['WRONG_TYPE', 'evaluation', undefined]],
  ['a completion that is a text', () => score(withCompletion('0.9') as never), ['WRONG_TYPE', 'evaluation', undefined]],
  [
    'a completion that is NaN',
    () => score(withCompletion(Number.NaN) as never),
    ['WRONG_TYPE', 'evaluation', undefined],
  ],
  [
    'a figure held against others',
    () => core.disagreements({ exprots: 3 } as never, directive2022),
    ['UNKNOWN_INDICATOR', 'exprots', 'exports'],
  ],
  [
    'a figure held against others that is a text',
    () => core.disagreements({ exports: '3' } as never, directive2022),
    ['WRONG_TYPE', 'exports', undefined],
  ],
  [
    'an own target',
    () => evaluate({}, { targets: { exports: { value: 3, basline: 2 } as never } }),
    ['BAD_OPTION', 'exports', 'baseline'],
  ],
  [
    'the sign of an own target',
    () => evaluate({}, { targets: { exports: { comparator: '≥', value: 3 } as never } }),
    ['BAD_OPTION', 'exports', '>='],
  ],
])('%s', (_, call, error) => {
  expect(errorOf(call)).toEqual(error)
})

test.each([
  ['≥', '>='],
  ['≤', '<='],
  ['≈', '~'],
  ['==', '='],
  ['=>', '>='],
  ['constructor', undefined],
])('the sign %s is meant as %s', (sign, right) => {
  expect(main.nearest(sign, ['>=', '>', '<=', '<', '=', '~', 'between'])).toBe(right)
})

test('an own target of a directive with a range is a range, without saying so again', () => {
  const directive = directiveOf({ a: { target: { comparator: 'between', low: 6, high: 7 }, better: 'more' } })
  const status = (targets: unknown, value: number) =>
    evaluate({ a: value }, { directive, targets: targets as never }).results[0]?.status
  expect(status({ a: { low: 8, high: 9 } }, 7.5)).toBe('NOT_MET')
  expect(status({ a: { low: 8, high: 9 } }, 8)).toBe('MET')
  expect(status({ a: { comparator: '>=', value: 5 } }, 5)).toBe('MET')
  expect(errorOf(() => status({ a: 5 }, 5))).toEqual(['BAD_OPTION', 'a', undefined])
})
