// The printed form of a table says everything that decides points, grades, places and awards.
import { readdirSync, readFileSync } from 'node:fs'
import * as points from '../src/points/index.ts'

const folder = new URL('../tables/', import.meta.url)
const published = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))

const HIGHLAND = { fact: 'vùng', operator: 'equal', value: 'III' } as const
const whole: points.PointTable = {
  ...{ id: 'x', version: '2025', title: 'Bảng thử', note: 'Bịa để thử', total: 100, cap: 110, floor: 1, step: 0.5 },
  facts: {
    ...{ thu: { type: 'number', name: 'Thu ngân sách' }, vụ: { type: 'number' }, họp: { type: 'boolean' } },
    vùng: { type: 'text', name: 'Khu vực' },
  },
  figures: { 'tỷ lệ': { ratio: ['thu', 'vụ'], times: 100 }, chung: { cluster: 'mean', of: 'thu' } },
  conditions: { giỏi: { all: [{ fact: 'thu', operator: 'greaterThan', value: 70 }, { not: HIGHLAND }] } },
  missing: 'full',
  nodes: [
    {
      ...{ code: 'I', name: 'Một', points: 20, coefficient: 2, cap: 19, decimals: 1, minimum: 7, best: 3 },
      children: [
        { code: 'I.1', name: 'a', points: 5, rule: { kind: 'yes-no', of: 'họp', points: 4, otherwise: 3 } },
        {
          ...{ code: 'I.2', name: 'b', points: 5, late: { share: 0.5, less: 1 } },
          rule: { kind: 'count', of: 'vụ', each: -0.25, base: 5, free: 2, least: 1 },
        },
        {
          ...{ code: 'I.3', name: 'c', points: 5, when: { condition: 'giỏi' } },
          rule: {
            kind: 'line',
            of: 'tỷ lệ',
            line: [
              { at: 10, points: 1 },
              { at: 60, points: 5 },
            ],
          },
        },
        {
          ...{ code: 'I.4', name: 'd', points: 5 },
          rule: {
            kind: 'cases',
            cases: [
              { when: HIGHLAND, rule: { kind: 'steps', of: 'thu', steps: [{ from: 50, points: 5 }], otherwise: 1.5 } },
              {
                when: { fact: 'vụ', operator: 'lessThan', value: 4 },
                rule: { kind: 'place', of: 'vụ', places: [4, 2] },
              },
            ],
          },
        },
      ],
    },
    {
      ...{ code: 'II', name: 'Hai', points: 60, mostAdded: 6, mostDeducted: 8 },
      children: [
        {
          code: 'II.1',
          name: 'e',
          points: 20,
          rule: { kind: 'proportion', of: 'thu', target: 90, from: 0.6, to: 0.9 },
        },
        {
          ...{ code: 'II.2', name: 'g', points: 20 },
          rule: { kind: 'per-percent', of: 'thu', target: 95, less: 0.5, more: 0.2, every: 3, most: 22 },
        },
        {
          ...{ code: 'II.3', name: 'h', points: 20 },
          rule: {
            ...{ kind: 'excess', of: 'thu', atTarget: 0.7, fullAt: 0.3 },
            target: { cases: [{ when: HIGHLAND, figure: 80 }], otherwise: 85 },
          },
        },
        {
          ...{ code: 'II.4', name: 'k', outside: true },
          rule: { kind: 'beyond', of: 'thu', above: 100, every: 5, each: 1.25, first: 2, most: 9 },
        },
        { code: 'II.5', name: 'l', outside: true, rule: { kind: 'share', node: 'II.1', share: 0.1, what: 'earned' } },
      ],
    },
    {
      ...{ code: 'T', name: 'Thưởng', outside: true, leaderGets: 5 },
      children: [
        {
          code: 'T.1',
          name: 'm',
          outside: true,
          when: { fact: 'points.I', operator: 'greaterThan', value: 30 },
          rule: { kind: 'judged', of: 'vụ', least: -3, most: 12 },
        },
        {
          ...{ code: 'T.2', name: 'n', outside: true },
          rule: {
            ...{ kind: 'count', each: 4, most: 11 },
            of: { holding: [{ fact: 'thu', operator: 'greaterThanInclusive', value: 88 }, HIGHLAND] },
          },
        },
      ],
    },
  ],
  grades: [
    { id: 'xs', name: 'Xuất sắc', from: 90, every: 0.65, minimums: true, atMost: { share: 0.2, of: 't', atLeast: 1 } },
    {
      id: 't',
      name: 'Tốt',
      from: 70,
      atMost: { units: 4 },
      when: { fact: 'points.I', operator: 'greaterThan', value: 13 },
    },
    { id: 'y', name: 'Yếu' },
  ],
  ungraded: [{ when: { fact: 'thu', operator: 'lessThan', value: 15 }, reason: 'Thu quá thấp' }],
  lowered: [{ when: { fact: 'vụ', operator: 'greaterThan', value: 6 }, reason: 'Quá nhiều vụ', to: 't' }],
  periods: [
    { id: 'H1', weight: 1 },
    { id: 'H2', weight: 2 },
  ],
  awards: [
    { award: 'co', name: 'Cờ', seats: 1, share: 0.25, above: { members: 10, seats: 2 } },
    { award: 'bk', name: 'Bằng khen', seats: 3, when: { fact: 'grade.xs', operator: 'equal', value: true } },
  ],
  tieBreaks: [{ node: 'I' }, { fact: 'vụ', better: 'less' }],
}

