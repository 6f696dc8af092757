// Tables as courts, schools and cooperatives could write them; invented, as are all figures of theirs.
import * as points from '../src/points/index.ts'
import { pointRows, readPointRows, readRows, writeXlsx } from '../src/table/index.ts'

const about = { id: 'synthetic', version: '2026', title: 'Bảng thử', note: 'Synthetic', total: 100 }
const numbers = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { type: 'number' as const }]))
const is = (fact: string, value: boolean | string) => ({ fact, operator: 'equal' as const, value })
const scoreOf = (table: points.PointTable, facts: points.PointEntry['facts']) =>
  points.scorePoints(table, [{ unit: 'x', facts: facts ?? {} }])[0] as points.PointScore
const pathsIn = (table: points.PointTable) => points.problemsOfPointTable(table).map(({ path }) => path)
const rest: points.PointNode = { code: '2', name: 'Còn lại', points: 50, rule: { kind: 'judged', of: 'b' } }

describe('courts: 1 less for each begun 1% below 90%, for each 0,1% of judgments annulled above 1,5%, and 1, 2, 3, 3 … for late ones', () => {
  const late = (code: string, free: number): points.PointNode => ({
    ...{ code, name: `Quá hạn, ngoài ${free} vụ đầu`, outside: true },
    rule: { kind: 'count', of: 'án quá hạn', each: -1, free },
  })
  const table: points.PointTable = {
    ...about,
    facts: { ...numbers('giải quyết', 'hủy', 'sửa', 'án', 'án quá hạn') },
    figures: { 'tỷ lệ hủy, sửa': { ratio: [{ sum: ['hủy', { product: ['sửa', 0.5] }] }, 'án'], times: 100 } },
    nodes: [
      {
        ...{ code: '1', name: 'Tỷ lệ giải quyết', points: 60 },
        rule: { kind: 'per-percent', of: 'giải quyết', target: 90, less: 1, begun: true },
      },
      {
        ...{ code: '2', name: 'Chất lượng xét xử', points: 40, rule: { kind: 'full' } },
        children: [
          {
            ...{ code: '2.1', name: 'Hủy, sửa trên 1,5%', outside: true },
            rule: { kind: 'beyond', of: 'tỷ lệ hủy, sửa', above: 1.5, every: 0.1, first: -1, each: -1 },
          },
        ],
      },
      {
        ...{ code: '3', name: 'Án quá hạn', outside: true, floor: -10 },
        children: [late('3.1', 0), late('3.2', 1), late('3.3', 2)],
      },
    ],
  }
  const facts = { 'giải quyết': 89.2, hủy: 3, sửa: 4, án: 250, 'án quá hạn': 4 }

  test('89,2% is 59; 2% are 6 less; four late ones cost 1 + 2 + 3 + 3', async () => {
    expect(await readPointRows(await readRows(Buffer.from(writeXlsx(pointRows(table)))))).toEqual(table)
    const score = scoreOf(table, facts)
    const of = (code: string) => score.lines.find((line) => line.code === code)?.points
    expect([of('1'), of('2'), of('3'), score.points]).toEqual([59, 34, -9, 84])
  })

  test('what it takes: fewer late ones, whole ones, and fewer judgments annulled', () => {
    const better = { ...facts, 'án quá hạn': 1 }
    const entries = [
      { unit: 'x', facts: { ...facts, hủy: 9 } },
      { unit: 'y', facts: better },
    ]
    const { changes } = points.pointsItTakes(table, entries, 'x')
    // 58 at 2%: 30 less of 40 at 4,4%; of the 32 to the other it needs all that is left, and a case of the late ones.
    expect(changes).toMatchObject([
      { code: '2.1', from: -30, to: 0, value: 1.5 },
      { code: '3.1', from: -4, value: expect.any(Number) },
    ])
    for (const { value } of changes.slice(1)) expect(Number.isInteger(value)).toBe(true)
  })
})

describe('what a condition leaves out', () => {
  const table = (missing: points.Absence): points.PointTable => ({
    ...{ ...about, missing, facts: { ...numbers('a', 'b'), e: { type: 'boolean' } } },
    nodes: [
      { code: '1', name: 'Có điều kiện', points: 50, when: is('e', true), rule: { kind: 'judged', of: 'a' } },
      rest,
    ],
  })

  test.each(['share', 'scale'] as const)(
    'gives its points to nobody (%s), whether its figure is missing or not',
    (how) => {
      for (const facts of [
        { e: false, b: 50 },
        { e: false, a: 3, b: 50 },
      ])
        expect(scoreOf(table(how), facts)).toMatchObject({ points: 50, outOf: 100 })
      expect(scoreOf(table(how), { e: true, b: 50 })).toMatchObject({ points: 100, outOf: 100 })
    },
  )

  test.each(['share', 'scale'] as const)('nor do those below it (%s)', (how) => {
    const below = { code: '1.1', name: 'x', points: 50, rule: { kind: 'judged', of: 'a' } } as const
    const nodes = [{ code: '1', name: 'Nhóm', points: 50, when: is('e', true), children: [below] }, rest]
    expect(scoreOf({ ...table(how), nodes }, { e: false, b: 40 })).toMatchObject({ points: 40, outOf: 100 })
  })

  test('what was not assigned is not asked for, whatever its condition', () => {
    const entry = { unit: 'x', facts: { e: false, b: 40 }, notAssigned: ['1'] }
    expect(points.scorePoints(table('zero'), [entry])).toMatchObject([{ points: 40, outOf: 50 }])
  })
})

