// Published tables of points beside their worked numbers: each test a sentence of its source.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { defaultPolicy, score } from '../src/emulation/index.ts'
import { evaluate } from '../src/index.ts'
import * as points from '../src/points/index.ts'
import { pointRows, readPointRows, readRows, writeXlsx } from '../src/table/index.ts'

const { addUp, departures, parsePointTable, rankPoints, scorePoints } = points
const folder = new URL('../tables/', import.meta.url)
const table = (name: string) =>
  parsePointTable(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))) as points.PointTable
const scoreOf = (of: points.PointTable, facts: points.PointEntry['facts'] = {}) =>
  scorePoints(of, [{ unit: 'a', facts }])[0] as points.PointScore
const lineOf = (of: points.PointScore, code: string) => of.lines.find((line) => line.code === code)?.points

test.each(readdirSync(folder))('%s is a valid table', (file) => {
  expect(() => table(file.replace('.json', ''))).not.toThrow()
})

test.each(readdirSync(folder))('%s is written as XLSX and read back without loss', async (file) => {
  const pointTable = table(file.replace('.json', ''))
  const rows = await readRows(Buffer.from(writeXlsx(pointRows(pointTable))))
  expect(readPointRows(rows)).toEqual(pointTable)
})

test.each(readdirSync(folder))('%s comes back from a CSV file, where all is text', (file) => {
  const pointTable = table(file.replace('.json', ''))
  expect(readPointRows(pointRows(pointTable).map((row) => row.map(String)))).toEqual(pointTable)
})

test('1.000 is not read as one: a number that could be two is refused by its cell', () => {
  const rows = pointRows(table('bu-dang-2015'))
  const first = rows.findIndex(([level]) => level === 'Mức') + 1
  expect(() => readPointRows(rows.with(first, (rows[first] as string[]).with(3, '1.000')))).toThrow(`D${first + 1}: `)
})

test('a condition that two tables share asks each for what it names', () => {
  const when = { condition: 'enough' }
  const asking = (value: number) =>
    parsePointTable({
      ...table('bu-dang-2015'),
      total: 1,
      facts: { models: { type: 'number' } },
      nodes: [{ code: 'I', name: 'Một', points: 1, rule: { kind: 'full' }, when }],
      conditions: { enough: { fact: 'models', operator: 'equal', value } },
    })
  expect([1, 2].map((value) => scoreOf(asking(value), { models: 1 }).points)).toEqual([1, 0])
})

test('the JSON Schema takes each published table', async () => {
  const { default: Ajv } = await import('ajv/dist/2020.js')
  const { $id, ...schema } = points.pointTableSchema
  const fits = new Ajv.default({ allErrors: true }).compile(schema)
  for (const file of readdirSync(folder)) expect([file, fits(table(file.replace('.json', '')))]).toEqual([file, true])
  expect(fits({ ...table('bu-dang-2015'), totl: 1 })).toBe(false)
  expect($id).toMatch(/points\.schema\.json$/)
})

test('what is wrong in a sheet is told by its cell, all at once', () => {
  const rows = pointRows(table('bu-dang-2015'))
  const head = rows.findIndex(([first]) => first === 'Mức')
  const broken = rows.map((row, i) =>
    i === head + 1 ? row.with(3, 'năm') : i === head + 3 ? row.with(4, 'step') : row,
  )
  expect(() => readPointRows(broken)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(new RegExp(`^D${head + 2}: .*\nE${head + 4}: `)) }),
  )
})

