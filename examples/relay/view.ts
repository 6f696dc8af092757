// All of a unit's year and of its cluster's, and whether the store still has it as the server does.
import { isDeepStrictEqual } from 'node:util'
import { createOperationDescriptor, type Environment, fetchQuery, getRequest, graphql } from 'relay-runtime'
import type { viewQuery, viewQuery$data } from './__generated__/viewQuery.graphql.ts'
import { createEnvironment } from './environment.ts'

export const VIEW = { unit: '098', cluster: 'cum-vung-cao', year: 2022 }

const query = graphql`
  query viewQuery($unit: String!, $cluster: String!, $year: Int!) {
    unit(code: $unit) {
      ...view_unit @relay(mask: false)
    }
    cluster(code: $cluster, year: $year) {
      ...view_cluster @relay(mask: false)
    }
    deadlines(year: $year) {
      kind
      dueOn
    }
    savedQueries {
      id
      version
      trusted
    }
  }
`

export const fragments = [
  graphql`
    fragment view_unit on Unit {
      id
      cluster(year: $year) {
        id
      }
      measurements(year: $year) {
        id
        value
        indicator {
          id
        }
      }
      targets(year: $year) {
        value
        validFrom
        indicator {
          id
        }
      }
      evaluation(year: $year) {
        results {
          status
          value
          margin
          indicator {
            id
          }
        }
      }
      standing(year: $year) {
        own {
          rank
          score
          eligible
        }
      }
      emulationYear(year: $year) {
        ...view_year @relay(mask: false)
      }
    }
  `,
  graphql`
    fragment view_year on EmulationYear {
      pact {
        revision
        targets {
          value
        }
      }
      plan {
        revision
        evidence
      }
      selfScore {
        revision
        points
      }
      facts {
        fact
        value
        revision
      }
      knownFacts
      due {
        kind
        dueOn
        state
      }
    }
  `,
  graphql`
    fragment view_cluster on Cluster {
      id
      head {
        id
      }
      members {
        unit {
          id
        }
      }
      frozenRankings {
        ...view_ranking @relay(mask: false)
      }
    }
  `,
  graphql`
    fragment view_ranking on FrozenRanking {
      id
      code
      phase
      possible
      supersededBy
      steps {
        number
        kind
      }
      decisions {
        number
        published
      }
      nominees {
        verdict
        granted
        revoked
        unit {
          id
        }
      }
      changedSince {
        now
      }
    }
  `,
]

/** Asks the server, and keeps what it answers. */
export async function readView(environment: Environment): Promise<void> {
  environment.retain(operation)
  await fetchQuery<viewQuery>(environment, query, VIEW).toPromise()
}

const operation = createOperationDescriptor(getRequest(query), VIEW)
const kept = (environment: Environment) => environment.lookup(operation.fragment).data as unknown as viewQuery$data

/** The fields of the view that the store has otherwise than the server. */
export async function stale(environment: Environment): Promise<string[]> {
  const fresh = createEnvironment()
  await readView(fresh)
  const [here, there] = [kept(environment), kept(fresh)]
  return (['unit', 'cluster', 'deadlines', 'savedQueries'] as const).filter(
    (field) => !isDeepStrictEqual(here[field], there[field]),
  )
}
