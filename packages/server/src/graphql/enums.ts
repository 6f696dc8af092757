// Enums whose values are words of the package or the database: GraphQL's names hold no hyphens, points or small letters.
import { builder } from './builder.ts'

/** "credit.partial" is CREDIT_PARTIAL, "figureStatus" FIGURE_STATUS. */
export const enumName = (word: string): string =>
  word
    .replace(/[A-Z]+/g, (letters) => (letters === word ? letters : `_${letters}`))
    .replace(/[^A-Za-z]+/g, '_')
    .toUpperCase()

/** An enum of words, each with what it means: the compiler sees that none is forgotten. */
export const enumOfWords = <Word extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Word, string>>,
) =>
  builder.enumType(name, {
    description,
    values: Object.fromEntries(
      Object.entries<string>(words).map(([value, says]) => [enumName(value), { value, description: says }]),
    ) as Record<string, { value: Word; description: string }>,
  })

/** For a text that has come to have an enum. */
export const textOf = (field: string) => ({
  deprecationReason: `It is a text of what has an enum. Ask for \`${field}\`.`,
})
