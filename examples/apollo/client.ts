import { createHash } from 'node:crypto'
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs'
import { OperationTypeNode } from 'graphql'
import { headers, url } from '../environment.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** @param get a query is asked for by GET once the server knows it, so that a cache on the way may answer */
export function createClient({ get = false } = {}): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.QUERY,
      // The hash of a query; its text only to a server that does not know it yet.
      ApolloLink.from([
        new PersistedQueryLink({ sha256, useGETForHashedQueries: get }),
        new HttpLink({ uri: url, headers }),
      ]),
      // The GraphQL multipart request specification, where a variable is a file.
      new UploadHttpLink({ uri: url, headers }),
    ),
    cache: new InMemoryCache({
      // It has no id: a mutation that asks for a part of it leaves the other parts as they are.
      typePolicies: { Evaluation: { merge: true } },
    }),
  })
}
