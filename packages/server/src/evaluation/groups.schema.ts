// Figures grouped and summed up.

import { IndicatorRef } from '../directive/directive.schema.ts'
import { findIndicator, indicatorInYear, inSection } from '../directive/indicators.ts'
import { inputError } from '../errors/input-error.ts'
import { judgedMoment, type Moment, publishedDirectives } from '../figures/years.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { between } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { allUnits } from '../graphql/cost.ts'
import { enumName, enumOfWords, textOf } from '../graphql/enums.ts'
import { asOfArg, yearArg } from '../graphql/scalars.ts'
import { MeasurementStatusRef } from '../measurements/measurements.schema.ts'
import { ClusterRef } from '../units/clusters.schema.ts'
import { findCluster } from '../units/clusters.ts'
import { filterUnits, type UnitFilter, UnitLevelRef, UnitRef } from '../units/units.schema.ts'
import { storedUnit } from '../units/units.ts'
import { ComplianceStatus } from './evaluation.schema.ts'
import { type FigureGroup, type GroupKey, type GroupNumber, groupFigures, isGroupKey, sortGroups } from './groups.ts'
import { chosenFigures, judgedFigures } from './judged-figures.ts'

/** What each key is, in words. */
const KEYS: Readonly<Record<GroupKey, string>> = {
  section: 'section of the directive that states the indicator',
  indicator: 'id of the indicator',
  cluster: 'slug of the cluster in which the unit competes',
  level: 'level of the unit',
  unit: 'code of the unit',
  status: 'status that the figure comes to against its target',
  figureStatus: 'degree to which the figure is final',
  date: 'day that the figure stands for',
}

/** "By the sum." for each. */
const inOrderOf = <Name extends string>(names: Readonly<Record<Name, string>>): Readonly<Record<Name, string>> =>
  Object.fromEntries(Object.entries(names).map(([name, words]) => [name, `By the ${words}.`])) as Record<Name, string>

const GroupKeyRef = enumOfWords<GroupKey>('GroupKey', 'What figures are grouped by.', inOrderOf(KEYS))

const NUMBERS = {
  count: 'Judged cells: units times indicators that have a target for them.',
  figures: 'Judged cells that have a number.',
  sum: 'The sum of the figures. Null unless the group is one total at one level: other sums say nothing, or count twice.',
  mean: 'The mean of the figures. Null unless they are of one indicator.',
  minimum: 'The least figure. Null unless they are of one indicator.',
  maximum: 'The greatest figure. Null unless they are of one indicator.',
  weightedMean: 'The mean of a rate, weighed by its denominators where they are known, at one level.',
  meanCompletion: 'The mean of what is done of the targets, of all figures that have a completion.',
} as const satisfies Record<GroupNumber, string>

/** What each number is, as an order names it. */
const NUMBER_NAMES: Readonly<Record<GroupNumber, string>> = {
  count: 'number of judged cells',
  figures: 'number of cells that have a figure',
  sum: 'sum',
  mean: 'mean',
  minimum: 'least figure',
  maximum: 'greatest figure',
  weightedMean: 'weighted mean',
  meanCompletion: 'mean completion',
}

const OrderRef = enumOfWords<GroupKey | GroupNumber>(
  'GroupOrder',
  'What groups are ordered by.',
  inOrderOf({ ...KEYS, ...NUMBER_NAMES }),
)

const StatusCountRef = builder.objectRef<{ readonly status: string; readonly count: number }>('StatusCount').implement({
  description: 'How many figures of a group come to a status.',
  fields: (t) => ({
    status: t.field({
      type: ComplianceStatus,
      description: 'The status that is counted.',
      resolve: ({ status }) => status as 'MET',
    }),
    count: t.exposeInt('count', { description: 'How many figures have this status.' }),
  }),
})

