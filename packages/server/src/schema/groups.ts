// Figures grouped and summed up.
import {
  type FigureGroup,
  GROUP_KEYS,
  type GroupedFigure,
  type GroupNumber,
  groupFigures,
  sortGroups,
} from '../figures/groups.ts'
import { weightsOf } from '../figures/roll-up.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { WORK } from './cost.ts'
import { ComplianceStatus } from './evaluation.ts'
import { findCluster, findIndicator } from './lookups.ts'
import { MeasurementStatusRef } from './measurements.ts'
import { filterUnits, type UnitFilter, UnitLevelRef } from './units.ts'
import { directiveOf, judgedMoment, type Moment } from './years.ts'

const GroupKeyRef = builder.enumType('GroupKey', {
  description: 'What figures are grouped by.',
  values: {
    SECTION: { value: 'section', description: 'Of the directive.' },
    INDICATOR: { value: 'indicator', description: 'By id.' },
    CLUSTER: { value: 'cluster', description: 'In which the unit competes.' },
    LEVEL: { value: 'level', description: 'Of the unit.' },
    UNIT: { value: 'unit', description: 'By code.' },
    STATUS: { value: 'status', description: 'What the figure comes to against its target.' },
    FIGURE_STATUS: { value: 'figureStatus', description: 'How final the figure is.' },
    DATE: { value: 'date', description: 'The day that the figure stands for.' },
  } satisfies Record<string, { value: (typeof GROUP_KEYS)[number]; description: string }>,
})

const NUMBERS = {
  count: 'Judged cells: units times indicators that have a target for them.',
  figures: 'Of those, with a number.',
  sum: 'Null unless the group is one total at one level: other sums say nothing, or count twice.',
  mean: 'Within one indicator.',
  minimum: 'Within one indicator.',
  maximum: 'Within one indicator.',
  weightedMean: 'Of a rate whose denominators are known, at one level.',
  meanCompletion: 'Of all that have one.',
} as const satisfies Record<GroupNumber, string>

const OrderRef = builder.enumType('GroupOrder', {
  description: 'What groups are ordered by.',
  values: Object.fromEntries(
    [...GROUP_KEYS, ...(Object.keys(NUMBERS) as GroupNumber[])].map((value) => [
      value.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
      { value, description: `By ${value}.` },
    ]),
  ) as Record<string, { value: (typeof GROUP_KEYS)[number] | GroupNumber; description: string }>,
})

