// Any query is an export: the same operation with `Accept: text/csv`, or XLSX's type, answers with a table.
import { Readable } from 'node:stream'
import { escapeFormula, keepApostrophe } from '@dienbien/targets/table'
import type { ExecutionResult } from 'graphql'
import { type Plugin, processRegularResult } from 'graphql-yoga'
import type { Cell } from '../emulation/report/report.ts'
import { ClientError } from '../errors/client-error.ts'
import { errorBody } from './refuse.ts'
import { currentLocale, currentScope } from './request-scope.ts'
import { toTable } from './tabular.ts'

export const CSV = 'text/csv'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type TableWriter = (result: ExecutionResult) => Promise<{ body: BodyInit; type: string; ending: string }>

type OnResult = NonNullable<Plugin['onResultProcess']>
type ResultProcessor = Parameters<Parameters<OnResult>[0]['setResultProcessor']>[0]

/** With a byte order mark, by which Excel knows UTF-8; what a spreadsheet would take for a formula begins with an apostrophe. */
const csv: TableWriter = async ({ data }) => {
  const { stringify } = await import('csv-stringify')
  const { columns, rows } = toTable(data ?? {})
  const lines = Readable.from([columns, ...rows]).pipe(
    stringify({ bom: true, cast: { string: escapeFormula }, record_delimiter: 'windows' }),
  )
  return { body: Readable.toWeb(lines) as unknown as BodyInit, type: `${CSV}; charset=utf-8`, ending: 'csv' }
}

const xlsx: TableWriter = async ({ data }) => {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const { columns, rows } = toTable(data ?? {})
  const header = columns.map((value) => ({ value: keepApostrophe(value), fontWeight: 'bold' as const }))
  const text = (cell: Cell) => (typeof cell === 'string' ? keepApostrophe(cell) : cell)
  const sheet = [header, ...[...rows].map((row) => row.map(text))]
  const body = await writeXlsxFile(sheet, { stickyRowsCount: 1 }).toBuffer()
  return { body: new Uint8Array(body), type: XLSX, ending: 'xlsx' }
}

const processor =
  (write: TableWriter): ResultProcessor =>
  async (result, fetchAPI) => {
    const executionResult = result as ExecutionResult
    if (Array.isArray(result) || executionResult.errors || !executionResult.data) {
      // As everywhere, but that a file which is none is never told as good.
      const response = processRegularResult(executionResult, fetchAPI, 'application/graphql-response+json')
      const headers = { ...Object.fromEntries(response.headers), 'content-type': 'application/json' }
      return new fetchAPI.Response(response.body, { status: Math.max(response.status, 400), headers })
    }
    const written = await write(executionResult).catch((error: unknown) => {
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

/** Only where a client asks for just this type: a browser's or a library's list of types gets JSON as ever. */
export const exportPlugin: Plugin = {
  onResultProcess({ request, setResultProcessor }) {
    const accept = (request.headers.get('accept') ?? '').split(/[;,]/)[0]?.trim().toLowerCase()
    if (accept === CSV) setResultProcessor(processor(csv), CSV)
    else if (accept === XLSX) setResultProcessor(processor(xlsx), XLSX)
  },
}
