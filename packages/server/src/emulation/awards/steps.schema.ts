// Mutations: a ranking is frozen, and step by step it leads to awards.
import type { CommendationStep, StepKind } from '@dienbien/targets/emulation'
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core'
import { refusalOf } from '../../accounts/rights.ts'
import { takeTurns } from '../../database/write.ts'
import { checkingArgument, inputError } from '../../errors/input-error.ts'
import { loadRegister } from '../../figures/register.ts'
import { judgedMoment } from '../../figures/years.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { type Change, change, type Work } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { work } from '../../graphql/cost.ts'
import { EXPECTED, expected, mutation } from '../../graphql/mutation.ts'
import { asOfArg } from '../../graphql/scalars.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { type ClusterInYear, clusterInYear, directiveOfCluster, findCluster, memberOf } from '../../units/clusters.ts'
import { unitIdDuring } from '../../units/units.ts'
import { checkPolicy } from '../ranking/policies.ts'
import { documentDayProblem } from '../year/day-rules.ts'
import {
  type FrozenWithSteps,
  type Made,
  storeFrozen,
  storeStep,
  storeWithdrawal,
  WITH_STEPS,
} from './commendations.ts'
import { FrozenRankingRef, VerdictRef } from './frozen.schema.ts'
import { anyFrozen, frozenDocument, isUsual, rankedUnits, rankingNamed } from './frozen.ts'
import { COMMENDATIONS, WITHDRAWAL } from './frozen-guard.ts'
import { ACTION_OF, demandOf, proposedBy } from './step-rights.ts'
import { MUTATION_OF } from './steps.ts'

type Types = typeof builder.$inferSchemaTypes
type InputFields = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>

interface Changed {
  readonly ranking: FrozenWithSteps
  readonly cluster: ClusterInYear
}

/** What all mutations of rankings answer. */
const CHANGED = {
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Partial<Changed>>) => ({
    ranking: t.expose('ranking', {
      type: FrozenRankingRef,
      nullable: true,
      description: 'The frozen ranking, as far as this change brought it.',
    }),
    cluster: t.expose('cluster', {
      type: ClusterRef,
      nullable: true,
      description: 'The cluster of the ranking: ask here for its rankings, and a cache is right.',
    }),
  }),
}

mutation('freezeRanking', {
  description:
    "Stores a cluster's ranking with its inputs, its policy and its hash, as the base of proposals; it is the one in force of its cluster and year, and nothing goes on with the one before it. The same document again gives the one that is in force. IMPOSSIBLE_STEP where awards stand that the one in force led to: they are revoked first. Where the cluster adopted a point table it ranks, and no policy may be given (awards stay the default policy's).",
  right: {
    "By the adopted table, or without one by this project's default policy, for the whole year": 'FREEZE_RANKING',
    "By another policy, or for a day before the year's end": 'FREEZE_OTHERWISE',
  },
  cost: work(60_000),
  input: {
    description: 'Which ranking to freeze.',
    fields: (t) => ({
      cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.int({ required: true, description: 'The year of the directive.' }),
      asOf: t.field({ ...asOfArg, required: false }),
      policy: t.field({ ...LONG_TEXT, type: 'JSON', description: 'The policy, whole. Default: the default policy.' }),
      reason: t.string({ ...LONG_TEXT, required: true, description: 'Why, for example "Tổng kết năm 2022".' }),
      expected: expected(t, 'Int', 'The number of the ranking in force that you saw, 0 for none.'),
    }),
  },
  demand: ({ cluster, year, policy, asOf }) => ({
    action: isUsual(policy, asOf, year) ? 'FREEZE_RANKING' : 'FREEZE_OTHERWISE',
    cluster,
    year,
  }),
  work: async ({ cluster: slug, year, asOf, policy, reason, expected: seen }, call) => {
    const moment = judgedMoment(year, asOf)
    const { code: cluster } = await findCluster(slug, 'input.cluster', call.context)
    const checked = checkingArgument('input.policy', () => checkPolicy(policy))
    return changeRanking({ ...call, reason }, async (transaction, author) => {
      // Members and directives may have changed since the memory was read; nothing of them changes from here on.
      await takeTurns(transaction, COMMENDATIONS)
      const register = await loadRegister(transaction)
      const registry = register.on(moment.asOf)
      const directive = directiveOfCluster(registry, cluster, moment.year)
      const directiveVersion = registry.directives.versionOf(directive)?.id
      const ranking = { cluster, ...moment, directive, directiveVersion, policy: checked, isPolicyNew: Boolean(policy) }
      const make = (...made: Made) => frozenDocument(ranking, ...made)
      return storeFrozen(transaction, author, { ...ranking, register }, make, seen ?? null)
    })
  },
  payload: CHANGED,
})