const GroupRef = builder.objectRef<FigureGroup & Moment>('FigureGroup').implement({
  description: 'Figures that share what they are grouped by.',
  fields: (t) => {
    const key = (name: GroupKey, enumField?: string) =>
      t.string({
        ...(enumField ? textOf(enumField) : {}),
        nullable: true,
        description: `The ${KEYS[name]}. Null where not grouped by it.`,
        resolve: ({ keys }) => keys[name] ?? null,
      })
    const number = (name: Exclude<GroupNumber, 'count' | 'figures'>) =>
      t.float({ nullable: true, description: NUMBERS[name], resolve: (group) => group[name] })
    return {
      section: key('section'),
      indicator: key('indicator'),
      cluster: key('cluster'),
      level: key('level', 'ofLevel'),
      unit: key('unit'),
      status: key('status', 'ofStatus'),
      figureStatus: key('figureStatus', 'ofFigureStatus'),
      date: key('date', 'ofDate'),
      count: t.exposeInt('count', { description: NUMBERS.count }),
      figures: t.exposeInt('figures', { description: NUMBERS.figures }),
      statuses: t.field({
        type: [StatusCountRef],
        description: 'How many figures of the group come to each status.',
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

/** What it is grouped by, as what it is. */
builder.objectFields(GroupRef, (t) => ({
  ofLevel: t.field({
    type: UnitLevelRef,
    nullable: true,
    description: 'Of the units. Null where not grouped by it.',
    resolve: ({ keys: { level } }) => (level as UnitFilter['level']) ?? null,
  }),
  ofStatus: t.field({
    type: ComplianceStatus,
    nullable: true,
    description: 'What the figures come to. Null where not grouped by it.',
    resolve: ({ keys: { status } }) => (status as 'MET' | undefined) ?? null,
  }),
  ofFigureStatus: t.field({
    type: MeasurementStatusRef,
    nullable: true,
    description: 'How final the figures are. Null where not grouped by it, and of cells without a figure.',
    resolve: ({ keys: { figureStatus } }) => (figureStatus as MeasurementStatus | null | undefined) ?? null,
  }),
  ofDate: t.field({
    type: 'Date',
    nullable: true,
    description: 'The day that the figures stand for. Null where not grouped by it, and of cells without a figure.',
    resolve: ({ keys: { date } }) => date ?? null,
  }),
  ofUnit: t.field({
    type: UnitRef,
    nullable: true,
    description: 'The unit, with its name. Null where not grouped by it.',
    resolve: ({ keys: { unit }, asOf }, _, context) => (unit ? storedUnit(unit, context, asOf) : null),
  }),
  ofIndicator: t.field({
    type: IndicatorRef,
    nullable: true,
    description: 'The indicator, with its name. Null where not grouped by it.',
    resolve: ({ keys: { indicator }, year }) => (indicator ? indicatorInYear(indicator, year) : null),
  }),
  ofCluster: t.field({
    type: ClusterRef,
    nullable: true,
    description: 'The cluster, with its name. Null where not grouped by it, and of units in none.',
    resolve: async ({ keys: { cluster }, year }, _, context) =>
      cluster ? { ...(await findCluster(cluster, 'cluster', context)), year } : null,
  }),
}))

const FilterInput = builder.inputType('FigureFilter', {
  description: 'Which figures are grouped.',
  fields: (t) => ({
    section: t.string({ description: 'Only of this section.' }),
    indicators: t.stringList({ description: 'Only figures of these indicators, by id.' }),
    level: t.field({ type: UnitLevelRef, description: 'Only units of this level.' }),
    cluster: t.string({ description: 'Only members of this cluster in that year.' }),
    status: t.field({ type: [ComplianceStatus], description: 'Only figures that come to one of these.' }),
    figureStatus: t.field({ type: MeasurementStatusRef, description: 'Only figures that are final to this degree.' }),
    atLeast: t.float({ description: 'Only figures of this value or more: with one indicator alone.' }),
    atMost: t.float({ description: 'Only figures of this value or less: with one indicator alone.' }),
    minimumCount: t.int({ description: 'Only groups of at least so many.', ...between(1) }),
  }),
})

/** How many values each key has, at most. */
const VALUES: Readonly<Record<GroupKey, number>> = {
  section: 3,
  indicator: 70,
  cluster: 10,
  level: 5,
  unit: 1, // as many as there are
  status: 6,
  figureStatus: 4,
  date: 12,
}

const groupsOf = ({ by }: { readonly by: readonly GroupKey[] }, units: number): number =>
  Math.min(
    [...new Set(by)].reduce((product, key) => product * (key === 'unit' ? units : VALUES[key]), 1),
    units * VALUES.indicator,
  )

interface Bounds {
  readonly atLeast?: number | null | undefined
  readonly atMost?: number | null | undefined
}

/** A number of one indicator says nothing about another. */
function checkBounds({ atLeast, atMost }: Bounds, indicators: readonly string[] | undefined): void {
  const [least, most] = [atLeast ?? null, atMost ?? null]
  if (least === null && most === null) return
  if (new Set(indicators).size !== 1) {
    const text = {
      vi: 'atLeast và atMost chỉ dùng với một chỉ tiêu: ghi một mã trong where.indicators',
      en: 'atLeast and atMost are of one indicator: give one id in where.indicators',
    }
    throw inputError('BAD_INPUT', text, { argument: 'where.indicators', value: indicators ?? null })
  }
  if (least !== null && most !== null && least > most) {
    const text = { vi: `atLeast ${least} lớn hơn atMost ${most}`, en: `atLeast ${least} is more than atMost ${most}` }
    throw inputError('BAD_INPUT', text, { argument: 'where.atLeast', value: least, nearest: String(most) })
  }
}

/** A key that they are not grouped by is the same for none of them: there is nothing to order by. */
function checkOrder(by: readonly GroupKey[], orderBy: GroupKey | GroupNumber | null | undefined): void {
  if (!orderBy || !isGroupKey(orderBy) || by.includes(orderBy)) return
  const [value, keys] = [enumName(orderBy), by.map(enumName).join(', ')]
  const text = {
    vi: `không sắp xếp theo ${value} được: các nhóm được lập theo ${keys}`,
    en: `groups by ${keys} have no order by ${value}`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'orderBy', value, nearest: by[0] && enumName(by[0]) })
}

builder.queryField('figureGroups', (t) =>
  t.field({
    type: [GroupRef],
    nullable: true,
    ...allUnits(80, groupsOf),
    description: 'Judged figures grouped by section, cluster, level, status, date …: counts, sums, means, extremes.',
    args: {
      by: t.arg({
        type: [GroupKeyRef],
        required: true,
        description: 'The keys to group by, at least one: figures that agree in all of them are a group.',
      }),
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      where: t.arg({ type: FilterInput, description: 'Which figures are grouped. Default: all of the year.' }),
      orderBy: t.arg({ type: OrderRef, description: 'Default: in the order of units and indicators.' }),
      descending: t.arg.boolean({ defaultValue: false, description: 'The greatest first.' }),
    },
    resolve: async (_, { by, year, asOf, where, orderBy, descending }, context) => {
      const moment = judgedMoment(year, asOf)
      const { cluster, level, indicators, minimumCount, ...only } = where ?? {}
      if (cluster) await findCluster(cluster, 'where.cluster', context)
      const wanted = indicators?.map((id) => findIndicator(id, 'where.indicators').id)
      inSection(only.section, 'where.section', publishedDirectives().indicatorsOf(moment.year))
      checkOrder(by, orderBy)
      checkBounds(only, wanted)
      const day = context.memory.dayIn(await context.store.year(moment.year), moment.asOf)
      const units = filterUnits(day.registry, { cluster, level }, moment.year)
      const judged = judgedFigures(day, units)
      const groups = groupFigures(chosenFigures(judged, { ...only, indicators: wanted }), by).filter(
        ({ count }) => count >= (minimumCount ?? 1),
      )
      const ordered = orderBy ? sortGroups(groups, orderBy, descending ?? false) : groups
      return ordered.map((group) => ({ ...group, ...moment }))
    },
  }),
)
