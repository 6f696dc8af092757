// The API over HTTP: who asks, what is asked, and the plugins that an operation passes through, in their order.
import { GraphQLError } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Verifier } from '../accounts/verifier.ts'
import { type Viewer, viewerOf } from '../accounts/viewer.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/open.ts'
import type { Replicas } from '../database/replicas.ts'
import { asGraphQL, isMistake, toClientError } from '../errors/client-errors.ts'
import type { Changes } from '../figures/changes.ts'
import type { FigureStore } from '../figures/store.ts'
import type { MaybePromise } from '../figures/when-ready.ts'
import { type Context, createContext } from '../graphql/context.ts'
import type { SubmissionQueue } from '../measurements/submission-queue.ts'
import { currentScope } from '../request-scope.ts'
import { schema } from '../schema.ts'
import type { Trail } from '../trail/trail.ts'
import { answerSizeLimit } from './answer-size.ts'
import { type CompiledExecution, compiledExecution } from './compiled.ts'
import { DirectAnswers } from './direct.ts'
import { documentCache, NO_ERRORS_KEPT } from './document-cache.ts'
import { endWithClient } from './end-with-client.ts'
import { exportPlugin } from './export.ts'
import { graphiql, graphiqlQueries } from './graphiql.ts'
import { type ComplexityLimit, complexityLimit, textLimits } from './limits.ts'
import { observePlugin } from './observe.ts'
import { addressParameters, fetchApi, uploads } from './parameters.ts'
import { persistedQueries } from './persisted-queries.ts'
import type { RateLimit } from './rate-limit.ts'
import { withExamples } from './ready-examples.ts'
import { readyFiles, readyQueries } from './ready-queries.ts'
import { type Refusals, refusalPlugin } from './refusals.ts'
import { type RequestTexts, requestTexts } from './request-texts.ts'
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

export interface Api {
  readonly yoga: Library
  readonly direct: DirectAnswers
}

type Library = ReturnType<typeof createLibrary>

export function createApi(config: Config, parts: ApiParts, logger: Logger): Api {
  const shared = {
    documents: documentCache(),
    execution: compiledExecution(),
    texts: requestTexts(schema),
    complexity: complexityLimit(config.maxComplexity),
    contextOf: contextMaker(parts),
    trusted: config.onlyTrusted ? trustedTexts() : null,
  }
  const { trusted, ...rules } = shared
  return {
    yoga: createLibrary(config, parts, logger, shared),
    direct: new DirectAnswers({
      schema,
      ...rules,
      limit: parts.limit,
      isFree: (text) => !trusted || trusted.has(text.trim()),
      viewerOf: (authorization) => viewerOf(authorization, parts.verify),
    }),
  }
}

/** What both ways to an answer go by. */
interface Shared {
  readonly documents: ReturnType<typeof documentCache>
  readonly execution: CompiledExecution
  readonly texts: RequestTexts
  readonly complexity: ComplexityLimit
  readonly contextOf: (viewer: Viewer | null) => MaybePromise<Context>
  /** Null: any text is answered. */
  readonly trusted: ReadonlySet<string> | null
}

function createLibrary(config: Config, parts: ApiParts, logger: Logger, shared: Shared) {
  const viewerOfRequest = viewerReader(parts)
  return createYoga({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: async ({ request }: { request: Request }) => shared.contextOf(await viewerOfRequest(request)),
    graphiql: false,
    fetchAPI: fetchApi,
    // Bodies are counted as they come, by `limitBody`.
    maxRequestBodySize: false,
    landingPage: false,
    // Set at the door, on its own answers too.
    cors: false,
    parserAndValidationCache: { documentCache: shared.documents, errorCache: NO_ERRORS_KEPT },
    plugins: plugins(config, parts, logger, shared),
    logging: {
      debug: (...message) => logger.debug(message),
      info: (...message) => logger.info(message),
      warn: (...message) => logger.warn(message),
      // What a client is told is no failure of the server; one that is was logged by `toClientError`.
      error: (...message) => void (message.some(isTold) || logger.error(message)),
    },
    maskedErrors: {
      maskError: (error) => toClientError(error, logger),
    },
  })
}

const isTold = (error: unknown): boolean => error instanceof GraphQLError || isMistake(error)

/** Who asks. A token that is none is noted in the trail before it is refused, wherever it is met. */
const viewerReader =
  ({ verify, refusals }: ApiParts) =>
  (request: Request) =>
    viewerOf(request.headers.get('authorization'), verify).catch((error: unknown) => {
      refusals.add(error, null, currentScope()?.address ?? null)
      throw asGraphQL(error)
    })

/** Queries read replicas where there are some; mutations have connections of their own. */
function contextMaker({ database, replicas, changes, store, trail, submissions }: ApiParts): Shared['contextOf'] {
  const clients = {
    query: () => replicas?.reads() ?? database.prisma,
    mutation: () => database.writer,
    subscription: () => database.prisma,
  }
  return (viewer) => {
    const scope = currentScope()
    const prisma = clients[scope?.operation?.kind ?? 'subscription']()
    const make = () => createContext(prisma, viewer, scope?.address ?? null, changes, store, trail, submissions)
    // What is published stands in the registry: without a database, what was known last; whatever needs more says so itself.
    const registry = store.registry()
    return registry instanceof Promise ? registry.then(make, make) : make()
  }
}

/** The texts that are answered where only trusted ones are, besides trusted documents. */
const trustedTexts = (): ReadonlySet<string> =>
  new Set(
    [...readyFiles(), ...readyQueries().map(({ text }) => text), ...graphiqlQueries(), ...scoreboardQueries()].map(
      (text) => text.trim(),
    ),
  )

function plugins({ maxComplexity }: Config, parts: ApiParts, logger: Logger, shared: Shared) {
  const { database, replicas, refusals, limit, store } = parts
  const viewerOfRequest = viewerReader(parts)
  const ready = readyQueries()
  const only = shared.trusted && {
    texts: shared.trusted,
    isFree: async (request: Request) => (await viewerOfRequest(request))?.role === 'administrator',
  }
  return [
    clientErrors(logger),
    graphiql(GRAPHQL_PATH, async (saved) => ({
      ready: withExamples(ready, await Promise.resolve(store.registry()).catch(() => null)),
      ...(await pageOptions(database.prisma, saved)),
    })),
    uploads,
    addressParameters,
    textLimits,
    shared.texts.plugin,
    persistedQueries(),
    trustedDocuments(database.prisma, only),
    observePlugin,
    shared.complexity.plugin,
    ...(limit ? [limit.plugin] : []),
    subscriptions(limit),
    afterMutations(() => replicas?.wrote()),
    endWithClient,
    shared.execution.plugin,
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
