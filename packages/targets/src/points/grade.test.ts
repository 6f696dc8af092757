import { rankPoints } from './rank.ts'
import type { PointTable } from './table.ts'

const table: PointTable = {
  ...{ id: 'x', version: '1', title: 'Bảng thử', note: 'Bịa để thử', total: 20 },
  facts: { thu: { type: 'number' } },
  nodes: [
    { code: '1', name: 'Thu', points: 10, minimum: 7.5, rule: { kind: 'count', of: 'thu', each: 1 } },
    { code: '2', name: 'Khác', points: 10, rule: { kind: 'full' } },
  ],
  grades: [
    { id: 'a', name: 'Tốt', every: 0.55 },
    { id: 'b', name: 'Khá', minimums: true },
    { id: 'c', name: 'Đạt' },
  ],
}

test('what stood in the way of a grade is told in numbers as an office writes them', () => {
  const [unit] = rankPoints(table, [{ unit: 'a', facts: { thu: 5.4 } }])
  expect(unit).toMatchObject({
    grade: 'c',
    reasons: ['Tốt: mục 1 đạt 5,4/10 điểm, dưới 55%', 'Khá: mục 1 dưới mức tối thiểu 7,5'],
  })
})
