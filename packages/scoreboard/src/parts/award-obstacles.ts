// What stands between a member and the awards above its own. The API proposes the best first who meet an award's condition:
// who is passed over does not meet it.
import type { PointPlacesQuery } from '../generated/api.ts'
import type { Settings } from '../settings.tsx'

type Ranking = NonNullable<NonNullable<PointPlacesQuery['cluster']>['pointRanking']>
type Place = Pick<Ranking['members'][number], 'rank' | 'points' | 'award'>

export function obstaclesOf(
  { rank, points, award }: Place,
  places: readonly Place[],
  awards: Ranking['awards'],
  t: Settings['t'],
): readonly string[] {
  // Which award a ballot is about is not told: nothing is said of who waits for one, nor of seats that it may fill.
  if (award === 'ballot') return []
  if (rank === null) return [t('awardUnranked')]
  if (points <= 0) return [t('awardNoPoints')]
  const isBallotOpen = places.some((place) => place.award === 'ballot')
  const own = awards.findIndex((entry) => entry.award === award)
  return awards.slice(0, own < 0 ? awards.length : own).flatMap(({ award, name, seats, nominated, conditional }) => {
    const isPassedOver = places.some((place) => place.award === award && place.rank !== null && place.rank > rank)
    if (conditional && (isPassedOver || (nominated < seats && !isBallotOpen)))
      return `${name}: ${t('awardConditionUnmet')}`
    return nominated >= seats ? `${name}: ${t('awardSeatsTaken')} (${nominated}/${seats})` : []
  })
}
