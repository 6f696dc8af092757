import { print } from 'graphql'
import { createClient } from 'graphql-sse'
import { AS_OF, figure, headers, tell, UNIT, url } from '../environment.ts'
import { graphql } from '../generated/gql.ts'
import type { SseChangedSubscription } from '../generated/graphql.ts'

const Changed = graphql(`
  subscription SseChanged($unit: String!, $asOf: Date!) {
    evaluationChanged(unit: $unit) {
      units {
        code
        measurements(asOf: $asOf, indicators: ["forest-cover"]) {
          value
        }
      }
    }
  }
`)
const Submit = graphql(`
  mutation SseSubmit($input: SubmitMeasurementsInput!) {
    submitMeasurements(input: $input) {
      errors {
        path
        message
      }
    }
  }
`)

/** Somebody reports a figure. */
async function submit(): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: print(Submit), variables: { input: figure('forest-cover', 44.2) } }),
  })
  const { data, errors } = await response.json()
  tell({ submitted: data?.submitMeasurements ?? errors })
}

// A request of its own for each subscription, which comes back by itself where the connection breaks.
const client = createClient({ url, headers, on: { connected: submit } })
const events = client.iterate<SseChangedSubscription>({
  query: print(Changed),
  variables: { unit: UNIT, asOf: AS_OF },
})
for await (const { data } of events) {
  tell({ changed: data?.evaluationChanged.units })
  break
}
client.dispose()
