// Points by place, rounding, quotas of grades, and points of others that go to what is left.
import fc from 'fast-check'
import {
  type PointEntry,
  type PointNode,
  type PointTable,
  problemsOfPointTable,
  rankPoints,
  scorePoints,
} from '../src/points/index.ts'
import { pointRows, readPointRows } from '../src/table/index.ts'

const table = (nodes: readonly PointNode[], more: Partial<PointTable> = {}): PointTable => ({
  ...{ id: 'bang-thu', version: '2031', title: 'Bảng thử', note: 'Test' },
  total: nodes.reduce((sum, { outside, points = 0 }) => sum + (outside ? 0 : points), 0),
  facts: { a: { type: 'number' }, b: { type: 'number' }, late: { type: 'number' } },
  nodes,
  ...more,
})
const leaf = (code: string, points: number, more: Partial<PointNode> = {}): PointNode => ({
  ...{ code, name: code, points, rule: { kind: 'judged', of: 'a' } },
  ...more,
})
const units = (...values: (number | null)[]): PointEntry[] =>
  values.map((a, i) => ({ unit: String.fromCharCode(65 + i), facts: { a } }))
const pointsOf = (of: PointTable, entries: readonly PointEntry[]) =>
  scorePoints(of, entries).map(({ points }) => points)

describe('points by place', () => {
  const byPlace = (more: object) =>
    table([leaf('1', 10, { rule: { kind: 'place', of: 'a', places: [10, 8, 6], otherwise: 3, ...more } })])

  test('the first three have 10, 8 and 6, the others 3', () => {
    expect(pointsOf(byPlace({}), units(5, 50, 20, 30, 1))).toEqual([3, 10, 6, 8, 3])
  })
  test('equals share the better place, and the next is left out', () => {
    expect(pointsOf(byPlace({}), units(7, 9, 7, 5))).toEqual([8, 10, 8, 3])
    // 0.1 + 0.2 is 0.3.
    expect(pointsOf(byPlace({}), units(0.3, 0.1 + 0.2, 0.2))).toEqual([10, 10, 6])
  })
  test('where less is better, the least is first', () => {
    expect(pointsOf(byPlace({ better: 'less' }), units(5, 50, 20))).toEqual([10, 6, 8])
  })
  test('who reported nothing has no place, and takes none from the others', () => {
    expect(pointsOf(byPlace({}), units(null, 4, 3))).toEqual([0, 10, 8])
  })
  test('whom it was not assigned takes no place', () => {
    const [first, ...others] = units(90, 4, 3)
    expect(pointsOf(byPlace({}), [{ ...(first as PointEntry), notAssigned: ['1'] }, ...others])).toEqual([0, 10, 8])
  })
  test('a later place with more points is refused by its path', () => {
    expect(problemsOfPointTable(byPlace({ places: [8, 10] })).map(({ path }) => path)).toEqual([
      'nodes[0].rule.places[1]',
    ])
    expect(problemsOfPointTable(byPlace({ otherwise: 7 })).map(({ path }) => path)).toEqual(['nodes[0].rule.otherwise'])
    expect(problemsOfPointTable(byPlace({ place: [1] }))[0]).toMatchObject({ nearest: 'places' })
  })
  test('a better figure never costs points, and the order of the entries never matters', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(8), { minLength: 1, maxLength: 9 }), fc.nat(8), fc.nat(3), (values, at, more) => {
        const i = at % values.length
        const before = pointsOf(byPlace({}), units(...values))
        const after = pointsOf(byPlace({}), units(...values.with(i, (values[i] as number) + more)))
        expect(after[i]).toBeGreaterThanOrEqual(before[i] as number)
        const turned = scorePoints(byPlace({}), units(...values).reverse())
        expect(turned.map(({ points }) => points).reverse()).toEqual(before)
      }),
    )
  })
})

describe('rounding', () => {
  test('a half goes up, by decimals and not by their binary form', () => {
    const rounded = table([leaf('1', 10)], { decimals: 2 })
    expect(pointsOf(rounded, units(1.005, 2.675, 8.574999))).toEqual([1.01, 2.68, 8.57])
  })
  test('a deduction is rounded away from zero too', () => {
    const deducted = table([
      leaf('1', 10, { rule: { kind: 'full' } }),
      { code: '2', name: 'Trừ', outside: true, decimals: 1, rule: { kind: 'count', of: 'a', each: -0.25 } },
    ])
    expect(pointsOf(deducted, units(1, 2, 3))).toEqual([9.7, 9.5, 9.2])
  })
  test('lines are rounded before they are added up, where the table says so of them', () => {
    const third = { kind: 'proportion', of: 'a', target: 3 } as const
    const nodes = (decimals?: number) =>
      ['1', '2', '3'].map((code) => leaf(code, 1, { rule: third, ...(decimals === undefined ? {} : { decimals }) }))
    expect(pointsOf(table(nodes(2)), units(1))).toEqual([0.99])
    expect(pointsOf(table(nodes(), { decimals: 2 }), units(1))).toEqual([1])
    const [score] = scorePoints(table(nodes(2)), units(1))
    for (const { points, own: value, limited } of score?.lines ?? []) expect(value + limited).toBeCloseTo(points, 9)
  })
})

