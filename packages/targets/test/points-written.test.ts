// What published tables say of rounding, quotas, coefficients and grades, each with numbers worked by hand.
import * as points from '../src/points/index.ts'
import { pointRows, readPointRows, readRows, writeXlsx } from '../src/table/index.ts'

const { problemsOfPointTable, rankPoints, scorePoints } = points

/** Two parts of 60 and 40, as an assessor judged. */
const judged = (more: Partial<points.PointTable> = {}): points.PointTable => ({
  ...{ id: 'x', version: '2025', title: 'Bảng thử', note: 'Bịa để thử', total: 100 },
  facts: { a: { type: 'number' }, b: { type: 'number' }, 'kỷ luật': { type: 'boolean' } },
  nodes: [
    { code: 'I', name: 'Một', points: 60, rule: { kind: 'judged', of: 'a' } },
    { code: 'II', name: 'Hai', points: 40, rule: { kind: 'judged', of: 'b' } },
  ],
  ...more,
})
/** Members 1, 2, 3 … with so many points, the best first. */
const members = (...all: number[]) =>
  all.map((a, i): points.PointEntry => ({ unit: String(i + 1), facts: { a, b: 0 } }))
const gradesOf = (table: points.PointTable, entries: readonly points.PointEntry[]) =>
  rankPoints(table, entries).map(({ grade }) => grade)
const wrongIn = (table: points.PointTable) => problemsOfPointTable(table).map(({ path, text }) => `${path}: ${text.vi}`)
const throughXlsx = async (table: points.PointTable) =>
  readPointRows(await readRows(Buffer.from(writeXlsx(pointRows(table)))))

describe('rounding', () => {
  const halves = judged({ step: 0.5 })
  const [first, second] = halves.nodes as [points.PointNode, points.PointNode]

  test('a total to 0,5, a criterion to 0,25: 51,13 → 51,25 and 20,1; 71,35 → 71,5', async () => {
    const table = { ...halves, nodes: [{ ...first, step: 0.25 }, second] }
    const [score] = scorePoints(table, [{ unit: 'a', facts: { a: 51.13, b: 20.1 } }])
    expect([score?.points, score?.lines[0]?.points, score?.limited]).toEqual([71.5, 51.25, 0.15])
    expect(await throughXlsx(table)).toEqual(table)
    expect(points.printPointTable(table)).toContain('| làm tròn đến 0,5 |')
    expect(points.printPointTable(table)).toContain('làm tròn đến 0,25')
  })

  test('a grade goes by the points that were rounded: 89,75 is 90', () => {
    const table = { ...halves, grades: [{ id: 'xs', name: 'Xuất sắc', from: 90 }] }
    expect(gradesOf(table, [{ unit: 'a', facts: { a: 60, b: 29.75 } }])).toEqual(['xs'])
  })

  test('to two decimals, not rounded: 8,679 counts 8,67', () => {
    const table = judged({ decimals: 2, rounding: 'down' })
    expect(scorePoints(table, [{ unit: 'a', facts: { a: 8.679, b: 0 } }])[0]?.points).toBe(8.67)
    expect(points.printPointTable(table)).toContain('làm tròn xuống đến 2 chữ số thập phân')
  })

  test('who is equal by the rounding of the table is equal in its fairness too', () => {
    const entries = [
      { unit: 'a', facts: { a: 50.1, b: 20 } },
      { unit: 'b', facts: { a: 50, b: 20 } },
    ]
    const [, second] = points.pointFairness(halves, entries, { spread: 0 })
    expect(second).toMatchObject({ rank: 1, weights: { best: 1, worst: 1 } })
  })

  test('to decimals and to a step at once, or to one side of nothing, is refused', () => {
    expect(wrongIn(judged({ step: 0.5, decimals: 1 }))).toEqual(['step: loại trừ decimals: chỉ ghi một trong hai'])
    expect(wrongIn({ ...halves, nodes: [{ ...first, rounding: 'up' }, second] })).toEqual([
      'nodes[0].rounding: chưa nói làm tròn đến đâu: ghi thêm decimals hoặc step',
    ])
  })

  test('what it takes is a point that the table can give', () => {
    const table = judged({ nodes: [{ ...first, step: 5 }, second] })
    const entries = [
      { unit: 'a', facts: { a: 10, b: 40 } },
      { unit: 'b', facts: { a: 22, b: 40 } },
    ]
    expect(points.pointsItTakes(table, entries, 'a').changes).toMatchObject([{ code: 'I', from: 10, to: 20 }])
  })
})