describe('Tiền Giang 2022, thị xã Cai Lậy', () => {
  const tienGiang = table('tien-giang-2022')
  const appraised = {
    ...{ a1: 3, a2: 3, a3: 3, a4: 5.5, a5: 3, a6: 3, a7: 7, a8: 3.5, a9: 5, b1: 2, b2: 5.5, b3: 3.5, b4: 5 },
    ...{ C1: 5, C2: 5.7, C3: 5.2, C4: 4.5, C5: 5, C6: 1, d1: 5, d2: 11, '2.1': 1, '2.2': 1.5, '3.1': 2, '3.2': 2.5 },
    ...{ '3.3': 8, '4.1': 1, '4.2': 0.5, '4.3': 2.5, '5': 5 },
  }
  // Of the minutes and the self-report. That C1 was above 98% follows from its 5 points.
  const facts = {
    'self-scored': true,
    ...{
      'a4.1.1': false,
      'a4.1.2': false,
      'a4.1.3': 0,
      'households-certified': 100,
      'all-certified': 99.43,
      'a7.6': 4,
      'b2.5': true,
      'b3.1': true,
    },
    ...{
      'urban-waste-collected': 98.5,
      'waste-to-standard': 97.7,
      collections: 3,
      'C4.1': true,
      'C4.2': 100,
      'C5.1': 2,
    },
    ...{ 'inspections-completed': 120, 'd2.3': 4, '2.2.1': 1, '3.2.1': true, files: 723, 'early-share': 86.6 },
    ...{ 'late-share': 0, '4.3.1': 5 },
  }

  test('the appraised items add up to the printed sums: 36, 16, 26.4, 16; 94.4, 2.5, 12.5, 4, 5; 118.4', () => {
    const { total, nodes } = addUp(tienGiang, appraised)
    expect(['a', 'b', 'C', 'd', '1', '2', '3', '4', '5'].map((code) => nodes[code])).toEqual([
      ...[36, 16, 26.4, 16],
      ...[94.4, 2.5, 12.5, 4, 5],
    ])
    expect(total).toBe(118.4)
  })

  test('the self-score of 124.4 differs from the appraisal by a7 (11 to 7) and d2 (13 to 11)', () => {
    const self = { ...appraised, a7: 11, d2: 13 }
    expect(addUp(tienGiang, self).total).toBe(124.4)
    expect(points.compareSheets(tienGiang, self, appraised).map((line) => [line.code, line.difference])).toEqual([
      ['a7', 4],
      ['d2', 2],
    ])
  })

  test('by the table it is 115.7, and three awards went beyond it: C2 by 0.2, C4 by 0.5, d2 by 2', () => {
    const byTable = scoreOf(tienGiang, facts)
    expect(departures(tienGiang, appraised, byTable).map((line) => [line.code, line.difference])).toEqual([
      ['C2', 0.2],
      ['C4', 0.5],
      ['d2', 2],
    ])
    expect(byTable.points).toBe(115.7)
  })

  test('deductions of a1 come to 1.5 at most; exactly 98% has no line', () => {
    expect(lineOf(scoreOf(tienGiang, { ...facts, 'a1.1': 7 }), 'a1')).toBe(1.5)
    expect(lineOf(scoreOf(tienGiang, { ...facts, 'urban-waste-collected': 98 }), 'C1')).toBe(0)
  })

  test('who sent no report and no score sheet is not graded', () => {
    expect(scoreOf(tienGiang, { ...facts, 'self-scored': false }).reasons[0]).toMatch(/^Không xếp loại/)
    const [first, last] = rankPoints(tienGiang, [
      { unit: 'a', facts: { ...facts, 'self-scored': false } },
      { unit: 'b', facts: { ...facts, 'a7.6': 0 } },
    ])
    expect([first?.unit, first?.rank, last?.unit, last?.rank]).toEqual(['b', 1, 'a', null])
  })
})

describe('police', () => {
  const police = table('police-security')
  const of = (members: readonly (readonly [number | null, number])[], notAssigned?: string[]) =>
    scorePoints(
      police,
      members.map(([target, result], i) => ({
        unit: String(i),
        facts: { 'I.1.1.target': target, 'I.1.1.result': result },
        ...(i === 0 && notAssigned ? { notAssigned } : {}),
      })),
    ).map((score) => lineOf(score, 'I.1.1'))

  test('M = 10: T=100 A=120 → 10; T=50 A=60 → 10; T=80 A=80 → 5', () => {
    expect(
      of([
        [100, 120],
        [50, 60],
        [80, 80],
      ]),
    ).toEqual([10, 10, 5])
  })
  test('below the target 0.5·M·A/T', () =>
    expect(
      of([
        [100, 60],
        [10, 20],
      ]),
    ).toEqual([3, 10]))
  test('without targets 150, 100, 75 → 10, 6.67, 5', () => {
    const [a, b, c] = of([
      [null, 150],
      [null, 100],
      [null, 75],
    ])
    expect([a, Number(b?.toFixed(2)), c]).toEqual([10, 6.67, 5])
  })
  test('who is not assigned a leaf leads nobody', () => {
    expect(
      of(
        [
          [100, 900],
          [100, 110],
        ],
        ['I.1.1'],
      ),
    ).toEqual([0, 10])
  })
})

test('Bù Đăng: meetings missed 0, 1, 2, 3, 4 and more give 5, 4, 3, 1, 0', () => {
  const buDang = table('bu-dang-2015')
  const missed = [0, 1, 2, 3, 4, 9].map((count) => lineOf(scoreOf(buDang, { 'meetings-missed': count }), '3'))
  expect(missed).toEqual([5, 4, 3, 1, 0, 0])
})

