import { inputError } from '../errors/input-error.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'

/** Which figures of a year count besides those of its days: all of them where nothing else is said. */
export interface Counting {
  /** Only figures of these kinds; null: of every kind. */
  readonly statuses: readonly MeasurementStatus[] | null
  /** What was known then: only what was recorded before; null: all that is known. */
  readonly recordedBefore: Date | null
}

export const EVERYTHING: Counting = { statuses: null, recordedBefore: null }

/** As the arguments of a question say it. @throws {InputError} where no kind of figure would count */
export function countingOf({
  figureStatus,
  recordedBefore,
}: {
  readonly figureStatus?: readonly MeasurementStatus[] | null | undefined
  readonly recordedBefore?: Date | null | undefined
}): Counting {
  if (figureStatus?.length === 0) {
    const text = {
      vi: 'danh sách loại số liệu trống thì không số liệu nào được tính: bỏ figureStatus để tính mọi loại',
      en: 'with an empty list no figure counts: leave figureStatus out for every kind',
    }
    throw inputError('BAD_INPUT', text, { argument: 'figureStatus', value: [] })
  }
  return { statuses: figureStatus ?? null, recordedBefore: recordedBefore ?? null }
}
