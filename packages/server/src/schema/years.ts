import { type Directive, directives, parseDate } from '@dienbien/targets'
import { inputError } from './errors.ts'

const byYear: Readonly<Record<number, Directive>> = directives

/** A date of a year of figures. */
export interface Moment {
  readonly year: number
  /** ISO date; the last day of the year where nobody asked for another. */
  readonly asOf: string
}

/** The directive of a year, or an `UNKNOWN_YEAR` error that names the years there are. */
export function directiveOf(year: number): Directive {
  const directive = byYear[year]
  if (!directive) {
    const known = Object.keys(byYear)
    throw inputError('UNKNOWN_YEAR', `there is no directive for ${year}, only for ${known.join(', ')}`, {
      argument: 'year',
      value: year,
      nearest: known.at(-1),
    })
  }
  return directive
}

/** The years with figures: those of the directives, and the earlier ones that their targets are compared with. */
const figureYears = new Set(
  Object.values(byYear).flatMap(({ year, indicators }) => [
    year,
    ...indicators.flatMap(({ change }) => (change ? [change.against] : [])),
  ]),
)

/**
 * Checks a year of figures and a date in it.
 * @returns the date, or the last day of the year where none is given or it lies later
 */
export function momentOf(year: number, asOf: string | null | undefined): Moment {
  if (!figureYears.has(year)) {
    const known = [...figureYears].sort()
    throw inputError('UNKNOWN_YEAR', `there are no figures for ${year}, only for ${known.join(', ')}`, {
      argument: 'year',
      value: year,
      nearest: String(known.at(-1)),
    })
  }
  const end = `${year}-12-31`
  if (!asOf) return { year, asOf: end }
  parseDate(asOf)
  if (asOf < `${year}-01-01`) {
    throw inputError('BAD_DATE', `asOf ${asOf} lies before the year ${year}: give a date of ${year}`, {
      argument: 'asOf',
      value: asOf,
    })
  }
  return { year, asOf: asOf > end ? end : asOf }
}

/** {@link momentOf} for a year that has a directive to judge by. */
export function judgedMoment(year: number, asOf: string | null | undefined): Moment {
  directiveOf(year)
  return momentOf(year, asOf)
}
