// From a frozen ranking to awards: who proposed, appraised and decided what, when and why.
import {
  BALLOT,
  type Commendation,
  type CommendationStep,
  checkQuotas,
  commendOverall,
  defaultPolicy,
  type Nomination,
  type Nominee,
  type Ranked,
  type StepKind,
} from '@dienbien/targets/emulation'
import { type Action, whoMay } from '../../accounts/rights.ts'
import {
  commendationOf,
  documentOf,
  type FrozenWithSteps,
  isPublished,
  storeFrozen,
  storeStep,
  WITH_STEPS,
} from '../../emulation/commendations.ts'
import { type ChangedFigure, changedSince, freeze } from '../../emulation/freeze.ts'
import type { CommendationStep as StepRow } from '../../generated/prisma/client.ts'
import { builder } from '../builder.ts'
import { ClusterRef, clusterInYear } from '../clusters.ts'
import { authorOf, type Context } from '../context.ts'
import { editConflict, inputError } from '../errors.ts'
import { IndicatorRef } from '../indicators.ts'
import { findCluster, findIndicator, storedUnit } from '../lookups.ts'
import { checkPolicy, localized, memberInputs } from '../ranking.ts'
import { localeArg } from '../scalars.ts'
import { UnitRef } from '../units.ts'
import { directiveOf, judgedMoment } from '../years.ts'

const StepKindRef = builder.enumType('CommendationStepKind', {
  description: 'A step from a ranking to awards.',
  values: {
    BALLOT: { value: 'ballot', description: `A tie is settled by ballot. ${whoMay('PROPOSE')}` },
    NOMINATE: { value: 'nominate', description: `The best are proposed within the quotas. ${whoMay('PROPOSE')}` },
    APPRAISE: { value: 'appraise', description: `A proposal is appraised. ${whoMay('DECIDE')}` },
    DECIDE: { value: 'decide', description: `What was agreed is decided. ${whoMay('DECIDE')}` },
    PUBLISH: { value: 'publish', description: `The decision becomes public. ${whoMay('DECIDE')}` },
    REVOKE: { value: 'revoke', description: `An award is taken back. ${whoMay('DECIDE')}` },
  } satisfies Record<string, { value: StepKind; description: string }>,
})

const PhaseRef = builder.enumType('CommendationPhase', {
  description: 'Where a frozen ranking stands on its way to awards.',
  values: {
    RANKED: { value: 'ranked', description: 'Nothing is proposed yet.' },
    NOMINATED: { value: 'nominated', description: 'Proposals wait for appraisal, or were returned.' },
    APPRAISED: { value: 'appraised', description: 'Every proposal has its verdict; a decision may follow.' },
    DECIDED: { value: 'decided', description: 'Decided, not yet public.' },
    PUBLISHED: { value: 'published', description: 'Public.' },
  } as const,
})

const VerdictRef = builder.enumType('Verdict', {
  description: 'What the appraisal of a proposal came to.',
  values: {
    AGREE: { value: 'agree', description: 'Đồng ý.' },
    RETURN: { value: 'return', description: 'Trả lại, with the reason: to be proposed again.' },
    EXCLUDE: { value: 'exclude', description: 'Không xét, with the reason: the seat goes to the next.' },
    PAUSE: { value: 'pause', description: 'Tạm dừng, with the reason: a case is open.' },
  } as const,
})

const NomineeRef = builder.objectRef<Nominee>('Nominee').implement({
  description: 'A unit that is proposed for an award: what was proposed, found and granted.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Who.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
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
      description: 'Null while it waits.',
      resolve: ({ verdict }) => verdict,
    }),
    verdictReason: t.exposeString('reason', { nullable: true, description: 'Of the verdict.' }),
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
      number: t.exposeString('number', { description: 'For example "1234/QĐ-UBND".' }),
      date: t.field({ type: 'Date', description: 'Of the signature.', resolve: ({ date }) => date }),
      published: t.exposeBoolean('published', { description: 'Whether it is public.' }),
    }),
  })

