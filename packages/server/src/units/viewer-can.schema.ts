import { type Action, RIGHTS, refusalOf, whoMay } from '../accounts/rights.ts'
import { directiveOf } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { RIGHT } from '../graphql/cost.ts'
import { yearArg } from '../graphql/scalars.ts'
import { ClusterRef } from './clusters.schema.ts'
import { UnitRef } from './units.schema.ts'

const ActionRef = builder.enumType('Action', {
  description: 'What a viewer may be allowed to do.',
  values: Object.fromEntries(
    (Object.keys(RIGHTS) as Action[]).map((action) => [
      action,
      { description: `To ${RIGHTS[action].says.en}. ${whoMay(action)}` },
    ]),
  ) as Record<Action, { description: string }>,
})

const args = { action: { type: ActionRef, required: true, description: 'What the viewer would do.' } } as const

builder.objectField(UnitRef, 'viewerCan', (t) =>
  t.boolean({
    ...RIGHT,
    description: 'Whether the viewer may do this for the unit, by the same rules as the mutations.',
    args: {
      action: t.arg(args.action),
      year: t.arg(yearArg),
    },
    resolve: async ({ id }, { action, year }, context) =>
      (await refusalOf({ action, unit: id, year: directiveOf(year).year }, context)) === null,
  }),
)

builder.objectField(ClusterRef, 'viewerCan', (t) =>
  t.boolean({
    ...RIGHT,
    description: 'Whether the viewer may do this for the cluster, by the same rules as the mutations.',
    args: { action: t.arg(args.action) },
    resolve: async ({ code, year }, { action }, context) =>
      (await refusalOf({ action, cluster: code, year }, context)) === null,
  }),
)
