// What a spreadsheet would run as a formula: texts leave with an apostrophe before it, and come back without.
import { checkText } from '../errors.ts'

/** Excel, LibreOffice and Numbers begin a formula with any of these, in whichever width. */
const SIGN = '=+\\-@＝＋－＠'
/**
 * Where a cell may begin with a formula: at the start, where tabs and line ends are left out before it, and where a
 * spreadsheet of another language sees the separator of its own lists, which no quotes protect.
 */
const formula = (before: string) =>
  new RegExp(`(?<=^)${before}(?='*[${SIGN}\\t\\r\\n])|(?<=[;\\t\\r\\n])${before}(?='*[${SIGN}])`, 'g')
const FORMULA = formula('')
const ESCAPED = formula("'")

/** For a cell of a CSV file, of which a spreadsheet cannot know that it is a text. */
export const escapeFormula = (text: string): string => replaced(text, FORMULA, "'")

/** For a cell that is marked as a text, which needs no apostrophe: keeps one that {@link unescapeFormula} would take away. */
export const keepApostrophe = (text: string): string => replaced(text, ESCAPED, "''")

/** The text that was written by {@link escapeFormula} or {@link keepApostrophe}. */
export const unescapeFormula = (text: string): string => replaced(text, ESCAPED, '')

function replaced(text: string, sign: RegExp, by: string): string {
  checkText('text', text)
  return text.replace(sign, by)
}