const StepRef = builder.objectRef<StepRow>('CommendationStep').implement({
  description: 'A step that was taken.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts from 1.' }),
    kind: t.field({
      type: StepKindRef,
      description: 'Which.',
      resolve: ({ step }) => (step as unknown as CommendationStep).kind,
    }),
    details: t.field({ type: 'JSON', description: 'All that was said with it.', resolve: ({ step }) => step }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    takenAt: t.string({ description: 'ISO 8601, UTC.', resolve: ({ takenAt }) => takenAt.toISOString() }),
    takenBy: t.exposeString('takenBy', { description: 'By whom.' }),
  }),
})

const ChangedFigureRef = builder.objectRef<ChangedFigure>('ChangedFigure').implement({
  description: 'A figure that counts otherwise today than when a ranking was frozen.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Whose.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
    }),
    indicator: t.field({
      type: IndicatorRef,
      description: 'Of what.',
      resolve: ({ indicatorId }) => findIndicator(indicatorId, 'indicator'),
    }),
    frozen: t.exposeFloat('frozen', { nullable: true, description: 'Then; null where there was none.' }),
    now: t.exposeFloat('now', { nullable: true, description: 'Today.' }),
  }),
})

const FrozenMemberRef = builder.objectRef<Ranked>('FrozenMember').implement({
  description: 'A place in a frozen ranking, with the ballots applied.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
    }),
    rank: t.int({ description: '0 where it is not eligible.', resolve: ({ rank }) => rank ?? 0 }),
    tied: t.exposeBoolean('tied', { description: 'Waits for a ballot.' }),
    score: t.exposeFloat('score', { description: "Points on the policy's scale." }),
    eligible: t.exposeBoolean('eligible', { description: 'Whether it is ranked.' }),
    reasons: t.stringList({
      description: 'Failed and unconfirmed requirements, and how a tie was settled.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
  }),
})

interface Frozen extends FrozenWithSteps {
  readonly commendation: Commendation
}
const withCommendation = (row: FrozenWithSteps): Frozen => ({ ...row, commendation: commendationOf(row) })

const FrozenRankingRef = builder.objectRef<Frozen>('FrozenRanking')
builder.node(FrozenRankingRef, {
  description:
    "A cluster's ranking as it stood when it was frozen, and what became of it. It stays as it is when figures are corrected later.",
  id: { resolve: ({ id }) => id, description: 'Global id.' },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'commendation' in value,
  loadOne: (id, context) => findFrozen(id, 'id', context),
  fields: (t) => ({
    code: t.exposeString('id', { description: 'year-cluster-number, for example "2022-cum-vung-cao-1".' }),
    cluster: t.field({
      type: ClusterRef,
      description: 'Whose it is.',
      resolve: async ({ clusterCode, year }, _, context) =>
        clusterInYear(await findCluster(clusterCode, 'cluster', context), year),
    }),
    year: t.exposeInt('year', { description: 'Of the directive.' }),
    asOf: t.field({
      type: 'Date',
      description: 'The date that its figures stand for.',
      resolve: ({ asOf }) => asOf.toISOString().slice(0, 10),
    }),
    policy: t.field({ type: 'JSON', description: 'The policy, whole.', resolve: (row) => documentOf(row).policy }),
    members: t.field({
      type: [FrozenMemberRef],
      description: 'Best first; those that are not eligible last.',
      resolve: ({ commendation }) => [...commendation.ranking],
    }),
    document: t.exposeString('document', {
      description: 'Inputs, policy and result as canonical JSON (RFC 8785): all that is needed to rank anew.',
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document.' }),
    reproducible: t.boolean({
      description: 'Whether ranking its inputs anew gives the same bytes.',
      resolve: (row) => freeze(documentOf(row), directiveOf(row.year)).hash === row.hash,
    }),
    changedSince: t.field({
      type: [ChangedFigureRef],
      description: 'Figures that were corrected or came in since. They change nothing here.',
      resolve: async (row, _, { loaders }) => {
        const { members, year, asOf } = documentOf(row)
        const now = await Promise.all(members.map(({ unit }) => loaders.figures.load({ unit, year, asOf })))
        return changedSince(members, new Map(members.map(({ unit }, i) => [unit, now[i] ?? []])))
      },
    }),
    reason: t.exposeString('reason', { description: 'Why it was frozen.' }),
    frozenAt: t.string({ description: 'ISO 8601, UTC.', resolve: ({ frozenAt }) => frozenAt.toISOString() }),
    frozenBy: t.exposeString('frozenBy', { description: 'By whom.' }),
    phase: t.field({
      type: PhaseRef,
      description: 'Where it stands on the way to awards.',
      resolve: ({ commendation }) => commendation.phase,
    }),
    possible: t.field({
      type: [StepKindRef],
      description: 'The steps that can be taken now.',
      resolve: ({ commendation }) => [...commendation.possible],
    }),
    nominees: t.field({
      type: [NomineeRef],
      description: 'Best first; excluded ones last, with their reason.',
      resolve: ({ commendation }) => [...commendation.nominees],
    }),
    decisions: t.field({
      type: [DecisionRef],
      description: 'In the order in which they were taken.',
      resolve: ({ commendation }) => [...commendation.decisions],
    }),
    steps: t.field({
      type: [StepRef],
      description: 'All that was done, in order: who, when, why.',
      resolve: ({ steps }) => [...steps],
    }),
  }),
})

/** Before publication a ranking is for those who sign in; afterwards it is for everyone. */
const visible = (row: FrozenWithSteps, { viewer }: Context) => viewer !== null || isPublished(row)

export async function findFrozen(id: string, argument: string, context: Context): Promise<Frozen> {
  const row = await context.prisma.frozenRanking.findUnique({ where: { id }, include: WITH_STEPS })
  if (row && visible(row, context)) return withCommendation(row)
  const hint = context.viewer ? '' : '; what is not published yet needs a token'
  throw inputError('UNKNOWN_RANKING', `no frozen ranking "${id}"${hint}`, { argument, value: id })
}

/** The frozen rankings of a year that the viewer may see, newest first in each cluster. */
export async function frozenRankings(year: number, cluster: string | null, context: Context): Promise<Frozen[]> {
  const rows = await context.prisma.frozenRanking.findMany({
    where: { year, ...(cluster ? { clusterCode: cluster } : {}) },
    include: WITH_STEPS,
    orderBy: [{ clusterCode: 'asc' }, { number: 'desc' }],
  })
  return rows.filter((row) => visible(row, context)).map(withCommendation)
}

/** The newest of each cluster that the viewer may see. */
export async function newestFrozen(
  year: number,
  cluster: string | null,
  context: Context,
): Promise<ReadonlyMap<string, Frozen>> {
  const newest = new Map<string, Frozen>()
  for (const row of await frozenRankings(year, cluster, context)) {
    if (!newest.has(row.clusterCode)) newest.set(row.clusterCode, row)
  }
  return newest
}

builder.objectField(ClusterRef, 'frozenRankings', (t) =>
  t.field({
    type: [FrozenRankingRef],
    description: 'Newest first: the published ones for everyone, all of them for those who sign in.',
    resolve: ({ code, year }, _, context) => frozenRankings(year, code, context),
  }),
)

interface OverallNomination extends Nomination {
  readonly score: number
}

const OverallNominationRef = builder.objectRef<OverallNomination>('OverallNomination').implement({
  description: "A unit that qualifies for the policy's award above the clusters.",
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Who.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
    }),
    award: t.exposeString('award', { description: `The award, or "${BALLOT}" between equals.` }),
    score: t.exposeFloat('score', { description: 'In its cluster.' }),
    reasons: t.stringList({
      description: 'Why.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reasons }, { locale }) => localized(reasons, locale),
    }),
  }),
})

