// Requests to the API: each with the token of whoever has signed in, and told in Vietnamese what went wrong.
import type { Fetcher, FetcherParams, FetcherReturnType } from '@graphiql/toolkit'
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql'
import { createClient } from 'graphql-sse'
import { authorization } from './session.ts'

export const API = '/graphql'
const JSON_TYPE = 'application/json'

export interface Asked {
  readonly query: string
  readonly variables?: unknown
  readonly operationName?: string | null | undefined
}

export interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string }[]
}

type Headers = Readonly<Record<string, string>>

const headersOf = (more: Headers): Record<string, string> => ({ 'accept-language': 'vi', ...authorization(), ...more })

/** @param accept the type of the answer, whatever the other headers say */
export const post = (asked: Asked, accept: string, more: Headers = {}): Promise<Response> => {
  const headers = new Headers(headersOf(more))
  headers.set('accept', accept)
  headers.set('content-type', JSON_TYPE)
  return fetch(API, { method: 'POST', headers, body: JSON.stringify(asked) })
}

export const ask = async (asked: Asked, more: Headers = {}): Promise<Answer> =>
  (await (await post(asked, JSON_TYPE, more)).json()) as Answer

export const messagesOf = ({ errors }: Pick<Answer, 'errors'>): string =>
  (errors ?? []).map(({ message }) => message).join('\n')

/** What is said of a request that could not be made, or whose answer is none: browsers and libraries speak English. */
export const problemOf = (error: unknown): string =>
  error instanceof TypeError
    ? 'Không kết nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.'
    : `Không đọc được truy vấn, biến hoặc câu trả lời (thông báo gốc bằng tiếng Anh): ${(error as Error).message}`

/**
 * The operation of a text by its name, or its only one: what GraphiQL knows of a text, its name too, comes a moment after a
 * tab was opened or changed. Throws what is wrong with the text.
 */
export function operationIn(text: string, name: string | null | undefined): OperationDefinitionNode | null | undefined {
  const document = parse(text)
  return getOperationAST(document, name) ?? getOperationAST(document)
}

/** What GraphiQL asks: at once, or live where it is a subscription. What is wrong with a text the server says. */
export const fetcher: Fetcher = (params, more): FetcherReturnType => {
  const headers = (more?.headers ?? {}) as Headers
  let operation: OperationDefinitionNode | null | undefined
  try {
    operation = operationIn(params.query, params.operationName)
  } catch {
    return ask(params, headers) as unknown as FetcherReturnType
  }
  const asked = { ...params, operationName: operation?.name?.value ?? params.operationName ?? null }
  return operation?.operation === 'subscription'
    ? live(asked, headers)
    : (ask(asked, headers) as unknown as FetcherReturnType)
}

function live({ query, variables, operationName }: FetcherParams, more: Headers): FetcherReturnType {
  const client = createClient({ url: API, headers: () => headersOf(more), retryAttempts: 0 })
  const asked = { query, variables: variables as Record<string, unknown> }
  return client.iterate(operationName ? { ...asked, operationName } : asked) as unknown as FetcherReturnType
}
