import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGraphQLError, type Plugin } from 'graphql-yoga'
import proxyAddress from 'proxy-addr'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Context } from '../schema/context.ts'
import { currentScope } from './request-scope.ts'

const MINUTE_S = 60
/** What a request costs its address whatever it asks, so that a flood of texts that cannot be read is limited too. */
const REQUEST_COST = 10

/**
 * Limits what a token, or an address without one, may ask for in a minute, counted in estimated cost: a thousand small
 * questions are as much as one large. Each server counts by itself.
 */
export function rateLimit(points: number): {
  readonly plugin: Plugin<Context>
  /** Counts a request; seconds that its address has to wait, 0 where it need not. */
  retryAfter(address: string): Promise<number>
  refuse(response: ServerResponse, wait: number): void
} {
  const limiter = new RateLimiterMemory({ points, duration: MINUTE_S })
  /** Seconds to wait; 0: go on. */
  const take = (key: string, cost: number): Promise<number> =>
    limiter.consume(key, cost).then(
      () => 0,
      (refused: RateLimiterRes) => Math.ceil(refused.msBeforeNext / 1000),
    )
  const tooMany = (wait: number) =>
    createGraphQLError(`more than the cost of ${points} allowed in a minute was asked for: try again in ${wait} s`, {
      extensions: {
        code: 'RATE_LIMITED',
        retryAfter: wait,
        http: { status: 429, headers: { 'retry-after': String(wait) } },
      },
    })
  return {
    retryAfter: (address) => take(`address ${address}`, REQUEST_COST),
    refuse(response, wait) {
      const { message } = tooMany(wait)
      const body = { errors: [{ message, extensions: { code: 'RATE_LIMITED', retryAfter: wait } }] }
      currentScope()?.codes.add('RATE_LIMITED')
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(wait) })
      response.end(JSON.stringify(body))
    },
    plugin: {
      async onExecute({ args, setResultAndStopExecution }) {
        const cost = currentScope()?.cost.complexity ?? 0
        const { viewer, origin } = args.contextValue
        const wait = await take(viewer ? `subject ${viewer.subject}` : `address ${origin}`, cost)
        if (wait > 0) setResultAndStopExecution({ errors: [tooMany(wait)] })
      },
    },
  }
}

/**
 * Whose address a request comes from: the connection's, or what trusted proxies say in `X-Forwarded-For`.
 * @param trusted addresses and networks, or `loopback`, `linklocal`, `uniquelocal`
 */
export function addressReader(trusted: readonly string[]): (request: IncomingMessage) => string | null {
  const trust = proxyAddress.compile([...trusted])
  return (request) => (request.socket.remoteAddress ? proxyAddress(request, trust) : null)
}
