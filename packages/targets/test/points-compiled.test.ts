// A table compiled for many units gives what it gives each of them: on random tables of every kind of rule.
import fc from 'fast-check'
import { problemsOfCount, problemsOfSteps } from '../src/points/check-bounds.ts'
import {
  compilePoints,
  type PointNode,
  type PointRule,
  type PointTable,
  scorePoints,
  toPointTable,
} from '../src/points/index.ts'
import type { Step } from '../src/points/table.ts'

const FACTS = ['a', 'b', 'c', 'd'] as const
const half = fc.integer({ min: -20, max: 40 }).map((n) => n / 2)
const positive = fc.integer({ min: 1, max: 40 }).map((n) => n / 2)
const fact = fc.constantFrom(...FACTS)
const figure = fc.oneof(
  { weight: 3, arbitrary: fact },
  fc.tuple(fact, fact).map(([a, b]) => ({ ratio: [a, b], times: 100 })),
  fc.tuple(fact, fact).map(([a, b]) => ({ change: [a, b] })),
  fc.tuple(fact, fact).map(([a, b]) => ({ difference: [a, b] })),
  fc.tuple(fact, half).map(([a, b]) => ({ sum: [a, b] })),
  fc.tuple(fact, half).map(([a, b]) => ({ product: [a, b] })),
  fc.tuple(fact, half, fact).map((greatest) => ({ greatest })),
  fc.tuple(fact, half, fact).map((least) => ({ least })),
  fc.constant('a by b'),
  fc.tuple(half, fact, half).map(([least, of, otherwise]) => ({
    cases: [
      { when: { fact: 'e', operator: 'equal' as const, value: true }, figure: of },
      { when: { fact: 'b', operator: 'greaterThan' as const, value: least }, figure: { sum: [of, least] } },
    ],
    otherwise,
  })),
  fc.array(fc.tuple(fact, half), { minLength: 1, maxLength: 4 }).map((all) => ({
    holding: all.map(([fact, value]) => ({ fact, operator: 'greaterThanInclusive' as const, value })),
  })),
  fc.tuple(fact, fact).map(([a, b]) => ({ latest: [a, b] })),
  fc.tuple(fact, fact).map(([a, b]) => ({
    periods: [
      { of: a, weight: 1 },
      { of: b, weight: 2 },
    ],
  })),
)
const target = fc.oneof(half, figure)
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const better = maybe(fc.constantFrom('more' as const, 'less' as const))

/** Steps without those that a table may not have: no number falls on them. */
function reached(steps: readonly Step[], step: Step): readonly Step[] {
  const all = [...steps, step]
  return problemsOfSteps({ kind: 'steps', of: 'a', steps: all }, 'rule').length === 0 ? all : steps
}

const rule: fc.Arbitrary<PointRule> = fc
  .oneof(
    fc.record({ kind: fc.constant('full' as const), points: maybe(half) }),
    fc.record({ kind: fc.constant('yes-no'), of: fc.constant('e'), points: maybe(half), otherwise: maybe(half) }),
    fc.record({
      kind: fc.constant('count'),
      of: figure,
      each: half,
      base: maybe(half),
      free: maybe(fc.nat(3)),
      most: maybe(positive),
      least: maybe(half.filter((n) => n < 0)),
    }),
    fc.record({
      kind: fc.constant('steps'),
      of: figure,
      steps: fc
        .array(
          fc.oneof(
            fc.record({ from: half, points: half }),
            fc.record({ above: half, points: half }),
            fc.record({ to: half, points: half }),
            fc.record({ below: half, points: half }),
          ),
          { minLength: 1, maxLength: 4 },
        )
        .map((steps) => steps.reduce<readonly Step[]>(reached, [])),
      otherwise: maybe(half),
    }),
    fc.record({
      kind: fc.constant('line'),
      of: figure,
      line: fc
        .uniqueArray(half, { minLength: 2, maxLength: 4 })
        .chain((at) =>
          fc.tuple(...at.sort((x, y) => x - y).map((part) => fc.record({ at: fc.constant(part), points: half }))),
        ),
    }),
    fc.record({
      kind: fc.constant('proportion'),
      of: figure,
      target,
      better,
      from: maybe(fc.constantFrom(0, 0.5, 0.7)),
      to: maybe(fc.constantFrom(1, 1.2)),
    }),
    fc
      .record({
        kind: fc.constant('per-percent'),
        of: figure,
        target,
        better,
        less: maybe(fc.constantFrom(0.5, 2)),
        more: maybe(fc.constantFrom(0.1, 1)),
        counting: fc.constantFrom({}, { whole: true }, { begun: true }),
        every: maybe(fc.constantFrom(2, 5)),
        most: maybe(positive),
      })
      .map(({ counting, ...part }) => ({ ...part, ...counting })),
    fc.record({
      kind: fc.constant('beyond'),
      of: figure,
      above: half,
      every: fc.constantFrom(0.1, 1, 3),
      each: half,
      first: maybe(half),
      most: maybe(positive),
    }),
    fc.record({
      kind: fc.constant('excess'),
      of: figure,
      target,
      better,
      atTarget: maybe(fc.constantFrom(0, 0.5, 1)),
      fullAt: maybe(fc.constantFrom(0.2, 1)),
    }),
    fc.record({ kind: fc.constant('leader'), of: figure, better }),
    fc.record({
      kind: fc.constant('place'),
      of: figure,
      better,
      places: fc.array(positive, { minLength: 1, maxLength: 4 }).map((all) => all.sort((x, y) => y - x)),
      otherwise: maybe(half.filter((n) => n <= 0)),
    }),
    fc.record({
      kind: fc.constant('judged'),
      of: fact,
      least: maybe(half.filter((n) => n < 0)),
      most: maybe(positive),
    }),
  )
  .map((part) => JSON.parse(JSON.stringify(part)) as PointRule)

