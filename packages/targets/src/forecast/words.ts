import { decimalsOf } from '../decimal.ts'
import { isCount } from '../directive/limits.ts'
import { decimalsOfIndicator } from '../directive/printed.ts'
import type { Text } from '../directive/types.ts'
import { describeTarget, quantityWords } from '../evaluation/explain.ts'
import type { Judged } from '../rules/judged.ts'

interface Said {
  readonly low: number
  readonly high: number
  /** The figure is the year's: nothing is to come. */
  readonly final: boolean
  /** The year before has its say too. */
  readonly both: boolean
}

/** No more digits than figures of this indicator are printed with: it is an estimate. */
const MOST_DECIMALS = 2

/** "nếu giữ nhịp độ hiện nay, cuối năm ước đạt 1.502,72 tỷ đồng (kế hoạch từ 2.326 tỷ đồng trở lên)". */
export function forecastWords({ indicator, target, better }: Judged, { low, high, final, both }: Said): Text {
  const decimals = isCount(indicator.unit) ? 0 : Math.max(MOST_DECIMALS, decimalsOfIndicator(indicator))
  const rounded = (value: number) => Number(value.toFixed(Math.min(decimals, Math.max(decimalsOf(value), 0))))
  const [from, to] = [rounded(low), rounded(high)]
  const plan = target ? describeTarget(indicator, target) : null
  const say = (language: keyof Text, range: (from: string, to: string) => string) => {
    const [a, b] = [quantityWords(from, indicator, language), quantityWords(to, indicator, language)]
    return a === b ? a : range(a, b)
  }
  const vi = say('vi', (a, b) => `từ ${a} đến ${b}`)
  const en = say('en', (a, b) => `${a} to ${b}`)
  const goal = plan ? { vi: ` (kế hoạch ${plan.vi})`, en: ` (target ${plan.en})` } : { vi: '', en: '' }
  const name = indicator.name
  if (final) {
    return indicator.measure === 'flow'
      ? { vi: `${name.vi}: cả năm ${vi}${goal.vi}`, en: `${name.en}: ${en} for the year${goal.en}` }
      : { vi: `${name.vi}: cuối năm ${vi}${goal.vi}`, en: `${name.en}: ${en} at the end of the year${goal.en}` }
  }
  const pace = both
    ? { vi: 'nếu giữ nhịp độ hiện nay hoặc như năm trước', en: 'at the pace so far, or as last year went on' }
    : { vi: 'nếu giữ nhịp độ hiện nay', en: 'at the pace so far' }
  return {
    vi: `${name.vi}: ${pace.vi}, cuối năm ước ${better === 'more' ? 'đạt' : 'ở mức'} ${vi}${goal.vi}`,
    en: `${name.en}: ${pace.en}, the year would end at about ${en}${goal.en}`,
  }
}
