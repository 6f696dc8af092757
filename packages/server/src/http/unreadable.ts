// What arrives and is no request, or none that Node hands on: answered and logged like one.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Text } from '@dienbien/targets'
import type { Logger } from 'pino'
import { errorCode } from '../errors/failure.ts'
import { errorBody, refuse } from './refuse.ts'

/** What Node's parser found, as a client is told it. */
const PARSER_ERRORS: Readonly<Record<string, readonly [status: number, code: string, text: Text]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'HEADERS_TOO_LARGE',
    { vi: 'dòng đầu và các tiêu đề dài quá 16 kB', en: 'the first line and the headers have more than 16 kB together' },
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    413,
    'TOO_LARGE',
    { vi: 'phần mở rộng của một đoạn quá lớn', en: 'the extensions of a chunk are too large' },
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    408,
    'REQUEST_TIMEOUT',
    { vi: 'yêu cầu gửi đến quá lâu', en: 'the request took too long to come' },
  ],
}
const NOT_HTTP = [
  400,
  'BAD_REQUEST',
  { vi: 'đây không phải là yêu cầu HTTP/1.1', en: 'this is no request of HTTP/1.1' },
] as const

/**
 * Answers what Node's parser refuses, `CONNECT`, and expectations other than `100-continue`.
 * @param onRequest begins to watch a request that Node does not hand on by itself
 */
export function answerUnreadable(
  server: Server,
  logger: Logger,
  onRequest: (request: IncomingMessage, response: ServerResponse, next: () => void) => void,
): void {
  const answering = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => {
    answering.set(request.socket, response)
    response.once('close', () => {
      if (answering.get(request.socket) === response) answering.delete(request.socket)
    })
  })
  server.on('clientError', (error, socket) => {
    const code = errorCode(error) ?? ''
    const response = answering.get(socket)
    if (code === 'ECONNRESET' || !socket.writable || response?.headersSent) return void socket.destroy(error)
    const [status, name, text] = PARSER_ERRORS[code] ?? NOT_HTTP
    // Its head was read and its line of the log is that of any request.
    if (response) {
      response.once('finish', () => socket.destroy(error))
      return refuse(response, { status, code: name, text, headers: { connection: 'close' } })
    }
    logger.info({ requestId: randomUUID(), method: null, path: null, status, codes: [name] }, 'request')
    endRaw(socket, status, errorBody(name, text.en))
  })
  server.on('connect', (request, socket) => {
    socket.on('error', () => undefined)
    const { method } = request
    logger.info({ requestId: randomUUID(), method, path: null, status: 405, codes: ['METHOD_NOT_ALLOWED'] }, 'request')
    endRaw(socket, 405, errorBody('METHOD_NOT_ALLOWED', 'this server is no proxy'))
  })
  server.on('checkExpectation', (request, response) => {
    onRequest(request, response, () =>
      refuse(response, {
        status: 417,
        code: 'EXPECTATION_FAILED',
        text: { vi: 'ở đây chỉ chờ được 100-continue', en: 'only 100-continue can be expected here' },
        headers: { connection: 'close' },
      }),
    )
  })
}

/** How long a client may take to read that it was refused. */
const LAST_WORDS_MS = 2000

function endRaw(socket: Duplex, status: number, body: string): void {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    'x-content-type-options: nosniff',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
  setTimeout(() => socket.destroy(), LAST_WORDS_MS).unref()
}
