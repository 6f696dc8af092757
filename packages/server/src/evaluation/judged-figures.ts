// Every figure that was judged, with all that it may be chosen and grouped by.
import type { Status } from '@dienbien/targets'
import type { DayFigures } from '../figures/day-figures.ts'
import { partOf, weightsOf } from '../figures/parts.ts'
import type { Unit } from '../figures/registry.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import type { GroupedFigure } from './groups.ts'

/** Of some units on a day, without what has no target. */
export function judgedFigures(day: DayFigures, units: readonly Unit[]): GroupedFigure[] {
  const { registry, year } = day
  return units.flatMap(({ id, level }) => {
    const figureOf = new Map(day.figures(id).map((figure) => [figure.indicatorId, figure]))
    const part = partOf({ id, level }, day)
    const cluster = registry.membership(id, year)?.clusterCode ?? null
    const { indicators } = day.directive(id)
    return day.evaluation(id).results.flatMap((result, i): GroupedFigure[] => {
      const indicator = indicators[i]
      if (!indicator || result.status === 'NOT_APPLICABLE') return []
      const figure = figureOf.get(indicator.id)
      const weight = typeof result.value === 'number' ? (weightsOf(indicator)?.(part, result.value) ?? null) : null
      return [
        {
          section: indicator.section,
          indicator,
          cluster,
          level,
          unit: id,
          result,
          figureStatus: figure?.status ?? null,
          date: figure?.asOf ?? null,
          weight,
        },
      ]
    })
  })
}

/** What is not given chooses all. */
export interface FigureChoice {
  readonly section?: string | null | undefined
  readonly indicators?: readonly string[] | null | undefined
  readonly status?: readonly Status[] | null | undefined
  readonly figureStatus?: MeasurementStatus | null | undefined
  /** Of the value; what has none, or none that is a number, is not among them. */
  readonly atLeast?: number | null | undefined
  readonly atMost?: number | null | undefined
}

export function chosenFigures(
  figures: readonly GroupedFigure[],
  { section, indicators, status, figureStatus, atLeast, atMost }: FigureChoice,
): GroupedFigure[] {
  return figures.filter(
    (figure) =>
      (!section || figure.section === section || figure.indicator.alsoIn?.includes(section)) &&
      (!indicators || indicators.includes(figure.indicator.id)) &&
      (!status || status.includes(figure.result.status)) &&
      (!figureStatus || figure.figureStatus === figureStatus) &&
      isWithin(figure.result.value, atLeast, atMost),
  )
}

function isWithin(
  value: number | boolean | null,
  atLeast: number | null | undefined,
  atMost: number | null | undefined,
): boolean {
  const [least, most] = [atLeast ?? null, atMost ?? null]
  if (least === null && most === null) return true
  return typeof value === 'number' && value >= (least ?? value) && value <= (most ?? value)
}
