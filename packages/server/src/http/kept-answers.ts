// Answers that hold for everybody until something changes, as bytes.
import type { IncomingMessage } from 'node:http'
import { LRUCache } from 'lru-cache'
import type { Changes } from '../figures/changes.ts'
import type { MaybePromise } from '../figures/when-ready.ts'
import type { RequestScope } from '../request-scope.ts'

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
  /** Whether it says the same to everybody: without an error, to somebody without a token. */
  readonly isOpen: boolean
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

  /**
   * The answer that stands, at once where changes are heard. While they are not the database is asked first; where it is
   * away, nothing is kept.
   */
  find(question: string): MaybePromise<KeptAnswer | undefined> {
    if (!this.#answers.has(question)) return undefined
    const unheard = this.#changes.unheard()
    if (!unheard) return this.#answers.get(question)
    return unheard.then(
      () => this.#answers.get(question),
      () => undefined,
    )
  }

  /** @param version of when it was begun */
  keep(question: string, answer: KeptAnswer, version: number): void {
    if (version !== this.#version) return
    // Packed in both codings it takes less than it does by itself.
    this.#answers.set(question, answer, { size: (answer.body.length + question.length) * 2 + OVERHEAD })
  }
}

/**
 * Everything of a request that its answer may depend on, as one word.
 * @param body empty for a question in an address
 */
export function questionOf({ method, url, headers }: IncomingMessage, body: string, locale: string): string {
  // No header has a new line in it.
  return `${method} ${url}\n${headers.accept ?? ''}\n${headers['content-type'] ?? ''}\n${locale}\n${body}`
}

/**
 * Whether a question may have been asked before by somebody else: without a token, and not with the wish for an answer
 * that was made for it (RFC 9111, section 5.2.1), which costs what it takes.
 */
export function mayBeKept({ method, headers }: IncomingMessage): boolean {
  if (headers.authorization !== undefined) return false
  const control = headers['cache-control']
  return (method === 'GET' || method === 'POST') && (control === undefined || !/\bno-(?:cache|store)\b/i.test(control))
}

/** Whether the body is a question as JSON, so short that it may be read before it is known what it asks. */
export function isShortQuestion({ method, headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length'])
  return (
    method === 'POST' &&
    length > 0 &&
    length <= LONGEST_QUESTION &&
    headers['content-encoding'] === undefined &&
    /^application\/(?:graphql\+)?json\b/.test(headers['content-type'] ?? '')
  )
}
