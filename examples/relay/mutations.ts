// What to ask for in the payload of each mutation, so that the store is right.
import { graphql } from 'relay-runtime'

export const mutations = {
  submitMeasurements: graphql`
    mutation mutationsSubmitMeasurementsMutation($input: SubmitMeasurementsInput!, $year: Int!) {
      submitMeasurements(input: $input) {
        errors {
          message
        }
        unit {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  withdrawMeasurement: graphql`
    mutation mutationsWithdrawMeasurementMutation($input: WithdrawMeasurementInput!, $year: Int!) {
      withdrawMeasurement(input: $input) {
        unit {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  assignTargets: graphql`
    mutation mutationsAssignTargetsMutation($input: AssignTargetsInput!, $year: Int!) {
      assignTargets(input: $input) {
        unit {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  changeUnits: graphql`
    mutation mutationsChangeUnitsMutation($input: ChangeUnitsInput!, $year: Int!) {
      changeUnits(input: $input) {
        errors {
          message
        }
        units {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  signPact: graphql`
    mutation mutationsSignPactMutation($input: SignPactInput!, $year: Int!) {
      signPact(input: $input) {
        unit {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  fileDocument: graphql`
    mutation mutationsFileDocumentMutation($input: FileDocumentInput!, $year: Int!) {
      fileDocument(input: $input) {
        unit {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  submitScore: graphql`
    mutation mutationsSubmitScoreMutation($input: SubmitScoreInput!, $year: Int!) {
      submitScore(input: $input) {
        unit {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  recordFact: graphql`
    mutation mutationsRecordFactMutation($input: RecordFactInput!, $year: Int!) {
      recordFact(input: $input) {
        unit {
          ...view_unit @relay(mask: false)
          cluster(year: $year) {
            ...view_cluster @relay(mask: false)
          }
        }
      }
    }
  `,
  freezeRanking: graphql`
    mutation mutationsFreezeRankingMutation($input: FreezeRankingInput!) {
      freezeRanking(input: $input) {
        cluster {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  settleTie: graphql`
    mutation mutationsSettleTieMutation($ranking: String!, $order: [String!]!, $reason: String!) {
      settleTie(ranking: $ranking, order: $order, reason: $reason) {
        ...view_ranking @relay(mask: false)
      }
    }
  `,
  nominate: graphql`
    mutation mutationsNominateMutation($ranking: String!, $reason: String!) {
      nominate(ranking: $ranking, reason: $reason) {
        ...view_ranking @relay(mask: false)
      }
    }
  `,
  appraise: graphql`
    mutation mutationsAppraiseMutation($ranking: String!, $unit: String!, $verdict: Verdict!, $reason: String!) {
      appraise(ranking: $ranking, unit: $unit, verdict: $verdict, reason: $reason) {
        ...view_ranking @relay(mask: false)
      }
    }
  `,
  decide: graphql`
    mutation mutationsDecideMutation($ranking: String!, $number: String!, $date: Date!, $grants: [GrantInput!]!, $reason: String!) {
      decide(ranking: $ranking, number: $number, date: $date, grants: $grants, reason: $reason) {
        ...view_ranking @relay(mask: false)
      }
    }
  `,
  publish: graphql`
    mutation mutationsPublishMutation($ranking: String!, $reason: String!) {
      publish(ranking: $ranking, reason: $reason) {
        ...view_ranking @relay(mask: false)
      }
    }
  `,
  revoke: graphql`
    mutation mutationsRevokeMutation($ranking: String!, $unit: String!, $reason: String!) {
      revoke(ranking: $ranking, unit: $unit, reason: $reason) {
        ...view_ranking @relay(mask: false)
      }
    }
  `,
  setClusterHead: graphql`
    mutation mutationsSetClusterHeadMutation($cluster: String!, $unit: String!, $year: Int!, $source: String!) {
      setClusterHead(cluster: $cluster, unit: $unit, year: $year, source: $source) {
        ...view_cluster @relay(mask: false)
      }
    }
  `,
  setMembership: graphql`
    mutation mutationsSetMembershipMutation($cluster: String!, $unit: String!, $year: Int!, $source: String!) {
      setMembership(cluster: $cluster, unit: $unit, year: $year, source: $source) {
        ...view_cluster @relay(mask: false)
        members {
          unit {
            ...view_unit @relay(mask: false)
          }
        }
      }
    }
  `,
  setDeadline: graphql`
    mutation mutationsSetDeadlineMutation($kind: FilingKind!, $dueOn: Date!, $year: Int!, $source: String!) {
      setDeadline(kind: $kind, dueOn: $dueOn, year: $year, source: $source) {
        kind
        dueOn
      }
    }
  `,
  saveQuery: graphql`
    mutation mutationsSaveQueryMutation($input: SaveQueryInput!) {
      saveQuery(input: $input) {
        id
        version
        trusted
      }
    }
  `,
  trustQuery: graphql`
    mutation mutationsTrustQueryMutation($slug: String!, $version: Int!, $trusted: Boolean!) {
      trustQuery(slug: $slug, version: $version, trusted: $trusted) {
        id
        version
        trusted
      }
    }
  `,
}
