// Fills an empty database from a backup: `npx pnpm@12 restore dienbien.gz`.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { readConfig } from '../config.ts'
import { restore } from '../database/backup.ts'
import { connectDatabase } from '../database/open.ts'
import { fileOf, run } from './file-command.ts'

await run(async () => {
  const file = fileOf('restore')
  const database = await connectDatabase(readConfig())
  try {
    const unpacked = createGunzip()
    const packed = createReadStream(file)
    packed.on('error', (error) => unpacked.destroy(error))
    await restore(database.pool, packed.pipe(unpacked), (table, rows) => console.error(`${table}: ${rows}`))
  } finally {
    await database.close()
  }
})
