import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'

/** Of all parsed documents that are kept, with what hangs on them. */
const MOST_BYTES = 64_000_000
/** One that takes more is parsed each time. */
const MOST_BYTES_OF_ONE = 2_000_000
/** Of a token with its node, its place, and its share of what validation and compiling keep: measured, rounded up. */
const TOKEN_BYTES = 400
/** A text with letters outside of Latin 1 takes two for each. */
export const CHARACTER_BYTES = 2

/**
 * About the memory that a parsed document takes. Its tokens stay with it, comments too, which no limit of tokens counts: a
 * text of `#` in each line is a hundred times its own length.
 */
export function sizeOf({ loc }: DocumentNode): number {
  let tokens = 1
  for (let token = loc?.startToken; token; token = token.next ?? undefined) tokens++
  return tokens * TOKEN_BYTES + (loc?.source.body.length ?? 0) * CHARACTER_BYTES
}

export interface DocumentCache {
  get(text: string): DocumentNode | undefined
  set(text: string, document: DocumentNode): unknown
}

/** Keeps the newest parsed documents by their texts, as many as fit into so many bytes. */
export const documentCache = (most = MOST_BYTES, mostOfOne = MOST_BYTES_OF_ONE): LRUCache<string, DocumentNode> =>
  new LRUCache<string, DocumentNode>({ maxSize: most, maxEntrySize: mostOfOne, sizeCalculation: sizeOf })

/** What cannot be parsed is found out at once each time: nothing is kept of it. */
export const NO_ERRORS_KEPT = { get: () => undefined, set: () => undefined }
