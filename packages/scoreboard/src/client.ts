// The public API over HTTP, as any other client would use it.
import { authorization } from './session.ts'
import { languageOf, textIn } from './text.ts'

/** A query's text, with the types of what it takes and gives. */
export interface Document<Data, Variables> {
  readonly text: string
  /** Only for the compiler. */
  readonly types?: (variables: Variables) => Data
}

/** An answer without errors: a root field is null only beside one. */
export type Whole<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> }

export const ENDPOINT = '/graphql'

/** What the API told of a request that it did not answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}

/** What was asked for is not there. */
export const isUnknown = (error: Error | null): boolean =>
  error instanceof ApiError && error.code.startsWith('UNKNOWN_')

/** Asked again it is not there either, and who is refused stays refused. */
export const isSettled = (error: Error | null): boolean =>
  isUnknown(error) || (error instanceof ApiError && ['UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code))

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/**
 * @param signedIn in the name of who has signed in, not of anybody
 * @throws {ApiError} with the API's own message, or `OFFLINE` where nothing answers
 */
export async function ask<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signedIn = false,
): Promise<Whole<Data>> {
  const response = await send({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(signedIn ? authorization() : {}) },
    body: JSON.stringify({ query: document.text, variables }),
  })
  return dataOf(await answerIn(response))
}

/** Sends a file, as who has signed in, by the multipart request specification; `null` in the variables marks its place. */
export async function upload<Data, Variables>(
  document: Document<Data, Variables>,
  variables: object,
  path: string,
  file: File,
): Promise<Whole<Data>> {
  const body = new FormData()
  body.set('operations', JSON.stringify({ query: document.text, variables }))
  body.set('map', JSON.stringify({ 0: [path] }))
  body.set('0', file)
  const response = await send({ method: 'POST', headers: authorization(), body })
  return dataOf(await answerIn(response))
}

/** The same answer as a table, into a file of the person's. */
export async function download<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  kind: 'csv' | 'xlsx',
  name: string,
): Promise<void> {
  const types = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
  const response = await send({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: types[kind] },
    body: JSON.stringify({ query: document.text, variables }),
  })
  if (!response.ok) dataOf(await answerIn(response))
  save(await response.blob(), `${name}.${kind}`)
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

async function send(init: RequestInit): Promise<Response> {
  try {
    // What is wrong is told in the page's language.
    return await fetch(ENDPOINT, {
      ...init,
      headers: { ...init.headers, 'accept-language': languageOf(location.search) },
    })
  } catch {
    throw new ApiError(textIn(languageOf(location.search))('offline'), 'OFFLINE')
  }
}

/** A proxy's page, where the server behind it is away, is no answer. */
async function answerIn(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer
  } catch {
    throw new ApiError(textIn(languageOf(location.search))('offline'), 'OFFLINE')
  }
}

function dataOf<Data>(answer: Answer): Whole<Data> {
  const [error] = answer.errors ?? []
  if (error) throw new ApiError(error.message, error.extensions?.code ?? 'ERROR')
  return answer.data as Whole<Data>
}
