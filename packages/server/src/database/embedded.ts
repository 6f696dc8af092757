import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { StartFailure } from '../failure.ts'
import { lockFolder } from './lock.ts'

export interface EmbeddedDatabase {
  /** For any PostgreSQL client on this machine, one connection at a time. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Starts PostgreSQL inside this process, behind a loopback port, so that one driver serves both kinds of database.
 * @throws {StartFailure} where the folder is in use or cannot be written
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const unlock = lockFolder(dataDir)
  try {
    const folder = join(dataDir, 'postgres')
    const database = await PGlite.create(folder).catch((error: unknown) => {
      throw new StartFailure(`DATA_DIR ${dataDir}: the embedded database does not open: ${(error as Error).message}`)
    })
    const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections: 10 })
    const port = new Promise<number>((resolve) => {
      server.addEventListener('listening', (event) => resolve((event as CustomEvent<{ port: number }>).detail.port), {
        once: true,
      })
    })
    await server.start()
    return {
      url: `postgresql://postgres@127.0.0.1:${await port}/postgres?sslmode=disable`,
      async close() {
        await server.stop()
        await database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