test('Bù Đăng: 5 for a programme and all conferences, 3 for a programme without, 0 for none', () => {
  const of = (programme: boolean, share: number) =>
    lineOf(scoreOf(table('bu-dang-2015'), { programme, 'conference-share': share }), '1')
  expect([of(true, 100), of(true, 0), of(false, 0)]).toEqual([5, 3, 0])
})

test('Bù Đăng: reports 8 all in time, 6 two monthly missing, 4 one quarterly or three monthly, 0 one and four', () => {
  const of = (quarterly: number, monthly: number) =>
    lineOf(scoreOf(table('bu-dang-2015'), { 'quarterly-missing': quarterly, 'monthly-missing': monthly }), '2')
  expect([of(0, 0), of(0, 2), of(1, 0), of(0, 3), of(1, 4)]).toEqual([8, 6, 4, 4, 0])
})

test('Hồ Chí Minh City: 97 + 10 = 107', () => {
  const items = [10, 10, 20, 10, 10, 10, 17, 10]
  const facts = Object.fromEntries(items.map((points, i) => [`item-${i + 1}`, points]))
  expect(scoreOf(table('ho-chi-minh-2008'), { ...facts, 'city-flag': true }).points).toBe(107)
})

test('trade unions: 85 or more with every standard at half, and nobody disciplined; a missed condition lowers by one', () => {
  const of = (standards: number[], disciplined: number) =>
    scoreOf(table('trade-union-grades'), {
      ...Object.fromEntries(standards.map((points, i) => [`standard-${i + 1}`, points])),
      disciplined,
    }).grade
  expect(of([20, 20, 20, 15, 10], 0)).toBe('vung-manh')
  expect(of([20, 20, 20, 20, 9], 0)).toBe('kha')
  expect(of([20, 20, 20, 20, 20], 1)).toBe('kha')
  expect([of([14, 14, 14, 14, 14], 0), of([10, 10, 10, 10, 10], 0), of([9, 9, 9, 9, 9], 0)]).toEqual([
    ...['kha', 'trung-binh', 'yeu'],
  ])
})

test('Đắk Lắk: "đạt" from 85 in every criterion, "cơ bản đạt" from 75 and every item above its minimum', () => {
  const facts = {
    ...{ '1.1.1': 5, '1.1.2': 2, '1.1.3': 3, '1.1.4': 5, '1.2': 70, '2.1.1': 15 },
    ...{ '2.1.2.1': 10, '2.1.2.2': 10, '2.1.2.3': 10, '2.1.2.4': 5, '2.1.2.5': 5, '2.2': 30 },
  }
  const dakLak = table('dak-lak-new-rural')
  expect(scoreOf(dakLak, facts).grade).toBe('dat')
  expect(scoreOf(dakLak, { ...facts, '2.2': 20 }).grade).toBe('co-ban-dat')
  expect(scoreOf(dakLak, { ...facts, '2.2': 20, '1.1.1': 1 }).grade).toBe(null)
})

test('Tây Nam Bộ: more than 10% above the plan earns 10% of the points of the criterion', () => {
  const of = (share: number) => scoreOf(table('tay-nam-bo-2023'), { 'grdp-share': share, 'budget-share': 100 }).points
  expect([of(100), of(110), of(111)]).toEqual([100, 100, 106])
})

test('the default policy as a table gives the points of the policy, and says whose it is', () => {
  const evaluation = evaluate({ 'poverty-rate': 30, 'budget-revenue': 2400 })
  const [unitScore] = scorePoints(points.defaultPointTable, [{ unit: 'a', evaluation }])
  expect(unitScore?.points).toBe(score(evaluation).points)
  expect(points.defaultPointTable.note).toBe(defaultPolicy.note.vi)
})

test('all mistakes are told at once, with path and nearest right name, in both languages', () => {
  const hcm = table('ho-chi-minh-2008')
  expect(points.problemsOfPointTable({ ...hcm, totl: 1 })[0]).toMatchObject({ path: 'totl', nearest: 'total' })
  const node = { code: '1', name: 'x', points: 3, rule: { kind: 'judged', of: 'item-l' } }
  const wrong = points.problemsOfPointTable({ ...hcm, nodes: [node, { ...node }] })
  expect(wrong.map(({ path }) => path)).toEqual(['nodes[1].code', 'nodes[0].rule.of', 'nodes[1].rule.of', 'total'])
  expect(wrong[1]?.nearest).toBe('item-1')
  expect(wrong.at(-1)?.text).toEqual({
    vi: 'in là 100 điểm, nhưng các mục cộng lại được 6',
    en: 'prints 100, but its parts add up to 6',
  })
})

