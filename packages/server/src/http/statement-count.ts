import { AsyncLocalStorage } from 'node:async_hooks'
import type { Plugin } from 'graphql-yoga'
import type { Pool, PoolClient } from 'pg'

interface Counter {
  statements: number
}

const current = new AsyncLocalStorage<Counter>()

function count(): void {
  const counter = current.getStore()
  if (counter) counter.statements++
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
    count()
    return Reflect.apply(query, pool, parts)
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
          if (lent.has(client)) count()
          return Reflect.apply(original, client, inner)
        }) as typeof client.query
      }
      return client
    })
  }) as typeof pool.connect
  pool.on('release', (_, client) => lent.delete(client as PoolClient))
}

/** Runs a request with a counter of its own. */
export function withCounter<T>(work: () => T): T {
  return current.run({ statements: 0 }, work)
}

/** What an answer tells of its cost besides the SQL statements that were counted. */
interface NotedCost {
  /** What the operation was estimated to cost before it ran: about the values that it brings. */
  readonly complexity?: number
  readonly executor?: 'compiled' | 'interpreted'
}

const costs = new WeakMap<object, NotedCost>()

/** Notes a part of the cost of the operation that runs in this context. */
export function noteCost(context: unknown, cost: NotedCost): void {
  costs.set(context as object, { ...costs.get(context as object), ...cost })
}

/** Tells each answer's cost in `extensions.cost`. */
export const statementCountPlugin: Plugin = {
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      const counter = current.getStore()
      if (!counter || typeof result !== 'object' || Symbol.asyncIterator in result) return
      const { extensions } = result
      const cost = { ...costs.get(args.contextValue as object), sqlStatements: counter.statements }
      setResult({ ...result, extensions: { ...extensions, cost } })
    },
  }),
}
