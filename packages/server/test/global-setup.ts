// Prepares one database with the published data and one with the demonstration data too, keeps them as templates for the
// suites that write, and starts a server on a copy of each for those that only read.
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asAdmin, databaseUrl, type Kind, onPostgres, type RunningServer, start, templateName } from './harness.ts'

const KINDS: readonly Kind[] = ['plain', 'demo']

declare global {
  var sharedServers: RunningServer[]
}

export default async function setUp(): Promise<void> {
  // Databases are copied from those of other servers: one key signs the trail of all of them.
  process.env.TRAIL_KEY_FILE ??= join(mkdtempSync(join(tmpdir(), 'dienbien-trail-key-')), 'trail-key')
  const folder = onPostgres() ? null : mkdtempSync(join(tmpdir(), 'dienbien-templates-'))
  const servers = await Promise.all(
    KINDS.map(async (kind) => {
      const template = folder ? { DATA_DIR: join(folder, kind) } : { DATABASE_URL: databaseUrl(templateName(kind)) }
      if (!folder) await recreate(templateName(kind))
      const first = await start({ ...template, ...(kind === 'demo' ? { DEMO: '1' } : {}) })
      await first.stop()
      const copy = `${templateName(kind)}_shared`
      if (folder) cpSync(join(folder, kind), join(folder, copy), { recursive: true })
      else await recreate(copy, templateName(kind))
      return start(folder ? { DATA_DIR: join(folder, copy) } : { DATABASE_URL: databaseUrl(copy) })
    }),
  )
  globalThis.sharedServers = servers
  process.env.TEST_PREPARED = JSON.stringify({
    folder,
    servers: Object.fromEntries(KINDS.map((kind, i) => [kind, servers[i]?.url])),
  })
}

async function recreate(name: string, template?: string): Promise<void> {
  await asAdmin(async (client) => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}${template ? ` template ${template}` : ''}`)
  })
}
