import { parseDate } from '@dienbien/targets'
import { GraphQLError, valueFromASTUntyped } from 'graphql'
import { builder } from './builder.ts'

function toDate(value: unknown): string {
  if (typeof value !== 'string') {
    throw new GraphQLError(`${JSON.stringify(value)} is not a date: write YYYY-MM-DD, for example "2022-10-31"`, {
      extensions: { code: 'BAD_DATE' },
    })
  }
  try {
    parseDate(value)
  } catch (error) {
    throw new GraphQLError((error as Error).message, { extensions: { code: 'BAD_DATE' } })
  }
  return value
}

builder.scalarType('Date', {
  description: 'A day of the calendar, YYYY-MM-DD.',
  serialize: (value) => value,
  parseValue: toDate,
})
builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
})

const Locale = builder.enumType('Locale', {
  description: 'The language of a text.',
  values: {
    VI: { value: 'vi', description: 'Tiếng Việt' },
    EN: { value: 'en', description: 'English' },
  } as const,
})

/** The argument of every field that is a text in two languages. */
export const localeArg = { type: Locale, defaultValue: 'vi', description: 'The language.' } as const
