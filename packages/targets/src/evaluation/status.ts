import { show, TargetsError } from '../errors.ts'

/**
 * - `MET`: the value satisfies the target, and its figure is final, or nothing can undo it (a floor that a flow has
 *   reached), or the year runs and it is a level, a rate or a milestone: met as of its day
 * - `NOT_MET`: the figure is final and does not satisfy it, or nothing can mend it (a ceiling that a flow has broken)
 * - `IN_PROGRESS`: the year runs and neither holds yet
 * - `UNDECIDED`: the year is over and the newest figure is not final
 * - `NO_DATA`: no value
 * - `NOT_APPLICABLE`: no target for this unit, or only a projection
 */
export type Status = 'MET' | 'NOT_MET' | 'IN_PROGRESS' | 'UNDECIDED' | 'NO_DATA' | 'NOT_APPLICABLE'

/** A status as a byte, in the tables of `compile`. */
export const StatusCode = /*#__PURE__*/ Object.freeze({
  NO_DATA: 0,
  NOT_APPLICABLE: 1,
  NOT_MET: 2,
  IN_PROGRESS: 3,
  MET: 4,
  UNDECIDED: 5,
} as const satisfies Record<Status, number>)
export type StatusCode = (typeof StatusCode)[Status]

const byCode = ['NO_DATA', 'NOT_APPLICABLE', 'NOT_MET', 'IN_PROGRESS', 'MET', 'UNDECIDED'] as const

/**
 * The status that a byte of a table stands for.
 * @throws {TargetsError} `BAD_TABLE` where it stands for none
 */
export function statusOf(code: number): Status {
  const status = typeof code === 'number' ? byCode[code] : undefined
  if (status === undefined) {
    const last = byCode.length - 1
    throw new TargetsError('BAD_TABLE', {
      vi: `${show(code)} không phải mã kết quả: từ 0 đến ${last}`,
      en: `${show(code)} is no status code: 0 to ${last}`,
    })
  }
  return status
}

/** What was done, or of a ceiling left, against what the day asks for: above 1.05 times it, below 0.95, or between. */
export type Pace = 'AHEAD' | 'ON_TRACK' | 'BEHIND'
