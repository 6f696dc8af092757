import fc from 'fast-check'
import { isCount } from '../src/core.ts'
import {
  examplePolicy1000,
  type Policy,
  type RankEntry,
  rank,
  whatItTakes as whatItTakesBy,
} from '../src/emulation/index.ts'
import { type Directive, directive2022, evaluate, type Indicator, type Target, targetNumber } from '../src/index.ts'
import { directiveOf } from './directives.ts'
import { everythingCounts } from './policies.ts'

const directive: Directive = directive2022
const whatItTakes = (entries: readonly RankEntry[], unit: string, policy: Policy = everythingCounts) =>
  whatItTakesBy(entries, unit, policy)
const rates: readonly Indicator[] = directive.indicators.filter(
  ({ extent, levels, measure }) => extent === 'intensive' && measure === 'rate' && levels.includes('district'),
)
type Figures = Readonly<Record<string, number | boolean | null>>

const figuresOf = (factors: readonly (number | null)[]): Figures =>
  Object.fromEntries(
    rates.slice(0, factors.length).map(({ id, target }, i) => {
      const factor = factors[i] ?? null
      if (factor === null) return [id, null]
      return [id, target.comparator === '<=' ? targetNumber(target) / factor : targetNumber(target) * factor]
    }),
  )
const entryOf = (unit: string, figures: Figures, facts: RankEntry['facts'] = {}): RankEntry => ({
  unit,
  evaluation: evaluate(figures, { directive, unitLevel: 'district' }),
  facts,
})
const unit = (name: string, ...factors: (number | null)[]) => entryOf(name, figuresOf(factors))

/** A figure that just satisfies what was asked. */
function just(target: Target): number | boolean {
  if (!('value' in target)) return target.low
  const { comparator, value } = target
  if (typeof value === 'boolean') return value
  return comparator === '>'
    ? value + Math.abs(value) * 1e-6
    : comparator === '<'
      ? value - Math.abs(value) * 1e-6
      : value
}

test('one figure, as far as it must go, lifts a unit past the next', () => {
  const result = whatItTakes([unit('a', 1, 1, 0.9), unit('b', 1, 1, 0.5)], 'b')
  expect(result).toMatchObject({ goal: 'rank', passing: 'a', reachable: true, facts: [] })
  expect(result.figures).toHaveLength(1)
  const [change] = result.figures
  expect(change?.indicatorId).toBe(rates[2]?.id)
  expect(targetNumber(change?.to as Target) / targetNumber(rates[2]?.target as Target)).toBeCloseTo(0.9, 4)
})

test('a figure to reach is written as figures are: whole where things are counted, else with the decimals of the text', () => {
  const asked = directive.indicators.filter(
    ({ target, measure }) => target.comparator === '>=' && measure !== 'milestone',
  )
  let [whole, measured] = [0, 0]
  for (const { id, unit, target } of asked) {
    const goal = targetNumber(target)
    const of = (name: string, factor: number): RankEntry => {
      const value = isCount(unit) ? Math.round(goal * factor) : goal * factor
      return { unit: name, evaluation: evaluate({ [id]: value }, { directive, unitLevel: 'province' }) }
    }
    const [change] = whatItTakes([of('a', 0.93337), of('b', 0.5)], 'b').figures
    if (!change) continue
    const reached = targetNumber(change.to)
    if (isCount(unit)) {
      whole++
      expect([id, Number.isInteger(reached)]).toEqual([id, true])
    } else {
      measured++
      expect([id, Number(reached.toFixed(2)) === reached]).toEqual([id, true])
    }
  }
  expect(Math.min(whole, measured)).toBeGreaterThan(5)
})

test('the best has nothing to pass', () => {
  expect(whatItTakes([unit('a', 1, 1), unit('b', 0.5)], 'a')).toMatchObject({ goal: 'nothing', figures: [] })
})

test('a unit that lacks the pact needs the pact', () => {
  const entries = [entryOf('a', figuresOf([1]), { pactSigned: false, disciplined: false }), unit('b', 0.9)]
  expect(whatItTakes(entries, 'a')).toMatchObject({
    goal: 'eligibility',
    reachable: true,
    figures: [],
    facts: [{ fact: 'pactSigned', from: false, to: true }],
  })
})

test('a requirement on figures is met by those nearest to their targets', () => {
  const policy: Policy = {
    ...everythingCounts,
    eligibility: [
      {
        id: 'half',
        when: { fact: 'metRatio', operator: 'greaterThanInclusive', value: 3 / rates.length / 2 },
        requirement: { vi: 'x', en: 'x' },
      },
    ],
  }
  const applicable = evaluate({}, { directive, unitLevel: 'district' }).summary
  const needed = Math.ceil((applicable.total - applicable.notApplicable) * (3 / rates.length / 2))
  const result = whatItTakes([unit('a', 0.2, 0.95, 0.5, 0.9)], 'a', policy)
  expect(result.figures.map(({ indicatorId }) => indicatorId).slice(0, 2)).toEqual([rates[1]?.id, rates[3]?.id])
  expect(result.figures).toHaveLength(needed)
  expect(result.reachable).toBe(true)
})

