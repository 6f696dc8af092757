// GraphiQL: a page that holds its options as data, and files that never hold what people have saved.
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { type Plugin, shouldRenderGraphiQL } from 'graphql-yoga'
import sirv from 'sirv'
import type { SavedQuery } from '../generated/prisma/client.ts'
import type { ReadyQuery } from './ready-queries.ts'
import { asScriptData } from './script-data.ts'

const ROOT = new URL('../../', import.meta.url)
const FILES = '/graphiql/'

/** The editor writes styles and pictures of its own into the page; no script but our files, and no address but ours. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

type Saved = Pick<SavedQuery, 'slug' | 'version' | 'title' | 'description' | 'text' | 'variables' | 'shared'>

/** What the page begins with. */
export interface PageOptions {
  readonly ready: readonly ReadyQuery[]
  /** Those that everyone sees. */
  readonly saved: readonly Saved[]
  /** What `?saved=` names; null: nothing. */
  readonly opened: Pick<SavedQuery, 'text' | 'variables'> | null
}

/** Answers a browser that opens the address of the API with the page. */
export function graphiql(path: string, options: (saved: string | null) => Promise<PageOptions>): Plugin {
  const page = readFileSync(new URL('generated/graphiql.html', ROOT), 'utf8')
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (url.pathname !== path || !shouldRenderGraphiQL(request)) return
      const data = asScriptData(await options(url.searchParams.get('saved')))
      endResponse(
        new fetchAPI.Response(
          page.replace('"OPTIONS"', () => data),
          {
            headers: {
              'content-type': 'text/html; charset=utf-8',
              'content-security-policy': POLICY,
              'cache-control': 'no-cache',
            },
          },
        ),
      )
    },
  }
}

/** @returns what answers the addresses of the page's own files */
export function graphiqlFiles(): (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void {
  const files = sirv(fileURLToPath(new URL('generated/graphiql', ROOT)), {
    gzip: true,
    brotli: true,
    etag: true,
    setHeaders(response, path) {
      // Names of built files hold a hash of what they hold, but for the first.
      const forever = path.startsWith('/assets/')
      response.setHeader('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  return (request, response, otherwise) => {
    const { method, url } = request
    if (!url?.startsWith(FILES) || (method !== 'GET' && method !== 'HEAD')) return otherwise()
    request.url = url.slice(FILES.length - 1)
    files(request, response, () => {
      request.url = url
      otherwise()
    })
  }
}

/** Texts of what the page asks by itself, as it sends them. */
export function graphiqlQueries(): string[] {
  const folder = new URL('graphiql/operations/', ROOT)
  return readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
}
