// What has a global id is fetched again by it: @refetchable on a fragment makes the query.
import {
  fetchQuery,
  type GraphQLTaggedNode,
  getFragment,
  getSingularSelector,
  graphql,
  type OperationType,
} from 'relay-runtime'
import ClusterQuery from './__generated__/nodesClusterQuery.graphql.ts'
import IndicatorQuery from './__generated__/nodesIndicatorQuery.graphql.ts'
import MeasurementQuery from './__generated__/nodesMeasurementQuery.graphql.ts'
import type { nodesQuery } from './__generated__/nodesQuery.graphql.ts'
import UnitQuery from './__generated__/nodesUnitQuery.graphql.ts'
import { environment } from './environment.ts'

const Measurement = graphql`
  fragment nodes_measurement on Measurement @refetchable(queryName: "nodesMeasurementQuery") {
    __typename
    value
    unit {
      code
    }
  }
`
const Indicator = graphql`
  fragment nodes_indicator on Indicator @refetchable(queryName: "nodesIndicatorQuery") {
    __typename
    name(locale: EN)
  }
`
const Unit = graphql`
  fragment nodes_unit on Unit @refetchable(queryName: "nodesUnitQuery") {
    __typename
    name
  }
`
const Cluster = graphql`
  fragment nodes_cluster on Cluster @refetchable(queryName: "nodesClusterQuery") {
    __typename
    name
  }
`

/** One of each, again by the id that the API gave. */
export async function refetched(code: string): Promise<readonly unknown[]> {
  const query = graphql`
    query nodesQuery($code: String!) {
      unit(code: $code) {
        id
        cluster {
          id
        }
        measurements {
          id
          indicator {
            id
          }
        }
      }
    }
  `
  const { unit } = (await fetchQuery<nodesQuery>(environment, query, { code }).toPromise()) ?? {}
  const measurement = unit?.measurements[0]
  if (!unit?.cluster || !measurement) throw new Error(`unit ${code} has no cluster or no figure`)
  return Promise.all([
    byId(MeasurementQuery, Measurement, measurement.id),
    byId(IndicatorQuery, Indicator, measurement.indicator.id),
    byId(UnitQuery, Unit, unit.id),
    byId(ClusterQuery, Cluster, unit.cluster.id),
  ])
}

interface NodeQuery extends OperationType {
  readonly variables: { readonly id: string }
  readonly response: { readonly node: unknown }
}

async function byId(query: GraphQLTaggedNode, fragment: GraphQLTaggedNode, id: string): Promise<unknown> {
  const data = await fetchQuery<NodeQuery>(environment, query, { id }, { fetchPolicy: 'network-only' }).toPromise()
  return environment.lookup(getSingularSelector(getFragment(fragment), data?.node)).data
}