test('refuses a unit that is not there', () => {
  expect(() => whatItTakes([], 'a')).toThrow('"a" is not among the entries')
})

test.each([
  ['the default policy', everythingCounts],
  ['1,000 points with a bonus', examplePolicy1000],
])('by %s, doing what it says lifts the unit, and doing one thing less does not', (_, policy) => {
  const factor = fc.option(fc.double({ min: 0.3, max: 1.3, noNaN: true }), { nil: null })
  const row = fc.array(factor, { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 5 }), fc.nat(4), (rows, index) => {
      const figures = rows.map(figuresOf)
      const chosen = index % rows.length
      const name = `u${chosen}`
      const entries = figures.map((figure, i) => entryOf(`u${i}`, figure))
      const placeWith = (changes: readonly { readonly indicatorId: string; readonly to: Target }[]) => {
        const changed = {
          ...figures[chosen],
          ...Object.fromEntries(changes.map((change) => [change.indicatorId, just(change.to)])),
        }
        const others = entries.filter((entry) => entry.unit !== name)
        return rank([...others, entryOf(name, changed)], policy).find((ranked) => ranked.unit === name)?.rank as number
      }
      const before = placeWith([])
      const result = whatItTakes(entries, name, policy)
      if (before === 1) return expect(result.goal).toBe('nothing')
      expect(result.reachable).toBe(true)
      expect(placeWith(result.figures)).toBeLessThan(before)
      for (const left of result.figures) {
        expect(placeWith(result.figures.filter((figure) => figure !== left))).toBeGreaterThanOrEqual(before)
      }
    }),
    { numRuns: 200 },
  )
})

describe('no way that there is, and none that there is not', () => {
  const flow = directiveOf({
    a: { target: { comparator: '<', value: 100 }, measure: 'flow' },
    b: { target: { comparator: '>=', value: 0 }, measure: 'level' },
  })
  const half = (name: string, a: number | null) => ({
    unit: name,
    evaluation: evaluate({ a, b: 1 }, { directive: flow, asOf: '2022-06-30' }),
  })

  test('who has used too much of a ceiling is asked for what the day allows', () => {
    for (const used of [80, 120, null]) {
      const { reachable, figures } = whatItTakesBy([half('x', used), half('y', 40)], 'x')
      expect(reachable).toBe(true)
      expect(figures).toMatchObject([{ indicatorId: 'a', to: { comparator: '<=' } }])
      const { to } = figures[0] as (typeof figures)[number]
      expect(rank([half('x', just(to) as number), half('y', 40)]).find(({ unit }) => unit === 'x')?.rank).toBe(1)
    }
  })

  test('equal scores are parted by exceeding, though the policy gives no points for it', () => {
    const entry = (name: string, b: number) => ({ unit: name, evaluation: evaluate({ a: 9, b }, { directive: flow }) })
    expect(whatItTakesBy([entry('x', 0), entry('y', 1)], 'x')).toMatchObject({
      reachable: true,
      figures: [{ indicatorId: 'b', to: { comparator: '>', value: 0 } }],
    })
  })

  test('no share above the whole is asked for', () => {
    const share = directiveOf({
      a: { target: { comparator: '>=', value: 100 }, unit: { code: 'percent', vi: '%', en: '%' }, measure: 'rate' },
      b: { target: { comparator: '>=', value: 1 }, measure: 'level' },
    })
    const entry = (name: string, b: number) => ({
      unit: name,
      evaluation: evaluate({ a: 100, b }, { directive: share }),
    })
    const { figures } = whatItTakesBy([entry('x', 1), entry('y', 2)], 'x')
    expect(figures).toMatchObject([{ indicatorId: 'b', to: { comparator: '>', value: 1 } }])
  })

  test('for eligibility only what it takes is told', () => {
    const policy: Policy = {
      ...everythingCounts,
      eligibility: [
        {
          id: 'exceeds',
          when: { fact: 'exceededRatio', operator: 'greaterThan', value: 0 },
          requirement: { vi: 'có chỉ tiêu vượt', en: 'one exceeded' },
        },
      ],
    }
    const evaluation = evaluate({ a: 101, b: 0 }, { directive: flow })
    expect(whatItTakes([{ unit: 'x', evaluation }], 'x', policy)).toMatchObject({
      goal: 'eligibility',
      reachable: true,
      figures: [{ to: { comparator: expect.stringMatching(/^[<>]$/) } }],
    })
  })
})
