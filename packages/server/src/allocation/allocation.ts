// How far the targets assigned to units add up to a total.
import { type Directive, type Indicator, targetNumber } from '@dienbien/targets'
import type { AssignedTarget } from '../figures/assigned-target.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import { territoriesBelow } from '../figures/parts.ts'
import type { Registry, Unit } from '../figures/registry.ts'
import { tidy } from '../numbers.ts'

/** A total, and the units that hold parts of it. */
export interface Allocation {
  readonly indicator: Indicator
  readonly target: number
  /** By the code of the unit. */
  readonly holders: readonly AssignedTarget[]
}

const sum = (values: readonly number[]) => tidy(values.reduce((a, b) => a + b, 0))

/** What the units hold together. */
export const assignedTo = ({ holders }: Pick<Allocation, 'holders'>): number => sum(holders.map(({ value }) => value))

/** What nobody holds; negative where more was assigned than there is. */
export const missingOf = (allocation: Pick<Allocation, 'holders' | 'target'>): number =>
  sum([allocation.target, -assignedTo(allocation)])

/**
 * Each total that a unit has to hand on, in the order of the directive, with who holds its parts on a day.
 * @param directive that judges the unit
 */
export function allocationsOf(
  { id, level }: Pick<Unit, 'id' | 'level'>,
  { registry, targets }: { readonly registry: Pick<Registry, 'children'>; readonly targets: DayFigures['targets'] },
  directive: Pick<Directive, 'indicators' | 'level'>,
): Allocation[] {
  const held = territoriesBelow(id, registry).flatMap((child) => targets(child.id))
  // The directive's totals are those of its own level: a lower unit has only what was assigned to it to hand on.
  const assigned =
    level === directive.level ? null : new Map(targets(id).map(({ indicatorId, value }) => [indicatorId, value]))
  return directive.indicators
    .filter(({ extent, role }) => extent === 'extensive' && role === 'target')
    .flatMap((indicator) => {
      const target = assigned ? assigned.get(indicator.id) : targetNumber(indicator.target)
      const holders = held.filter(({ indicatorId }) => indicatorId === indicator.id)
      return target === undefined ? [] : [{ indicator, target, holders }]
    })
}
