// What stands beside a result: further targets that it is held against, and the same day of the year before.
import type { FurtherResult, Indicator } from '@dienbien/targets'
import { type YearOnYear, yearOnYear } from '@dienbien/targets/report'
import { TargetRef } from '../directive/target.schema.ts'
import { builder } from '../graphql/builder.ts'
import { FORECAST, list } from '../graphql/cost.ts'
import { localeArg } from '../graphql/scalars.ts'
import { ComplianceStatus, ResultRef } from './evaluation.schema.ts'
import { daysOfYear } from './year-before.ts'

const FurtherKind = builder.enumType('FurtherTargetKind', {
  description: 'What a further target is beside the first.',
  values: {
    ASSIGNED: { value: 'assigned', description: 'Assigned by somebody else, as the centre does beside the province.' },
    STRETCH: { value: 'stretch', description: 'Striven for beyond the first ("phấn đấu").' },
  } as const,
})

const FurtherRef = builder
  .objectRef<{ readonly indicator: Indicator; readonly result: FurtherResult }>('FurtherResult')
  .implement({
    description: 'The same figure held against a further target of the directive: told, and counted nowhere.',
    fields: (t) => ({
      kind: t.field({
        type: FurtherKind,
        description: 'What the target is beside the first one.',
        resolve: ({ result }) => result.kind,
      }),
      assignedBy: t.string({
        description: 'Who set it.',
        args: { locale: t.arg(localeArg) },
        resolve: ({ result }, { locale }) => result.assignedBy[locale ?? 'vi'],
      }),
      quote: t.string({ description: 'The words that state it.', resolve: ({ result }) => result.quote }),
      target: t.field({
        type: TargetRef,
        nullable: true,
        description: 'The level to reach.',
        resolve: ({ indicator, result: { target } }) => target && { indicator, target },
      }),
      status: t.field({
        type: ComplianceStatus,
        description: 'What the figure comes to by it.',
        resolve: ({ result }) => result.status,
      }),
      margin: t.float({
        nullable: true,
        description: "In the indicator's unit; positive is better than the target.",
        resolve: ({ result }) => result.margin,
      }),
      completion: t.float({
        nullable: true,
        description: 'What a report prints as done: 1 is the target.',
        resolve: ({ result }) => result.completion,
      }),
      explanation: t.string({
        description: 'As a sentence for a report.',
        args: { locale: t.arg(localeArg) },
        resolve: ({ result }, { locale }) => result.explanation[locale ?? 'vi'],
      }),
    }),
  })

const YearOnYearRef = builder.objectRef<YearOnYear>('YearOnYear').implement({
  description: 'A figure against the one of the same day of the year before ("so với cùng kỳ").',
  fields: (t) => ({
    asOf: t.field({
      type: 'Date',
      description: 'The day of the year before that it is held against.',
      resolve: ({ before }) => before.date,
    }),
    before: t.float({ description: 'The figure of that day.', resolve: ({ before }) => before.value }),
    difference: t.exposeFloat('difference', {
      description: "In the indicator's unit; of percentages in percentage points.",
    }),
    percent: t.exposeFloat('percent', {
      nullable: true,
      description: '11.2 where it rose by 11.2%; null of percentages, and where it was not positive.',
    }),
    explanation: t.string({
      description: 'For a report: "tăng 11,2% so với cùng kỳ năm 2021 (900 tỷ đồng)".',
      args: { locale: t.arg(localeArg) },
      resolve: ({ text }, { locale }) => text[locale ?? 'vi'],
    }),
  }),
})

builder.objectFields(ResultRef, (t) => ({
  further: t.field({
    type: [FurtherRef],
    ...list(1, 20),
    description: "Held against the directive's further targets, where the unit is judged by the directive's own.",
    resolve: ({ indicator, result }) => result.further.map((furtherResult) => ({ indicator, result: furtherResult })),
  }),
  yearOnYear: t.field({
    type: YearOnYearRef,
    nullable: true,
    ...FORECAST,
    description:
      'Against the figure of the same day of the year before, of a unit that did not stand yet against that of those whose place it took; null where there is none or the series breaks (`yearBefore` says why), and of milestones. It reads all days of that year.',
    resolve: async ({ unit, indicator, measurement, directive }, _, context) => {
      if (unit === null || measurement === null || indicator.measure === 'milestone') return null
      const figure = { date: measurement.asOf, value: measurement.value }
      return yearOnYear(indicator, figure, await daysOfYear(unit, indicator, directive.year - 1, context))
    },
  }),
}))
