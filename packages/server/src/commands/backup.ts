// Writes all of the database into a file: `npx pnpm@12 backup dienbien.gz`.
import { renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { readConfig } from '../config.ts'
import { backup } from '../database/backup.ts'
import { connectDatabase } from '../database/open.ts'
import { readTrailKey, trailKeyFile } from '../trail/key.ts'
import { checkFree } from './command.ts'

/** Under its name the file is whole, or it is not there. */
export async function backupTo(file: string): Promise<void> {
  checkFree(file)
  const config = readConfig()
  const key = readTrailKey(trailKeyFile(config))
  // Under its name it is whole.
  const part = `${file}.part`
  const out = (await open(part, 'w', 0o600)).createWriteStream()
  try {
    const gzip = createGzip()
    const written = pipeline(gzip, out).catch((error: Error) => {
      throw Object.assign(error, { path: file })
    })
    // What the disk says is the cause of what the backup says of its closed stream.
    const failed = written.then(
      () => null,
      (error: unknown) => error,
    )
    const database = await connectDatabase(config)
    try {
      await backup(database.pool, gzip, key, (table, rows) => console.error(`${table}: ${rows}`))
      gzip.end()
    } catch (error) {
      throw gzip.errored ? ((await failed) ?? error) : error
    } finally {
      await database.close()
    }
    await written
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}
