import { TargetsError, type Text } from '@dienbien/targets'
import { PothosValidationError } from '@pothos/core'
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import { createGraphQLError } from 'graphql-yoga'
import type { Logger } from 'pino'
import { Prisma } from '../generated/prisma/client.ts'
import { currentLocale } from '../request-scope.ts'
import { ClientError } from './client-error.ts'
import { databaseFailure } from './database-failure.ts'
import { NOTHING_WITH_ID } from './input-error.ts'
import { libraryMessage } from './library-messages.ts'
import type { Locale } from './locale.ts'

/** Prisma's code for a row that a global id names and that does not exist. */
const NOT_FOUND = 'P2025'

/**
 * What a client is told of an error: the typed ones as they are, the package's and the libraries' with a code, and nothing
 * of any other but that it happened; that one goes to the log.
 */
export function toClientError(error: unknown, logger: Logger, locale: Locale = currentLocale()): GraphQLError {
  if (error instanceof GraphQLError && reported.has(error)) return error
  const at = error instanceof GraphQLError ? placeOf(error) : {}
  const original = error instanceof GraphQLError ? error.originalError : error
  const said = describe(original, logger)
  if (said) return createGraphQLError(said.text[locale], { ...at, extensions: said.extensions })
  if (error instanceof GraphQLError && (!original || original instanceof GraphQLError) && !isOfAnAnswer(error)) {
    return asLibrary(error, locale)
  }
  logger.error({ err: original }, 'a request failed')
  return createGraphQLError(SOMETHING_WRONG[locale], {
    ...at,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  })
}

export const SOMETHING_WRONG: Text = {
  vi: 'Máy chủ gặp lỗi; chi tiết có trong nhật ký của máy chủ.',
  en: 'Something went wrong on the server; it is in its log.',
}

/**
 * What a library says of a question that cannot be read, or is none of the schema, in the language of who asked. Another
 * error each time: the library keeps its own, and tells it again to who asks the same.
 */
function asLibrary(error: GraphQLError, locale: Locale): GraphQLError {
  const known = libraryMessage(error.message)
  // Of a body that is no JSON, `originalError` is what the library itself goes by.
  const { code, originalError, ...extensions } = error.extensions
  const asClient = createGraphQLError(locale === 'vi' && known ? known.vi : error.message, {
    ...placeOf(error),
    // graphql-js gives no code to a variable that is not of its type.
    extensions: {
      code: code === undefined || code === 'BAD_REQUEST' ? (known?.code ?? code ?? 'BAD_INPUT') : code,
      ...known?.details,
      ...extensions,
    },
  })
  if (originalError) Object.defineProperty(asClient.extensions, 'originalError', { value: originalError })
  reported.add(asClient)
  return asClient
}

/** A value of ours that its type cannot hold: the libraries tell it as they tell of a wrong argument. */
const isOfAnAnswer = ({ path, extensions, message }: GraphQLError): boolean =>
  path !== undefined && extensions.code === undefined && !message.startsWith('Argument "')

/** What is not known to be said stays as it is. */
const libraryText = (message: string): Text => ({ vi: libraryMessage(message)?.vi ?? message, en: message })

/** Those that stand as they are. */
const reported = new WeakSet<GraphQLError>()

/** `http` is a copy for each answer: Yoga writes into it, and what it wrote would hold for the next one too. */
const extensionsOf = ({ code, details, http }: ClientError): GraphQLErrorExtensions => ({
  code,
  ...details,
  ...(http ? { http: { ...http } } : {}),
})

/** For what is refused before, or without, a resolver: Yoga would log any other error as a failure of the server. */
export function graphQLErrorOf(refusal: ClientError): GraphQLError {
  const error = createGraphQLError(refusal.text[currentLocale()], { extensions: extensionsOf(refusal) })
  reported.add(error)
  return error
}

/** The error that rules and look-ups threw, also where an executor has said where. */
export function clientErrorOf(error: unknown): ClientError | null {
  const original = error instanceof GraphQLError ? error.originalError : error
  return original instanceof ClientError ? original : null
}

/** {@link graphQLErrorOf} what it is for; any other error as it is. */
export const asGraphQL = (error: unknown): unknown => (error instanceof ClientError ? graphQLErrorOf(error) : error)

/** Runs a step of a request that a {@link ClientError} may end. */
export function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asGraphQL(error)
  }
}

/** Where an error arose: by nodes or, from compiled operations, by positions in the text. */
function placeOf({ nodes, source, positions, path }: GraphQLError) {
  return { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null }
}

/** What a client is told of an error. */
export interface Said {
  readonly text: Text
  readonly extensions: GraphQLErrorExtensions
}

const describe = (error: unknown, logger: Logger): Said | null =>
  describeMistake(error) ?? describeFailure(error, logger)

/**
 * What is told of an error that tells of what a client did, and not of a failure of the server; also where an executor has
 * said where. Null for any other.
 */
export const mistakeOf = (error: unknown): Said | null =>
  describeMistake(error instanceof GraphQLError ? error.originalError : error) ?? describeTaken(error)

function describeMistake(error: unknown): Said | null {
  if (error instanceof ClientError) return { text: error.text, extensions: extensionsOf(error) }
  if (error instanceof TargetsError) {
    const { code, text, path, nearest } = error
    return { text, extensions: { code, ...(path ? { where: path } : {}), ...(nearest ? { nearest } : {}) } }
  }
  if (error instanceof PothosValidationError)
    return { text: libraryText(error.message), extensions: { code: 'BAD_INPUT' } }
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === NOT_FOUND) {
    return { text: NOTHING_WITH_ID, extensions: { code: 'NOT_FOUND' } }
  }
  return null
}

/** Whether an error tells of what a client did; then it is none of the server's log. */
export const isMistake = (error: unknown): boolean => mistakeOf(error) !== null

/** The database itself found that somebody else was there first. */
function describeTaken(error: unknown): Said | null {
  const failure = databaseFailure(error)
  return failure?.code === 'EDIT_CONFLICT' ? { text: failure.text, extensions: { code: failure.code } } : null
}

function describeFailure(error: unknown, logger: Logger): Said | null {
  const failure = databaseFailure(error)
  if (!failure) return null
  const { code, text, status, retryAfter, alarming } = failure
  if (alarming) logger.error({ err: error }, 'the database refused or failed')
  const headers = retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }
  return { text, extensions: { code, ...(status === undefined ? {} : { http: { status, ...headers } }) } }
}
