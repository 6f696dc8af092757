// The form in which the trail is hashed and signed: canonical JSON (RFC 8785), SHA-256, Ed25519. Whoever has the trail and
// a head can check it without this program (docs/operations.md, "The trail").
import { createHash, createPublicKey, verify } from 'node:crypto'
import canonicalize from 'canonicalize'

/** What one statement changed, without its rows. */
export interface Batch {
  /** Counts upwards, with gaps: not its number in the chain. */
  readonly id: string
  /** ISO 8601 with milliseconds, UTC. */
  readonly at: string
  readonly subject: string
  readonly role: string
  readonly origin: string
  readonly reason: string
  readonly action: string
  readonly table: string
  readonly rowCount: number
}

export interface Entry {
  readonly before: unknown
  readonly after: unknown
}

/** A signed end of the chain. */
export interface Head {
  /** 1, 2, 3 … */
  readonly number: number
  readonly at: string
  /** The number of the last link. */
  readonly size: number
  /** Of that link. */
  readonly hash: string
  /** Of the head before it; empty for the first. */
  readonly previousHash: string
  /** SPKI, base64. */
  readonly publicKey: string
  /** Of {@link signedText}, base64. */
  readonly signature: string
}

/** Hashes a batch, whose rows may come in parts. */
export class BatchHash {
  readonly #hash = createHash('sha256')

  constructor({ id, at, subject, role, origin, reason, action, table, rowCount }: Batch) {
    this.#hash.update(canonical({ id, at, subject, role, origin, reason, action, table, rowCount }))
  }

  add({ before, after }: Entry): void {
    this.#hash.update(`\n${canonical({ before: before ?? null, after: after ?? null })}`)
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

/** The hash of a link: of the one before it (empty for the first), its number, and its batch's. */
export const linkHash = (previous: string, number: number, batch: string): string =>
  createHash('sha256').update(`${previous}\n${number}\n${batch}`).digest('hex')

/** What a head's signature is of. */
export const signedText = ({ number, at, size, hash, previousHash }: Omit<Head, 'publicKey' | 'signature'>): string =>
  canonical({ number, at, size, hash, previousHash })

/** Whether a head was signed with the key that it names. */
export const isSigned = (head: Head): boolean => isSignedBy(head.publicKey, signedText(head), head.signature)

/** @param publicKey SPKI, base64; the signature is base64 too */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  } catch {
    return false // what is no key, or no signature
  }
}

const canonical = (value: object): string => canonicalize(value) as string
