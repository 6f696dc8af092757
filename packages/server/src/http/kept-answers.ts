// Answers that hold for everybody until something changes, as bytes.
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { LRUCache } from 'lru-cache'
import type { Changes } from '../figures/changes.ts'
import type { RequestScope } from './request-scope.ts'

/** Of all that is kept, packed copies included. */
const MOST_BYTES = 64_000_000
const MOST_BYTES_OF_ONE = 8_000_000
/** Of an entry besides its bytes. */
const OVERHEAD = 1000
/** A longer body is no question that many ask. */
const LONGEST_QUESTION = 16_000

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Of what it says, whatever it cost; null where it may not be kept by anybody. */
  readonly tag: string | null
}

export interface KeptAnswer extends Answer {
  readonly operation: RequestScope['operation']
  /** By its coding. */
  readonly packed: Map<string, Promise<Buffer>>
}

/**
 * What was answered from memory alone, without an error, to somebody without a token. With any change that this server
 * makes or hears of all of it goes: an answer that was begun before a change is not kept after it.
 */
export class KeptAnswers {
  readonly #changes: Changes
  readonly #answers = new LRUCache<string, KeptAnswer>({ maxSize: MOST_BYTES, maxEntrySize: MOST_BYTES_OF_ONE })
  #version = 0

  constructor(changes: Changes) {
    this.#changes = changes
    changes.subscribe(() => {
      this.#version++
      this.#answers.clear()
    })
  }

  /** To be read before an answer is begun. */
  get version(): number {
    return this.#version
  }

  /** The answer that stands. While changes are not heard the database is asked first; where it is away, nothing is kept. */
  async find(question: string): Promise<KeptAnswer | undefined> {
    if (!this.#answers.has(question)) return undefined
    try {
      await this.#changes.unheard()
    } catch {
      return undefined
    }
    return this.#answers.get(question)
  }

  /** @param version of when it was begun */
  keep(question: string, answer: KeptAnswer, version: number): void {
    if (version !== this.#version) return
    // Packed in both codings it takes less than it does by itself.
    this.#answers.set(question, answer, { size: answer.body.length * 2 + OVERHEAD })
  }
}

/**
 * Everything of a request that its answer may depend on, as one word; null where the answer is for nobody else.
 * @param body null for a question in an address
 */
export function questionOf(request: IncomingMessage, body: Buffer | null, locale: string): string {
  const { method, url, headers } = request
  const { accept, 'content-type': type } = headers
  const hash = createHash('sha256').update(JSON.stringify([method, url, accept, type, locale]))
  return (body ? hash.update(body) : hash).digest('base64')
}

/**
 * Whether a question may have been asked before by somebody else: without a token, in an address or a short body, and not
 * with the wish for an answer that was made for it (RFC 9111, section 5.2.1), which costs what it takes.
 */
export function mayBeKept({ method, headers }: IncomingMessage): boolean {
  if (headers.authorization !== undefined || /\bno-(?:cache|store)\b/i.test(headers['cache-control'] ?? ''))
    return false
  if (method === 'GET') return true
  const length = Number(headers['content-length'])
  return (
    method === 'POST' &&
    length > 0 &&
    length <= LONGEST_QUESTION &&
    headers['content-encoding'] === undefined &&
    /^application\/(?:graphql\+)?json\b/.test(headers['content-type'] ?? '')
  )
}
