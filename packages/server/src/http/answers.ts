// How the API's answers travel: with a tag, packed, told again as "unchanged", and from memory where nothing has changed.
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Text } from '@dienbien/targets'
import { sendNodeResponse } from '@whatwg-node/server'
import fresh from 'fresh'
import { currentLocale, currentScope } from '../request-scope.ts'
import type { Api } from './api.ts'
import {
  type Answer,
  isShortQuestion,
  type KeptAnswer,
  type KeptAnswers,
  mayBeKept,
  questionOf,
} from './kept-answers.ts'
import { codingOf, isWorthPacking, pack } from './packing.ts'
import type { RateLimit } from './rate-limit.ts'
import { refuse } from './refuse.ts'

/** What a kept answer costs who asks, besides the question: about the microseconds that it takes to send. */
const BYTES_FOR_ONE = 10_000
/** What an answer depends on besides its address. */
const VARY = 'Authorization, Accept, Accept-Encoding, Accept-Language'
/** Which the library reads as JSON. */
const PLAIN_JSON = /^application\/json(?:; ?charset=utf-8)?$/
/** What it cost stands last in an answer, and is no part of what it says. */
const COST = ',"extensions":{"cost":'

const NOTHING_SAID: Readonly<Record<number, { readonly code: string; readonly text: Text }>> = {
  405: {
    code: 'METHOD_NOT_ALLOWED',
    text: { vi: 'chỉ trả lời GET và POST', en: 'only GET and POST are answered' },
  },
  406: {
    code: 'NOT_ACCEPTABLE',
    text: {
      vi: 'không có câu trả lời ở dạng mà Accept đòi hỏi: dùng application/graphql-response+json, application/json, text/csv, hoặc text/event-stream cho subscription',
      en: 'there is no answer of a type that Accept asks for: take application/graphql-response+json, application/json, text/csv or, for a subscription, text/event-stream',
    },
  },
  415: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    text: {
      vi: 'không đọc được loại nội dung này: gửi application/json, hoặc multipart/form-data khi có tệp',
      en: 'a body of this type cannot be read: send application/json, or multipart/form-data with files',
    },
  },
}

/** Answers a request of the API. */
export function answering({ yoga, direct }: Api, kept: KeptAnswers, limit: RateLimit | null) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await answer(request, response)
    } catch (error) {
      // Whoever has left is told nothing.
      if (!hasEnded(response)) throw error
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = isShortQuestion(request) ? await textOf(request) : ''
    if (hasEnded(response)) return
    const question =
      mayBeKept(request) && (text !== '' || request.method === 'GET')
        ? questionOf(request, text, currentLocale())
        : null
    if (question !== null) {
      const finding = kept.find(question)
      const known = finding instanceof Promise ? await finding : finding
      if (known) return answerKept(request, response, known, limit)
    }
    const { version } = kept
    const found = (await answerDirectly(request, text)) ?? (await answerByLibrary(request, response))
    if (!found || hasEnded(response)) return
    if (question !== null && holdsForAll(found)) kept.keep(question, found, version)
    await send(request, response, found)
  }

  async function answerDirectly({ headers }: IncomingMessage, text: string): Promise<KeptAnswer | null> {
    const type = direct.typeFor(headers.accept)
    const scope = currentScope()
    if (text === '' || type === undefined || !scope || !PLAIN_JSON.test(headers['content-type'] ?? '')) return null
    const body = await direct.answer(text, headers.authorization, scope)
    if (!body) return null
    scope.way = 'direct'
    return told(200, { 'content-type': type }, body, headers.authorization !== undefined, false)
  }

  /** Null where it is answered by then. */
  async function answerByLibrary(request: IncomingMessage, response: ServerResponse): Promise<KeptAnswer | null> {
    const scope = currentScope()
    if (scope) scope.way = 'library'
    const result = await yoga.handleNodeRequestAndResponse(request, response)
    if (hasEnded(response)) return null
    if (result.status >= 400 && !result.body) {
      saySomething(request, response, result)
      return null
    }
    const type = result.headers.get('content-type') ?? ''
    if (!result.body || /^(?:text\/event-stream|multipart\/mixed)\b/.test(type)) {
      response.setHeader('cache-control', 'no-store')
      await sendNodeResponse(result, response, request, false)
      return null
    }
    const { method, headers } = request
    const found = await read(result, headers.authorization !== undefined, method === 'GET')
    if (method === 'POST' && isGood(found.status) && found.operation?.kind === 'query')
      direct.learn(headers.accept, type)
    return found
  }
}

const hasEnded = (response: ServerResponse): boolean =>
  response.headersSent || response.destroyed || response.req.socket.destroyed

