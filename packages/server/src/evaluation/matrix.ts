// Units by indicators as plain rows, straight out of the tables of a day.
import { type Directive, type Indicator, type Status, statusOf } from '@dienbien/targets'
import type { DayFigures } from '../figures/day-figures.ts'
import type { Unit } from '../figures/registry.ts'

export interface Matrix {
  readonly asOf: string
  readonly directive: Directive
  /** The rows. */
  readonly units: readonly Unit[]
  readonly day: DayFigures
  /** The columns, by their places in the directive; null: all of them. */
  readonly columns: readonly number[] | null
}

/** The cells of the matrix's rows, out of a table of all units: nothing else is made of them. */
function cellsOf<T>(
  { units, day: { registry }, directive: { indicators }, columns }: Matrix,
  table: Float64Array | Uint8Array,
  read: (cell: number) => T,
): T[][] {
  const width = indicators.length
  return units.map(({ id }) => {
    const row = registry.rowOf(id) as number
    const cells = table.subarray(row * width, (row + 1) * width) as ArrayLike<number>
    return columns ? columns.map((column) => read(cells[column] as number)) : Array.from(cells, read)
  })
}

/** Null where there is no figure. */
export const valuesOf = (matrix: Matrix): (number | null)[][] =>
  cellsOf(matrix, matrix.day.table.values, (value) => (Number.isNaN(value) ? null : value))

export const statusesOf = (matrix: Matrix): Status[][] =>
  cellsOf(matrix, matrix.day.statusCodes(matrix.directive), statusOf)

export const completionsOf = ({ units, day, directive, columns }: Matrix): (number | null)[][] =>
  units.map(({ id }) => {
    const completions = day.evaluation(id, directive).results.map(({ completion }) => completion)
    return columns ? columns.map((column) => completions[column] as number | null) : completions
  })

export const indicatorsOf = ({ directive: { indicators }, columns }: Matrix): Indicator[] =>
  columns ? columns.map((column) => indicators[column] as Indicator) : [...indicators]
