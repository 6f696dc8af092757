// Starts the built server as its users do: a process, an environment, a line on standard output.
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { type Answer, askingErrors, told } from './payloads.ts'

export type { Answer } from './payloads.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const START_TIMEOUT_MS = 180_000

export interface RunningServer {
  /** Of GraphQL, as the server printed it. */
  readonly url: string
  /** Without the path. */
  readonly origin: string
  readonly process: ChildProcess
  /** What it wrote to standard error so far. */
  log(): string
  query<Data>(
    text: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>
  /** The same with mutations whose payloads are told as what changed, or by errors: see payloads.ts. */
  change<Data>(
    text: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>
}

/** Wishes for an answer that is made for this request, not one that is kept. */
export const ANEW = { 'cache-control': 'no-cache' }

/** Servers that run: one that a failed test left behind would keep the run from ending. */
const running = new Set<ChildProcess>()

/** A process of the built server that is still to say whether it starts. */
export function launch(environment: Record<string, string>): {
  readonly process: ChildProcess
  readonly output: { out: string; err: string }
  readonly exit: Promise<number | null>
} {
  const { DATABASE_URL: _, DATA_DIR: __, DEMO: ___, PORT: ____, ...rest } = process.env
  const child = spawn(process.execPath, [MAIN], {
    env: { ...rest, NODE_ENV: 'production', NODE_OPTIONS: '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    output.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    output.err += chunk
  })
  running.add(child)
  const exit = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child)
      resolve(code)
    }),
  )
  return { process: child, output, exit }
}

/** Starts a server and waits for its `ready` line. */
export async function start(environment: Record<string, string>): Promise<RunningServer> {
  const { process: child, output, exit } = launch(environment)
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`no ready line within ${START_TIMEOUT_MS} ms\n${output.err}`))
    }, START_TIMEOUT_MS)
    const look = () => {
      const ready = /^ready (\S+)$/m.exec(output.out)
      if (!ready) return
      clearTimeout(timer)
      resolve(ready[1] as string)
    }
    child.stdout?.on('data', look)
    exit.then((code) => {
      clearTimeout(timer)
      reject(new Error(`exited with ${code}\n${output.err}`))
    })
  })
  return serverAt(url, child, output, exit)
}

/** A client of a server that runs already. */
function serverAt(
  url: string,
  child: ChildProcess = undefined as unknown as ChildProcess,
  output = { out: '', err: '' },
  exit: Promise<number | null> = Promise.resolve(null),
): RunningServer {
  const query = async <Data>(
    text: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: text, variables }),
    })
    return response.json() as Promise<Answer<Data>>
  }
  return {
    url,
    origin: new URL(url).origin,
    process: child,
    log: () => output.err,
    query,
    change: async (text, variables, headers) => told(await query(askingErrors(text), variables, headers)),
    stop() {
      child.kill('SIGTERM')
      return exit
    },
  }
}

/** `bare`: tables without rows; `plain`: the published data; `demo`: the demonstration data too. */
export type Kind = 'bare' | 'plain' | 'demo'
/** Of which a server runs for all suites. */
export type SharedKind = Exclude<Kind, 'bare'>

/** Where the prepared databases are; set by the global set-up. */
export interface Prepared {
  /** The folder of the embedded databases, or null on a PostgreSQL server. */
  readonly folder: string | null
  readonly servers: Record<SharedKind, string>
}

export const prepared = (): Prepared => JSON.parse(process.env.TEST_PREPARED ?? '') as Prepared

/** A server that all suites share, for reading only: the published data, or the demonstration data too. */
export const shared = (kind: SharedKind): RunningServer => serverAt(prepared().servers[kind])

/** Reads again until what was read is right, or for ten seconds; what was read last is given in either case. */
export async function eventually<T>(read: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 10_000
  for (;;) {
    const value = await read()
    if (isRight(value) || Date.now() > end) return value
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export const onPostgres = (): boolean => adminUrl() !== undefined
const adminUrl = () => process.env.TEST_DATABASE_URL || undefined

/**
 * `test` and `describe` for what cannot be proved without something that a machine may lack. Where it is missing they are
 * skipped, and say so; in CI (`CI` is set) the suite fails, since a promise that nothing proved must not pass there.
 */
export function needs(what: string, isHere: boolean): { readonly test: jest.It; readonly describe: jest.Describe } {
  if (isHere) return { test, describe }
  if (process.env.CI) throw new Error(`no ${what}: in CI nothing is skipped for want of it`)
  console.warn(`NOT TESTED: no ${what}`)
  return { test: test.skip, describe: describe.skip }
}

const cleanups: (() => Promise<void> | void)[] = []

/** The environment of a database of a suite's own, a copy of a prepared one or, with null, none that was ever opened. */
export async function ownDatabase(kind: Kind | null): Promise<Record<string, string>> {
  const demo: Record<string, string> = kind === 'demo' ? { DEMO: '1' } : {}
  if (onPostgres()) {
    const name = `dienbien_test_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`
    await asAdmin((client) => client.query(`create database ${name}${kind ? ` template ${templateName(kind)}` : ''}`))
    cleanups.push(() => asAdmin((client) => client.query(`drop database if exists ${name} with (force)`)))
    return { DATABASE_URL: databaseUrl(name), ...demo }
  }
  const folder = mkdtempSync(join(tmpdir(), 'dienbien-test-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  if (kind) cpSync(join(prepared().folder as string, kind), folder, { recursive: true })
  return { DATA_DIR: folder, ...demo }
}

/** Ends what is left of {@link launch} and drops what {@link ownDatabase} made; for `afterAll`, behind all else. */
export async function cleanUp(): Promise<void> {
  for (const child of running) child.kill('SIGKILL')
  for (const cleanup of cleanups.splice(0)) await cleanup()
}

/** Runs on one PostgreSQL server at a time keep apart by TEST_PREFIX. */
export const templateName = (kind: Kind) => `${process.env.TEST_PREFIX || 'dienbien'}_template_${kind}`

export function databaseUrl(name: string): string {
  const url = new URL(adminUrl() as string)
  url.pathname = `/${name}`
  return url.toString()
}

export async function asAdmin(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: adminUrl() })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