describe('what it takes', () => {
  const table = (node: Partial<points.PointNode>): points.PointTable => ({
    ...about,
    facts: { ...numbers('a', 'b', 'kế hoạch'), vùng: { type: 'text' } },
    nodes: [{ code: '1', name: 'Chỉ tiêu', points: 50, ...node }, rest],
  })
  const upland: points.PointRule = { kind: 'proportion', of: 'a', target: 20 }
  test.each<[string, Partial<points.PointNode>, points.PointEntry['facts'], number, object]>([
    [
      'by the case that judges the unit',
      {
        rule: {
          kind: 'cases',
          cases: [
            { when: is('vùng', 'cao'), rule: upland },
            { when: is('vùng', 'thấp'), rule: { ...upland, target: 40 } },
          ],
        },
      },
      { vùng: 'cao', a: 0, b: 50 },
      75,
      { code: '1', to: 25, value: 10 },
    ],
    [
      'by a target of its own',
      { rule: { kind: 'proportion', of: 'a', target: 'kế hoạch' } },
      { 'kế hoạch': 30, a: 0, b: 50 },
      75,
      { to: 25, value: 15 },
    ],
    [
      'on a line',
      {
        rule: {
          kind: 'line',
          of: 'a',
          line: [
            { at: 5, points: 0 },
            { at: 8, points: 50 },
          ],
        },
      },
      { a: 5, b: 50 },
      75,
      { to: 25, value: 6.5 },
    ],
    [
      'on a line that falls',
      {
        rule: {
          kind: 'line',
          of: 'a',
          line: [
            { at: 0, points: 50 },
            { at: 10, points: 0 },
          ],
        },
      },
      { a: 10, b: 50 },
      75,
      { to: 25, value: 5 },
    ],
    [
      'a bonus without a most, up to the cap of its criterion',
      { points: 0, outside: true, cap: 6, rule: { kind: 'count', of: 'a', each: 2 } },
      { a: 0, b: 50 },
      55,
      { to: 6, value: 3 },
    ],
    [
      'whole cases, where the most is no whole number of them',
      { points: 0, outside: true, cap: 5, rule: { kind: 'count', of: 'a', each: 2 } },
      { a: 0, b: 50 },
      54.5,
      { to: 5, value: 3 },
    ],
    [
      'whole steps of what lies beyond, where the most is no whole number of them',
      { points: 0, outside: true, rule: { kind: 'beyond', of: 'a', above: 100, every: 10, each: 2, most: 5 } },
      { a: 0, b: 50 },
      54.5,
      { to: 5, value: 130 },
    ],
    [
      'the step that is enough, of which the criterion counts a part',
      {
        points: 0,
        outside: true,
        cap: 8,
        rule: {
          kind: 'steps',
          of: 'a',
          steps: [
            { from: 20, points: 10 },
            { from: 10, points: 5 },
          ],
        },
      },
      { a: 0, b: 50 },
      57,
      { to: 8, value: 20 },
    ],
  ])('%s', (_, node, facts, ahead, expected) => {
    const whole = node.outside ? { total: 50 } : {}
    const entries = [
      { unit: 'x', facts: facts ?? {} },
      { unit: 'y', given: { 1: ahead - 50, 2: 50 } },
    ]
    const { changes, reachable } = points.pointsItTakes({ ...table(node), ...whole }, entries, 'x')
    expect(reachable).toBe(true)
    expect(changes).toMatchObject([expected])
  })
})

