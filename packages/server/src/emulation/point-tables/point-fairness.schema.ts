// How far a unit's place by a point table moves.
import type { PointFairness, PointRange } from '@dienbien/targets/points'
import { builder } from '../../graphql/builder.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'

const PointRangeRef = builder.objectRef<PointRange>('PointRange').implement({
  description: 'The best and the worst place that a unit takes.',
  fields: (t) => ({
    best: t.exposeInt('best', { description: 'The best place that it takes.' }),
    worst: t.exposeInt('worst', { description: 'The worst place that it takes.' }),
  }),
})

export const PointFairnessRef = builder.objectRef<PointFairness & { readonly on: string }>('PointFairness').implement({
  description: "How far a unit's place by a point table moves.",
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The member whose place moves.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    rank: t.exposeInt('rank', { description: 'The place that it has by the table as adopted.' }),
    weights: t.field({
      type: PointRangeRef,
      description: 'When the weights of the groups vary by half.',
      resolve: ({ weights }) => weights,
    }),
    leaveOneOut: t.field({
      type: PointRangeRef,
      description: 'When one group is left out.',
      resolve: ({ leaveOneOut }) => leaveOneOut,
    }),
    movedBy: t.stringList({
      description: 'The codes of the groups whose leaving out moves it.',
      resolve: ({ leaveOneOut }) => [...leaveOneOut.movedBy],
    }),
    missing: t.field({
      type: PointRangeRef,
      description: "With its own missing criteria at their most and all others' at nothing, and the other way round.",
      resolve: ({ missing }) => missing,
    }),
  }),
})
