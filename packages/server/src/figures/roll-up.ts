import type { Indicator, UnitLevel } from '@dienbien/targets'
import { tidy } from '../decimal.ts'
import type { Figure } from './newest.ts'

export interface RollUp {
  readonly indicatorId: string
  readonly own: number | null
  readonly children: number | null
  readonly difference: number | null
  readonly differs: boolean
  /** The days that the own figure and the newest of the children stand for. */
  readonly ownAsOf: string | null
  readonly childrenAsOf: string | null
  readonly reporting: number
  readonly expected: number
  readonly weights: string | null
}

export interface Child {
  readonly level: UnitLevel
  /** How many communes it has, itself one where it is a commune. */
  readonly communes: number
  readonly figures: readonly Pick<Figure, 'indicatorId' | 'value' | 'asOf'>[]
}

/** Differences below this share of the own figure are rounding. */
const ROUNDING = 0.005

/** The rates whose denominators are known: the communes of a unit, or its households by its own two figures. */
const SHARES_OF_COMMUNES = ['commune-health-standard', 'commune-radio']

const figureOf = (figures: Child['figures'], id: string) =>
  figures.find(({ indicatorId }) => indicatorId === id)?.value ?? null

/** Holds a unit's own figure against those of its children. */
export function rollUp(indicator: Indicator, own: Child['figures'], children: readonly Child[]): RollUp {
  const { id } = indicator
  const measured = children.filter(({ level }) => indicator.levels.includes(level))
  const values = measured.map((child) => ({ child, value: figureOf(child.figures, id) }))
  const known = values.filter((one): one is { child: Child; value: number } => one.value !== null)
  const weights = weightsOf(indicator)
  const mine = figureOf(own, id)
  const sum = combine(indicator, known, weights?.of ?? null)
  const difference = mine === null || sum === null ? null : tidy(mine - sum)
  const dayOf = (figures: Child['figures']) => figures.find(({ indicatorId }) => indicatorId === id)?.asOf ?? null
  const ownAsOf = dayOf(own)
  const dates = known.flatMap(({ child }) => dayOf(child.figures) ?? []).sort()
  const sameDay = dates.every((date) => date === ownAsOf)
  return {
    indicatorId: id,
    own: mine,
    children: sum,
    difference,
    differs: difference !== null && sameDay && Math.abs(difference) > Math.abs(mine as number) * ROUNDING,
    ownAsOf,
    childrenAsOf: dates.at(-1) ?? null,
    reporting: known.length,
    expected: measured.length,
    weights: weights?.name ?? null,
  }
}

type Weight = (child: Child, value: number) => number | null

/** How much a child weighs in a mean of rates, and by what; null where that is not known. */
export function weightsOf({ id }: Pick<Indicator, 'id'>): { name: string; of: Weight } | null {
  if (SHARES_OF_COMMUNES.includes(id)) return { name: 'communes', of: ({ communes }) => communes }
  if (id === 'poverty-rate') {
    return {
      name: 'households (poor households ÷ rate)',
      of: ({ figures }, rate) => {
        const poor = figureOf(figures, 'poor-households')
        return poor === null || rate === 0 ? null : poor / (rate / 100)
      },
    }
  }
  return null
}

function combine(
  { extent, measure }: Indicator,
  known: readonly { readonly child: Child; readonly value: number }[],
  weight: Weight | null,
): number | null {
  if (known.length === 0 || measure === 'milestone') return null
  if (extent === 'extensive') return tidy(known.reduce((sum, { value }) => sum + value, 0))
  if (!weight) return null
  let sum = 0
  let all = 0
  for (const { child, value } of known) {
    const one = weight(child, value)
    if (one === null) return null
    sum += value * one
    all += one
  }
  return all === 0 ? null : tidy(sum / all)
}
