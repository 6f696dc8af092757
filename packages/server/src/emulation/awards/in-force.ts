// What holds over all frozen rankings: one in force for a cluster and a year, one award a year for a unit, one use of a
// decision's number. Pure: the rankings are given.
import { TargetsError, type Text } from '@dienbien/targets'
import type { Commendation, CommendationStep } from '@dienbien/targets/emulation'
import { EditConflict } from '../../database/write.ts'
import { ClientError } from '../../errors/client-error.ts'
import { awardName, enumValue, MUTATION_OF, VERDICT_NAMES } from './steps.ts'

/** A frozen ranking among others, and where it stands. */
export interface RankingState {
  readonly id: string
  readonly cluster: string
  readonly year: number
  /** Counts the rankings of a cluster and year. */
  readonly number: number
  readonly isWithdrawn: boolean
  readonly commendation: Commendation
}

/** Another ranking took the place of the one that a step was for. */
export class SupersededRanking extends ClientError {
  constructor(id: string, by: string) {
    const text = {
      vi: `${id} đã được thay bằng ${by}: không làm tiếp ở đó`,
      en: `${id} is superseded by ${by}: nothing goes on there`,
    }
    super('IMPOSSIBLE_STEP', text, { possible: [], supersededBy: by })
  }
}

/** The ranking in force of a cluster and year: the newest. Where that is withdrawn none is. */
export function inForce<T extends Pick<RankingState, 'number'>>(ofOneCluster: readonly T[]): T | null {
  return ofOneCluster.reduce<T | null>(
    (newest, ranking) => (newest && newest.number > ranking.number ? newest : ranking),
    null,
  )
}

/** A ranking was taken back. */
const withdrawn = (id: string) =>
  new TargetsError(
    'IMPOSSIBLE_STEP',
    { vi: `${id} đã bị hủy: không làm tiếp ở đó`, en: `${id} is withdrawn: nothing goes on there` },
    id,
  )

/** Awards that were granted and not revoked. */
export const standingAwards = ({ nominees }: Commendation) =>
  nominees.filter(({ granted, revoked }) => granted !== null && revoked === null)

/**
 * Whether a newer ranking may take the place of the one in force.
 * @throws {TargetsError} `IMPOSSIBLE_STEP` where awards stand that it led to: they are revoked first
 */
export function checkSupersession(ranking: Pick<RankingState, 'id' | 'commendation'>): void {
  checkNoAwards(ranking, { vi: 'chốt xếp hạng', en: 'freezeRanking' })
}

function checkNoAwards({ id, commendation }: Pick<RankingState, 'id' | 'commendation'>, step: Text): void {
  const awarded = standingAwards(commendation)
  if (awarded.length === 0) return
  const [first] = awarded
  throw new TargetsError(
    'IMPOSSIBLE_STEP',
    {
      vi: `chưa thể ${step.vi}: ${awarded.map(({ unit }) => unit).join(', ')} đang có danh hiệu theo quyết định ${first?.decision} của ${id}; hãy thu hồi trước`,
      en: `${step.en} is not possible: ${awarded.map(({ unit }) => unit).join(', ')} hold${awarded.length === 1 ? 's' : ''} what decision ${first?.decision} granted by ${id}; ${MUTATION_OF.revoke} (${enumValue('revoke')}) that first`,
    },
    id,
  )
}

/**
 * Whether a ranking may be taken back.
 * @param rankings all of its cluster and year
 * @throws {TargetsError} `IMPOSSIBLE_STEP` where it is withdrawn already, another one is in force, or awards stand
 */
export function checkWithdrawal(
  { id, isWithdrawn, commendation }: RankingState,
  rankings: readonly Pick<RankingState, 'id' | 'number'>[],
): void {
  if (isWithdrawn) throw withdrawn(id)
  const newest = inForce(rankings)
  if (newest && newest.id !== id) throw new SupersededRanking(id, newest.id)
  checkNoAwards({ id, commendation }, { vi: 'hủy bảng đã chốt', en: 'withdrawRanking' })
}

