// What of the matrix is shown, in which order, and what stands in a cell.
import type { MatrixQuery as Answer } from '../generated/api.ts'
import { isOfPart } from './sections.ts'
import { SIGNS } from './status.tsx'

export type Indicator = NonNullable<Answer['directive']>['indicators'][number]
type Unit = NonNullable<Answer['units']>['nodes'][number]
export type Result = Unit['evaluation']['results'][number]
export interface Row extends Omit<Unit, 'evaluation'> {
  readonly cells: ReadonlyMap<string, Result>
}
export interface Grid {
  readonly rows: readonly Row[]
  readonly columns: readonly Indicator[]
}
export interface Chosen {
  readonly section: string | null
  /** Columns: with a target for somebody (by default), with a figure, all. */
  readonly columns: 'some' | 'figures' | 'all'
  /** By name, by targets met, or by the id of a column. */
  readonly sort: string
  readonly language: string
}

const PACES = { AHEAD: '▲', ON_TRACK: '●', BEHIND: '▼' } as const

/** The sign of a cell, read without colour too. */
export const signOf = (result: Result | undefined): string => {
  if (!result) return SIGNS.NOT_APPLICABLE
  return result.status === 'IN_PROGRESS' && result.pace ? PACES[result.pace] : SIGNS[result.status]
}

/** How far it is, where that says something: what is missed at a hundred percent had to be exceeded. */
export function doneOf(result: Result | undefined, percent: (share: number) => string): string {
  if (!result || result.completion === null || result.status === 'MET' || result.status === 'NO_DATA') return ''
  return result.status === 'NOT_MET' && result.completion >= 0.9999 ? '' : percent(result.completion)
}

/** A cell as text; * marks what is invented. */
export const textOf = (result: Result | undefined, percent: (share: number) => string): string =>
  `${signOf(result)}${doneOf(result, percent)}${result?.measurement?.synthetic ? '*' : ''}`

export function gridOf(
  { units, directive }: { units: NonNullable<Answer['units']>; directive: NonNullable<Answer['directive']> },
  chosen: Chosen,
): Grid {
  const rows = units.nodes.map(
    ({ evaluation, ...unit }): Row => ({
      ...unit,
      cells: new Map(evaluation.results.map((result) => [result.indicator.id, result])),
    }),
  )
  const columns = directive.indicators.filter(({ id, section }) => {
    if (chosen.section && !isOfPart(section, chosen.section)) return false
    if (chosen.columns === 'all') return true
    return rows.some(({ cells }) =>
      chosen.columns === 'figures' ? (cells.get(id)?.measurement ?? null) !== null : cells.has(id),
    )
  })
  return { rows: [...rows].sort(orderOf(chosen)), columns }
}

function orderOf({ sort, language }: Chosen): (a: Row, b: Row) => number {
  const byName = (a: Row, b: Row) => a.name.localeCompare(b.name, language)
  if (sort === '')
    return (a, b) => (a.cluster?.name ?? '').localeCompare(b.cluster?.name ?? '', language) || byName(a, b)
  // With a minus before it: the last one first.
  const [by, isRising] = sort.startsWith('-') ? [sort.slice(1), true] : [sort, false]
  const worth = ({ cells }: Row): number => {
    if (by === 'met') return [...cells.values()].filter(({ status }) => status === 'MET').length
    const cell = cells.get(by)
    const known = cell?.completion ?? { MET: 1, NOT_MET: 0 }[cell?.status as string]
    // Who has no figure stands below the others, whichever way.
    return known ?? (isRising ? Number.MAX_VALUE : -1)
  }
  return (a, b) => (isRising ? worth(a) - worth(b) : worth(b) - worth(a)) || byName(a, b)
}

/** Neighbours of one section. */
export function sectionsOf(
  columns: readonly Indicator[],
): readonly { readonly name: string; readonly columns: readonly Indicator[] }[] {
  const groups: { name: string; columns: Indicator[] }[] = []
  for (const column of columns) {
    const last = groups.at(-1)
    if (last?.name === column.section) last.columns.push(column)
    else groups.push({ name: column.section, columns: [column] })
  }
  return groups
}

export const isAnyInvented = ({ rows }: Grid) =>
  rows.some(({ cells }) => [...cells.values()].some(({ measurement }) => measurement?.synthetic))