type Change = readonly [path: string, table: points.PointTable]
/** Each number, and each yes or no and choice of words, changed by itself. */
function* changes(table: points.PointTable): Generator<Change> {
  const CHOICES = ['what', 'better', 'rounding', 'missing', 'missed', 'take', 'operator', 'cluster']
  const OTHERS: Record<string, string> = {
    ...{ earned: 'printed', less: 'more', full: 'zero', mean: 'sum', lessThan: 'lessThanInclusive', equal: 'notEqual' },
    ...{ greaterThan: 'greaterThanInclusive', greaterThanInclusive: 'greaterThan' },
  }
  function* inside(value: unknown, path: (string | number)[]): Generator<Change> {
    if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) yield* inside(part, [...path, key])
      return
    }
    const key = String(path.at(-1))
    const choice = CHOICES.includes(key) ? OTHERS[String(value)] : undefined
    const other = typeof value === 'number' ? value * 1.01 || 0.01 : typeof value === 'boolean' ? !value : choice
    if (other === undefined || key === 'outside') return
    const copy = structuredClone(table)
    let at = copy as unknown as Record<string | number, unknown>
    for (const step of path.slice(0, -1)) at = at[step] as typeof at
    at[key] = other
    if (points.problemsOfPointTable(copy).length === 0) yield [path.join('.'), copy]
  }
  yield* inside(table, [])
}

test.each([whole, ...published].map((table) => [table.id, table] as const))(
  '%s: another number, choice or condition is another text',
  (_, table: points.PointTable) => {
    expect(points.problemsOfPointTable(table)).toEqual([])
    const printed = points.printPointTable(table)
    const silent = [...changes(table)].flatMap(([path, changed]) =>
      points.printPointTable(changed) === printed ? [path] : [],
    )
    expect(silent).toEqual([])
  },
)

test('as an office would write it', () => {
  const lines = points.printPointTable(whole, 'text').split('\n')
  const saying = (start: string) => lines.find((line) => line.startsWith(start))
  expect(saying('I\t')).toBe(
    'I\tMột\t20\ttính 3 mục cao nhất; tối đa 19; làm tròn đến 1 chữ số thập phân; nhân hệ số 2; mức tối thiểu khi xếp loại 7\t',
  )
  expect(saying('I.2')).toBe(
    'I.2\tb\t5\t5 điểm, mỗi trường hợp trừ 0,25, không tính 2 trường hợp đầu, tối thiểu 1; chậm: còn 50% số điểm, trừ 1\t',
  )
  expect(saying('I.3')).toBe(
    'I.3\tc\t5\tchỉ tính khi (Thu ngân sách trên 70 và không phải Khu vực là III); tỷ lệ: 10: 1; 60: 5; ở giữa tính theo đường thẳng\t',
  )
  expect(saying('I.4')).toBe(
    'I.4\td\t5\tnếu Khu vực là III thì (Thu ngân sách: từ 50: 5; còn lại: 1,5); ' +
      'nếu vụ dưới 4 thì (vụ: thứ 1: 4; thứ 2: 2; còn lại: 0); còn lại: 0\t',
  )
  expect(saying('T\t')).toBe('T\tThưởng\t\tquy đổi theo tỷ lệ, đơn vị cao nhất trong cụm được 5\t')
  expect(saying('tỷ lệ')).toBe('tỷ lệ = Thu ngân sách ÷ vụ (%)')
  expect(saying('Xếp loại Xuất sắc')).toBe(
    'Xếp loại Xuất sắc: từ 90 điểm; mỗi mục lớn đạt 65% số điểm trở lên; mỗi mục đạt mức tối thiểu; ' +
      'thiếu điều kiện: xét loại kế tiếp; không quá 20% số đơn vị xếp loại Tốt trở lên, làm tròn xuống, ít nhất 1',
  )
  expect(saying('Không xếp cao hơn')).toBe('Không xếp cao hơn loại Tốt khi vụ trên 6: Quá nhiều vụ')
  expect(saying('Cờ')).toBe('Cờ: 25% số thành viên, làm tròn xuống, ít nhất 1; cụm trên 10 thành viên: ít nhất 2 suất')
  expect(saying('Bằng khen')).toBe('Bằng khen: 3 suất; điều kiện: xếp loại Xuất sắc')
  expect(saying('Bằng điểm')).toBe('Bằng điểm thì xét lần lượt: điểm mục I; vụ thấp hơn; bỏ phiếu')
})
