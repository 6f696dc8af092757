import { dayInVietnamese, isoDate, parseDate, yearEarlier } from '../dates.ts'
import { compareDecimal, round9 } from '../decimal.ts'
import type { Indicator, Text } from '../directive/types.ts'
import { isRecord, TargetsError, wrongType } from '../errors.ts'
import { percentOf, quantityWords } from '../evaluation/explain.ts'
import { checkNumber } from '../rules/options.ts'

/** A figure of one unit and indicator. */
export interface DatedFigure {
  /** ISO date of the day that it stands for. */
  readonly date: string
  readonly value: number
}

/** A figure against the one of the same day of the year before ("so với cùng kỳ"). */
export interface YearOnYear {
  readonly indicatorId: string
  readonly value: number
  readonly before: DatedFigure
  /** In the indicator's unit: of percentages in percentage points. */
  readonly difference: number
  /** 11.2 where it rose by 11.2%; null of percentages and per mille, and where it was not positive. */
  readonly percent: number | null
  /** "tăng 11,2% so với cùng kỳ năm 2021 (900 tỷ đồng)". */
  readonly text: Text
}

/** Units whose change is one of points. */
const POINTS: Readonly<Record<string, Text>> = {
  '%': { vi: ' điểm phần trăm', en: ' percentage points' },
  '‰': { vi: ' điểm phần nghìn', en: ' per mille points' },
}

/**
 * Holds a figure against the one of the same day a year earlier: the last day of a month against the last day of that month,
 * so that a February is held against a February. Indicators keep their ids over the years, so the other year's directive is
 * not needed.
 * @param indicator of either year's directive
 * @param earlier figures of earlier years, in any order
 * @returns null where none of them stands for that day
 * @throws {TargetsError} `WRONG_TYPE`, `BAD_DATE` or `NOT_FINITE`
 */
export function yearOnYear(
  indicator: Indicator,
  figure: DatedFigure,
  earlier: readonly DatedFigure[],
): YearOnYear | null {
  if (!isRecord(indicator) || !isRecord(indicator.unit) || typeof indicator.quote !== 'string') {
    throw wrongType('indicator', 'một chỉ tiêu', 'an indicator', indicator)
  }
  if (indicator.measure === 'milestone') {
    throw wrongType('indicator', 'chỉ tiêu có số liệu', 'an indicator with numbers', indicator.id)
  }
  const time = timeOf(figure, 'figure')
  if (!Array.isArray(earlier)) throw wrongType('earlier', 'một danh sách', 'a list', earlier)
  const wanted = isoDate(yearEarlier(time))
  const same = Array.from(earlier, (datedFigure: DatedFigure, i) => {
    timeOf(datedFigure, `earlier[${i}]`)
    return datedFigure
  }).filter(({ date }) => date === wanted)
  const [before] = same
  if (before === undefined) return null
  if (same.length > 1) {
    throw new TargetsError(
      'BAD_DATE',
      { vi: `earlier: ngày ${dayInVietnamese(wanted)} có hai số liệu`, en: `earlier: two figures stand for ${wanted}` },
      'earlier',
    )
  }
  const { value } = figure
  const difference = round9(value - before.value)
  const points = indicator.unit.vi in POINTS
  const percent = points || before.value <= 0 ? null : round9((difference / before.value) * 100)
  return {
    indicatorId: indicator.id,
    value,
    before,
    difference,
    percent,
    text: wordsOf(indicator, before, difference, percent),
  }
}

function timeOf(figure: DatedFigure, path: string): number {
  if (!isRecord(figure)) throw wrongType(path, 'một đối tượng { date, value }', 'an object { date, value }', figure)
  checkNumber(path, 'value', figure.value)
  return parseDate(figure.date, `${path}.date`)
}

function wordsOf(indicator: Indicator, before: DatedFigure, difference: number, percent: number | null): Text {
  const year = before.date.slice(0, 4)
  const then = (language: keyof Text) => quantityWords(before.value, indicator, language)
  const compared = compareDecimal(before.value + difference, before.value)
  if (compared === 0) {
    return {
      vi: `bằng cùng kỳ năm ${year} (${then('vi')})`,
      en: `the same as in the same period of ${year} (${then('en')})`,
    }
  }
  const by = (language: keyof Text) => {
    if (percent !== null) return percentOf(Math.abs(percent) / 100, language)
    const gap = quantityWords(Math.abs(difference), indicator, language)
    const points = POINTS[indicator.unit.vi]
    return points ? `${gap.replace(/[%‰]$/, '')}${points[language]}` : gap
  }
  return {
    vi: `${compared > 0 ? 'tăng' : 'giảm'} ${by('vi')} so với cùng kỳ năm ${year} (${then('vi')})`,
    en: `${compared > 0 ? 'up' : 'down'} ${by('en')} on the same period of ${year} (${then('en')})`,
  }
}
