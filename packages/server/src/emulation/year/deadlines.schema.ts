import { whoMay } from '../../accounts/rights.ts'
import { directiveOf } from '../../figures/years.ts'
import type { Deadline, Filing } from '../../generated/prisma/client.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change, EXPECTED, idempotencyKey } from '../../graphql/change.ts'
import { yearArg } from '../../graphql/scalars.ts'
import { isoDay } from './day-rules.ts'
import { checkDeadline, type Due, storeDeadline } from './deadlines.ts'
import { FilingKindRef, FilingRef } from './filings.schema.ts'

const DeadlineRef = builder.objectRef<Deadline>('Deadline').implement({
  description: 'By when something is due. The directive sets no days: each says who did.',
  fields: (t) => ({
    kind: t.field({ type: FilingKindRef, description: 'What is due.', resolve: ({ kind }) => kind }),
    year: t.exposeInt('year', { description: 'Of the emulation.' }),
    dueOn: t.field({ type: 'Date', description: 'The last day in time.', resolve: ({ dueOn }) => isoDay(dueOn) }),
    source: t.exposeString('source', { description: 'Who set it.' }),
  }),
})

export const DueStateRef = builder.enumType('DueState', {
  description: 'Where a filing stands against its deadline.',
  values: {
    FILED: { description: 'In time.' },
    LATE: { description: 'After the deadline.' },
    MISSING: { description: 'Not there, and the deadline has passed.' },
    OPEN: { description: 'Not there yet.' },
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
    state: t.field({ type: DueStateRef, description: 'Where it stands.', resolve: ({ state }) => state }),
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
    args: { year: t.arg(yearArg) },
    resolve: async (_, { year }, { loaders }) => [...(await loaders.deadlines.load(directiveOf(year).year))],
  }),
)

builder.mutationField('setDeadline', (t) =>
  t.field({
    type: DeadlineRef,
    description: `Says by when a kind of filing is due in a year. ${whoMay('MANAGE_YEAR')}`,
    args: {
      year: t.arg.int({ required: true, description: 'Of the emulation.' }),
      kind: t.arg({ type: FilingKindRef, required: true, description: 'What is due.' }),
      dueOn: t.arg({ type: 'Date', required: true, description: 'The last day in time.' }),
      source: t.arg.string({ ...LONG_TEXT, required: true, description: 'Who set it.' }),
      expected: t.arg({ type: 'Date', description: `The deadline that you saw. ${EXPECTED}` }),
      idempotencyKey: t.arg(idempotencyKey),
    },
    authScopes: (_, { year }) => ({ may: { action: 'MANAGE_YEAR', year } }),
    resolve: async (_, args, context, info) => {
      checkDeadline(args)
      const { answer } = await change(
        { context, info, args, reason: args.source },
        (transaction) => storeDeadline(transaction, args, args.expected ?? null),
        { touches: () => null },
      )
      return answer
    },
  }),
)
