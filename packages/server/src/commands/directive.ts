// Checks, compares and publishes directives as files: `pnpm dienbien directive publish chi-thi-2024.yaml --source "…"`.

import { userInfo } from 'node:os'
import { forTerminal } from '@dienbien/targets/command'
import { isoDay } from '../days.ts'
import { textProblem } from '../unseen.ts'
import { bytesOf } from './command.ts'
import { inWords, say } from './spoken.ts'

/** Whom a directive binds; without either everyone. */
export interface ScopeOptions {
  readonly cluster?: string
  readonly unit?: string
}

export interface PublishOptions extends ScopeOptions {
  readonly source: string
}

/** Names everything that stands against publishing a file, with its line. */
export async function checkFile(file: string, options: ScopeOptions): Promise<void> {
  await withPublished(async ({ published, scopeOf }) => {
    const { document, problems } = await read(file, scopeOf(options), published)
    report(file, problems)
    if (problems.length === 0) console.log(`${file}: ${nameOf(document)} ${say('ban hành được', 'may be published')}`)
  })
}

/** What a file changes against the directive in force of its year and scope, or against that of the year before. */
export async function compareFile(file: string, options: ScopeOptions): Promise<void> {
  const { parseDirective } = await import('@dienbien/targets/core')
  const { diffDirectives } = await import('@dienbien/targets/report')
  await withPublished(async ({ published, scopeOf }) => {
    const { document, scope, problems } = await read(file, scopeOf(options), published)
    report(file, problems)
    if (problems.length > 0) return
    const directive = parseDirective(document)
    const before = published
      .inForce()
      .findLast(
        (version) => version.cluster === scope.cluster && version.unit === scope.unit && version.year <= directive.year,
      )
    if (!before) {
      console.log(`${file}: ${say('trước đó chưa có chỉ thị nào', 'nothing is published before it')}`)
      return
    }
    console.log(`${say('so với', 'against')} ${before.id} (${before.directive.id}):`)
    for (const { text } of diffDirectives(before.directive, directive)) console.log(inWords(text))
  })
}

/** Publishes a file as the version in force of its year and scope. */
export async function publishFile(file: string, { source, ...options }: PublishOptions): Promise<void> {
  const problem = textProblem(source)
  if (problem) throw new Error(`--source ${inWords(problem)}`)
  const { writeAs } = await import('../database/write.ts')
  const { storeVersion, yearOf } = await import('../directive/publishing.ts')
  await withPublished(async ({ database, published, scopeOf }) => {
    const { document, scope, problems } = await read(file, scopeOf(options), published)
    report(file, problems)
    if (problems.length > 0) return
    const author = { subject: userInfo().username, role: 'command', origin: null, reason: source }
    const year = yearOf(document, file)
    const row = await writeAs(database.prisma, author, (transaction) =>
      storeVersion(transaction, author, { document, year, scope, published: true, source }, null),
    )
    console.log(`${row.id} ${say('có hiệu lực', 'is in force')}`)
  })
}

const nameOf = (document: unknown): string => {
  const { id, year } = document as { readonly id: string; readonly year: number }
  return say(`${id} năm ${year}`, `${id} of ${year}`)
}

interface FileProblem {
  readonly path: string
  readonly message: string
  readonly line: number
}

interface Scope {
  readonly cluster: string | null
  readonly unit: string | null
}

async function read(
  file: string,
  scopeIn: (year: number | null) => Scope,
  published: import('../figures/directives.ts').Directives,
): Promise<{ readonly document: unknown; readonly scope: Scope; readonly problems: readonly FileProblem[] }> {
  const { readDocument } = await import('@dienbien/targets/table')
  const { problemsOf } = await import('../directive/publishing.ts')
  const { value, placeOf } = readDocument(bytesOf(file).toString())
  const { year } = (value ?? {}) as { readonly year?: unknown }
  const scope = scopeIn(Number.isInteger(year) ? (year as number) : null)
  const problems = problemsOf(value, scope, published).map(({ path, text }) => ({
    path,
    message: inWords(text),
    line: placeOf(path).line,
  }))
  return { document: value, scope, problems }
}

function report(file: string, problems: readonly FileProblem[]): void {
  for (const { path, message, line } of problems) {
    console.error(forTerminal(`${file}:${line}: ${path ? `${path}: ` : ''}${message}`))
  }
  if (problems.length === 0) return
  console.error(
    say(
      `${problems.length} lỗi, chưa ban hành gì`,
      `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}, nothing was published`,
    ),
  )
  process.exitCode = 1
}

/** What is published in the database of DATABASE_URL or DATA_DIR. */
async function withPublished(
  work: (parts: {
    readonly database: Awaited<ReturnType<typeof import('../database/open.ts').openDatabase>>
    readonly published: import('../figures/directives.ts').Directives
    /** Whom a directive of a year binds: a unit is named as it stood in that year. */
    readonly scopeOf: (options: ScopeOptions) => (year: number | null) => Scope
  }) => Promise<void>,
): Promise<void> {
  const { readConfig } = await import('../config.ts')
  const { openDatabase } = await import('../database/open.ts')
  const { loadRegister } = await import('../figures/register.ts')
  const { lastDay, publish } = await import('../figures/years.ts')
  const { clusterNamed } = await import('../units/clusters.ts')
  const { unitNamed, unitOfYear } = await import('../units/units.ts')
  const database = await openDatabase(readConfig())
  try {
    const register = await loadRegister(database.prisma)
    publish(register.directives)
    const newest = register.directives.years.length > 0 ? lastDay() : isoDay(new Date())
    const scopeOf =
      ({ cluster, unit }: ScopeOptions) =>
      (year: number | null): Scope => {
        const registry = register.on(year === null ? newest : lastDay(year))
        return {
          cluster: cluster ? clusterNamed(cluster, '--cluster', registry).code : null,
          unit: !unit
            ? null
            : (year === null ? unitNamed(unit, '--unit', registry) : unitOfYear(unit, '--unit', registry, { year })).id,
        }
      }
    await work({ database, published: register.directives, scopeOf })
  } finally {
    await database.close()
  }
}
