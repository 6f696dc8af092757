// Figures of the whole cluster, coefficients, and the best or the least of several figures.
import fc from 'fast-check'
import type { Condition } from '../src/conditions.ts'
import { evaluate } from '../src/index.ts'
import {
  compilePoints,
  type Figure,
  type PointEntry,
  type PointRule,
  type PointTable,
  pointFairness,
  pointsItTakes,
  problemsOfPointTable,
  rankPoints,
  scorePoints,
} from '../src/points/index.ts'
import { pointRows, readPointRows } from '../src/table/index.ts'

/** A table of one leaf of 10 points. */
const tableOf = (rule: PointRule, more: Partial<PointTable> = {}): PointTable => ({
  ...{ id: 'khoi-doanh-nghiep', version: '2027', title: 'Bảng điểm của khối', note: 'Bịa để thử', total: 10 },
  facts: Object.fromEntries(['thu', 'thu trước', 'hệ số', 'q1', 'q2', 'q3'].map((name) => [name, { type: 'number' }])),
  nodes: [{ code: '1', name: 'Thu nhập bình quân', points: more.total ?? 10, rule }],
  ...more,
})
const entries = (...facts: Readonly<Record<string, number | null>>[]): PointEntry[] =>
  facts.map((fact, i) => ({ unit: `đơn vị ${i + 1}`, facts: fact }))
const pointsOf = (table: PointTable, members: readonly PointEntry[]) =>
  scorePoints(table, members).map(({ points }) => points)

const mean: Figure = { cluster: 'mean', of: 'thu' }
const steps = [
  { from: 0, points: 10 },
  { from: -5, below: 0, points: 5 },
]

test.each<[string, Figure | number, number[]]>([
  ['the mean of those who reported', mean, [10, 5, 0, 10]],
  ['the sum', { cluster: 'sum', of: 'thu' }, [0, 0, 0, 0]],
  ['the greatest', { cluster: 'greatest', of: 'thu' }, [0, 0, 0, 10]],
  ['the least', { cluster: 'least', of: 'thu' }, [10, 10, 10, 10]],
  ['the mean of what follows from two figures', { cluster: 'mean', of: { ratio: ['thu', 2] } }, [10, 10, 10, 10]],
])('held against %s of the cluster', (_, against, expected) => {
  // The mean of 50, 46, 40 and 60 is 49; the fifth reported nothing, and takes no part in it.
  const members = entries({ thu: 50 }, { thu: 46 }, { thu: 40 }, { thu: 60 }, { thu: null })
  const table = tableOf({ kind: 'steps', of: { difference: ['thu', against] }, steps })
  expect(pointsOf(table, members)).toEqual([...expected, 0])
})

test('what is named may look at the cluster, and rules, conditions and tie-breaks may ask for it', () => {
  const table = tableOf(
    { kind: 'cases', cases: [{ when: { fact: 'hơn', operator: 'greaterThan', value: 0 }, rule: { kind: 'full' } }] },
    {
      figures: { hơn: { difference: ['thu', mean] } },
      grades: [{ id: 'a', name: 'Tốt', from: 0 }],
      tieBreaks: [{ fact: 'hơn' }],
    },
  )
  expect(problemsOfPointTable(table)).toEqual([])
  const ranked = rankPoints(table, entries({ thu: 9 }, { thu: 2 }, { thu: 14 }, { thu: 3 }))
  expect(ranked.map(({ unit, points, rank }) => [unit, points, rank])).toEqual([
    ...[
      ['đơn vị 3', 10, 1],
      ['đơn vị 1', 10, 2],
    ],
    ...[
      ['đơn vị 4', 0, 3],
      ['đơn vị 2', 0, 4],
    ],
  ])
  expect(pointsItTakes(table, entries({ thu: 9 }, { thu: 2 }), 'đơn vị 2').passing).toBe('đơn vị 1')
  expect(pointFairness(table, entries({ thu: 9 }, { thu: 2 })).map(({ rank }) => rank)).toEqual([1, 2])
})