/** Of a change of a ranking is kept how far it had come by it: the same key answers with that. */
async function changeRanking(asked: Change, work: Work<FrozenWithSteps>): Promise<Changed> {
  const { context } = asked
  let row: FrozenWithSteps | null = null
  const { answer } = await change(asked, async (transaction, author) => {
    row = await work(transaction, author)
    return { id: row.id, steps: row.steps.length }
  })
  const stored =
    row ?? (await context.prisma.frozenRanking.findUniqueOrThrow({ where: { id: answer.id }, include: WITH_STEPS }))
  const { clusterCode, year } = stored
  context.loaders.newestRanking.clear({ code: clusterCode, year })
  return {
    ranking: { ...stored, steps: stored.steps.slice(0, answer.steps) },
    cluster: clusterInYear(await findCluster(clusterCode, 'input.cluster', context), year),
  }
}

interface StepInput {
  readonly ranking: string
  readonly reason: string
  readonly expected?: number | null | undefined
}

/** Units that a client names by the codes of the ranking's year, by their identities: the members of its cluster are meant. */
function identitiesIn(ranking: string, codes: readonly string[], context: Context): Promise<string[]> {
  const { cluster, year } = rankingNamed(ranking) ?? { cluster: '', year: 0 }
  const during = { year, among: memberOf(cluster, year) }
  return Promise.all(codes.map((code) => unitIdDuring(code, context, during)))
}

async function named(ranking: string, taken: CommendationStep, context: Context): Promise<CommendationStep> {
  const idOf = async (code: string) => (await identitiesIn(ranking, [code], context))[0] as string
  if (taken.kind === 'ballot') return { ...taken, order: await identitiesIn(ranking, taken.order, context) }
  if (taken.kind === 'appraise' || taken.kind === 'revoke') return { ...taken, unit: await idOf(taken.unit) }
  if (taken.kind !== 'decide') return taken
  const grants = await Promise.all(taken.grants.map(async (grant) => ({ ...grant, unit: await idOf(grant.unit) })))
  return { ...taken, grants }
}

interface StepParts<Fields extends InputFieldMap> {
  readonly description: string
  /** Of the input. */
  readonly says: string
  /** What its input holds besides what that of every step does. */
  readonly fields: (t: InputFields) => Fields
  readonly taken: (
    input: InputShapeFromFields<Fields> & StepInput,
    context: Context,
  ) => CommendationStep | Promise<CommendationStep>
}

/** A mutation that takes a step. */
function stepMutation<Fields extends InputFieldMap>(
  kind: StepKind,
  { description, says, fields, taken }: StepParts<Fields>,
): void {
  type Input = InputShapeFromFields<Fields> & StepInput
  mutation(MUTATION_OF[kind], {
    description: `${description} IMPOSSIBLE_STEP, with those that are possible, where the state does not allow it.`,
    right: ACTION_OF[kind],
    input: {
      description: says,
      fields: (t) => ({
        ranking: t.string({ required: true, description: 'The code of the frozen ranking.' }),
        reason: t.string({ ...LONG_TEXT, required: true, description: 'Why: kept with the step.' }),
        expected: t.int({
          description: `The number of steps that you saw taken. ${EXPECTED} A verdict that stands is replaced only with it.`,
        }),
        ...fields(t),
      }),
    },
    demand: async (input, context) => {
      const { ranking, order } = input as StepInput & { readonly order?: readonly string[] }
      const frozen = await anyFrozen(ranking, 'input.ranking', context)
      return demandOf(kind, rankedUnits(frozen), await identitiesIn(ranking, order ?? [], context))
    },
    work: async (fieldsOfAll, call) => {
      // Its fields are those of every step and its own.
      const input = fieldsOfAll as unknown as Input
      const { ranking, reason, expected: seen } = input
      const step = await named(ranking, await taken(input, call.context), call.context)
      return changeRanking({ ...call, reason }, (transaction, author) =>
        storeStep(transaction, author, ranking, step, seen ?? null, async (after, row) => {
          if (step.kind !== 'nominate') return
          // What it asks was loaded when the right to call was checked: nothing else is read inside a transaction.
          const refusal = await refusalOf(demandOf('nominate', rankedUnits(row), proposedBy(after)), call.context)
          if (refusal) throw refusal
        }),
      )
    },
    payload: CHANGED,
  })
}

