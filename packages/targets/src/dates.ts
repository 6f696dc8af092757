import { show, TargetsError } from './errors.ts'

export const DAY = 86_400_000

/** A day of the calendar, with its leap years, as JSON Schema can say it. */
export const DATE_PATTERN =
  '^(?:[1-9]\\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))|(?:[1-9]\\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29)$'

/** A day that every year has. */
export const MONTH_DAY_PATTERN =
  '^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))$'

/**
 * Checks an ISO calendar date ("2022-10-31") and gives its time at midnight UTC.
 * @throws {TargetsError} `BAD_DATE` where it is malformed or no day of the calendar.
 */
export function parseDate(date: string, path?: string): number {
  const parts = typeof date === 'string' ? /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(date) : null
  const time = parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) : Number.NaN
  if (Number.isNaN(time) || isoDate(time) !== date) {
    throw new TargetsError(
      'BAD_DATE',
      {
        vi: `${show(date)} không phải là ngày: viết NĂM-THÁNG-NGÀY, ví dụ "2022-10-31"`,
        en: `${show(date)} is not a date of the calendar: write YYYY-MM-DD, for example "2022-10-31"`,
      },
      path,
    )
  }
  return time
}

/** "2022-10-31" of a time. */
export const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** "31/10/2022" of "2022-10-31", as a Vietnamese text writes it. */
export const dayInVietnamese = (date: string): string => date.split('-').reverse().join('/')

/** Midnight UTC of the last day of a year. */
export const lastDay = (year: number): number => Date.UTC(year, 11, 31)

/** The days from 1 January to a date, that day included: 243 of 31 August 2022. */
export const dayOfYear = (time: number, year: number): number => (time - Date.UTC(year, 0, 1)) / DAY + 1

export const daysIn = (year: number): number => dayOfYear(lastDay(year), year)

/** The number of whole months since 1 January that end with this day, or null within a month. */
export function wholeMonths(time: number): number | null {
  const next = new Date(time + DAY)
  return next.getUTCDate() === 1 ? new Date(time).getUTCMonth() + 1 : null
}

/** The same day a year earlier; of the last day of a month that month's last, so that a February stands for a February. */
export function yearEarlier(time: number): number {
  const day = new Date(time)
  const [year, month] = [day.getUTCFullYear() - 1, day.getUTCMonth()]
  return wholeMonths(time) === null ? Date.UTC(year, month, day.getUTCDate()) : Date.UTC(year, month + 1, 0)
}
