/** Something that the person who started the server can mend: printed as one line, without a stack. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
}

/** An address, or several, as a message may quote them. */
export const withoutPasswords = (text: string): string => text.replace(/(\/\/[^:@/]*:).*@/s, '$1***@')

/** The code that Node and PostgreSQL put on their errors, for example "EADDRINUSE" or "28P01". */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}
