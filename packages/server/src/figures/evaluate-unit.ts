import { type Directive, type Evaluation, evaluate, type OwnTarget, type UnitLevel } from '@dienbien/targets'
import type { Figure } from './newest.ts'
import type { AssignedTarget } from './targets.ts'

/** A figure of the database as the package takes it: a milestone, stored as 1 or 0, is true or false. */
export function toFact(directive: Directive, indicatorId: string, value: number): number | boolean {
  return milestonesOf(directive).has(indicatorId) && (value === 0 || value === 1) ? value === 1 : value
}

const milestones = new WeakMap<Directive, ReadonlySet<string>>()

/** Looked up for every figure of every unit, so gathered once. */
function milestonesOf(directive: Directive): ReadonlySet<string> {
  let ids = milestones.get(directive)
  if (!ids) {
    ids = new Set(directive.indicators.filter(({ measure }) => measure === 'milestone').map(({ id }) => id))
    milestones.set(directive, ids)
  }
  return ids
}

/** Judges a unit's figures by its own targets, else by the directive's as its level allows. */
export function evaluateUnit(
  directive: Directive,
  level: UnitLevel,
  asOf: string,
  figures: readonly Pick<Figure, 'indicatorId' | 'value' | 'asOf'>[],
  targets: readonly JudgedBy[],
): Evaluation {
  return evaluate(
    Object.fromEntries(figures.map(({ indicatorId, value }) => [indicatorId, toFact(directive, indicatorId, value)])),
    {
      directive,
      asOf,
      unitLevel: level,
      targets: ownTargets(targets),
      figureDates: Object.fromEntries(figures.map((figure) => [figure.indicatorId, figure.asOf])),
    },
  )
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
