import { isRecord, wrongType } from '../errors.ts'
import { checkRows, unknownIndicator } from '../rules/options.ts'
import type { Program } from './compile.ts'
import { type Status, statusOf } from './status.ts'

/** Figures by indicator id. */
export type TableRow = { readonly [indicatorId: string]: number | boolean | null | undefined }

/**
 * Lays rows of figures out as the table that `program.evaluateTable` takes: NaN where there is none, 1 or 0 for true or
 * false.
 * @throws {TargetsError} `UNKNOWN_INDICATOR`, `WRONG_TYPE` or `NOT_FINITE`, naming row and indicator
 */
export function toTable(program: Program, rows: readonly TableRow[]): Float64Array {
  const indicatorIds = idsOf(program)
  if (!Array.isArray(rows)) throw wrongType('rows', 'một danh sách', 'a list', rows)
  const columns = new Map(indicatorIds.map((id, i) => [id, i]))
  const table = new Float64Array(rows.length * indicatorIds.length).fill(Number.NaN)
  rows.forEach((row, r) => {
    if (!isRecord(row))
      throw wrongType(`rows[${r}]`, 'một đối tượng theo mã chỉ tiêu', 'an object by indicator id', row)
    for (const [id, value] of Object.entries(row)) {
      const column = columns.get(id)
      if (column === undefined) throw unknownIndicator(id, indicatorIds, `rows[${r}]`)
      if (value === null || value === undefined) continue
      if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'boolean') {
        throw wrongType(
          `rows[${r}]: "${id}"`,
          'số hữu hạn, true hoặc false',
          'a finite number, true or false',
          value,
          typeof value === 'number' ? 'NOT_FINITE' : 'WRONG_TYPE',
          id,
        )
      }
      table[r * indicatorIds.length + column] = Number(value)
    }
  })
  return table
}

/**
 * Reads the codes of `program.evaluateTable` back: a status by indicator id, for each row.
 * @throws {TargetsError} `BAD_TABLE` where they do not fit the program
 */
export function fromTable(program: Program, codes: Uint8Array): Record<string, Status>[] {
  const indicatorIds = idsOf(program)
  const width = indicatorIds.length
  if (!(codes instanceof Uint8Array)) throw wrongType('codes', 'Uint8Array', 'a Uint8Array', codes)
  checkRows('codes', codes.length, width)
  return Array.from({ length: codes.length / width }, (_, row) =>
    Object.fromEntries(indicatorIds.map((id, i) => [id, statusOf(codes[row * width + i] as number)])),
  )
}

function idsOf(program: Program): readonly string[] {
  if (isRecord(program) && Array.isArray(program.indicatorIds)) return program.indicatorIds
  throw wrongType('program', 'kết quả của compile', 'what compile gave', program)
}
