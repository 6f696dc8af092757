import type { Text } from '@dienbien/targets'

/** No figure, target, weight or point of an office is larger; sums of many stay far from what a number can hold. */
const GREATEST = 1e15
/** Nor closer to 0 without being 0; what is divided by it stays far from what a number can hold. */
const LEAST = 1e-9

/** What is wrong with a number that came from outside, as the end of a sentence; null where nothing is. */
export function numberProblem(value: number): Text | null {
  if (Number.isNaN(value))
    return { vi: 'không phải là số: bỏ trống nếu không có', en: 'is not a number: leave it out where there is none' }
  if (Math.abs(value) > GREATEST) {
    return { vi: `là ${value}: số phải từ −10^15 đến 10^15`, en: `is ${value}: a number goes from −10^15 to 10^15` }
  }
  if (Object.is(value, -0)) return { vi: 'là −0: viết 0', en: 'is −0: write 0' }
  if (value !== 0 && Math.abs(value) < LEAST) {
    return {
      vi: `là ${value}: số gần 0 hơn 10^-9 thì viết 0`,
      en: `is ${value}: what is closer to 0 than 10^-9 is written 0`,
    }
  }
  return null
}

const vietnamese = new Intl.NumberFormat('vi-VN', { maximumSignificantDigits: 15 })

/** A number as a Vietnamese sentence has it: 1.000,44. */
export const inVietnamese = (value: number): string => vietnamese.format(value)

/** Drops the binary noise of an arithmetic result: 0.1 + 0.2 gives 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12))
