import type { Nomination, Nominee } from '@dienbien/targets/emulation'
import { Registry, type Unit } from '../../figures/registry.ts'
import { commendationSection } from './awards-sections.ts'
import type { RankedCluster, RankedMember } from './ranked.ts'

const registry = new Registry(
  ['101', '102'].map((code) => ({ id: code, code, name: `Huyện ${code}`, parentId: null }) as Unit),
  [],
  [],
)
const reasons = [{ vi: 'Đạt mọi chỉ tiêu', en: 'All met' }]
const member = (unit: string, nomination: Partial<Nomination> | null) => ({ unit, nomination }) as RankedMember
const cluster: RankedCluster = {
  cluster: { code: 'cao', name: 'Cụm vùng cao', synthetic: false },
  score: 80,
  spread: 2,
  members: [member('101', { award: 'emulation-flag', reasons }), member('102', null)],
}
const nominee = (fields: Partial<Nominee>) =>
  ({ unit: '101', award: 'emulation-flag', reasons, reason: null, verdict: null, decision: null, ...fields }) as Nominee
const rows = (...nominees: Nominee[]) =>
  commendationSection(
    [cluster],
    new Map([['cao', { nominees, decisions: [{ number: '12/QĐ-UBND', date: '2023-03-15', published: true }] }]]),
    [],
    registry,
  ).table?.rows

test('without a proposal it says what the ranking of today would propose, and of whom alone', () => {
  const expected = rows()
  expect(expected).toHaveLength(1)
  expect(expected?.[0]).toEqual(
    expect.arrayContaining(['Huyện 101', 'Dự kiến, chưa chốt xếp hạng', 'Đạt mọi chỉ tiêu']),
  )
})

test('a proposal stands with its verdict, its decision by day, and why', () => {
  expect(rows(nominee({}))?.[0]?.[3]).toBe('Chờ thẩm định')
  expect(
    rows(nominee({ verdict: 'agree', granted: 'emulation-flag', decision: '12/QĐ-UBND', reason: 'Đủ điều kiện' }))?.[0],
  ).toEqual([
    'Cụm vùng cao',
    'Huyện 101',
    expect.stringMatching(/\p{Lu}/u),
    'Đồng ý',
    '12/QĐ-UBND ngày 15/03/2023',
    expect.stringMatching(/\p{Lu}/u),
    'Đạt mọi chỉ tiêu; Đủ điều kiện',
  ])
})

test('what was taken back is not shown as granted', () => {
  const [row] = rows(nominee({ verdict: 'agree', granted: 'emulation-flag', revoked: 'Kê khai sai' })) ?? []
  expect(row?.[5]).toBe('Đã thu hồi')
  expect(row?.[6]).toContain('Kê khai sai')
})

test('who is proposed above the clusters is named before the table', () => {
  const above = [{ unit: '102', award: 'government-flag', reasons }] as unknown as Nomination[]
  expect(commendationSection([], new Map(), above, registry).paragraphs).toEqual([
    'Đề nghị cấp trên khen thưởng:',
    'Huyện 102: Đạt mọi chỉ tiêu.',
  ])
})
