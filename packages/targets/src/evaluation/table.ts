import { TargetsError } from '../errors.ts'
import { unknownIndicator } from '../rules/plan.ts'
import type { Program } from './compile.ts'
import { type Status, statusOf } from './status.ts'

/** Figures by indicator id. */
export type TableRow = { readonly [indicatorId: string]: number | boolean | null | undefined }

/**
 * Lays rows of figures out as the table that `program.evaluateTable` takes: NaN where there is none, 1 or 0 for true or
 * false.
 * @throws {TargetsError} `UNKNOWN_INDICATOR` or `WRONG_TYPE`, naming row and indicator
 */
export function toTable(program: Program, rows: readonly TableRow[]): Float64Array {
  const { indicatorIds } = program
  const columns = new Map(indicatorIds.map((id, i) => [id, i]))
  const table = new Float64Array(rows.length * indicatorIds.length).fill(Number.NaN)
  rows.forEach((row, r) => {
    for (const [id, value] of Object.entries(row)) {
      const column = columns.get(id)
      if (column === undefined) throw unknownIndicator(id, indicatorIds, `row ${r}`)
      if (value === null || value === undefined) continue
      if (typeof value !== 'number' && typeof value !== 'boolean') {
        throw new TargetsError('WRONG_TYPE', `row ${r}: "${id}" takes a number, true or false, not ${typeof value}`, id)
      }
      table[r * indicatorIds.length + column] = Number(value)
    }
  })
  return table
}

/** Reads the codes of `program.evaluateTable` back: a status by indicator id, for each row. */
export function fromTable(program: Program, codes: Uint8Array): Record<string, Status>[] {
  const { indicatorIds } = program
  const width = indicatorIds.length
  if (codes.length % width !== 0) {
    throw new TargetsError('BAD_TABLE', `${codes.length} codes are no whole number of rows of ${width} indicators`)
  }
  return Array.from({ length: codes.length / width }, (_, row) =>
    Object.fromEntries(indicatorIds.map((id, i) => [id, statusOf(codes[row * width + i] as number)])),
  )
}
