import { useMemo } from 'react'
import { Trends as TrendsQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'
import { useApi } from './data.tsx'
import type { Point } from './trend.tsx'

/** The figures of a unit that counted at the ends of the quarters and on the day asked about, by indicator. */
export type Trends = ReadonlyMap<string, readonly Point[]>

/** Undefined while they are on their way. */
export function useTrends(code: string): Trends | undefined {
  const { year, asOf } = useSettings()
  const quarter = (end: string) => (`${year}-${end}` < asOf ? `${year}-${end}` : asOf)
  const [march, june, september] = [quarter('03-31'), quarter('06-30'), quarter('09-30')]
  const unit = useApi(TrendsQuery, { code, year, march, june, september, asOf }).data?.unit
  return useMemo(() => {
    if (!unit) return undefined
    const trends = new Map<string, Point[]>()
    for (const { indicator, ...point } of [unit.march, unit.june, unit.september, unit.newest].flat()) {
      const points = trends.get(indicator.id) ?? []
      // Where a quarter brought no newer figure, the one before counts again.
      if (points.at(-1)?.asOf !== point.asOf) points.push(point)
      trends.set(indicator.id, points)
    }
    return trends
  }, [unit])
}
