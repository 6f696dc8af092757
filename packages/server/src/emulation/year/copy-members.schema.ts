import { directiveOf, lastDay } from '../../figures/years.ts'
import { LONG_TEXT } from '../../graphql/argument-limits.ts'
import { builder } from '../../graphql/builder.ts'
import { change } from '../../graphql/change.ts'
import { PER_MEMBER } from '../../graphql/cost.ts'
import { expected, mutation } from '../../graphql/mutation.ts'
import { clientLocaleArg } from '../../graphql/scalars.ts'
import { currentLocale } from '../../request-scope.ts'
import { managing } from '../../units/cluster-changes.schema.ts'
import { ClusterRef } from '../../units/clusters.schema.ts'
import { clusterInYear, findCluster } from '../../units/clusters.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { copyMemberships, type LeftOut } from './copy-members.ts'

const LeftOutRef = builder.objectRef<LeftOut>('MemberLeftOut').implement({
  description: 'A member that does not go on in another year, and why.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member, as it stood last.',
      resolve: ({ unit }, _, context) => storedUnit(unit, context),
    }),
    reason: t.string({
      description: 'Why: it ended, or competes elsewhere.',
      args: { locale: t.arg(clientLocaleArg) },
      resolve: ({ reason }, { locale }) => reason[locale ?? currentLocale()],
    }),
  }),
})

mutation('copyMemberships', {
  description:
    'Makes the members and the head of a cluster in one year its members and head in another. Units that ended or compete elsewhere then are left out, and told; who is a member there already stays one, and a head that is set stays.',
  right: 'MANAGE_YEAR',
  input: {
    description: 'Which members go on.',
    fields: (t) => ({
      cluster: t.string({ required: true, description: 'The slug of the cluster.' }),
      year: t.int({ required: true, description: 'The year that they are to be members in.' }),
      from: t.int({ description: 'The year that they are taken from. Default: the year before.' }),
      source: t.string({ ...LONG_TEXT, required: true, description: 'Who decided so.' }),
      expected: expected(t, 'Int', 'How many members of that year you saw in it, 0 for none.'),
    }),
  },
  demand: ({ cluster, year }, context) => managing(cluster, year, context),
  cost: PER_MEMBER,
  work: async (input, call) => {
    const { year } = directiveOf(input.year)
    const cluster = await findCluster(input.cluster, 'input.cluster', call.context)
    const { answer } = await change(
      { ...call, reason: input.source },
      (transaction) =>
        copyMemberships(
          transaction,
          { cluster, year, from: input.from ?? year - 1, source: input.source },
          input.expected ?? null,
        ),
      { touches: () => null },
    )
    call.context.loaders.head.clear({ code: cluster.code, year })
    return { cluster: clusterInYear(cluster, year), ...answer }
  },
  payload: {
    fields: (t) => ({
      cluster: t.expose('cluster', { type: ClusterRef, nullable: true, description: 'The cluster in that year.' }),
      units: t.field({
        type: [UnitRef],
        nullable: true,
        ...PER_MEMBER,
        description: 'The units that are members now and were not before.',
        resolve: ({ units, cluster }, _, context) =>
          units && Promise.all(units.map((unit) => storedUnit(unit, context, cluster && lastDay(cluster.year)))),
      }),
      leftOut: t.field({
        type: [LeftOutRef],
        nullable: true,
        ...PER_MEMBER,
        description: 'The members that do not go on.',
        resolve: ({ leftOut }) => leftOut && [...leftOut],
      }),
    }),
  },
})
