import { daysIn } from '../dates.ts'
import { compareDecimal } from '../decimal.ts'
import { betterOf } from '../directive/derive.ts'
import type { Better, Directive, Indicator, Target } from '../directive/types.ts'
import { boundsOf, toExceeding, toInterval } from './interval.ts'

/** Where a target comes from that the unit has not itself: the directive's change from its own value, or its level. */
export type Inherited = 'change' | 'level'

/** What is final before the figure is: a floor that a flow has reached, a top that it has broken, or nothing. */
export const AtOnce = { NOTHING: 0, REACHED: 1, BROKEN: 2 } as const
export type AtOnce = (typeof AtOnce)[keyof typeof AtOnce]

/** What the elapsed year is held against: value ÷ target, the used share of a ceiling, the way from the baseline. */
export const PacedBy = { NOTHING: 0, SHARE: 1, CEILING: 2, WAY: 3 } as const
export type PacedBy = (typeof PacedBy)[keyof typeof PacedBy]

/** What one indicator is judged by, for one unit on one date. */
export interface Judged {
  /** The indicator's. */
  readonly id: string
  readonly directive: Directive
  readonly indicator: Indicator
  /** Null where there is no target for this unit. A projection's is shown but not judged. */
  readonly target: Target | null
  readonly inherited: Inherited | null
  readonly applicable: boolean
  readonly milestone: boolean
  readonly flow: boolean
  readonly better: Better
  /** The same as a number: 1 where more is better, −1 where less is, 0 near. */
  readonly sign: number
  /** What completion and margin are measured from: a range's low bound, or its high one where less is better. */
  readonly goal: number
  /** The ends of what is named; equal but for a range and "about". */
  readonly low: number
  readonly high: number
  /** A value that satisfies the target lies within `lo` and `hi`; one outside `notAbove` and `notBelow` exceeds it. */
  readonly lo: number
  readonly hi: number
  readonly notAbove: number
  readonly notBelow: number
  /** The known value of the year before, where it is worse than the target; else NaN: there is no way from it. */
  readonly start: number
  readonly atOnce: AtOnce
  readonly pacedBy: PacedBy
  /** Midnight UTC of the first day whose figure is final. */
  readonly closing: number
  /** Midnight UTC of 1 January, and the days of that year. */
  readonly begins: number
  readonly days: number
  /** The same by each of the directive's further targets, in their order. */
  readonly further: readonly Judged[]
}

export interface Basis {
  readonly directive: Directive
  readonly indicator: Indicator
  readonly target: Target | null
  readonly inherited: Inherited | null
  readonly baseline: number | undefined
  readonly further?: readonly Judged[] | undefined
}

export function judgedBy({ directive, indicator, target, inherited, baseline, further = [] }: Basis): Judged {
  const { measure, role, closesOn = '12-31' } = indicator
  const flow = measure === 'flow'
  const better = target ? betterOf(target, indicator.better) : indicator.better
  const { low, high } = target ? boundsOf(target) : NOWHERE
  const goal = target?.comparator === '~' ? target.value : better === 'less' ? high : low
  const start =
    indicator.growth || baseline === undefined || !worse(baseline, low, high, better) ? Number.NaN : baseline
  return {
    id: indicator.id,
    directive,
    indicator,
    target,
    inherited,
    applicable: target !== null && role === 'target',
    milestone: measure === 'milestone',
    flow,
    better,
    sign: better === 'near' ? 0 : better === 'less' ? -1 : 1,
    goal,
    low,
    high,
    ...(target ? toInterval(target, better) : { lo: 1, hi: -1 }),
    ...(target ? toExceeding(target, better) : { notAbove: Infinity, notBelow: -Infinity }),
    start,
    // A floor that is not positive says that the flow may fall as well as grow.
    atOnce: !flow ? AtOnce.NOTHING : better !== 'more' ? AtOnce.BROKEN : goal > 0 ? AtOnce.REACHED : AtOnce.NOTHING,
    pacedBy: flow ? FLOWS[better] : Number.isNaN(start) ? PacedBy.NOTHING : PacedBy.WAY,
    closing: Date.parse(`${directive.year}-${closesOn}`),
    begins: Date.UTC(directive.year, 0, 1),
    days: daysIn(directive.year),
    further,
  }
}

const NOWHERE = { low: Number.NaN, high: Number.NaN }
const FLOWS = { more: PacedBy.SHARE, less: PacedBy.CEILING, near: PacedBy.NOTHING } as const

function worse(baseline: number, low: number, high: number, better: Better): boolean {
  const below = compareDecimal(baseline, low) < 0
  const above = compareDecimal(baseline, high) > 0
  return better === 'more' ? below : better === 'less' ? above : below || above
}
