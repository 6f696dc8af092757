import type { MeasurementStatus } from '../generated/prisma/enums.ts'

/** Which figures of a year count besides those of its days: all of them where nothing else is said. */
export interface Counting {
  /** Only figures of these kinds; null: of every kind. */
  readonly statuses: readonly MeasurementStatus[] | null
  /** What was known then: only what was recorded before; null: all that is known. */
  readonly recordedBefore: Date | null
}

export const EVERYTHING: Counting = { statuses: null, recordedBefore: null }

/** As the arguments of a question say it. */
export function countingOf({
  figureStatus,
  recordedBefore,
}: {
  readonly figureStatus?: readonly MeasurementStatus[] | null | undefined
  readonly recordedBefore?: Date | null | undefined
}): Counting {
  return { statuses: figureStatus ?? null, recordedBefore: recordedBefore ?? null }
}
