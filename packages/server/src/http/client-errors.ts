import { ImpossibleStep, TargetsError } from '@dienbien/targets'
import { PothosValidationError } from '@pothos/core'
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import { createGraphQLError } from 'graphql-yoga'
import type { Logger } from 'pino'
import { errorCode } from '../failure.ts'
import { FiguresTooLarge } from '../figures/store.ts'
import { Prisma } from '../generated/prisma/client.ts'

/** Prisma's code for a row that a global id names and that does not exist. */
const NOT_FOUND = 'P2025'

/**
 * What a client is told of an error: the typed ones as they are, the package's and the libraries' with a code, and nothing
 * of any other but that it happened; that one goes to the log.
 */
export function toClientError(error: unknown, logger: Logger): Error {
  const at = error instanceof GraphQLError ? placeOf(error) : {}
  const original = error instanceof GraphQLError ? error.originalError : error
  const told = describe(original)
  if (told) return createGraphQLError(told.message, { ...at, extensions: told.extensions })
  if (error instanceof GraphQLError && (!original || original instanceof GraphQLError)) return error
  logger.error({ err: original }, 'a request failed')
  return createGraphQLError('Something went wrong on the server; it is in its log.', {
    ...at,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  })
}

/** Where an error arose: by nodes or, from compiled operations, by positions in the text. */
function placeOf({ nodes, source, positions, path }: GraphQLError) {
  return { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null }
}

function describe(error: unknown): { message: string; extensions: GraphQLErrorExtensions } | null {
  if (error instanceof TargetsError) {
    const { code, message, where, nearest } = error
    const possible = error instanceof ImpossibleStep ? { possible: error.possible } : {}
    return { message, extensions: { code, ...(where ? { where } : {}), ...(nearest ? { nearest } : {}), ...possible } }
  }
  if (error instanceof PothosValidationError) return { message: error.message, extensions: { code: 'BAD_INPUT' } }
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === NOT_FOUND) {
    return { message: 'there is nothing with this id', extensions: { code: 'NOT_FOUND' } }
  }
  if (error instanceof FiguresTooLarge) {
    return { message: error.message, extensions: { code: 'FIGURES_TOO_LARGE', http: { status: 503 } } }
  }
  if (databaseCode(error) === DISK_FULL) {
    return {
      message: "The database's disk is full: nothing was stored. Reading goes on; try again when there is room.",
      extensions: { code: 'DATABASE_FULL', http: { status: 507 } },
    }
  }
  if (isUnreachable(error)) {
    return {
      message: 'The database cannot be reached at the moment: try again.',
      extensions: { code: 'DATABASE_UNAVAILABLE', http: { status: 503, headers: { 'retry-after': '2' } } },
    }
  }
  return null
}

/** PostgreSQL's code for a full disk. */
const DISK_FULL = '53100'

interface FromDriver {
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: { readonly originalCode?: string } } }
}

/** PostgreSQL's code, or Node's, in whatever Prisma wraps it. */
function databaseCode(error: unknown): string {
  return (error as FromDriver)?.meta?.driverAdapterError?.cause?.originalCode ?? errorCode(error) ?? ''
}

/** Prisma's codes for a database that cannot be reached, times out, or closed the connection. */
const PRISMA_UNREACHABLE = ['P1001', 'P1002', 'P1003', 'P1008', 'P1010', 'P1017', 'P2024', 'P2028', 'P2037']
/** The same of Node, and PostgreSQL's classes for connections (08), shutdowns (57P) and too many of them (53300). */
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|08\w{3}|57P\w{2}|53300|55000)$/

function isUnreachable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError && PRISMA_UNREACHABLE.includes(error.code)) return true
  if (error instanceof Prisma.PrismaClientInitializationError) return true
  if (UNREACHABLE.test(databaseCode(error))) return true
  // The pool and the driver say some of it in words only.
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|not currently accepting connections/.test(
      error.message,
    )
  )
}
