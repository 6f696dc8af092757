// What the address holds: language, dates, and what a view has chosen. An address brings a view back.
import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { type Language, textIn } from './text.ts'

export interface Settings {
  readonly language: Language
  readonly locale: 'VI' | 'EN'
  /** ISO date. */
  readonly asOf: string
  readonly since: string
  readonly get: (name: string) => string | null
  /** Changes parts of the address; null removes. */
  readonly set: (changes: Readonly<Record<string, string | null>>) => void
  /** An address of another view that keeps language and dates. */
  readonly to: (path: string) => string
  readonly t: ReturnType<typeof textIn>
  readonly number: (value: number | null | undefined, digits?: number) => string
  readonly percent: (value: number | null | undefined) => string
  readonly date: (iso: string) => string
}

const KEPT = ['lang', 'asOf', 'since']
export const YEAR_END = '2022-12-31'

export function useSettings(): Settings {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const set = useCallback(
    (changes: Readonly<Record<string, string | null>>) => {
      const next = new URLSearchParams(search)
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
      }
      const text = next.toString()
      navigate(text ? `${path}?${text}` : path, { replace: true })
    },
    [search, path, navigate],
  )
  return useMemo(() => {
    const given = new URLSearchParams(search)
    const language: Language = given.get('lang') === 'en' ? 'en' : 'vi'
    const tag = language === 'vi' ? 'vi-VN' : 'en-GB'
    const asOf = given.get('asOf') ?? YEAR_END
    return {
      language,
      locale: language === 'vi' ? 'VI' : 'EN',
      asOf,
      since: given.get('since') ?? quarterBefore(asOf),
      get: (name) => given.get(name),
      set,
      to(to) {
        const kept = new URLSearchParams()
        for (const name of KEPT) if (given.has(name)) kept.set(name, given.get(name) as string)
        const text = kept.toString()
        return text ? `${to}?${text}` : to
      },
      t: textIn(language),
      number: (value, digits = 2) =>
        value === null || value === undefined
          ? '–'
          : new Intl.NumberFormat(tag, { maximumFractionDigits: digits }).format(value),
      percent: (value) =>
        value === null || value === undefined
          ? '–'
          : new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(shareShown(value)),
      date: (iso) => iso.split('-').reverse().join('/'),
    }
  }, [search, set])
}

/** In whole percents; what is not all never shows as 100%. */
function shareShown(value: number): number {
  const rounded = Math.round(value * 100) / 100
  return value < 1 && rounded >= 1 ? Math.min(Math.floor(value * 1000) / 1000, 0.999) : rounded
}

/** The end of the quarter before a date: the review that came before. */
function quarterBefore(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`)
  const quarter = Math.floor(date.getUTCMonth() / 3)
  return new Date(Date.UTC(date.getUTCFullYear(), quarter * 3, 0)).toISOString().slice(0, 10)
}
