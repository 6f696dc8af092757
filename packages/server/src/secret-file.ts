import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode, StartFailure } from './errors/failure.ts'

export interface SecretFile {
  readonly file: string
  /** What it holds, for messages: "the key of tokens". */
  readonly what: string
  /** The setting that says where it is. */
  readonly setting: string
  /** What to do, besides chmod, where somebody may have read it. */
  readonly afterwards: string
}

/**
 * Reads a secret from its file, or makes it at first use, readable by its owner only. Where several processes make it at
 * once, the first one's counts.
 * @throws {StartFailure} where it cannot be read or made, or others may read or write it
 */
export function readSecret(secret: SecretFile, make: () => string | Buffer): string {
  const { file, what, setting } = secret
  const known = readOwn(secret)
  if (known !== null) return known
  const folder = dirname(file)
  const ownFile = `${file}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(ownFile, make(), { mode: 0o600 })
  } catch (error) {
    throw new StartFailure(`${setting}: ${folder} cannot be written (${errorCode(error)}): ${what} is kept there`)
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
    throw new StartFailure(
      `${file} holds ${what}, and others may read or write it (mode ${(mode & 0o777).toString(8)}): ` +
        `run chmod 600 on it or, if somebody may have read it, ${afterwards}`,
    )
  } catch (error) {
    if (error instanceof StartFailure) throw error
    if (errorCode(error) === 'ENOENT') return null
    throw new StartFailure(`${file} cannot be read (${errorCode(error)}): it holds ${what}`)
  }
}
