import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Text } from '@dienbien/targets'
import { errorCode, StartFailure } from './errors/failure.ts'
import { makeFolder } from './make-folder.ts'

export interface SecretFile {
  readonly file: string
  /** What it holds, for messages: "the key of tokens". */
  readonly what: Text
  /** The setting that says where it is, or several of which the first that is set does. */
  readonly settings: readonly string[]
  /** What to do, besides chmod, where somebody may have read it. */
  readonly afterwards: Text
}

/**
 * Reads a secret from its file, or makes it at first use, readable by its owner only. Where several processes make it at
 * once, the first one's counts.
 * @throws {StartFailure} where it cannot be read or made, or others may read or write it
 */
export function readSecret(secret: SecretFile, make: () => string | Buffer): string {
  const { file, what, settings } = secret
  const known = readOwn(secret)
  if (known !== null) return known
  const folder = dirname(file)
  const ownFile = `${file}.${process.pid}`
  try {
    makeFolder(folder)
    writeFileSync(ownFile, make(), { mode: 0o600 })
  } catch (error) {
    const why = errorCode(error)
    throw new StartFailure({
      vi: `${settings.join(' hoặc ')}: không ghi được vào ${folder} (${why}): ${what.vi} nằm ở đó`,
      en: `${settings.join(' or ')}: ${folder} cannot be written (${why}): ${what.en} is kept there`,
    })
  }
  try {
    linkSync(ownFile, file) // fails where another process was first
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(ownFile, { force: true })
  }
  return readOwn(secret) ?? ''
}

/** Null where there is no such file. */
function readOwn({ file, what, afterwards }: SecretFile): string | null {
  try {
    const text = readFileSync(file, 'utf8')
    const { mode, uid } = statSync(file)
    // As PostgreSQL has it for its own keys: a group may read what root owns, where orchestrators put secrets.
    const others = uid === 0 && process.getuid?.() !== 0 ? 0o037 : 0o077
    if (process.platform === 'win32' || (mode & others) === 0) return text
    const open = (mode & 0o777).toString(8)
    throw new StartFailure({
      vi: `${file} chứa ${what.vi} mà người khác đọc hoặc ghi được (quyền ${open}): chạy chmod 600 cho tệp hoặc, nếu có thể đã bị đọc, ${afterwards.vi}`,
      en: `${file} holds ${what.en}, and others may read or write it (mode ${open}): run chmod 600 on it or, if somebody may have read it, ${afterwards.en}`,
    })
  } catch (error) {
    if (error instanceof StartFailure) throw error
    if (errorCode(error) === 'ENOENT') return null
    const why = errorCode(error)
    throw new StartFailure({
      vi: `không đọc được ${file} (${why}): tệp chứa ${what.vi}`,
      en: `${file} cannot be read (${why}): it holds ${what.en}`,
    })
  }
}
