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
  | 'BAD_STEP'
  | 'IMPOSSIBLE_STEP'

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

/** A step of a commendation that its state does not allow. */
export class ImpossibleStep extends TargetsError {
  /** The steps that it allows. */
  readonly possible: readonly string[]

  constructor(step: string, phase: string, possible: readonly string[]) {
    const can = possible.length === 0 ? 'no step is' : `possible: ${possible.join(', ')}`
    super('IMPOSSIBLE_STEP', `"${step}" is not possible while ${phase}; ${can}`, step)
    this.possible = possible
  }
}