const GrantInput = builder.inputType('GrantInput', {
  description: 'What a decision grants to a unit.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of an agreed nominee.' }),
    award: t.string({ required: true, description: 'What was proposed, or a lower award.' }),
  }),
})

stepMutation('ballot', {
  description: 'Records the result of a ballot between units of one rank.',
  says: 'The result of a ballot.',
  fields: (t) => ({ order: t.stringList({ required: true, description: 'All units of that rank, best first.' }) }),
  taken: ({ order }) => ({ kind: 'ballot', order }),
})
stepMutation('nominate', {
  description: 'Proposes the best within the quotas; after a return or an exclusion, again.',
  says: 'The ranking whose best are proposed.',
  fields: () => ({}),
  taken: () => ({ kind: 'nominate' }),
})
stepMutation('appraise', {
  description: 'Appraises one proposal.',
  says: 'The verdict on a proposal.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the nominee.' }),
    verdict: t.field({ type: VerdictRef, required: true, description: 'What the appraisal came to.' }),
  }),
  taken: ({ unit, verdict, reason }) => ({ kind: 'appraise', unit, verdict, reason }),
})
stepMutation('decide', {
  description: 'Records the signed decision: what it grants of what was agreed; the rest is declined.',
  says: 'A signed decision.',
  fields: (t) => ({
    number: t.string({
      required: true,
      description:
        'For example "1234/QĐ-UBND". With the same date it may stand on several rankings: one decision over several clusters. Another decision of its issuer in that year may not use it.',
    }),
    date: t.field({ type: 'Date', required: true, description: 'The day on which it was signed.' }),
    grants: t.field({ type: [GrantInput], required: true, description: 'Each unit at most once.' }),
  }),
  taken: async ({ ranking, number, date, grants }, context) => {
    const { year } = await anyFrozen(ranking, 'input.ranking', context)
    const wrong = documentDayProblem(date, year)
    if (wrong) throw inputError('BAD_DATE', wrong, { argument: 'input.date', value: date })
    return { kind: 'decide', number, date, grants }
  },
})
stepMutation('publish', {
  description: 'Makes the decision and the ranking public.',
  says: 'The ranking whose decision becomes public.',
  fields: () => ({}),
  taken: () => ({ kind: 'publish' }),
})
stepMutation('revoke', {
  description: 'Takes an award back, for a false declaration for example.',
  says: 'An award to take back.',
  fields: (t) => ({ unit: t.string({ required: true, description: 'The code of the unit that holds it.' }) }),
  taken: ({ unit, reason }) => ({ kind: 'revoke', unit, reason }),
})

mutation('withdrawRanking', {
  description:
    'Takes a frozen ranking back, where a mistake is found in what it rests on: members, heads, deadlines and the units themselves can then be put right (they are refused with RANKING_FROZEN while it stands), and the year is ranked anew. It stays to be read, with the reason. IMPOSSIBLE_STEP where another one took its place, or awards stand that it led to: they are revoked first.',
  right: ACTION_OF[WITHDRAWAL],
  input: {
    description: 'A frozen ranking to take back.',
    fields: (t) => ({
      ranking: t.string({ required: true, description: 'The code of the frozen ranking.' }),
      reason: t.string({ ...LONG_TEXT, required: true, description: 'Why: kept with it.' }),
      expected: expected(t, 'Int', 'The number of steps that you saw taken.'),
    }),
  },
  demand: async ({ ranking }, context) =>
    demandOf(WITHDRAWAL, rankedUnits(await anyFrozen(ranking, 'input.ranking', context))),
  work: ({ ranking, reason, expected: seen }, call) =>
    changeRanking({ ...call, reason }, (transaction, author) =>
      storeWithdrawal(transaction, author, ranking, seen ?? null),
    ),
  payload: CHANGED,
})
