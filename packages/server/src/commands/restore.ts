// Fills an empty database from a backup: `npx pnpm@12 restore dienbien.gz`.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { forTerminal } from '@dienbien/targets/command'
import { readConfig } from '../config.ts'
import { restore } from '../database/backup.ts'
import { connectDatabase } from '../database/open.ts'
import { errorCode } from '../errors/failure.ts'
import { believeTrailKey, trailKeyFile } from '../trail/key.ts'
import { inWords, say } from './spoken.ts'

export async function restoreFrom(file: string, { unverified }: { readonly unverified?: boolean }): Promise<void> {
  const config = readConfig()
  const keyFile = trailKeyFile(config)
  // Tables are made and filled by their owner.
  const database = await connectDatabase({ ...config, databaseUrl: config.migrationUrl ?? config.databaseUrl })
  try {
    const unpacked = createGunzip()
    const packed = createReadStream(file)
    packed.on('error', (error) => unpacked.destroy(Object.assign(error, { path: file })))
    const { trail, believed } = await restore(database.pool, packed.pipe(unpacked), {
      onTable: (table, rows) => console.error(`${table}: ${rows}`),
      onProblem: unverified ? (text) => console.error(forTerminal(inWords(text))) : null,
    }).catch((error: unknown) => {
      if (!errorCode(error)?.startsWith('Z_')) throw error
      throw new Error(
        `${file} ${say('không phải là bản sao lưu, hoặc không nguyên vẹn', 'is no backup, or not whole')}: ${(error as Error).message}`,
      )
    })
    for (const publicKey of believed) {
      if (!believeTrailKey(keyFile, publicKey)) continue
      console.error(
        say(
          `từ nay tin chữ ký của khóa ${publicKey}: hãy đối chiếu với khóa đã ghi lại`,
          `signatures of ${publicKey} are believed from now on: hold it against the key that was noted`,
        ),
      )
    }
    if (trail)
      console.error(
        forTerminal(
          say(
            `nhật ký kết thúc ở mốc ${trail.number}, ${trail.at}: ${trail.hash}`,
            `the trail ends with head ${trail.number} of ${trail.at}: ${trail.hash}`,
          ),
        ),
      )
  } finally {
    await database.close()
  }
}
