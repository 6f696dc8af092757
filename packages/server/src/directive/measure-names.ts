import type { Measure } from '@dienbien/targets'

/** What each way of an indicator to behave in time is called. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  flow: 'lũy kế',
  level: 'thời điểm',
  rate: 'tỷ lệ',
  milestone: 'duy trì',
}
