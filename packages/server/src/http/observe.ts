// What is seen of a request from outside: a line of the log, the metrics, a span. No tokens, names or variables.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getOperationAST, type OperationDefinitionNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import { localeOf } from '../errors/locale.ts'
import { currentScope, type RequestScope, requestId } from '../request-scope.ts'
import type { Metrics } from './metrics.ts'
import type { BadTarget, Target } from './target.ts'
import type { Tracing } from './tracing.ts'

/** Clients choose names and paths: what is kept of one, or written into a line of the log. */
const LONGEST_NAME = 100

export interface Observers {
  readonly logger: Logger
  readonly metrics: Metrics | null
  readonly tracing: Tracing | null
}

/** Begins to watch a request; all is told when its answer has ended or its client has gone. */
export function observe(
  request: IncomingMessage,
  response: ServerResponse,
  address: string | null,
  target: Target | BadTarget,
  { logger, metrics, tracing }: Observers,
): RequestScope {
  const start = performance.now()
  const scope: RequestScope = {
    id: requestId(request),
    address,
    locale: localeOf(request.headers['accept-language']),
    statements: 0,
    operation: null,
    cost: {},
    readsClock: false,
    executed: null,
    way: null,
    codes: new Set(),
    span: tracing?.request(request) ?? null,
  }
  response.setHeader('x-request-id', scope.id)
  const over = metrics?.began()
  response.once('close', () => {
    const ms = performance.now() - start
    const { statusCode: status } = response
    const { id, cost, statements, span } = scope
    const operation = scope.operation && `${scope.operation.kind} ${scope.operation.name}`
    const codes = [...scope.codes]
    const cut = !response.writableFinished
    const { route, path } = 'problem' in target ? { route: 'unreadable', path: null } : target
    logger.info(
      {
        requestId: id,
        method: request.method,
        path: path?.slice(0, LONGEST_NAME) ?? null,
        operation,
        status,
        ms: Math.round(ms),
        complexity: cost.complexity ?? null,
        statements,
        way: scope.way,
        codes,
        cut,
      },
      'request',
    )
    over?.({ operation: operation ?? route, status, seconds: ms / 1000, way: scope.way, codes })
    span?.end({
      name: operation ?? `${request.method}`,
      attributes: {
        'http.request.method': request.method ?? '',
        'http.response.status_code': status,
        'dienbien.request_id': id,
        'dienbien.sql_statements': statements,
        ...(operation ? { 'graphql.operation.name': operation } : {}),
      },
      failed: status >= 500,
    })
  })
  return scope
}

/** An operation as it is shown in logs and counted. */
export const shownOperation = ({ operation, name }: OperationDefinitionNode): RequestScope['operation'] => ({
  kind: operation,
  name: name?.value.slice(0, LONGEST_NAME) ?? 'anonymous',
})

/** Notes what is asked and which errors are told. */
export const observePlugin: Plugin = {
  onParse:
    ({ context }) =>
    ({ result }) => {
      const scope = currentScope()
      if (!scope || !result || result instanceof Error) return
      const { operationName } = (context as { params?: { operationName?: string } }).params ?? {}
      const operation = getOperationAST(result, operationName)
      if (!operation) return
      scope.operation = shownOperation(operation)
    },
  onResultProcess({ result }) {
    const scope = currentScope()
    if (!scope) return
    for (const answer of Array.isArray(result) ? result : [result]) {
      if (Symbol.asyncIterator in answer || !answer.errors) continue
      for (const { extensions } of answer.errors) scope.codes.add(String(extensions?.code ?? 'BAD_QUERY'))
    }
  },
}
