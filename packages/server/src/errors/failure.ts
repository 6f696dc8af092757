import type { Text } from '@dienbien/targets'

/**
 * Something that the person who started the server, or a command, can mend: printed as one line, without a stack. The log of a
 * server is English; what a command tells is in the language of who reads it, where the failure has both.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
  readonly text: Text

  constructor(text: string | Text) {
    const both = typeof text === 'string' ? { vi: text, en: text } : text
    super(both.en)
    this.text = both
  }
}

/** An address, or several, as a message may quote them. */
export const withoutPasswords = (text: string): string => text.replace(/(\/\/[^:@/]*:).*@/s, '$1***@')

/** The code that Node and PostgreSQL put on their errors, for example "EADDRINUSE" or "28P01". */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}
