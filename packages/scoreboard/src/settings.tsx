// What the address holds: language, year, dates, and what a view has chosen. An address brings a view back.
import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { type Frame, useFrame, yearIn } from './frame.ts'
import { type Language, languageOf, textIn } from './text.ts'

export interface Settings {
  readonly language: Language
  readonly locale: 'VI' | 'EN'
  readonly year: number
  /** Whose pages these are; an empty code where nobody is set up. */
  readonly province: Frame['province']
  /** The level right below it. */
  readonly below: Frame['below']
  /** ISO date. */
  readonly asOf: string
  readonly since: string
  /** The last day for which there is a figure. */
  readonly newest: string
  /** What the address gives as a day and is none of this year. */
  readonly wrongDays: readonly string[]
  /** What the address gives as a year and is none. */
  readonly wrongYear: string | null
  readonly get: (name: string) => string | null
  /** Changes parts of the address; null removes. `opening` is undone by Back. */
  readonly set: (changes: Readonly<Record<string, string | null>>, opening?: boolean) => void
  /** Takes back what was opened with `opening`, or removes it where the address came with it. */
  readonly close: (name: string) => void
  /** An address of another view that keeps language, year and dates. */
  readonly to: (path: string, more?: Readonly<Record<string, string>>) => string
  readonly t: ReturnType<typeof textIn>
  readonly number: (value: number | null | undefined, digits?: number) => string
  /** A number with what it counts: per cent stand right behind it, words after a space. */
  readonly quantity: (value: number | null | undefined, unit: string) => string
  /** Points of a score: always with two decimals, so that they stand below each other. */
  readonly points: (value: number | null | undefined) => string
  readonly percent: (value: number | null | undefined) => string
  readonly date: (iso: string) => string
  /** A moment, with its minute, in the time of who looks. */
  readonly moment: (iso: string | Date) => string
}

const MINUTE = { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const
const KEPT = ['lang', 'nam', 'year', 'asOf', 'since']

/** Days at which a year is reviewed. */
export const periodsOf = (year: number): readonly string[] => [`${year}-06-30`, `${year}-09-30`, `${year}-12-31`]

export function useSettings(): Settings {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const frame = useFrame()
  const set = useCallback(
    (changes: Readonly<Record<string, string | null>>, opening = false) => {
      const next = new URLSearchParams(search)
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
      }
      const text = next.toString()
      navigate(text ? `${path}?${text}` : path, opening ? { state: { opened: true } } : { replace: true })
    },
    [search, path, navigate],
  )
  const close = useCallback(
    (name: string) => {
      if ((history.state as { opened?: boolean } | null)?.opened) history.back()
      else set({ [name]: null })
    },
    [set],
  )
  return useMemo(() => {
    const params = new URLSearchParams(search)
    const language = languageOf(search)
    const tag = language === 'vi' ? 'vi-VN' : 'en-GB'
    const year = frame?.year ?? yearIn(search) ?? new Date().getUTCFullYear()
    const newest = frame?.newest ?? `${year}-12-31`
    const day = (name: string, otherwise: string) => {
      const text = params.get(name)
      return text !== null && isDayOf(text, year) ? text : otherwise
    }
    const asOf = day('asOf', newest)
    const number: Settings['number'] = (value, digits = 2) =>
      value === null || value === undefined
        ? '–'
        : new Intl.NumberFormat(tag, { maximumFractionDigits: digits }).format(value)
    return {
      language,
      locale: language === 'vi' ? 'VI' : 'EN',
      year,
      province: frame?.province ?? { code: '', name: '' },
      below: frame?.below ?? 'DISTRICT',
      asOf,
      since: day('since', quarterBefore(asOf)),
      newest,
      wrongDays: ['asOf', 'since'].flatMap((name) => {
        const text = params.get(name)
        return text !== null && !isDayOf(text, year) ? [text] : []
      }),
      wrongYear: yearIn(search) === undefined ? (params.get('nam') ?? params.get('year')) : null,
      get: (name) => params.get(name),
      set,
      close,
      to(to, more = {}) {
        const kept = new URLSearchParams(more)
        for (const name of KEPT) if (params.has(name)) kept.set(name, params.get(name) as string)
        const text = kept.toString()
        return text ? `${to}?${text}` : to
      },
      t: textIn(language),
      number,
      quantity: (value, unit) => `${number(value)}${/^[%‰]/.test(unit) ? '' : ' '}${unit}`,
      points: (value) =>
        value === null || value === undefined
          ? '–'
          : new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value),
      percent: (value) =>
        value === null || value === undefined
          ? '–'
          : new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(shareShown(value)),
      moment: (iso) => new Date(iso).toLocaleString(tag, MINUTE),
      date: (iso) => iso.split('-').reverse().join('/'),
    }
  }, [search, set, close, frame])
}

/** A day that there is, in that year. */
function isDayOf(text: string, year: number): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && text.startsWith(String(year))
}

/** In whole percents; what is not all never shows as 100%. */
function shareShown(value: number): number {
  const rounded = Math.round(value * 100) / 100
  return value < 1 && rounded >= 1 ? Math.min(Math.floor(value * 1000) / 1000, 0.999) : rounded
}

/** The end of the quarter before a date, not before the year: the review that came before. */
function quarterBefore(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`)
  const quarter = Math.floor(date.getUTCMonth() / 3)
  const before = new Date(Date.UTC(date.getUTCFullYear(), quarter * 3, 0)).toISOString().slice(0, 10)
  return before < `${iso.slice(0, 4)}-01-01` ? `${iso.slice(0, 4)}-01-01` : before
}