const comparison = fc.oneof(
  fc.record({
    fact: fc.constantFrom(...FACTS, 'a by b'),
    operator: fc.constantFrom('greaterThan' as const, 'lessThanInclusive' as const, 'equal' as const),
    value: half,
  }),
  fc.boolean().map((value) => ({ fact: 'e', operator: 'equal' as const, value })),
)
const condition = fc.oneof(
  comparison,
  fc.constant({ condition: 'enough' }),
  fc.tuple(comparison, comparison).map(([a, b]) => ({ any: [a, { not: b }] })),
)
/** Rules that look at the others: in cases they are for `scorePoints` only. */
const OF_CLUSTER = ['leader', 'excess', 'place']
/** A rule, or one of several by conditions. */
const anyRule: fc.Arbitrary<PointRule> = fc.oneof(
  { weight: 3, arbitrary: rule },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.record({ when: condition, rule: rule.filter(({ kind }) => !OF_CLUSTER.includes(kind)) }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((cases) => ({ kind: 'cases', cases }) as PointRule),
  },
)

/** To decimals or to a step, or not at all. */
const rounding = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.nat(2).map((decimals) => ({ decimals })),
  fc.record({
    step: fc.constantFrom(0.25, 0.5, 5),
    rounding: fc.constantFrom('nearest' as const, 'up' as const, 'down' as const),
  }),
)
const bounds = fc
  .record({
    floor: maybe(half.filter((n) => n <= 0)),
    cap: maybe(positive),
    when: fc.option(condition, { nil: undefined, freq: 3 }),
    missing: maybe(fc.constantFrom('nothing', 'zero', 'full')),
    how: rounding,
    coefficient: fc.option(fc.oneof(positive, fact, figure), { nil: undefined, freq: 4 }),
  })
  .map(({ how, ...part }) => ({ ...part, ...how }))
  .map((part) => JSON.parse(JSON.stringify(part)) as object)

/** Above all that a rule gives by itself. */
const PRINTED = 20

/** A coefficient that is the same for all. */
const fixed = ({ coefficient }: PointNode) => (typeof coefficient === 'number' ? coefficient : 1)

/** Groups of leaves, some of them with a bonus or a deduction outside the scale. */
const groups = fc.array(
  fc.tuple(
    fc.array(fc.tuple(anyRule, positive, fc.boolean(), bounds), { minLength: 1, maxLength: 5 }),
    bounds,
    maybe(positive),
    fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 3 }),
    maybe(half),
    fc.option(positive, { nil: undefined, freq: 2 }),
  ),
  { minLength: 1, maxLength: 3 },
)
/** A rule, or a condition, that looks at what an earlier node has earned. */
const onPoints = (code: string, at: number, g: number): PointNode =>
  g % 2 === 0
    ? {
        code: `${code}>`,
        name: 'x',
        outside: true,
        rule: { kind: 'count', of: { sum: [`points.${code}`, 'a'] }, each: 0.5 },
      }
    : {
        ...{
          code: `${code}>`,
          name: 'x',
          outside: true,
          rule: { kind: 'full' } as const,
          coefficient: { ratio: [`points.${code}`, 100] },
        },
        when: { fact: `points.${code}`, operator: 'greaterThan', value: at },
      }
