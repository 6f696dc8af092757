// Tables that others print, written down as a trial of the format: what they say is said, and their sums are theirs.
import * as points from '../src/points/index.ts'
import { pointRows, readPointRows, readRows, writeXlsx } from '../src/table/index.ts'

type Nodes = points.PointNode[]
const scoreOf = (table: points.PointTable, facts: NonNullable<points.PointEntry['facts']>) =>
  points.scorePoints(table, [{ unit: 'x', facts }])[0] as points.PointScore
const throughXlsx = async (table: points.PointTable) =>
  readPointRows(await readRows(Buffer.from(writeXlsx(pointRows(table)))))

type Facts = Readonly<Record<string, points.DeclaredFact>>
/** The facts that rules of a tree ask for, each a number unless it is said otherwise. */
const declared = (nodes: Nodes, others: Facts = {}): Facts => {
  const asked = nodes.flatMap(function of({ rule, children = [] }: points.PointNode): string[] {
    return [...points.figuresOf(rule).flatMap((figure) => points.namesIn(figure).facts), ...children.flatMap(of)]
  })
  return { ...Object.fromEntries(asked.map((name) => [name, { type: 'number' as const }])), ...others }
}
const judged = (code: string, most: number): points.PointNode => ({
  ...{ code, name: `Mục ${code}`, points: most, rule: { kind: 'judged', of: code } },
})
const each = (code: string, name: string, of: string, less: number): points.PointNode => ({
  ...{ code, name, outside: true, rule: { kind: 'count', of, each: less } },
})

describe('PTIT 2024-2025, điểm rèn luyện (github.com/Haole1945/drl-platform)', () => {
  const level = (value: string, worth: number) => ({
    when: { fact: 'học lực', operator: 'equal' as const, value },
    rule: { kind: 'full' as const, points: worth },
  })
  const nodes: Nodes = [
    {
      ...{ code: '1', name: 'Ý thức tham gia học tập', points: 20 },
      children: [
        judged('1.1', 3),
        {
          ...{ code: '1.2', name: 'Kết quả học tập trong kỳ học', points: 10, floor: -1 },
          rule: {
            kind: 'cases',
            cases: [
              level('xuất sắc', 10),
              level('giỏi', 8),
              level('khá', 6),
              level('trung bình', 4),
              level('dưới trung bình', 0),
              level('học lại', -1),
            ],
          },
        },
        {
          ...{ code: '1.3', name: 'Chấp hành nội quy về các kỳ thi', points: 4, rule: { kind: 'full' } },
          children: [
            each('1.3.1', 'Bị cấm thi, mỗi học phần', 'cấm thi', -2),
            each('1.3.2', 'Khiển trách', 'khiển trách', -2),
            each('1.3.3', 'Cảnh cáo', 'cảnh cáo', -3),
            each('1.3.4', 'Đình chỉ', 'đình chỉ', -4),
          ],
        },
        { ...judged('1.4', 2), rule: { kind: 'count', of: 'sự kiện', each: 0.5 } },
        judged('1.5', 1),
      ],
    },
    {
      ...{ code: '2', name: 'Ý thức chấp hành nội quy', points: 25 },
      children: [
        {
          ...{ code: '2.1', name: 'Thực hiện nội quy', points: 15, rule: { kind: 'full' } },
          children: [
            each('2.1.1', 'Không đóng học phí', 'không đóng học phí', -15),
            each('2.1.2', 'Nội trú, ngoại trú', 'sai quy định nội trú', -5),
          ],
        },
        { ...judged('2.2', 5), rule: { kind: 'count', of: 'vắng họp', each: -1, base: 5, least: 0 } },
        { ...judged('2.3', 5), rule: { kind: 'count', of: 'vắng hội thảo', each: -2, base: 5, least: 0 } },
      ],
    },
    {
      ...{ code: '3', name: 'Hoạt động chính trị – xã hội', points: 20 },
      children: [
        judged('3.1', 10),
        judged('3.2', 4),
        judged('3.3', 3),
        judged('3.4', 3),
        each('3.5', 'Đưa thông tin sai lệch', 'tin sai lệch', -10),
      ],
    },
    {
      ...{ code: '4', name: 'Ý thức công dân', points: 25 },
      children: [
        ...[judged('4.1', 8), judged('4.2', 5), judged('4.3', 5), judged('4.4', 5), judged('4.5', 2)],
        each('4.6', 'Vi phạm an ninh trật tự', 'vi phạm trật tự', -5),
      ],
    },
    {
      ...{ code: '5', name: 'Phụ trách lớp, thành tích đặc biệt', points: 10 },
      children: [judged('5.1', 4), judged('5.2', 3), judged('5.3', 3)],
    },
  ]
  const table: points.PointTable = {
    ...{ id: 'ptit', version: '2024', title: 'Phiếu đánh giá kết quả rèn luyện', note: 'PTIT', total: 100 },
    facts: declared(nodes, { 'học lực': { type: 'text', name: 'Học lực' } }),
    nodes,
  }
  const none = Object.fromEntries(
    Object.keys(table.facts ?? {}).map((name) => [name, name === 'học lực' ? 'xuất sắc' : 0]),
  )

  test('three events of 0,5 are 1,5; one reprimand leaves 2 of 4; two absences 3 of 5; a rumour costs 10', async () => {
    expect(points.problemsOfPointTable(table)).toEqual([])
    expect(await throughXlsx(table)).toEqual(table)
    const facts = {
      ...none,
      ...{ 'học lực': 'khá', '1.1': 3, 'khiển trách': 1, 'sự kiện': 3, 'vắng họp': 2, 'vắng hội thảo': 1 },
      ...{
        '3.1': 8,
        '3.2': 4,
        '3.3': 3,
        '3.4': 3,
        'tin sai lệch': 1,
        '4.1': 8,
        '4.2': 5,
        '4.3': 5,
        '4.4': 5,
        '5.2': 3,
      },
    }
    const score = scoreOf(table, facts)
    const of = (code: string) => score.lines.find((line) => line.code === code)?.points
    expect(['1', '2', '3', '4', '5'].map(of)).toEqual([3 + 6 + 2 + 1.5, 15 + 3 + 3, 18 - 10, 23, 3])
    expect(score.points).toBe(67.5)
  })

  test('whoever repeats a course has −1, and nothing of an item falls below 0 besides', () => {
    const score = scoreOf(table, { ...none, 'học lực': 'học lại', 'đình chỉ': 2, 'không đóng học phí': 1 })
    expect(['1.2', '1.3', '2.1'].map((code) => score.lines.find((line) => line.code === code)?.points)).toEqual([
      -1, 0, 0,
    ])
  })
})

