// Stores the figures of a CSV or XLSX file: `npx pnpm@12 run import figures.xlsx --dry-run`.
import { userInfo } from 'node:os'
import { forTerminal } from '@dienbien/targets/command'
import { lastDay, publish } from '../figures/years.ts'
import type { MeasurementStatus } from '../generated/prisma/enums.ts'
import { textProblem } from '../unseen.ts'
import { bytesOf } from './command.ts'
import { askServer, formOf, type ServerOptions } from './running-server.ts'
import { inWords, say } from './spoken.ts'

export const STATUSES = ['estimate', 'preliminary', 'official'] as const satisfies readonly MeasurementStatus[]
export const STYLES = ['auto', 'vi', 'en'] as const
/** More bad cells than anybody reads. */
const SHOWN = 200

/** What stands for each figure whose row does not say it itself. Without a server to send the file to the database is opened. */
export interface ImportOptions extends ServerOptions {
  readonly year?: number
  readonly asOf?: string
  readonly status?: MeasurementStatus
  readonly source?: string
  readonly numbers: (typeof STYLES)[number]
  readonly reason?: string
  /** Only names what is wrong. */
  readonly dryRun?: boolean
}

/** What became of a file: of figures that were read, those that were stored. With any problem none was. */
interface Told {
  readonly read: number
  readonly stored: number
  /** The first of them. */
  readonly problems: readonly { readonly cell: string; readonly message: string }[]
  readonly problemCount: number
}

/** Stores the figures of a file, all or none. */
export async function importFile(file: string, options: ImportOptions): Promise<void> {
  const { source, reason, dryRun, url } = options
  for (const [name, text] of Object.entries({ source, reason })) {
    const problem = text === undefined ? null : textProblem(text)
    if (problem) throw new Error(`--${name} ${inWords(problem)}`)
  }
  const bytes = bytesOf(file)
  const { read, stored, problems, problemCount } = await (url
    ? send(url, file, bytes, options)
    : store(file, bytes, options))
  for (const { cell, message } of problems.slice(0, SHOWN)) console.error(forTerminal(`${cell}: ${message}`))
  if (problemCount > 0) {
    console.error(say(`${problemCount} ô sai, chưa lưu gì`, `${problemCount} bad cells, nothing was stored`))
    process.exitCode = 1
    return
  }
  // What is stored here says how many were read before that takes a while.
  if (url || dryRun) tellRead(read)
  if (dryRun) return
  console.log(say(`đã lưu ${stored}, không đổi ${read - stored}`, `stored ${stored}, unchanged ${read - stored}`))
}

/** Figures of a day are of its year. */
const yearSaid = ({ year, asOf }: ImportOptions): number | undefined =>
  year ?? (asOf === undefined ? undefined : Number(asOf.slice(0, 4)))

const tellRead = (read: number): void => console.error(say(`đã đọc ${read} số liệu`, `${read} figures read`))

/** Into the database itself, which nothing else may have open where it is embedded. */
async function store(file: string, bytes: Buffer, options: ImportOptions): Promise<Told> {
  const { asOf = null, status = null, source = null, numbers, reason = null, dryRun } = options
  const { readConfig } = await import('../config.ts')
  const { openDatabase } = await import('../database/open.ts')
  const { loadRegister } = await import('../figures/register.ts')
  const { readImport, reasonOf } = await import('../measurements/import.ts')
  const { storeImport } = await import('../measurements/import-store.ts')
  const database = await openDatabase(readConfig())
  try {
    const register = await loadRegister(database.prisma)
    publish(register.directives)
    const year = yearSaid(options) ?? register.directives.newest.year
    const unitsOn = (day: string | null) => register.on(day ?? lastDay(year))
    const defaults = { year, asOf, status, source, numbers }
    const { figures, problems } = await readImport({ name: file, bytes }, unitsOn, defaults)
    const read = figures.length
    const shown = problems.map(({ cell, text }) => ({ cell, message: inWords(text) }))
    if (shown.length > 0 || dryRun) return { read, stored: 0, problems: shown, problemCount: shown.length }
    tellRead(read)
    const why = reasonOf(file, reason, source)
    const author = { subject: userInfo().username, role: 'command', origin: null, reason: why }
    const stored = await storeImport(database.prisma, author, figures, (done, total) =>
      console.error(say(`${done} trên ${total}`, `${done} of ${total}`)),
    )
    return { read, stored, problems: [], problemCount: 0 }
  } finally {
    await database.close()
  }
}

const NEWEST = '{ directive { year } }'
const IMPORT = `mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) {
  read stored problemCount problems { cell message } errors { message }
} }`

interface Sent {
  readonly importMeasurements: Told & { readonly errors: readonly { readonly message: string }[] }
}

/** To a running server. */
async function send(url: string, file: string, bytes: Buffer, options: ImportOptions): Promise<Told> {
  const { token, asOf, status, source, reason, numbers, dryRun = false } = options
  const year = yearSaid(options) ?? (await newestYear(url, token))
  const said = { status: status?.toUpperCase(), numbers: numbers.toUpperCase() }
  const form = formOf(IMPORT, { year, asOf, source, reason, dryRun, ...said }, file, bytes)
  const { importMeasurements: outcome } = await askServer<Sent>(url, token, form)
  if (outcome.errors.length > 0) throw new Error(outcome.errors.map(({ message }) => message).join('\n'))
  return outcome
}

async function newestYear(url: string, token: string | undefined): Promise<number> {
  const { directive } = await askServer<{ directive: { year: number } }>(url, token, { query: NEWEST })
  return directive.year
}
