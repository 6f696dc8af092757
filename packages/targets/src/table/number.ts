/** How numbers are written: `vi` 1.000,44; `en` 1,000.44; `auto` either, refusing what could be both. */
export type NumberStyle = 'vi' | 'en' | 'auto'

export const NUMBER_STYLES: readonly NumberStyle[] = ['auto', 'vi', 'en']

const VI = /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/
const EN = /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/

/**
 * Reads a number as people write it.
 * @returns the number, or what is wrong with the text
 */
export function readNumber(text: string, style: NumberStyle): number | string {
  const compact = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/^−/, '-')
  const vi = VI.test(compact) ? Number(compact.replace(/\./g, '').replace(',', '.')) : null
  const en = EN.test(compact) ? Number(compact.replace(/,/g, '')) : null
  if (style === 'vi') return vi ?? notANumber(text, '1.000,44')
  if (style === 'en') return en ?? notANumber(text, '1,000.44')
  if (vi !== null && en !== null && vi !== en) {
    return `${JSON.stringify(text)} is ${vi} in Vietnamese and ${en} in English: say --numbers vi or --numbers en`
  }
  return vi ?? en ?? notANumber(text, '1.000,44 or 1,000.44')
}

const notANumber = (text: string, example: string) => `${JSON.stringify(text)} is no number: write ${example}`
