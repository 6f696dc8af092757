// What if: figures judged without being stored.
import { evaluate } from '@dienbien/targets'
import { judgedLevel, ownTargets } from '../figures/evaluate-unit.ts'
import { judgedMoment } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { work } from '../graphql/cost.ts'
import { asOfArg, yearArg } from '../graphql/scalars.ts'
import { findUnitOrRoot } from '../units/units.ts'
import { EvaluationRef } from './evaluation.schema.ts'
import { figuresToJudge } from './figures-to-judge.ts'

const FactInput = builder.inputType('FactInput', {
  description: 'A figure to judge.',
  fields: (t) => ({
    indicator: t.string({ required: true, description: 'The id of the indicator.' }),
    value: t.float({ required: true, description: "In the indicator's unit; a milestone is 1 or 0." }),
  }),
})

const EvaluateInput = builder.inputType('EvaluateInput', {
  description: 'Figures to judge without storing them.',
  fields: (t) => ({
    facts: t.field({
      type: [FactInput],
      required: true,
      description: 'Each indicator at most once.',
      extensions: { mayBeEmpty: true },
    }),
    unit: t.string({ description: "Whose targets to judge by, by code. Default: the province's." }),
    year: t.field({ ...yearArg, required: false }),
    asOf: t.field({ ...asOfArg, required: false }),
  }),
})

builder.queryField('evaluate', (t) =>
  t.field({
    type: EvaluationRef,
    nullable: true,
    ...work(150),
    description:
      "What if: judges the given figures, and only them, by the unit's targets and its values of the year before. Nothing is stored.",
    args: {
      input: t.arg({
        type: EvaluateInput,
        required: true,
        description: 'The figures to judge, and of which unit, year and day.',
      }),
    },
    resolve: async (_, { input }, context) => {
      const moment = judgedMoment(input.year, input.asOf)
      const unit = await findUnitOrRoot(input.unit, 'input.unit', context, moment.asOf)
      const day = context.memory.dayIn(await context.store.year(moment.year), moment.asOf)
      const directive = day.directive(unit.id)
      const facts = figuresToJudge(input.facts, directive)
      return {
        directive,
        evaluation: evaluate(facts, {
          directive,
          asOf: moment.asOf,
          unitLevel: judgedLevel(directive, unit.level),
          targets: ownTargets(day.targets(unit.id)),
          baselines: day.baselines(unit.id),
        }),
        figures: [],
        unit: null,
      }
    },
  }),
)
