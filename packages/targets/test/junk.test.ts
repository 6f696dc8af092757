// Whatever a public function is given, only errors of this package come out: no TypeError of the engine's, no hanging.
// Objects that throw by themselves when they are read (a getter, a proxy's trap) throw what they throw.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as conditions from '../src/conditions.ts'
import * as core from '../src/core.ts'
import * as emulation from '../src/emulation/index.ts'
import * as engine from '../src/engine.ts'
import * as forecasting from '../src/forecast/index.ts'
import * as main from '../src/index.ts'
import * as points from '../src/points/index.ts'
import * as report from '../src/report/index.ts'
import * as table from '../src/table/index.ts'
import { type Json, mutated, mutation } from './mutate.ts'

const { directive2022, evaluate, TargetsError } = main
const { defaultPolicy, rank, score, startCommendation } = emulation

const circle: Record<string, unknown> = {}
circle.self = circle
const round: unknown[] = []
round.push(round)
let deep: unknown = { fact: 'score', operator: 'equal', value: 1 }
for (let i = 0; i < 20_000; i++) deep = i % 2 ? { not: deep } : { all: [deep] }

const JUNK: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  ...Object.fromEntries(
    [0, -0, -1, 1.5, 1e308, Number.NaN, Infinity].map((argument) => [`number ${argument}`, argument]),
  ),
  true: true,
  text: 'x',
  'empty text': '',
  'long text': 'x'.repeat(1e5),
  'half a letter': '\ud800',
  'boxed text': new String('x'),
  symbol: Symbol('x'),
  bigint: 10n,
  function: () => 1,
  class: class {},
  list: [],
  'list of null': [null],
  // biome-ignore lint/suspicious/noSparseArray: it is what is tried
  'list with holes': [, 1, ,],
  'list of lists': [[]],
  'list of objects': [{}],
  'long list': new Array(1000).fill(null),
  'proxy of a list': new Proxy([], {}),
  object: {},
  'without prototype': Object.create(null),
  'inherited keys': Object.create({ asOf: 1, unit: 'x', results: [] }),
  'own __proto__': JSON.parse('{"__proto__":{"a":1}}'),
  'own toString': { constructor: 1, toString: 2, hasOwnProperty: 3 },
  'unwritable JSON': {
    toJSON() {
      throw new Error('no')
    },
  },
  proxy: new Proxy({}, {}),
  circle,
  'list in itself': round,
  deep,
  map: new Map(),
  set: new Set(),
  date: new Date(),
  'no date': new Date(Number.NaN),
  regex: /x/,
  error: new Error('x'),
  promise: Promise.resolve(1),
  floats: new Float64Array(3),
  bytes: new Uint8Array(3),
  buffer: new ArrayBuffer(3),
  arguments: (function () {
    // biome-ignore lint/complexity/noArguments: it is what is tried
    return arguments
  })(),
}

const evaluation = evaluate({ 'poverty-rate': 30 })
/** One with a way through the year. */
const onItsWay = evaluate({ 'budget-revenue': 1000 }, { asOf: '2022-06-30' }).results.find(
  ({ indicatorId }) => indicatorId === 'budget-revenue',
)
const entries = [
  { unit: 'a', evaluation },
  { unit: 'b', evaluation: evaluate({}) },
]
const ranking = rank(entries, { ...defaultPolicy, leastShare: 0 })
const condition = { fact: 'score', operator: 'equal', value: 1 }
const indicator = directive2022.indicators[0] as main.Indicator
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value))

const published = (name: string): points.PointTable =>
  JSON.parse(readFileSync(new URL(`../tables/${name}.json`, import.meta.url), 'utf8'))
const pointTable = published('bu-dang-2015')

