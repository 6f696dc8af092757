// Coefficients, counts of what was reached, points that follow from points, bonuses scaled by the leader's: worked by hand.
import * as points from '../src/points/index.ts'
import { pointRows, readPointRows, readRows, writeXlsx } from '../src/table/index.ts'

const { problemsOfPointTable, scorePoints } = points

const tableOf = (nodes: points.PointNode[], more: Partial<points.PointTable> = {}): points.PointTable => ({
  ...{ id: 'x', version: '2025', title: 'Bảng thử', note: 'Bịa để thử', total: 100 },
  facts: {
    ...{ a: { type: 'number' }, b: { type: 'number' }, c: { type: 'number' } },
    'khu vực': { type: 'text', name: 'Khu vực' },
  },
  nodes,
  ...more,
})
const judged = (code: string, of: string, most: number): points.PointNode => ({
  ...{ code, name: `Mục ${code}`, points: most, rule: { kind: 'judged', of } },
})
const scoreOf = (table: points.PointTable, facts: points.PointEntry['facts'] = {}) =>
  scorePoints(table, [{ unit: 'x', facts }])[0] as points.PointScore
const lineOf = ({ lines }: points.PointScore, code: string) => lines.find((line) => line.code === code)
const wrongIn = (table: points.PointTable) => problemsOfPointTable(table).map(({ path, text }) => `${path}: ${text.vi}`)
const throughXlsx = async (table: points.PointTable) =>
  readPointRows(await readRows(Buffer.from(writeXlsx(pointRows(table)))))
const HIGHLAND = { fact: 'khu vực', operator: 'equal', value: 'III' } as const

