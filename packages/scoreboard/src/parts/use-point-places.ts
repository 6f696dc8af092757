import { PointPlaces } from '../generated/api.ts'
import { useSession } from '../session.ts'
import { useSettings } from '../settings.tsx'
import { useApi } from './data.tsx'

/** The places of a cluster by its own table, in the name of who has signed in: some may see them before they are published. */
export function usePointPlaces(cluster: string) {
  const { year, asOf, locale } = useSettings()
  const session = useSession()
  return useApi(PointPlaces, { cluster, year, asOf, locale }, { session })
}
