// The synthetic emulation year of DEMO=1: who heads, and what the districts filed. Invented, and marked so in every row.
import { SYNTHETIC_SOURCE } from './demo.ts'
import type { Rows } from './rows.ts'

const YEAR = 2022
const HEADS = [
  ['cum-vung-cao', '097'],
  ['cum-vung-thap', '100'],
  ['khoi-mau', 'so-mau-1'],
] as const
/** Kind and day of what a diligent district files. */
const FILED = [
  ['pact', '2022-03-10'],
  ['plan', '2022-03-25'],
  ['midterm', '2022-07-12'],
  ['final', '2023-01-10'],
] as const
/** Files its plan and its mid-term review late. */
const TARDY = { unit: '098', days: { plan: '2022-04-12', midterm: '2022-08-05' } as Record<string, string> }
/** Its reviews are not known of. */
const SILENT = '099'

export function demoEmulationRows(memberships: readonly Readonly<Record<string, string>>[]): Rows {
  const marks = { source: SYNTHETIC_SOURCE, synthetic: true }
  return {
    cluster_heads: HEADS.map(([cluster, unit]) => ({ cluster_code: cluster, year: YEAR, unit_code: unit, ...marks })),
    filings: memberships.flatMap(({ unit }) =>
      FILED.filter(([kind]) => unit !== SILENT || kind === 'pact' || kind === 'plan').map(([kind, day]) => ({
        unit_code: unit,
        year: YEAR,
        kind,
        subject: '',
        revision: 1,
        filed_on: unit === TARDY.unit ? (TARDY.days[kind] ?? day) : day,
        signed_by: 'Chủ tịch UBND huyện (giả lập)',
        evidence: SYNTHETIC_SOURCE,
        content: [],
        synthetic: true,
        recorded_by: 'seed',
      })),
    ),
  }
}
