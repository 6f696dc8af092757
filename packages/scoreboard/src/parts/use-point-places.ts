import { PointFairness, PointPlaces, PointsItTakes } from '../generated/api.ts'
import { useSession } from '../session.ts'
import { useSettings } from '../settings.tsx'
import { useApi } from './data.tsx'

/** What is asked about a cluster by its own table, in the name of who has signed in: some may see it before it is published. */
function useVariables(cluster: string) {
  const { year, asOf, locale } = useSettings()
  return { variables: { cluster, year, asOf, locale }, session: useSession() }
}

/** The places of a cluster by its own table. */
export function usePointPlaces(cluster: string) {
  const { variables, session } = useVariables(cluster)
  return useApi(PointPlaces, variables, { session })
}

/** How far those places would move. */
export function usePointFairness(cluster: string) {
  const { variables, session } = useVariables(cluster)
  return useApi(PointFairness, variables, { session })
}

/** What would lift each member by that table. */
export function usePointsItTakes(cluster: string) {
  const { variables, session } = useVariables(cluster)
  return useApi(PointsItTakes, variables, { session })
}
