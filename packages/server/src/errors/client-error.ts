import type { Text } from '@dienbien/targets'

/** How HTTP tells it, where its answer is none to the question. */
export interface HttpAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Something that a client is told as it is. Rules, look-ups and limits throw it without a word of GraphQL or HTTP;
 * `client-errors.ts` says it in the client's language.
 */
export class ClientError extends Error {
  override readonly name: string = 'ClientError'
  /** For programs; the same in every language. */
  readonly code: string
  /** The message in both languages; `message` is the English one, for the log. */
  readonly text: Text
  /** What programs are told besides: beside `code` in `extensions`. */
  readonly details: Readonly<Record<string, unknown>>
  readonly http: HttpAnswer | null

  constructor(
    code: string,
    text: Text,
    details: Readonly<Record<string, unknown>> = {},
    http: HttpAnswer | null = null,
  ) {
    super(text.en)
    this.code = code
    this.text = text
    this.details = details
    this.http = http
  }
}
