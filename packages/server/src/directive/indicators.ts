// Indicators as a client names them; a name that leads nowhere is an error that says which, and the nearest right one.
import { type Directive, type Indicator, nearest } from '@dienbien/targets'
import { inputError, quoted, suggesting } from '../errors/input-error.ts'
import type { DirectiveVersion } from '../figures/directives.ts'
import { directiveOf, publishedDirectives } from '../figures/years.ts'
import { searchKey } from '../search-key.ts'

/** The nearest id; where a part of one or of a name was given, the id of the first that has it, by its id before its names. */
function indicatorLike(text: string, indicators: readonly Indicator[]): string | undefined {
  const near = nearest(
    text,
    indicators.map(({ id }) => id),
  )
  const key = searchKey(text)
  if (near !== undefined || key.length < 3) return near
  const has = (text: string) => searchKey(text).includes(key)
  const found = indicators.find(({ id }) => has(id)) ?? indicators.find(({ name }) => has(name.vi) || has(name.en))
  return found?.id
}

/**
 * @param id its own, or its global id
 * @param directive what the indicator is by this one; by default by the newest that has it
 * @throws `UNKNOWN_INDICATOR`, with the nearest id
 */
export function findIndicator(id: string, argument: string, directive?: Directive): Indicator {
  const published = publishedDirectives()
  const indicator = directive ? indicatorOf(directive, id.split(':').at(-1) as string) : indicatorOfKey(id)
  if (indicator) return indicator
  const near = indicatorLike(id, [...(directive?.indicators ?? published.indicators)])
  // Of one that another directive has it says which one does not.
  const of =
    directive && indicatorOfKey(id)
      ? { vi: ` trong chỉ thị ${directive.id}`, en: ` in directive ${directive.id}` }
      : { vi: '', en: '' }
  throw inputError(
    'UNKNOWN_INDICATOR',
    suggesting(
      {
        vi: `không có chỉ tiêu ${quoted(id)}${of.vi}`,
        en: `no indicator ${quoted(id)}${of.en}`,
      },
      near,
    ),
    {
      argument,
      value: id,
      nearest: near,
    },
  )
}

/** The ids of the indicators that a list names; null where nobody gave one. @throws `UNKNOWN_INDICATOR` */
export const wantedIds = (
  ids: readonly string[] | null | undefined,
  argument = 'indicators',
): ReadonlySet<string> | null => (ids ? new Set(ids.map((id, i) => findIndicator(id, `${argument}[${i}]`).id)) : null)

const byId = new WeakMap<Directive, ReadonlyMap<string, Indicator>>()

/** Looked up for every result of every unit, so gathered once. */
function indicatorOf(directive: Directive, id: string): Indicator | undefined {
  let indicators = byId.get(directive)
  if (!indicators) {
    indicators = new Map(directive.indicators.map((indicator) => [indicator.id, indicator]))
    byId.set(directive, indicators)
  }
  return indicators.get(id)
}

/** What a stored indicator was by the directive that judged it; by the newest that has it where that one does not. */
export const judgedIndicator = (id: string, directive: Directive): Indicator =>
  indicatorOf(directive, id) ?? findIndicator(id, 'indicator')

/** What a stored indicator was in a year. */
export const indicatorInYear = (id: string, year: number): Indicator =>
  publishedDirectives().indicatorIn(id, year) ?? findIndicator(id, 'indicator')

/** The directive of a year that says what an indicator is: that for everyone or, where only another one has it, that. */
export function directiveWith(id: string, year: number): Directive {
  const main = directiveOf(year)
  if (indicatorOf(main, id)) return main
  const others = publishedDirectives()
    .inForce()
    .map(({ directive }) => directive)
  return others.find((other) => other.year === year && indicatorOf(other, id)) ?? main
}

/** Whether an indicator stands in a section, or nobody asked for one. @throws `UNKNOWN_SECTION` where none does */
export function inSection(
  section: string | null | undefined,
  argument: string,
  indicators: Iterable<Indicator> = publishedDirectives().indicators,
): (indicator: Indicator) => boolean {
  if (section === null || section === undefined) return () => true
  const sections = [
    ...new Set([...indicators].flatMap((indicator) => [indicator.section, ...(indicator.alsoIn ?? [])])),
  ].sort()
  if (!sections.includes(section)) {
    const list = sections.join(', ')
    const text = {
      vi: `không có chỉ tiêu nào ở mục ${quoted(section)}, chỉ có ở các mục ${list}`,
      en: `no indicator stands in section ${quoted(section)}, only in ${list}`,
    }
    throw inputError('UNKNOWN_SECTION', text, { argument, value: section, nearest: nearest(section, sections) })
  }
  return (indicator) => indicator.section === section || (indicator.alsoIn?.includes(section) ?? false)
}

/** What is wrong or unclear in print about an indicator, with the directive that it stands in. */
export const errataOf = (directive: Directive | undefined, id: string) =>
  directive
    ? directive.errata.filter(({ indicators }) => indicators.includes(id)).map((erratum) => ({ ...erratum, directive }))
    : []

const copies = new WeakMap<Indicator, Indicator>()

/** A copy, which can be marked as what it is: the directive's own is frozen. */
export function markable(indicator: Indicator): Indicator {
  const copy = { ...indicator }
  copies.set(copy, indicator)
  return copy
}

/** The version of a directive that says what an indicator is. */
export const versionOf = (indicator: Indicator): DirectiveVersion | undefined =>
  publishedDirectives().versionWith(copies.get(indicator) ?? indicator)

/**
 * An indicator's global id: its own where the newest directive that has it says what it is, so that the same id is the same thing in
 * every cache; with the version where an earlier directive says something else of it: "2022-1:grdp-growth".
 */
export function indicatorKey(known: Indicator): string {
  const published = publishedDirectives()
  const indicator = copies.get(known) ?? known
  if (published.indicator(indicator.id) === indicator) return indicator.id
  const version = versionOf(indicator)
  return version ? `${version.id}:${indicator.id}` : indicator.id
}

/** What {@link indicatorKey} is the key of; undefined for anything else. */
export function indicatorOfKey(key: string): Indicator | undefined {
  const published = publishedDirectives()
  const [version, id] = key.split(':')
  if (id === undefined) return published.indicator(key)
  const directive = published.version(version as string)?.directive
  return directive && indicatorOf(directive, id)
}
