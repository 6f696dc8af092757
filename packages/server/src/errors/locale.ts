import type { Text } from '@dienbien/targets'

/** A language in which a {@link Text} is there. */
export type Locale = keyof Text

/** What is spoken to clients that say nothing: programs and curl. Browsers always say. */
export const DEFAULT_LOCALE: Locale = 'en'

/**
 * The language that a client wants, by its `Accept-Language`: the one of the greatest weight, the first of equal ones
 * (RFC 9110, section 12.5.4). `vi-VN` is Vietnamese; a language that nobody speaks here is passed over.
 */
export function localeOf(header: string | undefined): Locale {
  let best: Locale = DEFAULT_LOCALE
  let greatest = 0
  for (const range of (header ?? '').slice(0, 1000).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const [language] = tag.split('-')
    const weight = weightOf(parameters)
    if ((language === 'vi' || language === 'en') && weight > greatest) {
      best = language
      greatest = weight
    }
  }
  return best
}

/** 1 without a weight, 0 for one that is none. */
function weightOf(parameters: readonly string[]): number {
  const parameter = parameters.find((parameter) => parameter.startsWith('q='))
  if (parameter === undefined) return 1
  return /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(parameter) ? Number(parameter.slice(2)) : 0
}
