// Prepares a database of tables without rows, one with the published data and one with the demonstration data too, each from
// the one before; keeps them as templates for the suites that write, and starts a server on a copy of the last two for those
// that only read.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  asAdmin,
  databaseUrl,
  type Kind,
  onPostgres,
  type RunningServer,
  type SharedKind,
  start,
  templateName,
} from './harness.ts'

declare global {
  var sharedServers: RunningServer[]
}

export default async function setUp(): Promise<void> {
  // Databases are copied from those of other servers: one key signs the trail of all of them.
  process.env.TRAIL_KEY_FILE ??= join(mkdtempSync(join(tmpdir(), 'dienbien-trail-key-')), 'trail-key')
  const folder = onPostgres() ? null : mkdtempSync(join(tmpdir(), 'dienbien-templates-'))
  const at = (name: string): Record<string, string> =>
    folder ? { DATA_DIR: join(folder, name) } : { DATABASE_URL: databaseUrl(name) }
  const named = (kind: Kind) => (folder ? kind : templateName(kind))
  const copy = async (from: string, to: string) => {
    if (folder) cpSync(join(folder, from), join(folder, to), { recursive: true })
    else await recreate(to, from)
  }
  const seeded = async (kind: SharedKind, from: Kind) => {
    await copy(named(from), named(kind))
    const server = await start({ ...at(named(kind)), ...(kind === 'demo' ? { DEMO: '1' } : {}) })
    await server.stop()
  }
  const serve = async (kind: SharedKind) => {
    const name = `${named(kind)}_shared`
    await copy(named(kind), name)
    return start(at(name))
  }
  if (folder) mkdirSync(join(folder, named('bare')))
  else await recreate(named('bare'))
  migrate(at(named('bare')))
  await seeded('plain', 'bare')
  const [plain, demo] = await Promise.all([serve('plain'), seeded('demo', 'plain').then(() => serve('demo'))])
  globalThis.sharedServers = [plain, demo]
  process.env.TEST_PREPARED = JSON.stringify({ folder, servers: { plain: plain.url, demo: demo.url } })
}

/** As the commands do it: tables, and no data of ours in them. */
function migrate({ DATABASE_URL, DATA_DIR }: Record<string, string>): void {
  const open = fileURLToPath(new URL('../dist/database/open.js', import.meta.url))
  const config = JSON.stringify({ databaseUrl: DATABASE_URL ?? null, dataDir: DATA_DIR ?? '', demo: false })
  execFileSync(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { openDatabase } from ${JSON.stringify(open)}
    const database = await openDatabase(${config}, { seeds: false })
    await database.close()
    process.exit()`,
  ])
}

async function recreate(name: string, template?: string): Promise<void> {
  await asAdmin(async (client) => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}${template ? ` template ${template}` : ''}`)
  })
}
