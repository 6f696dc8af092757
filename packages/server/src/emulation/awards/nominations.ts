// The award above the clusters: from the rankings in force, not from those of today.
import { type Commendation, commendOverall, defaultPolicy, type Nomination } from '@dienbien/targets/emulation'
import { type FrozenReader, newestFrozen } from './frozen.ts'

export interface OverallNomination extends Nomination {
  /** In its cluster. */
  readonly score: number
}

/** Over the rankings in force of a year that the viewer may see. */
export async function overallNominations(year: number, reader: FrozenReader): Promise<OverallNomination[]> {
  const newest = await newestFrozen(year, null, reader)
  return nominationsAbove([...newest.values()])
}

/** What was excluded, or lost its award, is proposed for none above it. */
export function nominationsAbove(
  commendations: readonly Pick<Commendation, 'nominees' | 'ranking'>[],
): OverallNomination[] {
  const rankings = commendations.map(({ nominees, ranking }) => {
    const excluded = new Set(
      nominees.filter(({ verdict, revoked }) => verdict === 'exclude' || revoked !== null).map(({ unit }) => unit),
    )
    return ranking.filter(({ unit }) => !excluded.has(unit))
  })
  return commendOverall(rankings, defaultPolicy).map((nomination) => ({
    ...nomination,
    score: rankings.flat().find(({ unit }) => unit === nomination.unit)?.score ?? 0,
  }))
}
