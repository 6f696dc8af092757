// One unit's figures and what they come to, read from the store; and what a submission changes in it.
import { commitMutation, fetchQuery, graphql } from 'relay-runtime'
import { observeFragment } from 'relay-runtime/experimental'
import { AS_OF, figure, UNIT } from '../environment.ts'
import type { figures_unit$data, figures_unit$key } from './__generated__/figures_unit.graphql.ts'
import type { figuresQuery } from './__generated__/figuresQuery.graphql.ts'
import type { figuresSubmitMutation } from './__generated__/figuresSubmitMutation.graphql.ts'
import { environment } from './environment.ts'

const Unit = graphql`
  fragment figures_unit on Unit @argumentDefinitions(asOf: { type: "Date!" }) {
    name
    measurements(asOf: $asOf) {
      id
      value
      indicator {
        id
      }
    }
    evaluation(asOf: $asOf) {
      summary {
        met
        inProgress
        noData
      }
      results {
        status
        explanation
        indicator {
          id
        }
      }
    }
  }
`

/** Asks the server, once. */
export async function readUnit(): Promise<figures_unit$key> {
  const query = graphql`
    query figuresQuery($code: String!, $asOf: Date!) {
      unit(code: $code) {
        ...figures_unit @arguments(asOf: $asOf)
      }
    }
  `
  const data = await fetchQuery<figuresQuery>(environment, query, { code: UNIT, asOf: AS_OF }).toPromise()
  if (!data?.unit) throw new Error(`no unit ${UNIT}`)
  return data.unit
}

/** What a view shows (in React: useFragment): now, and whenever the store changes. */
export function watchUnit(unit: figures_unit$key, show: (data: figures_unit$data) => void): () => void {
  const { unsubscribe } = observeFragment(environment, Unit, unit).subscribe({
    next: (state) => {
      if (state.state === 'ok') show(state.value)
    },
  })
  return unsubscribe
}

/** The payload is asked for what the view shows: the store is right then, and nothing is asked again. */
export function submit(indicator: string, value: number): Promise<figuresSubmitMutation['response']> {
  const mutation = graphql`
    mutation figuresSubmitMutation($input: SubmitMeasurementsInput!, $asOf: Date!) {
      submitMeasurements(input: $input) {
        errors {
          path
          message
        }
        measurements {
          id
        }
        unit {
          ...figures_unit @arguments(asOf: $asOf)
        }
      }
    }
  `
  return new Promise((onCompleted, onError) =>
    commitMutation<figuresSubmitMutation>(environment, {
      mutation,
      variables: { input: figure(indicator, value), asOf: AS_OF },
      onCompleted,
      onError,
    }),
  )
}
