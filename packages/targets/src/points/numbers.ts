import { tidy } from '../decimal.ts'
import { wrongType } from '../errors.ts'

/** As Vietnamese offices print it: 1.000,5. */
export function formatNumber(value: number): string {
  if (typeof value !== 'number') throw wrongType('value', 'một số', 'a number', value)
  const [whole = '', part] = String(Math.abs(value)).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.')
  return `${value < 0 ? '-' : ''}${grouped}${part === undefined ? '' : `,${part}`}`
}

/** A share as a percentage: 0.125 is 12,5%. */
export const formatPercent = (share: number): string => `${formatNumber(tidy(share * 100))}%`
