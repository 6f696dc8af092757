import { type Directive, directives, parseDate } from '@dienbien/targets'
import { inputError } from '../errors/input-error.ts'

const byYear: Readonly<Record<number, Directive>> = directives

/** Of the newest year: what is judged by where nobody says a year. Numbers as keys come in rising order. */
export const newestDirective = Object.values(byYear).at(-1) as Directive

/** The day of questions that name none: the last of the newest directive's year. */
export const lastDay = (year: number = newestDirective.year): string => `${year}-12-31`

/** A date of a year of figures. */
export interface Moment {
  readonly year: number
  /** ISO date; the last day of the year where nobody asked for another. */
  readonly asOf: string
}

/** The year of a question, by default the newest that has a directive. */
type AskedYear = number | null | undefined

/** The directive of a year, or an `UNKNOWN_YEAR` error that names the years there are. */
export function directiveOf(asked: AskedYear): Directive {
  const year = asked ?? newestDirective.year
  const directive = byYear[year]
  if (!directive) {
    const known = Object.keys(byYear)
    throw inputError(
      'UNKNOWN_YEAR',
      {
        vi: `chưa có chỉ thị của năm ${year}, chỉ có năm ${known.join(', ')}`,
        en: `there is no directive for ${year}, only for ${known.join(', ')}`,
      },
      {
        argument: 'year',
        value: year,
        nearest: known.at(-1),
      },
    )
  }
  return directive
}

/** By year of figures: the directive of the year, or the later one whose targets are compared with it. */
const measuredBy: ReadonlyMap<number, Directive> = new Map([
  ...Object.values(byYear).flatMap((directive) =>
    directive.indicators.flatMap(({ change }) => (change ? [[change.against, directive] as const] : [])),
  ),
  ...Object.values(byYear).map((directive) => [directive.year, directive] as const),
])

/**
 * Checks a year of figures and a date in it.
 * @returns the date, or the last day of the year where none is given or it lies later
 */
export function momentOf(asked: AskedYear, asOf: string | null | undefined): Moment {
  const year = asked ?? newestDirective.year
  if (!measuredBy.has(year)) {
    const known = [...measuredBy.keys()].sort()
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
export const hasFigures = (year: number): boolean => measuredBy.has(year)

/** The years that figures may belong to, the first first. */
export const figureYears = (): number[] => [...measuredBy.keys()].sort((a, b) => a - b)

/** The directive whose indicators the figures of a year are of, which may be a later year's; or an `UNKNOWN_YEAR` error. */
export function directiveMeasuring(year: number): Directive {
  return measuredBy.get(momentOf(year, null).year) as Directive
}

/** {@link momentOf} for a year that has a directive to judge by. */
export function judgedMoment(asked: AskedYear, asOf: string | null | undefined): Moment {
  const { year } = directiveOf(asked)
  return momentOf(year, asOf)
}