const anyTable = fc.tuple(groups, rounding).map(([groups, how]): PointTable => {
  const nodes = groups.flatMap(([leaves, facts, most, best, share, leaderGets], g): PointNode[] => {
    const children = leaves.map(([rule, points, outside, limits], i): PointNode => {
      const code = `${g}.${i}`
      const byLeader = outside && leaderGets !== undefined ? { leaderGets } : {}
      const node = { code, name: code, rule: rule, ...limits, ...byLeader }
      // What only takes away has no points in the scale.
      return outside || problemsOfCount(node, '').length > 0
        ? { ...node, outside: true }
        : { ...node, points: points + PRINTED }
    })
    const points = children.reduce((sum, node) => sum + (node.points ?? 0) * fixed(node), 0)
    const inside = children.some(({ outside }) => !outside)
    const limits = most === undefined ? {} : { mostDeducted: most, mostAdded: most / 2 }
    // What is not known of a group leaves out all that stands in it.
    const own = g % 2 === 0 ? ({ kind: 'full' } as const) : ({ kind: 'judged', of: 'a' } as const)
    const base = inside ? { points } : { points: 5, rule: own }
    const bestOf = best === undefined ? {} : { best }
    // A share of what the first of the group has earned, which may be no part of the scale.
    if (share !== undefined) {
      const earned = { kind: 'share', node: `${g}.0`, share, what: 'earned' } as const
      children.push({ code: `${g}.share`, name: 'share', outside: true, rule: earned })
    }
    const group = { code: String(g), name: String(g), children, ...bestOf, ...facts, ...limits }
    const asking = share === undefined ? [] : [onPoints(`${g}.0`, share, g), onPoints(`${g}`, share, g + 1)]
    // A bonus of which the leader has so much, or a part of the scale.
    if (leaderGets !== undefined && inside) return [{ ...group, outside: true, leaderGets }, ...asking]
    return [{ ...group, ...base }, ...asking]
  })
  const total = nodes.reduce((sum, node) => sum + (node.outside ? 0 : (node.points ?? 0) * fixed(node)), 1)
  nodes.push({ code: 'last', name: 'last', points: 1, rule: { kind: 'full' } })
  const facts = {
    ...Object.fromEntries(FACTS.map((name) => [name, { type: 'number' as const }])),
    e: { type: 'boolean' as const },
  }
  return {
    ...{ id: 'x', version: '1', title: 'x', note: 'x' },
    total,
    ...how,
    facts,
    figures: { 'a by b': { ratio: ['a', 'b'] } },
    conditions: { enough: { fact: 'c', operator: 'greaterThanInclusive', value: 2 } },
    nodes,
  }
})
const known = fc.option(half, { nil: null })
const unit = fc.record({ a: known, b: known, c: known, d: known, e: fc.option(fc.boolean(), { nil: null }) })

/** Digits beyond the twelfth are noise: what is large is compared in its size. */
const sizeOf = (points: number) => Math.max(1, Math.abs(points) / 1000)

test('every unit has the points that it has alone, in its cluster', () => {
  fc.assert(
    fc.property(anyTable, fc.array(fc.tuple(unit, fc.nat(2)), { minLength: 1, maxLength: 300 }), (table, rows) => {
      const program = compilePoints(table)
      const values = toPointTable(
        program,
        rows.map(([facts]) => facts),
      )
      // A table that looks at no figure has no columns: then the groups say how many rows there are.
      const scores = program.scoreTable(
        values,
        Int32Array.from(rows, ([, group]) => group),
      )
      for (const group of [0, 1, 2]) {
        const alike = rows.flatMap(([facts, of], i) => (of === group ? [{ unit: String(i), facts }] : []))
        for (const { unit: name, points } of scorePoints(table, alike))
          expect((scores[Number(name)] as number) / sizeOf(points)).toBeCloseTo(points / sizeOf(points), 7)
      }
    }),
    { numRuns: 300 },
  )
})

const tableOf = (node: Partial<PointNode>, more: Partial<PointTable> = {}): PointTable => ({
  ...{ id: 'x', version: '1', title: 'x', note: 'x', total: 101 },
  facts: { a: { type: 'number' }, b: { type: 'number' } },
  nodes: [
    { ...{ code: '1', name: 'x', points: 100 }, ...node },
    { code: '2', name: 'x', points: 1, rule: { kind: 'full' } },
  ],
  ...more,
})

