import { Environment, type FetchFunction, type GraphQLResponse, Network, RecordSource, Store } from 'relay-runtime'
import { headers, url } from '../environment.ts'

const ask: FetchFunction = async ({ name, text }, variables, { metadata }): Promise<GraphQLResponse> => {
  // What only a member itself may say is said with its own token.
  const own = metadata?.token ? { authorization: `Bearer ${String(metadata.token)}` } : {}
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers, ...own },
    body: JSON.stringify({ operationName: name, query: text, variables }),
  })
  return response.json()
}

export const createEnvironment = () =>
  new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) })

/** The one of the page. */
export const environment = createEnvironment()
