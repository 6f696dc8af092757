// What belongs to one request and reaches everything that it calls without being handed on.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { ExecutionResult } from 'graphql'
import { DEFAULT_LOCALE, type Locale } from './errors/locale.ts'

/** A span for a request, and below it one for each SQL statement. */
export interface RequestSpan {
  statement(text: string): { end(error?: Error): void }
  end(details: { name: string; attributes: Record<string, string | number>; failed: boolean }): void
}

/** What an answer tells of its cost besides the SQL statements that were counted. */
interface NotedCost {
  /** What the operation was estimated to cost before it ran: about the microseconds that it takes. */
  complexity?: number
  executor?: 'compiled' | 'interpreted'
}

/** Kept: the answer was there already. Direct: without the library. */
export type AnswerWay = 'kept' | 'direct' | 'library'

export interface RequestScope {
  /** In the answer's header, in every line of the log that the request causes, and in its trace. */
  readonly id: string
  /** Of the client, seen through trusted proxies; null where the connection is gone. */
  readonly address: string | null
  /** In which a client reads what went wrong. */
  readonly locale: Locale
  /** SQL statements sent so far. */
  statements: number
  /** Null until the text was read. */
  operation: { readonly kind: 'query' | 'mutation' | 'subscription'; readonly name: string } | null
  readonly cost: NotedCost
  /** Its answer depends on when it was asked for. */
  readsClock: boolean
  /** What came of it, where it was executed already and is still to be told: it is not paid for or executed again. */
  executed: ExecutionResult | null
  /** By which the API answered; null where it has not. */
  way: AnswerWay | null
  /** Of the errors that the client was told. */
  readonly codes: Set<string>
  readonly span: RequestSpan | null
}

const scopes = new AsyncLocalStorage<RequestScope>()

export const currentLocale = (): Locale => scopes.getStore()?.locale ?? DEFAULT_LOCALE

export const currentScope = (): RequestScope | undefined => scopes.getStore()

/** Notes a part of the cost of the operation that runs. */
export function noteCost(cost: NotedCost): void {
  const scope = currentScope()
  if (scope) Object.assign(scope.cost, cost)
}

/** To be called by whatever a query reads the clock with: its answer is not kept. */
export function noteClock(): void {
  const scope = currentScope()
  if (scope) scope.readsClock = true
}

export const inScope = <T>(scope: RequestScope, work: () => T): T => scopes.run(scope, work)

/** A proxy's id is kept, so that its log and ours can be read together; anything but a plain word is replaced. */
const PLAIN_ID = /^[\w.-]{8,64}$/

export function requestId({ headers }: IncomingMessage): string {
  const header = headers['x-request-id']
  return typeof header === 'string' && PLAIN_ID.test(header) ? header : randomUUID()
}