describe('coefficients', () => {
  const doubled = tableOf([{ ...judged('I', 'a', 30), coefficient: 2 }, judged('II', 'b', 40)])

  test('điểm × hệ số 2: 25 of 30 count 50 of 60, and the printed sum is 30 × 2 + 40 = 100', async () => {
    expect(wrongIn(doubled)).toEqual([])
    const score = scoreOf(doubled, { a: 25, b: 31 })
    expect(score).toMatchObject({ points: 81, outOf: 100 })
    expect(lineOf(score, 'I')).toMatchObject({ points: 50, outOf: 60, own: 50, limited: 0, coefficient: 2 })
    expect(await throughXlsx(doubled)).toEqual(doubled)
    expect(wrongIn({ ...doubled, total: 70 })).toEqual(['total: in là 70 điểm, nhưng các mục cộng lại được 100'])
    expect(wrongIn(tableOf([{ ...judged('I', 'a', 30), coefficient: 0 }, judged('II', 'b', 100)]))).toEqual([
      'nodes[0].coefficient: phải lớn hơn 0',
    ])
  })

  test('a weighted mean, (2 × 90 + 60) ÷ 3 = 80: coefficients of two thirds and one third', () => {
    const third = (times: number) => ({ ratio: [times, 3] })
    const table = tableOf([
      { ...judged('I', 'a', 100), coefficient: third(2) },
      { ...judged('II', 'b', 100), coefficient: third(1) },
    ])
    expect(wrongIn(table)).toEqual([])
    expect(scoreOf(table, { a: 90, b: 60 }).points).toBe(80)
  })

  test('the coefficient of a region multiplies what comes below it, bounds and roundings before it', () => {
    const region = { cases: [{ when: HIGHLAND, figure: 1.2 }], otherwise: 1 }
    const inner: points.PointNode = {
      ...{ code: 'A', name: 'Nhiệm vụ', points: 100, coefficient: region, cap: 90, step: 0.5 },
      children: [judged('I', 'a', 60), judged('II', 'b', 40)],
    }
    const whole = tableOf([inner])
    const of = (khuVực: string, facts: object) => scoreOf(whole, { ...facts, 'khu vực': khuVực })
    // 40,3 + 20,1 = 60,4 → 60,5; × 1,2 = 72,6.
    expect(of('I', { a: 40.3, b: 20.1 }).points).toBe(60.5)
    const high = of('III', { a: 40.3, b: 20.1 })
    expect(high.points).toBe(72.6)
    expect(high.lines.map(({ points, outOf }) => [points, outOf])).toEqual([
      [72.6, 120],
      [48.36, 72],
      [24.12, 48],
    ])
    expect(of('III', { a: 60, b: 40 }).points).toBe(108)
    // "Sau khi nhân hệ số không vượt quá điểm chuẩn": a node around it has the bound.
    const bounded = tableOf([{ code: 'T', name: 'Tổng', points: 100, cap: 100, children: [inner] }])
    expect(wrongIn(bounded)).toEqual([])
    expect(scoreOf(bounded, { a: 60, b: 40, 'khu vực': 'III' }).points).toBe(100)
  })

  test('of which nothing is known, the node is missing', () => {
    const table = tableOf([{ ...judged('I', 'a', 60), coefficient: 'c' }, judged('II', 'b', 40)])
    expect(lineOf(scoreOf(table, { a: 50, b: 10 }), 'I')).toMatchObject({ points: 0, outOf: 60, clause: 'missing' })
    expect(lineOf(scoreOf(table, { a: 50, b: 10, c: 1.1 }), 'I')).toMatchObject({ points: 55, clause: 'judged' })
  })

  test('what is not assigned goes to the others by what it counts for', () => {
    const three = tableOf(
      [{ ...judged('I', 'a', 20), coefficient: 2 }, judged('II', 'b', 30), judged('III', 'c', 30)],
      { notAssigned: 'share' },
    )
    const [score] = scorePoints(three, [{ unit: 'x', facts: { b: 15, c: 30 }, notAssigned: ['I'] }])
    // 40 points to 60: 15 of 30 are 25 of 50.
    expect([score?.points, score?.outOf]).toEqual([75, 100])
  })

  test('sheets are filled in before coefficients, and are held against the table so', () => {
    const score = scoreOf(doubled, { a: 25, b: 31 })
    expect(points.addUp(doubled, { I: 26, II: 31 })).toEqual({ total: 83, nodes: { I: 26, II: 31 } })
    expect(points.departures(doubled, { I: 26, II: 31 }, score)).toMatchObject([{ code: 'I', own: 26, other: 25 }])
    const [given] = scorePoints(doubled, [{ unit: 'x', facts: { b: 31 }, given: { I: 26 } }])
    expect(given?.points).toBe(83)
  })

  test('a minimum is one before coefficients too', () => {
    const table = tableOf([{ ...judged('I', 'a', 30), coefficient: 2, minimum: 20 }, judged('II', 'b', 40)], {
      grades: [{ id: 'd', name: 'Đạt', minimums: true }],
    })
    expect([scoreOf(table, { a: 15 }).grade, scoreOf(table, { a: 20 }).grade]).toEqual([null, 'd'])
  })

  test('what it takes prefers the criterion that counts twice', () => {
    const entries = [
      { unit: 'x', facts: { a: 10, b: 20 } },
      { unit: 'y', facts: { a: 20, b: 20 } },
    ]
    // From 40 to 60, of which a point of I brings two.
    expect(points.pointsItTakes(doubled, entries, 'x')).toMatchObject({
      gap: 20,
      changes: [{ code: 'I', from: 10, to: 20, value: 20 }],
    })
  })
})

