/**
 * - `MET`: the value satisfies the target
 * - `NOT_MET`: the year is over and it does not
 * - `IN_PROGRESS`: the year is not over and it does not yet
 * - `NO_DATA`: no value
 * - `NOT_APPLICABLE`: no target for this unit, or only a projection
 */
export type Status = 'MET' | 'NOT_MET' | 'IN_PROGRESS' | 'NO_DATA' | 'NOT_APPLICABLE'

/** A status as a byte, in the tables of `compile`. */
export const StatusCode = {
  NO_DATA: 0,
  NOT_APPLICABLE: 1,
  NOT_MET: 2,
  IN_PROGRESS: 3,
  MET: 4,
} as const satisfies Record<Status, number>
export type StatusCode = (typeof StatusCode)[Status]

const byCode = ['NO_DATA', 'NOT_APPLICABLE', 'NOT_MET', 'IN_PROGRESS', 'MET'] as const

/** The status that a byte of a table stands for. */
export function statusOf(code: number): Status {
  const status = byCode[code]
  if (status === undefined) throw new RangeError(`${code} is no status code: 0 to ${byCode.length - 1}`)
  return status
}

/** Completion against the elapsed share of the year: above 1.05 times it, below 0.95 times it, or between. */
export type Pace = 'AHEAD' | 'ON_TRACK' | 'BEHIND'
