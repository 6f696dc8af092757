import type { Directive, Indicator, Text, UnitLevel } from '@dienbien/targets'
import { tidy } from '../decimal.ts'
import type { DayFigures } from '../figures/day-figures.ts'
import type { Figure } from '../figures/newest.ts'
import type { Unit } from '../figures/registry.ts'

export interface RollUp {
  readonly indicatorId: string
  readonly own: number | null
  readonly children: number | null
  readonly difference: number | null
  readonly differs: boolean
  /** Why both could not be compared; null where they were. */
  readonly reason: Text | null
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

/** A unit as a part of the one above it. */
export const childOf = (
  { id, level }: Pick<Unit, 'id' | 'level'>,
  day: { readonly registry: Pick<DayFigures['registry'], 'children'>; figures(id: string): Child['figures'] },
): Child => ({
  level,
  communes: level === 'commune' ? 1 : day.registry.children(id).length,
  figures: day.figures(id),
})

const figureOf = (figures: Child['figures'], id: string) => figures.find(({ indicatorId }) => indicatorId === id)

/** Each indicator that a unit or one of its parts has a figure of, in the order of the directive. */
export function rollUpsOf(
  id: string,
  day: Pick<DayFigures, 'figures'> & { readonly registry: Pick<DayFigures['registry'], 'children'> },
  { indicators }: Directive,
): RollUp[] {
  const children = day.registry
    .children(id)
    .filter(({ level }) => level === 'district' || level === 'commune')
    .map((unit) => childOf(unit, day))
  return indicators
    .map((indicator) => rollUp(indicator, day.figures(id), children))
    .filter(({ own: value, reporting }) => value !== null || reporting > 0)
}

const MISSING: Text = {
  vi: 'Không so sánh được: chỉ một bên có số liệu.',
  en: 'Not compared: only one side has a figure.',
}
const NO_WEIGHTS: Text = {
  vi: 'Không so sánh được: không cộng được số liệu của các đơn vị trực thuộc (không rõ mẫu số của tỷ lệ).',
  en: 'Not compared: what the units below come to is not known (a rate whose denominators are not known).',
}
const OTHER_DAYS: Text = {
  vi: 'Chưa so sánh: số liệu của hai bên không cùng một ngày.',
  en: 'Not compared: the figures are not all of one day.',
}

/** What is known to agree, which nobody has to look at. */
export const agrees = ({ differs, reason }: RollUp): boolean => !differs && reason === null

/** Holds a unit's own figure against those of its children. */
export function rollUp(indicator: Indicator, value: Child['figures'], children: readonly Child[]): RollUp {
  const { id } = indicator
  const measured = children.filter(({ level }) => indicator.levels.includes(level))
  const known = measured.flatMap((child) => {
    const figure = figureOf(child.figures, id)
    return figure ? [{ child, value: figure.value, asOf: figure.asOf }] : []
  })
  const weights = weightsOf(indicator)
  const figure = figureOf(value, id)
  const mine = figure?.value ?? null
  const sum = combine(indicator, known, weights?.of ?? null)
  const difference = mine === null || sum === null ? null : tidy(mine - sum)
  const ownAsOf = figure?.asOf ?? null
  const dates = known.map(({ asOf }) => asOf).sort()
  const sameDay = dates.every((date) => date === ownAsOf)
  return {
    indicatorId: id,
    own: mine,
    children: sum,
    difference,
    differs: difference !== null && sameDay && Math.abs(difference) > Math.abs(mine as number) * ROUNDING,
    reason: mine === null || known.length === 0 ? MISSING : sum === null ? NO_WEIGHTS : sameDay ? null : OTHER_DAYS,
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
        return !poor || rate === 0 ? null : poor.value / (rate / 100)
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
