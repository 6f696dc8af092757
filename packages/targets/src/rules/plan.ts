import { isoDate, lastDay, parseDate } from '../dates.ts'
import { tidy } from '../decimal.ts'
import { checkedDirective } from '../directive/derive.ts'
import { type Directive, type Indicator, LEVELS, type Target, type UnitLevel } from '../directive/types.ts'
import { wrongType } from '../errors.ts'
import { type Judged, judgedBy } from './judged.ts'
import { checkNumber, checkOneOf, checkOptions, entriesOf, unknownIndicator } from './options.ts'
import { type OwnTarget, ownTarget } from './own-target.ts'

export interface PlanOptions<Id extends string = string, Milestone extends string = string> {
  /** What to judge by. */
  readonly directive?: Directive<Id, Milestone>
  /**
   * ISO date of the question. Absent, or the last day of the directive's year or later: the year is over.
   * The version of the directive that is in force on this date judges.
   */
  readonly asOf?: string | undefined
  /** The unit's own targets, in place of the directive's. */
  readonly targets?: { readonly [K in Id]?: OwnTarget | null | undefined } | undefined
  /** The unit's own values of the year before. They beat a target's own baseline, which beats the directive's. */
  readonly baselines?: { readonly [K in Exclude<Id, Milestone>]?: number | null | undefined } | undefined
  /**
   * Who is judged (default: the directive's level). At another level a total has no target unless the unit has its own,
   * and a rate inherits, where it is measured there: the directive's change from the unit's own baseline, else its level.
   */
  readonly unitLevel?: UnitLevel | Uppercase<UnitLevel> | undefined
}

export const PLAN_OPTIONS = ['directive', 'asOf', 'targets', 'baselines', 'unitLevel'] as const

export interface Plan {
  readonly directive: Directive
  readonly columns: readonly Judged[]
  readonly index: ReadonlyMap<string, number>
  readonly unitLevel: UnitLevel
  /** Midnight UTC of `asOf`, at most of the last day of the year. */
  readonly time: number
  /** The year is over. */
  readonly over: boolean
  /** ISO date of the question; null where the year is over. */
  readonly asOf: string | null
}

/** The columns without anything of a unit's own, by directive, level and amendments in force. */
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
 * The column of an indicator that an option, or the figures, name.
 * @throws {TargetsError} `UNKNOWN_INDICATOR`
 */
export function columnOf(index: ReadonlyMap<string, number>, id: string, where: string): number {
  const column = index.get(id)
  if (column === undefined) throw unknownIndicator(id, index.keys(), where)
  return column
}

/**
 * Settles what each indicator is judged by.
 * @throws {TargetsError} `BAD_DATE`, `BAD_OPTION`, `BAD_DIRECTIVE`, `UNKNOWN_INDICATOR`, `WRONG_TYPE` or `NOT_FINITE`
 */
export function planFor(options: PlanOptions, known: readonly string[] = PLAN_OPTIONS): Plan {
  checkOptions(options, known)
  const { directive, asOf, unitLevel, targets, baselines } = options
  // Units are judged one after another, at one level on one date: to settle that anew for each took a tenth of its time.
  if (!latest || latest.plan.directive !== directive || latest.asOf !== asOf || latest.unitLevel !== unitLevel) {
    latest = { asOf, unitLevel, plan: standingPlan(directive, asOf, unitLevel) }
  }
  const { plan } = latest
  return targets === undefined && baselines === undefined ? plan : { ...plan, columns: ownColumns(plan, options) }
}

/** The plan that was made last, without anything of a unit's own, and by which options. */
let latest: (Pick<PlanOptions, 'asOf' | 'unitLevel'> & { readonly plan: Plan }) | undefined

function standingPlan(document: unknown, date: string | undefined, level: unknown): Plan {
  const directive = checkedDirective(document)
  const unitLevel = levelOf(level) ?? directive.level
  const { time, over } = momentOf(directive, date)
  const columns = sharedColumns(directive, unitLevel, time)
  return { directive, columns, index: indexOf(directive), unitLevel, time, over, asOf: over ? null : isoDate(time) }
}

function momentOf(directive: Directive, asOf: string | undefined): { time: number; over: boolean } {
  const end = lastDay(directive.year)
  if (asOf === undefined) return { time: end, over: true }
  const time = parseDate(asOf, 'asOf')
  const { year } = directive
  if (time < Date.UTC(year, 0, 1)) {
    throw wrongType('asOf', `ngày từ năm ${year} trở đi`, `a day from ${year} on`, asOf, 'BAD_DATE')
  }
  return { time: Math.min(time, end), over: time >= end }
}

