// Units as parts of a whole: what their figures come to together, and what each weighs in it.
import type { Indicator, UnitLevel } from '@dienbien/targets'
import { tidy } from '../numbers.ts'
import type { Figure } from './newest.ts'
import type { Registry, Unit } from './registry.ts'
import { PARTS } from './unit-levels.ts'

/** Whether it was invented is said where it is known. */
type PartFigure = Pick<Figure, 'indicatorId' | 'value' | 'asOf'> & Partial<Pick<Figure, 'synthetic'>>

/** A unit as a part of another. */
export interface Part {
  readonly level: UnitLevel
  /** How many communes it has, itself one where it is a commune. */
  readonly communes: number
  readonly figures: readonly PartFigure[]
}

/** What is known of a day: who stands below whom, and the figures of each. */
export interface PartsOn {
  readonly registry: Pick<Registry, 'children'>
  figures(id: string): Part['figures']
}

/** A unit as a part of the one above it, or of the one that took its place. */
export const partOf = ({ id, level }: Pick<Unit, 'id' | 'level'>, day: PartsOn): Part => ({
  level,
  // Counted where something is weighed by them: few are.
  get communes() {
    return communesOf({ id, level }, day.registry)
  },
  figures: day.figures(id),
})

function communesOf({ id, level }: Pick<Unit, 'id' | 'level'>, registry: PartsOn['registry']): number {
  if (level === 'commune') return 1
  return registry.children(id).reduce((sum, child) => sum + communesOf(child, registry), 0)
}

/** The parts of a territory, by code. They are territories: what a department reports or is to reach is the same work once more. */
export const territoriesBelow = (id: string, registry: PartsOn['registry']): readonly Unit[] =>
  registry.children(id).filter(({ level }) => PARTS.includes(level))

export const figureOf = (figures: Part['figures'], id: string) => figures.find(({ indicatorId }) => indicatorId === id)

type Weight = (part: Pick<Part, 'communes' | 'figures'>, value: number) => number | null

/** How much a part weighs in a mean of rates; null where that is not known, of this part or of any. */
export function weightsOf({ weighedBy }: Pick<Indicator, 'weighedBy'>): Weight | null {
  if (weighedBy === undefined) return null
  if (weighedBy === 'communes') return ({ communes }) => communes
  if ('denominator' in weighedBy) return ({ figures }) => figureOf(figures, weighedBy.denominator)?.value ?? null
  return ({ figures }, rate) => {
    const counted = figureOf(figures, weighedBy.numerator)
    return !counted || rate === 0 ? null : counted.value / rate
  }
}

/** What parts that have a figure come to: totals added, rates weighted by their denominators; null where those are not known. */
export function combined(indicator: Indicator, parts: readonly Part[]): number | null {
  const { id, extent, measure } = indicator
  const known = parts.flatMap((part) => {
    const figure = figureOf(part.figures, id)
    return figure ? [{ part, value: figure.value }] : []
  })
  if (known.length === 0 || measure === 'milestone') return null
  if (extent === 'extensive') return tidy(known.reduce((sum, { value }) => sum + value, 0))
  const weights = weightsOf(indicator)
  if (!weights) return null
  let sum = 0
  let all = 0
  for (const { part, value } of known) {
    const weight = weights(part, value)
    if (weight === null) return null
    sum += value * weight
    all += weight
  }
  return all === 0 ? null : tidy(sum / all)
}
