import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { tokenKey } from '../accounts/token-key.ts'
import { localVerifier, oidcVerifier } from '../accounts/verifier.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/open.ts'
import { Replicas } from '../database/replicas.ts'
import { errorCode, StartFailure } from '../errors/failure.ts'
import { Changes } from '../figures/changes.ts'
import { FigureStore } from '../figures/store.ts'
import { lastDay } from '../figures/years.ts'
import { SubmissionQueue } from '../measurements/submission-queue.ts'
import { readTrailKey, trailKeyFile } from '../trail/key.ts'
import { Trail } from '../trail/trail.ts'
import { answering } from './answers.ts'
import { type ApiParts, createApi } from './api.ts'
import { openDoor } from './door.ts'
import { graphiqlFiles } from './graphiql.ts'
import { KeptAnswers } from './kept-answers.ts'
import { createMetrics, serveMetrics } from './metrics.ts'
import { addressReader, rateLimit } from './rate-limit.ts'
import { Refusals } from './refusals.ts'
import { resourceMetadata } from './resource-metadata.ts'
import { withSavedQuery } from './saved-queries.ts'
import { scoreboard } from './scoreboard.ts'
import { countStatements } from './statement-count.ts'
import { GRAPHQL_PATH } from './target.ts'
import { startTracing, wantsTraces } from './tracing.ts'

export interface RunningServer {
  /** Where GraphiQL and the API are. */
  readonly url: string
  /** Is not ready any more, then takes no new connection, then ends when what it has taken is answered. */
  close(): Promise<void>
  /** While it closes: waits for nobody any more. */
  hurry(): void
}

/**
 * Serves the API, GraphiQL and the health checks.
 * @throws {StartFailure} where the port is taken or not allowed
 */
export async function startServer(config: Config, database: Database, logger: Logger): Promise<RunningServer> {
  const parts = await openParts(config, database, logger)
  const { store, limit, trail, changes } = parts
  const metrics = config.metricsPort === null ? null : createMetrics(database.pool, store)
  const tracing = wantsTraces(process.env) ? await startTracing() : null
  const api = answering(createApi(config, parts, logger), new KeptAnswers(changes), limit)
  const files = graphiqlFiles()
  const metadata = resourceMetadata(config.oidc, config.pagesClient)
  const views = scoreboard(
    config.pagesClient && config.oidc ? [new URL(config.oidc.issuer).origin] : [],
    (kind, name) => isKnown(store, kind, name),
  )
  const door = openDoor({
    answerApi: (request, response) => withSavedQuery(database.prisma, request, response, () => api(request, response)),
    pages: (request, response, otherwise) =>
      metadata(request, response, () => files(request, response, () => views(request, response, otherwise))),
    pool: database.pool,
    addresses: addressReader(config.trustedProxies),
    limit,
    observers: { logger, metrics, tracing },
  })
  const { server, stopping } = door
  await listen(server, config)
  const forMetrics = { host: config.host, port: config.metricsPort ?? 0 }
  const metricsServer = metrics && (await serveMetrics(metrics, (server) => listen(server, forMetrics, 'METRICS_PORT')))
  if (metricsServer) logger.info({ port: metricsServer.port }, 'metrics')
  // Last: where a port is taken the database is closed at once, and a round of it would be cut off.
  trail.sealer.start()
  const { address, family, port } = server.address() as AddressInfo
  const host = config.host.includes(':') || family === 'IPv6' ? `[${address}]` : config.host
  return {
    url: `http://${host}:${port}${GRAPHQL_PATH}`,
    close: async () => {
      await stopping.announce(config.stopAfterMs)
      metricsServer?.close()
      await stopping.finish(() => changes.close())
      await parts.refusals.close()
      await trail.sealer.close()
      door.close()
      limit?.close()
      await tracing?.close()
      await parts.replicas?.close()
    },
    hurry: () => stopping.hurry(),
  }
}

/** While the database is away nothing is known to be missing: the page says what is wrong. */
async function isKnown(store: FigureStore, kind: 'unit' | 'indicator', name: string): Promise<boolean> {
  try {
    const register = await store.register()
    if (kind === 'unit') return register.meant(name, lastDay()) !== null
    return register.directives.indicator(name) !== undefined
  } catch {
    return true
  }
}

async function openParts(config: Config, database: Database, logger: Logger): Promise<ApiParts> {
  const { pool, writerPool, groupPool, prisma, url } = database
  countStatements(pool)
  if (writerPool !== pool) countStatements(writerPool)
  if (groupPool !== pool) countStatements(groupPool)
  const { replicaUrls } = config
  const replicas = replicaUrls.length > 0 ? await Replicas.open(database, replicaUrls, logger) : null
  for (const pool of replicas?.pools ?? []) countStatements(pool)
  const changes = new Changes(() => replicas?.wrote())
  const store = new FigureStore(pool, prisma, changes, logger, config.figuresMemory)
  if (url !== null) await changes.follow(url, pool, logger)
  // What a question costs depends on how much there is: the first one is to cost what the second does.
  await store.registry()
  return {
    database,
    replicas,
    verify: config.oidc ? oidcVerifier(config.oidc) : localVerifier(tokenKey(config.dataDir)),
    changes,
    store,
    trail: new Trail(pool, readTrailKey(trailKeyFile(config)), logger),
    submissions: new SubmissionQueue(groupPool, changes),
    refusals: new Refusals(writerPool, logger),
    limit: config.rateLimit === null ? null : await rateLimit(config.rateLimit, config.redisUrl, logger),
  }
}

/** No other port would help. */
const NO_ADDRESS = ['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL']

function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>, setting = 'PORT'): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = errorCode(error)
      if (code && NO_ADDRESS.includes(code)) {
        return reject(
          new StartFailure({
            vi: `không nghe được ở ${host} (${code}): đặt HOST là địa chỉ của máy này`,
            en: `${host} cannot be listened on (${code}): set HOST to an address of this machine`,
          }),
        )
      }
      const [vi, en] =
        code === 'EADDRINUSE'
          ? ['đang được dùng', 'is in use']
          : code === 'EACCES'
            ? ['cần thêm quyền', 'needs more rights']
            : [`không nghe được (${code})`, `cannot be listened on (${code})`]
      reject(
        new StartFailure({
          vi: `cổng ${port} của ${host} ${vi}: đặt ${setting} khác, hoặc 0 để lấy cổng trống bất kỳ`,
          en: `port ${port} of ${host} ${en}: set ${setting} to another, or to 0 for any free one`,
        }),
      )
    })
    server.listen({ host, port }, resolve)
  })
}
