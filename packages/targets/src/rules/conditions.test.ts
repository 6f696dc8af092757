import { compilePolicy } from '../emulation/compile-policy.ts'
import { defaultPolicy } from '../emulation/default-policy.ts'
import { type Condition, compileCondition } from './conditions.ts'

/** `depth` named conditions, each of which asks `times` times for the next. */
function ladder(depth: number, times: number): Record<string, Condition> {
  const named: Record<string, Condition> = {
    [`c${depth}`]: { fact: 'pactSigned', operator: 'equal', value: true },
  }
  for (let i = 0; i < depth; i++) named[`c${i}`] = { all: Array(times).fill({ condition: `c${i + 1}` }) }
  return named
}

test('named conditions count wherever they are referred to, so that a short text is no million tests', () => {
  expect(() => compileCondition({ condition: 'c0' }, { named: ladder(25, 2) })).toThrow(/more than 1000 parts/)
  expect(() => compileCondition({ condition: 'c0' }, { named: ladder(300, 1) })).not.toThrow()
  expect(compileCondition({ condition: 'c0' }, { named: ladder(7, 2) })({ pactSigned: true })).toBe(true)
})

test('the conditions of a policy share one limit', () => {
  const rule = (i: number) => ({ id: `r${i}`, requirement: { vi: 'a', en: 'a' }, when: { condition: 'c0' } })
  const eligibility = Array.from({ length: 10 }, (_, i) => rule(i))
  expect(() => compilePolicy({ ...defaultPolicy, conditions: ladder(7, 2), eligibility })).toThrow(
    /more than 1000 parts/,
  )
  expect(() => compilePolicy({ ...defaultPolicy, conditions: ladder(4, 2), eligibility })).not.toThrow()
})

test('a condition nested a hundred thousand times is refused by its size', () => {
  let deep: Condition = { fact: 'pactSigned', operator: 'equal', value: true }
  for (let i = 0; i < 100_000; i++) deep = { not: deep }
  expect(() => compileCondition(deep)).toThrow(/more than 1000 parts/)
})
