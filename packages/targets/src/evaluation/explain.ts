import { isoDate, wholeMonths } from '../dates.ts'
import { compareDecimal, minus, tidy } from '../decimal.ts'
import { decimalsOfIndicator } from '../directive/printed.ts'
import type { FurtherTarget, Indicator, Target, Text } from '../directive/types.ts'
import { isRecord, wrongType } from '../errors.ts'
import { type Judged, PacedBy } from '../rules/judged.ts'
import type { IndicatorResult } from './result.ts'
import { en } from './words/en.ts'
import { vi } from './words/vi.ts'
import type { Words } from './words/words.ts'

type Facts = Omit<IndicatorResult, 'explanation' | 'trace'>

const MAX_DIGITS = 10
const LANGUAGES = { vi, en } as const

/** A target in words, with the digits that the text prints: "từ 12,73 tiêu chí/xã trở lên", "at most 31.10%". */
export function describeTarget(indicator: Indicator, target: Target = indicator?.target): Text {
  if (!isRecord(indicator) || !isRecord(indicator.unit) || typeof indicator.quote !== 'string') {
    throw wrongType('indicator', 'một chỉ tiêu', 'an indicator', indicator)
  }
  if (!isRecord(target) || !(target.comparator === 'between' || Object.hasOwn(vi.comparators, target.comparator))) {
    throw wrongType('target', 'một mục tiêu', 'a target', target)
  }
  return { vi: targetWords(indicator, target, vi), en: targetWords(indicator, target, en) }
}

function targetWords(indicator: Indicator, target: Target, words: Words): string {
  if (target.comparator === 'maintained') return words.comparators.maintained
  if (target.comparator === 'between') {
    return words.between(numberWords(target.low, indicator, words), quantity(target.high, indicator, words))
  }
  const { value } = target
  const { denominator, target: printed } = indicator
  // "124/129 xã, phường, thị trấn": of how many is said of the directive's own number only.
  if (denominator !== undefined && 'value' in printed && printed.value === value) {
    return `${numberWords(value, indicator, words)}/${quantity(denominator, indicator, words)}`
  }
  return words.comparators[target.comparator].replace('#', quantity(value, indicator, words))
}

/**
 * The result as a sentence in both languages, numbers written as each language does.
 * @param day midnight UTC of the day that the figure stands for
 * @param over the year is over
 */
export function explain(judged: Judged, result: Facts, day: number, over: boolean): Text {
  return { vi: sentence(judged, result, day, over, 'vi'), en: sentence(judged, result, day, over, 'en') }
}

/** Whose target a sentence is about. */
export const assignedBy = ({ vi: viText, en: enText }: Text, { kind, assignedBy: who }: FurtherTarget): Text => ({
  vi: viText + vi.further[kind].replace('#', () => who.vi),
  en: enText + en.further[kind].replace('#', () => who.en),
})

function sentence(judged: Judged, result: Facts, day: number, over: boolean, language: keyof Text): string {
  const words = LANGUAGES[language]
  const { indicator, target, directive } = judged
  const { value, status } = result
  const name = indicator.name[language]
  const goal = target === null ? '' : targetWords(indicator, target, words)
  const reported =
    value === null ? null : typeof value === 'boolean' ? words.state(value) : quantity(value, indicator, words)
  if (indicator.role === 'projection') return `${name}: ${words.projection(goal, reported)}`
  if (status === 'NOT_APPLICABLE') {
    return `${name}: ${reported === null ? '' : `${reported}, `}${words.notApplicable}`
  }
  const suffix = judged.inherited ? words.inherited[judged.inherited] : ''
  if (reported === null) return `${name}: ${words.noData(goal)}${suffix}`

  const undecided = status === 'UNDECIDED'
  const date = dateWords(day, words)
  const months = judged.flow ? wholeMonths(day) : null
  const end = isoDate(day).endsWith('12-31') || (over && result.final)
  const when = undecided
    ? ''
    : ` ${end ? words.wholeYear(directive.year) : months === null ? words.asOf(date) : words.afterMonths(months)}`
  const shareOfTotal = asShare(judged)
  const figures = shareOfTotal
    ? `${numberWords(value as number, indicator, words)}/${quantity(judged.goal, indicator, words)}${when}`
    : `${reported}${when} ${words.plan(goal)}`
  const parts = [
    figures,
    distance(judged, result, shareOfTotal, words),
    undecided ? '' : verdict(judged, result, words),
  ]
  return `${name}: ${undecided ? words.noFinalFigure(date) : ''}${parts.filter(Boolean).join(', ')}${suffix}`
}

