// What would lift a unit by a point table.
import type { PointChange, PointsItTakes } from '@dienbien/targets/points'
import { builder } from '../../graphql/builder.ts'
import { textOf } from '../../graphql/enums.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { AimRef } from '../ranking/what-it-takes.schema.ts'

const PointChangeRef = builder.objectRef<PointChange>('PointChange').implement({
  description: 'A criterion that would have to bring more.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The code of the criterion.' }),
    name: t.exposeString('name', { description: 'The criterion as printed.' }),
    from: t.exposeFloat('from', { description: 'Points as they are.' }),
    to: t.exposeFloat('to', { description: 'Points as they would have to be.' }),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What its figure would have to be; null where that is not one number.',
      resolve: ({ value }) => value,
    }),
  }),
})

export const PointsItTakesRef = builder.objectRef<PointsItTakes & { readonly on: string }>('PointsItTakes').implement({
  description: 'The fewest criteria that lift a unit by one place.',
  fields: (t) => ({
    aim: t.field({ type: AimRef, description: 'What the changes lead to.', resolve: ({ goal }) => goal }),
    goal: t.exposeString('goal', { ...textOf('aim'), description: 'rank, or nothing for the best.' }),
    passing: t.field({
      type: UnitRef,
      nullable: true,
      description: 'The unit that it would pass.',
      resolve: ({ passing, on }, _, context) => (passing === null ? null : storedUnit(passing, context, on)),
    }),
    gap: t.exposeFloat('gap', { description: "Points to that unit's." }),
    reachable: t.exposeBoolean('reachable', { description: 'False where no criteria lead there.' }),
    changes: t.field({
      type: [PointChangeRef],
      description: 'The greatest gains first, the last only as far as it must go.',
      resolve: ({ changes }) => [...changes],
    }),
  }),
})
