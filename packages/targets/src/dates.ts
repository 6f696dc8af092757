import { TargetsError } from './errors.ts'

const DAY = 86_400_000

/**
 * Checks an ISO calendar date ("2022-10-31") and gives its time at midnight UTC.
 * @throws {TargetsError} `BAD_DATE` where it is malformed or no day of the calendar.
 */
export function parseDate(date: string): number {
  const parts = typeof date === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) : null
  const time = parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) : Number.NaN
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) {
    throw new TargetsError(
      'BAD_DATE',
      `${JSON.stringify(date)} is not a date of the calendar: write YYYY-MM-DD, for example "2022-10-31"`,
    )
  }
  return time
}

/** The elapsed share of a calendar year on a date, that day included: 243/365 on 31 August 2022. */
export function elapsedShare(time: number, year: number): number {
  const start = Date.UTC(year, 0, 1)
  return ((time - start) / DAY + 1) / ((Date.UTC(year + 1, 0, 1) - start) / DAY)
}

/** The number of whole months since 1 January that end with this day, or null within a month. */
export function wholeMonths(time: number): number | null {
  const next = new Date(time + DAY)
  return next.getUTCDate() === 1 ? new Date(time).getUTCMonth() + 1 : null
}
