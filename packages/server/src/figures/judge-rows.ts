// Rows of a table of a year's figures, whose columns may be of several directives, judged by one of these.
import type { Indicator, Program } from '@dienbien/targets'

interface Rows {
  /** Row after row, a column an indicator; NaN where there is no figure. */
  readonly values: Float64Array
  readonly days: Int32Array
  /** Takes the statuses; cells of indicators that the directive does not have are left as they are. */
  readonly codes: Uint8Array
  readonly columns: readonly Pick<Indicator, 'id'>[]
  /** The first row, and the one behind the last. */
  readonly rows: readonly [number, number]
}

/** Judges rows by a compiled directive. */
export function judgeRows({ values, days, codes, columns, rows: [first, end] }: Rows, program: Program): void {
  const { indicatorIds: ids } = program
  const width = columns.length
  if (ids.length === width && ids.every((id, i) => columns[i]?.id === id)) {
    const [from, to] = [first * width, end * width]
    program.evaluateTable(values.subarray(from, to), codes.subarray(from, to), days.subarray(from, to))
    return
  }
  const places = ids.map((id) => columns.findIndex((column) => column.id === id))
  const valuesOfProgram = new Float64Array((end - first) * ids.length)
  const daysOfProgram = new Int32Array(valuesOfProgram.length)
  const cellOf = (i: number) => (first + Math.floor(i / ids.length)) * width + (places[i % ids.length] as number)
  for (let i = 0; i < valuesOfProgram.length; i++) {
    valuesOfProgram[i] = values[cellOf(i)] as number
    daysOfProgram[i] = days[cellOf(i)] as number
  }
  program.evaluateTable(valuesOfProgram, undefined, daysOfProgram).forEach((code, i) => {
    codes[cellOf(i)] = code
  })
}
