// Queries that people keep, where clients meet them: in GraphiQL's list, by a link, as trusted documents.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Text } from '@dienbien/targets'
import type { Plugin } from 'graphql-yoga'
import { ClientError } from '../errors/client-error.ts'
import { graphQLErrorOf } from '../errors/client-errors.ts'
import { databaseFailure } from '../errors/database-failure.ts'
import type { PrismaClient, SavedQuery } from '../generated/prisma/client.ts'
import { MAX_NAME } from '../graphql/read.ts'
import { newestOfEach, newestVersion, trustedQueries, trustedQuery } from '../saved-queries/saved-queries.ts'
import type { PageOptions } from './graphiql.ts'
import { refuse } from './refuse.ts'

/** What GraphiQL's page lists for everyone, without who saved it, and what its link names. */
export async function pageOptions(prisma: PrismaClient, slug: string | null): Promise<Omit<PageOptions, 'ready'>> {
  const shared = await prisma.savedQuery.findMany(newestOfEach(null))
  const saved = shared.map(({ slug, version, title, description, text, variables, shared }) => {
    return { slug, version, title, description, text, variables, shared }
  })
  return { saved, opened: saved.find((query) => query.slug === slug) ?? null }
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
        const query = await trustedQuery(prisma, documentId)
        if (!query) {
          const text = {
            vi: `không có truy vấn tin cậy tên "${documentId}"`,
            en: `no trusted document is called "${documentId}"`,
          }
          const details = { argument: 'documentId', value: documentId }
          throw graphQLErrorOf(new ClientError('UNKNOWN_DOCUMENT', text, details, { status: 404 }))
        }
        const { documentId: _, ...rest } = params as Record<string, unknown>
        setParams({ ...rest, query: query.text })
        return
      }
      if (!only || typeof text !== 'string' || only.texts.has(text.trim())) return
      if ((await trustedTexts(prisma)).has(text.trim()) || (await only.isFree(request))) return
      throw graphQLErrorOf(new ClientError('UNTRUSTED_DOCUMENT', TRUSTED_ONLY, {}, { status: 403 }))
    },
  }
}

const TRUSTED_ONLY: Text = {
  vi: 'máy chủ này chỉ trả lời truy vấn tin cậy: gửi documentId, hoặc nguyên văn một truy vấn có sẵn; người quản trị có thể lưu và công nhận truy vấn này',
  en: 'this server answers trusted documents only: send documentId, or the text of a ready query as it is; an administrator can save this query and trust it',
}

async function trustedTexts(prisma: PrismaClient): Promise<ReadonlySet<string>> {
  return new Set((await trustedQueries(prisma)).map(({ text }) => text.trim()))
}

/**
 * Opens a saved query by `/graphql?saved=slug`: GraphiQL's page brings it in a tab of its own, however long it is; others are
 * told the address that holds it.
 */
export async function withSavedQuery(
  prisma: PrismaClient,
  request: IncomingMessage,
  response: ServerResponse,
  otherwise: () => unknown,
): Promise<unknown> {
  if (request.method !== 'GET' || !request.url?.includes('?')) return otherwise()
  const url = new URL(request.url, 'http://localhost')
  const slug = url.searchParams.get('saved')
  if (slug === null) return otherwise()
  const unknown = () => {
    const name = slug.slice(0, MAX_NAME)
    const text = {
      vi: `không có truy vấn dùng chung nào tên là "${name}"`,
      en: `no shared query is called "${name}"`,
    }
    refuse(response, { status: 404, code: 'UNKNOWN_DOCUMENT', text })
  }
  if (slug.length > MAX_NAME) return unknown()
  let query: SavedQuery | null
  try {
    query = await prisma.savedQuery.findFirst(newestVersion(slug, null))
  } catch (error) {
    const failure = databaseFailure(error)
    if (!failure) throw error
    const { code, text, status = 400, retryAfter } = failure
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
    return refuse(response, { status, code, text, headers })
  }
  if (!query) return unknown()
  if (request.headers.accept?.includes('text/html')) return otherwise()
  url.searchParams.delete('saved')
  url.searchParams.set('query', query.text)
  if (query.variables) url.searchParams.set('variables', query.variables)
  response.writeHead(302, { location: `${url.pathname}?${url.searchParams}` })
  response.end()
}
