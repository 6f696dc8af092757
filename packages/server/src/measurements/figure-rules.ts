// What a figure must be, by whatever way it comes in: a submission, a file, a command, a target, a what-if.
import { type Indicator, parseDate, TargetsError, type Text, targetNumber, type UnitLevel } from '@dienbien/targets'
import { isCount, isShare } from '@dienbien/targets/core'
import { TERRITORIES } from '../figures/unit-levels.ts'
import { inVietnamese, numberProblem } from '../numbers.ts'

/** Why a figure is refused: `code` for programs, `text` with what would be right. */
export interface FigureProblem {
  readonly code: 'WRONG_TYPE' | 'OUT_OF_RANGE' | 'NOT_MEASURED'
  readonly text: Text
}

/**
 * What is wrong with a value of an indicator, in its unit; null where nothing is. Rates of growth may be anything that a
 * number may be; what does not agree with other figures is for `warningsOf`, which refuses nothing.
 */
export function valueProblem(indicator: Indicator, value: number): FigureProblem | null {
  const { id, measure, unit, extent } = indicator
  const wrong = numberProblem(value)
  if (wrong) return { code: 'WRONG_TYPE', text: { vi: `"${id}" ${wrong.vi}`, en: `"${id}" ${wrong.en}` } }
  if (measure === 'milestone') {
    if (value === 0 || value === 1) return null
    return {
      code: 'WRONG_TYPE',
      text: {
        vi: `"${id}" chỉ nhận 1 (duy trì) hoặc 0, không nhận ${inVietnamese(value)}`,
        en: `"${id}" takes 1 (maintained) or 0, not ${value}`,
      },
    }
  }
  const outside = (text: Text): FigureProblem => ({ code: 'OUT_OF_RANGE', text })
  if (isCount(unit) && (value < 0 || !Number.isInteger(value))) {
    return outside({
      vi: `"${id}" đếm ${unit.vi}: phải là số nguyên, không âm, không nhận ${inVietnamese(value)}`,
      en: `"${id}" counts ${unit.en}: a whole number, not negative, not ${value}`,
    })
  }
  if (isShare(unit) && (value < 0 || value > 100)) {
    return outside({
      vi: `"${id}" là tỷ lệ: từ 0 đến 100%, không nhận ${inVietnamese(value)}`,
      en: `"${id}" is a share: from 0 to 100%, not ${value}`,
    })
  }
  if (extent === 'extensive' && value < 0 && !isBalance(indicator)) {
    return outside({
      vi: `"${id}" là tổng số: không được âm, không nhận ${inVietnamese(value)}`,
      en: `"${id}" is a total: not negative, not ${value}`,
    })
  }
  return null
}

/** Whether a total may fall below 0, as a balance of trade does: its directive names such a number, or asks that it should not. */
function isBalance({ target, better, baseline = 0 }: Indicator): boolean {
  const named = targetNumber(target)
  return named < 0 || baseline < 0 || (named === 0 && better === 'more')
}

/** As messages name a level. */
export const LEVEL_NAMES: Readonly<Record<UnitLevel, Text>> = {
  nation: { vi: 'cả nước', en: 'nation' },
  province: { vi: 'tỉnh', en: 'province' },
  district: { vi: 'huyện, thị xã, thành phố', en: 'district' },
  commune: { vi: 'xã, phường, thị trấn', en: 'commune' },
  department: { vi: 'sở, ban, ngành', en: 'department' },
  organisation: { vi: 'đơn vị, tổ chức khác', en: 'organisation' },
}

/**
 * {@link valueProblem}, or that the indicator is not measured at the unit's level at all (GRDP is the province's). An agency
 * reports what it was assigned, whatever the level that it is measured at.
 */
export function figureProblem(indicator: Indicator, level: UnitLevel, value: number): FigureProblem | null {
  const { id, levels } = indicator
  if (TERRITORIES.includes(level) && !levels.includes(level)) {
    const only = levels.map((level) => LEVEL_NAMES[level].vi).join('; ')
    return {
      code: 'NOT_MEASURED',
      text: {
        vi: `"${id}" không tính ở cấp ${LEVEL_NAMES[level].vi}, chỉ tính ở cấp: ${only}`,
        en: `"${id}" is not measured for a ${level}, only for a ${levels.join(', ')}`,
      },
    }
  }
  return valueProblem(indicator, value)
}

const AS_OF: Text = { vi: 'asOf', en: 'asOf' }

/** A figure belongs to a year: the day that it stands for lies in it. An estimate may stand for a day still to come. */
export function dayProblem(day: string, year: number, what: Text = AS_OF): Text | null {
  try {
    parseDate(day)
  } catch (error) {
    if (error instanceof TargetsError) return error.text
    throw error
  }
  if (day.startsWith(`${year}-`)) return null
  return { vi: `${what.vi} ${day} không thuộc năm ${year}`, en: `${what.en} ${day} does not lie in ${year}` }
}
