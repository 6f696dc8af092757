import type { Indicator } from '@dienbien/targets'
import type { AssignedTarget } from '../figures/targets.ts'
import { builder } from './builder.ts'
import { IndicatorRef } from './indicators.ts'
import { findUnit, storedUnit } from './lookups.ts'
import { UnitRef } from './units.ts'
import { directiveOf, judgedMoment } from './years.ts'

interface AllocationOf {
  readonly indicator: Indicator
  readonly target: number
  readonly holders: readonly AssignedTarget[]
}

const assignedTo = ({ holders }: AllocationOf) => tidySum(holders.map(({ value }) => value))
/** Sums of decimals without binary noise. */
const tidySum = (values: readonly number[]) => Number(values.reduce((a, b) => a + b, 0).toPrecision(12))

const HolderRef = builder.objectRef<AssignedTarget>('AllocationHolder').implement({
  description: 'A unit that holds a part of a total.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'Who holds it.',
      resolve: ({ unitCode }, _, context) => storedUnit(unitCode, context),
    }),
    value: t.exposeFloat('value', { description: "Its own target, in the indicator's unit." }),
    validFrom: t.field({ type: 'Date', description: 'Since when.', resolve: ({ validFrom }) => validFrom }),
    source: t.exposeString('source', { description: 'Who assigned it, where and when.' }),
    synthetic: t.exposeBoolean('synthetic', { description: 'Invented for the demonstration data.' }),
  }),
})

const AllocationRef = builder.objectRef<AllocationOf>('Allocation').implement({
  description: 'How far the targets assigned to units add up to a total of the directive.',
  fields: (t) => ({
    indicator: t.field({ type: IndicatorRef, description: 'The total.', resolve: ({ indicator }) => indicator }),
    target: t.exposeFloat('target', { description: "The directive's target, or a lower unit's own." }),
    assigned: t.float({ description: 'The sum of what the units hold.', resolve: assignedTo }),
    share: t.float({
      description: 'Assigned ÷ target: 1 where it adds up.',
      resolve: (one) => assignedTo(one) / one.target,
    }),
    missing: t.float({
      description: 'Target − assigned: positive where some is held by nobody, negative where too much was assigned.',
      resolve: (one) => tidySum([one.target, -assignedTo(one)]),
    }),
    holders: t.field({ type: [HolderRef], description: 'By code.', resolve: ({ holders }) => [...holders] }),
  }),
})

builder.queryField('allocation', (t) =>
  t.field({
    type: [AllocationRef],
    description:
      "For each total of the province, or of a lower unit's own targets, what the units below it hold, and what is missing.",
    args: {
      parent: t.arg.string({ defaultValue: '11', description: 'Whose direct children hold the parts.' }),
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Targets in force on this date. Default: the end of the year.' }),
    },
    resolve: async (_, { parent, year, asOf }, context): Promise<AllocationOf[]> => {
      const moment = judgedMoment(year ?? 2022, asOf)
      const { code, level } = await findUnit(parent ?? '11', 'parent', context)
      const ofUnit = (unit: string) => context.loaders.targets.load({ unit, ...moment })
      const children = (await context.loaders.children.load(code)).filter((child) => TERRITORIES.includes(child.level))
      const held = (await Promise.all(children.map((child) => ofUnit(child.code)))).flat()
      // The directive's totals are the province's: a lower unit has only what was assigned to it to hand on.
      const own = level === 'province' ? null : new Map((await ofUnit(code)).map((one) => [one.indicatorId, one.value]))
      return directiveOf(moment.year)
        .indicators.filter(({ extent, role }) => extent === 'extensive' && role === 'target')
        .flatMap((indicator) => {
          const target = own ? own.get(indicator.id) : Number(indicator.target.value)
          const holders = held.filter(({ indicatorId }) => indicatorId === indicator.id)
          return target === undefined ? [] : [{ indicator, target, holders }]
        })
    },
  }),
)

/** Parts of a territory are territories: a department's target is the same work counted once more. */
const TERRITORIES: readonly string[] = ['district', 'commune']