const leaf = (code: string) =>
  fc.record({ points: fc.integer({ min: 1, max: 40 }), kind: fc.integer({ min: 0, max: 4 }) }).map(
    ({ points: most, kind }): points.PointNode => ({
      code,
      name: code,
      points: most,
      rule: [
        { kind: 'proportion', of: code, target: 50, from: 0.3 },
        { kind: 'per-percent', of: code, target: 50, less: 0.5, more: 0.2, most: most * 1.2 },
        { kind: 'excess', of: code, target: 50 },
        {
          kind: 'steps',
          of: code,
          steps: [
            { from: 60, points: most },
            { from: 20, points: most / 2 },
          ],
        },
        { kind: 'count', of: code, each: 0.7, most },
      ][kind] as points.PointRule,
    }),
  )
const CODES = ['a', 'b', 'c', 'd', 'e', 'f']
const anyTable = fc
  .tuple(fc.tuple(...CODES.map(leaf)), fc.constantFrom<points.Absence>('nothing', 'zero', 'full', 'share', 'scale'))
  .map(([leaves, missing]): points.PointTable => {
    const sum = (nodes: points.PointNode[]) => nodes.reduce((all, node) => all + (node.points ?? 0), 0)
    const [left, right] = [leaves.slice(0, 2), leaves.slice(2)]
    return {
      ...{ id: 'x', version: '1', title: 'x', note: 'x', missing, total: sum(leaves) },
      facts: Object.fromEntries(CODES.map((code) => [code, { type: 'number' as const }])),
      nodes: [
        { code: 'L', name: 'L', points: sum(left), cap: sum(left), children: left },
        { code: 'R', name: 'R', points: sum(right), children: right },
      ],
    }
  })
const figures = fc.record(Object.fromEntries(CODES.map((code) => [code, fc.integer({ min: 0, max: 120 })])))
const withGaps = fc.record(
  Object.fromEntries(CODES.map((code) => [code, fc.option(fc.integer({ min: 0, max: 120 }), { nil: null })])),
)

test('a better figure never costs points', () => {
  fc.assert(
    fc.property(
      anyTable,
      figures,
      fc.constantFrom(...CODES),
      fc.integer({ min: 1, max: 30 }),
      (any, facts, code, by) => {
        const better = { ...facts, [code]: (facts[code] as number) + by }
        expect(scoreOf(any, better).points).toBeGreaterThanOrEqual(scoreOf(any, facts).points - 1e-9)
      },
    ),
  )
})

test('points of children add up, caps hold, and the order of input does not matter', () => {
  fc.assert(
    fc.property(anyTable, fc.array(withGaps, { minLength: 1, maxLength: 5 }), (any, all) => {
      const entries = all.map((facts, i) => ({ unit: String(i), facts }))
      const ranks = rankPoints(any, entries)
      expect(rankPoints(any, entries.toReversed())).toEqual(ranks)
      for (const { lines, points: total, limited } of ranks) {
        const [left, right] = ['L', 'R'].map((code) => lines.find((line) => line.code === code) as points.PointLine)
        for (const [line, codes] of [
          [left, ['a', 'b']],
          [right, ['c', 'd', 'e', 'f']],
        ] as const) {
          const below = lines.filter(({ code }) => (codes as readonly string[]).includes(code))
          const sum = below.reduce((sum, { points }) => sum + points, 0)
          expect((line?.own ?? 0) + sum + (line?.limited ?? 0)).toBeCloseTo(line?.points ?? 0, 8)
        }
        expect((left?.points ?? 0) + (right?.points ?? 0) + limited).toBeCloseTo(total, 8)
        if (any.missing !== 'share' && any.missing !== 'scale') {
          expect(left?.points).toBeLessThanOrEqual((any.nodes[0]?.cap ?? 0) + 1e-9)
        }
      }
    }),
  )
})

test('halves count once and twice: (80 + 2 × 95) ÷ 3 = 90', () => {
  const halves = {
    ...table('ho-chi-minh-2008'),
    periods: [
      { id: 'H1', weight: 1 },
      { id: 'H2', weight: 2 },
    ],
  }
  expect(points.overPeriods(halves, { H1: 80, H2: 95 })).toBe(90)
})

