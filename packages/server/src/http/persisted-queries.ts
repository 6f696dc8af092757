// A client sends the hash of a text instead of the text, which this server has read before: Apollo's protocol.
import { useAPQ } from '@graphql-yoga/plugin-apq'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { MAX_CHARACTERS } from '../graphql/read.ts'
import { CHARACTER_BYTES } from './document-cache.ts'

const MOST_BYTES = 16_000_000
/** Of an entry besides its text: its hash. */
const OVERHEAD = 500

/**
 * Keeps the newest texts that were sent with their hashes, which are checked. One that is not known is told as such, and the
 * client sends it again. Status 200, as Apollo's own server: its link reads no other where JSON is asked for.
 */
export function persistedQueries(): Plugin {
  const store = new LRUCache<string, string>({
    maxSize: MOST_BYTES,
    sizeCalculation: (text) => text.length * CHARACTER_BYTES + OVERHEAD,
  })
  return useAPQ({
    store: {
      get: (hash) => store.get(hash),
      // What is none, or longer, is refused behind this.
      set: (hash, text) =>
        typeof text === 'string' && text.length <= MAX_CHARACTERS ? store.set(hash, text) : undefined,
    },
    responseConfig: { forceStatusCodeOk: true },
  })
}
