import { IndicatorRef } from '../directive/directive.schema.ts'
import { findIndicator, indicatorInYear } from '../directive/indicators.ts'
import { inputError } from '../errors/input-error.ts'
import { countingOf } from '../figures/counting.ts'
import { hasFigures, type Moment, momentOf } from '../figures/years.ts'
import { between } from '../graphql/argument-limits.ts'
import { builder, MAX_PAGE } from '../graphql/builder.ts'
import type { Context } from '../graphql/context.ts'
import { COMPARISON, firstOf } from '../graphql/cost.ts'
import { figureStatusArg, MeasurementRef } from '../measurements/measurements.schema.ts'
import { findCluster } from '../units/clusters.ts'
import { filterUnits, UnitLevelRef, UnitRef } from '../units/units.schema.ts'
import { findUnit, storedUnit } from '../units/units.ts'
import { type DifferenceOrder, differencesOf, type FigureDifference, sortDifferences } from './differences.ts'

const DifferenceRef = builder.objectRef<FigureDifference>('FigureDifference').implement({
  description: 'What became of a figure of a unit between two dates.',
  fields: (t) => ({
    unit: t.field({
      type: UnitRef,
      description: 'The unit whose figure changed, as it stood on the second date.',
      resolve: ({ unit, after }, _, context) => storedUnit(unit, context, after.asOf),
    }),
    before: t.expose('before', { type: MeasurementRef, description: 'The figure that counts on the first date.' }),
    after: t.expose('after', { type: MeasurementRef, description: 'The figure that counts on the second date.' }),
    difference: t.exposeFloat('difference', { description: "After − before, in the indicator's unit." }),
    ratio: t.exposeFloat('ratio', { nullable: true, description: 'Difference ÷ |before|; null where before is 0.' }),
  }),
})

/** How many differences are told where nobody says. */
const DIFFERENCES = 10

interface Comparison {
  readonly indicator: string
  /** The second date. */
  readonly to: Moment
  readonly differences: readonly FigureDifference[]
  /** Units without a figure on one of the dates, or with the same one on both. */
  readonly missing: readonly string[]
}

const ComparisonRef = builder.objectRef<Comparison>('FigureComparison').implement({
  description: 'One indicator of units on two dates.',
  fields: (t) => ({
    indicator: t.field({
      type: IndicatorRef,
      description: 'What is compared.',
      resolve: ({ indicator, to }) => indicatorInYear(indicator, to.year),
    }),
    compared: t.int({
      description: 'How many units are compared: those with a figure on both dates, and not the same one.',
      resolve: ({ differences }) => differences.length,
    }),
    differences: t.field({
      type: [DifferenceRef],
      ...firstOf(DIFFERENCES),
      description: 'Of those, the first ones in the order asked for.',
      args: {
        first: t.arg.int({ defaultValue: DIFFERENCES, description: 'How many at most.', ...between(1, MAX_PAGE) }),
      },
      resolve: ({ differences }, { first }) => differences.slice(0, first ?? DIFFERENCES),
    }),
    missingCount: t.int({
      description: 'How many units are not compared.',
      resolve: ({ missing }) => missing.length,
    }),
    missing: t.field({
      type: [UnitRef],
      ...firstOf(MAX_PAGE),
      description:
        'The units that are not compared: without a figure of their own on one of the dates, or with the same one on both. A unit that took the place of others in between is among them: `Unit.years` goes on from theirs.',
      args: { first: t.arg.int({ defaultValue: MAX_PAGE, description: 'How many at most.', ...between(1, MAX_PAGE) }) },
      resolve: ({ missing, to }, { first }, context) =>
        Promise.all(missing.slice(0, first ?? MAX_PAGE).map((id) => storedUnit(id, context, to.asOf))),
    }),
  }),
})