test('several assessors become one as the table asks', () => {
  const sheets = [7, 9, 9.5].map(
    (marks) => ({ stage: 'first', by: 'x', at: '2022-12-01', points: { a: marks } }) as const,
  )
  expect(
    (['mean', 'median', 'lowest', 'highest', 'trimmed'] as const).map((by) => points.settleSheets(sheets, by).a),
  ).toEqual([8.5, 9, 7, 9.5, 9])
})

test('a table and a score sheet are printed with decimal commas, and HTML is escaped', () => {
  const tienGiang = table('tien-giang-2022')
  expect(points.printPointTable(tienGiang)).toContain('| a4 |')
  expect(points.printPointTable(tienGiang)).toContain('trừ không quá 1,5')
  const html = points.printScoreSheet({ ...tienGiang, title: '<b>' }, scoreOf(tienGiang), 'html')
  expect(html).toContain('<caption>&lt;b&gt;: a</caption>')
})

type Facts = NonNullable<points.PointEntry['facts']>
const pair = (a: Facts, b: Facts): points.PointEntry[] => [
  { unit: 'a', facts: a },
  { unit: 'b', facts: b },
]

describe('points that an assessor gave', () => {
  test('Tiền Giang: the appraised items rank with 118.4, 2.7 more than the table gives', () => {
    const marks = { a1: 3, d2: 11, '5': 5 }
    const [score] = scorePoints(table('tien-giang-2022'), [{ unit: 'a', given: marks }])
    expect(
      score?.lines.filter(({ clause }) => clause === 'given').map(({ code, own: points }) => [code, points]),
    ).toEqual([
      ['a1', 3],
      ['d2', 11],
      ['5', 5],
    ])
  })

  test('stand for all that is below a node, and are no figure of the table: an unknown code is refused', () => {
    const hcm = table('trade-union-grades')
    const [code] = hcm.nodes.map((node) => node.code)
    const [score] = scorePoints(hcm, [{ unit: 'a', given: { [code as string]: 12 } }])
    expect(score?.points).toBe(12)
    expect(() => scorePoints(hcm, [{ unit: 'a', given: { zz: 1 } }])).toThrow(/a\.given: no node "zz"/)
    expect(() => scorePoints(hcm, [{ unit: 'a', given: { [code as string]: Number.NaN } }])).toThrow(/a number/)
  })

  test('a unit is scored once', () => {
    expect(() => scorePoints(table('trade-union-grades'), [{ unit: 'a' }, { unit: 'a' }])).toThrow(/named twice/)
  })
})

describe('what it takes', () => {
  const simple = parsePointTable({
    ...{ id: 'x', version: '1', title: 'x', note: 'x', total: 30 },
    facts: { models: { type: 'number' }, held: { type: 'boolean' }, planted: { type: 'number' } },
    nodes: [
      { code: '1', name: 'Mô hình', points: 10, rule: { kind: 'count', of: 'models', each: 2, most: 10 } },
      { code: '2', name: 'Hội nghị', points: 5, rule: { kind: 'yes-no', of: 'held' } },
      { code: '3', name: 'Trồng rừng', points: 15, rule: { kind: 'proportion', of: 'planted', target: 300 } },
    ],
  })

  test('one leaf, as far as it must go: 180 ha planted bring 9 points, and 11 share the first place', () => {
    const entries = pair({ models: 1, held: false, planted: 20 }, { models: 4, held: false, planted: 60 })
    const found = points.pointsItTakes(simple, entries, 'a')
    expect(found).toMatchObject({ goal: 'rank', passing: 'b', gap: 8, reachable: true })
    // 2 + 9 = 11, of 15 points for 300 ha; who is to be first is then for a ballot.
    expect(found.changes).toEqual([{ code: '3', name: 'Trồng rừng', from: 1, to: 9, value: 180 }])
    expect(points.pointsItTakes(simple, entries, 'b')).toMatchObject({ goal: 'nothing', changes: [] })
  })

  test('what cannot be passed is out of reach', () => {
    const beyond = { unit: 'b', given: { 3: 40 } }
    expect(points.pointsItTakes(simple, [{ unit: 'a' }, beyond], 'a')).toMatchObject({
      ...{ reachable: false, passing: 'b', gap: 40, changes: [] },
    })
    expect(() => points.pointsItTakes(simple, pair({}, {}), 'z')).toThrow(/not among the entries/)
  })

  test('given what it says, a unit rises, and without the last of it it does not', () => {
    fc.assert(
      fc.property(anyTable, fc.array(withGaps, { minLength: 2, maxLength: 5 }), (any, all) => {
        const entries = all.map((facts, i): points.PointEntry => ({ unit: String(i), facts }))
        const place = (marks: Record<string, number>) =>
          rankPoints(
            any,
            entries.map((entry) => (entry.unit === '0' ? { ...entry, given: marks } : entry)),
          ).find(({ unit }) => unit === '0')?.rank
        const { reachable, changes } = points.pointsItTakes(any, entries, '0')
        const changed = Object.fromEntries(changes.map(({ code, to }) => [code, to]))
        if (changes.length === 0) return expect(place({}) === 1 || !reachable).toBe(true)
        expect(place(changed)).toBeLessThan(place({}) as number)
        const [last] = changes.slice(-1)
        const { [last?.code as string]: _, ...without } = changed
        expect(place(without)).toBe(place({}))
      }),
    )
  })
})

