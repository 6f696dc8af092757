// The key that signs the heads of the trail, kept as the key of tokens is.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartFailure } from '../errors/failure.ts'
import { readSecret } from '../secret-file.ts'

/** Where it is: `TRAIL_KEY_FILE`, else in the data folder. */
export const trailKeyFile = (config: { readonly trailKeyFile: string | null; readonly dataDir: string }): string =>
  config.trailKeyFile ?? join(config.dataDir, 'trail-key')

export interface TrailKey {
  /** SPKI, base64. */
  readonly publicKey: string
  /** Its own, and those of earlier keys that stand below it in the file. */
  readonly known: ReadonlySet<string>
  /** @returns the Ed25519 signature, base64 */
  sign(text: string): string
}

const PEM = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g

/**
 * Reads the key, or makes it at first use, readable by its owner only. The file is PEM: a private key, and below it the
 * public keys of earlier ones whose heads are still believed.
 * @throws {StartFailure} where there is none and none can be made, others may read or write it, or it is no Ed25519 key
 */
export function readTrailKey(file: string): TrailKey {
  const text = readSecret(
    {
      file,
      what: { vi: 'khóa ký các mốc của nhật ký', en: "the key that signs the trail's heads" },
      settings: ['TRAIL_KEY_FILE', 'DATA_DIR'],
      afterwards: {
        vi: 'đặt khóa mới vào tệp, khóa công khai của khóa này ở dưới',
        en: 'put a new key into it and the public key of this one below',
      },
    },
    () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
  )
  const blocks = [...text.matchAll(PEM)].map(([block, kind]) => ({ block, kind }))
  try {
    const privateKey = blocks.find(({ kind }) => kind === 'PRIVATE KEY')
    if (!privateKey) throw new Error('it holds no private key')
    const key = createPrivateKey(privateKey.block)
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it holds a key of type ${key.asymmetricKeyType}`)
    const publicKey = spki(createPublicKey(key))
    const earlier = blocks.filter(({ kind }) => kind === 'PUBLIC KEY').map(({ block }) => spki(createPublicKey(block)))
    return {
      publicKey,
      known: new Set([publicKey, ...earlier]),
      sign: (words) => sign(null, Buffer.from(words), key).toString('base64'),
    }
  } catch (error) {
    const why = (error as Error).message
    throw new StartFailure({
      vi: `khóa của nhật ký ${file} không phải là khóa Ed25519 dạng PEM: ${why}`,
      en: `the trail's key ${file} is no Ed25519 key in PEM: ${why}`,
    })
  }
}

/**
 * From now on heads signed by this key are believed too: of a backup that is restored here.
 * @returns whether they were not before
 */
export function believeTrailKey(file: string, publicKey: string): boolean {
  if (readTrailKey(file).known.has(publicKey)) return false
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  appendFileSync(file, String(key.export({ format: 'pem', type: 'spki' })))
  return true
}

const spki = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).toString('base64')
