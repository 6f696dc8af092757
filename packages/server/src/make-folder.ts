import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from './errors/failure.ts'

const OWNER_ONLY = 0o700

/**
 * Makes a folder and those above it, for this user alone. Not by `recursive`: below /proc, where a folder that is there takes
 * none, Node 20 then tries for ever.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: OWNER_ONLY })
  } catch (error) {
    const above = dirname(folder)
    if (errorCode(error) === 'EEXIST' && statSync(folder).isDirectory()) return
    // Only where what is above is missing too does making it help.
    if (errorCode(error) !== 'ENOENT' || above === folder || isThere(above)) throw error
    makeFolder(above)
    makeFolder(folder)
  }
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined
