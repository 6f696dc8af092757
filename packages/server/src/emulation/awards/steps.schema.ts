// Mutations: a ranking is frozen, and step by step it leads to awards.
import type { CommendationStep, StepKind } from '@dienbien/targets/emulation'
import type { ArgBuilder } from '@pothos/core'
import { refusalOf, whoMay } from '../../accounts/rights.ts'
import { inputError } from '../../errors/input-error.ts'
import { judgedMoment } from '../../figures/years.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { type Change, change, EXPECTED, idempotencyKey, type Work } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { work } from '../../graphql/cost.ts'
import { findCluster } from '../../units/clusters.ts'
import { checkPolicy } from '../ranking/policies.ts'
import { documentDayProblem } from '../year/day-rules.ts'
import { type FrozenWithSteps, storeFrozen, storeStep, WITH_STEPS } from './commendations.ts'
import { FrozenRankingRef, VerdictRef } from './frozen.schema.ts'
import { anyFrozen, type Frozen, findFrozen, frozenDocument, isUsual, rankedUnits, withForce } from './frozen.ts'
import { ACTION_OF, demandOf, proposedBy } from './step-rights.ts'

const FreezeRankingInput = builder.inputType('FreezeRankingInput', {
  description: 'Which ranking to freeze.',
  fields: (t) => ({
    cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
    year: t.int({ required: true, description: 'Of the directive.' }),
    asOf: t.field({ type: 'Date', description: 'Default: the year is over.' }),
    policy: t.field({ ...LONG_TEXT, type: 'JSON', description: 'The policy, whole. Default: the default policy.' }),
    reason: t.string({ ...LONG_TEXT, required: true, description: 'Why, for example "Tổng kết năm 2022".' }),
    expected: t.int({ description: `The number of the ranking in force that you saw, 0 for none. ${EXPECTED}` }),
    idempotencyKey: t.field(idempotencyKey),
  }),
})

builder.mutationField('freezeRanking', (t) =>
  t.field({
    type: FrozenRankingRef,
    ...work(25_000),
    description: `Stores a cluster's ranking with its inputs, its policy and its hash, as the base of proposals; it is the one in force of its cluster and year, and nothing goes on with the one before it. The same document again gives the one that is in force. IMPOSSIBLE_STEP where awards stand that the one in force led to: they are revoked first. Where the cluster adopted a point table it ranks, and no policy may be given (awards stay the default policy's). By that table, or without one by this project's default policy, for the whole year: ${whoMay('FREEZE_RANKING')} By another policy, or for a day before the year's end: ${whoMay('FREEZE_OTHERWISE')}`,
    args: { input: t.arg({ type: FreezeRankingInput, required: true, description: 'Which.' }) },
    authScopes: (_, { input: { cluster, year, policy, asOf } }) => ({
      may: { action: isUsual(policy, asOf, year) ? 'FREEZE_RANKING' : 'FREEZE_OTHERWISE', cluster, year },
    }),
    resolve: async (_, args, context, info) => {
      const { cluster: slug, year, asOf, policy, reason, expected } = args.input
      const moment = judgedMoment(year, asOf)
      const { code: cluster } = await findCluster(slug, 'input.cluster', context)
      const ranking = { cluster, ...moment, policy: checkPolicy(policy), isPolicyNew: Boolean(policy) }
      return changeRanking({ context, info, args, reason }, (transaction, author) =>
        storeFrozen(transaction, author, ranking, (...made) => frozenDocument(ranking, ...made), expected ?? null),
      )
    },
  }),
)

/** Of a change of a ranking is kept how far it had come by it: the same key answers with that. */
async function changeRanking(asked: Change, work: Work<FrozenWithSteps>): Promise<Frozen> {
  const { context } = asked
  let row: FrozenWithSteps | null = null
  const { answer } = await change(asked, async (transaction, author) => {
    row = await work(transaction, author)
    return { id: row.id, steps: row.steps.length }
  })
  const stored =
    row ?? (await context.prisma.frozenRanking.findUniqueOrThrow({ where: { id: answer.id }, include: WITH_STEPS }))
  return withForce({ ...stored, steps: stored.steps.slice(0, answer.steps) }, context)
}

/** The arguments that every step takes. */
const stepArgs = (t: ArgBuilder<typeof builder.$inferSchemaTypes>) => ({
  ranking: t.string({ required: true, description: 'The code of the frozen ranking.' }),
  reason: t.string({ ...LONG_TEXT, required: true, description: 'Why: kept with the step.' }),
  expected: t.int({
    description: `The number of steps that you saw taken. ${EXPECTED} A verdict that stands is replaced only with it.`,
  }),
  idempotencyKey: t(idempotencyKey),
})

/** What the mutations of steps have in common. */
function stepField(kind: StepKind, description: string) {
  return {
    type: FrozenRankingRef,
    description: `${description} IMPOSSIBLE_STEP, with those that are possible, where the state does not allow it. ${whoMay(ACTION_OF[kind])}`,
    authScopes: async (
      _: unknown,
      { ranking, order }: { readonly ranking: string; readonly order?: readonly string[] },
      context: Context,
    ) => {
      const action = ACTION_OF[kind]
      if (!context.viewer) return { may: { action } }
      return { may: demandOf(kind, rankedUnits(await anyFrozen(ranking, 'ranking', context)), order ?? []) }
    },
  } as const
}

interface StepArgs {
  readonly ranking: string
  readonly reason: string
  readonly expected?: number | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

function step(args: StepArgs, context: Context, info: Change['info'], taken: CommendationStep): Promise<Frozen> {
  const { ranking, reason, expected } = args
  return changeRanking({ context, info, args, reason }, (transaction, author) =>
    storeStep(transaction, author, ranking, taken, expected ?? null, async (after, row) => {
      if (taken.kind !== 'nominate') return
      // What it asks was loaded when the right to call was checked: nothing else is read inside a transaction.
      const refusal = await refusalOf(demandOf('nominate', rankedUnits(row), proposedBy(after)), context)
      if (refusal) throw refusal
    }),
  )
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
    ...stepField('ballot', 'Records the result of a ballot between units of one rank.'),
    args: {
      ...stepArgs(t.arg),
      order: t.arg.stringList({ required: true, description: 'All units of that rank, best first.' }),
    },
    resolve: (_, args, context, info) => step(args, context, info, { kind: 'ballot', order: args.order }),
  }),
  nominate: t.field({
    ...stepField('nominate', 'Proposes the best within the quotas; after a return or an exclusion, again.'),
    args: stepArgs(t.arg),
    resolve: (_, args, context, info) => step(args, context, info, { kind: 'nominate' }),
  }),
  appraise: t.field({
    ...stepField('appraise', 'Appraises one proposal.'),
    args: {
      ...stepArgs(t.arg),
      unit: t.arg.string({ required: true, description: 'The code of the nominee.' }),
      verdict: t.arg({ type: VerdictRef, required: true, description: 'What the appraisal came to.' }),
    },
    resolve: (_, args, context, info) =>
      step(args, context, info, {
        kind: 'appraise',
        unit: args.unit,
        verdict: args.verdict,
        reason: args.reason,
      }),
  }),
  decide: t.field({
    ...stepField('decide', 'Records the signed decision: what it grants of what was agreed; the rest is declined.'),
    args: {
      ...stepArgs(t.arg),
      number: t.arg.string({
        required: true,
        description:
          'For example "1234/QĐ-UBND". With the same date it may stand on several rankings: one decision over several clusters. Another decision of its issuer in that year may not use it.',
      }),
      date: t.arg({ type: 'Date', required: true, description: 'Of the signature.' }),
      grants: t.arg({ type: [GrantInput], required: true, description: 'Each unit at most once.' }),
    },
    resolve: async (_, args, context, info) => {
      const { number, date, grants } = args
      const { year } = await findFrozen(args.ranking, 'ranking', context)
      const wrong = documentDayProblem(date, year)
      if (wrong) throw inputError('BAD_DATE', wrong, { argument: 'date', value: date })
      return step(args, context, info, { kind: 'decide', number, date, grants })
    },
  }),
  publish: t.field({
    ...stepField('publish', 'Makes the decision and the ranking public.'),
    args: stepArgs(t.arg),
    resolve: (_, args, context, info) => step(args, context, info, { kind: 'publish' }),
  }),
  revoke: t.field({
    ...stepField('revoke', 'Takes an award back, for a false declaration for example.'),
    args: {
      ...stepArgs(t.arg),
      unit: t.arg.string({ required: true, description: 'The code of the unit that holds it.' }),
    },
    resolve: (_, args, context, info) =>
      step(args, context, info, { kind: 'revoke', unit: args.unit, reason: args.reason }),
  }),
}))
