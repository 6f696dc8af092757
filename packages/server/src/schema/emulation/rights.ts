import { type Action, RIGHTS, refusalOf, whoMay } from '../../accounts/rights.ts'
import { builder } from '../builder.ts'
import { ClusterRef } from '../clusters.ts'
import { UnitRef } from '../units.ts'

const ActionRef = builder.enumType('Action', {
  description: 'What a viewer may be allowed to do.',
  values: Object.fromEntries(
    (Object.keys(RIGHTS) as Action[]).map((action) => [
      action,
      { description: `To ${RIGHTS[action].says}. ${whoMay(action)}` },
    ]),
  ) as Record<Action, { description: string }>,
})

const args = { action: { type: ActionRef, required: true, description: 'What.' } } as const

builder.objectField(UnitRef, 'viewerCan', (t) =>
  t.boolean({
    description: 'Whether the viewer may do this for the unit, by the same rules as the mutations.',
    args: {
      action: t.arg(args.action),
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the emulation.' }),
    },
    resolve: async ({ code }, { action, year }, context) =>
      (await refusalOf({ action, unit: code, year: year ?? 2022 }, context)) === null,
  }),
)

builder.objectField(ClusterRef, 'viewerCan', (t) =>
  t.boolean({
    description: 'Whether the viewer may do this for the cluster, by the same rules as the mutations.',
    args: { action: t.arg(args.action) },
    resolve: async ({ code, year }, { action }, context) =>
      (await refusalOf({ action, cluster: code, year }, context)) === null,
  }),
)
