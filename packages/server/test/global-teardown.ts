import { rmSync } from 'node:fs'
import { asAdmin, onPostgres, prepared, templateName } from './harness.ts'

export default async function tearDown(): Promise<void> {
  await Promise.all(globalThis.sharedServers.map((server) => server.stop()))
  const { folder } = prepared()
  if (folder) rmSync(folder, { recursive: true, force: true })
  if (!onPostgres()) return
  const names = (['bare', 'plain', 'demo'] as const).flatMap((kind) => [
    templateName(kind),
    `${templateName(kind)}_shared`,
  ])
  for (const name of names) await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`))
}
