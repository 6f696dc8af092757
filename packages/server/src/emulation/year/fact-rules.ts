import type { Text } from '@dienbien/targets'
import {
  type Criterion,
  DERIVED_FACTS,
  defaultPolicy,
  ELIGIBILITY_FACTS,
  examplePolicy1000,
} from '@dienbien/targets/emulation'

import type { DeclaredFact } from '@dienbien/targets/points'

/** Those that follow from figures cannot be recorded. */
export const COMPUTED_FACTS: readonly string[] = DERIVED_FACTS

const criteria: readonly Criterion[] = [defaultPolicy, examplePolicy1000].flatMap(({ criteria = [] }) => criteria)

/** The facts that are known to take true or false, and those that count. */
const YES_OR_NO: ReadonlySet<string> = new Set([
  ...ELIGIBILITY_FACTS.filter((fact) => !COMPUTED_FACTS.includes(fact)),
  ...criteria.filter(({ kind }) => kind === 'yes-no').map(({ fact }) => fact),
])
const COUNTED: ReadonlySet<string> = new Set(criteria.filter(({ kind }) => kind !== 'yes-no').map(({ fact }) => fact))

/** The facts that the policies at hand ask for. */
export const REPORTED_FACTS: readonly string[] = [...new Set([...YES_OR_NO, ...COUNTED])]

/**
 * What is wrong with the value of a fact of eligibility; null where nothing is. A fact that only somebody's own policy asks
 * for is either: true, false or a count.
 */
export function factProblem(fact: string, value: unknown): Text | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') {
    return COUNTED.has(fact) ? countProblem(fact, value) : null
  }
  if (typeof value !== 'number') {
    return {
      vi: 'giá trị phải là true, false, một số đếm hoặc null',
      en: 'value must be true, false, a count or null',
    }
  }
  if (YES_OR_NO.has(fact)) {
    return {
      vi: `"${fact}" là đúng hay sai (true, false), không nhận ${value}`,
      en: `"${fact}" is true or false, not ${value}`,
    }
  }
  return Number.isInteger(value) && value >= 0 ? null : countProblem(fact, value)
}

const DECLARED_TYPES = {
  number: { js: 'number', vi: 'một số', en: 'a number' },
  boolean: { js: 'boolean', vi: 'true hoặc false', en: 'true or false' },
  text: { js: 'string', vi: 'chữ', en: 'a text' },
} as const

/** What is wrong with the value of a fact that a point table declares; null where nothing is. */
export function declaredProblem(fact: string, { type }: DeclaredFact, value: unknown): Text | null {
  const { js, vi, en } = DECLARED_TYPES[type]
  if (value === null || value === undefined || typeof value === js) return null
  const text = JSON.stringify(value)
  return {
    vi: `"${fact}" theo bảng tiêu chí là ${vi}, không nhận ${text}`,
    en: `"${fact}" is ${en} by the point table, not ${text}`,
  }
}

const countProblem = (fact: string, value: number | boolean): Text => ({
  vi: `"${fact}" là số đếm: số nguyên từ 0 trở lên, không nhận ${value}`,
  en: `"${fact}" is a count: a whole number, 0 or more, not ${value}`,
})
