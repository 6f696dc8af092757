import { wholeMonths } from '../dates.ts'
import type { Indicator, Target, Text } from '../directive/types.ts'
import { compareDecimal } from '../rules/decimal.ts'
import type { Judged } from '../rules/plan.ts'
import type { IndicatorResult } from './result.ts'

type Language = keyof Text
type Facts = Omit<IndicatorResult, 'explanation' | 'trace'>

const MAX_DIGITS = 10
const numbers = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: MAX_DIGITS }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: MAX_DIGITS }),
}
const percents = {
  vi: new Intl.NumberFormat('vi-VN', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
}
const dates = {
  vi: new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
}

const WORDS = {
  '>=': { vi: 'từ # trở lên', en: 'at least #' },
  '>': { vi: 'trên #', en: 'above #' },
  '<=': { vi: 'không quá #', en: 'at most #' },
  '<': { vi: 'dưới #', en: 'below #' },
  '=': { vi: 'đúng #', en: 'exactly #' },
  '~': { vi: 'khoảng #', en: 'about #' },
  maintained: { vi: 'duy trì', en: 'maintained' },
} as const

/** A target in words: "từ 10% trở lên", "at least 10%". */
export function describeTarget(indicator: Indicator, target: Target = indicator.target): Text {
  return { vi: targetWords(indicator, target, 'vi'), en: targetWords(indicator, target, 'en') }
}

function targetWords(indicator: Indicator, target: Target, language: Language): string {
  const words = WORDS[target.comparator][language]
  return target.comparator === 'maintained' ? words : words.replace('#', quantity(target.value, indicator, language))
}

/**
 * The result as a sentence in both languages, numbers written as each language does.
 * @param time midnight UTC of the day that the figure stands for, or null at the end of the year
 */
export function explain(judged: Judged, result: Facts, time: number | null): Text {
  return { vi: sentence(judged, result, time, 'vi'), en: sentence(judged, result, time, 'en') }
}

function sentence(judged: Judged, result: Facts, time: number | null, language: Language): string {
  const vi = language === 'vi'
  const { indicator, target } = judged
  const { value } = result
  const name = indicator.name[language]
  const amount = (n: number) => quantity(n, indicator, language)
  const goal = target === null ? '' : targetWords(indicator, target, language)
  const reported = typeof value === 'number' ? amount(value) : value === null ? null : state(value, language)

  if (indicator.role === 'projection') {
    const shown = reported === null ? '' : vi ? `; thực tế ${reported}` : `; actual ${reported}`
    return vi ? `${name}: dự báo ${goal}${shown}, không chấm điểm` : `${name}: projected at ${goal}${shown}, not scored`
  }
  if (result.status === 'NOT_APPLICABLE') {
    const shown = reported === null ? '' : `${reported}, `
    return vi
      ? `${name}: ${shown}đơn vị không có mục tiêu cho chỉ tiêu này`
      : `${name}: ${shown}no target for this unit`
  }
  const suffix = judged.inherited ? (vi ? ' (theo mục tiêu chung của tỉnh)' : " (by the province's target)") : ''
  if (reported === null) {
    return vi ? `${name}: chưa có số liệu (mục tiêu ${goal})${suffix}` : `${name}: no data (target ${goal})${suffix}`
  }

  const when = moment(time, judged.directive.year, indicator.measure === 'flow', language)
  const shareOfTotal = indicator.extent === 'extensive' && !judged.lessIsBetter && target?.comparator !== 'maintained'
  const figures = shareOfTotal
    ? `${numbers[language].format(value as number)}/${amount(target?.value as number)} ${when}`
    : `${reported} ${when} (${vi ? 'mục tiêu' : 'target'} ${goal})`
  const parts = [figures, progress(judged, result, shareOfTotal, language), verdict(result, language)]
  return `${name}: ${parts.filter(Boolean).join(', ')}${suffix}`
}

const state = (value: boolean, language: Language) =>
  language === 'vi' ? (value ? 'được duy trì' : 'không được duy trì') : value ? 'maintained' : 'not maintained'

function quantity(n: number, indicator: Indicator, language: Language): string {
  const unit = indicator.unit[language]
  const number = numbers[language].format(n)
  return unit === '%' || unit === '‰' ? `${number}${unit}` : `${number} ${unit}`
}

function moment(time: number | null, year: number, flow: boolean, language: Language): string {
  const vi = language === 'vi'
  if (time === null) return vi ? `năm ${year}` : `in ${year}`
  const months = flow ? wholeMonths(time) : null
  if (months !== null) return vi ? `sau ${months} tháng` : `after ${months} ${months === 1 ? 'month' : 'months'}`
  return `${vi ? 'tính đến' : 'as of'} ${dates[language].format(time)}`
}

/** How far the value is from the target, in the way that suits the indicator. */
function progress(judged: Judged, { value, completion, margin }: Facts, share: boolean, language: Language): string {
  const vi = language === 'vi'
  const { target, baseline, indicator, lessIsBetter } = judged
  if (typeof value !== 'number' || target === null || target.comparator === 'maintained') return ''
  const strict = target.comparator === '>' || target.comparator === '<'
  if (compareDecimal(value, target.value) === 0) {
    if (!strict) return share ? plan100(vi) : vi ? 'bằng mục tiêu' : 'exactly the target'
    const goal = quantity(target.value, indicator, language)
    const above = target.comparator === '>'
    return vi
      ? `bằng ${goal} trong khi mục tiêu là ${above ? 'trên' : 'dưới'} mức này`
      : `equal to ${goal} where ${above ? 'more' : 'less'} than that is asked for`
  }
  if (share && completion !== null) {
    const done = percents[language].format(completion)
    return vi ? `đạt ${done} kế hoạch` : `${done} of the plan`
  }
  if (lessIsBetter && baseline !== undefined && completion !== null) {
    const done = percents[language].format(completion)
    const from = quantity(baseline, indicator, language)
    if (completion < 0)
      return vi ? `xa mục tiêu hơn mức xuất phát ${from}` : `further away than the ${from} at the start`
    const to = quantity(target.value, indicator, language)
    return vi ? `đi được ${done} chặng đường từ ${from} xuống ${to}` : `${done} of the way from ${from} down to ${to}`
  }
  if (margin === null) return ''
  const above = value > target.value
  const points = { '%': ['điểm phần trăm', 'percentage points'], '‰': ['điểm phần nghìn', 'per mille points'] }
  const named = points[indicator.unit.vi as '%' | '‰']
  const unit = named ? named[vi ? 0 : 1] : indicator.unit[language]
  const gap = `${numbers[language].format(Math.abs(value - target.value))} ${unit}`
  return vi ? `${above ? 'cao' : 'thấp'} hơn mục tiêu ${gap}` : `${gap} ${above ? 'above' : 'below'} the target`
}

const plan100 = (vi: boolean) => (vi ? 'đạt 100,0% kế hoạch' : '100.0% of the plan')

function verdict({ status, exceeded, pace }: Facts, language: Language): string {
  const vi = language === 'vi'
  if (status === 'MET') return exceeded ? (vi ? 'vượt mục tiêu' : 'exceeded') : vi ? 'đạt mục tiêu' : 'met'
  if (status === 'NOT_MET') return vi ? 'không đạt mục tiêu' : 'not met'
  if (pace === 'AHEAD') return vi ? 'vượt tiến độ' : 'ahead of schedule'
  if (pace === 'ON_TRACK') return vi ? 'đúng tiến độ' : 'on schedule'
  if (pace === 'BEHIND') return vi ? 'chậm tiến độ' : 'behind schedule'
  return vi ? 'đang thực hiện' : 'in progress'
}
