// Writes the report of section 4.4: `npx pnpm@12 report --format html --out bao-cao.html`.
import { writeWhole } from './command.ts'
import { askServer, type ServerOptions } from './running-server.ts'
import { say } from './spoken.ts'

/** As the API calls them. */
const FIELDS = { md: 'markdown', html: 'html', xlsx: 'xlsx' } as const

export const FORMATS = Object.keys(FIELDS) as (keyof typeof FIELDS)[]

/** Without a server to ask the database is opened. */
export interface ReportOptions extends ServerOptions {
  readonly year?: number
  readonly asOf?: string
  readonly cluster?: string
  readonly format: keyof typeof FIELDS
  /** Where it goes; Markdown goes to standard output where nothing is said. */
  readonly out?: string
}

type Wanted = Pick<ReportOptions, 'year' | 'asOf' | 'cluster' | 'format'>

interface Written {
  readonly fileName: string
  readonly content: string | Buffer
}

/** Writes the report into a file, or prints it. */
export async function writeReport({ out, url, token, ...wanted }: ReportOptions): Promise<void> {
  const { fileName, content } = await (url ? ask(url, token, wanted) : fromDatabase(wanted))
  if (out === undefined && wanted.format === 'md') process.stdout.write(content)
  else {
    const file = out ?? `${fileName}.${wanted.format}`
    writeWhole(file, content)
    console.error(say(`đã ghi ${file}`, `wrote ${file}`))
  }
}

/** From a running server, over HTTP. */
async function ask(url: string, token: string | undefined, { format, ...variables }: Wanted): Promise<Written> {
  const field = FIELDS[format]
  const query = `query ($year: Int, $asOf: Date, $cluster: String) {
    report(year: $year, asOf: $asOf, cluster: $cluster) { fileName ${field} } }`
  const { report } = await askServer<{ readonly report: Record<string, string> | null }>(url, token, {
    query,
    variables,
  })
  if (!report) throw new Error(say('máy chủ không có báo cáo', 'the server gave no report'))
  const { fileName = '', [field]: content = '' } = report
  return { fileName, content: format === 'xlsx' ? Buffer.from(content, 'base64') : content }
}

/** From the database itself. Whoever can open it sees all of it, so the report is an administrator's. */
async function fromDatabase({ year, asOf, cluster, format }: Wanted): Promise<Written> {
  const { defaultPolicy } = await import('@dienbien/targets/emulation')
  const { pino } = await import('pino')
  const { readConfig } = await import('../config.ts')
  const { openDatabase } = await import('../database/open.ts')
  const { rankAll } = await import('../emulation/ranking/ranking.ts')
  const { byAdoptedTables } = await import('../emulation/report/by-tables.ts')
  const { reportFileName, reportOf } = await import('../emulation/report/contents.ts')
  const { toHtml, toMarkdown, toXlsx } = await import('../emulation/report/report.ts')
  const { Changes } = await import('../figures/changes.ts')
  const { FigureStore } = await import('../figures/store.ts')
  const { judgedMoment } = await import('../figures/years.ts')
  const { createContext } = await import('../graphql/context.ts')
  const { clusterNamed } = await import('../units/clusters.ts')
  const { readTrailKey, trailKeyFile } = await import('../trail/key.ts')
  const { Trail } = await import('../trail/trail.ts')
  const config = readConfig()
  const database = await openDatabase(config)
  try {
    const logger = pino({ level: 'silent' })
    const changes = new Changes()
    const store = new FigureStore(database.pool, database.prisma, changes, logger)
    const trail = new Trail(database.pool, readTrailKey(trailKeyFile(config)), logger)
    const viewer = { subject: 'report', role: 'administrator', unit: null } as const
    const context = createContext(database.prisma, viewer, null, changes, store, trail)
    // Which years there are is known with the registry.
    const registry = await store.registry()
    const moment = judgedMoment(year, asOf)
    const code = cluster ? clusterNamed(cluster, 'cluster', registry).code : null
    const ranking = await byAdoptedTables(await rankAll(moment, defaultPolicy, context), moment, context)
    const report = await reportOf(moment, code, ranking, context)
    const content = await { md: toMarkdown, html: toHtml, xlsx: toXlsx }[format](report)
    return { fileName: reportFileName(moment, code), content }
  } finally {
    await database.close()
  }
}
