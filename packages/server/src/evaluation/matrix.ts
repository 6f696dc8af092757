// Units by indicators as plain rows, straight out of the tables of a day.
import { type Directive, type Status, statusOf } from '@dienbien/targets'
import type { DayFigures } from '../figures/day-figures.ts'
import type { Unit } from '../generated/prisma/client.ts'

export interface Matrix {
  readonly asOf: string
  readonly directive: Directive
  /** The rows. */
  readonly units: readonly Unit[]
  readonly day: DayFigures
}

/** The cells of the matrix's rows, out of a table of all units: nothing else is made of them. */
function cellsOf<T>(
  { units, day: { registry }, directive: { indicators } }: Matrix,
  table: Float64Array | Uint8Array,
  read: (cell: number) => T,
): T[][] {
  const width = indicators.length
  return units.map(({ code }) => {
    const row = registry.rowOf(code) as number
    return Array.from(table.subarray(row * width, (row + 1) * width) as ArrayLike<number>, read)
  })
}

/** Null where there is no figure. */
export const valuesOf = (matrix: Matrix): (number | null)[][] =>
  cellsOf(matrix, matrix.day.table.values, (value) => (Number.isNaN(value) ? null : value))

export const statusesOf = (matrix: Matrix): Status[][] =>
  cellsOf(matrix, matrix.day.statusCodes(matrix.directive), statusOf)

export const completionsOf = ({ units, day, directive }: Matrix): (number | null)[][] =>
  units.map(({ code }) => day.evaluation(code, directive).results.map(({ completion }) => completion))