describe('mistakes are told by their place', () => {
  const table = (node: Partial<points.PointNode>, more: Partial<points.PointTable> = {}): points.PointTable => ({
    ...{ ...about, total: 50, facts: { ...numbers('a', 'b'), t: { type: 'text' } }, ...more },
    nodes: [{ ...rest, ...node }],
  })
  const near = { fact: 'points.7', operator: 'equal' as const, value: 1 }

  test.each<[string, points.PointTable, string]>([
    ['a target', table({ rule: { kind: 'proportion', of: 'a', target: 'zz' } }), 'nodes[0].rule.target'],
    ['a condition', table({ when: { all: [is('t', 'x'), is('zz', true)] } }), 'nodes[0].when.all[1]'],
    ['a condition of a grade', table({}, { grades: [{ id: 'a', name: 'A', when: near }] }), 'grades[0].when'],
    [
      'a coefficient of the cluster that asks for points',
      {
        ...table({}),
        nodes: [
          rest,
          { ...rest, code: '3', points: 0, outside: true, coefficient: { cluster: 'mean', of: 'points.2' } },
        ],
      },
      'nodes[1].coefficient',
    ],
    [
      'more at least than at most',
      table({ rule: { kind: 'judged', of: 'a', least: 5, most: 3 } }),
      'nodes[0].rule.least',
    ],
    [
      'a share from above its end',
      table({ rule: { kind: 'proportion', of: 'a', target: 5, from: 1.2 } }),
      'nodes[0].rule.from',
    ],
  ])('%s', (_, wrong, path) => expect(pathsIn(wrong)).toContain(path))

  const asks = (fact: string, operator: string, value: unknown) =>
    ({ fact, operator, value }) as points.PointNode['when'] & object
  const grade = (when: NonNullable<points.PointNode['when']>) => ({ grades: [{ id: 'a', name: 'A', when }] })

  test.each<[string, points.PointTable, string, string]>([
    ['more than a text', table({ when: asks('t', 'greaterThan', 3) }), 'nodes[0].when', 'in, notIn với chữ'],
    [
      'a number in a list that holds a text',
      table({ when: { not: asks('a', 'in', [1, '2']) } }),
      'nodes[0].when.not',
      'phải so với một số, không phải "2"',
    ],
    [
      'less than yes, by a named condition',
      table(
        {},
        {
          facts: { ...numbers('a', 'b'), y: { type: 'boolean' } },
          conditions: { c: asks('y', 'lessThan', 1) },
          ...grade({ condition: 'c' }),
        },
      ),
      'grades[0].when→c',
      'với true hoặc false',
    ],
    [
      'yes as 1, in a figure',
      table(
        {},
        {
          facts: { ...numbers('a', 'b'), y: { type: 'boolean' } },
          figures: { f: { holding: [asks('y', 'equal', 1)] } },
        },
      ),
      'figures.f',
      'phải so với true hoặc false, không phải 1',
    ],
    [
      'points of a node as a text',
      table({}, grade(asks('points.2', 'equal', '5'))),
      'grades[0].when',
      'phải so với một số',
    ],
    [
      'a status as a number',
      table({ when: asks('indicator.forest-cover', 'greaterThan', 3) }),
      'nodes[0].when',
      'với chữ',
    ],
    [
      'a grade of an award as a text',
      table(
        {},
        {
          grades: [{ id: 'a', name: 'A' }],
          awards: [{ award: 'x', name: 'X', seats: 1, when: asks('grade.a', 'equal', 'A') }],
        },
      ),
      'awards[0].when',
      'phải so với true hoặc false, không phải "A"',
    ],
  ])('what never holds is refused: %s', (_, wrong, path, right) => {
    expect(points.problemsOfPointTable(wrong).map((problem) => [problem.path, problem.text.vi])).toEqual([
      [path, expect.stringContaining(right)],
    ])
  })

  test('an operator that there is not, by the schema already', () => {
    expect(pathsIn(table({ when: asks('a', 'contains', 3) }))).toEqual(['nodes[0].when.operator'])
  })

  test('what never holds, in a sheet by its cell', async () => {
    const rows = pointRows(table({ when: is('t', 'x') })).map((row) =>
      row.map((cell) => (typeof cell === 'string' ? cell.replace('"value":"x"', '"value":3') : cell)),
    )
    const read = async () => readPointRows(await readRows(Buffer.from(writeXlsx(rows))))
    await expect(read()).rejects.toThrow(/^[A-Z]+\d+: "t" is a text: compare it with a text, not with 3/)
  })

  test('of a grade, in a sheet by the cell of all grades, with its path', async () => {
    const rows = pointRows(table({}, grade(asks('t', 'equal', 'x')))).map((row) =>
      row.map((cell) => (typeof cell === 'string' ? cell.replace('"value":"x"', '"value":3') : cell)),
    )
    const at = rows.findIndex(([key]) => key === 'grades') + 1
    const read = async () => readPointRows(await readRows(Buffer.from(writeXlsx(rows))))
    await expect(read()).rejects.toThrow(`B${at}: grades[0].when: "t" is a text: compare it with a text, not with 3`)
  })

  test('in a sheet by the cell of the condition', async () => {
    const rows = pointRows(table({ when: is('t', 'x') })).map((row) =>
      row.map((cell) => (typeof cell === 'string' ? cell.replace('"fact":"t"', '"fact":"zz"') : cell)),
    )
    const read = async () => readPointRows(await readRows(Buffer.from(writeXlsx(rows))))
    await expect(read()).rejects.toThrow(/^[A-Z]+\d+: .*"zz"/)
  })
})
