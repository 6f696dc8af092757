import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/
/** Begins nowhere and ends nowhere within another, so that a file full of beginnings is looked at once. */
const CELL = /<((?:\w{1,20}:)?c)\b([^<>]*)>((?:(?!<\/?(?:\w{1,20}:)?c\b)[\s\S])*)<\/\1>/g
const TYPE = /\bt\s*=\s*(["'])(\w+)\1/
const FORMULA = /<(?:\w+:)?f\b/
const VALUE = /<(?:\w+:)?v\b/
/** Excel's own word where it has not worked a formula out. */
const NOT_WORKED_OUT = '#CALC!'

/** What may make {@link withFailedFormulas} look at a sheet: a formula, or an error. */
export const FORMULA_OR_ERROR = /<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']/

/**
 * An XLSX file in which cells of formulas that failed, or were never worked out, hold the word of the error as a text: the
 * reader takes them for empty, and a figure that should be there would be missing without a word.
 * @param bytes of a file that is not too large unpacked
 */
export function withFailedFormulas(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes)
  let changed = false
  for (const [name, content] of Object.entries(files)) {
    if (!SHEET.test(name)) continue
    const sheet = strFromU8(content)
    const told = sheet.replace(CELL, (cell: string, tag: string, attributes: string, inner: string) => {
      const isError = TYPE.exec(attributes)?.[2] === 'e'
      if (!isError && (!FORMULA.test(inner) || VALUE.test(inner))) return cell
      const plain = attributes.replace(TYPE, '')
      const word = isError ? (/>([^<>]+)<\/(?:\w+:)?v>/.exec(inner)?.[1] ?? NOT_WORKED_OUT) : NOT_WORKED_OUT
      const prefix = tag.slice(0, -1)
      return `<${tag}${plain} t="str"><${prefix}v>${word}</${prefix}v></${tag}>`
    })
    if (told === sheet) continue
    files[name] = strToU8(told)
    changed = true
  }
  return changed ? zipSync(files, { level: 0 }) : bytes
}
