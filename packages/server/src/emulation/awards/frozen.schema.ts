// A frozen ranking, and what became of it: who proposed, appraised and decided what, when and why.
import type { Directive } from '@dienbien/targets'
import { type Nominee, type Ranked, type StepKind, takeStep } from '@dienbien/targets/emulation'
import { may, whoMay } from '../../accounts/rights.ts'
import { isoDay } from '../../days.ts'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { judgedIndicator } from '../../directive/indicators.ts'
import { builder } from '../../graphql/builder.ts'
import type { Context } from '../../graphql/context.ts'
import { FROZEN_DOCUMENT, POLICY, RIGHT, ROW_AND_MORE, ROWS } from '../../graphql/cost.ts'
import { localeArg, localized } from '../../graphql/scalars.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { clusterInYear, findCluster } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { type ChangedFigure, changedSince, freeze } from '../ranking/freeze.ts'
import {
  commendationOf,
  documentOf,
  type FrozenWithSteps,
  stepIn,
  WITH_STEPS,
  withdrawnBecause,
} from './commendations.ts'
import {
  canWithdraw,
  judgedBy,
  possibleOn,
  rankedUnits,
  type Standing,
  standingOf,
  unknownRanking,
  visibleOf,
  visibleRanking,
} from './frozen.ts'
import { WITHDRAWAL } from './frozen-guard.ts'
import { demandOf, proposedBy } from './step-rights.ts'

export const StepKindRef = builder.enumType('CommendationStepKind', {
  description: 'A step from a ranking to awards.',
  values: {
    BALLOT: { value: 'ballot', description: `A tie is settled by ballot. ${whoMay('PROPOSE')}` },
    NOMINATE: { value: 'nominate', description: `The best are proposed within the quotas. ${whoMay('PROPOSE')}` },
    APPRAISE: { value: 'appraise', description: `A proposal is appraised. ${whoMay('DECIDE')}` },
    DECIDE: { value: 'decide', description: `What was agreed is decided. ${whoMay('DECIDE')}` },
    PUBLISH: { value: 'publish', description: `The decision becomes public. ${whoMay('DECIDE')}` },
    REVOKE: { value: 'revoke', description: `An award is taken back. ${whoMay('DECIDE')}` },
    WITHDRAW: { value: WITHDRAWAL, description: `The ranking itself is taken back. ${whoMay('DECIDE')}` },
  } satisfies Record<string, { value: StepKind | typeof WITHDRAWAL; description: string }>,
})

export const PhaseRef = builder.enumType('CommendationPhase', {
  description: 'Where a frozen ranking stands on its way to awards.',
  values: {
    RANKED: { value: 'ranked', description: 'Nothing is proposed yet.' },
    NOMINATED: { value: 'nominated', description: 'Proposals wait for appraisal, or were returned.' },
    APPRAISED: { value: 'appraised', description: 'Every proposal has its verdict; a decision may follow.' },
    DECIDED: { value: 'decided', description: 'Decided, not yet public.' },
    PUBLISHED: { value: 'published', description: 'The decision is public.' },
  } as const,
})

export const VerdictRef = builder.enumType('Verdict', {
  description: 'What the appraisal of a proposal came to.',
  values: {
    AGREE: { value: 'agree', description: 'Đồng ý.' },
    RETURN: { value: 'return', description: 'Trả lại, with the reason: to be proposed again.' },
    EXCLUDE: { value: 'exclude', description: 'Không xét, with the reason: the seat goes to the next.' },
    PAUSE: { value: 'pause', description: 'Tạm dừng, with the reason: a case is open.' },
  } as const,
})

/** Of a unit as it stood on the day that the figures of the ranking stand for. */
type OfDay<T> = T & { readonly on: string }

const onDay = <T extends object>(list: readonly T[], day: Date): OfDay<T>[] =>
  list.map((item) => ({ ...item, on: isoDay(day) }))

const NomineeRef = builder.objectRef<OfDay<Nominee>>('Nominee').implement({
  description: 'A unit that is proposed for an award: what was proposed, found and granted.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that is proposed.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    proposed: t.exposeString('award', { description: 'The award, as the policy names it.' }),
    reasons: t.stringList({
      description: 'Why it is proposed.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
    verdict: t.field({
      type: VerdictRef,
      nullable: true,
      description: 'What the appraisal came to; null while it waits.',
      resolve: ({ verdict }) => verdict,
    }),
    verdictReason: t.exposeString('reason', { nullable: true, description: 'Why the appraisal came to this verdict.' }),
    granted: t.exposeString('granted', { nullable: true, description: 'What was granted, beside what was proposed.' }),
    decision: t.exposeString('decision', { nullable: true, description: 'The number of the decision on it.' }),
    revoked: t.exposeString('revoked', { nullable: true, description: 'Why it was taken back.' }),
  }),
})

