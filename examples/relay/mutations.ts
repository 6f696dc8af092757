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
  assignTargets: graphql`
    mutation mutationsAssignTargetsMutation($input: AssignTargetsInput!, $year: Int!) {
      assignTargets(input: $input) {
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
  fileDocument: graphql`
    mutation mutationsFileDocumentMutation($input: FileDocumentInput!, $year: Int!) {
      fileDocument(input: $input) {
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
  submitScore: graphql`
    mutation mutationsSubmitScoreMutation($input: SubmitScoreInput!, $year: Int!) {
      submitScore(input: $input) {
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
  recordFact: graphql`
    mutation mutationsRecordFactMutation($input: RecordFactInput!, $year: Int!) {
      recordFact(input: $input) {
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
  freezeRanking: graphql`
    mutation mutationsFreezeRankingMutation($input: FreezeRankingInput!) {
      freezeRanking(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  settleTie: graphql`
    mutation mutationsSettleTieMutation($input: SettleTieInput!) {
      settleTie(input: $input) {
        errors {
          message
        }
        ranking {
          ...view_ranking @relay(mask: false)
        }
      }
    }
  `,
  nominate: graphql`
    mutation mutationsNominateMutation($input: NominateInput!) {
      nominate(input: $input) {
        errors {
          message
        }
        ranking {
          ...view_ranking @relay(mask: false)
        }
      }
    }
  `,
  appraise: graphql`
    mutation mutationsAppraiseMutation($input: AppraiseInput!) {
      appraise(input: $input) {
        errors {
          message
        }
        ranking {
          ...view_ranking @relay(mask: false)
        }
      }
    }
  `,
  decide: graphql`
    mutation mutationsDecideMutation($input: DecideInput!) {
      decide(input: $input) {
        errors {
          message
        }
        ranking {
          ...view_ranking @relay(mask: false)
        }
      }
    }
  `,
  publish: graphql`
    mutation mutationsPublishMutation($input: PublishInput!) {
      publish(input: $input) {
        errors {
          message
        }
        ranking {
          ...view_ranking @relay(mask: false)
        }
      }
    }
  `,
  revoke: graphql`
    mutation mutationsRevokeMutation($input: RevokeInput!) {
      revoke(input: $input) {
        errors {
          message
        }
        ranking {
          ...view_ranking @relay(mask: false)
        }
      }
    }
  `,
  withdrawRanking: graphql`
    mutation mutationsWithdrawRankingMutation($input: WithdrawRankingInput!) {
      withdrawRanking(input: $input) {
        errors {
          message
        }
        ranking {
          ...view_ranking @relay(mask: false)
        }
      }
    }
  `,
  setClusterHead: graphql`
    mutation mutationsSetClusterHeadMutation($input: SetClusterHeadInput!) {
      setClusterHead(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  setMembership: graphql`
    mutation mutationsSetMembershipMutation($input: SetMembershipInput!, $year: Int!) {
      setMembership(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
          members {
            unit {
              ...view_unit @relay(mask: false)
            }
          }
        }
        left {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  removeMembership: graphql`
    mutation mutationsRemoveMembershipMutation($input: RemoveMembershipInput!, $year: Int!) {
      removeMembership(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
        }
        unit {
          ...view_unit @relay(mask: false)
        }
      }
    }
  `,
  copyMemberships: graphql`
    mutation mutationsCopyMembershipsMutation($input: CopyMembershipsInput!) {
      copyMemberships(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  createCluster: graphql`
    mutation mutationsCreateClusterMutation($input: CreateClusterInput!) {
      createCluster(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  renameCluster: graphql`
    mutation mutationsRenameClusterMutation($input: RenameClusterInput!) {
      renameCluster(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  closeCluster: graphql`
    mutation mutationsCloseClusterMutation($input: CloseClusterInput!) {
      closeCluster(input: $input) {
        errors {
          message
        }
        cluster {
          ...view_cluster @relay(mask: false)
        }
      }
    }
  `,
  setDeadline: graphql`
    mutation mutationsSetDeadlineMutation($input: SetDeadlineInput!) {
      setDeadline(input: $input) {
        errors {
          message
        }
        deadline {
          kind
          dueOn
        }
      }
    }
  `,
  saveQuery: graphql`
    mutation mutationsSaveQueryMutation($input: SaveQueryInput!) {
      saveQuery(input: $input) {
        errors {
          message
        }
        savedQuery {
          id
          version
          trusted
        }
      }
    }
  `,
  trustQuery: graphql`
    mutation mutationsTrustQueryMutation($input: TrustQueryInput!) {
      trustQuery(input: $input) {
        errors {
          message
        }
        savedQuery {
          id
          version
          trusted
        }
      }
    }
  `,
  draftDirective: graphql`
    mutation mutationsDraftDirectiveMutation($input: DraftDirectiveInput!) {
      draftDirective(input: $input) {
        errors {
          message
        }
        version {
          code
        }
      }
    }
  `,
  draftPointTable: graphql`
    mutation mutationsDraftPointTableMutation($input: DraftPointTableInput!) {
      draftPointTable(input: $input) {
        errors {
          message
        }
        pointTable {
          id
          version
        }
      }
    }
  `,
  agreePointTable: graphql`
    mutation mutationsAgreePointTableMutation($input: AgreePointTableInput!) {
      agreePointTable(input: $input) {
        errors {
          message
        }
        pointTable {
          id
          version
        }
      }
    }
  `,
  adoptPointTable: graphql`
    mutation mutationsAdoptPointTableMutation($input: AdoptPointTableInput!) {
      adoptPointTable(input: $input) {
        errors {
          message
        }
        pointTable {
          id
          version
        }
      }
    }
  `,
  submitScoreSheet: graphql`
    mutation mutationsSubmitScoreSheetMutation($input: SubmitScoreSheetInput!) {
      submitScoreSheet(input: $input) {
        errors {
          message
        }
        sheet {
          revision
        }
      }
    }
  `,
}
