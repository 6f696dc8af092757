import { type Directive, parseDate } from '@dienbien/targets'
import { today } from '../days.ts'
import { inputError } from '../errors/input-error.ts'
import { Directives, encodedVersions } from './directives.ts'

/**
 * Those of the database that this process serves, as the registry last read them: a process serves one database, and each
 * request begins with the registry (`contextReader`), so that what is published is seen by the next one.
 */
let published = new Directives(encodedVersions())

export const publishedDirectives = (): Directives => published

/** Takes what the database has, whenever it was read. */
export function publish(directives: Directives): void {
  published = directives
}

/** Of the newest year: what is judged by where nobody says a year. */
export const newestDirective = (): Directive => published.newest

/** The year of questions about units that name none: the newest directive's, or this one where there is none yet. */
export const newestYear = (): number => published.years.at(-1) ?? Number(today().slice(0, 4))

/** The day of questions that name none: the last of the newest directive's year. */
export const lastDay = (year: number = newestYear()): string => `${year}-12-31`

/** A date of a year of figures. */
export interface Moment {
  readonly year: number
  /** ISO date; the last day of the year where nobody asked for another. */
  readonly asOf: string
}

/** The year of a question, by default the newest that has a directive. */
type AskedYear = number | null | undefined

/** The directive of a year for everyone, or an `UNKNOWN_YEAR` error that names the years there are. */
export function directiveOf(asked: AskedYear): Directive {
  const { newest } = published
  const year = asked ?? newest.year
  const directive = published.main(year)
  if (!directive) {
    const known = published.years
    throw inputError(
      'UNKNOWN_YEAR',
      {
        vi: `chưa có chỉ thị của năm ${year}, chỉ có năm ${known.join(', ')}`,
        en: `there is no directive for ${year}, only for ${known.join(', ')}`,
      },
      {
        argument: 'year',
        value: year,
        nearest: String(known.at(-1)),
      },
    )
  }
  return directive
}

/**
 * Checks a year of figures and a date in it.
 * @returns the date, or the last day of the year where none is given or it lies later
 */
export function momentOf(asked: AskedYear, asOf: string | null | undefined): Moment {
  const year = asked ?? published.newest.year
  if (!hasFigures(year)) {
    const known = published.measuredYears
    throw inputError(
      'UNKNOWN_YEAR',
      {
        vi: `không có số liệu của năm ${year}, chỉ có các năm ${known.join(', ')}`,
        en: `there are no figures for ${year}, only for ${known.join(', ')}`,
      },
      {
        argument: 'year',
        value: year,
        nearest: String(known.at(-1)),
      },
    )
  }
  const end = `${year}-12-31`
  if (!asOf) return { year, asOf: end }
  parseDate(asOf)
  if (asOf < `${year}-01-01`) {
    throw inputError(
      'BAD_DATE',
      {
        vi: `asOf ${asOf} trước năm ${year}: ghi một ngày của năm ${year}`,
        en: `asOf ${asOf} lies before the year ${year}: give a date of ${year}`,
      },
      {
        argument: 'asOf',
        value: asOf,
      },
    )
  }
  return { year, asOf: asOf > end ? end : asOf }
}

/**
 * A period lies in one year and does not end before it begins: turned round, it would look as if nothing was reported.
 * @throws `BAD_DATE` naming the argument of its first day
 */
export function checkPeriod(argument: string, from: string | null | undefined, { year, asOf }: Moment): void {
  if (!from || (from >= `${year}-01-01` && from <= asOf)) return
  const text = {
    vi: `${argument} ${from} phải từ ${year}-01-01 đến ${asOf}, ngày cuối của kỳ`,
    en: `${argument} ${from} must lie between ${year}-01-01 and ${asOf}, the end of the period`,
  }
  const nearest = from < `${year}-01-01` ? `${year}-01-01` : asOf
  throw inputError('BAD_DATE', text, { argument, value: from, nearest })
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  try {
    parseDate(text)
    return true
  } catch {
    return false
  }
}

/** Whether figures may belong to a year. */
export const hasFigures = (year: number): boolean => published.measuredYears.includes(year)

/** The years that figures may belong to, the first first. */
export const figureYears = (): readonly number[] => published.measuredYears

/** The directive whose indicators the figures of a year are of, which may be a later year's; or an `UNKNOWN_YEAR` error. */
export const directiveMeasuring = (year: number): Directive =>
  published.measuring(momentOf(year, null).year) as Directive

/** {@link momentOf} for a year that has a directive to judge by. */
export function judgedMoment(asked: AskedYear, asOf: string | null | undefined): Moment {
  const { year } = directiveOf(asked)
  return momentOf(year, asOf)
}