test('fairness: a lead that lies in one group is lost without it, and a gap may turn the order', () => {
  const two = parsePointTable({
    ...{ id: 'x', version: '1', title: 'x', note: 'x', total: 20 },
    facts: { x: { type: 'number' }, y: { type: 'number' } },
    nodes: [
      { code: 'X', name: 'X', points: 10, rule: { kind: 'judged', of: 'x' } },
      { code: 'Y', name: 'Y', points: 10, rule: { kind: 'judged', of: 'y' } },
    ],
  })
  const [a, b] = points.pointFairness(two, pair({ x: 9, y: 2 }, { x: 3, y: 5 }))
  expect(a).toMatchObject({
    unit: 'a',
    rank: 1,
    leaveOneOut: { best: 1, worst: 2, movedBy: ['X'] },
    missing: { best: 1, worst: 1 },
  })
  expect(b).toMatchObject({ unit: 'b', rank: 2, weights: { best: 1, worst: 2 } })
  const [c, d] = points.pointFairness(two, pair({ x: 9, y: 2 }, { x: 3 }))
  expect([c?.missing, d?.missing]).toEqual([
    { best: 1, worst: 2 },
    { best: 1, worst: 2 },
  ])
  expect(points.pointFairness(two, pair({ x: 9 }, { x: 3 }), { seed: 7 })).toEqual(
    points.pointFairness(two, pair({ x: 9 }, { x: 3 }), { seed: 7 }),
  )
  expect(() => points.pointFairness(two, [], { draws: 0 })).toThrow(/draws goes from 1/)
})