/** A total to be reached is written as a share of it: "1.000,44/2.326 tỷ đồng". */
const asShare = ({ indicator, better, target }: Judged) =>
  indicator.extent === 'extensive' &&
  better === 'more' &&
  (target?.comparator === '>=' || target?.comparator === '>') &&
  indicator.denominator === undefined

/** How far the value is from the target, in the way that suits the indicator. */
function distance(judged: Judged, result: Facts, share: boolean, words: Words): string {
  const { target, indicator, better, goal, start, low, high, lo, hi } = judged
  const { value, completion, progress, status } = result
  if (typeof value !== 'number' || target === null || target.comparator === 'maintained') return ''
  const open = status === 'IN_PROGRESS' || status === 'UNDECIDED'
  if (judged.pacedBy === PacedBy.CEILING) {
    if (value > hi && !result.final) return words.beyondCeiling
    if (open && goal > 0) return words.usedOfCeiling(percentWords(value / goal, words))
  }
  if (low === high && compareDecimal(value, goal) === 0) {
    if (target.comparator === '>' || target.comparator === '<') {
      return words.equalButStrict(quantity(goal, indicator, words), target.comparator === '>')
    }
    return share ? words.shareOfPlan(percentWords(1, words)) : words.equal
  }
  if (share && completion !== null) return words.shareOfPlan(percentWords(completion, words))
  if (progress !== null && better !== 'near' && (better === 'less' || open)) {
    const from = quantity(start, indicator, words)
    if (progress < 0) return words.furtherAway(from)
    return words.way(percentWords(progress, words), from, quantity(goal, indicator, words), better === 'more')
  }
  if (low !== high && value >= lo && value <= hi && value >= low && value <= high) return words.within
  const gap = minus(value, target.comparator !== 'between' ? goal : value < low ? low : high)
  const { points } = words
  const unit =
    indicator.unit.vi in points ? points[indicator.unit.vi as '%'] : indicator.unit[words === vi ? 'vi' : 'en']
  return words.apart(`${numberWords(Math.abs(gap), indicator, words)} ${unit}`, gap > 0)
}

function verdict(judged: Judged, { status, exceeded, pace }: Facts, words: Words): string {
  if (status === 'MET') return words.met(exceeded, judged.better)
  if (status === 'NOT_MET') return words.notMet
  if (pace === null) return words.inProgress
  return (judged.pacedBy === PacedBy.CEILING ? words.pacesOfCeiling : words.paces)[pace]
}

/** A number with its unit, as a language writes it. */
export const quantityWords = (value: number, indicator: Indicator, language: keyof Text): string =>
  quantity(value, indicator, LANGUAGES[language])

function quantity(value: number, indicator: Indicator, words: Words): string {
  const unit = indicator.unit[words === vi ? 'vi' : 'en']
  const number = numberWords(value, indicator, words)
  return unit === '%' || unit === '‰' ? `${number}${unit}` : `${number} ${unit}`
}

/** With at least the decimals that the directive prints. */
const numberWords = (value: number, indicator: Indicator, words: Words) =>
  formatter(words.locale, 'decimal', Math.min(decimalsOfIndicator(indicator), MAX_DIGITS)).format(tidy(value, 15))

/** A share as a percentage with one decimal, as a language writes it. */
export const percentOf = (share: number, language: keyof Text): string =>
  formatter(LANGUAGES[language].locale, 'percent', 1).format(share)

/** What is short of the whole is never printed as the whole. */
const percentWords = (share: number, words: Words) =>
  formatter(words.locale, 'percent', 1).format(share < 1 && share > 0.999 ? 0.999 : share)

const dateWords = (day: number, { locale, dates }: Words) => new Intl.DateTimeFormat(locale, dates).format(day)

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(locale: string, style: 'decimal' | 'percent', least: number): Intl.NumberFormat {
  const key = `${locale} ${style} ${least}`
  let known = formatters.get(key)
  if (!known) {
    const most = style === 'percent' ? least : MAX_DIGITS
    known = new Intl.NumberFormat(locale, {
      style,
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      // Nobody writes −0, nor what rounds to it.
      signDisplay: 'negative',
    })
    formatters.set(key, known)
  }
  return known
}
