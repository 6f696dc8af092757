// What a parent reports beside what its children add up to.
import { IndicatorRef } from '../directive/directive.schema.ts'
import { indicatorInYear, wantedIds } from '../directive/indicators.ts'
import { directiveMeasuring, momentOf } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { ROLL_UPS } from '../graphql/cost.ts'
import { orderOf } from '../graphql/order.ts'
import { asOfArg, localeArg, yearArg } from '../graphql/scalars.ts'
import { UnitRef } from '../units/units.schema.ts'
import { agrees, type RollUp, rollUpsOf } from './roll-up.ts'

const RollUpRef = builder.objectRef<RollUp & { readonly year: number }>('RollUp').implement({
  description:
    'A figure of a unit beside what the units below it come to: totals added, rates weighted by their denominators. A difference is shown, never overwritten.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'The indicator whose figures are added up.',
      resolve: ({ indicatorId, year }) => indicatorInYear(indicatorId, year),
    }),
    own: t.exposeFloat('own', { nullable: true, description: 'What the unit itself reports.' }),
    children: t.exposeFloat('children', {
      nullable: true,
      description: 'What its children come to; null without figures, or for a rate whose denominator is not known.',
    }),
    difference: t.exposeFloat('difference', { nullable: true, description: 'own − children.' }),
    differs: t.exposeBoolean('differs', {
      description: 'True where both are known, stand for the same day, and are not the same to 0.5%.',
    }),
    reason: t.string({
      nullable: true,
      description: 'Why both could not be compared; null where they were.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ reason }, { locale }) => reason?.[locale ?? 'vi'] ?? null,
    }),
    ownAsOf: t.field({
      type: 'Date',
      nullable: true,
      description: 'The day that its own figure stands for.',
      resolve: ({ ownAsOf }) => ownAsOf,
    }),
    childrenAsOf: t.field({
      type: 'Date',
      nullable: true,
      description: 'The newest day that a figure of its children stands for.',
      resolve: ({ childrenAsOf }) => childrenAsOf,
    }),
    reporting: t.exposeInt('reporting', { description: 'Children with a figure.' }),
    expected: t.exposeInt('expected', { description: 'Children at whose level it is measured.' }),
    weights: t.string({
      nullable: true,
      description:
        'By what a rate is weighed, as the directive says (`weighedBy`); null for a total, and where it says nothing.',
      args: { locale: t.arg(localeArg) },
      resolve: ({ weights }, { locale }) => weights?.[locale ?? 'vi'] ?? null,
    }),
  }),
})

const rollUpOrder = orderOf<RollUp>('RollUpOrder', 'as in the text of the directive', {
  DIFFERENCE: {
    description: 'By how far the two are apart, as a share of what the unit reports.',
    of: ({ own, difference }) => (own === null || difference === null || own === 0 ? null : Math.abs(difference / own)),
  },
})

builder.objectField(UnitRef, 'rollUps', (t) =>
  t.field({
    type: [RollUpRef],
    ...ROLL_UPS,
    description: 'Each indicator that the unit or one of its children has a figure of.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      indicators: t.arg.stringList({ description: 'Only these, by id.' }),
      orderBy: t.arg(rollUpOrder.args.orderBy),
      descending: t.arg(rollUpOrder.args.descending),
      differing: t.arg.boolean({
        defaultValue: false,
        description:
          'Only those that are not known to agree: what differs, and what could not be compared, with its reason.',
      }),
    },
    resolve: async ({ id }, { year, asOf, indicators, differing, ...order }, { store, memory }) => {
      const moment = momentOf(year, asOf)
      const figures = await store.year(moment.year)
      const rollUps = rollUpsOf(id, memory.dayIn(figures, moment.asOf), directiveMeasuring(moment.year))
      const ids = wantedIds(indicators)
      const wanted = rollUps.filter(
        (rollUp) => (!differing || !agrees(rollUp)) && (!ids || ids.has(rollUp.indicatorId)),
      )
      return rollUpOrder.sort(wanted, order).map((rollUp) => ({ ...rollUp, year: moment.year }))
    },
  }),
)
