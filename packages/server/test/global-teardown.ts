import { rmSync } from 'node:fs'
import { asAdmin, onPostgres, prepared, templateName } from './harness.ts'

export default async function tearDown(): Promise<void> {
  await Promise.all(globalThis.sharedServers.map((server) => server.stop()))
  const { folder } = prepared()
  if (folder) rmSync(folder, { recursive: true, force: true })
  if (!onPostgres()) return
  for (const kind of ['plain', 'demo'] as const) {
    await asAdmin((client) => client.query(`drop database if exists ${templateName(kind)}_shared with (force)`))
    await asAdmin((client) => client.query(`drop database if exists ${templateName(kind)} with (force)`))
  }
}
