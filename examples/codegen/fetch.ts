import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { headers, url } from '../environment.ts'

/** No client at all: a document carries the types of its variables and of its answer. */
export async function ask<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: print(document), variables }),
  })
  const { data, errors } = (await response.json()) as {
    readonly data?: Data
    readonly errors?: readonly { readonly message: string }[]
  }
  if (!data || errors) throw new Error(errors?.map(({ message }) => message).join('\n') ?? `HTTP ${response.status}`)
  return data
}
