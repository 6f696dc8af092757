import { readFileSync } from 'node:fs'
import { AS_OF, figure, tell, UNIT } from '../environment.ts'
import { createClient } from './client.ts'
import { ClusterNames, Import, IndicatorNames, Submit, UnitFigures } from './documents.ts'

const variables = { code: UNIT, asOf: AS_OF }
const client = createClient()

await client.query({ query: UnitFigures, variables })
// What a view shows (in React: useQuery): now, and whenever the cache changes.
const showing = client.watchQuery({ query: UnitFigures, variables }).subscribe(({ data, dataState }) => {
  if (dataState !== 'complete') return
  const { measurements, evaluation } = data.unit ?? {}
  const read = (id: string) => ({
    value: measurements?.find(({ indicator }) => indicator.id === id)?.value ?? null,
    status: evaluation?.results.find(({ indicator }) => indicator.id === id)?.status,
  })
  tell({ shown: { submitted: read('poverty-rate'), imported: read('child-stunting') } })
})

const submitted = await client.mutate({
  mutation: Submit,
  variables: { input: figure('poverty-rate', 30.9), asOf: AS_OF },
})
tell({ errors: submitted.data?.submitMeasurements.errors })

const file = new File([readFileSync(new URL('../apollo/so-lieu.csv', import.meta.url))], 'so-lieu.csv')
const imported = await client.mutate({ mutation: Import, variables: { input: { file, year: 2022 }, asOf: AS_OF } })
tell({ stored: imported.data?.importMeasurements.stored, problems: imported.data?.importMeasurements.problems })
showing.unsubscribe()

// A server that does not know a hash is sent the text with it, once; then the hash suffices, from whichever client.
for (const get of [false, true]) {
  for (let time = 0; time < 2; time++) {
    const { data } = await createClient({ get }).query({ query: get ? IndicatorNames : ClusterNames })
    tell({ get, data })
  }
}
