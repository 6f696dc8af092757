// A list that grows page by page: Relay's connection, and the query that fetches the next page.
import { createOperationDescriptor, fetchQuery, getFragment, getSingularSelector, graphql } from 'relay-runtime'
import type { pages_units$data, pages_units$key } from './__generated__/pages_units.graphql.ts'
import NextPage, { type pagesNextQuery } from './__generated__/pagesNextQuery.graphql.ts'
import type { pagesQuery } from './__generated__/pagesQuery.graphql.ts'
import { environment } from './environment.ts'

const Units = graphql`
  fragment pages_units on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 3 }, after: { type: "String" })
  @refetchable(queryName: "pagesNextQuery") {
    units(level: DISTRICT, first: $first, after: $after) @connection(key: "pages_units") {
      totalCount
      edges {
        node {
          code
          name
        }
      }
      pageInfo {
        endCursor
      }
    }
  }
`

/** In React: usePaginationFragment. */
export async function twoPages(): Promise<readonly pages_units$data[]> {
  const query = graphql`
    query pagesQuery {
      ...pages_units
    }
  `
  const data = await fetchQuery<pagesQuery>(environment, query, {}).toPromise()
  const first = read(data)
  const { endCursor } = first.units?.pageInfo ?? {}
  const next = createOperationDescriptor(NextPage, { first: 3, after: endCursor })
  environment.retain(next)
  await fetchQuery<pagesNextQuery>(environment, NextPage, { first: 3, after: endCursor }).toPromise()
  return [first, read(data)]
}

function read(data: pages_units$key | undefined): pages_units$data {
  const selector = getSingularSelector(getFragment(Units), data)
  return environment.lookup(selector).data as pages_units$data
}
