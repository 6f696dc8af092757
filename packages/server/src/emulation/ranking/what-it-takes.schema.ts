import { describeTarget, targetNumber } from '@dienbien/targets'
import type { FactChange, FigureChange, WhatItTakes } from '@dienbien/targets/emulation'
import { IndicatorRef } from '../../directive/directive.schema.ts'
import { judgedIndicator } from '../../directive/indicators.ts'
import { ComparisonRef } from '../../directive/target.schema.ts'
import { builder } from '../../graphql/builder.ts'
import { enumOfWords, textOf } from '../../graphql/enums.ts'
import { localeArg } from '../../graphql/scalars.ts'
import { UnitRef } from '../../units/units.schema.ts'
import { storedUnit } from '../../units/units.ts'
import { type Judged, judgedBy } from './score-lines.schema.ts'

const FigureChangeRef = builder.objectRef<Judged<FigureChange>>('FigureChange').implement({
  description: 'A figure that would have to be another.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'The indicator whose figure would be another.',
      resolve: ({ indicatorId, directive }) => judgedIndicator(indicatorId, directive),
    }),
    from: t.float({
      nullable: true,
      description: 'As it is; null where there is none, a milestone is 1 or 0.',
      resolve: ({ from }) => (from === null ? null : Number(from)),
    }),
    to: t.string({
      description: 'What it would have to satisfy, in words.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ indicatorId, to, directive }, { locale }) =>
        describeTarget(judgedIndicator(indicatorId, directive), to)[locale ?? 'vi'],
    }),
    comparison: t.field({
      type: ComparisonRef,
      description: 'How it is held against the number.',
      resolve: ({ to }) => to.comparator,
    }),
    comparator: t.string({
      ...textOf('comparison'),
      description: '>=, >, <=, <, =, ~, between or maintained.',
      resolve: ({ to }) => to.comparator,
    }),
    value: t.float({ description: 'The number to reach; 1 for a milestone.', resolve: ({ to }) => targetNumber(to) }),
    points: t.exposeFloat('points', { description: 'The points that the change would bring.' }),
  }),
})

const FactChangeRef = builder.objectRef<FactChange>('FactChange').implement({
  description: 'A reported fact that would have to be another.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'As the policy names it.' }),
    from: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the fact is now; null where nothing is recorded.',
      resolve: ({ from }) => from,
    }),
    to: t.exposeBoolean('to', { description: 'As it would have to be.' }),
  }),
})

export const AimRef = enumOfWords<WhatItTakes['goal']>('Aim', 'What changes would lead to.', {
  rank: 'The next rank.',
  eligibility: 'That it may be ranked at all.',
  nothing: 'Nothing: it is the best already.',
})

export const WhatItTakesRef = builder
  .objectRef<Judged<WhatItTakes> & { readonly on: string }>('WhatItTakes')
  .implement({
    description: 'The smallest changes that lift a unit by one rank or, where it is not ranked, to eligibility.',
    fields: (t) => ({
      aim: t.field({ type: AimRef, description: 'What the changes lead to.', resolve: ({ goal }) => goal }),
      goal: t.exposeString('goal', { ...textOf('aim'), description: 'rank, eligibility, or nothing for the best.' }),
      passing: t.field({
        type: UnitRef,
        nullable: true,
        description: 'The unit that it would pass.',
        resolve: ({ passing, on }, _, context) => (passing === null ? null : storedUnit(passing, context, on)),
      }),
      gap: t.exposeFloat('gap', { description: "Points to that unit's score." }),
      reachable: t.exposeBoolean('reachable', {
        description: 'False where no change of figures and facts leads there.',
      }),
      figures: t.field({
        type: [FigureChangeRef],
        description: 'As few as possible, each as far as it must go.',
        resolve: ({ figures, directive }) => judgedBy(figures, directive),
      }),
      facts: t.field({
        type: [FactChangeRef],
        description: 'The facts that would have to change for it to be eligible.',
        resolve: ({ facts }) => [...facts],
      }),
    }),
  })
