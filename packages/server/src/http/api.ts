// The API over HTTP: who asks, what is asked, and the plugins that an operation passes through, in their order.
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Verifier } from '../accounts/verifier.ts'
import { viewerOf } from '../accounts/viewer.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/open.ts'
import type { Replicas } from '../database/replicas.ts'
import { asGraphQL, isMistake, toClientError } from '../errors/client-errors.ts'
import type { Changes } from '../figures/changes.ts'
import type { FigureStore } from '../figures/store.ts'
import { createContext } from '../graphql/context.ts'
import type { SubmissionQueue } from '../measurements/submission-queue.ts'
import { schema } from '../schema.ts'
import type { Trail } from '../trail/trail.ts'
import { answerSizeLimit } from './answer-size.ts'
import { compiledExecution } from './compiled.ts'
import { documentCache, NO_ERRORS_KEPT } from './document-cache.ts'
import { endWithClient } from './end-with-client.ts'
import { exportPlugin } from './export.ts'
import { graphiql, graphiqlQueries } from './graphiql.ts'
import { complexityLimit, textLimits } from './limits.ts'
import { observePlugin } from './observe.ts'
import { addressParameters, fetchApi, uploads } from './parameters.ts'
import { persistedQueries } from './persisted-queries.ts'
import type { RateLimit } from './rate-limit.ts'
import { withExamples } from './ready-examples.ts'
import { readyFiles, readyQueries } from './ready-queries.ts'
import { type Refusals, refusalPlugin } from './refusals.ts'
import { currentScope } from './request-scope.ts'
import { requestTexts } from './request-texts.ts'
import { pageOptions, trustedDocuments } from './saved-queries.ts'
import { scoreboardQueries } from './scoreboard.ts'
import { statementCountPlugin } from './statement-count.ts'
import { subscriptions } from './subscriptions.ts'
import { GRAPHQL_PATH } from './target.ts'

/** What the API answers from, and what holds it back. */
export interface ApiParts {
  readonly database: Database
  /** Null: everything is read from the one database. */
  readonly replicas: Replicas | null
  readonly verify: Verifier
  readonly changes: Changes
  readonly store: FigureStore
  readonly trail: Trail
  readonly submissions: SubmissionQueue
  readonly refusals: Refusals
  /** Null: nothing is counted. */
  readonly limit: RateLimit | null
}

export function createApi(config: Config, parts: ApiParts, logger: Logger) {
  return createYoga({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: contextReader(parts),
    graphiql: false,
    fetchAPI: fetchApi,
    // Bodies are counted as they come, by `limitBody`.
    maxRequestBodySize: false,
    landingPage: false,
    // Set at the door, on its own answers too.
    cors: false,
    parserAndValidationCache: { documentCache: documentCache(), errorCache: NO_ERRORS_KEPT },
    plugins: plugins(config, parts, logger),
    logging: {
      debug: (...message) => logger.debug(message),
      info: (...message) => logger.info(message),
      warn: (...message) => logger.warn(message),
      // What a client is told is no failure of the server.
      error: (...message) => void (message.some(isMistake) || logger.error(message)),
    },
    maskedErrors: {
      maskError: (error) => toClientError(error, logger),
    },
  })
}

/** Who asks. A token that is none is noted in the trail before it is refused, wherever it is met. */
const viewerReader =
  ({ verify, refusals }: ApiParts) =>
  (request: Request) =>
    viewerOf(request, verify).catch((error: unknown) => {
      refusals.add(error, null, currentScope()?.address ?? null)
      throw asGraphQL(error)
    })

/** Queries read replicas where there are some; mutations have connections of their own. */
function contextReader(parts: ApiParts) {
  const { database, replicas, changes, store, trail, submissions } = parts
  const viewerOfRequest = viewerReader(parts)
  const clients = {
    query: () => replicas?.reads() ?? database.prisma,
    mutation: () => database.writer,
    subscription: () => database.prisma,
  }
  return async ({ request }: { request: Request }) => {
    const scope = currentScope()
    const origin = scope?.address ?? null
    const viewer = await viewerOfRequest(request)
    const prisma = clients[scope?.operation?.kind ?? 'subscription']()
    // What is published stands in the registry: without a database, what was known last; whatever needs more says so itself.
    await Promise.resolve(store.registry()).catch(() => undefined)
    return createContext(prisma, viewer, origin, changes, store, trail, submissions)
  }
}

function plugins({ onlyTrusted, maxComplexity }: Config, parts: ApiParts, logger: Logger) {
  const { database, replicas, refusals, limit, store } = parts
  const viewerOfRequest = viewerReader(parts)
  const ready = readyQueries()
  const only = onlyTrusted
    ? {
        texts: new Set(
          [...readyFiles(), ...ready.map(({ text }) => text), ...graphiqlQueries(), ...scoreboardQueries()].map(
            (text) => text.trim(),
          ),
        ),
        isFree: async (request: Request) => (await viewerOfRequest(request))?.role === 'administrator',
      }
    : null
  return [
    clientErrors(logger),
    graphiql(GRAPHQL_PATH, async (saved) => ({
      ready: withExamples(ready, await Promise.resolve(store.registry()).catch(() => null)),
      ...(await pageOptions(database.prisma, saved)),
    })),
    uploads,
    addressParameters,
    textLimits,
    requestTexts(schema),
    persistedQueries(),
    trustedDocuments(database.prisma, only),
    observePlugin,
    complexityLimit(maxComplexity),
    ...(limit ? [limit.plugin] : []),
    subscriptions(limit),
    afterMutations(() => replicas?.wrote()),
    endWithClient,
    compiledExecution(),
    answerSizeLimit,
    statementCountPlugin,
    refusalPlugin(refusals),
    exportPlugin(maxComplexity),
  ]
}

/** What is wrong with a question is told without being masked: all that leaves passes here. */
function clientErrors(logger: Logger): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result || !result.errors) return
      setResult({ ...result, errors: result.errors.map((error) => toClientError(error, logger)) })
    },
  }
}

/** Calls `done` when a mutation has been carried out, before its client is told. */
function afterMutations(done: () => void): Plugin {
  return {
    onExecute: () => (currentScope()?.operation?.kind === 'mutation' ? { onExecuteDone: () => done() } : undefined),
  }
}
