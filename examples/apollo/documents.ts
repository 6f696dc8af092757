import { graphql } from '../generated/gql.ts'

graphql(`
  fragment ApolloFigures on Unit {
    id
    measurements(asOf: $asOf) {
      id
      value
      indicator {
        id
      }
    }
    evaluation(asOf: $asOf) {
      results {
        status
        indicator {
          id
        }
      }
    }
  }
`)

export const UnitFigures = graphql(`
  query ApolloUnit($code: String!, $asOf: Date!) {
    unit(code: $code) {
      name
      ...ApolloFigures
    }
  }
`)

/** The payload is asked for what is shown: the cache is right then, and nothing is asked again. */
export const Submit = graphql(`
  mutation ApolloSubmit($input: SubmitMeasurementsInput!, $asOf: Date!) {
    submitMeasurements(input: $input) {
      errors {
        path
        message
      }
      unit {
        ...ApolloFigures
      }
    }
  }
`)

/** A file, by the GraphQL multipart request specification. */
export const Import = graphql(`
  mutation ApolloImport($input: ImportMeasurementsInput!, $asOf: Date!) {
    importMeasurements(input: $input) {
      stored
      problems {
        cell
        message
      }
      units(first: 20) {
        nodes {
          ...ApolloFigures
        }
      }
    }
  }
`)

export const ClusterNames = graphql(`
  query ApolloClusters {
    clusters(first: 1) {
      nodes {
        id
        name
      }
    }
  }
`)

export const IndicatorNames = graphql(`
  query ApolloIndicators {
    indicators(first: 1) {
      nodes {
        id
        name
      }
    }
  }
`)
