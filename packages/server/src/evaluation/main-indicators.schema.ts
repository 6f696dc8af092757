// How many of the main indicators a unit met, as the province counts them.
import { countMain, type MainCount, type MainItem } from '@dienbien/targets/report'
import { builder } from '../graphql/builder.ts'
import { list, work } from '../graphql/cost.ts'
import { localeArg } from '../graphql/scalars.ts'
import { ComplianceStatus, EvaluationRef } from './evaluation.schema.ts'

const ItemRef = builder.objectRef<MainItem>('MainIndicatorItem').implement({
  description: 'What counts as one: a main indicator, or several that are parts of one total or group.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'The id of the indicator or group that all of them are a part of.' }),
    name: t.string({
      description: 'The name of the indicator, or of several that count as one.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ name }, { locale }) => name[locale ?? 'vi'],
    }),
    status: t.field({
      type: ComplianceStatus,
      description: 'Met where all of them are; else what the first is that is not.',
      resolve: ({ status }) => status,
    }),
    indicators: t.stringList({
      description: 'The ids of the main indicators that decide it.',
      resolve: ({ indicatorIds }) => [...indicatorIds],
    }),
  }),
})

const CountRef = builder.objectRef<MainCount>('MainIndicatorCount').implement({
  description:
    'The count of main indicators ("14/26 chỉ tiêu chủ yếu"); parts of one total or group count as one, by this project\'s reading.',
  fields: (t) => ({
    met: t.exposeInt('met', { description: 'How many main indicators were met.' }),
    notMet: t.exposeInt('notMet', { description: 'How many main indicators were not met.' }),
    open: t.exposeInt('open', { description: 'Neither, so far: in progress, undecided or without a figure.' }),
    total: t.exposeInt('total', { description: 'How many main indicators there are.' }),
    text: t.string({
      description: 'The count as a sentence for a report.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ text }, { locale }) => text[locale ?? 'vi'],
    }),
    items: t.field({
      type: [ItemRef],
      ...list(20),
      description: 'Each of them, in the order of the text.',
      resolve: ({ items }) => [...items],
    }),
  }),
})

builder.objectField(EvaluationRef, 'mainIndicators', (t) =>
  t.field({
    type: CountRef,
    nullable: true,
    ...work(50),
    description: 'How many of the main indicators were met; null where the directive marks none as main.',
    resolve: ({ evaluation, directive }) => countMain(evaluation, directive),
  }),
)