describe('quotas of grades', () => {
  const graded = (atMost: object, more: Partial<PointTable> = {}) =>
    table([leaf('1', 100)], {
      grades: [
        { id: 'xuat-sac', name: 'Xuất sắc', from: 90, atMost: atMost as never },
        { id: 'tot', name: 'Tốt', from: 70 },
        { id: 'kha', name: 'Khá' },
      ],
      ...more,
    })
  const gradesOf = (of: PointTable, entries: readonly PointEntry[]) => rankPoints(of, entries).map(({ grade }) => grade)

  test('a fifth of ten are two: the third of those with the points has the next grade, and is told why', () => {
    const ranks = rankPoints(graded({ share: 0.2 }), units(99, 98, 97, 80, 79, 78, 60, 50, 40, 30))
    expect(ranks.slice(0, 4).map(({ grade }) => grade)).toEqual(['xuat-sac', 'xuat-sac', 'tot', 'tot'])
    expect(ranks[2]?.reasons).toEqual(['Xuất sắc: đã đủ 2 đơn vị (20% của 10 đơn vị)'])
    expect(ranks[0]?.reasons).toEqual([])
  })
  test('a share of those who are good or better', () => {
    // Five of ten are good or better: a fifth of them is one.
    const values = [99, 98, 97, 80, 79, 60, 60, 50, 40, 30]
    expect(gradesOf(graded({ share: 0.2, of: 'tot' }), units(...values)).slice(0, 3)).toEqual([
      'xuat-sac',
      'tot',
      'tot',
    ])
  })
  test('equals for whom the seats are too few have the next grade, all of them, and a ballot is named', () => {
    const ranks = rankPoints(graded({ units: 2 }), units(99, 95, 95, 80))
    expect(ranks.map(({ grade }) => grade)).toEqual(['xuat-sac', 'tot', 'tot', 'tot'])
    expect(ranks[1]?.reasons).toEqual(['Xuất sắc: ngang điểm, còn 1 chỗ cho 2 đơn vị: bỏ phiếu'])
  })
  test('the next grade has its own conditions, and its own quota', () => {
    const of = graded(
      { units: 1 },
      {
        grades: [
          { id: 'xuat-sac', name: 'Xuất sắc', from: 90, atMost: { units: 1 } },
          { id: 'tot', name: 'Tốt', from: 70, atMost: { units: 1 } },
          { id: 'kha', name: 'Khá', when: { fact: 'b', operator: 'equal', value: 1 }, missed: 'exclude' },
        ],
      },
    )
    const entries = units(99, 98, 97, 96).map((entry, i) => ({
      ...entry,
      facts: { ...entry.facts, b: i === 3 ? 0 : 1 },
    }))
    expect(gradesOf(of, entries)).toEqual(['xuat-sac', 'tot', 'kha', null])
  })
  test('a quota against a better grade, or one that there is not, is refused', () => {
    const of = (atMost: object) => ({
      ...graded({ units: 1 }),
      grades: [
        { id: 'xuat-sac', name: 'Xuất sắc', from: 90 },
        { id: 'tot', name: 'Tốt', atMost },
      ],
    })
    expect(problemsOfPointTable(of({ share: 0.5, of: 'xuat-sac' }))[0]?.path).toBe('grades[1].atMost.of')
    expect(problemsOfPointTable(of({ share: 0.5, of: 'tott' }))[0]).toMatchObject({ nearest: 'tot' })
    expect(problemsOfPointTable(of({ share: 1.5 }))).not.toEqual([])
    expect(problemsOfPointTable(of({ unit: 3 }))).not.toEqual([])
    expect(problemsOfPointTable(of({ units: 3, share: 0.1 }))).not.toEqual([])
  })
  test('no quota is exceeded, whoever is there; and nobody has a grade beyond the points', () => {
    const quota = fc.oneof(
      fc.nat(4).map((n) => ({ units: n })),
      fc.constantFrom(0, 0.2, 0.5, 1).map((share) => ({ share })),
    )
    fc.assert(
      fc.property(
        quota,
        fc.array(fc.integer({ min: 60, max: 100 }), { minLength: 1, maxLength: 12 }),
        (atMost, values) => {
          const ranks = rankPoints(graded(atMost), units(...values))
          const most = 'units' in atMost ? atMost.units : Math.floor(values.length * atMost.share + 1e-9)
          const best = ranks.filter(({ grade }) => grade === 'xuat-sac')
          expect(best.length).toBeLessThanOrEqual(most)
          for (const { points } of best) expect(points).toBeGreaterThanOrEqual(90)
          // Who was passed over is told so.
          for (const { points, grade, reasons } of ranks)
            if (points >= 90 && grade !== 'xuat-sac') expect(reasons.join()).toMatch(/^Xuất sắc: (đã đủ|ngang điểm)/)
        },
      ),
    )
  })
})

