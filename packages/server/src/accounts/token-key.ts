import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { StartFailure } from '../errors/failure.ts'
import { readSecret } from '../secret-file.ts'

/** Who issues the tokens that the `jwt` command prints, and for whom. */
export const ISSUER = 'dienbien'
export const AUDIENCE = 'dienbien-api'
export const ALGORITHM = 'HS256'

const KEY_BYTES = 32

/**
 * The key that signs this server's own tokens: made at first use, kept in the data folder, readable by its owner only.
 * @throws {StartFailure} where others may read or write it, or it is too short to be one
 */
export function tokenKey(dataDir: string): Uint8Array {
  const file = join(dataDir, 'token-key')
  const secret = {
    file,
    what: { vi: 'khóa của mã truy cập', en: 'the key of tokens' },
    settings: ['DATA_DIR'],
    afterwards: { vi: 'xóa tệp: mọi mã truy cập hết hiệu lực', en: 'delete it, which ends every token' },
  }
  const text = readSecret(secret, () => `${randomBytes(KEY_BYTES).toString('hex')}\n`).trim()
  if (!/^(?:[0-9a-f]{2})+$/i.test(text) || text.length < KEY_BYTES * 2) {
    throw new StartFailure({
      vi: `${file} phải chứa từ ${KEY_BYTES} byte trở lên, viết bằng chữ số thập lục phân: xóa tệp để máy chủ tạo khóa mới`,
      en: `${file} must hold ${KEY_BYTES} bytes or more in hexadecimal digits: delete it to have one made`,
    })
  }
  return new Uint8Array(Buffer.from(text, 'hex'))
}
