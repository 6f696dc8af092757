import { dayOfYear, daysIn, isoDate } from '../dates.ts'
import { tidy } from '../decimal.ts'
import type { Indicator, Target } from '../directive/types.ts'
import { type Judged, PacedBy } from '../rules/judged.ts'
import { ruleFor } from '../rules/to-rules.ts'
import { distanceOf, nearestBound } from './measures.ts'
import type { IndicatorResult, Trace } from './result.ts'

type Result = Omit<IndicatorResult, 'explanation' | 'trace'>
const round5 = (value: number) => Number(value.toFixed(5))

/** @param day midnight UTC of the day that the figure stands for */
export function traceOf(judged: Judged, result: Result, day: number): Trace {
  const { indicator, target, applicable, directive, lo, hi } = judged
  const { value } = result
  const number = Number(value)
  return {
    section: indicator.section,
    quote: indicator.quote,
    intended: indicator.intended ?? null,
    source: directive.id,
    checkedOn: indicator.checkedOn,
    figureDate: isoDate(day),
    rule: target && ruleFor({ ...indicator, target } as Indicator),
    comparison:
      target && applicable && value !== null
        ? { expression: `${String(value)} ${words(target)}`, holds: number >= lo && number <= hi }
        : null,
    completion: completionArithmetic(judged, result),
    progress:
      typeof value === 'number' && result.progress !== null ? wayArithmetic(judged, value, result.progress) : null,
    pace: paceArithmetic(judged, result, day),
  }
}

/** "<= 31.1", "between 6.5 and 7". */
export function words(target: Target): string {
  if (target.comparator === 'maintained') return 'is true'
  if (target.comparator === 'between') return `between ${target.low} and ${target.high}`
  return `${target.comparator} ${target.value}`
}

function completionArithmetic(judged: Judged, { value, completion }: Result): string | null {
  if (typeof value !== 'number' || completion === null) return null
  const { goal, better, start } = judged
  const done = round5(completion)
  if (better === 'more') return `${value} ÷ ${goal} = ${done}`
  if (better === 'near') {
    const way = `1 − ${tidy(distanceOf(judged, value))} ÷ ${Math.abs(nearestBound(judged, value))}`
    return `${completion === 0 ? `max(0, ${way})` : way} = ${done}`
  }
  return start === start ? wayArithmetic(judged, value, completion) : `${goal} ÷ ${value} = ${done}`
}

function wayArithmetic(judged: Judged, value: number, share: number): string {
  const { start, goal, better } = judged
  const done = round5(share)
  if (better === 'near') {
    return `1 − ${tidy(distanceOf(judged, value))} ÷ ${tidy(distanceOf(judged, start))} = ${done}`
  }
  return better === 'less'
    ? `(${start} − ${value}) ÷ (${start} − ${goal}) = ${done}`
    : `(${value} − ${start}) ÷ (${goal} − ${start}) = ${done}`
}

function paceArithmetic({ pacedBy, goal, directive }: Judged, result: Result, day: number): string | null {
  const { value, pace, completion, progress } = result
  if (pace === null || typeof value !== 'number') return null
  const [elapsed, days] = [dayOfYear(day, directive.year), daysIn(directive.year)]
  const ceiling = pacedBy === PacedBy.CEILING
  const share = ceiling ? (goal === 0 ? 0 : value / goal) : ((pacedBy === PacedBy.WAY ? progress : completion) ?? 0)
  const verdict = {
    AHEAD: ceiling ? 'below 0.95' : 'above 1.05',
    BEHIND: ceiling ? 'above 1.05' : 'below 0.95',
    ON_TRACK: 'from 0.95 to 1.05',
  }[pace]
  return `${round5(share)} ÷ (${elapsed} ÷ ${days}) = ${round5(share / (elapsed / days))}, ${verdict}`
}
