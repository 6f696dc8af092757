import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { errorCode, StartFailure } from '../errors/failure.ts'
import { lockFolder } from './lock.ts'
import { privateFiles, privateFolder } from './private-folder.ts'

export interface EmbeddedDatabase {
  /** For any PostgreSQL client of this user, one connection at a time. */
  readonly url: string
  /** Where its socket is, for `psql -h`; null on Windows. */
  readonly socketFolder: string | null
  close(): Promise<void>
}

/** What PostgreSQL's clients look for in the folder that `host` names. */
const SOCKET = '.s.PGSQL.5432'
/** What the address of a socket may take: 103 bytes on macOS, 107 on Linux. */
const SOCKET_PATH_BYTES = 103

/**
 * How much of a function of WebAssembly V8 runs before it compiles it anew with all optimizations. Node 20's V8 does so so
 * early (1,800,000) that a third of a start went into PostgreSQL's functions that it then hardly needs; what a longer life
 * needs reaches this within a tenth of a second of its own.
 */
const OPTIMIZED_FROM = 100_000_000

/**
 * Starts PostgreSQL inside this process, behind a socket, so that one driver serves both kinds of database. It asks for no
 * password: the socket and the files are in folders that only this user may enter.
 * @throws {StartFailure} where the folder is in use, cannot be written, or cannot be closed to other users
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const unlock = lockFolder(dataDir)
  try {
    const folder = join(dataDir, 'postgres')
    privateFolder(folder)
    setFlagsFromString(`--wasm-tiering-budget=${OPTIMIZED_FROM}`)
    const database = await PGlite.create(folder).catch((error: unknown) => {
      const why = (error as Error).message
      throw new StartFailure({
        vi: `DATA_DIR ${dataDir}: không mở được cơ sở dữ liệu đi kèm: ${why}`,
        en: `DATA_DIR ${dataDir}: the embedded database does not open: ${why}`,
      })
    })
    // It makes its first files readable and writable by all, whatever the process's umask; later ones are its user's.
    privateFiles(folder)
    const { url, socketFolder, stop } = await serve(database, dataDir).catch(async (error: unknown) => {
      await database.close()
      throw error
    })
    return {
      url,
      socketFolder,
      async close() {
        await stop()
        await database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

interface Served extends Pick<EmbeddedDatabase, 'url' | 'socketFolder'> {
  stop(): Promise<void>
}

async function serve(db: PGlite, dataDir: string): Promise<Served> {
  if (process.platform === 'win32') return serveOnLoopback(db)
  const folder = join(dataDir, 'socket')
  if (Buffer.byteLength(join(folder, SOCKET)) > SOCKET_PATH_BYTES) return serveInTemporaryFolder(db)
  privateFolder(folder)
  rmSync(join(folder, SOCKET), { force: true }) // of a process that was killed; the lock says that none is alive
  return serveIn(folder, db).catch((error: unknown) => {
    // Some file systems, shared with a container's host for example, hold no sockets.
    if (errorCode(error)?.startsWith('E')) return serveInTemporaryFolder(db)
    throw error
  })
}

async function serveInTemporaryFolder(db: PGlite): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'dienbien-')) // made with mode 0700
  const served = await serveIn(folder, db)
  const stop = async () => {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...served, stop }
}

async function serveIn(folder: string, db: PGlite): Promise<Served> {
  const server = new PGLiteSocketServer({ db, path: join(folder, SOCKET), maxConnections: 10 })
  await server.start()
  return {
    url: `postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}&sslmode=disable`,
    socketFolder: folder,
    stop: () => server.stop(),
  }
}

/** PostgreSQL's clients know no named pipes: on Windows every user of the machine can reach the database. */
async function serveOnLoopback(db: PGlite): Promise<Served> {
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 10 })
  const port = new Promise<number>((resolve) => {
    server.addEventListener('listening', (event) => resolve((event as CustomEvent<{ port: number }>).detail.port), {
      once: true,
    })
  })
  await server.start()
  return {
    url: `postgresql://postgres@127.0.0.1:${await port}/postgres?sslmode=disable`,
    socketFolder: null,
    stop: () => server.stop(),
  }
}
