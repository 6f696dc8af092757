import type { Text } from '../directive/types.ts'
import { checkText, show } from '../errors.ts'

/** What stands in a cell of a CSV or XLSX file. */
export type Cell = string | number | boolean | Date | null | undefined

/** What people write where there is no figure. */
const EMPTY = ['', '-', '–', '—', '…', '...', 'n/a']
/** In tables of statistics: there can be none. */
const NO_FIGURE = 'x'
const YES = ['true', '1', 'co', 'yes', 'dat', 'duy tri']
const NO = ['false', '0', 'khong', 'no', 'khong dat']

/** Without case and diacritics. */
export function fold(text: string): string {
  checkText('text', text)
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** Whether nothing stands where a figure belongs: blank, a dash, three dots, "n/a", or the "x" of tables of statistics. */
export const isEmpty = (cell: Cell): boolean =>
  isUnanswered(cell) || (typeof cell === 'string' && fold(cell) === NO_FIGURE)

/**
 * Whether nothing stands where yes or no belongs. An "x" is not nothing there: some tick with it and others cross out, so that
 * it must be asked.
 */
export const isUnanswered = (cell: Cell): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && EMPTY.includes(fold(cell)))

/** What a cell says of a question; or that it is not clear. */
export function readYesNo(cell: Cell): boolean | Text {
  const word =
    typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? fold(String(cell)) : ''
  if (YES.includes(word)) return true
  if (NO.includes(word)) return false
  return {
    vi: `${show(cell)} không rõ đúng hay sai: viết có hoặc không`,
    en: `${show(cell)} says neither true nor false: write true, false, có or không`,
  }
}
