// The page at /: files that the scoreboard's package has built, and the queries that it asks.
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sirv from 'sirv'
import { type MaybePromise, whenReady } from '../figures/when-ready.ts'

const FOLDER = dirname(createRequire(import.meta.url).resolve('@dienbien/scoreboard/package.json'))
const CONTENT_SECURITY_POLICY = 'content-security-policy'
/** Only what this server itself gives; the charting library writes styles into its drawings. */
const policy = (connected: readonly string[]) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    ["connect-src 'self'", ...connected].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** Every address but those of its views, as `src/app.tsx` has them. */
const NO_VIEW =
  /^(?!\/(?:(?:ma-tran|xep-hang|don-vi|chi-tieu|so-sanh|tim|phuong-phap|bao-cao|thanh-phan)\/?|(?:don-vi|chi-tieu)\/[^/]+\/?)?$)/

/** A view of one thing. */
const OF_ONE = /^\/(don-vi|chi-tieu)\/([^/?]+)\/?(?:\?|$)/
/** The page is at its views' addresses, not at its file's. */
const OWN_FILE = /^\/index\.html(?:\?|$)/

/** Whether there was ever a unit of that code, or an indicator of that name. */
type Known = (kind: 'unit' | 'indicator', name: string) => MaybePromise<boolean>

/**
 * @param isKnown a view of what there is none of is a missing page
 * @param connected other origins that the page asks: the provider by which people sign in
 * @returns what answers every address that is not of the API with a file, or with the page, which knows its views
 */
export function scoreboard(
  connected: readonly string[],
  isKnown: Known,
): (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void {
  const contentSecurityPolicy = policy(connected)
  const files = sirv(join(FOLDER, 'dist'), {
    single: true,
    // Where no such file is, the page is no answer: it would be kept in its place for a year. Nor is it one at an address that
    // is none of a view.
    ignores: [/^\/assets\//, NO_VIEW],
    gzip: true,
    brotli: true,
    etag: true,
    setHeaders(response, path) {
      // Names of built files hold a hash of what they hold.
      const forever = path.startsWith('/assets/')
      response.setHeader('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const page = readFileSync(join(FOLDER, 'dist/index.html'))
  return (request, response, otherwise) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return otherwise()
    // Set before the file is looked for: a browser that has the page already is told "unchanged" by an answer whose headers
    // replace those that it kept, and the strict policy of all other answers would leave it an empty page.
    const strict = response.getHeader(CONTENT_SECURITY_POLICY)
    response.setHeader(CONTENT_SECURITY_POLICY, contentSecurityPolicy)
    const missing = () => {
      // Who reads is shown the page, which says that there is none here; a program is told so by the server.
      if (wantsPage(request)) return sendMissing(response, page, request.method === 'HEAD')
      if (strict !== undefined) response.setHeader(CONTENT_SECURITY_POLICY, strict)
      otherwise()
    }
    void whenReady(isThere(request.url ?? '', isKnown), (there) =>
      there ? files(request, response, missing) : missing(),
    )
  }
}

function isThere(url: string, isKnown: Known): MaybePromise<boolean> {
  const [, kind, name] = OF_ONE.exec(url) ?? []
  if (name === undefined) return !OWN_FILE.test(url)
  try {
    return isKnown(kind === 'don-vi' ? 'unit' : 'indicator', decodeURIComponent(name))
  } catch {
    return false // its escapes are of no text
  }
}

function wantsPage({ url, headers }: IncomingMessage): boolean {
  return !url?.startsWith('/assets/') && (headers.accept ?? '').includes('text/html')
}

function sendMissing(response: ServerResponse, page: Buffer, headOnly: boolean): void {
  response.writeHead(404, {
    'content-type': 'text/html;charset=utf-8',
    'content-length': page.length,
    'cache-control': 'no-cache',
  })
  response.end(headOnly ? undefined : page)
}

/** Texts of its queries, as it sends them. */
export function scoreboardQueries(): string[] {
  const folder = join(FOLDER, 'src/queries')
  return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
}