const OrderRef = builder.enumType('DifferenceOrder', {
  description: 'What comes first.',
  values: {
    IMPROVEMENT: { value: 'improvement', description: "The greatest difference in the indicator's better direction." },
    DIFFERENCE: { value: 'difference', description: 'The greatest rise.' },
    RATIO: { value: 'ratio', description: 'The greatest rise as a share of what it was.' },
  } satisfies Record<string, { value: DifferenceOrder; description: string }>,
})

/** A date is of the year that it lies in. */
const momentAt = (day: string): Moment => momentOf(Number(day.slice(0, 4)), day)

function checkDates(from: string, to: string): void {
  for (const [argument, day] of Object.entries({ from, to })) {
    const year = Number(day.slice(0, 4))
    if (hasFigures(year)) continue
    const none = {
      vi: `${argument} ${day}: không có số liệu của năm ${year}`,
      en: `${argument} ${day}: there are no figures for ${year}`,
    }
    throw inputError('UNKNOWN_YEAR', none, { argument, value: day })
  }
  if (from < to) return
  const text = { vi: `from ${from} phải đứng trước to ${to}`, en: `from ${from} must lie before to ${to}` }
  throw inputError('BAD_DATE', text, { argument: 'from', value: from })
}

interface Asked {
  readonly from: string
  readonly to: string
  readonly cluster?: string | null | undefined
  readonly parent?: string | null | undefined
  readonly level?: Parameters<typeof filterUnits>[1]['level']
}

async function unitsOf({ to, cluster, parent, level }: Asked, context: Context): Promise<string[]> {
  if (cluster) await findCluster(cluster, 'cluster', context)
  if (parent) await findUnit(parent, 'parent', context, to)
  const units = filterUnits(await context.store.registry(to), { level, cluster, parent }, Number(to.slice(0, 4)))
  return units.map(({ id }) => id)
}

builder.queryField('figureComparison', (t) =>
  t.field({
    type: ComparisonRef,
    nullable: true,
    ...COMPARISON,
    description:
      'What became of one indicator between two dates, of the same year or of two: who has risen most, who has fallen. By default the greatest improvement first.',
    args: {
      indicator: t.arg.string({ required: true, description: 'The id of the indicator whose figures are compared.' }),
      from: t.arg({
        type: 'Date',
        required: true,
        description: 'The earlier date: figures are held against those that counted then.',
      }),
      to: t.arg({
        type: 'Date',
        required: true,
        description: 'The later date: the figures that counted then are compared.',
      }),
      level: t.arg({ type: UnitLevelRef, description: 'Only units of this level.' }),
      cluster: t.arg.string({ description: "Only members of this cluster in the second date's year." }),
      parent: t.arg.string({ description: 'Only the units right below this one, by code.' }),
      figureStatus: t.arg(figureStatusArg),
      orderBy: t.arg({ type: OrderRef, defaultValue: 'improvement', description: 'What comes first.' }),
      descending: t.arg.boolean({ defaultValue: true, description: 'False: the least first.' }),
    },
    resolve: async (_, { indicator: id, from, to, orderBy, descending, figureStatus, ...where }, context) => {
      const indicator = findIndicator(id, 'indicator')
      checkDates(from, to)
      const { statuses } = countingOf({ figureStatus })
      const [first, second] = [momentAt(from), momentAt(to)] as const
      const units = await unitsOf({ from, to, ...where }, context)
      const figuresOn = async ({ year, asOf }: Moment) => {
        const day = context.memory.dayIn(await context.store.year(year), asOf, statuses)
        return (unit: string) => day.figures(unit).find(({ indicatorId }) => indicatorId === indicator.id)
      }
      const [before, after] = [await figuresOn(first), await figuresOn(second)]
      const differences = differencesOf(units, (unit) => [before(unit), after(unit)])
      const order = { by: orderBy ?? 'improvement', descending: descending ?? true }
      const compared = new Set(differences.map(({ unit }) => unit))
      return {
        indicator: indicator.id,
        to: second,
        differences: sortDifferences(differences, order, indicator),
        missing: units.filter((unit) => !compared.has(unit)),
      }
    },
  }),
)
