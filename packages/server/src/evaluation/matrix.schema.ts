import { IndicatorRef } from '../directive/directive.schema.ts'
import { findIndicator } from '../directive/indicators.ts'
import { countingOf } from '../figures/counting.ts'
import { judgedMoment } from '../figures/years.ts'
import { builder } from '../graphql/builder.ts'
import { list, MATRIX, ROW_OF_JUDGED, ROW_OF_VALUES } from '../graphql/cost.ts'
import { asOfArg, yearArg } from '../graphql/scalars.ts'
import { figureStatusArg, recordedBeforeArg } from '../measurements/measurements.schema.ts'
import { findCluster } from '../units/clusters.ts'
import { filterUnits, UnitLevelRef, UnitRef } from '../units/units.schema.ts'
import { ComplianceStatus, Pace } from './evaluation.schema.ts'
import { columnsOf, completionsOf, filterRows, indicatorsOf, type Matrix, statusesOf, valuesOf } from './matrix.ts'

const MatrixRef = builder.objectRef<Matrix>('Matrix').implement({
  description:
    'Units by indicators as plain rows, for a heat map or a spreadsheet: row i is units[i], column j is indicators[j]. A fraction of the bytes of the nested form.',
  fields: (t) => ({
    year: t.int({ description: 'The year of the directive.', resolve: ({ day: { year } }) => year }),
    asOf: t.field({ type: 'Date', description: 'The date that the figures stand for.', resolve: ({ asOf }) => asOf }),
    units: t.field({
      type: [UnitRef],
      ...list(1),
      description: 'The rows, by level and code.',
      resolve: ({ units }) => [...units],
    }),
    indicators: t.field({
      type: [IndicatorRef],
      ...list(0.5, 1),
      description: 'The columns, in the order of the directive.',
      resolve: indicatorsOf,
    }),
    values: t.field({
      type: t.listRef(t.listRef('Float', { nullable: true })),
      ...ROW_OF_VALUES,
      description: 'Figures; null where there is none, a milestone is 1 or 0.',
      resolve: valuesOf,
    }),
    statuses: t.field({
      type: t.listRef(t.listRef(ComplianceStatus)),
      ...ROW_OF_JUDGED,
      description: 'What each comes to.',
      resolve: statusesOf,
    }),
    completions: t.field({
      type: t.listRef(t.listRef('Float', { nullable: true })),
      ...ROW_OF_JUDGED,
      description: 'Shares of the way done; null where there is none.',
      resolve: completionsOf,
    }),
  }),
})

builder.queryField('matrix', (t) =>
  t.field({
    type: MatrixRef,
    nullable: true,
    ...MATRIX,
    description: 'A table of units by indicators in one field.',
    args: {
      year: t.arg(yearArg),
      asOf: t.arg(asOfArg),
      level: t.arg({ type: UnitLevelRef, description: 'Only units of this level.' }),
      cluster: t.arg.string({ description: 'Only members of this cluster in that year.' }),
      indicators: t.arg.stringList({ description: 'Only these columns, by id; in the order of the directive.' }),
      status: t.arg({
        type: [ComplianceStatus],
        description: 'Only units with a cell of one of these statuses; their other cells stay beside it.',
      }),
      pace: t.arg({
        type: [Pace],
        description: 'Only units with a cell in progress at one of these paces; with `status`, one cell is both.',
      }),
      figureStatus: t.arg(figureStatusArg),
      recordedBefore: t.arg(recordedBeforeArg),
    },
    resolve: async (
      _,
      { year, asOf, level, cluster, indicators, status, pace, ...scope },
      context,
    ): Promise<Matrix> => {
      const { statuses, recordedBefore } = countingOf(scope)
      const moment = judgedMoment(year, asOf)
      if (cluster) await findCluster(cluster, 'cluster', context)
      const wanted = indicators && new Set(indicators.map((id, i) => findIndicator(id, `indicators[${i}]`).id))
      const units = filterUnits(await context.store.registry(moment.asOf), { level, cluster }, moment.year)
      const ids = units.map(({ id }) => id)
      const figures = recordedBefore
        ? await context.loaders.unitsAsKnown.load({ year: moment.year, units: ids, recordedBefore })
        : await context.store.year(moment.year)
      const day = context.memory.dayIn(figures, moment.asOf, statuses)
      const matrix = { asOf: moment.asOf, units, day, columns: columnsOf(day, ids, wanted ?? null) }
      return filterRows(matrix, { statuses: status ?? null, paces: pace ?? null })
    },
  }),
)
