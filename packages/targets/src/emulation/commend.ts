import type { Text } from '../directive/types.ts'
import { defaultPolicy } from './default-policy.ts'
import { compilePolicy, type Policy, type Quota, seatsIn } from './policy.ts'
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

/**
 * Nominates for the policy's award above the clusters: the best of those nominated for a lower award, at most its share of
 * them (rounded down). Equal ones at the edge are left to a ballot.
 * @param nominees nominations of all clusters, each with its score
 */
export function commendOverall(
  nominees: readonly (Nomination & { readonly score: number })[],
  policy: Policy = defaultPolicy,
): Nomination[] {
  compilePolicy(policy)
  const { overall } = policy
  if (!overall) return []
  const competing = nominees
    .filter(({ award }) => award === overall.among)
    .sort((a, b) => b.score - a.score || (a.unit < b.unit ? -1 : 1))
  const seats = Math.floor(competing.length * overall.share + 1e-9)
  const edge = competing[seats - 1]?.score
  if (edge === undefined) return []
  const atEdge = competing.filter(({ score }) => score === edge)
  const above = competing.filter(({ score }) => score > edge)
  const settled = above.length + atEdge.length === seats
  const reasons = (score: number, place: number): Text[] => [
    {
      vi: `Thứ ${place} trong ${competing.length} đơn vị được đề nghị, ${points.vi.format(score)} điểm: ${overall.name.vi} (không quá ${points.vi.format(overall.share * 100)}%)`,
      en: `Number ${place} of ${competing.length} nominees with ${points.en.format(score)} points: ${overall.name.en} (at most ${points.en.format(overall.share * 100)}%)`,
    },
  ]
  return [...above, ...atEdge].map(({ unit, score }) => ({
    unit,
    award: score > edge || settled ? overall.award : BALLOT,
    reasons: reasons(score, competing.findIndex((one) => one.score === score) + 1),
  }))
}

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