const pointEntries: points.PointEntry[] = [
  { unit: 'a', facts: { 'meetings-missed': 2 }, given: {}, late: [], notAssigned: [] },
  { unit: 'b' },
]
const pointProgram = points.compilePoints(published('ho-chi-minh-2008'))
const pointScores = points.scorePoints(pointTable, pointEntries)
const halves: points.PointTable = { ...pointTable, periods: [{ id: 'H1', weight: 1 }] }
const sheet: points.ScoreSheet = { stage: 'first', by: 'x', at: '2024-12-01', points: { 1: 3 } }
const figure: points.Figure = { ratio: ['meetings-missed', 'meetings-missed'] }

/** Right arguments of each function, of which one at a time is replaced. */
const RIGHT: Readonly<Record<string, readonly unknown[]>> = {
  evaluate: [{}, { directive: directive2022 }],
  compile: [{ directive: directive2022 }],
  toRules: [directive2022],
  toEngine: [directive2022],
  disagreements: [{}, directive2022],
  defineDirective: [plain(directive2022)],
  checkDirective: [plain(directive2022)],
  parseDirective: [plain(directive2022)],
  parseDate: ['2022-01-01', 'x'],
  describeTarget: [indicator, indicator.target],
  statusOf: [1],
  toTable: [main.compile(), [{}]],
  fromTable: [main.compile(), new Uint8Array(70)],
  nearest: ['a', ['b']],
  targetNumber: [indicator.target],
  isCount: [indicator.unit],
  isShare: [indicator.unit],
  compileCondition: [condition, { facts: ['score'] }],
  compileConditionTable: [condition, { facts: ['score'] }],
  countMain: [evaluation, directive2022],
  diffDirectives: [directive2022, directive2022],
  describeWeights: [{ numerator: 'poor-households' }, directive2022],
  yearOnYear: [indicator, { date: '2023-06-30', value: 1 }, [{ date: '2022-06-30', value: 2 }]],
  forecast: [onItsWay, { lastYear: [{ date: '2021-06-30', value: 400 }] }],
  score: [evaluation, defaultPolicy, {}],
  rank: [entries, defaultPolicy],
  settleTie: [ranking, ['a', 'b']],
  commend: [ranking, defaultPolicy],
  commendOverall: [[ranking], defaultPolicy],
  qualifiedOverall: [[ranking], defaultPolicy],
  rankClusters: [[{ cluster: 'c', members: ranking }], defaultPolicy],
  checkQuotas: [defaultPolicy, 3],
  seatsIn: [defaultPolicy.quotas[0], 3],
  compilePolicy: [defaultPolicy],
  fairness: [entries, defaultPolicy, { draws: 5 }],
  compareScores: [score(evaluation), score(evaluation)],
  whatItTakes: [entries, 'a', defaultPolicy],
  startCommendation: [ranking, defaultPolicy],
  takeStep: [startCommendation(ranking), { kind: 'nominate' }],
  replay: [ranking, [], defaultPolicy],
  compileScores: [directive2022, {}],
  rankTable: [emulation.emptyScores(3), new Int32Array(3), defaultPolicy],
  emptyScores: [2],
  address: [1, 2],
  escapeFormula: ['x'],
  keepApostrophe: ['x'],
  unescapeFormula: ['x'],
  fold: ['x'],
  isEmpty: ['x'],
  isUnanswered: ['x'],
  hasNoValue: ['x', { measure: 'milestone' }],
  readIndicator: ['x', directive2022],
  readDocument: ['a: 1'],
  readNumber: ['1', 'vi'],
  isFreeName: ['reports'],
  pointRows: [pointTable],
  readPointRows: [table.pointRows(pointTable)],
  writeXlsx: [table.pointRows(pointTable)],
  isPointSheet: [Buffer.from('a')],
  readPointText: [JSON.stringify(pointTable)],
  readRows: [Buffer.from('a')],
  awardPolicy: [pointTable, defaultPolicy],
  gradeFact: ['a'],
  figuresOf: [{ kind: 'count', of: 'meetings-missed', each: 1 }],
  namesIn: [figure],
  parsePointTable: [pointTable],
  problemsOfPointTable: [pointTable],
  compilePoints: [published('ho-chi-minh-2008')],
  toPointTable: [pointProgram, [{}]],
  fromPolicy: [defaultPolicy],
  pointFairness: [pointTable, pointEntries, { draws: 5, seed: 3, spread: 0.2 }],
  printPointTable: [pointTable, 'html'],
  printScoreSheet: [pointTable, pointScores[0], 'text'],
  comparePoints: [pointScores[0], pointScores[1]],
  overPeriods: [halves, { H1: 80 }],
  rankPoints: [pointTable, pointEntries],
  scorePoints: [pointTable, pointEntries],
  addUp: [pointTable, { 1: 3 }],
  compareSheets: [pointTable, { 1: 3 }, { 1: 4 }],
  departures: [pointTable, { 1: 3 }, pointScores[0]],
  settleSheets: [[sheet, sheet], 'mean'],
  pointsItTakes: [pointTable, pointEntries, 'b'],
  formatNumber: [3.5],
  ruleInWords: [pointTable.nodes[0]],
  readSheets: [Buffer.from('a')],
  readValue: ['1', indicator, 'vi'],
}

