import type { Indicator, NumericComparator, Target } from '../directive/types.ts'
import { isRecord, wrongType } from '../errors.ts'
import { checkKeys, checkNumber, checkOneOf } from './options.ts'

/** A unit's own target: a number in the indicator's unit (compared as the directive does), or in full. */
export type OwnTarget =
  | number
  | true
  | {
      readonly comparator?: NumericComparator
      readonly value: number
      /** The unit's own value of the year before; without it the way to the target is not known. */
      readonly baseline?: number
    }
  | { readonly comparator: 'between'; readonly low: number; readonly high: number; readonly baseline?: number }
  | { readonly comparator: 'maintained'; readonly value: true }

const COMPARATORS = ['>=', '>', '<=', '<', '=', '~', 'between'] as const

/**
 * A unit's own target in full.
 * @param standard the directive's target, whose comparator a bare number takes
 * @throws {TargetsError} `WRONG_TYPE`, `NOT_FINITE` or `BAD_OPTION`, naming the indicator
 */
export function ownTarget(
  { id }: Indicator,
  standard: Target,
  target: unknown,
): { target: Target; baseline: number | undefined } {
  const full = isRecord(target) ? target : { value: target }
  const { comparator = standard.comparator, baseline, value, low, high } = full
  const milestone = standard.comparator === 'maintained'
  const where = `targets.${id}`
  checkOneOf(`${where}.comparator`, comparator, milestone ? ['maintained'] : COMPARATORS, 'BAD_OPTION', id)
  const range = comparator === 'between'
  const allowed = ['comparator', ...(range ? ['low', 'high'] : ['value']), ...(milestone ? [] : ['baseline'])]
  checkKeys(full, allowed, where, id)
  if (milestone) {
    if (value !== true) throw wrongType(`targets: "${id}"`, 'true', 'true', target, 'WRONG_TYPE', id)
    return { target: standard, baseline: undefined }
  }
  if (baseline !== undefined) checkNumber('targets', id, baseline)
  if (!range) {
    checkNumber('targets', id, value)
    return { target: { comparator: comparator as NumericComparator, value }, baseline }
  }
  checkNumber('targets', id, low)
  checkNumber('targets', id, high)
  if (low >= high)
    throw wrongType(`${where}.high`, `số lớn hơn ${low}`, `a number above ${low}`, high, 'BAD_OPTION', id)
  return { target: { comparator: 'between', low, high }, baseline }
}
