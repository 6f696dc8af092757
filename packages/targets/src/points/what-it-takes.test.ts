import { compareDecimal } from '../decimal.ts'
import { rankPoints } from './rank.ts'
import type { PointTable, Rule } from './table.ts'
import { pointsItTakes } from './what-it-takes.ts'

/** Half of the points by a rule on "số vụ", half as an assessor judged. */
const table = (rule: Rule): PointTable => ({
  ...{ id: 'x', version: '1', title: 'x', note: 'x', total: 100 },
  facts: { 'số vụ': { type: 'number' }, điểm: { type: 'number' } },
  nodes: [
    { code: '1', name: 'Số vụ', points: 50, rule },
    { code: '2', name: 'Điểm', points: 50, rule: { kind: 'judged', of: 'điểm' } },
  ],
})
const entry = (unit: string, cases: number, points: number) => ({ unit, facts: { 'số vụ': cases, điểm: points } })

/** What a unit at `own` is told, the first having `lead` points more than its 50. */
function told(rule: Rule, own: number, lead: number) {
  const members = (cases: number) => [entry('a', cases, 50), { unit: 'b', given: { 1: lead, 2: 50 } }]
  const { changes } = pointsItTakes(table(rule), members(own), 'a')
  const [change] = changes
  if (changes.length !== 1 || change?.code !== '1') throw new Error('another criterion')
  const { to, value } = change
  if (typeof value !== 'number') return { to, value }
  const places = rankPoints(table(rule), members(value))
  const reached = places.find(({ unit }) => unit === 'a')
  // The figure that it names is enough, and brings the points that it names, or a little more.
  expect(reached?.rank).toBe(1)
  const earned = reached?.lines.find(({ code }) => code === '1')?.points ?? 0
  expect(compareDecimal(earned, to)).toBeGreaterThanOrEqual(0)
  return { to, value }
}

const proportion = { kind: 'proportion', of: 'số vụ' } as const
const steps = (...all: Extract<Rule, { kind: 'steps' }>['steps']): Rule => ({ kind: 'steps', of: 'số vụ', steps: all })

test.each<[string, Rule, number, number, { to: number; value: number | null }]>([
  ['no share of a target of nought', { ...proportion, target: 0, better: 'less' }, 2, 2.3, { to: 50, value: 0 }],
  ['nor beyond it', { ...proportion, target: -3, to: 1.2 }, -5, 2.3, { to: 50, value: -3 }],
  ['nothing below the first share', { ...proportion, target: 300, from: 0.7 }, 100, 2.3, { to: 35, value: 210 }],
  ['a third, rounded up', { ...proportion, target: 281.7 }, 0, 16.67, { to: 16.67, value: 93.919 }],
  ['less is better, rounded down', { ...proportion, target: 10, better: 'less' }, 90, 15, { to: 15, value: 33.333 }],
  [
    'what lies above a number',
    steps({ above: 90, points: 50 }, { from: 80, points: 5 }),
    85,
    40,
    { to: 50, value: null },
  ],
  [
    'a bound of the step before',
    steps({ to: 50, points: 2 }, { from: 50, points: 30 }),
    40,
    20,
    { to: 30, value: null },
  ],
  [
    'the first number of a step',
    steps({ from: 90, points: 50 }, { from: 80, points: 5 }),
    85,
    40,
    { to: 50, value: 90 },
  ],
  ['the last one', steps({ to: 3, points: 50 }, { to: 5, points: 20 }), 9, 20, { to: 20, value: 5 }],
])('what it takes: %s', (_, rule, own, lead, expected) => {
  expect(told(rule, own, lead)).toEqual(expected)
})