/** Only what was answered from memory, without the clock, and is no page or file of a moment. */
function holdsForAll({ isOpen, operation, headers }: KeptAnswer): boolean {
  const scope = currentScope()
  return (
    isOpen &&
    operation?.kind === 'query' &&
    scope?.statements === 0 &&
    !scope.readsClock &&
    /[/+]json\b|^text\/csv\b/.test(headers['content-type'] ?? '')
  )
}

/** Reads a short body, and leaves it where Yoga looks for one that was read. */
function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => {
      const [only] = chunks
      const body = (chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString()
      Object.assign(request, { body })
      resolve(body)
    })
    request.once('error', reject)
    request.once('close', () => reject(new Error('the client left before its question had come')))
  })
}

async function answerKept(
  request: IncomingMessage,
  response: ServerResponse,
  answer: KeptAnswer,
  limit: RateLimit | null,
): Promise<void> {
  const scope = currentScope()
  if (scope) {
    scope.operation = answer.operation
    scope.way = 'kept'
  }
  if (limit && !isUnchanged(request, answer)) {
    const payer = { viewer: null, origin: scope?.address ?? null }
    const error = await limit.charge(payer, answer.body.length / BYTES_FOR_ONE)
    if (error) return limit.refuse(response, Number(error.extensions.retryAfter))
  }
  await send(request, response, answer)
}

async function read(result: Response, isPrivate: boolean, isInAddress: boolean): Promise<KeptAnswer> {
  const body = Buffer.from(await result.arrayBuffer())
  const headers: Record<string, string> = {}
  for (const [name, value] of result.headers) headers[name.toLowerCase()] = value
  return told(result.status, headers, body, isPrivate, isInAddress)
}

/**
 * An answer with what caches are to do with it.
 * @param isPrivate made for the holder of a token
 * @param isInAddress whether an address is all of the question: by POST it may be kept here, where nothing goes by its tag
 */
function told(
  status: number,
  headers: Record<string, string>,
  body: Buffer,
  isPrivate: boolean,
  isInAddress: boolean,
): KeptAnswer {
  const isOpen = !isPrivate && isGood(status)
  headers['cache-control'] ??= cacheControl(isOpen && isInAddress, isPrivate)
  if (isOpen && isInAddress) headers.etag = tagOf(body)
  return { status, headers, body, isOpen, operation: currentScope()?.operation ?? null, packed: new Map() }
}

const isGood = (status: number): boolean => status === 200 && currentScope()?.codes.size === 0

/** What others may keep is asked for again each time: no reader gets an answer that is older than the last write. */
function cacheControl(isOpen: boolean, isPrivate: boolean): string {
  if (isOpen) return 'public, no-cache'
  return isPrivate ? 'private, no-store' : 'no-store'
}

/** Weak: the same words, packed or not, whatever they cost. */
function tagOf(body: Buffer): string {
  const end = body.lastIndexOf(COST)
  const said = end < 0 ? body : body.subarray(0, end)
  return `W/"${createHash('sha256').update(said).digest('base64url').slice(0, 27)}"`
}

const isUnchanged = (request: IncomingMessage, { headers: { etag } }: Answer): boolean =>
  etag !== undefined && fresh(request.headers, { etag })

async function send(request: IncomingMessage, response: ServerResponse, answer: KeptAnswer): Promise<void> {
  const { status, headers, body, packed } = answer
  response.setHeader('vary', VARY)
  const locale = currentLocale()
  if (isUnchanged(request, answer)) {
    const { etag, 'cache-control': control } = headers
    response.writeHead(304, { etag, 'cache-control': control, 'content-language': locale }).end()
    return
  }
  const coding = isWorthPacking(headers['content-type'] ?? '', body.length) ? codingOf(request) : null
  let bytes: Uint8Array = body
  if (coding) {
    const packing = packed.get(coding) ?? pack(body, coding)
    packed.set(coding, packing)
    bytes = await packing
    if (response.destroyed) return
    response.setHeader('content-encoding', coding)
  }
  response.writeHead(status, { 'content-language': locale, ...headers, 'content-length': bytes.length })
  response.end(bytes)
}

/** What the library refuses without a word. */
function saySomething(request: IncomingMessage, response: ServerResponse, { status, headers }: Response): void {
  const { code, text } = NOTHING_SAID[status] ?? {
    code: 'BAD_REQUEST',
    text: { vi: 'không đọc được yêu cầu này', en: 'this request cannot be read' },
  }
  const kind: Record<string, string> = {}
  for (const name of ['accept', 'allow']) {
    const value = headers.get(name)
    if (value !== null) kind[name] = value
  }
  refuse(response, { status, code, text, headers: kind }, request)
}