const functions = Object.entries({
  main,
  core,
  conditions,
  engine,
  forecast: forecasting,
  emulation,
  points,
  report,
  table,
}).flatMap(([entry, all]) =>
  Object.entries(all).flatMap(([name, value]): [string, string, (...all: unknown[]) => unknown][] =>
    typeof value === 'function' && !(value.prototype instanceof Error)
      ? [[entry, name, value as (...all: unknown[]) => unknown]]
      : [],
  ),
)

/** What a call comes to, in a word; throws what is not this package's. */
async function tried(call: () => unknown): Promise<string> {
  try {
    const result = await call()
    // A condition that was compiled is a function itself.
    if (typeof result === 'function') for (const junk of Object.values(JUNK)) await tried(() => result(junk))
    return 'gave'
  } catch (error) {
    if (error instanceof TargetsError) return 'refused'
    throw error
  }
}

describe('what has no named values is refused, and not taken for an object without any', () => {
  const none = Object.entries(JUNK).filter(([kind]) =>
    /promise|regex|error|boxed|map|set|date|floats|buffer/.test(kind),
  )
  test.each(none)('%s', (_, value) => {
    const wrong = value as never
    const calls = [
      () => evaluate(wrong),
      () => evaluate({}, wrong),
      () => evaluate({}, { figureDates: wrong }),
      () => evaluate({}, { targets: wrong }),
      () => evaluate({}, { baselines: wrong }),
      () => score(evaluation, defaultPolicy, wrong),
      () => rank([{ unit: 'a', evaluation, facts: wrong }]),
      () => forecasting.forecast(onItsWay as main.IndicatorResult, wrong),
    ]
    expect(none.length).toBeGreaterThan(9)
    for (const call of calls) expect(call).toThrow(TargetsError)
  })
})

test('what is inherited counts as what is own: figures, options, facts', () => {
  const inheriting = (values: object) => Object.create(values)
  const half = inheriting({ asOf: '2022-06-30', targets: inheriting({ 'budget-revenue': 900 }) })
  const judgedBy = (options: object) =>
    evaluate(inheriting({ 'budget-revenue': 400 }), options).results.find(
      ({ indicatorId }) => indicatorId === 'budget-revenue',
    )
  expect(judgedBy(half)).toMatchObject({ status: 'IN_PROGRESS', target: { value: 900 } })
  expect(judgedBy({ ...half, directive: directive2022 as main.Directive, asOf: '2022-06-30' })).toMatchObject({
    status: 'IN_PROGRESS',
  })
  expect(() => evaluate({}, { figureDates: inheriting({ 'budget-revenue': '2021-06-30' }) })).toThrow(TargetsError)
  const [row] = rank([{ unit: 'a', evaluation, facts: inheriting({ disciplined: true }) }])
  expect(row?.eligible).toBe(false)
  expect(() => rank([{ unit: 'a', evaluation, facts: inheriting({ disciplined: 1 }) }])).toThrow(TargetsError)
})

