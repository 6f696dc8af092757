import type { Plugin } from 'graphql-yoga'
import type { Pool, PoolClient } from 'pg'
import { currentScope } from '../request-scope.ts'

/** Counts a statement for the request that asks for it, and puts it into its trace. */
function counted<T>(statement: unknown, send: () => T): T {
  const scope = currentScope()
  if (!scope) return send()
  scope.statements++
  if (!scope.span) return send()
  const text = typeof statement === 'string' ? statement : ((statement as { text?: string } | undefined)?.text ?? '')
  const span = scope.span.statement(text)
  const result = send()
  if (result instanceof Promise) {
    result.then(
      () => span.end(),
      (error: Error) => span.end(error),
    )
  } else span.end() // a stream, which tells its end to its reader only
  return result
}

/**
 * Counts the SQL statements that each request sends through a pool, and through connections lent by it. They are counted
 * where they are asked for: when a waiting one is sent, another request's context may be the current one.
 */
export function countStatements(pool: Pool): void {
  const { query, connect } = pool
  const lent = new WeakSet<PoolClient>()
  const patched = new WeakSet<PoolClient>()
  // Every form of the arguments goes through unchanged.
  pool.query = ((...parts: unknown[]) => {
    return counted(parts[0], () => Reflect.apply(query, pool, parts))
  }) as typeof pool.query
  pool.connect = ((...parts: unknown[]) => {
    const lending = Reflect.apply(connect, pool, parts) as Promise<PoolClient> | undefined
    if (parts.length > 0 || !lending) return lending // the pool's own use, for `pool.query`
    return lending.then((client) => {
      lent.add(client)
      if (!patched.has(client)) {
        patched.add(client)
        const original = client.query
        client.query = ((...inner: unknown[]) => {
          const send = () => Reflect.apply(original, client, inner)
          return lent.has(client) ? counted(inner[0], send) : send()
        }) as typeof client.query
      }
      return client
    })
  }) as typeof pool.connect
  pool.on('release', (_, client) => lent.delete(client as PoolClient))
}

/** Tells each answer's cost in `extensions.cost`. */
export const statementCountPlugin: Plugin = {
  onExecute: () => ({
    onExecuteDone: ({ result, setResult }) => {
      const scope = currentScope()
      if (!scope || typeof result !== 'object' || Symbol.asyncIterator in result) return
      const { extensions } = result
      const cost = { ...scope.cost, sqlStatements: scope.statements }
      setResult({ ...result, extensions: { ...extensions, cost } })
    },
  }),
}