const StatusCountRef = builder.objectRef<{ readonly status: string; readonly count: number }>('StatusCount').implement({
  description: 'How many figures of a group come to a status.',
  fields: (t) => ({
    status: t.field({
      type: ComplianceStatus,
      description: 'Which.',
      resolve: ({ status }) => status as 'MET',
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
})

const GroupRef = builder.objectRef<FigureGroup>('FigureGroup').implement({
  description: 'Figures that share what they are grouped by.',
  fields: (t) => {
    const key = (name: (typeof GROUP_KEYS)[number]) =>
      t.string({
        nullable: true,
        description: 'Null where not grouped by it.',
        resolve: ({ keys }) => keys[name] ?? null,
      })
    const number = (name: Exclude<GroupNumber, 'count' | 'figures'>) =>
      t.float({ nullable: true, description: NUMBERS[name], resolve: (group) => group[name] })
    return {
      section: key('section'),
      indicator: key('indicator'),
      cluster: key('cluster'),
      level: key('level'),
      unit: key('unit'),
      status: key('status'),
      figureStatus: key('figureStatus'),
      date: key('date'),
      count: t.exposeInt('count', { description: NUMBERS.count }),
      figures: t.exposeInt('figures', { description: NUMBERS.figures }),
      statuses: t.field({
        type: [StatusCountRef],
        description: 'How many come to what.',
        resolve: ({ statuses }) => Object.entries(statuses).map(([status, count]) => ({ status, count })),
      }),
      sum: number('sum'),
      mean: number('mean'),
      minimum: number('minimum'),
      maximum: number('maximum'),
      weightedMean: number('weightedMean'),
      meanCompletion: number('meanCompletion'),
    }
  },
})

const FilterInput = builder.inputType('FigureFilter', {
  description: 'Which figures are grouped.',
  fields: (t) => ({
    section: t.string({ description: 'Only of this section.' }),
    indicators: t.stringList({ description: 'Only these ids.' }),
    level: t.field({ type: UnitLevelRef, description: 'Only units of this level.' }),
    cluster: t.string({ description: 'Only members of this cluster in 2022.' }),
    status: t.field({ type: [ComplianceStatus], description: 'Only these.' }),
    figureStatus: t.field({ type: MeasurementStatusRef, description: 'Only these.' }),
    minimumCount: t.int({ description: 'Only groups of at least so many.' }),
  }),
})

builder.queryField('figureGroups', (t) =>
  t.field({
    type: [GroupRef],
    ...WORK,
    description: 'Judged figures grouped by section, cluster, level, status, date …: counts, sums, means, extremes.',
    args: {
      by: t.arg({ type: [GroupKeyRef], required: true, description: 'One or more.' }),
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the year is over.' }),
      where: t.arg({ type: FilterInput, description: 'Which figures.' }),
      orderBy: t.arg({ type: OrderRef, description: 'Default: in the order of units and indicators.' }),
      descending: t.arg.boolean({ defaultValue: false, description: 'The greatest first.' }),
    },
    resolve: async (_, { by, year, asOf, where, orderBy, descending }, context) => {
      const moment = judgedMoment(year ?? 2022, asOf)
      const { cluster, level, section, indicators, status, figureStatus, minimumCount } = where ?? {}
      if (cluster) await findCluster(cluster, 'where.cluster', context)
      for (const id of indicators ?? []) findIndicator(id, 'where.indicators')
      const figures = (await judgedFigures(moment, { cluster, level }, context)).filter(
        (one) =>
          (!section || one.section === section || one.indicator.alsoIn?.includes(section)) &&
          (!indicators || indicators.includes(one.indicator.id)) &&
          (!status || status.includes(one.result.status)) &&
          (!figureStatus || one.figureStatus === figureStatus),
      )
      const groups = groupFigures(figures, by).filter(({ count }) => count >= (minimumCount ?? 1))
      return orderBy ? sortGroups(groups, orderBy, descending ?? false) : groups
    },
  }),
)

/** Every judged figure, without what has no target. */
async function judgedFigures(moment: Moment, filter: UnitFilter, context: Context): Promise<GroupedFigure[]> {
  const { loaders, store } = context
  const { indicators } = directiveOf(moment.year)
  const registry = await store.registry()
  const units = filterUnits(registry, filter)
  const rows = await Promise.all(
    units.map(async ({ code, level }): Promise<GroupedFigure[]> => {
      const [{ results }, figures] = await Promise.all([
        loaders.evaluation.load({ unit: code, ...moment }),
        loaders.figures.load({ unit: code, ...moment }),
      ])
      const figureOf = new Map(figures.map((figure) => [figure.indicatorId, figure]))
      const child = { level, communes: level === 'commune' ? 1 : registry.children(code).length, figures }
      return results.flatMap((result, i): GroupedFigure[] => {
        const indicator = indicators[i]
        if (!indicator || result.status === 'NOT_APPLICABLE') return []
        const figure = figureOf.get(indicator.id)
        const weight = typeof result.value === 'number' ? (weightsOf(indicator)?.of(child, result.value) ?? null) : null
        return [
          {
            section: indicator.section,
            indicator,
            cluster: registry.membership(code, moment.year)?.clusterCode ?? null,
            level,
            unit: code,
            result,
            figureStatus: figure?.status ?? null,
            date: figure?.asOf ?? null,
            weight,
          },
        ]
      })
    }),
  )
  return rows.flat()
}