describe('what other offices print', () => {
  const judge = (rule: points.PointRule, facts: readonly Facts[], more: Partial<points.PointTable> = {}) => {
    const names = [...new Set(facts.flatMap(Object.keys))]
    const all = facts.flatMap((fact) => Object.entries(fact))
    const type = (name: string) => typeof all.find(([key]) => key === name)?.[1] as 'number' | 'boolean'
    const asked = {
      ...{ id: 'x', version: '2024', title: 'x', note: 'x', total: 20 },
      facts: Object.fromEntries(names.map((name) => [name, { type: type(name) }])),
      nodes: [{ code: '1', name: 'Một', points: 20, rule }],
      ...more,
    }
    return scorePoints(
      asked,
      facts.map((fact, i) => ({ unit: String(i), facts: fact })),
    )
  }
  const pointsBy = (...asked: Parameters<typeof judge>) => judge(...asked).map((score) => score.points)

  test('for each 5% short 2 points less; a begun one costs nothing yet', () => {
    const rule = { kind: 'per-percent', of: 'trồng', target: 200, less: 2, every: 5, whole: true } as const
    const node = { code: '1', name: 'Trồng rừng', points: 20, rule }
    expect(points.ruleInWords(node)).toBe('so với 200: mỗi 5% tròn thiếu trừ 2, vượt cộng 0')
    expect(pointsBy(rule, [{ trồng: 200 }, { trồng: 191 }, { trồng: 190 }, { trồng: 150 }])).toEqual([20, 20, 18, 10])
  })

  test('fewer crimes than the ceiling: half at it, the rest by how far below, against the best of the cluster', () => {
    const rule = { kind: 'excess', of: 'vụ', target: 40, better: 'less' } as const
    expect(pointsBy(rule, [{ vụ: 30 }, { vụ: 35 }, { vụ: 40 }, { vụ: 80 }])).toEqual([20, 15, 10, 5])
    expect(pointsBy({ kind: 'leader', of: 'vụ', better: 'less' }, [{ vụ: 5 }, { vụ: 10 }, { vụ: 40 }])).toEqual([
      ...[20, 10, 2.5],
    ])
    expect(pointsBy({ kind: 'leader', of: 'vụ', better: 'less' }, [{ vụ: 0 }, { vụ: 10 }])).toEqual([20, 0])
  })

  test('those whom a case judges are led by the best among themselves', () => {
    const rule: points.PointRule = {
      kind: 'cases',
      cases: [
        { when: { fact: 'vùng cao', operator: 'equal', value: true }, rule: { kind: 'leader', of: 'thu' } },
        { when: { fact: 'vùng cao', operator: 'equal', value: false }, rule: { kind: 'leader', of: 'thu' } },
      ],
    }
    const unit = (high: boolean, thu: number) => ({ 'vùng cao': high, thu })
    expect(pointsBy(rule, [unit(true, 10), unit(true, 5), unit(false, 800), unit(false, 200)])).toEqual([20, 10, 20, 5])
  })

  test('a share that the table names decides the points, the exclusion and the tie', () => {
    const more = {
      figures: { 'tỷ lệ nợ': { ratio: ['nợ', 'thu'], times: 100 } },
      ungraded: [{ when: { fact: 'tỷ lệ nợ', operator: 'greaterThan', value: 10 }, reason: 'Nợ đọng trên 10%' }],
      grades: [{ id: 't', name: 'Tốt' }],
      tieBreaks: [{ fact: 'tỷ lệ nợ', better: 'less' }],
    } as const
    const rule: points.PointRule = { kind: 'steps', of: 'tỷ lệ nợ', steps: [{ to: 4, points: 20 }], otherwise: 5 }
    const facts = [
      { nợ: 3, thu: 100 },
      { nợ: 2, thu: 100 },
      { nợ: 30, thu: 150 },
    ]
    const found = judge(rule, facts, more)
    expect(found.map((score) => [score.points, score.grade])).toEqual([
      [20, 't'],
      [20, 't'],
      [5, null],
    ])
    const types = { facts: { nợ: { type: 'number' as const }, thu: { type: 'number' as const } } }
    const asked = {
      ...{ id: 'x', version: '1', title: 'x', note: 'x', total: 20, ...types, ...more },
      nodes: [{ code: '1', name: 'Một', points: 20, rule }],
    }
    const ranks = rankPoints(
      asked,
      facts.map((fact, i) => ({ unit: String(i), facts: fact })),
    )
    expect(ranks.map(({ unit, rank }) => [unit, rank])).toEqual([
      ['1', 1],
      ['0', 2],
      ['2', null],
    ])
    const wrong = points.problemsOfPointTable({ ...asked, figures: { ...more.figures, b: { sum: ['tỷ lệ nợ', 1] } } })
    expect(wrong.map(({ path }) => path)).toEqual(['figures.b'])
  })

  test('a discipline lowers the grade by one, wherever it stood; two lower it by two, never below the last', () => {
    const more = {
      grades: [
        { id: 'xs', name: 'Xuất sắc', from: 18 },
        { id: 't', name: 'Tốt', from: 10 },
        { id: 'ht', name: 'Hoàn thành' },
      ],
      lowered: [
        { when: { fact: 'kỷ luật', operator: 'equal', value: true }, reason: 'Có người bị kỷ luật: hạ một bậc' },
        { when: { fact: 'khiếu kiện', operator: 'equal', value: true }, reason: 'Khiếu kiện vượt cấp: hạ một bậc' },
      ],
    } as const
    const unit = (điểm: number, discipline: boolean, complaint: boolean) => ({
      ...{ điểm, 'kỷ luật': discipline, 'khiếu kiện': complaint },
    })
    const found = judge(
      { kind: 'judged', of: 'điểm' },
      [unit(19, false, false), unit(19, true, false), unit(12, true, false), unit(19, true, true), unit(3, true, true)],
      more,
    )
    expect(found.map(({ grade }) => grade)).toEqual(['xs', 't', 'ht', 'ht', 'ht'])
    expect(found[1]?.reasons).toEqual(['Có người bị kỷ luật: hạ một bậc'])
  })

  test('a flag for the best alone that is excellent, certificates for two; the seat that nobody qualifies for stays empty', () => {
    const more = {
      grades: [
        { id: 'xs', name: 'Xuất sắc', from: 18 },
        { id: 't', name: 'Tốt' },
      ],
      awards: [
        { award: 'co', name: 'Cờ thi đua', seats: 1, when: { fact: 'grade.xs', operator: 'equal', value: true } },
        { award: 'bk', name: 'Bằng khen', seats: 2, when: { fact: 'điểm', operator: 'greaterThan', value: 4 } },
      ],
    } as const
    const asked: points.PointTable = {
      ...{ id: 'x', version: '2025', title: 'Bảng của khối', note: 'x', total: 20 },
      facts: { điểm: { type: 'number' } },
      nodes: [{ code: '1', name: 'Một', points: 20, rule: { kind: 'judged', of: 'điểm' } }],
      ...more,
    }
    const policy = points.awardPolicy(asked, defaultPolicy)
    expect(policy.quotas.map(({ award, seats, name }) => [award, seats, name.vi])).toEqual([
      ['co', 1, 'Cờ thi đua'],
      ['bk', 2, 'Bằng khen'],
    ])
    expect(points.awardPolicy({ ...asked, awards: undefined } as never, defaultPolicy)).toBe(defaultPolicy)
    const wrong = points.problemsOfPointTable({
      ...asked,
      awards: [{ ...more.awards[0], when: { fact: 'grade.xx', operator: 'equal', value: true } }],
    })
    expect(wrong[0]).toMatchObject({ path: 'awards' })
    expect(wrong[0]?.text.en).toMatch(/grade\.xx/)
    expect(points.problemsOfPointTable({ ...asked, awards: [more.awards[1], more.awards[1]] })[0]?.path).toBe(
      'awards[1].award',
    )
  })

  test('a share of what another node earned is refused where that is not known yet', () => {
    const base = { kind: 'judged', of: 'a' } as const
    const of = (nodes: points.PointNode[]) =>
      points
        .problemsOfPointTable({
          id: 'x',
          version: '1',
          title: 'x',
          note: 'x',
          total: 9,
          facts: { a: { type: 'number' } },
          nodes,
        })
        .map(({ path }) => path)
    const node = { code: '1', name: 'Một', points: 9, rule: base }
    const bonus = {
      code: '2',
      name: 'Thưởng',
      outside: true,
      rule: { kind: 'share', node: '1', share: 0.1, what: 'earned' },
    } as const
    expect(of([node, bonus])).toEqual([])
    expect(of([bonus, node])).toEqual(['nodes[0].rule.node'])
    expect(of([{ ...node, children: [bonus] }])).toEqual(['nodes[0].children[0].rule.node'])
  })
})