test('132-QĐ/TW: two thirds of the criteria excellent, none below good, and a fifth of those who are good or better', () => {
  const criteria = [1, 2, 3, 4, 5, 6].map((i) => `tiêu chí ${i}`)
  const so = (...levels: string[]) => criteria.map((fact) => ({ fact, operator: 'in' as const, value: levels }))
  const atLeast = (fact: string, value: number) => ({ fact, operator: 'greaterThanInclusive' as const, value })
  const table: points.PointTable = {
    ...{ id: 'x', version: '2023', title: 'Xếp loại tổ chức', note: 'Theo 132-QĐ/TW; sáu tiêu chí là ví dụ', total: 6 },
    facts: Object.fromEntries(criteria.map((name) => [name, { type: 'text' as const }])),
    figures: {
      'số xuất sắc': { holding: so('xuất sắc') },
      'số từ tốt': { holding: so('xuất sắc', 'tốt') },
      'số từ trung bình': { holding: so('xuất sắc', 'tốt', 'trung bình') },
    },
    nodes: [
      { code: '1', name: 'Số tiêu chí từ mức tốt', points: 6, rule: { kind: 'count', of: 'số từ tốt', each: 1 } },
    ],
    grades: [
      {
        ...{ id: 'xs', name: 'Hoàn thành xuất sắc nhiệm vụ', atMost: { share: 0.2, of: 't', atLeast: 1 } },
        when: { all: [atLeast('số xuất sắc', 4), atLeast('số từ tốt', 6)] },
      },
      {
        id: 't',
        name: 'Hoàn thành tốt nhiệm vụ',
        when: { all: [atLeast('số từ tốt', 4), atLeast('số từ trung bình', 6)] },
      },
      { id: 'ht', name: 'Hoàn thành nhiệm vụ', when: atLeast('số từ trung bình', 6) },
      { id: 'k', name: 'Không hoàn thành nhiệm vụ' },
    ],
    tieBreaks: [{ fact: 'số xuất sắc' }],
  }
  const unit = (name: string, levels: string) => ({
    unit: name,
    facts: Object.fromEntries(
      criteria.map((fact, i) => [
        fact,
        { x: 'xuất sắc', t: 'tốt', b: 'trung bình', k: 'kém' }[levels[i] ?? 'k'] as string,
      ]),
    ),
  })
  const ranks = points.rankPoints(table, [
    ...[unit('a', 'xxxxtt'), unit('b', 'xxxxxt'), unit('c', 'ttttbb'), unit('d', 'xxttbb'), unit('e', 'xxxxxk')],
  ])
  expect(ranks.map(({ unit: of, grade }) => [of, grade])).toEqual([
    ...[
      ['b', 'xs'],
      ['a', 't'],
      ['e', 'k'],
      ['d', 't'],
      ['c', 't'],
    ],
  ])
  expect(ranks[1]?.reasons[0]).toBe(
    'Hoàn thành xuất sắc nhiệm vụ: đã đủ 1 đơn vị (20% của 4 đơn vị là 0,8, làm tròn xuống còn 0, ít nhất 1)',
  )
})

test('414/QĐ-ĐHFPT: groups of at most 35, 50, 25 and 30, at most 140 in all, and nothing counts below 60', () => {
  const groups = [35, 50, 25, 30].map(
    (most, i): points.PointNode => ({
      ...{ code: `${i + 1}`, name: `Nhóm ${i + 1}`, points: most },
      rule: { kind: 'count', of: `nhóm ${i + 1}`, each: 1 },
    }),
  )
  const table: points.PointTable = {
    ...{ id: 'x', version: '2025', title: 'Điểm phong trào', note: 'FPT', total: 140, cap: 140 },
    facts: declared(groups),
    nodes: groups,
    ungraded: [{ when: { fact: 'score', operator: 'lessThan', value: 60 }, reason: 'Dưới 60 điểm: không tính' }],
  }
  const of = (...values: number[]) =>
    scoreOf(table, Object.fromEntries(values.map((value, i) => [`nhóm ${i + 1}`, value])))
  expect([of(40, 20, 10, 0).points, of(99, 99, 99, 99).points]).toEqual([65, 140])
  expect(of(40, 10, 5, 0).reasons).toEqual(['Dưới 60 điểm: không tính'])
})
