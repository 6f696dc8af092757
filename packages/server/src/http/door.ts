// Where requests come in: each is read, watched and counted once, whatever it is for, and then answered by whom it is for.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Text } from '@dienbien/targets'
import type { Pool } from 'pg'
import { SOMETHING_WRONG } from '../errors/client-errors.ts'
import { inScope, type RequestScope } from '../request-scope.ts'
import { bodyRoom, limitBody } from './bodies.ts'
import { limitConnections } from './connections.ts'
import { answerPreflight, openToOthers } from './cross-origin.ts'
import { answerHealth } from './health.ts'
import { securityHeaders } from './limits.ts'
import { isLoopback } from './network.ts'
import { type Observers, observe } from './observe.ts'
import { codingOf } from './packing.ts'
import type { addressReader, RateLimit } from './rate-limit.ts'
import { refuse } from './refuse.ts'
import { SlowReaders } from './slow-readers.ts'
import { Stopping } from './stopping.ts'
import { type BadTarget, GRAPHQL_PATH, readTarget, type Target } from './target.ts'
import { takeTurn } from './turns.ts'
import { answerUnreadable } from './unreadable.ts'

/** How often requests are looked for that take too long to come. */
const CONNECTIONS_CHECK_MS = 2000
/** A request that is not whole by then is cut off. */
const REQUEST_TIMEOUT_MS = 60_000
const HEADERS_TIMEOUT_MS = 10_000
/**
 * Kept connections are closed later than proxies and clients do it themselves, mostly after a minute: what they send on one
 * that is just being closed is lost, and a mutation is not sent again by itself.
 */
const KEEP_ALIVE_MS = 75_000
/** Connections at a time: each takes some ten kilobytes, idle or not. */
const MOST_CONNECTIONS = 2000
/** From one address: an office of forty browsers. */
const MOST_CONNECTIONS_PER_NETWORK = 250

const NOTHING_HERE: Text = {
  vi: `ở đây không có gì: API ở ${GRAPHQL_PATH}`,
  en: `there is nothing here: the API is at ${GRAPHQL_PATH}`,
}
const ONLY_READ: Text = {
  vi: `các trang chỉ để đọc: API ở ${GRAPHQL_PATH}`,
  en: `pages are only read: the API is at ${GRAPHQL_PATH}`,
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

export interface Behind {
  readonly answerApi: Answer
  /** Answers with a file or a page, or not. */
  readonly pages: (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void
  readonly pool: Pool
  readonly addresses: ReturnType<typeof addressReader>
  readonly limit: RateLimit | null
  readonly observers: Observers
}

export interface Door {
  /** Does not listen yet. */
  readonly server: Server
  readonly stopping: Stopping
  close(): void
}

export function openDoor({ answerApi, pages, pool, addresses, limit, observers }: Behind): Door {
  const room = bodyRoom()
  const scopes = new WeakMap<ServerResponse, RequestScope>()
  const slowReaders = new SlowReaders((responses) => {
    for (const response of responses) scopes.get(response)?.codes.add('SLOW_READER')
  })

  /** Begins to watch a request, and goes on in its scope. */
  function begin(
    request: IncomingMessage,
    response: ServerResponse,
    next: (target: Target | BadTarget, address: string | null) => unknown,
  ): void {
    for (const [name, value] of securityHeaders) response.setHeader(name, value)
    // Who asks on a kept connection is told to open another next time: it leads to a server that stays.
    if (stopping.begun) response.setHeader('connection', 'close')
    const target = readTarget({
      method: request.method ?? '',
      target: request.url ?? '',
      hosts: request.headersDistinct.host ?? [],
      httpVersion: request.httpVersion,
    })
    if ('route' in target && target.route === 'api') openToOthers(response)
    const address = addresses.of(request)
    const scope = observe(request, response, address, target, observers)
    scopes.set(response, scope)
    slowReaders.watch(response)
    void inScope(scope, async () => {
      try {
        await next(target, address)
      } catch (error) {
        observers.logger.error({ err: error }, 'a request failed')
        if (response.headersSent) return void response.destroy()
        refuse(response, { status: 500, code: 'INTERNAL_SERVER_ERROR', text: SOMETHING_WRONG })
      }
    })
  }

  async function answer(
    target: Target | BadTarget,
    address: string | null,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<unknown> {
    if (refuseConnection(request.socket, response)) return
    const readable = 'problem' in target ? null : target
    if (readable?.route === 'health') return answerHealth(readable.path, response, pool, () => stopping.announced)
    const wait = limit && address ? await limit.retryAfter(address, readable?.route ?? null) : 0
    if (wait > 0) return limit?.refuse(response, wait)
    if ('problem' in target) {
      return refuse(response, { status: 400, code: 'BAD_TARGET', text: target.problem }, request)
    }
    // Whoever reads it from here on reads what was decided on.
    request.url = `${target.path}${target.search}`
    if (target.route === 'api') {
      if (request.method === 'OPTIONS') return answerPreflight(request, response)
      const goesOn = limitBody(request, response, room, address) && (await takeTurn(response))
      return goesOn ? answerApi(request, response) : undefined
    }
    answerOther(target, request, response)
  }

  function answerOther({ route }: Target, request: IncomingMessage, response: ServerResponse): void {
    // Nothing else reads a body.
    const unread = hasBody(request) ? request : undefined
    // The library that answers with files fails at a range whose end comes before its beginning, and that would end the
    // process. No file is so large that a part of it would do.
    delete request.headers.range
    // It also takes any word for consent.
    request.headers['accept-encoding'] = codingOf(request) ?? ''
    const nothing = () => refuse(response, { status: 404, code: 'NOT_FOUND', text: NOTHING_HERE }, unread)
    if (route === 'server') response.writeHead(204, { allow: 'GET, HEAD, POST, OPTIONS' }).end()
    else if (route === 'below') nothing()
    else if (request.method === 'GET' || request.method === 'HEAD') pages(request, response, nothing)
    else {
      const headers = { allow: 'GET, HEAD' }
      refuse(response, { status: 405, code: 'METHOD_NOT_ALLOWED', text: ONLY_READ, headers }, unread)
    }
  }

  const server = createServer(
    // A missing Host is answered as any other target that cannot be read.
    { connectionsCheckingInterval: CONNECTIONS_CHECK_MS, requireHostHeader: false },
    (request, response) => begin(request, response, (target, address) => answer(target, address, request, response)),
  )
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const stopping = new Stopping(server)
  answerUnreadable(server, observers.logger, begin)
  const refuseConnection = limitConnections(server, {
    most: MOST_CONNECTIONS,
    mostPerNetwork: MOST_CONNECTIONS_PER_NETWORK,
    isFree: (address) => isLoopback(address) || addresses.isProxy(address),
  })
  return { server, stopping, close: () => slowReaders.close() }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