test.each([
  { exceeded: 'false' },
  { target: 3 },
  { target: { comparator: '>=' } },
  { inherited: 'Level' },
  { better: 'most' },
  { pace: 'SLOW' },
  { final: 1 },
  { margin: '5' },
])('a result that says %j is none of evaluate', (said) => {
  const results = [{ indicatorId: 'a', status: 'MET', exceeded: true, margin: 5, ...said }]
  const policy = { ...defaultPolicy, bonus: { exceeded: 1, above: 0.1 } }
  expect(() => score({ results } as never, policy)).toThrow(TargetsError)
  expect(
    score({ results: [{ indicatorId: 'a', status: 'MET', exceeded: true, margin: 5 }] } as never, policy),
  ).toBeDefined()
})

test.each(functions)('%s: %s takes anything', async (_, name, call) => {
  const right = RIGHT[name]
  if (!right) throw new Error(`${name} has no right arguments here: add them`)
  for (let place = 0; place < right.length; place++) {
    for (const [kind, junk] of Object.entries(JUNK)) {
      const args = right.map((argument, i) => (i === place ? junk : argument))
      await tried(() => call(...args)).catch((error) => {
        throw new Error(`argument ${place}, ${kind}: ${error.stack}`)
      })
    }
  }
})

test.each([
  [
    'evaluate',
    (options: never) => evaluate({ 'poverty-rate': 30 }, options),
    {
      asOf: '2022-06-30',
      figureDates: { 'poverty-rate': '2022-03-31' },
      targets: {
        'poverty-rate': { value: 30, baseline: 40 },
        'forest-cover': { comparator: 'between', low: 1, high: 2 },
      },
      baselines: { 'poverty-rate': 35 },
      unitLevel: 'district',
    },
  ],
  ['evaluate facts', (facts: never) => evaluate(facts), { 'poverty-rate': 30, 'literacy-level-2': true }],
  ['score', (argument: never) => score(argument), evaluation],
  ['rank', (argument: never) => rank(argument), entries],
  ['commend', (argument: never) => emulation.commend(argument), ranking],
  ['rankClusters', (argument: never) => emulation.rankClusters(argument), [{ cluster: 'c', members: ranking }]],
  [
    'replay',
    (steps: never) => emulation.replay(ranking, steps),
    [
      { kind: 'nominate' },
      { kind: 'appraise', unit: 'a', verdict: 'agree', reason: 'x' },
      { kind: 'decide', number: '1', date: '2022-12-31', grants: [{ unit: 'a', award: 'certificate-of-merit' }] },
    ],
  ],
  ['takeStep', (state: never) => emulation.takeStep(state, { kind: 'nominate' }), startCommendation(ranking)],
  ['compareScores', (argument: never) => emulation.compareScores(argument, score(evaluation)), score(evaluation)],
  [
    'whatItTakes',
    (facts: never) => emulation.whatItTakes([{ ...entries[0], facts } as never], 'a'),
    { pactSigned: false },
  ],
  ['rankPoints', (argument: never) => points.rankPoints(pointTable, argument), pointEntries],
  ['rankPoints by a changed table', (argument: never) => points.rankPoints(argument, pointEntries), pointTable],
  ['compilePoints', (argument: never) => points.compilePoints(argument), published('ho-chi-minh-2008')],
  ['printScoreSheet', (argument: never) => points.printScoreSheet(pointTable, argument), pointScores[0]],
  ['comparePoints', (argument: never) => points.comparePoints(argument, pointScores[1] as never), pointScores[0]],
  ['settleSheets', (argument: never) => points.settleSheets(argument, 'trimmed'), [sheet, sheet]],
])('%s refuses or takes what has been changed inside', async (_, call, valid) => {
  const base = plain(valid)
  // Else nothing behind the first refusal is looked at.
  await call(base as never)
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      await tried(() => call(mutated(base, mutations) as never))
    }),
    { numRuns: 150 },
  )
})
