// Pages of other addresses may ask: tokens travel in a header, and there are no cookies that a browser could add.
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Headers of answers that a page of another address may read. */
const EXPOSED = [
  'content-disposition',
  'content-language',
  'etag',
  'retry-after',
  'www-authenticate',
  'x-request-id',
].join(', ')
/** How long a browser need not ask again whether it may ask: Chromium takes two hours at most, Firefox a day. */
const KEPT_S = 86_400
const METHODS = 'GET, POST, OPTIONS'

/** On every answer of the API, those of the door included. */
export function openToOthers(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-expose-headers', EXPOSED)
}

/** Answers a browser that asks whether it may ask: any header may be sent. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const asked = request.headers['access-control-request-headers']
  response.writeHead(204, {
    allow: METHODS,
    'access-control-allow-methods': METHODS,
    ...(asked ? { 'access-control-allow-headers': asked } : {}),
    'access-control-max-age': String(KEPT_S),
    vary: 'Access-Control-Request-Headers',
  })
  response.end()
}
