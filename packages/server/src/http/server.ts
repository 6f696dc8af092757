import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import { tokenKey } from '../accounts/token-key.ts'
import { localVerifier, oidcVerifier } from '../accounts/verifier.ts'
import { viewerOf } from '../accounts/viewer.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/open.ts'
import { errorCode, StartFailure } from '../failure.ts'
import { Changes } from '../figures/changes.ts'
import { FigureStore } from '../figures/store.ts'
import { createContext } from '../schema/context.ts'
import { schema } from '../schema/index.ts'
import { toClientError } from './client-errors.ts'
import { compiledExecution } from './compiled.ts'
import { exportPlugin } from './export.ts'
import { complexityLimit, limitBody, securityHeaders, textLimits } from './limits.ts'
import { readyQueries } from './ready-queries.ts'
import { refusalPlugin, refusalRecorder } from './refusals.ts'
import { sharedQueries, trustedDocuments, withSavedQuery } from './saved-queries.ts'
import { countStatements, statementCountPlugin, withCounter } from './statement-count.ts'

export interface RunningServer {
  /** Where GraphiQL and the API are. */
  readonly url: string
  /** Ends requests in flight, then the listener. */
  close(): Promise<void>
}

export const GRAPHQL_PATH = '/graphql'
const READINESS_TIMEOUT_MS = 3000
/** A request that is not whole by then is cut off. */
const REQUEST_TIMEOUT_MS = 60_000
const HEADERS_TIMEOUT_MS = 10_000
/** Requests in flight have so long to end when the server stops. */
const STOP_TIMEOUT_MS = 10_000

/**
 * Serves the API, GraphiQL and the health checks.
 * @throws {StartFailure} where the port is taken or not allowed
 */
export async function startServer(
  config: Pick<Config, 'host' | 'port' | 'dataDir' | 'oidc' | 'figuresMemory' | 'maxComplexity'>,
  database: Database,
  logger: Logger,
): Promise<RunningServer> {
  countStatements(database.pool)
  const verify = config.oidc ? oidcVerifier(config.oidc) : localVerifier(tokenKey(config.dataDir))
  const changes = new Changes()
  const store = new FigureStore(database.pool, database.prisma, changes, logger, config.figuresMemory)
  if (database.url !== null) await changes.follow(database.url, logger)
  const refusals = refusalRecorder(database.prisma, logger)
  const ready = readyQueries()
  const yoga = createYoga({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: async ({ request, req }: { request: Request; req?: IncomingMessage }) => {
      const origin = req?.socket.remoteAddress ?? null
      const viewer = await viewerOf(request, verify).catch(async (error: unknown) => {
        await refusals(error, null, origin)
        throw error
      })
      return createContext(database.prisma, viewer, origin, changes, store)
    },
    graphiql: async () => ({
      title: 'Điện Biên 02/CT-UBND',
      defaultTabs: [
        ...ready.map(({ text }) => ({ query: text })),
        ...(await sharedQueries(database.prisma)).map(({ text, variables }) => ({ query: text, variables })),
      ],
      // Live answers come as server-sent events.
      subscriptionsProtocol: 'SSE',
    }),
    renderGraphiQL: async (options) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    landingPage: false,
    plugins: [
      textLimits,
      trustedDocuments(database.prisma),
      complexityLimit(config.maxComplexity),
      compiledExecution(),
      statementCountPlugin,
      refusalPlugin(refusals),
      exportPlugin,
    ],
    logging: {
      debug: (...parts) => logger.debug(parts),
      info: (...parts) => logger.info(parts),
      warn: (...parts) => logger.warn(parts),
      error: (...parts) => logger.error(parts),
    },
    maskedErrors: {
      maskError: (error) => toClientError(error, logger),
    },
  })
  const server = createServer((request, response) => {
    for (const [name, value] of securityHeaders) response.setHeader(name, value)
    if (request.url?.startsWith('/health/')) return void health(request, response, database)
    if (!limitBody(request, response)) return
    return void withSavedQuery(database.prisma, request, response, () => withCounter(() => yoga(request, response)))
  })
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = HEADERS_TIMEOUT_MS
  await listen(server, config)
  const { address, family, port } = server.address() as AddressInfo
  const host = config.host.includes(':') || family === 'IPv6' ? `[${address}]` : config.host
  return {
    url: `http://${host}:${port}${GRAPHQL_PATH}`,
    close: async () => {
      await changes.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // A connection whose answer has just ended is kept for the next question, which there will not be.
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      const late = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS)
      await closed
      clearInterval(idle)
      clearTimeout(late)
    },
  }
}

function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = errorCode(error)
      const why =
        code === 'EADDRINUSE'
          ? 'is in use'
          : code === 'EACCES'
            ? 'needs more rights'
            : `cannot be listened on (${code})`
      reject(new StartFailure(`port ${port} of ${host} ${why}: set PORT to another, or to 0 for any free one`))
    })
    server.listen({ host, port }, resolve)
  })
}

/** `live`: the process answers. `ready`: it can reach its database. */
async function health(request: IncomingMessage, response: ServerResponse, { pool }: Database): Promise<void> {
  const path = request.url?.split('?')[0]
  const known = path === '/health/live' || path === '/health/ready'
  const ok = path === '/health/live' || (known && (await answers(pool)))
  response.writeHead(known ? (ok ? 200 : 503) : 404, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: known ? (ok ? 'ok' : 'unavailable') : 'unknown path' }))
}

async function answers(pool: Database['pool']): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(resolve, READINESS_TIMEOUT_MS, false).unref())
  const query = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([query, timeout])
}
