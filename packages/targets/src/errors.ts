export type TargetsErrorCode =
  | 'UNKNOWN_INDICATOR'
  | 'WRONG_TYPE'
  | 'NOT_FINITE'
  | 'BAD_DATE'
  | 'BAD_OPTION'
  | 'BAD_DIRECTIVE'
  | 'BAD_POLICY'
  | 'BAD_CONDITION'
  | 'BAD_TABLE'

/** Every error that this package throws on purpose: what was wrong, where, and what would be right. */
export class TargetsError extends Error {
  override readonly name = 'TargetsError'
  readonly code: TargetsErrorCode
  /** The indicator concerned, or the path of the offending value in a directive, policy or condition. */
  readonly where: string | undefined
  /** The nearest right name, where there is one. */
  readonly nearest: string | undefined

  constructor(code: TargetsErrorCode, message: string, where?: string, nearest?: string) {
    super(message)
    this.code = code
    this.where = where
    this.nearest = nearest
  }
}
