// A table of points as people keep it: JSON or YAML by the schema; the layout of rows is in `points-sheet.ts`.
import { parseDocument } from 'yaml'
import { isRecord, wrongType } from '../errors.ts'
import { BadPoints, parsePointTable } from '../points/check.ts'
import type { PointTable } from '../points/table.ts'
import { checkBytes, isZip } from './text.ts'

/**
 * A table of points from JSON or YAML.
 * @throws {BadPoints} `BAD_POINTS` with all that is wrong: by line where it cannot be read, else by path
 */
export function readPointText(text: string): PointTable {
  if (typeof text !== 'string') throw wrongType('text', 'chữ', 'a text', text)
  const value = documentIn(text)
  // Written without quotes, 2023 is a number.
  if (isRecord(value) && typeof value.version === 'number')
    return parsePointTable({ ...value, version: String(value.version) })
  return parsePointTable(value)
}

/** The value of a JSON or YAML text; what cannot be read is told by its line. */
export function documentIn(text: string): unknown {
  // JSON is YAML too, and YAML tells the line of a mistake.
  const document = parseDocument(text)
  const problems = document.errors.map(({ message, linePos }) => {
    const said = message.split('\n', 1)[0] ?? ''
    const line = linePos?.[0].line
    const [vi, en] = line === undefined ? ['', ''] : [`dòng ${line}: `, `line ${line}: `]
    const text = {
      vi: `${vi}không đọc được JSON hoặc YAML: ${said}`,
      en: `${en}no valid JSON or YAML: ${said}`,
    }
    return { path: '', text }
  })
  if (problems.length > 0) throw new BadPoints(problems)
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    const said = (error as Error).message
    throw new BadPoints([{ path: '', text: { vi: `không đọc được YAML: ${said}`, en: `no valid YAML: ${said}` } }])
  }
}

/** Whether a file is one of rows: XLSX, told by its first bytes, or CSV that has the columns of `pointRows`. */
export function isPointSheet(bytes: Uint8Array): boolean {
  checkBytes(bytes)
  return isZip(bytes) || /^"?Mức"?[,;\t]"?Mã"?[,;\t]/m.test(new TextDecoder().decode(bytes))
}
