// What an indicator of a unit came to in a year: where it did not stand yet, by those whose place it took.
import type { Indicator, Text } from '@dienbien/targets'
import { combined, figureOf, type Part, type PartsOn, partOf } from './parts.ts'
import type { Registry, Succession } from './registry.ts'

/** What a unit's year comes to. */
export interface UnitYear {
  readonly year: number
  /** Null where it has none, or none is known. */
  readonly value: number | null
  /** The day that it stands for. */
  readonly asOf: string | null
  /** The identities of the units whose figures it is made of: its own, or its predecessors'. */
  readonly of: readonly string[]
  /** Some of their figures were invented. */
  readonly synthetic: boolean
  /** Why there is none though there were predecessors: the series breaks. */
  readonly reason: Text | null
}

/** Who followed whom, by identities. */
export interface Line {
  predecessorsOf(id: string): readonly Succession[]
  successorsOf(id: string): readonly Succession[]
}

/** What is known of a year. */
export interface PastYear {
  readonly year: number
  readonly line: Line
  /** A unit with its figures at the end of the year, or on another day of it. */
  part(id: string): Part
  name(id: string): string
}

const NO_LINE: Line = { predecessorsOf: () => [], successorsOf: () => [] }

/**
 * A year as its units and their figures tell it.
 * @param day its last day, or another one
 */
export function pastYear(year: number, day: PartsOn & { readonly registry: Registry }): PastYear {
  const { registry } = day
  return {
    year,
    line: registry.history ?? NO_LINE,
    part: (id) => partOf({ id, level: registry.levelOf(id) }, day),
    name: (id) => registry.keptUnit(id)?.name ?? id,
  }
}

const NO_WEIGHTS: Text = {
  vi: 'Chuỗi số liệu bị ngắt: không rõ mẫu số của tỷ lệ ở các đơn vị trước đây.',
  en: 'The series breaks: the denominators of the rate in the units before are not known.',
}
const MILESTONE: Text = {
  vi: 'Chuỗi số liệu bị ngắt: chỉ tiêu duy trì của các đơn vị trước đây không cộng được.',
  en: 'The series breaks: what the units before maintained adds up to nothing.',
}
const DIVIDED: Text = {
  vi: 'Chuỗi số liệu bị ngắt: đơn vị trước đây bị chia tách, không rõ phần nào thuộc đơn vị này.',
  en: 'The series breaks: a unit before was divided, and what part of its figure belongs here is not known.',
}
const OTHER_DAYS: Text = {
  vi: 'Chuỗi số liệu bị ngắt: số liệu của các đơn vị trước đây không cùng một ngày.',
  en: 'The series breaks: the figures of the units before are not of one day.',
}
const missing = (names: readonly string[]): Text => ({
  vi: `Chuỗi số liệu bị ngắt: chưa có số liệu của ${names.join(', ')}.`,
  en: `The series breaks: there is no figure of ${names.join(', ')}.`,
})

const since = (year: number, successions: readonly Succession[]): Succession[] =>
  successions.filter(({ on }) => Number(on.slice(0, 4)) >= year)

/** Whose place a unit took in a year or later: what their figures of that year come to is its past. */
const followedSince = (id: string, year: number, line: Line): Succession[] => since(year, line.predecessorsOf(id))

/** Whether figures of others may stand for those that a unit has not of a year. */
export const hasPredecessors = (id: string, year: number, line: Line | null): boolean =>
  line !== null && followedSince(id, year, line).length > 0

/** A unit and all those whose figures of a year may be its past. */
export function lineOf(id: string, year: number, line: Line): string[] {
  const seen = new Set([id])
  // A set goes on with what is added to it meanwhile.
  for (const unit of seen) for (const { predecessorId } of followedSince(unit, year, line)) seen.add(predecessorId)
  return [...seen]
}

/**
 * The unit, or all those in whose place it stands, of which none is there in the year without a figure or predecessors.
 * @param seen takes all that were asked
 */
function partsOf(id: string, indicator: string, past: PastYear, seen: Set<string>): DatedPart[] {
  seen.add(id)
  const part = past.part(id)
  const asOf = figureOf(part.figures, indicator)?.asOf ?? null
  const before = followedSince(id, past.year, past.line)
  if (asOf !== null || before.length === 0) return [{ id, part, asOf }]
  return before.flatMap(({ predecessorId }) =>
    seen.has(predecessorId) ? [] : partsOf(predecessorId, indicator, past, seen),
  )
}

interface DatedPart {
  readonly id: string
  readonly part: Part
  readonly asOf: string | null
}

const figureIn = ({ part }: DatedPart, { id }: Indicator): number | null => figureOf(part.figures, id)?.value ?? null

/** Whether all that a unit was went to some units: it was not divided, nor counted to two that are not both of these. */
const isWhole = (id: string, within: ReadonlySet<string>, { year, line }: PastYear): boolean =>
  since(year, line.successorsOf(id)).every(
    ({ successorId, kind }) => within.has(successorId) && (kind === 'merged' || kind === 'renamed'),
  )

/** A total is the sum of the predecessors' where each has one, a rate their mean where its denominators are known. */
export function unitYear(id: string, indicator: Indicator, past: PastYear): UnitYear {
  const { year } = past
  const seen = new Set<string>()
  const parts = partsOf(id, indicator.id, past, seen)
  const of = parts.map((part) => part.id)
  const [only] = parts
  const isInvented = parts.some(({ part }) => figureOf(part.figures, indicator.id)?.synthetic)
  if (parts.length === 1 && only?.id === id) {
    const own = only.asOf === null ? [] : of
    return { year, value: figureIn(only, indicator), asOf: only.asOf, of: own, synthetic: isInvented, reason: null }
  }
  const days = [...new Set(parts.flatMap(({ asOf }) => asOf ?? []))]
  const breaks = (reason: Text): UnitYear => ({ year, value: null, asOf: null, of, synthetic: false, reason })
  // Nobody has reported: that is no break of the series.
  if (days.length === 0) return { year, value: null, asOf: null, of: [], synthetic: false, reason: null }
  const silent = parts.filter(({ asOf }) => asOf === null)
  if (silent.length > 0) return breaks(missing(silent.map((part) => past.name(part.id))))
  if ([...seen].some((before) => before !== id && !isWhole(before, seen, past))) return breaks(DIVIDED)
  if (days.length > 1) return breaks(OTHER_DAYS)
  // Who took the place of one, whole, goes on from its figure, whatever that counts.
  const value =
    only && parts.length === 1
      ? figureIn(only, indicator)
      : combined(
          indicator,
          parts.map(({ part }) => part),
        )
  if (value === null) return breaks(indicator.measure === 'milestone' ? MILESTONE : NO_WEIGHTS)
  return { year, value, asOf: days[0] as string, of, synthetic: isInvented, reason: null }
}

/** A unit's figures of a year; of what it has none of itself, what its predecessors' come to. */
export function pastFigures(id: string, indicators: readonly Indicator[], past: PastYear): Part['figures'] {
  const reported = past.part(id).figures
  if (!hasPredecessors(id, past.year, past.line)) return reported
  const inherited = indicators.flatMap((indicator) => {
    if (figureOf(reported, indicator.id)) return []
    const { value, asOf } = unitYear(id, indicator, past)
    return value === null || asOf === null ? [] : [{ indicatorId: indicator.id, value, asOf }]
  })
  return [...reported, ...inherited]
}
