// The days of the year before, across mergers: what a forecast and "so với cùng kỳ" are held against.
import type { Indicator } from '@dienbien/targets'
import type { PastFigure } from '@dienbien/targets/forecast'
import type { Figure } from '../figures/newest.ts'
import type { Register } from '../figures/register.ts'
import { lineOf, pastYear, unitYear } from '../figures/unit-years.ts'
import type { Context } from '../graphql/context.ts'

type Days = readonly Pick<Figure, 'unitCode' | 'indicatorId' | 'asOf' | 'value'>[]

/** A unit's figures of a year, gone through once though each of its results asks. */
interface Grouped {
  readonly byIndicator: ReadonlyMap<string, readonly PastFigure[]>
  readonly byDay: ReadonlyMap<string, Days>
}

const grouped = new WeakMap<Days, Grouped>()

function groupsOf(figures: Days): Grouped {
  const known = grouped.get(figures)
  if (known) return known
  const byIndicator = new Map<string, PastFigure[]>()
  const byDay = new Map<string, Days[number][]>()
  for (const figure of figures) {
    const { indicatorId, asOf: date, value } = figure
    into(byIndicator, indicatorId, { date, value })
    into(byDay, date, figure)
  }
  const groups = { byIndicator, byDay }
  grouped.set(figures, groups)
  return groups
}

function into<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key)
  if (group) group.push(item)
  else groups.set(key, [item])
}

/**
 * Each day of which the unit has a figure or, where it has none, of which all whose place it took have one.
 * @param line the figures of the unit, and of all those
 */
function daysAcrossMergers(
  id: string,
  indicator: Indicator,
  year: number,
  line: ReadonlyMap<string, Days>,
  register: Register,
): PastFigure[] {
  const dates = new Set(
    [...line.values()].flatMap((days) => (groupsOf(days).byIndicator.get(indicator.id) ?? []).map(({ date }) => date)),
  )
  return [...dates].sort().flatMap((date) => {
    const day = {
      registry: register.on(date),
      figures: (unit: string) => groupsOf(line.get(unit) ?? NONE).byDay.get(date) ?? NONE,
    }
    const { value } = unitYear(id, indicator, pastYear(year, day))
    return value === null ? [] : [{ date, value }]
  })
}

const NONE: Days = []

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
  if (own && days.length === 1) return groupsOf(own).byIndicator.get(indicator.id) ?? []
  const ofLine = new Map(line.map((code, i) => [code, days[i] as Days]))
  return daysAcrossMergers(unit, indicator, year, ofLine, register)
}
