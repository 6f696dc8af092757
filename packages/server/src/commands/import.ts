// Stores the figures of a CSV or XLSX file: `npx pnpm@12 import figures.xlsx --dry-run`.
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { directiveOf } from '../schema/years.ts'

const USAGE = `usage: import FILE [--year 2022] [--as-of DATE] [--status estimate|preliminary|official] [--source TEXT]
              [--reason TEXT] [--numbers auto|vi|en] [--dry-run]
Reads a row a figure (unit, indicator, value, date, status, source) or a row a unit and a column an indicator. It opens the
database of DATABASE_URL or DATA_DIR itself; a running embedded server takes files by the mutation importMeasurements.`
const STATUSES = ['estimate', 'preliminary', 'official'] as const
const STYLES = ['auto', 'vi', 'en'] as const
/** More bad cells than anybody reads. */
const SHOWN = 200

process.env.NODE_ENV ??= 'production'
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      year: { type: 'string', default: '2022' },
      'as-of': { type: 'string' },
      status: { type: 'string' },
      source: { type: 'string' },
      reason: { type: 'string' },
      numbers: { type: 'string', default: 'auto' },
      'dry-run': { type: 'boolean', default: false },
    },
  })
  const [file, ...more] = positionals
  if (!file || more.length > 0) throw new Error('name one file')
  const numbers = STYLES.find((one) => one === values.numbers)
  if (!numbers) throw new Error(`--numbers must be one of ${STYLES.join(', ')}`)
  const status: MeasurementStatus | undefined = STATUSES.find((one) => one === values.status)
  if (values.status && !status) throw new Error(`--status must be one of ${STATUSES.join(', ')}`)
  await run(file, {
    year: Number(values.year),
    asOf: values['as-of'] ?? null,
    status: status ?? null,
    source: values.source ?? null,
    numbers,
    reason: values.reason ?? values.source ?? `file ${file}`,
    dryRun: values['dry-run'],
  })
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`)
  process.exitCode = 1
}

interface Options {
  readonly year: number
  readonly asOf: string | null
  readonly status: MeasurementStatus | null
  readonly source: string | null
  readonly numbers: (typeof STYLES)[number]
  readonly reason: string
  readonly dryRun: boolean
}

async function run(file: string, { reason, dryRun, ...defaults }: Options): Promise<void> {
  const { readConfig } = await import('../config.ts')
  const { openDatabase } = await import('../database/open.ts')
  const { readImport, storeImport } = await import('../figures/import.ts')
  const bytes = readFileSync(file)
  const database = await openDatabase(readConfig())
  try {
    const units = await database.prisma.unit.findMany()
    const { figures, problems } = await readImport(bytes, directiveOf(defaults.year), units, defaults)
    for (const { cell, message } of problems.slice(0, SHOWN)) console.error(`${cell}: ${message}`)
    if (problems.length > 0) {
      console.error(`${problems.length} bad cells, nothing was stored`)
      process.exitCode = 1
      return
    }
    console.error(`${figures.length} figures read`)
    if (dryRun) return
    const author = { subject: userInfo().username, role: 'command', origin: null, reason }
    const stored = await storeImport(database.prisma, author, figures, (done, total) =>
      console.error(`${done} of ${total}`),
    )
    console.log(`stored ${stored}, unchanged ${figures.length - stored}`)
  } finally {
    await database.close()
  }
}
