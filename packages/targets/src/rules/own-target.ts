import type { Indicator, NumericComparator, Target } from '../directive/types.ts'
import { isRecord, show, TargetsError, wrongType } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { checkNumber } from './options.ts'

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
  given: unknown,
): { target: Target; baseline: number | undefined } {
  const refuse = (vi: string, en: string, near?: string): never => {
    throw new TargetsError('BAD_OPTION', { vi: `targets: ${vi}`, en: `targets: ${en}` }, id, near)
  }
  const full = isRecord(given) ? given : { value: given }
  const milestone = standard.comparator === 'maintained'
  const allowed = milestone
    ? ['comparator', 'value']
    : full.comparator === 'between'
      ? ['comparator', 'low', 'high', 'baseline']
      : ['comparator', 'value', 'baseline']
  for (const key of Object.keys(full)) {
    if (allowed.includes(key)) continue
    const [vi, en] = [`"${id}" không có mục "${key}"`, `"${id}" has no key "${key}"`]
    refuse(`${vi}; có ${allowed.join(', ')}`, `${en}; there are ${allowed.join(', ')}`, nearest(key, allowed))
  }
  if (milestone) {
    const { comparator = 'maintained', value } = full
    if (value !== true || comparator !== 'maintained') {
      throw wrongType(`targets: "${id}"`, 'true', 'true', given, 'WRONG_TYPE', id)
    }
    return { target: standard, baseline: undefined }
  }
  const { comparator = standard.comparator, baseline } = full
  if (!COMPARATORS.includes(comparator as 'between')) {
    const [vi, en] = [
      `"comparator" ${show(comparator)} của "${id}" không thuộc`,
      `comparator ${show(comparator)} of "${id}" is none of`,
    ]
    refuse(`${vi} ${COMPARATORS.join(', ')}`, `${en} ${COMPARATORS.join(', ')}`)
  }
  if (baseline !== undefined) checkNumber('targets', id, baseline)
  if (comparator !== 'between') {
    checkNumber('targets', id, full.value)
    return { target: { comparator: comparator as NumericComparator, value: full.value }, baseline }
  }
  const { low, high } = full
  if (low === undefined && high === undefined) {
    refuse(
      `"${id}": viết { comparator: 'between', low, high }, hoặc nêu dấu so sánh`,
      `"${id}": write { comparator: 'between', low, high }, or say a comparator`,
    )
  }
  checkNumber('targets', id, low)
  checkNumber('targets', id, high)
  if (low >= high) {
    refuse(`"${id}": "high" phải lớn hơn "low" (${low})`, `"${id}": "high" must be above "low", ${low}`)
  }
  return { target: { comparator: 'between', low, high }, baseline }
}
