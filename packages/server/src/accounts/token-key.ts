import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, StartFailure } from '../failure.ts'

/** Who issues the tokens that the `jwt` command prints, and for whom. */
export const ISSUER = 'dienbien'
export const AUDIENCE = 'dienbien-api'
export const ALGORITHM = 'HS256'

const KEY_BYTES = 32

/** The key that signs this server's own tokens: made at first use, kept in the data folder, readable by its owner only. */
export function tokenKey(dataDir: string): Uint8Array {
  const file = join(dataDir, 'token-key')
  const read = () => new Uint8Array(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'))
  try {
    return read()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  const mine = `${file}.${process.pid}`
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(mine, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600 })
  } catch (error) {
    throw new StartFailure(
      `DATA_DIR ${dataDir} cannot be written (${errorCode(error)}): the key of tokens is kept there`,
    )
  }
  try {
    linkSync(mine, file) // fails where another process was first, whose key then counts
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(mine, { force: true })
  }
  return read()
}
