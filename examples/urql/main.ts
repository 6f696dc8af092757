import { AS_OF, figure, tell, UNIT } from '../environment.ts'
import { graphql } from '../generated/gql.ts'
import { createClient, introspect } from './client.ts'

graphql(`
  fragment UrqlFigures on Unit {
    id
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
        noData
      }
      results {
        status
        indicator {
          id
        }
      }
    }
  }
`)
const UnitFigures = graphql(`
  query UrqlUnit($code: String!, $asOf: Date!) {
    unit(code: $code) {
      name
      ...UrqlFigures
    }
  }
`)
const Submit = graphql(`
  mutation UrqlSubmit($input: SubmitMeasurementsInput!, $asOf: Date!) {
    submitMeasurements(input: $input) {
      errors {
        path
        message
      }
      unit {
        ...UrqlFigures
      }
    }
  }
`)

const INDICATOR = 'health-insurance'
const client = createClient(await introspect(), (warning) => tell({ warning }))

// What a view shows (in React: useQuery): now, and whenever the cache changes.
let answered = () => {}
const first = new Promise<void>((resolve) => {
  answered = resolve
})
const shown = client.query(UnitFigures, { code: UNIT, asOf: AS_OF }).subscribe(({ data, error }) => {
  tell({
    shown: {
      value: data?.unit?.measurements.find(({ indicator }) => indicator.id === INDICATOR)?.value ?? null,
      status: data?.unit?.evaluation.results.find(({ indicator }) => indicator.id === INDICATOR)?.status,
    },
    ...(error ? { error: error.message } : {}),
  })
  answered()
})
await first

// The payload is asked for what is shown: the cache is right then, and nothing is asked again.
const { data, error } = await client.mutation(Submit, { input: figure(INDICATOR, 99.1), asOf: AS_OF })
tell({ errors: data?.submitMeasurements.errors, ...(error ? { error: error.message } : {}) })
shown.unsubscribe()
