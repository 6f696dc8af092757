// What a point table is drafted from: a document, a file, or another table.
import { createHash } from 'node:crypto'
import { type PointTable, parsePointTable } from '@dienbien/targets/points'
import { isPointSheet, readPointRows, readPointText } from '@dienbien/targets/table'
import canonicalize from 'canonicalize'
import { inputError, quoted } from '../../errors/input-error.ts'
import { readRowsAside, UnreadableFile } from '../../measurements/read-rows.ts'
import { adoptedTable, type NewTable, type OfCluster, type Reader, tableId, tableOf } from './point-tables.ts'

/** Exactly one of them. */
export interface TableSource {
  readonly table?: unknown
  readonly file?: File | null | undefined
  readonly copyOf?: { readonly cluster: string; readonly year: number } | null | undefined
}

/** A table of 500 nodes takes a tenth of it. */
const MOST_BYTES = 2_000_000

/**
 * The table that somebody gave, checked as a whole.
 * @throws {BadPoints} with all that is wrong, by path or by cell
 * @throws `BAD_INPUT` where not one source is given, or there is nothing to copy
 */
export async function tableFrom(source: TableSource, reader: Reader): Promise<NewTable> {
  const sources = (['table', 'file', 'copyOf'] as const).filter(
    (key) => source[key] !== null && source[key] !== undefined,
  )
  if (sources.length !== 1) {
    const text = {
      vi: 'ghi đúng một trong table (JSON), file (XLSX, CSV, YAML, JSON) và copyOf (bảng của cụm, năm khác)',
      en: 'give exactly one of table (JSON), file (XLSX, CSV, YAML, JSON) and copyOf (the table of another cluster or year)',
    }
    throw inputError('BAD_INPUT', text, { argument: 'input', value: sources.join(', ') })
  }
  if (source.copyOf) return copied(source.copyOf, reader)
  return kept(source.file ? await fromFile(source.file) : parsePointTable(source.table), null)
}

function kept(table: PointTable, copiedFrom: string | null): NewTable {
  const document = canonicalize(table) as string
  return { document, hash: createHash('sha256').update(document).digest('hex'), copiedFrom }
}

async function copied(of: OfCluster, reader: Reader): Promise<NewTable> {
  const found = (await adoptedTable(of, reader)) ?? null
  if (found) return kept(tableOf(found.row), tableId(found.row))
  const text = {
    vi: `${of.cluster} chưa ban hành bảng tiêu chí năm ${of.year}: không có gì để sao chép`,
    en: `${of.cluster} adopted no point table for ${of.year}: there is nothing to copy`,
  }
  throw inputError('BAD_INPUT', text, { argument: 'input.copyOf', value: `${of.year} ${of.cluster}` })
}

async function fromFile(file: File): Promise<PointTable> {
  const refuse = ({ vi, en }: { readonly vi: string; readonly en: string }) =>
    inputError(
      'BAD_INPUT',
      { vi: `không đọc được tệp ${quoted(file.name)}: ${vi}`, en: `${quoted(file.name)} cannot be read: ${en}` },
      { argument: 'input.file', value: file.name },
    )
  if (file.size > MOST_BYTES) throw refuse({ vi: 'tệp lớn hơn 2 MB', en: 'it is larger than 2 MB' })
  const bytes = Buffer.from(await file.arrayBuffer())
  if (bytes.length === 0) throw refuse({ vi: 'tệp trống', en: 'it is empty' })
  if (!isPointSheet(bytes)) return readPointText(bytes.toString('utf8'))
  const rows = await readRowsAside(bytes).catch((error: unknown) => {
    throw error instanceof UnreadableFile ? refuse(error.text) : error
  })
  return readPointRows(rows)
}
