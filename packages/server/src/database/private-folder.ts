import { chmodSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, StartFailure } from '../errors/failure.ts'
import { makeFolder } from '../make-folder.ts'

/** Only its owner may enter, read or write. */
const OWNER_ONLY = 0o700
const FILE_OF_OWNER = 0o600
const BY_OTHERS = 0o077

/**
 * Makes a folder that only this process's user may enter, whatever the files in it allow; one that is there is narrowed.
 * Windows has no such modes: there the user's own folders are closed to others by inheritance.
 * @throws {StartFailure} where others may enter it and that can't be changed
 */
export function privateFolder(folder: string): void {
  try {
    makeFolder(folder)
    if (process.platform === 'win32' || (statSync(folder).mode & BY_OTHERS) === 0) return
    chmodSync(folder, OWNER_ONLY)
  } catch (error) {
    const why = errorCode(error)
    throw new StartFailure({
      vi: `không dành được thư mục ${folder} cho riêng người dùng này (${why}): đặt DATA_DIR khác, hoặc cấp quyền`,
      en: `folder ${folder} cannot be made this user's alone (${why}): choose another DATA_DIR, or grant access`,
    })
  }
  if ((statSync(folder).mode & BY_OTHERS) !== 0) {
    throw new StartFailure({
      vi: `mọi người dùng của máy này vẫn vào được thư mục ${folder}: đặt DATA_DIR trên hệ thống tệp có giữ quyền`,
      en: `folder ${folder} stays open to every user of this machine: choose a DATA_DIR on a file system that keeps modes`,
    })
  }
}

/** Takes every right on what is in a private folder, however deep, from others: copies of it have none either. */
export function privateFiles(folder: string): void {
  if (process.platform === 'win32') return
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    if (!entry.isFile() && !entry.isDirectory()) continue
    if ((statSync(path).mode & BY_OTHERS) !== 0) chmodSync(path, entry.isFile() ? FILE_OF_OWNER : OWNER_ONLY)
  }
}
