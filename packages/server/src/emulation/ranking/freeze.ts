import { createHash } from 'node:crypto'
import type { Directive, UnitLevel } from '@dienbien/targets'
import { commend, type Nomination, type Policy, type RankEntry, type Ranked, rank } from '@dienbien/targets/emulation'
import { awardPolicy, type PointTable } from '@dienbien/targets/points'
import canonicalize from 'canonicalize'
import type { AssignedTarget } from '../../figures/assigned-target.ts'
import { type Baselines, evaluateUnit } from '../../figures/evaluate-unit.ts'
import type { KnownFacts } from '../../figures/known-facts.ts'
import type { Figure } from '../../figures/newest.ts'
import type { Sheet } from '../point-tables/score-sheets.ts'
import { rankedByTable, type TableMember } from '../point-tables/table-ranking.ts'
import { factsFor } from './policy-facts.ts'

/** All that a member's place rests on. */
export interface MemberInputs {
  readonly unit: string
  readonly level: UnitLevel
  readonly figures: readonly Pick<Figure, 'indicatorId' | 'asOf' | 'value' | 'status' | 'revision' | 'synthetic'>[]
  readonly targets: readonly Pick<AssignedTarget, 'indicatorId' | 'comparator' | 'value' | 'baseline'>[]
  /** Its values of the year before, where there are any. */
  readonly baselines?: Baselines
  readonly facts: KnownFacts
  /** By the point table that ranks it; absent where a policy does. */
  readonly sheets?: readonly Sheet[]
}

/** The adopted point table that a ranking is frozen by. */
export interface FrozenTable {
  readonly version: number
  readonly hash: string
  readonly table: PointTable
}

export interface RankingInputs {
  readonly cluster: string
  readonly year: number
  readonly asOf: string
  /** The number of the directive. */
  readonly directive: string
  /** Its version, for example "2022-1"; documents from before there were versions name none. */
  readonly directiveVersion?: string | undefined
  readonly members: readonly MemberInputs[]
  /** Ranks, or with a point table only says which awards there are, and for whom. */
  readonly policy: Policy
  /** Ranks in place of the policy, where one is adopted. */
  readonly pointTable?: FrozenTable
}

/** A ranking with all that it was made of. */
export interface FrozenDocument extends RankingInputs {
  readonly format: 1 | 2
  readonly result: { readonly ranking: readonly Ranked[]; readonly nominations: readonly Nomination[] }
}

export function entryOf(
  { unit, facts, ...judged }: MemberInputs,
  directive: Directive,
  asOf: string,
  policy: Policy,
): RankEntry {
  const evaluation = evaluateUnit(directive, judged, asOf)
  return { unit, facts: factsFor(policy, facts), evaluation }
}

/** A member as a point table ranks it. */
export function tableMemberOf(
  { unit, facts, sheets = [], ...judged }: MemberInputs,
  directive: Directive,
  asOf: string,
): TableMember {
  return { unit, facts, sheets, evaluation: evaluateUnit(directive, judged, asOf) }
}

/** Ranks the inputs and writes both as canonical JSON (RFC 8785): the same inputs give the same bytes on any machine. */
export function freeze(inputs: RankingInputs, directive: Directive): { document: string; hash: string } {
  const { cluster, year, asOf, members, pointTable } = inputs
  const policy = pointTable ? awardPolicy(pointTable.table, inputs.policy) : inputs.policy
  const ranking = pointTable
    ? rankedByTable(
        pointTable.table,
        members.map((member) => tableMemberOf(member, directive, asOf)),
      )
    : rank(
        members.map((member) => entryOf(member, directive, asOf, policy)),
        policy,
      )
  const frozen: FrozenDocument = {
    // A document from before there were point tables stays the document that it was.
    ...(pointTable ? { format: 2, pointTable } : { format: 1 }),
    cluster,
    year,
    asOf,
    directive: inputs.directive,
    ...(inputs.directiveVersion === undefined ? {} : { directiveVersion: inputs.directiveVersion }),
    members: members.map(tidyMember).sort((a, b) => (a.unit < b.unit ? -1 : 1)),
    policy,
    result: { ranking, nominations: commend(ranking, policy) },
  }
  const document = canonicalize(frozen) as string
  return { document, hash: createHash('sha256').update(document).digest('hex') }
}

/** Only what counts, in an order of its own. */
function tidyMember({ unit, level, figures, targets, baselines = {}, facts, sheets }: MemberInputs): MemberInputs {
  const byIndicator = (a: { indicatorId: string }, b: { indicatorId: string }) =>
    a.indicatorId < b.indicatorId ? -1 : 1
  return {
    unit,
    level,
    facts,
    // A document from before there were any stays the document that it was.
    ...(Object.keys(baselines).length > 0 ? { baselines } : {}),
    ...(sheets ? { sheets } : {}),
    figures: figures
      .map(({ indicatorId, asOf, value, status, revision, synthetic }) => ({
        indicatorId,
        asOf,
        value,
        status,
        revision,
        synthetic,
      }))
      .sort(byIndicator),
    targets: targets
      .map(({ indicatorId, comparator, value, baseline }) => ({ indicatorId, comparator, value, baseline }))
      .sort(byIndicator),
  }
}

/** A figure that counts otherwise today than when a ranking was frozen. */
export interface ChangedFigure {
  readonly unit: string
  readonly indicatorId: string
  readonly frozen: number | null
  readonly now: number | null
}

export function changedSince(
  members: readonly MemberInputs[],
  now: ReadonlyMap<string, readonly Pick<Figure, 'indicatorId' | 'value'>[]>,
): ChangedFigure[] {
  return members.flatMap(({ unit, figures }) => {
    const values = new Map((now.get(unit) ?? []).map(({ indicatorId, value }) => [indicatorId, value]))
    const frozen = new Map(figures.map(({ indicatorId, value }) => [indicatorId, value]))
    return [...new Set([...frozen.keys(), ...values.keys()])]
      .sort()
      .map((indicatorId) => ({
        unit,
        indicatorId,
        frozen: frozen.get(indicatorId) ?? null,
        now: values.get(indicatorId) ?? null,
      }))
      .filter((difference) => difference.frozen !== difference.now)
  })
}
