import { isoDay } from '../../days.ts'
import { directiveOf } from '../../figures/years.ts'
import type { Deadline, Filing } from '../../generated/prisma/client.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change } from '../../graphql/change.ts'
import { expected, mutation } from '../../graphql/mutation.ts'
import { yearArg } from '../../graphql/scalars.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { checkExists, clusterOf, findCluster } from '../../units/clusters.ts'
import { checkDeadline, type Due, storeDeadline } from './deadlines.ts'
import { FilingKindRef, FilingRef } from './filings.schema.ts'

/** A row of the year in memory. */
const DeadlineRef = builder.objectRef<Deadline>('Deadline').implement({
  description: 'By when something is due. The directive sets no days: each says who did.',
  fields: (t) => ({
    kind: t.field({ type: FilingKindRef, description: 'What is due.', resolve: ({ kind }) => kind }),
    year: t.exposeInt('year', { description: 'The emulation year.' }),
    dueOn: t.field({ type: 'Date', description: 'The last day in time.', resolve: ({ dueOn }) => isoDay(dueOn) }),
    cluster: t.field({
      type: ClusterRef,
      nullable: true,
      description: "The cluster whose alone it is, and goes before everyone's; null for everyone's.",
      resolve: async ({ clusterCode, year }, _, context) =>
        clusterCode === '' ? null : clusterOf(await findCluster(clusterCode, 'cluster', context), year),
    }),
    source: t.exposeString('source', { description: 'Who set it.' }),
  }),
})

export const DueStateRef = builder.enumType('DueState', {
  description: 'Where a filing stands against its deadline.',
  values: {
    FILED: { description: 'It was filed in time.' },
    LATE: { description: 'It was filed after the deadline.' },
    MISSING: { description: 'It was not filed, and the deadline has passed.' },
    OPEN: { description: 'It was not filed yet, and there is still time.' },
  } as const,
})

/** What is due, with the filing where the viewer may read it. */
export interface ReadableDue extends Due {
  readonly readable: Filing | null
}

export const DueRef = builder.objectRef<ReadableDue>('Due').implement({
  description: 'A deadline and what became of it.',
  fields: (t) => ({
    kind: t.field({ type: FilingKindRef, description: 'What is due.', resolve: ({ deadline }) => deadline.kind }),
    dueOn: t.field({
      type: 'Date',
      description: 'The last day in time.',
      resolve: ({ deadline }) => isoDay(deadline.dueOn),
    }),
    state: t.field({
      type: DueStateRef,
      description: 'Whether it was filed in time or late, is missing, or is still open.',
      resolve: ({ state }) => state,
    }),
    filing: t.field({
      type: FilingRef,
      nullable: true,
      description: 'What was filed; null where it is withheld, as scores are before publication.',
      resolve: ({ readable }) => readable,
    }),
  }),
})

builder.queryField('deadlines', (t) =>
  t.field({
    type: [DeadlineRef],
    nullable: true,
    description: 'The deadlines of a year, by date.',
    args: {
      year: t.arg(yearArg),
      cluster: t.arg.string({
        description: "Those that hold for this cluster or bloc: its own, else everyone's. Default: everyone's.",
      }),
      kinds: t.arg({ type: [FilingKindRef], description: 'Only what is of these kinds.' }),
    },
    resolve: async (_, { year: asked, cluster, kinds }, context) => {
      const { year } = directiveOf(asked)
      const code = cluster ? (await findCluster(cluster, 'cluster', context)).code : null
      const deadlines = await context.memory.deadlines({ cluster: code, year })
      return deadlines.filter(({ kind }) => !kinds || kinds.includes(kind))
    },
  }),
)

mutation('setDeadline', {
  description:
    'Says by when a kind of filing is due in a year, for everyone or for the members of one cluster; or takes that back. Refused (RANKING_FROZEN) while a frozen ranking rests on it.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'By when a kind of filing is due.',
    fields: (t) => ({
      year: t.int({ required: true, description: 'The emulation year.' }),
      cluster: t.string({
        description:
          "The slug of the cluster or bloc for which alone it holds, before everyone's. Default: for everyone.",
      }),
      kind: t.field({ type: FilingKindRef, required: true, description: 'What is due.' }),
      dueOn: t.field({
        type: 'Date',
        description:
          "The last day in time. Without it the deadline is taken back: everyone's holds for the cluster again, or none.",
      }),
      source: t.string({ ...LONG_TEXT, required: true, description: 'Who set it, or took it back.' }),
      expected: expected(t, 'Date', 'The deadline that you saw.'),
    }),
  },
  demand: ({ year, cluster }) => ({ action: 'MANAGE_YEAR', year, ...(cluster ? { cluster } : {}) }),
  work: async (input, call) => {
    const dueOn = input.dueOn ?? null
    checkDeadline({ ...input, dueOn })
    const deadlineOf = input.cluster ? await findCluster(input.cluster, 'input.cluster', call.context) : null
    if (deadlineOf) checkExists(deadlineOf, input.year, 'input.year')
    const cluster = deadlineOf?.code ?? null
    const { answer } = await change(
      { ...call, reason: input.source },
      (transaction) => storeDeadline(transaction, { ...input, dueOn, cluster }, input.expected ?? null),
      { touches: () => null },
    )
    return { deadline: dueOn === null ? null : answer, cluster: deadlineOf && clusterOf(deadlineOf, input.year) }
  },
  payload: {
    fields: (t) => ({
      deadline: t.expose('deadline', {
        type: DeadlineRef,
        nullable: true,
        description: 'The deadline that holds now; null where it was taken back.',
      }),
      cluster: t.expose('cluster', {
        type: ClusterRef,
        nullable: true,
        description: "The cluster whose alone it is; null for everyone's.",
      }),
    }),
  },
})
