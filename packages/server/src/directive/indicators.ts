// Indicators as a client names them; a name that leads nowhere is an error that says which, and the nearest right one.
import { type Indicator, nearest } from '@dienbien/targets'
import { inputError, quoted, suggesting } from '../errors/input-error.ts'
import { newestDirective } from '../figures/years.ts'
import { searchKey } from '../search-key.ts'

const indicatorsById: ReadonlyMap<string, Indicator> = new Map(newestDirective.indicators.map((one) => [one.id, one]))

/** The nearest id; where a name or a part of an id was given, the id of the first that has it. */
function indicatorLike(text: string): string | undefined {
  const near = nearest(text, indicatorsById.keys())
  const key = searchKey(text)
  if (near !== undefined || key.length < 3) return near
  return newestDirective.indicators.find(({ id, name }) =>
    [id, name.vi, name.en].some((one) => searchKey(one).includes(key)),
  )?.id
}

export function findIndicator(id: string, argument: string): Indicator {
  const indicator = indicatorsById.get(id)
  if (indicator) return indicator
  const near = indicatorLike(id)
  throw inputError(
    'UNKNOWN_INDICATOR',
    suggesting(
      {
        vi: `không có chỉ tiêu ${quoted(id)}`,
        en: `no indicator ${quoted(id)}`,
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

const SECTIONS = [
  ...new Set(newestDirective.indicators.flatMap(({ section, alsoIn = [] }) => [section, ...alsoIn])),
].sort()

/** Whether an indicator stands in a section, or nobody asked for one. @throws `UNKNOWN_SECTION` where none does */
export function inSection(section: string | null | undefined, argument: string): (indicator: Indicator) => boolean {
  if (section === null || section === undefined) return () => true
  if (!SECTIONS.includes(section)) {
    const list = SECTIONS.join(', ')
    const text = {
      vi: `không có chỉ tiêu nào ở mục ${quoted(section)}, chỉ có ở các mục ${list}`,
      en: `no indicator stands in section ${quoted(section)}, only in ${list}`,
    }
    throw inputError('UNKNOWN_SECTION', text, { argument, value: section, nearest: nearest(section, SECTIONS) })
  }
  return (indicator) => indicator.section === section || (indicator.alsoIn?.includes(section) ?? false)
}

/** Whether it is the id of an indicator, which is its global id too. */
export const isIndicator = (id: string): boolean => indicatorsById.has(id)
