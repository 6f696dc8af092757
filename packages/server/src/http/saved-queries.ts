// Queries that people keep, where clients meet them: as tabs of GraphiQL, by a link, as trusted documents.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGraphQLError, type Plugin } from 'graphql-yoga'
import type { PrismaClient, SavedQuery } from '../generated/prisma/client.ts'
import { newestSavedQueries, newestSavedQuery } from '../queries/saved.ts'

export async function sharedQueries(prisma: PrismaClient): Promise<SavedQuery[]> {
  return (await newestSavedQueries(prisma)).filter(({ shared }) => shared)
}

/**
 * A client may send `documentId: "slug"` instead of a text, for what an administrator vouches for. Yoga's own plugin for
 * persisted operations fails five of graphql-http's audits, since it looks at a request before its parameters are checked.
 * @param only null: any text is answered; else the texts that are, besides trusted documents, and who may ask anything
 */
export function trustedDocuments(
  prisma: PrismaClient,
  only: { readonly texts: ReadonlySet<string>; isFree(request: Request): Promise<boolean> } | null,
): Plugin {
  return {
    async onParams({ params, setParams, request }) {
      const { documentId, query: text } = (params ?? {}) as { documentId?: unknown; query?: unknown }
      if (typeof documentId === 'string') {
        const query = await newestSavedQuery(prisma, documentId)
        if (!query?.trusted) {
          throw createGraphQLError(`no trusted document is called "${documentId}"`, {
            extensions: { code: 'UNKNOWN_DOCUMENT', http: { status: 404 } },
          })
        }
        const { documentId: _, ...rest } = params as Record<string, unknown>
        setParams({ ...rest, query: query.text })
        return
      }
      if (!only || typeof text !== 'string' || only.texts.has(text.trim())) return
      if ((await trustedTexts(prisma)).has(text.trim()) || (await only.isFree(request))) return
      const message =
        'this server answers trusted documents only: send documentId, or the text of a ready query as it is; an administrator can save this query and trust it'
      throw createGraphQLError(message, { extensions: { code: 'UNTRUSTED_DOCUMENT', http: { status: 403 } } })
    },
  }
}

async function trustedTexts(prisma: PrismaClient): Promise<ReadonlySet<string>> {
  const queries = await newestSavedQueries(prisma)
  return new Set(queries.filter(({ trusted }) => trusted).map(({ text }) => text.trim()))
}

/**
 * Opens a saved query by `/graphql?saved=slug`: GraphiQL puts a text of its address into a tab of its own and leaves those
 * that are open as they are.
 */
export async function withSavedQuery(
  prisma: PrismaClient,
  request: IncomingMessage,
  response: ServerResponse,
  otherwise: () => unknown,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const slug = url.searchParams.get('saved')
  if (request.method !== 'GET' || slug === null) return void otherwise()
  const query = await newestSavedQuery(prisma, slug).catch(() => null)
  if (!query?.shared) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(`no shared query is called "${slug}"\n`)
    return
  }
  url.searchParams.delete('saved')
  url.searchParams.set('query', query.text)
  if (query.variables) url.searchParams.set('variables', query.variables)
  response.writeHead(302, { location: `${url.pathname}?${url.searchParams}` })
  response.end()
}
