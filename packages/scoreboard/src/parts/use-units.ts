import { useQuery } from '@tanstack/react-query'
import { type ApiError, ask, type Whole } from '../client.ts'
import { Units, type UnitsQuery } from '../generated/api.ts'
import { useSettings } from '../settings.tsx'

export type ListedUnit = NonNullable<UnitsQuery['units']>['nodes'][number]

/** All units that stand on the day asked about, by level and code. */
export function useUnits() {
  const { asOf, locale } = useSettings()
  return useQuery<readonly ListedUnit[], ApiError>({
    queryKey: [Units.text, asOf, locale],
    queryFn: async () => {
      const units: ListedUnit[] = []
      for (let after: string | null | undefined; after !== null; ) {
        const page: Whole<UnitsQuery> = await ask(Units, { asOf, locale, ...(after ? { after } : {}) })
        units.push(...page.units.nodes)
        after = page.units.pageInfo.hasNextPage ? page.units.pageInfo.endCursor : null
      }
      return units
    },
  })
}