const DecisionRef = builder
  .objectRef<{ readonly number: string; readonly date: string; readonly published: boolean }>('Decision')
  .implement({
    description: 'A signed decision on awards.',
    fields: (t) => ({
      number: t.exposeString('number', { description: 'The number of the decision, for example "1234/QĐ-UBND".' }),
      date: t.field({ type: 'Date', description: 'The day on which it was signed.', resolve: ({ date }) => date }),
      published: t.exposeBoolean('published', { description: 'Whether it is public.' }),
    }),
  })

const StepRef = builder.prismaObject('CommendationStep', {
  description: 'A step that was taken.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'The place of the step among those of its ranking, from 1.' }),
    kind: t.field({
      type: StepKindRef,
      description: 'The kind of step.',
      resolve: (row) => stepIn(row).kind,
    }),
    details: t.field({ type: 'JSON', description: 'All that was said with it.', resolve: ({ step }) => step }),
    reason: t.exposeString('reason', { description: 'Why it was taken, as its author wrote.' }),
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was taken.' }),
    takenBy: t.string({
      nullable: true,
      description: `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RANKINGS')}`,
      select: { ranking: { select: { clusterCode: true, year: true } } },
      resolve: async ({ ranking: { clusterCode: cluster, year }, takenBy }, _, context) =>
        (await may({ action: 'READ_RANKINGS', cluster, year }, context)) ? takenBy : null,
    }),
  }),
})

const ChangedFigureRef = builder
  .objectRef<OfDay<ChangedFigure> & { readonly directive: Directive }>('ChangedFigure')
  .implement({
    description: 'A figure that counts otherwise today than when a ranking was frozen.',
    fields: (t) => ({
      unit: t.field({
        type: UnitRef,
        description: 'The unit whose figure it is.',
        resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
      }),
      indicator: t.field({
        type: IndicatorRef,
        description: 'The indicator that the figure is of.',
        resolve: ({ indicatorId, directive }) => judgedIndicator(indicatorId, directive),
      }),
      frozen: t.exposeFloat('frozen', { nullable: true, description: 'Then; null where there was none.' }),
      now: t.exposeFloat('now', { nullable: true, description: 'The figure that counts today; null where none does.' }),
    }),
  })

const FrozenMemberRef = builder.objectRef<OfDay<Ranked>>('FrozenMember').implement({
  description: 'A place in a frozen ranking, with the ballots applied.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that has the place.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    rank: t.int({ description: '0 where it is not eligible.', resolve: ({ rank }) => rank ?? 0 }),
    tied: t.exposeBoolean('tied', { description: 'Whether it waits for a ballot.' }),
    score: t.exposeFloat('score', { description: "Points on the policy's scale." }),
    eligible: t.exposeBoolean('eligible', { description: 'Whether it is ranked.' }),
    reasons: t.stringList({
      description: 'Failed and unconfirmed requirements, and how a tie was settled.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
  }),
})

/** Where a ranking stands among those of its cluster and year, of which the newest is looked up. */
async function standing(row: FrozenWithSteps, { loaders }: Context): Promise<Standing> {
  const [newest] = await loaders.newestRanking.load({ code: row.clusterCode, year: row.year })
  return standingOf(row, newest?.id ?? row.id)
}

