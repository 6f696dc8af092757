import type { Indicator, Target } from '../directive/types.ts'
import type { Judged } from '../rules/plan.ts'
import { ruleFor } from '../rules/to-rules.ts'
import type { IndicatorResult, Trace } from './result.ts'

type Result = Omit<IndicatorResult, 'explanation' | 'trace'>
const DAY = 86_400_000
const round5 = (value: number) => Number(value.toFixed(5))

/** @param time midnight UTC of the day that the figure stands for, or null at the end of the year */
export function traceOf(judged: Judged, result: Result, time: number | null): Trace {
  const { indicator, target, applicable, directive } = judged
  const { value } = result
  return {
    section: indicator.section,
    quote: indicator.quote,
    source: directive.id,
    checkedOn: indicator.checkedOn,
    rule: target && ruleFor({ ...indicator, target } as Indicator),
    comparison:
      target && applicable && value !== null
        ? { expression: `${String(value)} ${words(target)}`, holds: result.status === 'MET' }
        : null,
    completion: completionArithmetic(judged, result),
    pace: paceArithmetic(result, time, directive.year),
  }
}

const words = ({ comparator, value }: Target) => (comparator === 'maintained' ? 'is true' : `${comparator} ${value}`)

function completionArithmetic({ goal, lessIsBetter, baseline }: Judged, { value, completion }: Result): string | null {
  if (typeof value !== 'number' || completion === null) return null
  const done = round5(completion)
  if (!lessIsBetter) return `${value} ÷ ${goal} = ${done}`
  if (baseline !== undefined && baseline > goal) return `(${baseline} − ${value}) ÷ (${baseline} − ${goal}) = ${done}`
  return `${goal} ÷ ${value} = ${done}`
}

function paceArithmetic({ completion, pace }: Result, time: number | null, year: number): string | null {
  if (pace === null || completion === null) return null
  const start = Date.UTC(year, 0, 1)
  const days = (Date.UTC(year + 1, 0, 1) - start) / DAY
  const elapsed = time === null ? days : (time - start) / DAY + 1
  const verdict = { AHEAD: 'above 1.05', BEHIND: 'below 0.95', ON_TRACK: 'from 0.95 to 1.05' }[pace]
  return `${round5(completion)} ÷ (${elapsed} ÷ ${days}) = ${round5(completion / (elapsed / days))}, ${verdict}`
}
