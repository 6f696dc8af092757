import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as TcpServer } from 'node:net'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import { tokenKey } from '../accounts/token-key.ts'
import { localVerifier, oidcVerifier } from '../accounts/verifier.ts'
import { viewerOf } from '../accounts/viewer.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/open.ts'
import { Replicas } from '../database/replicas.ts'
import { errorCode, StartFailure } from '../failure.ts'
import { Changes } from '../figures/changes.ts'
import { FigureStore } from '../figures/store.ts'
import { createContext } from '../schema/context.ts'
import { schema } from '../schema/index.ts'
import { toClientError } from './client-errors.ts'
import { compiledExecution } from './compiled.ts'
import { exportPlugin } from './export.ts'
import { complexityLimit, limitBody, securityHeaders, textLimits } from './limits.ts'
import { createMetrics, serveMetrics } from './metrics.ts'
import { observe, observePlugin } from './observe.ts'
import { addressReader, rateLimit } from './rate-limit.ts'
import { readyQueries } from './ready-queries.ts'
import { refusalPlugin, refusalRecorder } from './refusals.ts'
import { currentScope, inScope } from './request-scope.ts'
import { sharedQueries, trustedDocuments, withSavedQuery } from './saved-queries.ts'
import { scoreboard, scoreboardQueries } from './scoreboard.ts'
import { countStatements, statementCountPlugin } from './statement-count.ts'
import { startTracing, wantsTraces } from './tracing.ts'

export interface RunningServer {
  /** Where GraphiQL and the API are. */
  readonly url: string
  /** Ends requests in flight, then the listener. */
  close(): Promise<void>
}

export const GRAPHQL_PATH = '/graphql'
const OF_API = /^\/graphql(?:[/?]|$)/
/** How often requests are looked for that take too long to come. */
const CONNECTIONS_CHECK_MS = 2000
const READINESS_TIMEOUT_MS = 3000
/** A request that is not whole by then is cut off. */
const REQUEST_TIMEOUT_MS = 60_000
const HEADERS_TIMEOUT_MS = 10_000
/** What a client has sent by now has arrived by then. */
const ON_THE_WAY_MS = 250
/** Requests in flight have so long to end when the server stops. */
const STOP_TIMEOUT_MS = 10_000

/**
 * Serves the API, GraphiQL and the health checks.
 * @throws {StartFailure} where the port is taken or not allowed
 */
export async function startServer(config: Config, database: Database, logger: Logger): Promise<RunningServer> {
  countStatements(database.pool)
  const { replicaUrls } = config
  const replicas = replicaUrls.length > 0 ? await Replicas.open(database, replicaUrls, logger) : null
  const verify = config.oidc ? oidcVerifier(config.oidc) : localVerifier(tokenKey(config.dataDir))
  const changes = new Changes(() => replicas?.wrote())
  const store = new FigureStore(database.pool, database.prisma, changes, logger, config.figuresMemory)
  if (database.url !== null) await changes.follow(database.url, logger)
  const refusals = refusalRecorder(database.prisma, logger)
  const metrics = config.metricsPort === null ? null : createMetrics(database.pool, store)
  const tracing = wantsTraces(process.env) ? await startTracing() : null
  const limit = config.rateLimit === null ? null : rateLimit(config.rateLimit)
  const addressOf = addressReader(config.trustedProxies)
  const ready = readyQueries()
  const only = config.onlyTrusted
    ? {
        texts: new Set([...ready.map(({ text }) => text), ...scoreboardQueries()].map((text) => text.trim())),
        isFree: async (request: Request) => (await viewerOf(request, verify))?.role === 'administrator',
      }
    : null
  const yoga = createYoga({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: async ({ request }: { request: Request }) => {
      const scope = currentScope()
      const origin = scope?.address ?? null
      const viewer = await viewerOf(request, verify).catch(async (error: unknown) => {
        await refusals(error, null, origin)
        throw error
      })
      const prisma = scope?.operation?.kind === 'query' ? (replicas?.reads() ?? database.prisma) : database.prisma
      return createContext(prisma, viewer, origin, changes, store)
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
    // Tokens travel in a header; there are no cookies that a browser could add.
    cors: { origin: '*', credentials: false },
    plugins: [
      textLimits,
      trustedDocuments(database.prisma, only),
      observePlugin,
      complexityLimit(config.maxComplexity),
      ...(limit ? [limit.plugin] : []),
      afterMutations(() => replicas?.wrote()),
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
  const pages = scoreboard()
  let stopping = false
  const server = createServer({ connectionsCheckingInterval: CONNECTIONS_CHECK_MS }, (request, response) => {
    for (const [name, value] of securityHeaders) response.setHeader(name, value)
    // Who asks on a kept connection is told to open another next time: it leads to a server that stays.
    if (stopping) response.setHeader('connection', 'close')
    if (request.url?.startsWith('/health/')) return void health(request, response, database, stopping)
    const address = addressOf(request)
    const scope = observe(request, response, address, { logger, metrics, tracing })
    if (!OF_API.test(request.url ?? '')) return void pages(request, response, () => yoga(request, response))
    return void inScope(scope, async () => {
      const wait = limit && address ? await limit.retryAfter(address) : 0
      if (wait > 0) return limit?.refuse(response, wait)
      if (!limitBody(request, response)) return
      await withSavedQuery(database.prisma, request, response, () => yoga(request, response))
    })
  })
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = HEADERS_TIMEOUT_MS
  await listen(server, config)
  const forMetrics = { host: config.host, port: config.metricsPort ?? 0 }
  const metricsServer = metrics && (await serveMetrics(metrics, (one) => listen(one, forMetrics, 'METRICS_PORT')))
  if (metricsServer) logger.info({ port: metricsServer.port }, 'metrics')
  const { address, family, port } = server.address() as AddressInfo
  const host = config.host.includes(':') || family === 'IPv6' ? `[${address}]` : config.host
  return {
    url: `http://${host}:${port}${GRAPHQL_PATH}`,
    close: async () => {
      stopping = true
      metricsServer?.close()
      // Not `server.close()` of HTTP, which at once cuts every connection that has no answer under way: a question may be
      // on its way on it, and is still answered.
      const closed = new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve()))
      await changes.close()
      const quiet = performance.now() + ON_THE_WAY_MS
      const idle = setInterval(() => performance.now() > quiet && server.closeIdleConnections(), 50)
      const late = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS)
      await closed
      clearInterval(idle)
      clearTimeout(late)
      await tracing?.close()
      await replicas?.close()
    },
  }
}

/** Calls `done` when a mutation has been carried out, before its client is told. */
function afterMutations(done: () => void): Plugin {
  return {
    onExecute: () => (currentScope()?.operation?.kind === 'mutation' ? { onExecuteDone: () => done() } : undefined),
  }
}

function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>, setting = 'PORT'): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = errorCode(error)
      const why =
        code === 'EADDRINUSE'
          ? 'is in use'
          : code === 'EACCES'
            ? 'needs more rights'
            : `cannot be listened on (${code})`
      reject(new StartFailure(`port ${port} of ${host} ${why}: set ${setting} to another, or to 0 for any free one`))
    })
    server.listen({ host, port }, resolve)
  })
}

/** `live`: the process answers. `ready`: it can reach its database and is not about to stop. */
async function health(
  request: IncomingMessage,
  response: ServerResponse,
  { pool }: Database,
  stopping: boolean,
): Promise<void> {
  const path = request.url?.split('?')[0]
  const known = path === '/health/live' || path === '/health/ready'
  const ok = path === '/health/live' || (known && !stopping && (await answers(pool)))
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
