import { parseDate, TargetsError, type Text } from '@dienbien/targets'
import { GraphQLScalarType, valueFromASTUntyped } from 'graphql'
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars'
import { ClientError } from '../errors/client-error.ts'
import { refusing } from '../errors/client-errors.ts'
import { builder } from './builder.ts'

function toDate(value: unknown): string {
  if (typeof value !== 'string') {
    const text = JSON.stringify(value)
    throw new ClientError(
      'BAD_DATE',
      {
        vi: `${text} không phải là ngày: viết NĂM-THÁNG-NGÀY, ví dụ "2022-10-31"`,
        en: `${text} is not a date: write YYYY-MM-DD, for example "2022-10-31"`,
      },
      { value },
    )
  }
  try {
    parseDate(value)
  } catch (error) {
    if (!(error instanceof TargetsError)) throw error
    throw new ClientError('BAD_DATE', error.text, { value })
  }
  return value
}

/** Of moments, in UTC: what a database can keep, and nobody's clock is beyond. */
const [FIRST_YEAR, LAST_YEAR] = [1900, 9998]

function toMoment(value: unknown): Date {
  try {
    const moment = typeof value === 'string' ? GraphQLDateTimeISO.parseValue(value) : null
    const year = moment?.getUTCFullYear() ?? 0
    if (moment && year >= FIRST_YEAR && year <= LAST_YEAR) return moment
  } catch {
    // It is said below what would be right.
  }
  const text = JSON.stringify(value)
  throw new ClientError(
    'BAD_DATE',
    {
      vi: `${text} không phải là thời điểm: viết theo ISO 8601 kèm múi giờ, từ năm 1900 đến năm 9998, ví dụ "2022-07-15T17:00:00+07:00"`,
      en: `${text} is no moment: write ISO 8601 with an offset, from the year 1900 to 9998, for example "2022-07-15T17:00:00+07:00"`,
    },
    { value },
  )
}

builder.scalarType('Date', {
  description: 'A day of the calendar, YYYY-MM-DD.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
  serialize: (value) => value,
  // GraphQL keeps the code of an error of its own kind alone.
  parseValue: (value) => refusing(() => toDate(value)),
})
builder.addScalarType(
  'DateTime',
  new GraphQLScalarType<Date, string>({
    ...GraphQLDateTimeISO.toConfig(),
    name: 'DateTime',
    description: 'A moment, ISO 8601 with an offset from UTC; answers are in UTC.',
    specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
    parseValue: (value) => refusing(() => toMoment(value)),
    parseLiteral: (node) => refusing(() => toMoment(valueFromASTUntyped(node))),
  }),
)
builder.addScalarType('JSON', new GraphQLScalarType({ ...GraphQLJSON.toConfig(), description: 'Any JSON value.' }))

const LocaleRef = builder.enumType('Locale', {
  description: 'The language of a text.',
  values: {
    VI: { value: 'vi', description: 'Tiếng Việt' },
    EN: { value: 'en', description: 'English' },
  } as const,
})

/** The argument of every field that is of a year; what takes it falls back to the newest directive's. */
export const yearArg = { type: 'Int', description: 'The year. Default: the newest that has a directive.' } as const

/** The argument of every field that is of a day in that year. */
export const asOfArg = {
  type: 'Date',
  description: 'The day of the question: what counted then. Default: the last day of the year.',
} as const

/** Texts in the language of {@link localeArg}. */
export const localized = (texts: readonly Text[], locale: 'vi' | 'en' | null | undefined): string[] =>
  texts.map((text) => text[locale ?? 'vi'])

/** The argument of every field that is a text in two languages. */
export const localeArg = { type: LocaleRef, defaultValue: 'vi', description: 'The language of the text.' } as const

/** The argument of what was refused, told to whoever asked. */
export const clientLocaleArg = {
  type: LocaleRef,
  description: 'Default: as `Accept-Language` says, English without it.',
} as const