test.each<[string, Figure, readonly Readonly<Record<string, number | null>>[], number[]]>([
  [
    'a coefficient of the region',
    { product: ['thu', 'hệ số'] },
    [
      { thu: 4, 'hệ số': 1.2 },
      { thu: 5, 'hệ số': 1 },
    ],
    [4.8, 5],
  ],
  ['the best quarter', { greatest: ['q1', 'q2', 'q3'] }, [{ q1: 3, q2: 7, q3: 5 }], [7]],
  [
    'the worst quarter, 4 at most',
    { least: ['q1', 'q2', 'q3', 4] },
    [
      { q1: 3, q2: 7, q3: 5 },
      { q1: 9, q2: 7, q3: 5 },
    ],
    [3, 4],
  ],
  ['nothing follows from what is not known', { greatest: ['q1', 'q2'] }, [{ q1: 3, q2: null }], [0]],
])('%s', (_, of, facts, expected) => {
  expect(pointsOf(tableOf({ kind: 'count', of, each: 1, most: 10 }), entries(...facts))).toEqual(expected)
})

test('it goes to a sheet and back', () => {
  const table = tableOf({ kind: 'proportion', of: { product: ['thu', 'hệ số'] }, target: mean })
  expect(readPointRows(pointRows(table))).toEqual(table)
})

test('a figure of the cluster of figures of the cluster is refused, by its place', () => {
  const nested: Figure = { cluster: 'mean', of: { difference: ['thu', mean] } }
  const paths = (table: PointTable) => problemsOfPointTable(table).map(({ path }) => path)
  expect(paths(tableOf({ kind: 'count', of: nested, each: 1 }))).toEqual(['nodes[0].rule.of'])
  const named = { figures: { hơn: { difference: ['thu', mean] } } } as const
  expect(paths(tableOf({ kind: 'count', of: { cluster: 'greatest', of: 'hơn' }, each: 1 }, named))).toEqual([
    'nodes[0].rule.of',
  ])
  expect(paths(tableOf({ kind: 'full' }, { figures: { x: nested } }))).toEqual(['figures.x'])
  expect(paths(tableOf({ kind: 'count', of: { cluster: 'mean', of: 'thư' }, each: 1 }))).toEqual(['nodes[0].rule.of'])
})

test('what a figure of the cluster comes to is a number, or it is not known; of however many members', () => {
  for (const cluster of ['sum', 'mean'] as const) {
    const table = tableOf({ kind: 'count', of: { cluster, of: 'thu' }, each: 1 }, { missing: 'zero' })
    expect(pointsOf(table, entries({ thu: 7e14 }, { thu: 9e14 }))).toEqual(cluster === 'sum' ? [0, 0] : [10, 10])
    expect(() => pointsOf(table, entries({ thu: 1.2e15 }))).toThrow(/thu: must be a number from −10¹⁵ to 10¹⁵, not 12/)
  }
  const least = tableOf({ kind: 'count', of: { cluster: 'least', of: 'thu' }, each: 1 })
  const many = Array.from({ length: 200_000 }, (_, i): PointEntry => ({ unit: `${i}`, facts: { thu: 7 + (i % 3) } }))
  expect(new Set(pointsOf(least, many))).toEqual(new Set([7]))
})

test('a ratio may name its coefficient first', () => {
  const ratio: Figure = { times: 100, ratio: ['thu', 'thu trước'] }
  const facts = { thu: 3, 'thu trước': 40 }
  expect(pointsOf(tableOf({ kind: 'count', of: ratio, each: 1 }), entries(facts))).toEqual([7.5])
  const named = tableOf({ kind: 'count', of: 'phần trăm', each: 1 }, { figures: { 'phần trăm': ratio } })
  expect(pointsOf(named, entries(facts))).toEqual([7.5])
  expect([...compilePoints(named).scoreTable(new Float64Array([3, 40]))]).toEqual([7.5])
})

test('an indicator is counted once', () => {
  const twice: Figure = { results: 'met', of: ['poverty-rate', 'forest-cover', 'poverty-rate'] }
  expect(problemsOfPointTable(tableOf({ kind: 'count', of: twice, each: -2 })).map(({ path }) => path)).toEqual([
    'nodes[0].rule.of.of',
  ])
})

/** A table whose every leaf looks at a figure of its own. */
const wideTable = (leaves: number, figure: (i: number) => unknown, more: Partial<PointTable> = {}): object =>
  JSON.parse(
    JSON.stringify({
      ...tableOf({ kind: 'full' }, { total: leaves, ...more }),
      nodes: Array.from({ length: leaves }, (_, i) => ({
        ...{ code: `${i}`, name: 'x', points: 1, rule: { kind: 'count', of: figure(i), each: 1, most: 1 } },
      })),
    }),
  )
const nest = (depth: number, at: unknown): unknown =>
  Array.from({ length: depth }).reduce((inner) => ({ sum: [inner] }), at)