/** Over the newest frozen ranking of each cluster, what is excluded left out. */
export async function overallNominations(year: number, context: Context): Promise<OverallNomination[]> {
  const newest = await newestFrozen(year, null, context)
  const nominees = [...newest.values()].flatMap(({ commendation: { nominees: proposed, ranking } }) =>
    proposed
      .filter(({ verdict, revoked }) => verdict !== 'exclude' && revoked === null)
      .map((one) => ({ ...one, score: ranking.find(({ unit }) => unit === one.unit)?.score ?? 0 })),
  )
  return commendOverall(nominees, defaultPolicy).map((one) => ({
    ...one,
    score: nominees.find(({ unit }) => unit === one.unit)?.score ?? 0,
  }))
}

builder.queryFields((t) => ({
  frozenRanking: t.field({
    type: FrozenRankingRef,
    nullable: true,
    description: 'One frozen ranking. UNKNOWN_RANKING where there is none that the viewer may see.',
    args: { code: t.arg.string({ required: true, description: 'For example "2022-cum-vung-cao-1".' }) },
    resolve: (_, { code }, context) => findFrozen(code, 'code', context),
  }),
  overallNominations: t.field({
    type: [OverallNominationRef],
    description:
      "The award above the clusters, the Government's flag by default: at most a fifth of those nominated for the provincial flag (Decree 91/2017, article 11), from the newest frozen ranking of each cluster.",
    args: { year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }) },
    resolve: (_, { year }, context) => overallNominations(directiveOf(year ?? 2022).year, context),
  }),
}))

const FreezeRankingInput = builder.inputType('FreezeRankingInput', {
  description: 'Which ranking to freeze.',
  fields: (t) => ({
    cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
    year: t.int({ required: true, description: 'Of the directive.' }),
    asOf: t.field({ type: 'Date', description: 'Default: the year is over.' }),
    policy: t.field({ type: 'JSON', description: 'The policy, whole. Default: the default policy.' }),
    reason: t.string({ required: true, description: 'Why, for example "Tổng kết năm 2022".' }),
  }),
})

builder.mutationField('freezeRanking', (t) =>
  t.field({
    type: FrozenRankingRef,
    description: `Stores a cluster's ranking with its inputs, its policy and its hash, as the base of proposals. ${whoMay('FREEZE_RANKING')}`,
    args: { input: t.arg({ type: FreezeRankingInput, required: true, description: 'Which.' }) },
    authScopes: (_, { input: { cluster, year } }) => ({ may: { action: 'FREEZE_RANKING', cluster, year } }),
    resolve: async (_, { input }, context) => {
      const moment = judgedMoment(input.year, input.asOf)
      const policy = checkPolicy(input.policy)
      const cluster = clusterInYear(await findCluster(input.cluster, 'input.cluster', context), moment.year)
      const members = memberInputs(await context.store.year(moment.year), cluster, moment)
      if (members.length === 0) {
        throw inputError('BAD_INPUT', `${cluster.code} has no members in ${moment.year}`, {
          argument: 'input.cluster',
          value: input.cluster,
        })
      }
      if (input.policy) checkQuotas(policy, members.length)
      const directive = directiveOf(moment.year)
      const inputs = { cluster: cluster.code, ...moment, directive: directive.id, members, policy }
      const author = authorOf(context, requireReason(input.reason))
      const stored = await storeFrozen(context.prisma, author, inputs, freeze(inputs, directive))
      if (!stored) throw editConflict('input.cluster')
      return withCommendation(stored)
    },
  }),
)

function requireReason(reason: string): string {
  if (reason.trim() !== '') return reason
  throw inputError('BAD_INPUT', 'reason must not be empty', { argument: 'reason', value: reason })
}

const rankingArg = { type: 'String', required: true, description: 'The code of the frozen ranking.' } as const
const reasonArg = { type: 'String', required: true, description: 'Why: kept with the step.' } as const

