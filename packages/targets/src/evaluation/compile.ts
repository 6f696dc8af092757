import { directive2022 } from '../directive/2022/index.ts'
import type { Directive } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import { type PlanOptions, planFor } from '../rules/plan.ts'
import { StatusCode } from './status.ts'

/** A directive compiled for many units of one level on one date. */
export interface Program {
  /** The columns of a table, in the order of the directive. */
  readonly indicatorIds: readonly string[]
  /**
   * Judges a table, one row a unit and one column an indicator, row after row. NaN is no data; a milestone is 1 or 0.
   * @param out receives the {@link StatusCode} of each cell; made where absent, and returned
   * @throws {TargetsError} `BAD_TABLE` where the sizes do not fit, `NOT_FINITE` or `WRONG_TYPE` naming row and indicator
   */
  evaluateTable(values: Float64Array, out?: Uint8Array): Uint8Array
}

const { MET, NO_DATA, NOT_APPLICABLE, NOT_MET, IN_PROGRESS } = StatusCode

/**
 * Compiles a directive into one loop over typed arrays, without `eval`.
 * @throws {TargetsError} as `evaluate` does for its options
 */
export function compile(options: PlanOptions = {}): Program {
  const directive: Directive = options.directive ?? directive2022
  const { columns, time } = planFor(directive, options)
  const width = columns.length
  const indicatorIds = columns.map(({ indicator }) => indicator.id)
  const lo = Float64Array.from(columns, (column) => column.lo)
  const hi = Float64Array.from(columns, (column) => column.hi)
  // What a value outside the interval, and what an absent one, comes to.
  const otherwise = Uint8Array.from(columns, ({ applicable }) =>
    applicable ? (time === null ? NOT_MET : IN_PROGRESS) : NOT_APPLICABLE,
  )
  const absent = Uint8Array.from(columns, ({ applicable }) => (applicable ? NO_DATA : NOT_APPLICABLE))
  const inside = Uint8Array.from(columns, ({ applicable }) => (applicable ? MET : NOT_APPLICABLE))
  const milestone = columns.map(({ indicator }) => indicator.measure === 'milestone')

  return {
    indicatorIds,
    evaluateTable(values, out = new Uint8Array(values.length)) {
      if (values.length % width !== 0) {
        throw new TargetsError(
          'BAD_TABLE',
          `${values.length} values are no whole number of rows of ${width} indicators`,
        )
      }
      if (out.length < values.length) {
        throw new TargetsError('BAD_TABLE', `out holds ${out.length} cells where ${values.length} are needed`)
      }
      for (let row = 0; row < values.length; row += width) {
        for (let column = 0; column < width; column++) {
          const value = values[row + column] as number
          if (value >= (lo[column] as number) && value <= (hi[column] as number)) {
            out[row + column] = inside[column] as number
          } else if (value !== value) {
            out[row + column] = absent[column] as number
          } else {
            // Rare enough to check what must not pass silently.
            if (value - value !== 0)
              refuse('NOT_FINITE', 'a finite number, or NaN where there is no data', row, column, value)
            if (milestone[column] && value !== 0 && value !== 1) refuse('WRONG_TYPE', '1 or 0', row, column, value)
            out[row + column] = otherwise[column] as number
          }
        }
      }
      return out
    },
  }

  function refuse(code: 'NOT_FINITE' | 'WRONG_TYPE', right: string, row: number, column: number, value: number): never {
    const id = indicatorIds[column] as string
    throw new TargetsError(code, `row ${row / width}: "${id}" takes ${right}, not ${value}`, id)
  }
}
