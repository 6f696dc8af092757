// Types of each document, made from the schema. tsc stops where a line below `@ts-expect-error` is right.
import { AS_OF, figure, tell, UNIT } from '../environment.ts'
import { graphql } from '../generated/gql.ts'
import type { ComplianceStatus, ImportMeasurementsInput } from '../generated/graphql.ts'
import { ask } from './fetch.ts'

const UnitResults = graphql(`
  query CodegenUnit($code: String!, $asOf: Date!, $indicators: [String!]) {
    unit(code: $code) {
      name
      measurements(asOf: $asOf, indicators: $indicators) {
        value
        asOf
      }
      evaluation(asOf: $asOf) {
        results {
          status
          completion
        }
      }
    }
    ranking(asOf: $asOf) {
      policy
    }
  }
`)
const Submit = graphql(`
  mutation CodegenSubmit($input: SubmitMeasurementsInput!) {
    submitMeasurements(input: $input) {
      errors {
        path
        message
      }
    }
  }
`)

const { submitMeasurements } = await ask(Submit, { input: figure('rural-hygienic-water', 86.5) })
tell({ errors: submitMeasurements.errors })

const { unit, ranking } = await ask(UnitResults, { code: UNIT, asOf: AS_OF, indicators: ['rural-hygienic-water'] })
const counts: Partial<Record<ComplianceStatus, number>> = {}
for (const { status } of unit?.evaluation.results ?? []) counts[status] = (counts[status] ?? 0) + 1
tell({ name: unit?.name, figures: unit?.measurements, counts })

// A day is a text, a figure a number, JSON anything that is looked at first, a file what a form holds.
const day: string | undefined = unit?.measurements[0]?.asOf
const policy: unknown = ranking?.policy
const file: ImportMeasurementsInput['file'] = new File([], 'so-lieu.csv')
tell({ day, policy: typeof policy, file: file.name })

export const refused = [
  // @ts-expect-error: a number is no Date
  () => ask(UnitResults, { code: UNIT, asOf: 2022 }),
  // @ts-expect-error: asOf is missing
  () => ask(UnitResults, { code: UNIT }),
  // @ts-expect-error: JSON is not known to have a name
  () => ranking?.policy.name,
  // @ts-expect-error: a text is no File
  (): ImportMeasurementsInput => ({ file: 'so-lieu.csv', year: 2022 }),
  // @ts-expect-error: no such status
  (): ComplianceStatus => 'DONE',
  // @ts-expect-error: a field that was not asked for
  () => unit?.level,
]
