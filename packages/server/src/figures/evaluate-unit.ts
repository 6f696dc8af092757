import {
  type Directive,
  type Evaluation,
  evaluate,
  type Measure,
  type OwnTarget,
  type UnitLevel,
} from '@dienbien/targets'
import type { AssignedTarget } from './assigned-target.ts'
import type { Figure } from './newest.ts'
import { AGENCIES } from './unit-levels.ts'

/** A figure of the database as the package takes it: a milestone, stored as 1 or 0, is true or false. */
export function toFact(directive: Directive, indicatorId: string, value: number): number | boolean {
  return indicatorsOf(directive).get(indicatorId) === 'milestone' && (value === 0 || value === 1) ? value === 1 : value
}

const measures = new WeakMap<Directive, ReadonlyMap<string, Measure>>()

/** How each indicator behaves in time, by id: looked up for every figure of every unit, so gathered once. */
function indicatorsOf(directive: Directive): ReadonlyMap<string, Measure> {
  let ofDirective = measures.get(directive)
  if (!ofDirective) {
    ofDirective = new Map(directive.indicators.map(({ id, measure }) => [id, measure]))
    measures.set(directive, ofDirective)
  }
  return ofDirective
}

/**
 * The level at which a directive judges a unit: a bloc joins agencies of every kind, and what it orders at the level of one
 * kind binds each member as its own.
 */
export const judgedLevel = ({ level }: Pick<Directive, 'level'>, unitLevel: UnitLevel): UnitLevel =>
  AGENCIES.includes(level) && AGENCIES.includes(unitLevel) ? level : unitLevel

/** All that a unit is judged by on a date. */
export interface JudgedUnit {
  /** At which it is judged: see {@link judgedLevel}. */
  readonly level: UnitLevel
  readonly figures: readonly Pick<Figure, 'indicatorId' | 'value' | 'asOf'>[]
  readonly targets: readonly JudgedBy[]
  /** Its own values of the year before, as {@link baselinesOf} has them. */
  readonly baselines?: Baselines | undefined
}

/** Judges a unit's figures by its own targets, else by the directive's as its level and its year before allow. */
export function evaluateUnit(directive: Directive, unit: JudgedUnit, asOf: string): Evaluation {
  const { level, baselines = {} } = unit
  // A year's figures may be of several directives.
  const known = indicatorsOf(directive)
  const figures = unit.figures.filter(({ indicatorId }) => known.has(indicatorId))
  const targets = unit.targets.filter(({ indicatorId }) => known.has(indicatorId))
  return evaluate(
    Object.fromEntries(figures.map(({ indicatorId, value }) => [indicatorId, toFact(directive, indicatorId, value)])),
    {
      directive,
      asOf,
      unitLevel: level,
      targets: ownTargets(targets),
      baselines,
      figureDates: Object.fromEntries(figures.map((figure) => [figure.indicatorId, figure.asOf])),
    },
  )
}

/** MM-DD: the first day whose figure is final, where an indicator names none. */
export const CLOSES_ON = '12-31'

/** By indicator, what the year before came to. */
export type Baselines = Readonly<Record<string, number>>

/**
 * A unit's values of the year before: final figures, those of the closing day or a later one. What stood in August
 * says nothing of what the year came to.
 * @param figures those that counted at the end of that year, of the unit or of those whose place it took
 */
export function baselinesOf(
  { indicators }: Directive,
  figures: readonly Pick<Figure, 'indicatorId' | 'value' | 'asOf'>[],
): Baselines {
  const baselines: Record<string, number> = {}
  if (figures.length === 0) return baselines
  const byId = new Map(figures.map((figure) => [figure.indicatorId, figure]))
  for (const { id, measure, closesOn = CLOSES_ON } of indicators) {
    const figure = byId.get(id)
    if (figure && measure !== 'milestone' && figure.asOf.slice(5) >= closesOn) baselines[id] = figure.value
  }
  return baselines
}

type JudgedBy = Pick<AssignedTarget, 'indicatorId' | 'comparator' | 'value' | 'baseline'>

export function ownTargets(targets: readonly JudgedBy[]): Record<string, OwnTarget> {
  return Object.fromEntries(
    targets.map(({ indicatorId, comparator, value, baseline }) => [
      indicatorId,
      baseline === null ? { comparator, value } : { comparator, value, baseline },
    ]),
  )
}
