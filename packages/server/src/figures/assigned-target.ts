import type { NumericComparator } from '@dienbien/targets'

/** A unit's own target, as it stood on a date. */
export interface AssignedTarget {
  readonly unitCode: string
  readonly indicatorId: string
  readonly comparator: NumericComparator
  readonly value: number
  readonly baseline: number | null
  readonly validFrom: string
  readonly source: string
  readonly synthetic: boolean
}
