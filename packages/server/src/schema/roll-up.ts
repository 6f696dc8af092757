// What a parent reports beside what its children add up to.
import { directive2022, type Indicator } from '@dienbien/targets'
import { type RollUp, rollUp } from '../figures/roll-up.ts'
import { builder } from './builder.ts'
import { PER_INDICATOR } from './cost.ts'
import { IndicatorRef } from './indicators.ts'
import { findIndicator } from './lookups.ts'
import { UnitRef } from './units.ts'
import { momentOf } from './years.ts'

const RollUpRef = builder.objectRef<RollUp>('RollUp').implement({
  description:
    'A figure of a unit beside what the units below it come to: totals added, rates weighted by their denominators. A difference is shown, never overwritten.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'Of what.',
      resolve: ({ indicatorId }) => findIndicator(indicatorId, 'indicator'),
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
    weights: t.exposeString('weights', {
      nullable: true,
      description: 'By what a rate is weighted; null for a total, and where nothing is known to weight it by.',
    }),
  }),
})

builder.objectField(UnitRef, 'rollUps', (t) =>
  t.field({
    type: [RollUpRef],
    ...PER_INDICATOR,
    description: 'Each indicator that the unit or one of its children has a figure of, in the order of the directive.',
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the figures.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the end of the year.' }),
      differing: t.arg.boolean({ defaultValue: false, description: 'Only those that differ.' }),
    },
    resolve: async ({ code }, { year, asOf, differing }, { loaders }) => {
      const moment = momentOf(year ?? 2022, asOf)
      const territories = (await loaders.children.load(code)).filter(
        ({ level }) => level === 'district' || level === 'commune',
      )
      const load = (unit: string) => loaders.figures.load({ unit, ...moment })
      const [own, communes, ...figures] = await Promise.all([
        load(code),
        Promise.all(
          territories.map(async (child) =>
            child.level === 'commune' ? 1 : (await loaders.children.load(child.code)).length,
          ),
        ),
        ...territories.map((child) => load(child.code)),
      ])
      const children = territories.map(({ level }, i) => ({
        level,
        communes: communes[i] ?? 1,
        figures: figures[i] ?? [],
      }))
      return (directive2022.indicators as readonly Indicator[])
        .map((indicator) => rollUp(indicator, own, children))
        .filter((one) => (one.own !== null || one.reporting > 0) && (!differing || one.differs))
    },
  }),
)