describe('a share of the units', () => {
  const quota = (atMost: object) =>
    judged({
      grades: [
        { id: 'xs', name: 'Xuất sắc', from: 40, atMost: atMost as points.GradeQuota },
        { id: 't', name: 'Tốt' },
      ],
    })

  test('20% of 4 units are 0,8: none by itself, and the reason says how; one to the nearest, upwards, or at least', () => {
    const four = members(50, 49, 48, 20)
    const [none] = rankPoints(quota({ share: 0.2 }), four)
    expect(none).toMatchObject({
      grade: 't',
      reasons: ['Xuất sắc: đã đủ 0 đơn vị (20% của 4 đơn vị là 0,8, làm tròn xuống còn 0)'],
    })
    for (const more of [{ rounding: 'up' }, { rounding: 'nearest' }, { atLeast: 1 }])
      expect(gradesOf(quota({ share: 0.2, ...more }), four)).toEqual(['xs', 't', 't', 't'])
    expect(rankPoints(quota({ share: 0.2, atLeast: 1 }), four)[1]?.reasons).toEqual([
      'Xuất sắc: đã đủ 1 đơn vị (20% của 4 đơn vị là 0,8, làm tròn xuống còn 0, ít nhất 1)',
    ])
  })

  test('of all members, those who are not graded included: 25% of 8 are 2, of the 7 graded 1', () => {
    const ungraded = [{ when: { fact: 'kỷ luật', operator: 'equal', value: true } as const, reason: 'Có kỷ luật' }]
    const eight = members(50, 49, 48, 47, 46, 45, 44, 43).map((entry, i) =>
      i === 7 ? { ...entry, facts: { ...entry.facts, 'kỷ luật': true } } : entry,
    )
    const of = (more: object) =>
      gradesOf({ ...quota({ share: 0.25, ...more }), ungraded }, eight).filter((id) => id === 'xs')
    expect([of({}).length, of({ members: true }).length]).toEqual([1, 2])
    expect(wrongIn(quota({ share: 0.2, of: 't', members: true }))).toEqual([
      'grades[0].atMost.of: loại trừ members: tính theo mọi thành viên hoặc theo một loại',
    ])
  })

  test('the upper quarter is excellent, the next half good, whatever their points', () => {
    const table = judged({
      grades: [
        { id: 'xs', name: 'Xuất sắc', atMost: { share: 0.25 } },
        { id: 't', name: 'Tốt', atMost: { share: 0.5 } },
        { id: 'ht', name: 'Hoàn thành' },
      ],
    })
    expect(gradesOf(table, members(9, 8, 7, 6, 5, 4, 3, 2))).toEqual(['xs', 'xs', 't', 't', 't', 't', 'ht', 'ht'])
  })
})

describe('grades', () => {
  const discipline = { fact: 'kỷ luật', operator: 'equal', value: true } as const
  const grades = [
    { id: 'xs', name: 'Xuất sắc', from: 90 },
    { id: 't', name: 'Tốt', from: 70 },
    { id: 'k', name: 'Khá', from: 50 },
    { id: 'y', name: 'Yếu' },
  ]
  const unit = (a: number, b: number, isDisciplined: boolean) => [
    { unit: 'a', facts: { a, b, 'kỷ luật': isDisciplined } },
  ]

  test('"xếp loại yếu nếu …" and "không xếp quá loại khá": whoever stands below stays there', async () => {
    const to = (id: string) =>
      judged({ grades, lowered: [{ when: discipline, reason: 'Có người bị kỷ luật', to: id }] })
    expect(gradesOf(to('y'), unit(60, 40, true))).toEqual(['y'])
    expect(gradesOf(to('k'), unit(60, 40, true))).toEqual(['k'])
    expect(gradesOf(to('k'), unit(30, 10, true))).toEqual(['y'])
    expect(gradesOf(to('k'), unit(60, 40, false))).toEqual(['xs'])
    expect(await throughXlsx(to('k'))).toEqual(to('k'))
    expect(problemsOfPointTable(to('kk'))).toMatchObject([{ path: 'lowered[0].to', nearest: 'k' }])
  })

  test('two grades from the same points are refused: the second would never be given', () => {
    const twice = (...more: Partial<points.PointGrade>[]) =>
      wrongIn(judged({ grades: [grades[0], ...more, grades[3]] as points.PointGrade[] }))
    expect(twice({ id: 't', name: 'Tốt', from: 70 }, { id: 'k', name: 'Khá', from: 70 })).toEqual([
      'grades[2].from: không bao giờ xếp được: loại "Tốt" ở trên cũng từ 70 điểm; mỗi loại cần một mức riêng, hoặc một điều kiện',
    ])
    // "Tốt" asks for more than points: who misses it is "khá" from the same points.
    expect(twice({ id: 't', name: 'Tốt', from: 70, every: 0.5 }, { id: 'k', name: 'Khá', from: 70 })).toEqual([])
  })
})

test('a count that only takes away is refused inside a case too', () => {
  const count = { kind: 'count', of: 'a', each: -1 } as const
  const rule: points.PointRule = {
    kind: 'cases',
    cases: [{ when: { fact: 'kỷ luật', operator: 'equal', value: true }, rule: count }],
  }
  const [first, second] = judged().nodes as [points.PointNode, points.PointNode]
  const of = (node: points.PointNode) => problemsOfPointTable(judged({ nodes: [node, second] })).map(({ path }) => path)
  expect(of({ ...first, rule })).toEqual(['nodes[0].rule.cases[0].rule.each'])
  expect(of({ ...first, floor: -5, rule })).toEqual([])
})

test('awards by a share of the cluster: seats are what it comes to, and so many at least', async () => {
  const { seatsIn } = await import('../src/emulation/index.ts')
  const { defaultPolicy } = await import('../src/emulation/index.ts')
  const award = { award: 'co', name: 'Cờ thi đua', seats: 1, share: 0.25 } as const
  const table = judged({ awards: [award, { award: 'bk', name: 'Bằng khen', seats: 0, share: 0.3, rounding: 'up' }] })
  const { quotas } = points.awardPolicy(table, defaultPolicy)
  expect([3, 4, 8, 11].map((count) => quotas.map((quota) => seatsIn(quota, count)))).toEqual([
    ...[
      [1, 1],
      [1, 2],
      [2, 3],
      [2, 4],
    ],
  ])
  expect(await throughXlsx(table)).toEqual(table)
  const rounding = { award: 'co', name: 'Cờ thi đua', seats: 1, rounding: 'up' } as const
  expect(problemsOfPointTable(judged({ awards: [rounding] }))[0]?.text.vi).toContain('chỉ làm tròn số suất theo share')
})
