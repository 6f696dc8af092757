// Reading the text of an operation: how long and how nested it and its names may be, whoever sends or saves it.

import type { Text } from '@dienbien/targets'
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Lexer,
  OverlappingFieldsCanBeMergedRule,
  parse,
  Source,
  specifiedRules,
  TokenKind,
  validate,
} from 'graphql'
import { ClientError } from '../errors/client-error.ts'
import { inVietnamese } from '../numbers.ts'
import { mergeableFields } from './mergeable-fields.ts'

/** Comments and texts are no tokens, but each character is looked at; what is longer travels in variables. */
export const MAX_CHARACTERS = 100_000

/** A text with more is no question of a person or a program that means well; introspection takes 200. */
const MAX_TOKENS = 5000
/** Brackets within brackets, in selections and in values: the parser calls itself for each, and a policy has about ten. */
export const MAX_NESTING = 100
/** Values in variables, lists and objects and what they hold: the largest file of figures that comes as JSON has a tenth. */
const MOST_VALUES = 100_000
/** A field, a type, an alias, the name of an operation: nobody's has more characters. */
export const MAX_NAME = 200

const OPENING: readonly TokenKind[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]
const CLOSING: readonly TokenKind[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]

/**
 * Parses an operation that is neither too long nor too nested, and whose names are none either.
 * @throws {ClientError} where it is, with what is allowed; {GraphQLError} where it is no GraphQL
 */
export function readDocument(text: string, options: object = {}): DocumentNode {
  if (text.length > MAX_CHARACTERS) throw tooLong(text.length)
  refuseOutsize(text)
  return parse(text, { ...options, maxTokens: MAX_TOKENS })
}

const RULES = [...specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule), mergeableFields()]

/** Holds an operation against the schema by GraphQL's rules, each of which takes time in proportion to the document. */
export const validateDocument = (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] =>
  validate(schema, document, RULES)

/** Looks at one word after the other, so that nothing is called within itself before the depth is known. */
function refuseOutsize(text: string): void {
  const lexer = new Lexer(new Source(text))
  let depth = 0
  for (let tokens = 0; tokens <= MAX_TOKENS; tokens++) {
    const { kind, value } = lexer.advance()
    if (kind === TokenKind.EOF) return
    if (kind === TokenKind.NAME && value.length > MAX_NAME) throw tooLongName(value)
    if (CLOSING.includes(kind)) depth--
    else if (OPENING.includes(kind) && ++depth > MAX_NESTING) throw tooNested({ vi: 'truy vấn', en: 'the text' })
  }
}

/**
 * Refuses variables that are nested deeper than a text may be, so that whatever reads them may call itself, or that are
 * too many.
 * @throws {ClientError}
 */
export function refuseOutsizeValues(variables: unknown): void {
  let level: object[] = isObject(variables) ? [variables] : []
  let count = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTING) throw tooNested({ vi: 'một biến', en: 'a variable' })
    const next: object[] = []
    for (const parent of level) {
      const values: unknown[] = Array.isArray(parent) ? parent : Object.values(parent)
      count += values.length
      if (count > MOST_VALUES) throw tooMany()
      for (const value of values) if (isObject(value)) next.push(value)
    }
    level = next
  }
}

/** A list or an object of JSON; what a file holds is none of it. */
const isObject = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value)))

const BAD_REQUEST = { status: 400 } as const

const tooLongName = (name: string): ClientError =>
  new ClientError(
    'BAD_INPUT',
    {
      vi: `truy vấn có một tên dài ${name.length} ký tự, "${name.slice(0, 40)}…": chỉ được ${MAX_NAME}`,
      en: `the text has a name of ${name.length} characters, "${name.slice(0, 40)}…": ${MAX_NAME} are allowed`,
    },
    { argument: 'query' },
    BAD_REQUEST,
  )

const tooLong = (characters: number): ClientError =>
  new ClientError(
    'TOO_COMPLEX',
    {
      vi: `truy vấn có ${inVietnamese(characters)} ký tự, mức cho phép là ${inVietnamese(MAX_CHARACTERS)}: hãy gửi giá trị dài bằng biến`,
      en: `the text has ${characters} characters and ${MAX_CHARACTERS} are allowed: send long values as variables`,
    },
    { allowed: MAX_CHARACTERS },
    BAD_REQUEST,
  )

const tooMany = (): ClientError =>
  new ClientError(
    'TOO_COMPLEX',
    {
      vi: `các biến chứa quá nhiều giá trị: mức cho phép là ${inVietnamese(MOST_VALUES)}`,
      en: `the variables hold more than ${MOST_VALUES} values: that many are allowed`,
    },
    { allowed: MOST_VALUES },
    BAD_REQUEST,
  )

const tooNested = ({ vi, en }: Text): ClientError =>
  new ClientError(
    'TOO_COMPLEX',
    {
      vi: `${vi} có dấu ngoặc lồng nhau quá sâu: mức cho phép là ${MAX_NESTING} lần`,
      en: `${en} has brackets nested more than ${MAX_NESTING} times: that many are allowed`,
    },
    { allowed: MAX_NESTING },
    BAD_REQUEST,
  )