// With ten times the leaves each took up to ninety seconds: what is wrong was put into words for each branch that a figure is not.
test.each<[string, object, number]>([
  ['nested deep', wideTable(30, () => nest(80, 'thu')), 0],
  ['nested half as deep', wideTable(30, () => nest(40, 'thu')), 0],
  ['nested deep, with a slip at the bottom', wideTable(30, () => nest(80, { sums: ['thu'] })), 30],
  ['of wide figures of the cluster', wideTable(60, () => ({ cluster: 'sum', of: { sum: Array(60).fill('thu') } })), 0],
  [
    'of clusters of named figures',
    wideTable(60, () => ({ cluster: 'sum', of: { sum: Array.from({ length: 60 }, (_, i) => `f${i}`) } }), {
      figures: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, { sum: Array(60).fill('thu') }])),
    } as Partial<PointTable>),
    0,
  ],
])('a hostile table %s is read at once', (_, table, problems) => {
  const reading = new Reading(table as object)
  expect(problemsOfPointTable(reading.of)).toHaveLength(problems)
  expect(reading.reads / partsOf(table)).toBeLessThan(60)
})

// Each level names the one below twice: read through, they are 2⁴⁰ parts.
const doubled = Object.fromEntries(
  Array.from({ length: 40 }, (_, i): [string, Condition] => [
    `c${i + 1}`,
    { all: [{ condition: `c${i}` }, { condition: `c${i}` }] },
  ]),
)

test.each<[string, Readonly<Record<string, Condition>>, string, RegExp]>([
  [
    'that lead to themselves',
    { p: { condition: 'q' }, q: { any: [{ condition: 'p' }, { fact: 'thu', operator: 'equal', value: 1 }] } },
    'p',
    /p.*q/,
  ],
  [
    'that name one another without end',
    { ...doubled, c0: { fact: 'thu', operator: 'equal', value: 1 } },
    'c40',
    /1000/,
  ],
])('named conditions %s are a problem of the table, found at once', (_, conditions, condition, said) => {
  const when = { condition }
  const of: Figure = { holding: [when] }
  const table = tableOf({ kind: 'count', of, each: 1 }, { conditions })
  const nodes = table.nodes.map((node) => ({ ...node, when }))
  for (const { text } of problemsOfPointTable({ ...table, nodes, figures: { x: of } })) expect(text.en).toMatch(said)
  expect(problemsOfPointTable({ ...table, nodes })).not.toEqual([])
})

/** A value, and how often something in it was read: steps of whoever reads it, the same on every machine. */
class Reading<Value extends object> {
  reads = 0
  readonly of: Value
  readonly #seen = new WeakMap<object, object>()

  constructor(value: Value) {
    this.of = this.#watched(value)
  }

  #watched<Part extends object>(part: Part): Part {
    const known = this.#seen.get(part)
    if (known) return known as Part
    const watched = new Proxy(part, {
      get: (target, key) => {
        this.reads++
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'object' && value !== null ? this.#watched(value) : value
      },
    })
    this.#seen.set(part, watched)
    return watched
  }
}

const partsOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, part) => sum + partsOf(part), 1)
    : 1

