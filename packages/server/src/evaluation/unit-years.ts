// One indicator of a unit through the years: where it did not stand yet, of those whose place it took.
import type { Indicator, Text } from '@dienbien/targets'
import type { Succession } from '../figures/register.ts'
import { type Child, rollUp } from './roll-up.ts'

/** What a unit's year comes to. */
export interface UnitYear {
  readonly year: number
  /** Null where it has none, or none is known. */
  readonly value: number | null
  /** The day that it stands for. */
  readonly asOf: string | null
  /** The identities of the units whose figures it is made of: its own, or its predecessors'. */
  readonly of: readonly string[]
  /** Why there is none though there were predecessors: the series breaks. */
  readonly reason: Text | null
}

/** What is known of a year. */
export interface PastYear {
  readonly year: number
  /** A unit with its figures at the end of the year. */
  child(id: string): Child
  predecessors(id: string): readonly Succession[]
  name(id: string): string
}

const NO_WEIGHTS: Text = {
  vi: 'Chuỗi số liệu bị ngắt: không rõ mẫu số của tỷ lệ ở các đơn vị trước đây.',
  en: 'The series breaks: the denominators of the rate in the units before are not known.',
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

/** The unit, or all those in whose place it stands, of which none is there in the year without a figure or predecessors. */
function partsOf(id: string, indicator: string, past: PastYear, seen: Set<string>): Part[] {
  seen.add(id)
  const child = past.child(id)
  const figure = child.figures.find(({ indicatorId }) => indicatorId === indicator)
  const before = past
    .predecessors(id)
    .filter(({ on, predecessorId }) => Number(on.slice(0, 4)) >= past.year && !seen.has(predecessorId))
  if (figure || before.length === 0) return [{ id, child, asOf: figure?.asOf ?? null, divided: false }]
  const divided = before.some(({ kind }) => kind === 'split' || kind === 'moved')
  return before.flatMap(({ predecessorId }) =>
    partsOf(predecessorId, indicator, past, seen).map((part) => ({ ...part, divided: part.divided || divided })),
  )
}

interface Part {
  readonly id: string
  readonly child: Child
  readonly asOf: string | null
  /** It went to more units than one. */
  readonly divided: boolean
}

/** A total is the sum of the predecessors' where each has one, a rate their mean where its denominators are known. */
export function unitYear(id: string, indicator: Indicator, past: PastYear): UnitYear {
  const { year } = past
  const parts = partsOf(id, indicator.id, past, new Set())
  const days = [...new Set(parts.flatMap(({ asOf }) => asOf ?? []))]
  const of = parts.map((part) => part.id)
  const [only] = parts
  if (parts.length === 1 && only?.id === id) {
    const figure = only.child.figures.find(({ indicatorId }) => indicatorId === indicator.id)
    return { year, value: figure?.value ?? null, asOf: only.asOf, of: figure ? of : [], reason: null }
  }
  const breaks = (reason: Text): UnitYear => ({ year, value: null, asOf: null, of, reason })
  // Nobody has reported: that is no break of the series.
  if (days.length === 0) return { year, value: null, asOf: null, of: [], reason: null }
  const silent = parts.filter(({ asOf }) => asOf === null)
  if (silent.length > 0) return breaks(missing(silent.map((part) => past.name(part.id))))
  if (parts.some(({ divided }) => divided)) return breaks(DIVIDED)
  if (days.length > 1) return breaks(OTHER_DAYS)
  const { children: value } = rollUp(
    indicator,
    [],
    parts.map(({ child }) => child),
  )
  return value === null ? breaks(NO_WEIGHTS) : { year, value, asOf: days[0] as string, of, reason: null }
}