/** What the mutations of steps have in common. */
function stepField(action: Action, description: string) {
  return {
    type: FrozenRankingRef,
    description: `${description} IMPOSSIBLE_STEP, with those that are possible, where the state does not allow it. ${whoMay(action)}`,
    authScopes: async (_: unknown, { ranking }: { readonly ranking: string }, context: Context) => {
      if (!context.viewer) return { may: { action } }
      const { clusterCode, year } = await findFrozen(ranking, 'ranking', context)
      return { may: { action, cluster: clusterCode, year } }
    },
  } as const
}

async function step(
  { ranking, reason }: { readonly ranking: string; readonly reason: string },
  context: Context,
  taken: CommendationStep,
): Promise<Frozen> {
  const author = authorOf(context, requireReason(reason))
  const stored = await storeStep(context.prisma, author, ranking, taken)
  if (!stored) throw editConflict('ranking')
  return withCommendation(stored)
}

const GrantInput = builder.inputType('GrantInput', {
  description: 'What a decision grants to a unit.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of an agreed nominee.' }),
    award: t.string({ required: true, description: 'What was proposed, or a lower award.' }),
  }),
})

builder.mutationFields((t) => ({
  settleTie: t.field({
    ...stepField('PROPOSE', 'Records the result of a ballot between units of one rank.'),
    args: {
      ranking: t.arg(rankingArg),
      reason: t.arg(reasonArg),
      order: t.arg.stringList({ required: true, description: 'All units of that rank, best first.' }),
    },
    resolve: (_, { order, ...args }, context) => step(args, context, { kind: 'ballot', order }),
  }),
  nominate: t.field({
    ...stepField('PROPOSE', 'Proposes the best within the quotas; after a return or an exclusion, again.'),
    args: { ranking: t.arg(rankingArg), reason: t.arg(reasonArg) },
    resolve: (_, args, context) => step(args, context, { kind: 'nominate' }),
  }),
  appraise: t.field({
    ...stepField('DECIDE', 'Appraises one proposal.'),
    args: {
      ranking: t.arg(rankingArg),
      reason: t.arg(reasonArg),
      unit: t.arg.string({ required: true, description: 'The code of the nominee.' }),
      verdict: t.arg({ type: VerdictRef, required: true, description: 'What the appraisal came to.' }),
    },
    resolve: (_, { unit, verdict, ...args }, context) =>
      step(args, context, { kind: 'appraise', unit, verdict, reason: args.reason }),
  }),
  decide: t.field({
    ...stepField('DECIDE', 'Records the signed decision: what it grants of what was agreed; the rest is declined.'),
    args: {
      ranking: t.arg(rankingArg),
      reason: t.arg(reasonArg),
      number: t.arg.string({ required: true, description: 'For example "1234/QĐ-UBND".' }),
      date: t.arg({ type: 'Date', required: true, description: 'Of the signature.' }),
      grants: t.arg({ type: [GrantInput], required: true, description: 'Each unit at most once.' }),
    },
    resolve: (_, { number, date, grants, ...args }, context) =>
      step(args, context, { kind: 'decide', number, date, grants }),
  }),
  publish: t.field({
    ...stepField('DECIDE', 'Makes the decision and the ranking public.'),
    args: { ranking: t.arg(rankingArg), reason: t.arg(reasonArg) },
    resolve: (_, args, context) => step(args, context, { kind: 'publish' }),
  }),
  revoke: t.field({
    ...stepField('DECIDE', 'Takes an award back, for a false declaration for example.'),
    args: {
      ranking: t.arg(rankingArg),
      reason: t.arg(reasonArg),
      unit: t.arg.string({ required: true, description: 'The code of the unit that holds it.' }),
    },
    resolve: (_, { unit, ...args }, context) => step(args, context, { kind: 'revoke', unit, reason: args.reason }),
  }),
}))
