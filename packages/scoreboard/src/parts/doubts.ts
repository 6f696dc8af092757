// What to look at again before a figure is stored: sense, size, and whether it will count at all.
import type { MeasurementStatus, ReportingQuery } from '../generated/api.ts'
import type { Settings } from '../settings.tsx'

type Unit = NonNullable<ReportingQuery['unit']>
export type Asked = Unit['evaluation']['results'][number]['indicator']
export type Present = Unit['measurements'][number]

/** From the one that counts most. */
export const KINDS: readonly MeasurementStatus[] = ['OFFICIAL', 'PRELIMINARY', 'ESTIMATE']
/** So many times more or less than before is worth a second look: this page's choice. */
const FACTOR = 2

/** Why the figure would be stored and not shown, in words; null where it counts. */
export function whyNotCounted(
  present: Present | undefined,
  kind: MeasurementStatus,
  asOf: string,
  { t }: Settings,
): string | null {
  if (!present || present.asOf !== asOf || KINDS.indexOf(present.status) >= KINDS.indexOf(kind)) return null
  return `${t('outranked')} (${t(present.status)})`
}

export function doubtsAbout(
  value: number,
  asked: Asked,
  present: Present | undefined,
  asOf: string,
  { t, number, date }: Settings,
): string[] {
  const doubts: string[] = []
  const isShare = asked.unit.code === '%' || asked.unit.name.startsWith('%')
  const grows = /growth|tăng trưởng/i.test(`${asked.id}`)
  if (value < 0 && !grows) doubts.push(t('negative'))
  if (isShare && asked.measure !== 'FLOW' && value > 100 && !grows) doubts.push(t('aboveAll'))
  if (!present) return doubts
  const was = `${number(present.value)} (${date(present.asOf)})`
  if (asked.measure === 'FLOW' && present.asOf < asOf && value < present.value)
    doubts.push(`${t('lessThanBefore')} ${was}`)
  else if (present.value > 0 && value >= 0 && (value > present.value * FACTOR || value < present.value / FACTOR))
    doubts.push(`${t('farFrom')} ${was}`)
  return doubts
}
