import type { MeasurementStatus } from '../generated/prisma/enums.ts'

/** How final a figure is, in a sentence. */
export const STATUS_NAMES: Readonly<Record<MeasurementStatus, string>> = {
  estimate: 'ước thực hiện',
  preliminary: 'sơ bộ',
  official: 'chính thức',
}

/** How final a figure is, as offices write it, without case and diacritics. */
export const STATUS_WORDS: ReadonlyMap<string, MeasurementStatus> = new Map([
  ['uoc thuc hien', 'estimate'],
  ['uoc', 'estimate'],
  ['so bo', 'preliminary'],
  ['chinh thuc', 'official'],
])
