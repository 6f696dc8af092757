import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { errorCode, FolderInUse, StartFailure } from '../errors/failure.ts'
import { makeFolder } from '../make-folder.ts'

interface Holder {
  readonly pid: number
  readonly host: string
  readonly since: string
}

/**
 * Takes the lock on a data folder: two processes on one embedded database would corrupt it. A lock whose process is gone
 * is taken over.
 * @returns a function that gives the lock back
 * @throws {FolderInUse} saying who holds it
 * @throws {StartFailure} where the folder cannot be written
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'server.lock')
  const ownFile = `${file}.${process.pid}`
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  try {
    makeFolder(folder)
    writeFileSync(ownFile, JSON.stringify(holder), { mode: 0o600 })
  } catch (error) {
    const why = errorCode(error)
    throw new StartFailure({
      vi: `không ghi được vào DATA_DIR ${folder} (${why}): đặt thư mục khác, hoặc cấp quyền`,
      en: `DATA_DIR ${folder} cannot be written (${why}): choose another, or grant access`,
    })
  }
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(ownFile, file) // fails where the file exists: of two processes one wins
        return () => rmSync(file, { force: true })
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error
        const other = readHolder(file)
        if (attempt === 3 || (other && isAlive(other))) {
          const vi = other ? `tiến trình ${other.pid} trên ${other.host}, từ ${other.since}` : 'một tiến trình khác'
          const en = other ? `process ${other.pid} on ${other.host}, since ${other.since}` : 'another process'
          throw new FolderInUse({
            vi: `DATA_DIR ${folder} đang được ${vi} dùng: hãy dừng tiến trình đó, hoặc đặt DATA_DIR khác`,
            en: `DATA_DIR ${folder} is in use by ${en}: stop it, or set another DATA_DIR`,
          })
        }
        rmSync(file, { force: true })
      }
    }
  } finally {
    rmSync(ownFile, { force: true })
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

function isAlive({ pid, host }: Holder): boolean {
  // In a container the dead server may have had our own number; on another host nothing can be known of it.
  if (host !== hostname()) return true
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