test.each<[string, PointTable, number, number]>([
  // A third of 100.035 is 33.345.
  [
    'a third, and what it multiplies, is rounded as it is',
    tableOf(
      { rule: { kind: 'judged', of: 'a', most: 101 }, cap: 101, coefficient: { ratio: ['b', 3] } },
      { decimals: 2 },
    ),
    100.035,
    34.35,
  ],
  [
    'a count that begins below nought ends at nought',
    tableOf({ rule: { kind: 'count', of: 'a', base: -5, each: 2 } }),
    1,
    1,
  ],
  ...(
    [
      { kind: 'judged', of: 'a', least: 120 },
      { kind: 'count', of: 'a', each: 1, least: 120 },
      { kind: 'per-percent', of: 'a', target: 2, less: 1, least: 120 },
    ] as const
  ).map((rule): [string, PointTable, number, number] => [
    `what ${JSON.stringify(rule)} gives at least is no more than what it gives at most`,
    tableOf({ rule }),
    1,
    101,
  ]),
])('%s, alone and in columns', (_, table, a, points) => {
  const program = compilePoints(table)
  expect([...program.scoreTable(toPointTable(program, [{ a, b: 1 }]))]).toEqual([points])
  expect(scorePoints(table, [{ unit: 'x', facts: { a, b: 1 } }]).map((score) => score.points)).toEqual([points])
})

// Of two units the first has the more at 1.1, but it stands in a node that does not count for it.
test.each<[string, Partial<PointNode>, number[]]>([
  [
    'its condition does not hold',
    { rule: { kind: 'full' }, when: { fact: 'b', operator: 'equal', value: 1 } },
    [1, 106],
  ],
  ['its coefficient is not known', { rule: { kind: 'full' }, coefficient: 'b' }, [1, 106]],
  ['its figure is not known', { rule: { kind: 'judged', of: 'b' } }, [1, 7]],
])('below a node nobody leads, or has points that others ask for, where %s', (_, node, points) => {
  const rule: PointRule = { kind: 'count', of: 'a', each: 1 }
  const table = tableOf({ ...node, children: [{ code: '1.1', name: 'x', outside: true, leaderGets: 5, rule }] })
  const asking: PointNode = {
    code: '3',
    name: 'x',
    outside: true,
    rule: { kind: 'count', of: 'points.1.1', each: 0.2 },
  }
  const rows = [{ a: 10 }, { a: 4, b: 1 }]
  for (const [nodes, more] of [
    [table.nodes, 0],
    [[...table.nodes, asking], 1],
  ] as const) {
    const program = compilePoints({ ...table, nodes })
    const expected = [points[0], (points[1] as number) + more]
    expect([...program.scoreTable(toPointTable(program, rows))]).toEqual(expected)
    const alone = scorePoints(
      { ...table, nodes },
      rows.map((facts, i) => ({ unit: String(i), facts })),
    )
    expect(alone.map((score) => score.points)).toEqual(expected)
  }
})

test('what no column can hold is refused by the path of its node', () => {
  const node = { code: '1', name: 'x', points: 3 }
  const table = (more: object, missing?: 'share') =>
    ({
      id: 'x',
      version: '1',
      title: 'x',
      note: 'x',
      total: 3,
      facts: { a: { type: 'number' } },
      nodes: [{ ...node, ...more }],
      ...(missing ? { missing } : {}),
    }) as PointTable
  const when = { fact: 'a', operator: 'equal', value: 1 }
  const status = { fact: 'indicator.poverty-rate', operator: 'equal', value: 'MET' }
  expect(() => compilePoints(table({ rule: { kind: 'full' }, when: status }))).toThrow(
    /node "1": a condition over "indicator.poverty-rate" is for scorePoints only/,
  )
  const cases = (rule: object) => ({ rule: { kind: 'cases', cases: [{ when, rule }] } })
  expect(() => compilePoints(table(cases({ kind: 'leader', of: 'a' })))).toThrow(
    /nodes\[0\]: a rule against the others/,
  )
  expect([...compilePoints(table(cases({ kind: 'full' }))).scoreTable(Float64Array.of(1, 2, Number.NaN))]).toEqual([
    ...[3, 0, 0],
  ])
  expect(() => compilePoints(table({ rule: { kind: 'judged', of: 'a' } }, 'share'))).toThrow(/missing "share"/)
  const program = compilePoints(table({ rule: { kind: 'judged', of: 'a' } }))
  expect(() => program.scoreTable(new Float64Array(3), new Int32Array(2))).toThrow(/no whole rows/)
  expect(() => program.scoreTable(new Float64Array(3), Int32Array.of(0, -1, 0))).toThrow(
    expect.objectContaining({ code: 'BAD_TABLE', path: 'groups[1]' }),
  )
  expect([...program.scoreTable(Float64Array.of(1, Number.NaN, 9))]).toEqual([1, 0, 3])
})
