import type { Text } from '../directive/types.ts'
import { show, TargetsError } from '../errors.ts'
import { compilePolicy, seatsIn } from './compile-policy.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Policy, Quota } from './policy.ts'
import { checkRanking, comparable, type Ranked } from './rank.ts'

/** Stands for an award that equal units compete for, until a ballot settles it. */
export const BALLOT = 'ballot'

export interface Nomination {
  readonly unit: string
  /** The `award` of a quota, or {@link BALLOT}. */
  readonly award: string
  readonly reasons: readonly Text[]
}

/**
 * Nominates the members of one ranked cluster within the policy's quotas and their conditions, best first. Nominations are
 * proposals: the Council appraises and decides. A unit with no points is not nominated, and a seat that nobody qualifies
 * for stays empty. Where equal units compete for a seat none of them gets it: they are nominated for a `ballot`, and keep
 * as many seats taken as there are of them.
 * @param ranking what `rank` gave
 * @throws {TargetsError} `BAD_POLICY`; `WRONG_TYPE` where it is no ranking
 */
export function commend(ranking: readonly Ranked[], policy: Policy = defaultPolicy): Nomination[] {
  compilePolicy(policy)
  checkRanking(ranking)
  const nominations = new Map<string, Nomination>()
  // Those who lose a ballot for a higher award take seats of the next.
  let taken = 0
  policy.quotas.forEach((quota, i) => {
    let seats = seatsIn(quota, ranking.length) - taken
    taken = Math.max(0, -seats)
    const candidates = qualified(ranking, policy, i).filter(({ unit }) => !nominations.has(unit))
    for (let next = 0; next < candidates.length && seats > 0; ) {
      const place = candidates[next]?.rank
      const group = candidates.filter(({ rank }) => rank === place)
      const settled = group.length <= seats
      const offered = settled ? [quota] : policy.quotas.slice(i, i + 2)
      for (const { unit, score } of group) {
        nominations.set(
          unit,
          settled ? nominate(unit, place, score, quota) : forBallot(unit, place, group.length, seats, offered),
        )
      }
      seats -= group.length
      taken = Math.max(0, -seats)
      next += group.length
    }
  })
  return ranking.flatMap(({ unit }) => nominations.get(unit) ?? [])
}

/** Who may be nominated for the award of a quota, best first. */
function qualified(ranking: readonly Ranked[], policy: Policy, quota: number): Ranked[] {
  const when = compilePolicy(policy).qualifies[quota]
  return ranking.filter(({ rank, score, facts }) => rank !== null && score > 0 && (!when || when(facts ?? {}) === true))
}

/**
 * Nominates for the policy's award above the clusters: the best of all who qualify for the award that it is among, at most
 * its share of them (rounded down, so that few who qualify may mean none). Equal ones at the edge are left to a ballot.
 * @param rankings what `rank` gave for each cluster
 * @throws {TargetsError} `BAD_POLICY`; `WRONG_TYPE` where these are no rankings
 */
export function commendOverall(rankings: readonly (readonly Ranked[])[], policy: Policy = defaultPolicy): Nomination[] {
  const qualified = qualifiedOverall(rankings, policy)
  const { overall } = policy
  const competing = qualified
    .map((ranked) => ({ ...ranked, key: comparable(ranked.score) }))
    .sort((a, b) => b.key - a.key || (a.unit < b.unit ? -1 : 1))
  const seats = Math.floor(competing.length * (overall?.share ?? 0) + 1e-9)
  const edge = competing[seats - 1]?.key
  if (!overall || edge === undefined) return []
  const nominated = competing.filter(({ key }) => key >= edge)
  const settled = nominated.length === seats
  const reasons = (score: number, place: number): Text[] => [
    {
      vi: `Thứ ${place} trong ${competing.length} đơn vị đủ tiêu chuẩn, ${points.vi.format(score)} điểm: ${overall.name.vi} (không quá ${points.vi.format(overall.share * 100)}%)`,
      en: `Number ${place} of ${competing.length} who qualify with ${points.en.format(score)} points: ${overall.name.en} (at most ${points.en.format(overall.share * 100)}%)`,
    },
  ]
  return nominated.map(({ unit, score, key }) => ({
    unit,
    award: key > edge || settled ? overall.award : BALLOT,
    reasons: reasons(score, competing.findIndex((entry) => entry.key === key) + 1),
  }))
}

/** All who qualify for the award that the policy's overall award is among, whether or not there was a seat for them. */
export function qualifiedOverall(rankings: readonly (readonly Ranked[])[], policy: Policy = defaultPolicy): Ranked[] {
  compilePolicy(policy)
  if (!Array.isArray(rankings)) {
    const shown = show(rankings)
    throw new TargetsError(
      'WRONG_TYPE',
      {
        vi: `rankings: phải là danh sách bảng xếp hạng, không phải ${shown}`,
        en: `rankings: must be a list of rankings, not ${shown}`,
      },
      'rankings',
    )
  }
  const { overall, quotas } = policy
  const quota = quotas.findIndex(({ award }) => award === overall?.among)
  return rankings.flatMap((ranking) => {
    checkRanking(ranking)
    return quota < 0 ? [] : qualified(ranking, policy, quota)
  })
}

/** Points as tables of scores print them. */
const points = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }),
}

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
  seats: number,
  offered: readonly Quota[],
): Nomination {
  const names = (language: keyof Text) => [...new Set(offered.map(({ name }) => name[language]))].join(', ')
  return {
    unit,
    award: BALLOT,
    reasons: [
      {
        vi: `Đồng hạng ${place} (${size} đơn vị) cho ${seats} suất: ${names('vi')}; phân định bằng bỏ phiếu`,
        en: `One of ${size} at rank ${place} for ${seats} seats: ${names('en')}; to be settled by ballot`,
      },
    ],
  }
}
