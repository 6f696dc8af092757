import { parseDate } from '../dates.ts'
import type { Directive, Indicator, NumericComparator, Target, UnitLevel } from '../directive/types.ts'
import { TargetsError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { toExceeding, toInterval } from './interval.ts'

/** A unit's own target: a number in the indicator's unit (compared as the directive does), or in full. */
export type OwnTarget =
  | number
  | true
  | {
      readonly comparator?: NumericComparator
      readonly value: number
      /** The unit's own value of the year before; without it the way to the target is not known. */
      readonly baseline?: number
    }
  | { readonly comparator: 'maintained'; readonly value: true }

export interface PlanOptions<Id extends string = string, Milestone extends string = string> {
  /** Default: `directive2022`. */
  readonly directive?: Directive<Id, Milestone>
  /**
   * ISO date of the question. Absent, or the last day of the directive's year or later: the year is over.
   * Targets amended during the year are those in force on this date.
   */
  readonly asOf?: string | undefined
  /** The unit's own targets, in place of the directive's. */
  readonly targets?: { readonly [K in Id]?: OwnTarget | undefined } | undefined
  /**
   * Who is judged (default: the province). Below it, a total has no target unless the unit has its own, and
   * rates fall back to the directive's target at the levels where they are measured.
   */
  readonly unitLevel?: UnitLevel | Uppercase<UnitLevel> | undefined
}

/** What one indicator is judged by, for one unit on one date. */
export interface Judged {
  /** The indicator's. */
  readonly id: string
  readonly directive: Directive
  readonly indicator: Indicator
  /** Null where there is no target for this unit. A projection's is shown but not judged. */
  readonly target: Target | null
  /** The directive's rate, applied to a unit that has no target of its own. */
  readonly inherited: boolean
  readonly applicable: boolean
  readonly milestone: boolean
  /** The target's number; NaN where there is none. */
  readonly goal: number
  /** A value that meets the target lies within `lo` and `hi`; one outside `notAbove` and `notBelow` exceeds it. */
  readonly lo: number
  readonly hi: number
  readonly notAbove: number
  readonly notBelow: number
  readonly lessIsBetter: boolean
  readonly baseline: number | undefined
  /** Whether completion can be held against the elapsed share of the year. */
  readonly paced: boolean
}

export interface Plan {
  readonly directive: Directive
  readonly columns: readonly Judged[]
  readonly index: ReadonlyMap<string, number>
  /** Midnight UTC of `asOf`, or null where the year is over. */
  readonly time: number | null
}

const LEVELS: readonly UnitLevel[] = ['province', 'district', 'commune', 'department', 'organisation']
const COMPARATORS: readonly string[] = ['>=', '>', '<=', '<', '=', '~']

/** The plans without own targets, by directive, level and amendments in force. */
const cache = new WeakMap<Directive, Map<string, readonly Judged[]>>()
const indexes = new WeakMap<Directive, ReadonlyMap<string, number>>()

/** The column of each indicator, in the order of the directive. */
export function indexOf(directive: Directive): ReadonlyMap<string, number> {
  let index = indexes.get(directive)
  if (!index) {
    index = new Map(directive.indicators.map(({ id }, i) => [id, i]))
    indexes.set(directive, index)
  }
  return index
}

/**
 * Settles what each indicator is judged by.
 * @throws {TargetsError} `BAD_DATE`, `BAD_OPTION`, `UNKNOWN_INDICATOR`, `WRONG_TYPE` or `NOT_FINITE`
 */
export function planFor(directive: Directive, options: PlanOptions): Plan {
  const level = levelOf(options.unitLevel)
  const { year } = directive
  let time: number | null = null
  if (options.asOf !== undefined) {
    time = parseDate(options.asOf)
    if (time < Date.UTC(year, 0, 1)) {
      throw new TargetsError(
        'BAD_DATE',
        `asOf ${options.asOf} lies before ${year}, the year of ${directive.id}`,
        'asOf',
      )
    }
    if (time >= Date.UTC(year, 11, 31)) time = null
  }
  const index = indexOf(directive)
  const shared = sharedColumns(directive, level, options.asOf)
  if (options.targets === undefined) return { directive, columns: shared, index, time }

  const columns = [...shared]
  for (const [id, own] of Object.entries<OwnTarget | undefined>(options.targets)) {
    if (own === undefined || own === null) continue
    const i = index.get(id)
    if (i === undefined) throw unknownIndicator(id, index.keys(), 'targets')
    columns[i] = judgedByOwn(shared[i] as Judged, amendedTarget(directive, id, i, options.asOf), own)
  }
  return { directive, columns, index, time }
}

function levelOf(level: PlanOptions['unitLevel']): UnitLevel {
  const wanted = level?.toLowerCase() as UnitLevel | undefined
  if (wanted !== undefined && !LEVELS.includes(wanted)) {
    throw new TargetsError(
      'BAD_OPTION',
      `unitLevel ${JSON.stringify(level)} is none of ${LEVELS.join(', ')}`,
      'unitLevel',
    )
  }
  return wanted ?? 'province'
}

function sharedColumns(directive: Directive, level: UnitLevel, asOf: string | undefined): readonly Judged[] {
  const inForce = asOf === undefined ? directive.amendments.length : amendmentsBy(directive, asOf).length
  const key = `${level} ${inForce}`
  let byKey = cache.get(directive)
  if (!byKey) {
    byKey = new Map()
    cache.set(directive, byKey)
  }
  let columns = byKey.get(key)
  if (!columns) {
    columns = directive.indicators.map((indicator, i) => {
      const target = amendedTarget(directive, indicator.id, i, asOf)
      if (level === 'province') return judged(directive, indicator, target, false, indicator.baseline)
      const falls = indicator.extent === 'intensive' && indicator.levels.includes(level)
      // The baseline is the province's, so it says nothing about the way that a lower unit has gone.
      return judged(directive, indicator, falls ? target : null, falls, undefined)
    })
    byKey.set(key, columns)
  }
  return columns
}

const amendmentsBy = (directive: Directive, asOf: string) => directive.amendments.filter(({ from }) => from <= asOf)

function amendedTarget(directive: Directive, id: string, i: number, asOf: string | undefined): Target {
  const amendments = asOf === undefined ? directive.amendments : amendmentsBy(directive, asOf)
  const last = amendments.findLast((amendment) => amendment.targets[id] !== undefined)
  return last?.targets[id] ?? (directive.indicators[i] as Indicator).target
}

function judgedByOwn({ directive, indicator }: Judged, standard: Target, own: OwnTarget): Judged {
  const { id } = indicator
  const milestone = standard.comparator === 'maintained'
  const full = typeof own === 'object' ? own : { value: own }
  if (typeof full.value !== (milestone ? 'boolean' : 'number')) {
    throw new TargetsError(
      'WRONG_TYPE',
      `targets: "${id}" takes ${milestone ? 'true' : 'a number'}, not ${JSON.stringify(full.value)}`,
      id,
    )
  }
  if (milestone || typeof full.value === 'boolean') return judged(directive, indicator, standard, false, undefined)
  const comparator = ('comparator' in full ? full.comparator : undefined) ?? standard.comparator
  const baseline = 'baseline' in full ? full.baseline : undefined
  if (!COMPARATORS.includes(comparator)) {
    throw new TargetsError(
      'BAD_OPTION',
      `targets: comparator ${JSON.stringify(comparator)} of "${id}" is none of ${COMPARATORS.join(', ')}`,
      id,
    )
  }
  for (const number of [full.value, baseline]) {
    if (number !== undefined && !Number.isFinite(number)) {
      throw new TargetsError('NOT_FINITE', `targets: "${id}" takes a finite number, not ${String(number)}`, id)
    }
  }
  return judged(
    directive,
    indicator,
    { comparator: comparator as NumericComparator, value: full.value },
    false,
    baseline,
  )
}

function judged(
  directive: Directive,
  indicator: Indicator,
  target: Target | null,
  inherited: boolean,
  baseline: number | undefined,
): Judged {
  const comparator = target?.comparator
  const { lo, hi } = target ? toInterval(target) : { lo: 1, hi: -1 }
  const { notAbove, notBelow } = target ? toExceeding(target) : { notAbove: Infinity, notBelow: -Infinity }
  return {
    id: indicator.id,
    directive,
    indicator,
    target,
    inherited,
    applicable: target !== null && indicator.role === 'target',
    milestone: indicator.measure === 'milestone',
    goal: typeof target?.value === 'number' ? target.value : Number.NaN,
    lo,
    hi,
    notAbove,
    notBelow,
    lessIsBetter: comparator === '<=' || comparator === '<',
    baseline,
    paced:
      indicator.measure === 'flow' ||
      ((indicator.measure === 'level' || indicator.measure === 'rate') && baseline !== undefined),
  }
}

/** The error for an id that the directive does not have, with the nearest that it has. */
export function unknownIndicator(id: string, known: Iterable<string>, where: string): TargetsError {
  const near = nearest(id, known)
  return new TargetsError(
    'UNKNOWN_INDICATOR',
    `${where}: no indicator ${JSON.stringify(id)}${near ? `; did you mean "${near}"?` : ''}`,
    id,
    near,
  )
}
