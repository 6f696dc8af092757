// What the right to take a step demands: who may propose, who may decide, and about whom.
import type { Commendation, StepKind } from '@dienbien/targets/emulation'
import type { Action, Demand } from '../../accounts/rights.ts'
import type { WITHDRAWAL } from './frozen-guard.ts'

export const ACTION_OF: Readonly<Record<StepKind | typeof WITHDRAWAL, Action>> = {
  ballot: 'PROPOSE',
  nominate: 'PROPOSE',
  appraise: 'DECIDE',
  decide: 'DECIDE',
  publish: 'DECIDE',
  revoke: 'DECIDE',
  withdraw: 'DECIDE',
}

/** The cluster and the year of a frozen ranking, and the units that were ranked. */
export interface RankedUnits {
  readonly cluster: string
  readonly year: number
  readonly ranked: readonly string[]
}

/**
 * What a step demands. Decisions concern all that were ranked, whichever cluster they are in today; a ballot concerns the
 * units that it orders, a proposal those that it proposes.
 */
export function demandOf(
  kind: StepKind | typeof WITHDRAWAL,
  { cluster, year, ranked }: RankedUnits,
  concerned: readonly string[] = [],
): Demand {
  const action = ACTION_OF[kind]
  return { action, cluster, year, units: action === 'DECIDE' ? ranked : concerned }
}

/** The units that a nomination newly proposes: those without a verdict. */
export const proposedBy = ({ nominees }: Commendation): readonly string[] =>
  nominees.filter(({ verdict }) => verdict === null).map(({ unit }) => unit)