test('the reference has an example of every kind of rule, each as a table takes it', () => {
  const { rule } = points.pointTableSchema.$defs ?? {}
  const { oneOf: kinds } = rule as { oneOf: { properties: { kind: { const: string } } }[] }
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const written = [...readme.matchAll(/^\|[^|\n]+\| `(\{ kind: .+\})` \|$/gm)].map(([, text]) => text as string)
  const rules = written.map(
    (text) => new Function('defaultPolicy', `return ${text}`)(defaultPolicy) as points.PointRule,
  )
  expect([...new Set(rules.map(({ kind }) => kind))].sort()).toEqual(
    kinds.map(({ properties }) => properties.kind.const).sort(),
  )
  const names = ['late', 'missed', 'covered', 'planted', 'planted-before', 'quality']
  const asked: points.PointTable = {
    ...{ id: 'x', version: '1', title: 'x', note: 'x', total: 10 + 10 * rules.length },
    facts: { ...Object.fromEntries(names.map((name) => [name, { type: 'number' }])), held: { type: 'boolean' } },
    nodes: [
      { code: '1', name: 'Một', points: 10, rule: { kind: 'full' } },
      ...rules.map((rule, i) => ({ code: `2.${i}`, name: rule.kind, points: 10, rule })),
    ],
  }
  expect(points.problemsOfPointTable(asked)).toEqual([])
  expect(readPointRows(pointRows(asked))).toEqual(asked)
  const facts = { held: true, late: 3, missed: 1, covered: 65, planted: 1215, 'planted-before': 900, quality: 7 }
  const evaluation = evaluate({ 'forest-cover': 20 })
  const [score] = scorePoints(asked, [{ unit: 'a', facts, evaluation }])
  // In the scale, as its reader would put them.
  expect(score?.lines.slice(1, -1).map(({ name, points: of }) => `${name} ${of}`)).toEqual([
    ...[
      'full 10',
      'full 6',
      'yes-no 10',
      'count 10',
      'count 9',
      'steps 6',
      'line 4',
      'proportion 0',
      'per-percent 10.8',
    ],
    ...['beyond 3', 'excess 10', 'leader 10', 'place 10', 'judged 7', 'share 1', 'cases 10'],
  ])
})
