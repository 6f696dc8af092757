import {
  problemsBeyondPrinted,
  problemsOfCount,
  problemsOfGrades,
  problemsOfNames,
  problemsOfPerPercent,
  problemsOfSteps,
} from './check-bounds.ts'
import type { PointGrade, PointNode, PointTable, Step } from './table.ts'

const paths = (problems: readonly { readonly path?: string | undefined }[]) => problems.map(({ path }) => path)
const steps = (...all: Omit<Step, 'points'>[]) =>
  paths(problemsOfSteps({ kind: 'steps', of: 'thu', steps: all.map((step, i) => ({ ...step, points: i })) }, 'rule'))

test.each<[string, Omit<Step, 'points'>[], string[]]>([
  ['from the highest down', [{ from: 90 }, { from: 70 }, {}], []],
  ['from the lowest up', [{ from: 50 }, { from: 70 }, { above: 90 }], ['rule.steps[1]', 'rule.steps[2]']],
  ['below, then at most, the same', [{ below: 50 }, { to: 50 }], []],
  ['at most, then below, the same', [{ to: 50 }, { below: 50 }], ['rule.steps[1]']],
  ['from and above the same', [{ above: 5 }, { from: 5 }], []],
  ['after one that takes all', [{}, { from: 5 }], ['rule.steps[1]']],
  [
    'of no number',
    [
      { from: 5, below: 5 },
      { above: 7, to: 6 },
      { from: 5, to: 5 },
    ],
    ['rule.steps[0]', 'rule.steps[1]'],
  ],
  [
    'inside an interval',
    [
      { from: 1, to: 9 },
      { above: 1, below: 9 },
      { from: 1, to: 10 },
    ],
    ['rule.steps[1]'],
  ],
])('steps %s', (_, all, wrong) => {
  expect(steps(...all)).toEqual(wrong)
})

const when = { fact: 'kỷ luật', operator: 'equal', value: false } as NonNullable<PointGrade['when']>
test.each<[string, Omit<PointGrade, 'name'>[], string[]]>([
  ['from the best down', [{ id: 'A', from: 90 }, { id: 'B', from: 70 }, { id: 'C' }, { id: 'D' }], []],
  [
    'that rise',
    [
      { id: 'B', from: 70 },
      { id: 'A', from: 90 },
    ],
    ['grades[1].from'],
  ],
  ['below one that takes all', [{ id: 'C' }, { id: 'B', from: 70 }], ['grades[1].from']],
  [
    'that rise after a condition or a quota',
    [
      { id: 'A', from: 70, when },
      { id: 'B', from: 90 },
    ],
    [],
  ],
  [
    'under one name',
    [
      { id: 'A', from: 90 },
      { id: 'A', from: 70 },
    ],
    ['grades[1].id'],
  ],
])('grades %s', (_, grades, wrong) => {
  expect(paths(problemsOfGrades(grades.map((grade) => ({ ...grade, name: grade.id }) as PointGrade)))).toEqual(wrong)
})

test('names by which conditions find what the table itself has are reserved', () => {
  const named = (...names: string[]) => Object.fromEntries(names.map((name) => [name, {}]))
  const table = {
    facts: named('score', 'scores', 'points.1', 'points', '__proto', 'grade.A', 'grades'),
    figures: JSON.parse('{"__proto__": "thu", "indicator.grdp": "thu", "grade": "thu", "grdp": "thu"}'),
  } as unknown as PointTable
  expect(paths(problemsOfNames(table))).toEqual([
    'facts.score',
    'facts.points.1',
    'facts.grade.A',
    'figures.__proto__',
    'figures.indicator.grdp',
    'figures.grade',
  ])
})

const count = (rule: object, more: Partial<PointNode> = {}): PointNode =>
  ({ code: '1', name: 'Báo cáo chậm', points: 5, rule: { kind: 'count', of: 'chậm', ...rule }, ...more }) as PointNode
test.each<[string, PointNode, string[]]>([
  ['that gives', count({ each: 0.5 }), []],
  ['that only takes away, in the scale', count({ each: -1 }), ['1.rule.each']],
  ['that takes away from its points', count({ each: -1, base: 5 }), []],
  ['that only takes away, outside the scale', count({ each: -1 }, { outside: true }), []],
  ['of a part that may fall below nought', count({ each: -1 }, { floor: -5 }), []],
  ['of nothing', count({ each: 0 }), ['1.rule.each']],
])('a count %s', (_, node, wrong) => {
  expect(paths(problemsOfCount(node, '1'))).toEqual(wrong)
})

test('a count gives no more than is printed, unless its cap says so', () => {
  expect(paths(problemsBeyondPrinted(count({ each: 1, most: 6 }), '1'))).toEqual(['1.rule.most'])
  expect(problemsBeyondPrinted(count({ each: 1, most: 6 }, { cap: 6 }), '1')).toEqual([])
})

test('per cent are counted whole or begun', () => {
  const rule = { kind: 'per-percent', of: 'thu', target: 100, less: 1, begun: true } as const
  expect(problemsOfPerPercent(rule, 'rule')).toEqual([])
  expect(paths(problemsOfPerPercent({ ...rule, whole: true }, 'rule'))).toEqual(['rule.begun'])
})
