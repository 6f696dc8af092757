import { evaluate } from '@dienbien/targets'
import { defaultPolicy, examplePolicy1000 } from '@dienbien/targets/emulation'
import { today } from '../../days.ts'
import { deadlineProblem, documentDayProblem } from './day-rules.ts'
import { factProblem } from './fact-rules.ts'
import { membershipProblem } from './membership-rules.ts'
import { sheetProblem } from './score-rules.ts'

test('the day is that of the province', () => {
  expect(today(new Date('2024-02-28T17:00:00Z'))).toBe('2024-02-29')
  expect(today(new Date('2024-12-31T16:59:59Z'))).toBe('2024-12-31')
})

test.each([
  ['2022-01-01', 2022, '2026-11-24', null],
  ['2023-05-31', 2022, '2026-11-24', null],
  ['2021-12-31', 2022, '2026-11-24', 'lies before 2022'],
  ['2030-03-15', 2022, '2026-11-24', 'lies in the future: today is 2026-11-24'],
  ['2025-03-02', 2025, '2025-03-01', 'lies in the future'],
])('a document of %s for %d, seen on %s', (day, year, on, message) => {
  if (message === null) expect(documentDayProblem(day, year, on)).toBeNull()
  else expect(documentDayProblem(day, year, on)?.en).toContain(message)
})

test.each([
  ['1999-01-01', 2022, true],
  ['2022-01-01', 2022, false],
  ['2024-06-30', 2023, false],
  ['2024-07-01', 2023, true],
])('a deadline of %s for %d is refused: %p', (day, year, refused) => {
  expect(deadlineProblem(day, year) !== null).toBe(refused)
})

test.each<[string, unknown, boolean]>([
  ['disciplined', true, false],
  ['disciplined', 7, true],
  ['disciplined', 'yes', true],
  ['underInspection', null, false],
  ['advancedModels', 3, false],
  ['advancedModels', -1, true],
  ['advancedModels', 1.5, true],
  ['advancedModels', true, true],
  ['ownFact', true, false],
  ['ownFact', 2, false],
  ['ownFact', 2.5, true],
  ['constructor', 2.5, true],
  ['ownFact', { a: 1 }, true],
])('%s: %p is refused: %p', (fact, value, refused) => {
  expect(factProblem(fact, value) !== null).toBe(refused)
})

test.each([
  ['cluster', 'district', ['district', 'district'], false],
  ['cluster', 'province', ['district'], true],
  ['cluster', 'province', [], true],
  ['cluster', 'province', ['province'], false, 'VN'],
  ['cluster', 'nation', [], true],
  ['bloc', 'province', ['province'], true, 'VN'],
  ['cluster', 'commune', ['district'], true],
  ['cluster', 'commune', [], false],
  ['cluster', 'department', [], true],
  ['bloc', 'department', ['organisation'], false],
  ['bloc', 'district', [], true],
] as const)('a %s takes a %s beside %p: refused %p', (kind, level, others, refused, parentId: string | null = null) => {
  expect(membershipProblem(kind, { level, parentId }, others) !== null).toBe(refused)
})

test('who is refused is not told that its own level is among those that may', () => {
  const { vi } = membershipProblem('cluster', { level: 'province', parentId: null }, []) ?? { vi: '' }
  expect(vi).toBe('cấp tỉnh không tham gia cụm thi đua, chỉ gồm: huyện, thị xã, thành phố; xã, phường, thị trấn')
})

describe('a score sheet', () => {
  const evaluation = evaluate({}, { unitLevel: 'district' })
  const counted = evaluation.results.filter(({ status }) => status !== 'NOT_APPLICABLE').length
  const problem = (...lines: [string, number][]) =>
    sheetProblem(
      lines.map(([item, points]) => ({ item, points })),
      evaluation,
      [defaultPolicy, examplePolicy1000].map((policy) => ({ ...policy, inheritedLevels: 'count' as const })),
    )

  test('within the policy', () => {
    expect(problem(['poverty-rate', Math.round((100 / counted) * 100) / 100])).toBeNull()
    expect(problem(['poverty-rate', 0], ['pact', 50], ['late-reports', -50])).toBeNull()
    expect(problem(['poverty-rate', Math.floor((800 / counted) * 1.05)])).toBeNull()
  })

  test.each<[string, [string, number]]>([
    ['below 0', ['poverty-rate', -5]],
    ['beyond the scale', ['poverty-rate', 1e9]],
    ['more than a criterion', ['pact', 50.5]],
    ['less than a penalty', ['late-reports', -51]],
    ['a penalty as a bonus', ['late-reports', 1]],
    ['not a number', ['poverty-rate', Number.NaN]],
    ['what does not count for a district', ['grdp-growth', 1]],
  ])('%s', (_, line) => {
    expect(problem(['forest-cover', 1], line)).toMatchObject({
      line: 1,
      text: { en: expect.stringContaining(line[0]) },
    })
  })

  test('the lines together stay within the scale and its bonuses', () => {
    const most = (800 / counted) * 1.05
    const all = evaluation.results
      .filter(({ status }) => status !== 'NOT_APPLICABLE')
      .map(({ indicatorId }): [string, number] => [indicatorId, most])
    expect(problem(...all, ['pact', 50], ['plan', 50], ['reviews', 50], ['models', 50])).toBeNull()
  })
})
