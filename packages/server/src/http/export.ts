// Any query is an export: the same operation with `Accept: text/csv`, or XLSX's type, answers with a table.
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { escapeFormula, keepApostrophe } from '@dienbien/targets/table'
import type { ExecutionResult } from 'graphql'
import { type Plugin, processRegularResult } from 'graphql-yoga'
import type { Cell } from '../emulation/report/report.ts'
import { ClientError } from '../errors/client-error.ts'
import { currentLocale, currentScope } from '../request-scope.ts'
import { timelessZip } from '../timeless-zip.ts'
import { MOST_CHARACTERS } from './answer-size.ts'
import { errorBody } from './refuse.ts'
import { type Table, type TableLimit, toTable } from './tabular.ts'

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** About the microseconds that a cell takes besides what its value cost. */
const CELL = { csv: 3, xlsx: 5 } as const
/** Of rows, after which others have a moment. */
const ROWS_AT_ONCE = 500

type TableWriter = (table: Table) => Promise<{ body: BodyInit; type: string; ending: string }>

type OnResult = NonNullable<Plugin['onResultProcess']>
type ResultProcessor = Parameters<Parameters<OnResult>[0]['setResultProcessor']>[0]

/** With a byte order mark, by which Excel knows UTF-8; what a spreadsheet would take for a formula begins with an apostrophe. */
const csv: TableWriter = async ({ columns, rows }) => {
  const { stringify } = await import('csv-stringify')
  const lines = Readable.from(withPauses([columns, ...rows])).pipe(
    stringify({ bom: true, cast: { string: escapeFormula }, record_delimiter: 'windows' }),
  )
  return { body: Readable.toWeb(lines) as unknown as BodyInit, type: `${CSV}; charset=utf-8`, ending: 'csv' }
}

const xlsx: TableWriter = async ({ columns, rows }) => {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const header = columns.map((value) => ({ value: keepApostrophe(value), fontWeight: 'bold' as const }))
  const text = (cell: Cell) => (typeof cell === 'string' ? keepApostrophe(cell) : cell)
  const sheet = [header, ...[...rows].map((row) => row.map(text))]
  const body = timelessZip(await writeXlsxFile(sheet, { stickyRowsCount: 1 }).toBuffer())
  return { body: new Uint8Array(body), type: XLSX, ending: 'xlsx' }
}

async function* withPauses(rows: readonly (readonly Cell[])[]) {
  for (const [i, row] of rows.entries()) {
    if (i % ROWS_AT_ONCE === 0) await setImmediate()
    yield row
  }
}

const processor =
  (write: TableWriter, limit: TableLimit): ResultProcessor =>
  async (result, fetchAPI) => {
    const executionResult = result as ExecutionResult
    if (Array.isArray(result) || executionResult.errors || !executionResult.data) {
      // As everywhere, but that a file which is none is never told as good.
      const response = processRegularResult(executionResult, fetchAPI, 'application/graphql-response+json')
      const headers = { ...Object.fromEntries(response.headers), 'content-type': 'application/json' }
      return new fetchAPI.Response(response.body, { status: Math.max(response.status, 400), headers })
    }
    const written = await writeTable(executionResult.data, write, limit).catch((error: unknown) => {
      if (error instanceof ClientError) return error
      throw error
    })
    if (written instanceof ClientError) {
      const { code, text, details, http } = written
      currentScope()?.codes.add(code)
      const body = errorBody(code, text[currentLocale()], details)
      return new fetchAPI.Response(body, {
        status: http?.status ?? 400,
        headers: { 'content-type': 'application/json' },
      })
    }
    const { body, type, ending } = written
    return new fetchAPI.Response(body, {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="dienbien.${ending}"` },
    })
  }

const writeTable = async (data: Readonly<Record<string, unknown>>, write: TableWriter, limit: TableLimit) =>
  write(toTable(data, limit))

/**
 * Only where a client asks for just this type: a browser's or a library's list of types gets JSON as ever.
 * @param most what an operation may cost: a table may cost as much again
 */
export function exportPlugin(most: number): Plugin {
  const limit = (cell: number): TableLimit => ({ cells: Math.floor(most / cell), characters: MOST_CHARACTERS })
  const asCsv = processor(csv, limit(CELL.csv))
  const asXlsx = processor(xlsx, limit(CELL.xlsx))
  return {
    onResultProcess({ request, setResultProcessor }) {
      const accept = (request.headers.get('accept') ?? '').split(/[;,]/)[0]?.trim().toLowerCase()
      if (accept === CSV) setResultProcessor(asCsv, CSV)
      else if (accept === XLSX) setResultProcessor(asXlsx, XLSX)
    },
  }
}
