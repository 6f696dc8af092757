import { Client, fetchExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { getIntrospectionQuery, type IntrospectionQuery } from 'graphql'
import { headers, url } from '../environment.ts'

/** What the cache knows of the API. A page keeps it in a file, written when it is built. */
export async function introspect(): Promise<IntrospectionQuery> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery({ descriptions: false }) }),
  })
  const { data } = (await response.json()) as { readonly data: IntrospectionQuery }
  return data
}

/** @param warn is told what the cache cannot keep */
export function createClient(schema: IntrospectionQuery, warn: (message: string) => void): Client {
  // What has no id belongs to what it stands in.
  const embedded = schema.__schema.types.filter(
    (type) => type.kind === 'OBJECT' && !type.fields.some(({ name }) => name === 'id'),
  )
  return new Client({
    url,
    fetchOptions: { headers },
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        schema,
        keys: Object.fromEntries(embedded.map(({ name }) => [name, () => null])),
        logger: (severity, message) => {
          if (severity !== 'debug') warn(message)
        },
      }),
      fetchExchange,
    ],
  })
}
