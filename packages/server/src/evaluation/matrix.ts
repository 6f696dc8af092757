// Units by indicators as plain rows, straight out of the tables of a day.
import { type Indicator, type Pace, type Status, statusOf } from '@dienbien/targets'
import type { DayFigures } from '../figures/day-figures.ts'
import type { Unit } from '../figures/registry.ts'

/**
 * The columns that a table of some units has: of the directives that judge one of them, and of those the wanted ones.
 * @param wanted ids; null: all of them
 * @returns null where these are all columns of the day
 */
export function columnsOf(
  day: DayFigures,
  units: readonly string[],
  wanted: ReadonlySet<string> | null,
): readonly number[] | null {
  const judged = new Set(
    [...new Set(units.map((id) => day.directive(id)))].flatMap(({ indicators }) => indicators.map(({ id }) => id)),
  )
  const columns = day.indicators.flatMap(({ id }, i) => (judged.has(id) && (wanted?.has(id) ?? true) ? [i] : []))
  return columns.length === day.indicators.length ? null : columns
}

export interface Matrix {
  readonly asOf: string
  /** The rows. */
  readonly units: readonly Unit[]
  readonly day: DayFigures
  /** The columns, by their places in the tables of the day; null: all of them. */
  readonly columns: readonly number[] | null
}

/** The cells of the matrix's rows, out of a table of all units: nothing else is made of them. */
function cellsOf<T>(
  { units, day: { registry, indicators }, columns }: Matrix,
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

export const statusesOf = (matrix: Matrix): Status[][] => cellsOf(matrix, matrix.day.statusCodes(), statusOf)

/** Null where there is none, and in columns of directives that do not judge the unit. */
export const completionsOf = (matrix: Matrix): (number | null)[][] => {
  const ids = indicatorsOf(matrix).map(({ id }) => id)
  return matrix.units.map(({ id: unit }) => {
    const completions = new Map(
      matrix.day.evaluation(unit).results.map(({ indicatorId, completion }) => [indicatorId, completion]),
    )
    return ids.map((id) => completions.get(id) ?? null)
  })
}

/** What a row must have in one of its cells to be shown; null: whatever it has. */
export interface RowFilter {
  readonly statuses: readonly Status[] | null
  readonly paces: readonly Pace[] | null
}

/** The matrix of the units with a cell of one of these statuses and, only of what is in progress, of one of these paces. */
export function filterRows(matrix: Matrix, { statuses, paces }: RowFilter): Matrix {
  if (!statuses && !paces) return matrix
  const asked = new Set(indicatorsOf(matrix).map(({ id }) => id))
  const isWanted = (status: Status): boolean => !statuses || statuses.includes(status)
  const cells = paces ? [] : statusesOf(matrix)
  const units = matrix.units.filter(({ id }, row) =>
    paces
      ? matrix.day
          .evaluation(id)
          .results.some(
            ({ indicatorId, status, pace }) =>
              pace !== null && paces.includes(pace) && isWanted(status) && asked.has(indicatorId),
          )
      : cells[row]?.some(isWanted),
  )
  return { ...matrix, units }
}

export const indicatorsOf = ({ day: { indicators }, columns }: Matrix): Indicator[] =>
  columns ? columns.map((column) => indicators[column] as Indicator) : [...indicators]
