import type { Text } from '@dienbien/targets'
import { today } from '../../days.ts'

/**
 * What is wrong with the day of a pact, a plan, a review, a score or a decision of an emulation year; null where nothing
 * is. The closing meeting of a year is held as late as May of the next and a decision may come later still, so that the
 * day has no other end than today.
 */
export function documentDayProblem(day: string, year: number, on = today()): Text | null {
  if (day < `${year}-01-01`) {
    return { vi: `${day} trước năm ${year} của văn bản`, en: `${day} lies before ${year}, the year that it is of` }
  }
  if (day > on) return { vi: `${day} chưa tới: hôm nay là ${on}`, en: `${day} lies in the future: today is ${on}` }
  return null
}

/**
 * What is wrong with a deadline of an emulation year; null where nothing is. What is due at the end of a year may be due
 * in the next one, before the closing meetings of spring: by the end of June.
 */
export function deadlineProblem(day: string, year: number): Text | null {
  if (day >= `${year}-01-01` && day <= `${year + 1}-06-30`) return null
  return {
    vi: `${day} không phải là thời hạn của năm ${year}: thời hạn từ ${year}-01-01 đến ${year + 1}-06-30`,
    en: `${day} is no deadline of ${year}: it lies from ${year}-01-01 to ${year + 1}-06-30`,
  }
}
