// What belongs to one request and reaches everything that it calls without being handed on.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { RequestSpan } from './tracing.ts'

export interface RequestScope {
  /** In the answer's header, in every line of the log that the request causes, and in its trace. */
  readonly id: string
  /** Of the client, seen through trusted proxies; null where the connection is gone. */
  readonly address: string | null
  /** SQL statements sent so far. */
  statements: number
  /** Null until the text was read. */
  operation: { readonly kind: 'query' | 'mutation' | 'subscription'; readonly name: string } | null
  /** What the operation was estimated to cost. */
  complexity: number | null
  /** Of the errors that the client was told. */
  readonly codes: Set<string>
  readonly span: RequestSpan | null
}

const scopes = new AsyncLocalStorage<RequestScope>()

export const currentScope = (): RequestScope | undefined => scopes.getStore()

export const inScope = <T>(scope: RequestScope, work: () => T): T => scopes.run(scope, work)

/** A proxy's id is kept, so that its log and ours can be read together; anything but a plain word is replaced. */
const PLAIN_ID = /^[\w.-]{8,64}$/

export function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && PLAIN_ID.test(given) ? given : randomUUID()
}
