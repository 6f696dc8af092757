// Writes all of the database into a file: `npx pnpm@12 backup dienbien.gz`.
import { createWriteStream, existsSync, renameSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { readConfig } from '../config.ts'
import { backup } from '../database/backup.ts'
import { connectDatabase } from '../database/open.ts'
import { fileOf, run } from './file-command.ts'

await run(async () => {
  const file = fileOf('backup')
  if (existsSync(file)) throw new Error(`${file} is there already: name another`)
  const database = await connectDatabase(readConfig())
  try {
    // Under its name it is whole.
    const part = `${file}.part`
    const gzip = createGzip()
    const written = finished(gzip.pipe(createWriteStream(part, { mode: 0o600 })))
    await backup(database.pool, gzip, (table, rows) => console.error(`${table}: ${rows}`))
    gzip.end()
    await written
    renameSync(part, file)
  } finally {
    await database.close()
  }
})