describe('points of others that go to what is left', () => {
  const shared = (more: Partial<PointNode>, absence: 'share' | 'scale') =>
    table([
      leaf('1', 8, { cap: 8, ...more }),
      leaf('2', 2, { notAssigned: absence, rule: { kind: 'judged', of: 'b' } }),
      { code: '3', name: 'Thưởng', outside: true, rule: { kind: 'count', of: 'late', each: 1 } },
    ])
  const entry = { unit: 'A', facts: { a: 8, b: 0, late: 1 }, notAssigned: ['2'] }

  test.each(['share', 'scale'] as const)('%s: what is inside grows with its bounds, a bonus does not', (absence) => {
    const [score] = scorePoints(shared({}, absence), [entry])
    expect(score).toMatchObject({ points: 11, outOf: 10 })
    expect(score?.lines.map(({ code, points }) => [code, points])).toEqual([
      ['1', 10],
      ['2', 0],
      ['3', 1],
    ])
  })
  test.each(['share', 'scale'] as const)('%s: nor does a bonus inside a criterion', (absence) => {
    const children = [
      leaf('1.1', 8),
      { ...leaf('1.2', 0), outside: true, rule: { kind: 'count', of: 'late', each: 2 } },
    ]
    const { rule: _, cap: __, ...group } = leaf('1', 8)
    const nodes = [{ ...group, children: children as PointNode[] }, leaf('2', 2, { notAssigned: absence })]
    const [score] = scorePoints(table(nodes), [entry])
    expect(score?.lines.map(({ code, points }) => [code, points])).toEqual([
      ['1', 12],
      ['1.1', 10],
      ['1.2', 2],
      ['2', 0],
    ])
    expect(score?.outOf).toBe(10)
  })
})

test.each([
  ['steps', { kind: 'steps', of: 'a', steps: [{ from: 1, points: 11 }] }, 'rule.steps[0].points'],
  [
    'line',
    {
      kind: 'line',
      of: 'a',
      line: [
        { at: 0, points: 0 },
        { at: 1, points: 12 },
      ],
    },
    'rule.line[1].points',
  ],
  ['yes or no', { kind: 'yes-no', of: 'held', points: 11 }, 'rule.points'],
  ['judged', { kind: 'judged', of: 'a', most: 11 }, 'rule.most'],
  ['place', { kind: 'place', of: 'a', places: [11] }, 'rule.places[0]'],
] as const)('%s: more points than are printed are refused by their path, unless the cap says so', (_, rule, path) => {
  const facts = { a: { type: 'number' }, held: { type: 'boolean' } } as const
  const of = (more: object) => table([leaf('1', 10, { rule: rule as never, ...more })], { facts })
  expect(problemsOfPointTable(of({})).map((problem) => problem.path)).toEqual([`nodes[0].${path}`])
  expect(problemsOfPointTable(of({ cap: 12 }))).toEqual([])
})

test('places, decimals and quotas are written as a sheet and read back without loss', () => {
  const of = table(
    [leaf('1', 10, { decimals: 1, rule: { kind: 'place', of: 'a', places: [10, 5], better: 'less' } })],
    {
      decimals: 2,
      grades: [
        { id: 'tot', name: 'Tốt', from: 8, atMost: { share: 0.25, of: 'kha' } },
        { id: 'kha', name: 'Khá' },
      ],
    },
  )
  expect(readPointRows(pointRows(of))).toEqual(of)
  expect(readPointRows(pointRows(of).map((row) => row.map(String)))).toEqual(of)
})

test('of a thousand facts that there are not each is told, and the nearest of the first ones only: comparing all would take minutes', () => {
  const facts = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`fact-${i}`, { type: 'number' as const }]))
  const lost = (i: number): PointNode => ({
    ...{ code: `2.${i}`, name: 'x', outside: true },
    rule: { kind: 'count', of: i === 0 ? 'fct-7' : `nowhere-${i}`, each: 1 },
  })
  const groups = [0, 1].map((k) => ({
    code: `g${k}`,
    name: 'x',
    outside: true,
    children: Array.from({ length: 500 }, (_, i) => ({ ...lost(k * 500 + i) })),
  }))
  const problems = problemsOfPointTable(table([leaf('1', 10, { rule: { kind: 'full' } }), ...groups], { facts }))
  expect(problems).toHaveLength(1000)
  expect(problems[0]).toMatchObject({ path: 'nodes[1].children[0].rule.of', nearest: 'fact-7' })
  expect(problems.slice(5).every(({ nearest }) => nearest === undefined)).toBe(true)
  // Nor does each name all that there are.
  expect(problems[0]?.text.en).toMatch(/fact-49, …$/)
})
