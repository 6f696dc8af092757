// Days of the calendar as ISO writes them.
import { noteClock } from './request-scope.ts'

const DAY_MS = 86_400_000

/** A day that the database keeps, as ISO writes it. */
export const isoDay = (date: Date): string => date.toISOString().slice(0, 10)

/** {@link isoDay} where there may be none. */
export const isoDayOrNull = (date: Date | null): string | null => date && isoDay(date)

export const dayAfter = (day: string): string => isoDay(new Date(Date.parse(day) + DAY_MS))
export const dayBefore = (day: string): string => isoDay(new Date(Date.parse(day) - DAY_MS))

/** A day as it is written in Vietnam, 31/12/2024 or 31.12.2024, as an ISO date; another text as it is. */
export function isoOfWritten(text: string): string {
  const [, d, m, y] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  return d && m && y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text
}

/** The server's day where the province is (UTC+7): what was signed there this morning is not of tomorrow. */
export function today(now?: Date): string {
  if (!now) noteClock()
  return isoDay(new Date((now ?? new Date()).getTime() + 7 * 3_600_000))
}
