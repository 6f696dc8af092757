import type { Text } from '../directive/types.ts'
import { defaultPolicy } from './default-policy.ts'
import { compilePolicy, type Policy, type Quota } from './policy.ts'
import type { Ranked } from './rank.ts'

/** Stands for an award that equal units compete for, until a ballot settles it. */
export const BALLOT = 'ballot'

export interface Nomination {
  readonly unit: string
  /** The `award` of a quota, or {@link BALLOT}. */
  readonly award: string
  readonly reasons: readonly Text[]
}

/**
 * Nominates the members of one ranked cluster within the policy's quotas, best first. Nominations are proposals: the
 * Council appraises and decides. A unit with no points is not nominated. Where equal units compete for a seat none of them
 * gets it: they are nominated for a `ballot`, and keep as many seats taken as there are of them.
 * @param ranking what `rank` gave
 */
export function commend(ranking: readonly Ranked[], policy: Policy = defaultPolicy): Nomination[] {
  compilePolicy(policy)
  const seats = policy.quotas.flatMap((quota) => new Array<Quota>(seatsIn(quota, ranking.length)).fill(quota))
  const ranked = ranking.filter(({ rank, score }) => rank !== null && score > 0)
  const nominations: Nomination[] = []
  for (let next = 0; next < ranked.length && next < seats.length; ) {
    const place = ranked[next]?.rank
    const group = ranked.filter(({ rank }) => rank === place)
    const offered = seats.slice(next, next + group.length)
    const [first] = offered
    const settled = offered.length === group.length && offered.every(({ award }) => award === first?.award)
    for (const { unit, score } of group) {
      nominations.push(
        settled ? nominate(unit, place, score, first as Quota) : forBallot(unit, place, group.length, offered),
      )
    }
    next += group.length
  }
  return nominations
}

const seatsIn = ({ seats, above }: Quota, members: number) => (above && members > above.members ? above.seats : seats)

const points = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') }

function nominate(unit: string, place: number | null | undefined, score: number, { award, name }: Quota): Nomination {
  return {
    unit,
    award,
    reasons: [
      {
        vi: `Hạng ${place} với ${points.vi.format(score)} điểm: đề nghị ${name.vi}`,
        en: `Rank ${place} with ${points.en.format(score)} points: proposed for the ${name.en}`,
      },
    ],
  }
}

function forBallot(
  unit: string,
  place: number | null | undefined,
  size: number,
  offered: readonly Quota[],
): Nomination {
  const names = (language: keyof Text) => [...new Set(offered.map(({ name }) => name[language]))].join(', ')
  return {
    unit,
    award: BALLOT,
    reasons: [
      {
        vi: `Đồng hạng ${place} (${size} đơn vị) cho ${offered.length} suất: ${names('vi')}; phân định bằng bỏ phiếu`,
        en: `One of ${size} at rank ${place} for ${offered.length} seats: ${names('en')}; to be settled by ballot`,
      },
    ],
  }
}
