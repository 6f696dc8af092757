// PostgreSQL servers of a suite's own, to be stopped, started and copied.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { needs, onPostgres } from './harness.ts'

const DEBIAN = '/usr/lib/postgresql'

/** Where `postgres` and `initdb` are: `PG_BIN`, or where Debian puts the newest; null where there are none. */
function postgresBinaries(): string | null {
  if (process.env.PG_BIN) return process.env.PG_BIN
  if (!existsSync(DEBIAN)) return null
  const [newest] = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
  const bin = join(DEBIAN, newest ?? '', 'bin')
  return existsSync(join(bin, 'initdb')) ? bin : null
}

/** For PostgreSQL servers of a suite's own: part of the run on PostgreSQL, not of the one on the embedded database. */
export const withPostgres = onPostgres()
  ? needs(`initdb below ${DEBIAN} (PG_BIN)`, postgresBinaries() !== null).describe
  : describe.skip

/** PostgreSQL refuses to run as root. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

export class OwnPostgres {
  readonly port: number
  readonly #folder: string
  #process: ChildProcess | null = null

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.port = port
  }

  static async create(): Promise<OwnPostgres> {
    const server = new OwnPostgres(emptyFolder(), await freePort())
    run('initdb', ['-D', server.#folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'])
    await server.start()
    return server
  }

  /** A streaming replica of it. */
  async standby(): Promise<OwnPostgres> {
    const copy = new OwnPostgres(emptyFolder(), await freePort())
    run('pg_basebackup', ['-D', copy.#folder, '-R', '-X', 'stream', '-c', 'fast', '-d', this.url('postgres')])
    await copy.start()
    return copy
  }

  url = (database: string) => `postgresql://postgres@127.0.0.1:${this.port}/${database}`

  async start(): Promise<void> {
    const settings = [
      `port=${this.port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=60',
      // After a crash one call for all files, not one for each: seconds in place of minutes on a busy disk.
      'recovery_init_sync_method=syncfs',
    ]
    const child = spawn(
      join(postgresBinaries() as string, 'postgres'),
      ['-D', this.#folder, ...settings.flatMap((setting) => ['-c', setting])],
      { ...owner(), stdio: 'ignore' },
    )
    this.#process = child
    for (let attempt = 0; attempt < 300; attempt++) {
      if (
        await this.ask('select 1').then(
          () => true,
          () => false,
        )
      )
        return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('PostgreSQL did not start')
  }

  /** `fast` ends sessions, `immediate` leaves it to recover as after a crash. */
  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('close', resolve))
    child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await gone
    this.#process = null
  }

  /** Stops all its processes where they are, as a machine that hangs does. @returns what lets them go on */
  freeze(): () => void {
    const parent = String(this.#process?.pid)
    const children = execFileSync('pgrep', ['-P', parent], { encoding: 'utf8' }).trim().split('\n')
    const all = [parent, ...children].map(Number)
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    return () => {
      for (const pid of all) process.kill(pid, 'SIGCONT')
    }
  }

  async ask<Row extends object>(sql: string, database = 'postgres'): Promise<Row[]> {
    const client = new Client({ connectionString: this.url(database), connectionTimeoutMillis: 2000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return (await client.query<Row>(sql)).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  async remove(): Promise<void> {
    await this.stop('immediate')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dienbien-postgres-'))
  const { uid, gid } = owner()
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  return folder
}

function run(program: string, parameters: string[]): void {
  const { status, stderr } = spawnSync(join(postgresBinaries() as string, program), parameters, {
    ...owner(),
    cwd: tmpdir(),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
