import type { ServerResponse } from 'node:http'
import type { Pool } from 'pg'

const READINESS_TIMEOUT_MS = 3000

/** `live`: the process answers. `ready`: it can reach its database and is not about to stop. */
export async function answerHealth(
  path: string,
  response: ServerResponse,
  pool: Pool,
  isStopping: () => boolean,
): Promise<void> {
  const known = path === '/health/live' || path === '/health/ready'
  const ok = path === '/health/live' || (known && !isStopping() && (await answers(pool)) && !isStopping())
  response.writeHead(known ? (ok ? 200 : 503) : 404, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: known ? (ok ? 'ok' : 'unavailable') : 'unknown path' }))
}

/** Not by Prisma: the pool answers without a model, and it is the pool that is asked about. */
async function answers(pool: Pool): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(resolve, READINESS_TIMEOUT_MS, false).unref())
  const query = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([query, timeout])
}