describe('a number of targets that were reached', () => {
  const facts = Object.fromEntries([1, 2, 3, 4].map((i) => [`chỉ tiêu ${i}`, { type: 'number' as const }]))
  const holding = [1, 2, 3, 4].map((i) => ({
    ...{ fact: `chỉ tiêu ${i}`, operator: 'greaterThanInclusive' as const, value: 100 },
  }))
  const units = (...values: (number | null)[]) =>
    Object.fromEntries(values.map((value, i) => [`chỉ tiêu ${i + 1}`, value]))

  test('points for each, by number, and by share: 3 of 4 are 75%', () => {
    const each = tableOf(
      [
        { code: 'I', name: 'Mỗi chỉ tiêu đạt 10', points: 40, rule: { kind: 'count', of: { holding }, each: 10 } },
        {
          ...{ code: 'II', name: 'Tỷ lệ chỉ tiêu đạt', points: 60 },
          rule: {
            kind: 'steps',
            of: { ratio: [{ holding }, 4], times: 100 },
            steps: [
              { from: 90, points: 60 },
              { from: 70, points: 40 },
            ],
          },
        },
      ],
      { facts },
    )
    expect(wrongIn(each)).toEqual([])
    const score = scoreOf(each, units(100, 120, 99.9, 100))
    expect(score.lines.map(({ points }) => points)).toEqual([30, 40])
    // What was not reported is not reached; where nothing was, nothing is known.
    expect(scoreOf(each, units(100, null)).lines.map(({ points }) => points)).toEqual([10, 0])
    expect(scoreOf(each).lines.map(({ clause }) => clause)).toEqual(['missing', 'missing'])
  })

  test('a target of each region', () => {
    const rule: points.PointRule = {
      ...{ kind: 'proportion', of: 'a' },
      target: { cases: [{ when: HIGHLAND, figure: 80 }], otherwise: 90 },
    }
    const table = tableOf([{ code: 'I', name: 'Tỷ lệ hộ', points: 100, rule }])
    expect([
      scoreOf(table, { a: 72, 'khu vực': 'III' }).points,
      scoreOf(table, { a: 72, 'khu vực': 'I' }).points,
    ]).toEqual([90, 80])
    const wrong = { ...rule, target: { cases: [{ when: { ...HIGHLAND, fact: 'khu vuc' }, figure: 80 }] } }
    expect(problemsOfPointTable(tableOf([{ code: 'I', name: 'x', points: 100, rule: wrong }]))[0]?.text.vi).toMatch(
      /không có dữ kiện "khu vuc"/,
    )
  })
})

describe('points that follow from points', () => {
  const base = judged('I', 'a', 100)
  const bonus: points.PointNode = {
    ...{ code: 'II', name: 'Thưởng', outside: true, rule: { kind: 'judged', of: 'b', most: 5 } },
    when: { fact: 'points.I', operator: 'greaterThanInclusive', value: 80 },
  }

  test('a bonus counts only from 80 points of another criterion', () => {
    const table = tableOf([base, bonus])
    expect([scoreOf(table, { a: 80, b: 4 }).points, scoreOf(table, { a: 79, b: 4 }).points]).toEqual([84, 79])
    expect(lineOf(scoreOf(table, { a: 79, b: 4 }), 'II')?.clause).toBe('condition')
  })

  test('steps by the sum of two criteria', () => {
    const rule: points.PointRule = {
      ...{ kind: 'steps', of: { sum: ['points.I.1', 'points.I.2'] } },
      steps: [
        { from: 90, points: 10 },
        { from: 70, points: 5 },
      ],
    }
    const table = tableOf([
      { code: 'I', name: 'Một', points: 100, children: [judged('I.1', 'a', 60), judged('I.2', 'b', 40)] },
      { code: 'II', name: 'Thưởng', outside: true, rule },
    ])
    expect([scoreOf(table, { a: 50, b: 40 }).points, scoreOf(table, { a: 40, b: 30 }).points]).toEqual([100, 75])
  })

  test('of a criterion that stands behind, or holds it, or for the whole cluster, is refused', () => {
    expect(problemsOfPointTable(tableOf([bonus, base]))[0]?.text.vi).toMatch(/không có dữ kiện "points.I"/)
    const behind: points.PointNode = {
      ...{ code: 'II', name: 'x', outside: true, rule: { kind: 'count', of: 'points.III', each: 1 } },
    }
    expect(problemsOfPointTable(tableOf([base, behind]))).toMatchObject([{ path: 'nodes[1].rule.of', nearest: 'II' }])
    const best = { kind: 'leader', of: 'points.I' } as const
    expect(wrongIn(tableOf([base, { ...behind, rule: best }]))).toEqual([
      'nodes[1].rule: so với các đơn vị khác thì không theo điểm của mục (points.…): ghi leaderGets ở mục đó',
    ])
  })
})

