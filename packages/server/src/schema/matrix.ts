import { type Directive, type Status, statusOf } from '@dienbien/targets'
import type { DayFigures } from '../figures/store.ts'
import type { Unit } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { ComplianceStatus } from './evaluation.ts'
import { IndicatorRef } from './indicators.ts'
import { findCluster } from './lookups.ts'
import { filterUnits, UnitLevelRef, UnitRef } from './units.ts'
import { directiveOf, judgedMoment } from './years.ts'

interface MatrixOf {
  readonly asOf: string
  readonly directive: Directive
  readonly units: readonly Unit[]
  readonly day: DayFigures
}

/** The cells of the matrix's rows, out of a table of all units: nothing else is made of them. */
function cellsOf<T>(
  { units, day: { registry }, directive: { indicators } }: MatrixOf,
  table: Float64Array | Uint8Array,
  read: (cell: number) => T,
): T[][] {
  const width = indicators.length
  return units.map(({ code }) => {
    const row = registry.rowOf(code) as number
    return Array.from(table.subarray(row * width, (row + 1) * width) as ArrayLike<number>, read)
  })
}

const MatrixRef = builder.objectRef<MatrixOf>('Matrix').implement({
  description:
    'Units by indicators as plain rows, for a heat map or a spreadsheet: row i is units[i], column j is indicators[j]. A fraction of the bytes of the nested form.',
  fields: (t) => ({
    year: t.int({ description: 'The year of the directive.', resolve: ({ directive }) => directive.year }),
    asOf: t.field({ type: 'Date', description: 'The date that the figures stand for.', resolve: ({ asOf }) => asOf }),
    units: t.field({
      type: [UnitRef],
      description: 'The rows, by level and code.',
      resolve: ({ units }) => [...units],
    }),
    indicators: t.field({
      type: [IndicatorRef],
      description: 'The columns, in the order of the directive.',
      resolve: ({ directive }) => [...directive.indicators],
    }),
    values: t.field({
      type: t.listRef(t.listRef('Float', { nullable: true })),
      description: 'Figures; null where there is none, a milestone is 1 or 0.',
      resolve: (matrix) => cellsOf(matrix, matrix.day.table.values, (value) => (Number.isNaN(value) ? null : value)),
    }),
    statuses: t.field({
      type: t.listRef(t.listRef(ComplianceStatus)),
      description: 'What each comes to.',
      resolve: (matrix): Status[][] => cellsOf(matrix, matrix.day.statusCodes(matrix.directive), statusOf),
    }),
    completions: t.field({
      type: t.listRef(t.listRef('Float', { nullable: true })),
      description: 'Shares of the way done; null where there is none.',
      resolve: ({ units, day, directive }) =>
        units.map(({ code }) => day.evaluation(code, directive).results.map(({ completion }) => completion)),
    }),
  }),
})

builder.queryField('matrix', (t) =>
  t.field({
    type: MatrixRef,
    complexity: { field: 5000, multiplier: 1 },
    description: 'A table of units by indicators in one field.',
    args: {
      year: t.arg.int({ defaultValue: 2022, description: 'The year of the directive.' }),
      asOf: t.arg({ type: 'Date', description: 'Default: the year is over.' }),
      level: t.arg({ type: UnitLevelRef, description: 'Only units of this level.' }),
      cluster: t.arg.string({ description: 'Only members of this cluster in 2022.' }),
    },
    resolve: async (_, { year, asOf, level, cluster }, context) => {
      const moment = judgedMoment(year ?? 2022, asOf)
      if (cluster) await findCluster(cluster, 'cluster', context)
      const directive = directiveOf(moment.year)
      const figures = await context.store.year(moment.year)
      const day = figures.on(moment.asOf)
      const units = filterUnits(figures.registry, { level, cluster })
      return { asOf: moment.asOf, directive, units, day }
    },
  }),
)
