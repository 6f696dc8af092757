// The days of the year before, across mergers: what a forecast and "so với cùng kỳ" are held against.
import type { Indicator } from '@dienbien/targets'
import type { PastFigure } from '@dienbien/targets/forecast'
import type { Figure } from '../figures/newest.ts'
import type { Register } from '../figures/register.ts'
import { lineOf, pastYear, unitYear } from '../figures/unit-years.ts'
import type { Context } from '../graphql/context.ts'

type Days = readonly Pick<Figure, 'unitCode' | 'indicatorId' | 'asOf' | 'value'>[]

const grouped = new WeakMap<Days, ReadonlyMap<string, PastFigure[]>>()

/** A unit's figures of a year by indicator: gone through once, though each of its results asks. */
function byIndicator(figures: Days): ReadonlyMap<string, PastFigure[]> {
  const known = grouped.get(figures)
  if (known) return known
  const found = new Map<string, PastFigure[]>()
  for (const { indicatorId, asOf, value } of figures) {
    const list = found.get(indicatorId)
    if (list) list.push({ date: asOf, value })
    else found.set(indicatorId, [{ date: asOf, value }])
  }
  grouped.set(figures, found)
  return found
}

/** Each day of which the unit has a figure or, where it has none, of which all whose place it took have one. */
export function daysAcrossMergers(
  id: string,
  indicator: Indicator,
  year: number,
  figures: Days,
  register: Register,
): PastFigure[] {
  const days = [...new Set(figures.flatMap(({ indicatorId, asOf }) => (indicatorId === indicator.id ? [asOf] : [])))]
  return days.sort().flatMap((date) => {
    const ofDay = figures.filter(({ asOf }) => asOf === date)
    const day = {
      registry: register.on(date),
      figures: (unit: string) => ofDay.filter(({ unitCode }) => unitCode === unit),
    }
    const { value } = unitYear(id, indicator, pastYear(year, day))
    return value === null ? [] : [{ date, value }]
  })
}

/** An indicator's figures of each day of a year, of a unit or of those whose place it took. */
export async function daysOfYear(
  unit: string,
  indicator: Indicator,
  year: number,
  { store, loaders }: Context,
): Promise<readonly PastFigure[]> {
  const register = await store.register()
  const line = lineOf(unit, year, register)
  const days = await Promise.all(line.map((code) => loaders.daysOfYear.load({ code, year })))
  const [own] = days
  if (own && days.length === 1) return byIndicator(own).get(indicator.id) ?? []
  return daysAcrossMergers(unit, indicator, year, days.flat(), register)
}
