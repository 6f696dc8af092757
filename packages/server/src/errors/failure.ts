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

/** Another process has the data folder, and with it the embedded database. */
export class FolderInUse extends StartFailure {}

/** An address, or several, as a message may quote them. */
export const withoutPasswords = (text: string): string => text.replace(/(\/\/[^:@/]*:).*@/s, '$1***@')

/** The code that Node and PostgreSQL put on their errors, for example "EADDRINUSE" or "28P01". */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}

/** @param where the database, or the setting that says where it is, without its password */
export const unreachable = (where: Text, error: unknown): StartFailure =>
  new StartFailure({
    vi: `không kết nối được ${where.vi}: ${reason(error)}`,
    en: `${where.en} cannot be reached: ${reason(error)}`,
  })

/** A refused connection to several addresses of one host has its messages in `errors`. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((error: Error) => error.message).join('; ')
  return (error as Error).message || (errorCode(error) ?? String(error))
}
