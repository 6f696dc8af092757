// How much a client may ask for in a minute, by what it costs.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Text } from '@dienbien/targets'
import type { DocumentNode, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import proxyAddress from 'proxy-addr'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { ClientError } from '../errors/client-error.ts'
import { graphQLErrorOf } from '../errors/client-errors.ts'
import type { Context } from '../graphql/context.ts'
import { READING } from '../graphql/estimate.ts'
import { MAX_CHARACTERS } from '../graphql/read.ts'
import { inVietnamese } from '../numbers.ts'
import { currentScope } from '../request-scope.ts'
import { networkOf } from './network.ts'
import { refuse } from './refuse.ts'
import type { Route } from './target.ts'

const MINUTE_S = 60
/** What a request of the API costs its address whatever it asks: texts that cannot be read, bad tokens, refusals. */
const QUESTION_COST = 10
/** What any other costs: a file of the pages, an unknown path, a target that cannot be read. */
const OTHER_COST = 1

/** A Redis that does not answer within this is taken for away. */
const REDIS_TIMEOUT_MS = 250
const REDIS_RETRY_MS = 1000

export interface RateLimit {
  readonly plugin: Plugin<Context>
  /** Counts a request of any kind against its address; seconds that it has to wait, 0 where it need not. */
  retryAfter(address: string, route: Route | null): Promise<number>
  refuse(response: ServerResponse, wait: number): void
  /** Counts work for who asks, before it is done; the error to tell where it is too much. */
  charge(context: Pick<Context, 'viewer' | 'origin'>, cost: number): Promise<GraphQLError | null>
  close(): void
}

/**
 * Limits what a token, or an address without one, may ask for in a minute, counted in estimated cost: a thousand small
 * questions are as much as one large.
 * @param redisUrl a Redis or Valkey in which many servers count together; null: this one counts by itself
 */
export async function rateLimit(points: number, redisUrl: string | null, logger: Logger): Promise<RateLimit> {
  const alone = new RateLimiterMemory({ points, duration: MINUTE_S })
  const { limiter, close } = redisUrl ? await together(redisUrl, alone, logger) : { limiter: alone, close: () => {} }
  /** Seconds to wait; 0: go on. */
  const take = (key: string, cost: number): Promise<number> =>
    limiter.consume(key, Math.ceil(cost)).then(
      () => 0,
      (refused: unknown) => {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
        // Nobody is kept out because the counting failed.
        logger.error({ err: refused }, 'a rate limit could not be counted')
        return 0
      },
    )
  const text = (wait: number): Text => ({
    vi: `đã hỏi quá mức cho phép trong một phút (${inVietnamese(points)}): hãy thử lại sau ${wait} giây`,
    en: `more than the cost of ${points} allowed in a minute was asked for: try again in ${wait} s`,
  })
  const charge = async ({ viewer, origin }: Pick<Context, 'viewer' | 'origin'>, cost: number) => {
    const wait = await take(payerOf(viewer, origin), cost)
    if (wait === 0) return null
    const http = { status: 429, headers: { 'retry-after': String(wait) } }
    return graphQLErrorOf(new ClientError('RATE_LIMITED', text(wait), { retryAfter: wait }, http))
  }
  /** Reading is work also where it ends in a refusal. Whose token it is is not known by then: the address pays. */
  const chargeUnread = (cost: number) => void take(payerOf(null, currentScope()?.address ?? null), cost)
  return {
    retryAfter: (address, route) => take(payerOf(null, address), route === 'api' ? QUESTION_COST : OTHER_COST),
    refuse: (response, wait) =>
      refuse(response, {
        status: 429,
        code: 'RATE_LIMITED',
        text: text(wait),
        details: { retryAfter: wait },
        headers: { 'retry-after': String(wait) },
      }),
    charge,
    plugin: {
      onParse:
        ({ params }) =>
        ({ result }) => {
          if (result instanceof Error) chargeUnread(Math.min(params.source.toString().length, MAX_CHARACTERS))
        },
      onValidate:
        ({ params }) =>
        ({ valid }) => {
          if (!valid) chargeUnread(READING * ((params.documentAST as DocumentNode).tokenCount ?? 0))
        },
      async onExecute({ args, setResultAndStopExecution }) {
        const scope = currentScope()
        if (scope?.executed) return
        const error = await charge(args.contextValue, scope?.cost.complexity ?? 0)
        if (error) setResultAndStopExecution({ errors: [error] })
      },
    },
    close,
  }
}

/** Who pays: a token's subject wherever it comes from, else the network of an address. */
export const payerOf = (viewer: Context['viewer'], address: string | null): string =>
  viewer ? `subject ${viewer.subject}` : `address ${networkOf(address ?? '')}`

/** Counts in Redis; while it is away, each server by itself. */
async function together(
  url: string,
  alone: RateLimiterMemory,
  logger: Logger,
): Promise<{ limiter: RateLimiterAbstract; close(): void }> {
  const { Redis } = await import('ioredis')
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: REDIS_TIMEOUT_MS,
    retryStrategy: () => REDIS_RETRY_MS,
  })
  let away = false
  client.on('error', (error) => {
    if (!away) logger.warn({ err: error }, 'REDIS_URL does not answer: rate limits are counted by this server alone')
    away = true
  })
  client.on('ready', () => {
    if (away) logger.warn('REDIS_URL answers again: rate limits are counted together')
    away = false
  })
  const limiter = new RateLimiterRedis({
    storeClient: client,
    keyPrefix: 'dienbien:rate',
    points: alone.points,
    duration: MINUTE_S,
    rejectIfRedisNotReady: true,
    insuranceLimiter: alone,
  })
  return { limiter, close: () => client.disconnect() }
}

/**
 * Whose address a request comes from: the connection's, or what trusted proxies say in `X-Forwarded-For`.
 * @param trusted addresses and networks, or `loopback`, `linklocal`, `uniquelocal`
 */
export function addressReader(trusted: readonly string[]): {
  of(request: IncomingMessage): string | null
  isProxy(address: string): boolean
} {
  const trust = proxyAddress.compile([...trusted])
  return {
    of: (request) => (request.socket.remoteAddress ? proxyAddress(request, trust) : null),
    isProxy: (address) => trust(address, 0),
  }
}
