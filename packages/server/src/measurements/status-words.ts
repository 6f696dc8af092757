import type { MeasurementStatus } from '../generated/prisma/enums.ts'

/** How final a figure is, as offices write it, without case and diacritics. */
export const STATUS_WORDS: ReadonlyMap<string, MeasurementStatus> = new Map([
  ['uoc thuc hien', 'estimate'],
  ['uoc', 'estimate'],
  ['so bo', 'preliminary'],
  ['chinh thuc', 'official'],
])
