// How large an answer may be. What it costs is counted in values, whose length is their writer's: the same document under a
// thousand names is a thousand values, and half a gigabyte.
import type { Text } from '@dienbien/targets'
import type { Plugin } from 'graphql-yoga'
import { ClientError } from '../errors/client-error.ts'
import { graphQLErrorOf } from '../errors/client-errors.ts'
import { inVietnamese } from '../numbers.ts'
import { currentScope } from '../request-scope.ts'

/** In characters of its names and values: the largest of the ready queries has a fiftieth. */
export const MOST_CHARACTERS = 32_000_000

/** What a number, a truth value or null takes at most, with the sign after it. */
const PLAIN = 8
/** Quotes, a colon and a comma. */
const SIGNS = 4

/** What is counted for a byte at most: eight for a digit with its comma. */
export const MOST_COUNTED_FOR_BYTE = 4

/**
 * Whether a value has more characters, written as JSON, than `most`. Looks at no more than that many, and writes nothing.
 * It goes on without calling itself: how deep a stored document is, says who wrote it.
 */
export function isLargerThan(most: number, value: unknown): boolean {
  const open: object[] = []
  let left = most
  const look = (part: unknown): void => {
    if (typeof part === 'string') left -= part.length + SIGNS
    else {
      left -= PLAIN
      if (typeof part === 'object' && part !== null) open.push(part)
    }
  }
  look(value)
  for (let part = open.pop(); part !== undefined && left >= 0; part = open.pop()) {
    if (Array.isArray(part)) {
      for (let i = 0; i < part.length && left >= 0; i++) look(part[i])
    } else {
      for (const name in part) {
        left -= name.length + SIGNS
        look((part as Record<string, unknown>)[name])
        if (left < 0) break
      }
    }
  }
  return left < 0
}

/** Refuses an answer that is too large before it is written out, which is done in one piece. */
export const answerSizeLimit: Plugin = {
  onExecute: () => ({
    onExecuteDone({ result, setResult }) {
      if (Symbol.asyncIterator in result || !isLargerThan(MOST_CHARACTERS, result.data)) return
      setResult({ errors: [tooLarge(currentScope()?.operation?.kind === 'mutation')] })
    },
  }),
}

const STORED: Text = { vi: ' Thay đổi đã được lưu.', en: ' The change is stored.' }

/** @param stored of a mutation: only its answer is too large */
export const tooLarge = (stored = false) => {
  const text: Text = {
    vi: `câu trả lời dài hơn ${inVietnamese(MOST_CHARACTERS)} ký tự, mức cho phép: hãy hỏi ít trường hơn, hoặc trang nhỏ hơn (first).${stored ? STORED.vi : ''}`,
    en: `the answer has more than ${MOST_CHARACTERS} characters, which are allowed: ask for fewer fields, or in smaller pages (first).${stored ? STORED.en : ''}`,
  }
  return graphQLErrorOf(new ClientError('TOO_COMPLEX', text, { allowed: MOST_CHARACTERS }, { status: 400 }))
}