test('a table of many units has no clusters to look at: said where it is compiled', () => {
  for (const table of [
    tableOf({ kind: 'count', of: { difference: ['thu', mean] }, each: 1 }),
    tableOf({ kind: 'count', of: 'hơn', each: 1 }, { figures: { hơn: { difference: ['thu', mean] } } }),
  ]) {
    expect(() => compilePoints(table)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
  }
})

test('the order of the members never matters, and a unit that reports more never has less itself', () => {
  const table = tableOf({ kind: 'proportion', of: 'thu', target: mean })
  const value = fc.integer({ min: 1, max: 1000 }).map((n) => n / 8)
  fc.assert(
    fc.property(fc.array(value, { minLength: 2, maxLength: 9 }), fc.nat(), value, (values, at, more) => {
      const members = entries(...values.map((thu) => ({ thu })))
      const points = pointsOf(table, members)
      expect(pointsOf(table, members.toReversed()).toReversed()).toEqual(points)
      const i = at % values.length
      const better = pointsOf(
        table,
        members.with(i, { ...(members[i] as PointEntry), facts: { thu: (values[i] as number) + more } }),
      )
      expect(better[i]).toBeGreaterThanOrEqual(points[i] as number)
    }),
  )
})

describe('how many targets were met', () => {
  // Three targets of the unit's own, one without a figure, and one level that a commune inherits.
  const evaluation = evaluate(
    { 'grain-output': 900, 'jobs-created': 40, 'vocational-training': 25, 'poverty-rate': 5 },
    {
      unitLevel: 'commune',
      targets: { 'grain-output': 850, 'jobs-created': 60, 'vocational-training': 25, 'forest-planted': 12 },
    },
  )
  const judged: PointEntry = { unit: 'xã Bịa', evaluation }
  const by = (of: Figure, members: readonly PointEntry[] = [judged]) =>
    pointsOf(tableOf({ kind: 'count', of, each: 1, most: 100 }, { cap: 100, total: 100 }), members)

  test('counts those that the unit is judged by, of its own', () => {
    const own = evaluation.results.filter(
      ({ inherited, status }) => inherited !== 'level' && status !== 'NOT_APPLICABLE',
    )
    const inherited = evaluation.results.filter((result) => result.inherited === 'level')
    expect(inherited.length).toBeGreaterThan(0)
    expect(by({ results: 'assigned' })).toEqual([own.length])
    for (const [results, status] of [
      ['met', 'MET'],
      ['notMet', 'NOT_MET'],
      ['noData', 'NO_DATA'],
      ['undecided', 'UNDECIDED'],
      ['inProgress', 'IN_PROGRESS'],
    ] as const) {
      expect([results, ...by({ results })]).toEqual([results, own.filter((result) => result.status === status).length])
    }
    expect(['assigned', 'met', 'exceeded', 'notMet', 'noData'].map((results) => by({ results } as Figure)[0])).toEqual([
      ...[4, 2, 1, 1, 1],
    ])
  })

  test('of some, and as a share of those assigned', () => {
    expect(by({ results: 'met', of: ['grain-output', 'jobs-created'] })).toEqual([1])
    const share: Figure = { ratio: [{ results: 'met' }, { results: 'assigned' }], times: 100 }
    expect(by(share)[0]).toBeCloseTo(
      ((by({ results: 'met' })[0] as number) / (by({ results: 'assigned' })[0] as number)) * 100,
    )
  })

  test('who was not judged, or is asked for what no directive has, has no count', () => {
    const table = tableOf({ kind: 'count', of: { results: 'met' }, each: 1 })
    expect(scorePoints(table, [{ unit: 'a' }])[0]?.lines[0]?.clause).toBe('missing')
    const other = tableOf({ kind: 'count', of: { results: 'met', of: ['no-such'] }, each: 1 })
    expect(scorePoints(other, [judged])[0]?.lines[0]?.clause).toBe('missing')
    expect(() => compilePoints(table)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
  })

  test('a grade may ask for all of them', () => {
    const all: Condition = { fact: 'tỷ lệ đạt', operator: 'greaterThanInclusive', value: 100 }
    const table = tableOf(
      { kind: 'full' },
      {
        figures: { 'tỷ lệ đạt': { ratio: [{ results: 'met' }, { results: 'assigned' }], times: 100 } },
        grades: [
          { id: 'xs', name: 'Hoàn thành xuất sắc', from: 0, when: all },
          { id: 'ht', name: 'Hoàn thành', from: 0 },
        ],
      },
    )
    const perfect = evaluate({ 'forest-cover': 60 }, { unitLevel: 'commune', targets: { 'forest-cover': 50 } })
    const grades = scorePoints(table, [judged, { unit: 'xã Khác', evaluation: perfect }]).map(({ grade }) => grade)
    expect(grades).toEqual(['ht', 'xs'])
  })
})

test('the place that stands lies within each range, also where a tie-break or rounding made it', () => {
  const rule = (of: string): PointRule => ({ kind: 'judged', of })
  const nodes = [
    { code: '1', name: 'Một', points: 10, rule: rule('q1') },
    { code: '2', name: 'Hai', points: 10, rule: rule('q2') },
  ]
  const inside = (more: Partial<PointTable>, ...facts: Readonly<Record<string, number>>[]) => {
    const table = tableOf(rule('q1'), { total: 20, nodes, ...more })
    const found = pointFairness(table, entries(...facts))
    for (const { rank, weights, leaveOneOut, missing } of found)
      for (const { best, worst } of [weights, leaveOneOut, missing])
        expect([best <= rank, rank <= worst]).toEqual([true, true])
    return found.map(({ rank }) => rank)
  }
  expect(inside({ tieBreaks: [{ fact: 'q3' }] }, { q1: 5, q2: 5, q3: 2 }, { q1: 5, q2: 5, q3: 1 })).toEqual([1, 2])
  expect(inside({ decimals: 0 }, { q1: 5.4, q2: 5 }, { q1: 5, q2: 5.2 })).toEqual([1, 1])
})
