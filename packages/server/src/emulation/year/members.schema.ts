import type { ArgBuilder } from '@pothos/core'
import { whoMay } from '../../accounts/rights.ts'
import { directiveOf, lastDay } from '../../figures/years.ts'
import type { ClusterHead } from '../../generated/prisma/client.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change, EXPECTED, idempotencyKey } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { clusterInYear, findCluster } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { findUnit, storedUnit, unitIdOn } from '../../units/units.ts'
import { type Appointment, storeHead, storeMembership } from './members.ts'

builder.objectField(ClusterRef, 'head', (t) =>
  t.field({
    type: UnitRef,
    nullable: true,
    description: 'The unit that heads it in its year; null where nobody says.',
    resolve: async ({ code, year }, _, context) => {
      const [head] = await context.loaders.head.load({ code, year })
      return head ? storedUnit(head.unitCode, context, lastDay(year)) : null
    },
  }),
)

const HeadshipRef = builder.objectRef<ClusterHead>('ClusterHeadship').implement({
  description: 'Which member heads a cluster in a year, and who says so.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member.',
      resolve: ({ unitCode, year }, _, context) => storedUnit(unitCode, context, lastDay(year)),
    }),
    year: t.exposeInt('year', { description: 'The year.' }),
    source: t.exposeString('source', { description: 'Who says so.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

builder.objectField(ClusterRef, 'headship', (t) =>
  t.field({
    type: HeadshipRef,
    nullable: true,
    description: 'Its head in its year, with who says so; null where nobody does.',
    resolve: async ({ code, year }, _, { loaders }) => (await loaders.head.load({ code, year }))[0] ?? null,
  }),
)

/** The arguments of both mutations. */
const appointmentArgs = (
  t: ArgBuilder<typeof builder.$inferSchemaTypes>,
  says: { unit: string; expected: string },
) => ({
  cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
  year: t.int({ required: true, description: 'Of the emulation.' }),
  unit: t.string({ required: true, description: says.unit }),
  source: t.string({ ...LONG_TEXT, required: true, description: 'Who decided so.' }),
  expected: t.string({
    extensions: { mayBeBlank: true },
    description: `${says.expected} ${EXPECTED}`,
  }),
  idempotencyKey: t(idempotencyKey),
})

interface AppointmentArgs {
  readonly cluster: string
  readonly year: number
  readonly unit: string
  readonly source: string
}

/** What the arguments name: in the order in which they are refused, year, cluster, unit. */
async function appointmentOf(args: AppointmentArgs, context: Context) {
  const { year } = directiveOf(args.year)
  const cluster = await findCluster(args.cluster, 'cluster', context)
  const unit = await findUnit(args.unit, 'unit', context, lastDay(year))
  return { cluster, year, unit, source: args.source } satisfies Appointment
}

builder.mutationField('setClusterHead', (t) =>
  t.field({
    type: ClusterRef,
    description: `Says which member heads a cluster in a year. ${whoMay('MANAGE_YEAR')}`,
    args: appointmentArgs(t.arg, {
      unit: 'The code of one of its members.',
      expected: 'The code of the head that you saw, empty for none.',
    }),
    authScopes: async (_, { cluster, year, unit }, context) => ({
      may: { action: 'MANAGE_YEAR', cluster, year, unit: await unitIdOn(unit, lastDay(year), context) },
    }),
    resolve: async (_, args, context, info) => {
      const appointment = await appointmentOf(args, context)
      const { cluster, year } = appointment
      const expected = args.expected ? await unitIdOn(args.expected, lastDay(year), context) : args.expected
      await change({ context, info, args, reason: args.source }, (transaction) =>
        storeHead(transaction, appointment, expected ?? null),
      )
      context.loaders.head.clear({ code: cluster.code, year })
      return clusterInYear(cluster, year)
    },
  }),
)

builder.mutationField('setMembership', (t) =>
  t.field({
    type: ClusterRef,
    description: `Puts a unit into a cluster for a year; from another cluster it moves. Other years stay as they are. ${whoMay('MANAGE_YEAR')}`,
    args: appointmentArgs(t.arg, {
      unit: 'The code of the unit.',
      expected: 'The slug of the cluster that you saw it in, empty for none.',
    }),
    authScopes: async (_, { cluster, year, unit }, context) => ({
      may: { action: 'MANAGE_YEAR', cluster, year, unit: await unitIdOn(unit, lastDay(year), context) },
    }),
    resolve: async (_, args, context, info) => {
      const appointment = await appointmentOf(args, context)
      await change(
        { context, info, args, reason: args.source },
        (transaction) => storeMembership(transaction, appointment, args.expected ?? null),
        { touches: () => null },
      )
      return clusterInYear(appointment.cluster, appointment.year)
    },
  }),
)
