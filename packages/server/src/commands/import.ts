// Stores the figures of a CSV or XLSX file: `npx pnpm@12 run import figures.xlsx --dry-run`.
import { userInfo } from 'node:os'
import { forTerminal } from '@dienbien/targets/command'
import { lastDay, publish } from '../figures/years.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { textProblem } from '../unseen.ts'
import { bytesOf } from './command.ts'
import { inWords, say } from './spoken.ts'

export const STATUSES = ['estimate', 'preliminary', 'official'] as const satisfies readonly MeasurementStatus[]
export const STYLES = ['auto', 'vi', 'en'] as const
/** More bad cells than anybody reads. */
const SHOWN = 200

/** What stands for each figure whose row does not say it itself. */
export interface ImportOptions {
  readonly year?: number
  readonly asOf?: string
  readonly status?: MeasurementStatus
  readonly source?: string
  readonly numbers: (typeof STYLES)[number]
  readonly reason?: string
  /** Only names what is wrong. */
  readonly dryRun?: boolean
}

/** Stores the figures of a file, all or none. */
export async function importFile(file: string, options: ImportOptions): Promise<void> {
  const { asOf = null, status = null, source = null, numbers, reason = null, dryRun } = options
  for (const [name, text] of Object.entries({ source, reason })) {
    const problem = text === null ? null : textProblem(text)
    if (problem) throw new Error(`--${name} ${inWords(problem)}`)
  }
  const { readConfig } = await import('../config.ts')
  const { openDatabase } = await import('../database/open.ts')
  const { loadRegister } = await import('../figures/register.ts')
  const { readImport, reasonOf } = await import('../measurements/import.ts')
  const { storeImport } = await import('../measurements/import-store.ts')
  const bytes = bytesOf(file)
  const database = await openDatabase(readConfig())
  try {
    const register = await loadRegister(database.prisma)
    publish(register.directives)
    const year = options.year ?? register.directives.newest.year
    const unitsOn = (day: string | null) => register.on(day ?? lastDay(year))
    const { figures, problems } = await readImport({ name: file, bytes }, unitsOn, {
      year,
      asOf,
      status,
      source,
      numbers,
    })
    for (const { cell, text } of problems.slice(0, SHOWN)) console.error(forTerminal(`${cell}: ${inWords(text)}`))
    if (problems.length > 0) {
      console.error(say(`${problems.length} ô sai, chưa lưu gì`, `${problems.length} bad cells, nothing was stored`))
      process.exitCode = 1
      return
    }
    console.error(say(`đã đọc ${figures.length} số liệu`, `${figures.length} figures read`))
    if (dryRun) return
    const author = {
      subject: userInfo().username,
      role: 'command',
      origin: null,
      reason: reasonOf(file, reason, source),
    }
    const stored = await storeImport(database.prisma, author, figures, (done, total) =>
      console.error(say(`${done} trên ${total}`, `${done} of ${total}`)),
    )
    console.log(
      say(
        `đã lưu ${stored}, không đổi ${figures.length - stored}`,
        `stored ${stored}, unchanged ${figures.length - stored}`,
      ),
    )
  } finally {
    await database.close()
  }
}