/**
 * Whether a step may be taken, as far as the other rankings decide that.
 * @param rankings all there are, the one of the step among them
 * @param expected the number of steps that had been taken when the author looked; null where that was not told
 * @throws {TargetsError} `IMPOSSIBLE_STEP` where it is withdrawn
 * @throws {SupersededRanking} where another one is in force; an award that stands can be revoked there
 * @throws {TargetsError} `BAD_STEP` where an award would be the second of a year, or a number that of another decision
 * @throws {EditConflict} where a verdict would be replaced that the author did not say to have seen
 */
export function checkStep(
  step: CommendationStep,
  { id, cluster, year, isWithdrawn, commendation }: RankingState,
  rankings: readonly RankingState[],
  expected: number | null,
): void {
  if (isWithdrawn) throw withdrawn(id)
  const newest = inForce(rankings.filter((ranking) => ranking.cluster === cluster && ranking.year === year))
  if (newest && newest.id !== id && !(step.kind === 'revoke' && standingAwards(commendation).length > 0)) {
    throw new SupersededRanking(id, newest.id)
  }
  if (step.kind === 'appraise' && expected === null) {
    const before = commendation.nominees.find(({ unit }) => unit === step.unit)
    if (before?.verdict && before.decision === null) {
      throw new EditConflict(
        {
          vi: `${step.unit} đã có kết quả thẩm định "${VERDICT_NAMES[before.verdict]}" (${enumValue(before.verdict)}): ghi expected (số bước đã thấy) để thay đổi`,
          en: `${step.unit} has the verdict ${enumValue(before.verdict)} already: give expected, the number of steps that you have seen, to change it`,
        },
        { argument: 'input.expected', expected: null, found: enumValue(before.verdict) },
      )
    }
  }
  if (step.kind === 'decide') {
    checkNumber(step, rankings)
    checkAwards(
      step,
      year,
      rankings.filter((ranking) => ranking.id !== id),
    )
  }
}

type Decide = Extract<CommendationStep, { kind: 'decide' }>

/** A decision may deal with several clusters: then its date is the same. */
function checkNumber({ number, date }: Decide, rankings: readonly RankingState[]): void {
  for (const { id, commendation } of rankings) {
    const twin = commendation.decisions.find(
      (decision) =>
        decision.date !== date && decision.date.slice(0, 4) === date.slice(0, 4) && sameNumber(decision.number, number),
    )
    if (twin) {
      throw new TargetsError(
        'BAD_STEP',
        {
          vi: `number: ${twin.number} là quyết định ngày ${twin.date} về ${id}: mỗi số chỉ dùng một lần trong năm`,
          en: `number: ${twin.number} is the decision of ${twin.date} on ${id}: its issuer uses a number once a year`,
        },
        'number',
      )
    }
  }
}

function checkAwards({ grants }: Decide, year: number, others: readonly RankingState[]): void {
  grants.forEach(({ unit }, i) => {
    for (const other of others) {
      if (other.year !== year) continue
      const held = standingAwards(other.commendation).find((nominee) => nominee.unit === unit)
      if (!held) continue
      const path = `grants[${i}].unit`
      const award = awardName(held.granted ?? held.award)
      throw new TargetsError(
        'BAD_STEP',
        {
          vi: `${path}: ${unit} đã có ${award} năm ${year} theo quyết định ${held.decision} (${other.id}): mỗi năm một danh hiệu`,
          en: `${path}: ${unit} holds ${held.granted} for ${year} by decision ${held.decision} (${other.id}): a unit gets an award once a year`,
        },
        path,
      )
    }
  })
}

/** Numbers are the same however they are written: "0456/QĐ-UBND", "456/qđ-ubnd", "456 / QD-UBND". */
export function sameNumber(a: string, b: string): boolean {
  return plainNumber(a) === plainNumber(b)
}

const plainNumber = (number: string) =>
  number
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/Đ/g, 'D')
    .replace(/\s+/g, '')
    .replace(/^0+(?=\d)/, '')
