import { GraphQLError } from 'graphql'

/** Codes in the `extensions.code` of errors, besides those of `@dienbien/targets` (BAD_DATE, UNKNOWN_INDICATOR …). */
export type InputErrorCode =
  | 'NOT_FOUND'
  | 'UNKNOWN_UNIT'
  | 'UNKNOWN_CLUSTER'
  | 'UNKNOWN_YEAR'
  | 'UNKNOWN_INDICATOR'
  | 'BAD_INPUT'
  | 'BAD_DATE'
  | 'UNKNOWN_DUTY'
  | 'UNKNOWN_RANKING'
  | 'UNKNOWN_FACT'
  | 'EDIT_CONFLICT'

/** An argument that the server cannot serve: says which, why, and the nearest right value where there is one. */
export function inputError(
  code: InputErrorCode,
  message: string,
  details: { argument: string; value: unknown; nearest?: string | undefined },
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } })
}

/** Two wrote the same at once: the other one was first. */
export const editConflict = (argument: string) =>
  inputError('EDIT_CONFLICT', 'somebody else changed the same at the same time: read again', { argument, value: null })
