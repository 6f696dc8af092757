// What the fault and the hostile suites did and found: `pnpm trust` prints it as a table.
import { appendFileSync } from 'node:fs'

/** How often faults are repeated: a few times in every run of the tests, fifty by `pnpm trust`. */
export const RUNS = Number(process.env.TRUST_RUNS ?? 4)

export interface TrustRow {
  readonly suite: 'fault' | 'hostile'
  readonly done: string
  readonly times: number
  /** What came of it: what was lost or leaked first of all. */
  readonly found: string
}

export function record(row: TrustRow): void {
  if (process.env.TRUST_TABLE) appendFileSync(process.env.TRUST_TABLE, `${JSON.stringify(row)}\n`)
}
