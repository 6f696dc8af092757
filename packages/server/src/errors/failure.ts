import type { Text } from '@dienbien/targets'

/**
 * Something that the person who started the server, or a command, can mend: printed without a stack, by a server as a line in
 * each language, Vietnamese first, by a command in the language of who reads it.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
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
