// The one place where pools of connections are made, so that none of them waits for ever.
import { Pool, type PoolClient, type PoolConfig } from 'pg'

/**
 * How long a statement waits for somebody else's lock, runs, and how long a transaction may stand still. Loading a year of
 * a country takes seconds; what takes longer sets its own (imports, migrations, backups).
 */
const PATIENCE = {
  lock_timeout: 4000,
  statement_timeout: 120_000,
  idle_in_transaction_session_timeout: 30_000,
}
const CONNECT_TIMEOUT_MS = 10_000

/**
 * Connections to a PostgreSQL server, or to the embedded database, which is one session and keeps no time.
 * @param settings of the driver, in milliseconds: `connectionTimeoutMillis` (default 10 s), and `query_timeout`, after
 *   which an answer is no longer waited for even where the server has stopped to keep time itself (default: never)
 */
export function openPool(
  connectionString: string,
  settings: Pick<PoolConfig, 'max' | 'connectionTimeoutMillis' | 'query_timeout'>,
  { embedded = false } = {},
): Pool {
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(embedded ? {} : PATIENCE),
    ...settings,
  })
  // A connection that breaks is replaced; a query that needs it says so itself. The pool hears of idle ones only.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * Runs `work` in a transaction on a connection of its own. Not by Prisma: it is for the driver's statements, and says itself
 * how it begins (read only, at one moment, without waiting). A connection whose transaction could not even be rolled back is
 * not used again.
 * @param begin the statement, with what it sets for itself
 * @throws what `work` throws, after the rollback
 */
export async function inTransaction<T>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    // The first error is the one to tell.
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}
