import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Text } from '@dienbien/targets'
import { currentLocale, currentScope } from '../request-scope.ts'

/** As GraphQL tells its errors, also where a request never came to be one of GraphQL. */
export const errorBody = (code: string, message: string, details: object = {}): string =>
  JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] })

interface Refusal {
  readonly status: number
  readonly code: string
  readonly text: Text
  readonly details?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** So long a client that was refused may go on to send, so that it reads why; nothing of it is kept. */
const LAST_WORDS_MS = 30_000

/**
 * Ends a request that nobody else answers, and notes why for its line of the log.
 * @param unread a request of which something may still come. All of the answer is sent, but it ends when that has come:
 *   a system that is sent to after it has closed makes the other forget what it was told
 */
export function refuse(
  response: ServerResponse,
  { status, code, text, details, headers }: Refusal,
  unread?: IncomingMessage,
): void {
  currentScope()?.codes.add(code)
  const locale = currentLocale()
  const body = errorBody(code, text[locale], details)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-language': locale,
    vary: 'Accept-Language',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  if (!unread || unread.complete) return void response.end(body)
  response.write(body)
  const late = setTimeout(() => unread.destroy(), LAST_WORDS_MS)
  unread.once('close', () => clearTimeout(late))
  unread.once('end', () => {
    clearTimeout(late)
    response.end()
  })
  unread.resume()
}
