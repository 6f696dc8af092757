import { directiveOf, lastDay } from '../../figures/years.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change } from '../../graphql/change.ts'
import type { Context } from '../../graphql/context.ts'
import { expected, mutation, onDay } from '../../graphql/mutation.ts'
import { ClusterRef, MemberRef } from '../../units/clusters.schema.ts'
import { clusterInYear, findCluster, memberOf } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { type During, storedUnit, unitDuring, unitIdDuring, unitMeant } from '../../units/units.ts'
import { type Appointment, removeMembership, storeHead, storeMembership } from './members.ts'

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

const HeadshipRef = builder.prismaObject('ClusterHead', {
  name: 'ClusterHeadship',
  description: 'Which member heads a cluster in a year, and who says so.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member that heads the cluster.',
      resolve: ({ unitCode, year }, _, context) => storedUnit(unitCode, context, lastDay(year)),
    }),
    year: t.exposeInt('year', { description: 'The year in which it heads the cluster.' }),
    source: t.exposeString('source', { description: 'The decision or document that makes it the head.' }),
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

/** What both mutations are told. */
const appointmentFields = (
  t: PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>,
  says: { readonly unit: string; readonly expected: string },
) => ({
  cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
  year: t.int({ required: true, description: 'The emulation year.' }),
  unit: t.string({ required: true, description: says.unit }),
  on: onDay(t),
  source: t.string({ ...LONG_TEXT, required: true, description: 'Who decided so.' }),
  expected: expected(t, 'String', says.expected),
})

interface AppointmentInput {
  readonly cluster: string
  readonly year: number
  readonly unit: string
  readonly on?: string | null | undefined
}

type Among = NonNullable<During['among']>
/** Who may become a member stands at the year's end; who is to head, or to leave, is a member. */
const AT_END: Among = (id, registry) => registry.unitById(id) !== undefined

/** What an input names: in the order in which it is refused, year, cluster, unit. */
async function appointmentOf(input: AppointmentInput & { readonly source: string }, among: Among, context: Context) {
  const { source, on } = input
  const { year } = directiveOf(input.year)
  const cluster = await findCluster(input.cluster, 'input.cluster', context)
  const unit = await unitDuring(input.unit, 'input.unit', context, { year, on, among })
  return { cluster, year, unit, source } satisfies Appointment
}

const appointing = async ({ cluster, year, unit, on }: AppointmentInput, among: Among, context: Context) => ({
  action: 'MANAGE_YEAR' as const,
  cluster,
  year,
  unit: await unitIdDuring(unit, context, { year, on, among }),
})

const leaving = ({ cluster, year, unit, on }: AppointmentInput, context: Context) =>
  unitMeant(unit, 'input.unit', context, { year, on, among: memberOf(cluster, year) })

mutation('setClusterHead', {
  description: 'Says which member heads a cluster in a year.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'Which member heads a cluster.',
    fields: (t) =>
      appointmentFields(t, {
        unit: 'The code of one of its members.',
        expected: 'The code of the head that you saw, empty for none.',
      }),
  },
  demand: (input, context) => appointing(input, memberOf(input.cluster, input.year), context),
  work: async (input, call) => {
    const appointment = await appointmentOf(input, memberOf(input.cluster, input.year), call.context)
    const { cluster, year, unit } = appointment
    const seen = input.expected
      ? await unitIdDuring(input.expected, call.context, { year, among: memberOf(cluster.code, year) })
      : input.expected
    const { answer } = await change({ ...call, reason: input.source }, (transaction) =>
      storeHead(transaction, appointment, seen ?? null),
    )
    call.context.loaders.head.clear({ code: cluster.code, year })
    return { headship: answer, cluster: clusterInYear(cluster, year), unit }
  },
  payload: {
    fields: (t) => ({
      headship: t.expose('headship', {
        type: HeadshipRef,
        nullable: true,
        description: 'Who heads it, and who says so.',
      }),
      cluster: t.expose('cluster', {
        type: ClusterRef,
        nullable: true,
        description: 'The cluster, with its new head.',
      }),
      unit: t.expose('unit', { type: UnitRef, nullable: true, description: 'The unit that heads it now.' }),
    }),
  },
})

mutation('setMembership', {
  description: 'Puts a unit into a cluster for a year; from another cluster it moves. Other years stay as they are.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'Which cluster a unit is in.',
    fields: (t) =>
      appointmentFields(t, {
        unit: 'The code of the unit.',
        expected: 'The slug of the cluster that you saw it in, empty for none.',
      }),
  },
  demand: (input, context) => appointing(input, AT_END, context),
  work: async (input, call) => {
    const appointment = await appointmentOf(input, AT_END, call.context)
    const { cluster, year, unit } = appointment
    const before = await call.context.memory.membership({ code: unit.id, year })
    const { answer } = await change(
      { ...call, reason: input.source },
      (transaction) => storeMembership(transaction, appointment, input.expected ?? null),
      { touches: () => null },
    )
    const left =
      before && before.clusterCode !== cluster.code
        ? clusterInYear(await findCluster(before.clusterCode, 'input.cluster', call.context), year)
        : null
    return { membership: answer, cluster: clusterInYear(cluster, year), left, unit }
  },
  payload: {
    fields: (t) => ({
      membership: t.expose('membership', { type: MemberRef, nullable: true, description: 'The place of the unit.' }),
      cluster: t.expose('cluster', { type: ClusterRef, nullable: true, description: 'The cluster that it is in now.' }),
      left: t.expose('left', {
        type: ClusterRef,
        nullable: true,
        description: 'The cluster that it moved from, without it; null where it was in none.',
      }),
      unit: t.expose('unit', { type: UnitRef, nullable: true, description: 'The unit, as it is now.' }),
    }),
  },
})

mutation('removeMembership', {
  description:
    'Takes a unit out of its cluster in a year. Refused for the head of others, and once the ranking of that cluster and year is frozen. What it reported and filed stays; to put it into another cluster see `setMembership`.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'Which unit is no longer a member.',
    fields: (t) => ({
      cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.int({ required: true, description: 'The emulation year.' }),
      unit: t.string({ required: true, description: 'The code of the unit, or the last one that it had.' }),
      on: onDay(t),
      source: t.string({ ...LONG_TEXT, required: true, description: 'Who decided so, or what was wrong.' }),
    }),
  },
  demand: async (input, context) => {
    const { cluster, year } = input
    return { action: 'MANAGE_YEAR', cluster, year, unit: (await leaving(input, context)).id }
  },
  work: async (input, call) => {
    const { year } = directiveOf(input.year)
    const cluster = await findCluster(input.cluster, 'input.cluster', call.context)
    const unit = await leaving(input, call.context)
    await change(
      { ...call, reason: input.source },
      (transaction) => removeMembership(transaction, { cluster, year, unit }),
      { touches: () => null },
    )
    call.context.loaders.head.clear({ code: cluster.code, year })
    return { cluster: clusterInYear(cluster, year), unit }
  },
  payload: {
    fields: (t) => ({
      cluster: t.expose('cluster', { type: ClusterRef, nullable: true, description: 'The cluster, without it.' }),
      unit: t.expose('unit', { type: UnitRef, nullable: true, description: 'The unit, as it is now.' }),
    }),
  },
})