describe('bonuses scaled by the highest of the cluster', () => {
  const flag = (code: string, of: string): points.PointNode => ({
    ...{ code, name: code, outside: true, rule: { kind: 'count', of, each: 4 } },
  })
  const bonus: points.PointNode = {
    ...{ code: 'T', name: 'Điểm thưởng', outside: true, leaderGets: 5, children: [flag('T.1', 'b'), flag('T.2', 'c')] },
  }
  const table = tableOf([judged('I', 'a', 100), bonus])
  const entries = [
    { unit: 'x', facts: { a: 90, b: 2, c: 1 } },
    { unit: 'y', facts: { a: 91, b: 1, c: 0 } },
    { unit: 'z', facts: { a: 92, b: 0, c: 0 } },
  ]

  test('12 raw points are the most and become 5, 4 become 1,67, none none', async () => {
    const scored = scorePoints(table, entries)
    expect(scored.map((score) => Number(score.points.toFixed(2)))).toEqual([95, 92.67, 92])
    expect(lineOf(scored[0] as points.PointScore, 'T')).toMatchObject({ points: 5, own: 0, limited: -7 })
    expect(await throughXlsx(table)).toEqual(table)
    // Alone, whoever has anything leads; and what an assessor gave counts as what it stands for.
    expect(scorePoints(table, entries.slice(1, 2))[0]?.points).toBe(96)
    const given = scorePoints(table, [
      entries[0] as points.PointEntry,
      { unit: 'y', facts: { a: 91 }, given: { 'T.1': 24 } },
    ])
    expect(given.map((score) => score.points)).toEqual([92.5, 96])
  })

  test('a part of the scale is what its leader gets', () => {
    const inside = { ...bonus, outside: false, points: 10 }
    expect(wrongIn(tableOf([judged('I', 'a', 90), inside]))).toEqual([
      'nodes[1].leaderGets: đơn vị cao nhất được 5 điểm, nhưng mục in 10; nếu là điểm thưởng thì ghi outside',
    ])
    const whole = tableOf([judged('I', 'a', 90), { ...inside, leaderGets: 10 }])
    expect(wrongIn(whole)).toEqual([])
    expect(scorePoints(whole, entries)[0]).toMatchObject({ points: 100, outOf: 100 })
  })

  test('what it takes to pass: two flags more, which lead, and lower the bonus of who led', () => {
    const behind = [
      { unit: 'x', facts: { a: 90, b: 2, c: 1 } },
      { unit: 'y', facts: { a: 91, b: 0, c: 0 }, given: { 'T.2': 0 } },
    ]
    const { changes, passing } = points.pointsItTakes(table, behind, 'x')
    expect([changes, passing]).toEqual([[], null])
    const found = points.pointsItTakes(table, behind, 'y')
    expect(found).toMatchObject({ passing: 'x', gap: 4, reachable: true })
    const given = Object.fromEntries(found.changes.map(({ code, to }) => [code, to]))
    const after = points.rankPoints(table, [behind[0] as points.PointEntry, { unit: 'y', facts: { a: 91 }, given }])
    expect(after.find(({ unit }) => unit === 'y')?.rank).toBe(1)
  })

  test('of one inside another: 4 and 8 of the leader’s 8 become 3 and 6, with 2 more each 5 and 8, of the leader’s 8', () => {
    const nested = tableOf([
      judged('I', 'a', 100),
      {
        ...{ code: 'T', name: 'T', outside: true, leaderGets: 4 },
        children: [
          { code: 'U', name: 'U', outside: true, leaderGets: 6, children: [flag('U.1', 'b')] },
          { code: 'V', name: 'V', outside: true, rule: { kind: 'judged', of: 'c', most: 9 } },
        ],
      },
    ])
    const of = (b: number) => ({ unit: String(b), facts: { a: 0, b, c: 2 } })
    expect(scorePoints(nested, [of(1), of(2)]).map((score) => score.points)).toEqual([2.5, 4])
  })
})
