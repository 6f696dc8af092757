import { checkText, show, type Text, wrongType } from '../errors.ts'

/** How numbers are written: `vi` 1.000,44; `en` 1,000.44; `auto` either, refusing what could be both. */
export type NumberStyle = 'vi' | 'en' | 'auto'

export const NUMBER_STYLES: readonly NumberStyle[] = /*#__PURE__*/ Object.freeze(['auto', 'vi', 'en'] as const)

const VI = /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/
const EN = /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/

/**
 * Reads a number as people write it.
 * @returns the number, or what is wrong with the text
 * @throws {TargetsError} `WRONG_TYPE` where it is no text, or no such style
 */
export function readNumber(text: string, style: NumberStyle): number | Text {
  checkText('text', text)
  if (!NUMBER_STYLES.includes(style)) {
    throw wrongType('style', `một trong ${NUMBER_STYLES.join(', ')}`, `one of ${NUMBER_STYLES.join(', ')}`, style)
  }
  // Blanks part thousands, and nothing else: "1.000 44" is a slip.
  const isApart = /\d\s+\d/.test(text) && !/^[+\-−]?\s*\d{1,3}(\s\d{3})+([.,]\d+)?$/.test(text.trim())
  const compact = isApart ? '' : text.replace(/\s/g, '').replace(/^−/, '-')
  const vi = VI.test(compact) ? Number(compact.replace(/\./g, '').replace(',', '.')) : null
  const en = EN.test(compact) ? Number(compact.replace(/,/g, '')) : null
  if (style === 'vi') return vi ?? notANumber(text, '1.000,44')
  if (style === 'en') return en ?? notANumber(text, '1,000.44')
  if (vi !== null && en !== null && vi !== en) {
    return {
      vi: `${show(text)} là ${vi} theo cách viết tiếng Việt và ${en} theo tiếng Anh: chọn --numbers vi hoặc --numbers en`,
      en: `${show(text)} is ${vi} in Vietnamese and ${en} in English: say --numbers vi or --numbers en`,
    }
  }
  return vi ?? en ?? notANumber(text, '1.000,44 or 1,000.44', '1.000,44 hoặc 1,000.44')
}

const notANumber = (text: string, example: string, viExample = example): Text => ({
  vi: `${show(text)} không phải là số: viết ${viExample}`,
  en: `${show(text)} is no number: write ${example}`,
})