export const FrozenRankingRef = builder.prismaNode('FrozenRanking', {
  description:
    "A cluster's ranking as it stood when it was frozen, and what became of it. It stays as it is when figures are corrected later.",
  id: { resolve: ({ id }) => id, description: 'The global id, as `node` takes it.' },
  nullable: true,
  findUnique: (id, context) => visibleRanking(id, 'id', context),
  // Where it stands follows from its steps, whatever is asked of it.
  include: WITH_STEPS,
  fields: (t) => ({
    code: t.exposeString('id', { description: 'year-cluster-number, for example "2022-cum-vung-cao-1".' }),
    cluster: t.field({
      type: ClusterRef,
      description: 'The cluster whose members it ranks.',
      resolve: async ({ clusterCode, year }, _, context) =>
        clusterInYear(await findCluster(clusterCode, 'cluster', context), year),
    }),
    year: t.exposeInt('year', { description: 'The year of the directive.' }),
    asOf: t.field({
      type: 'Date',
      description: 'The date that its figures stand for.',
      resolve: ({ asOf }) => isoDay(asOf),
    }),
    policy: t.field({
      type: 'JSON',
      ...POLICY,
      description: 'The policy, whole.',
      resolve: (row) => documentOf(row).policy,
    }),
    members: t.field({
      type: [FrozenMemberRef],
      description: 'Best first; those that are not eligible last.',
      resolve: (row) => onDay(commendationOf(row).ranking, row.asOf),
    }),
    document: t.exposeString('document', {
      ...FROZEN_DOCUMENT,
      description: 'Inputs, policy and result as canonical JSON (RFC 8785): all that is needed to rank anew.',
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document.' }),
    reproducible: t.boolean({
      ...FROZEN_DOCUMENT,
      description: 'Whether ranking its inputs anew gives the same bytes.',
      resolve: (row) => freeze(documentOf(row), judgedBy(documentOf(row))).hash === row.hash,
    }),
    changedSince: t.field({
      type: [ChangedFigureRef],
      ...ROWS,
      description: 'Figures that were corrected or came in since. They change nothing here.',
      resolve: async (row, _, { memory }) => {
        const document = documentOf(row)
        const { members, year, asOf } = document
        const now = await Promise.all(members.map(({ unit }) => memory.figures({ unit, year, asOf })))
        const changed = changedSince(members, new Map(members.map(({ unit }, i) => [unit, now[i] ?? []])))
        return changed.map((figure) => ({ ...figure, on: asOf, directive: judgedBy(document) }))
      },
    }),
    reason: t.exposeString('reason', { description: 'Why it was frozen.' }),
    frozenAt: t.expose('frozenAt', { type: 'DateTime', description: 'When it was frozen.' }),
    frozenBy: t.string({
      nullable: true,
      description: `Who it was, by the subject of the token. Null where that is withheld: ${whoMay('READ_RANKINGS')}`,
      resolve: async ({ clusterCode: cluster, year, frozenBy }, _, context) =>
        (await may({ action: 'READ_RANKINGS', cluster, year }, context)) ? frozenBy : null,
    }),
    supersededBy: t.string({
      nullable: true,
      description:
        'The code of the ranking that took its place; null while none did. A cluster has one in force a year, the newest, where that is not withdrawn.',
      resolve: async (row, _, context) => {
        const { inForce } = await standing(row, context)
        return inForce === row.id ? null : inForce
      },
    }),
    withdrawn: t.string({
      nullable: true,
      description: 'Why it was taken back; null while it was not.',
      resolve: (row) => withdrawnBecause(row),
    }),
    phase: t.field({
      type: PhaseRef,
      description: 'Where it stands on the way to awards.',
      resolve: (row) => commendationOf(row).phase,
    }),
    possible: t.field({
      type: [StepKindRef],
      description:
        'The steps towards awards that can be taken now; none on a withdrawn one, nor on a superseded one, but to revoke an award that stands. Whether it can be withdrawn says `viewerCan`.',
      resolve: async (row, _, context) => [...possibleOn(await standing(row, context))],
    }),
    viewerCan: t.boolean({
      ...RIGHT,
      description: 'Whether the viewer may take a step now, by the same rules as the mutations.',
      args: { step: t.arg({ type: StepKindRef, required: true, description: 'The step that the viewer would take.' }) },
      resolve: async (row, { step: kind }, context) => {
        const now = await standing(row, context)
        if (kind === WITHDRAWAL) return canWithdraw(now) && may(demandOf(kind, rankedUnits(row)), context)
        if (!possibleOn(now).includes(kind)) return false
        const units = kind === 'nominate' ? proposedBy(takeStep(now.commendation, { kind })) : []
        return may(demandOf(kind, rankedUnits(row), units), context)
      },
    }),
    nominees: t.field({
      type: [NomineeRef],
      description: 'Best first; excluded ones last, with their reason.',
      resolve: (row) => onDay(commendationOf(row).nominees, row.asOf),
    }),
    decisions: t.field({
      type: [DecisionRef],
      description: 'In the order in which they were taken.',
      resolve: (row) => [...commendationOf(row).decisions],
    }),
    steps: t.relation('steps', {
      type: StepRef,
      description: 'All that was done, in order: who, when, why.',
      query: WITH_STEPS.steps,
      // What a mutation answers: as far as it had come by it, whatever was done since.
      resolve: (query, { id, steps }, _, { prisma }) =>
        prisma.commendationStep.findMany({ ...query, where: { rankingId: id, number: { lte: steps.length } } }),
    }),
  }),
})

builder.objectField(ClusterRef, 'frozenRankings', (t) =>
  t.prismaField({
    type: [FrozenRankingRef],
    ...ROWS,
    description: `Newest first, the one in force before those that it superseded: the published ones for everyone, the others not. ${whoMay('READ_RANKINGS')}`,
    resolve: async (query, { code, year }, _, context) => {
      const where = { year, ...(await visibleOf({ cluster: code, year }, context)) }
      // Prisma reads those of all clusters that are asked for so together.
      const cluster = context.prisma.cluster.findUnique({ where: { code } })
      return (await cluster.frozenRankings({ ...query, where, orderBy: { number: 'desc' } })) ?? []
    },
  }),
)

builder.queryFields((t) => ({
  frozenRanking: t.prismaField({
    type: FrozenRankingRef,
    ...ROW_AND_MORE,
    nullable: true,
    description: 'One frozen ranking. UNKNOWN_RANKING where there is none that the viewer may see.',
    args: {
      code: t.arg.string({
        required: true,
        description: 'The code of the ranking, for example "2022-cum-vung-cao-1".',
      }),
    },
    resolve: async (query, _, { code }, context) => {
      const where = await visibleRanking(code, 'code', context)
      const found = await context.prisma.frozenRanking.findUnique({ ...query, where })
      if (!found) throw unknownRanking(code, 'code')
      return found
    },
  }),
}))