function levelOf(level: unknown): UnitLevel | undefined {
  if (level === undefined) return undefined
  const wanted = typeof level === 'string' ? level.toLowerCase() : level
  checkOneOf('unitLevel', wanted, LEVELS)
  return wanted as UnitLevel
}

/** The targets in force on a day: the newest amendment that names the indicator, else the text. */
function targetOn({ amendments }: Directive, { id, target }: Indicator, time: number): Target {
  if (amendments.length === 0) return target
  const date = isoDate(time)
  return amendments.findLast(({ from, targets }) => from <= date && targets[id] !== undefined)?.targets[id] ?? target
}

function sharedColumns(directive: Directive, level: UnitLevel, time: number): readonly Judged[] {
  const date = directive.amendments.length === 0 ? '' : isoDate(time)
  const key = `${level} ${directive.amendments.filter(({ from }) => from <= date).length}`
  let byKey = cache.get(directive)
  if (!byKey) {
    byKey = new Map()
    cache.set(directive, byKey)
  }
  let columns = byKey.get(key)
  if (!columns) {
    columns = directive.indicators.map((indicator) => byDirective(directive, indicator, level, time, undefined))
    byKey.set(key, columns)
  }
  return columns
}

function byDirective(
  directive: Directive,
  indicator: Indicator,
  level: UnitLevel,
  time: number,
  ownBaseline: number | undefined,
): Judged {
  const target = targetOn(directive, indicator, time)
  const measured = indicator.levels.includes(level)
  if (level === directive.level) {
    const baseline = ownBaseline ?? indicator.baseline
    const by = (target: Target, further?: readonly Judged[]) =>
      judgedBy({ directive, indicator, target: measured ? target : null, inherited: null, baseline, further })
    return by(
      target,
      indicator.targets?.map((target) => by(target.target)),
    )
  }
  if (!measured || indicator.extent !== 'intensive') {
    return judgedBy({ directive, indicator, target: null, inherited: null, baseline: undefined })
  }
  const changed = ownBaseline === undefined ? null : changedFrom(ownBaseline, directive, indicator, target)
  // The directive's baseline is its own units', so it says nothing about the way that another has gone.
  return judgedBy({
    directive,
    indicator,
    target: changed ?? target,
    inherited: changed ? 'change' : 'level',
    baseline: ownBaseline,
  })
}

/** The directive's change, from a unit's own value of the year before; after an amendment the change that it comes to. */
function changedFrom(figure: number, directive: Directive, indicator: Indicator, target: Target): Target | null {
  const { change, baseline, growth } = indicator
  if (!change || growth || change.against !== directive.year - 1) return null
  if (target.comparator === 'maintained' || target.comparator === 'between') return null
  const amended = target !== indicator.target && baseline !== undefined
  const { comparator, value } = target
  if (change.unit === 'pp') return { comparator, value: tidy(figure + (amended ? value - baseline : change.value)) }
  // From nothing no number of percent leads anywhere.
  if (change.unit === '%' && (baseline || !amended))
    return { comparator, value: tidy(figure * (amended ? value / baseline : 1 + change.value / 100)) }
  return null
}

function ownColumns(
  { directive, columns: shared, index, unitLevel: level, time }: Plan,
  { targets = {}, baselines = {} }: PlanOptions,
): readonly Judged[] {
  const columns = [...shared]
  const plans = new Map<string, number>()
  for (const [id, value] of entriesOf<number>('baselines', baselines)) {
    const i = columnOf(index, id, 'baselines')
    const indicator = directive.indicators[i] as Indicator
    if (indicator.measure === 'milestone') {
      throw wrongType(`baselines: "${id}"`, 'giá trị trống', 'null', value, 'BAD_OPTION', id)
    }
    checkNumber('baselines', id, value)
    plans.set(id, value)
    columns[i] = byDirective(directive, indicator, level, time, value)
  }
  for (const [id, given] of entriesOf<OwnTarget>('targets', targets)) {
    const i = columnOf(index, id, 'targets')
    const indicator = directive.indicators[i] as Indicator
    const { target, baseline } = ownTarget(indicator, targetOn(directive, indicator, time), given)
    const standing = level === directive.level ? indicator.baseline : undefined
    columns[i] = judgedBy({
      directive,
      indicator,
      target,
      inherited: null,
      baseline: plans.get(id) ?? baseline ?? standing,
    })
  }
  return columns
}
