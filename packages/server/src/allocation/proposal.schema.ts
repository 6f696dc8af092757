// A proposal of how a total may be shared out.
import { IndicatorRef } from '../directive/directive.schema.ts'
import { findIndicator } from '../directive/indicators.ts'
import { judgedMoment, lastDay } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { work } from '../graphql/cost.ts'
import { yearArg } from '../graphql/scalars.ts'
import { UnitRef } from '../units/units.schema.ts'
import { findUnitOrRoot, storedUnit } from '../units/units.ts'
import { type Proposal, proposeAllocation } from './proposal.ts'

const PartRef = builder.objectRef<Proposal['parts'][number] & { readonly on: string }>('ProposedPart').implement({
  description: 'What one unit would hold.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit that would hold the part.',
      resolve: ({ unit, on }, _, context) => storedUnit(unit, context, on),
    }),
    value: t.exposeFloat('value', { description: "In the indicator's unit." }),
    weight: t.exposeFloat('weight', { description: 'By which the total was shared out.' }),
  }),
})

const ProposalRef = builder.objectRef<Proposal & { readonly on: string }>('AllocationProposal').implement({
  description: 'A total shared out among units, to the last unit of it: the parts add up exactly.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'The indicator whose target is shared out.',
      resolve: ({ indicator }) => indicator,
    }),
    parts: t.field({
      type: [PartRef],
      description: 'What each unit would hold, by its code.',
      resolve: ({ parts, on }) => parts.map((part) => ({ ...part, on })),
    }),
  }),
})

const BasisRef = builder.enumType('AllocationBasis', {
  description: 'By what a total is shared out.',
  values: {
    EQUAL: { value: 'equal', description: 'The same for each.' },
    LAST_YEAR: {
      value: 'lastYear',
      description: "By last year's figures, or those of the units whose place one took.",
    },
    WEIGHTS: { value: 'weights', description: 'By the weights given: populations, areas …' },
  } as const,
})

const WeightInput = builder.inputType('AllocationWeight', {
  description: 'The weight of a unit.',
  fields: (t) => ({
    unit: t.string({ required: true, description: 'The code of the unit.' }),
    weight: t.float({ required: true, description: '0 or more: its population, for example.' }),
  }),
})

builder.queryField('proposeAllocation', (t) =>
  t.field({
    type: ProposalRef,
    nullable: true,
    ...work(150),
    description:
      'Shares a total out among the direct children of a unit. What is rounded goes to the largest remainders, so that the parts add up. Nothing is stored: assignTargets does that.',
    args: {
      indicator: t.arg.string({ required: true, description: 'The id of a total.' }),
      parent: t.arg.string({ description: 'Whose children share it. Default: the highest unit, the province.' }),
      total: t.arg.float({ description: "Default: the directive's target, or the parent's own." }),
      by: t.arg({ type: BasisRef, required: true, description: 'By what the total is shared out.' }),
      weights: t.arg({
        type: [WeightInput],
        description: 'With WEIGHTS: one for each child; those left out get nothing.',
      }),
      step: t.arg.float({ description: 'Parts are multiples of it. Default: 1 for what is counted, else 0.1.' }),
      year: t.arg(yearArg),
    },
    resolve: async (_, { parent: code, indicator: id, year: asked, ...request }, context) => {
      const { year, asOf } = judgedMoment(asked, null)
      const parent = await findUnitOrRoot(code, 'parent', context, asOf)
      const day = context.memory.dayIn(await context.store.year(year), asOf)
      const directive = day.directive(parent.id)
      const indicator = findIndicator(id, 'indicator', directive)
      const before = request.by === 'lastYear' ? (await context.store.year(year - 1)).on(lastDay(year - 1)) : null
      const { registry } = day
      const proposal = proposeAllocation(
        parent,
        { ...request, indicator, year },
        {
          registry,
          directive,
          targets: day.targets(parent.id),
          yearBefore: (unit, indicator) => before?.unitYear(unit, indicator) ?? { value: null, reason: null },
        },
      )
      return { ...proposal, on: asOf }
    },
  }),
)
