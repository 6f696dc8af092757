// How many of its figures a unit has reported, and how many in time.

import type { Unit } from '../figures/registry.ts'
import { checkPeriod, judgedMoment } from '../figures/years.ts'
import { between } from '../graphql/argument-limits.ts'
import { builder } from '../graphql/builder.ts'
import { allUnits, MEMBERS_JUDGED } from '../graphql/cost.ts'
import { orderOf } from '../graphql/order.ts'
import { yearArg } from '../graphql/scalars.ts'
import { ClusterRef } from '../units/clusters.schema.ts'
import type { ClusterInYear } from '../units/clusters.ts'
import { findCluster } from '../units/clusters.ts'
import { filterUnits, UnitLevelRef, UnitRef } from '../units/units.schema.ts'
import { type Completeness, completenessOf, DAYS_ALLOWED, expectedOf, shareReported } from './completeness.ts'

interface UnitCompleteness extends Completeness {
  readonly unit: Unit
}

const CompletenessRef = builder.objectRef<UnitCompleteness>('Completeness').implement({
  description: 'Completeness and timeliness of the figures of a unit, as in DHIS2.',
  fields: (t) => ({
    unit: t.field({ type: UnitRef, description: 'The unit that reports.', resolve: ({ unit }) => unit }),
    expected: t.exposeInt('expected', { description: 'Indicators that have a target for it.' }),
    reported: t.exposeInt('reported', { description: 'Of those, with a figure.' }),
    completeness: t.float({
      nullable: true,
      description: 'reported ÷ expected; null where nothing is expected.',
      resolve: ({ expected, reported }) => (expected === 0 ? null : reported / expected),
    }),
    inTime: t.exposeInt('inTime', {
      description:
        'Of those reported, first recorded within the days allowed; a correction later on does not make them late.',
    }),
    meanDaysLate: t.exposeFloat('meanDaysLate', {
      nullable: true,
      description: 'Of those that were late, the days beyond those allowed, in the mean; null where none was.',
    }),
    mostDaysLate: t.exposeInt('mostDaysLate', {
      nullable: true,
      description: 'The most days beyond those allowed; null where none was late.',
    }),
    timeliness: t.float({
      nullable: true,
      description: 'inTime ÷ reported; null where nothing is reported.',
      resolve: ({ reported, inTime }) => (reported === 0 ? null : inTime / reported),
    }),
  }),
})

const completenessOrder = orderOf<UnitCompleteness>('CompletenessOrder', 'by the level and code of the unit', {
  NAME: { description: "By the unit's name.", of: ({ unit }) => unit.name },
  COMPLETENESS: {
    description: 'By the share that is reported.',
    of: ({ expected, reported }) => (expected === 0 ? null : reported / expected),
  },
  TIMELINESS: {
    description: 'By the share that came in time.',
    of: ({ reported, inTime }) => (reported === 0 ? null : inTime / reported),
  },
  DAYS_LATE: { description: 'By the most days that one was late.', of: ({ mostDaysLate }) => mostDaysLate },
})

builder.queryField('completeness', (t) =>
  t.field({
    type: [CompletenessRef],
    nullable: true,
    ...allUnits(200, (_: object, units) => units),
    description: 'By unit, for one period: how many of its figures are there, and how many came in time.',
    args: {
      year: t.arg(yearArg),
      from: t.arg({
        type: 'Date',
        description: 'Only figures that stand for this day or a later one: the start of the period.',
      }),
      asOf: t.arg({ type: 'Date', description: 'The end of the period. Default: the end of the year.' }),
      level: t.arg({ type: UnitLevelRef, description: 'Only units of this level.' }),
      cluster: t.arg.string({ description: 'Only members of this cluster in that year.' }),
      incomplete: t.arg.boolean({
        description: 'True: only units of which a figure is missing. False: only those that have reported all.',
      }),
      orderBy: t.arg(completenessOrder.args.orderBy),
      descending: t.arg(completenessOrder.args.descending),
      daysAllowed: t.arg.int({
        defaultValue: DAYS_ALLOWED,
        description:
          "Days after the day that a figure stands for in which it is in time. The default is this project's.",
        ...between(0, 366),
      }),
    },
    resolve: async (_, { year, from, asOf, level, cluster, incomplete, daysAllowed, ...order }, context) => {
      const moment = judgedMoment(year, asOf)
      checkPeriod('from', from, moment)
      const days = daysAllowed ?? DAYS_ALLOWED
      if (cluster) await findCluster(cluster, 'cluster', context)
      const units = filterUnits(await context.store.registry(moment.asOf), { level, cluster }, moment.year)
      const all = await Promise.all(
        units.map(async (unit): Promise<UnitCompleteness> => {
          const at = { unit: unit.id, ...moment }
          const [{ results }, figures] = await Promise.all([
            context.memory.evaluation(at),
            context.loaders.recordedFigures.load(at),
          ])
          return { unit, ...completenessOf(expectedOf(results), figures, { from: from ?? null, daysAllowed: days }) }
        }),
      )
      const wanted =
        typeof incomplete === 'boolean'
          ? all.filter(({ expected, reported }) => reported < expected === incomplete)
          : all
      return [...completenessOrder.sort(wanted, order)]
    },
  }),
)

builder.objectField(ClusterRef, 'completeness', (t) =>
  t.float({
    nullable: true,
    ...MEMBERS_JUDGED,
    description: 'Of the figures expected of its members, the share that is there; null where none is expected.',
    args: { asOf: t.arg({ type: 'Date', description: 'The end of the period. Default: the end of the year.' }) },
    resolve: async ({ code, year }: ClusterInYear, { asOf }, { memory }) => {
      const moment = judgedMoment(year, asOf)
      const members = await memory.members({ code, year })
      const evaluations = await Promise.all(
        members.map(({ unitCode }) => memory.evaluation({ unit: unitCode, ...moment })),
      )
      return shareReported(evaluations.map(({ summary }) => summary))
    },
  }),
)
