// A file of figures, judged: the same by the mutation and by the command.
import { basename } from 'node:path'
import type { Text } from '@dienbien/targets'
import { type Asker, refusalOf } from '../accounts/rights.ts'
import { inputError } from '../errors/input-error.ts'
import { directiveMeasuring } from '../figures/years.ts'
import { dayProblem } from './figure-rules.ts'
import type { CellProblem } from './import-cells.ts'
import { type ImportDefaults, type ImportedFigure, judgeRows, type ReadFigures, type UnitsOn } from './import-rows.ts'
import { readRowsAside, UnreadableFile } from './read-rows.ts'

export interface FigureFile {
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Reads the figures of a CSV or XLSX file and judges each cell.
 * @throws where there are no figures of that year, or the file is no such file at all
 */
export async function readImport(
  { name, bytes }: FigureFile,
  unitsOn: UnitsOn,
  defaults: ImportDefaults,
): Promise<ReadFigures> {
  const directive = directiveMeasuring(defaults.year)
  const refuse = (text: Text) => inputError('BAD_INPUT', text, { argument: 'input.file', value: name })
  if (bytes.length === 0) throw refuse({ vi: 'tệp trống', en: 'the file is empty' })
  const outside = defaults.asOf === null ? null : dayProblem(defaults.asOf, defaults.year)
  if (outside) return { figures: [], problems: [{ cell: 'A1', text: outside }] }
  const rows = await readRowsAside(bytes).catch((error: unknown) => {
    if (!(error instanceof UnreadableFile)) throw error
    const { vi, en } = error.text
    throw refuse({
      vi: `không đọc được tệp dạng CSV hoặc XLSX: ${vi}`,
      en: `the file cannot be read as CSV or XLSX: ${en}`,
    })
  })
  return judgeRows(rows, directive, unitsOn, defaults)
}

/** The cells of units whose figures the asker may not report. */
export async function cellsOfOthers(figures: readonly ImportedFigure[], asker: Asker): Promise<CellProblem[]> {
  const refused = new Map<string, Text>()
  for (const unit of new Set(figures.map((figure) => figure.unit))) {
    const refusal = await refusalOf({ action: 'REPORT_FIGURES', unit }, asker)
    if (refusal) refused.set(unit, refusal.text)
  }
  return figures.flatMap(({ unit, cell }) => {
    const text = refused.get(unit)
    return text ? [{ cell, text }] : []
  })
}

/** Why figures are corrected, where nobody says it: the source of them, or the file. */
export function reasonOf(file: string, reason: string | null | undefined, source: string | null | undefined): string {
  return reason ?? source ?? `tệp ${basename(file)}`
}
