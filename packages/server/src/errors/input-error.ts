import { TargetsError, type Text } from '@dienbien/targets'
import { ClientError, type HttpAnswer } from './client-error.ts'

/** Codes of input errors, besides those of `@dienbien/targets` (BAD_DATE, UNKNOWN_INDICATOR …). */
export type InputErrorCode =
  | 'NOT_FOUND'
  | 'UNKNOWN_UNIT'
  | 'UNKNOWN_CLUSTER'
  | 'UNKNOWN_YEAR'
  | 'UNKNOWN_INDICATOR'
  | 'BAD_INPUT'
  | 'BAD_DATE'
  | 'WRONG_TYPE'
  | 'OUT_OF_RANGE'
  | 'NOT_MEASURED'
  | 'UNKNOWN_SECTION'
  | 'NO_DIRECTIVE'
  | 'BAD_DIRECTIVE'
  | 'UNKNOWN_VERSION'
  | 'MIXED_DIRECTIVES'
  | 'UNKNOWN_DUTY'
  | 'UNKNOWN_RANKING'
  | 'RANKING_FROZEN'
  | 'AMBIGUOUS_UNIT'
  | 'UNKNOWN_FACT'

/** Of what stands against a set of changes of units. */
export type UnitProblemCode =
  | 'EMPTY'
  | 'BAD_INPUT'
  | 'BAD_DATE'
  | 'UNKNOWN_UNIT'
  | 'CODE_TAKEN'
  | 'OVERLAP'
  | 'CYCLE'
  | 'PARENT_MISSING'
  | 'UNITS_BELOW'
  | 'PREDECESSOR_STANDS'
  | 'FIGURES_AFTER'
  | 'RANKING_FROZEN'

interface Where {
  /** The argument, for example `input.targets[2].value`. */
  readonly argument: string
  readonly value: unknown
  /** The nearest right value, where there is one. */
  readonly nearest?: string | undefined
  readonly http?: HttpAnswer
}

/** An argument that the server cannot serve: which, why, and the nearest right value where there is one. */
export class InputError extends ClientError {
  override readonly name = 'InputError'
  declare readonly code: InputErrorCode

  constructor(code: InputErrorCode, text: Text, { argument, value, nearest, http }: Where) {
    super(code, text, { argument, value, ...(nearest === undefined ? {} : { nearest }) }, http)
  }
}

export const inputError = (code: InputErrorCode, text: Text, where: Where): InputError =>
  new InputError(code, text, where)

/** A name that stands twice in a list that takes each once. */
export const givenTwice = (name: string, argument: string): InputError =>
  new InputError(
    'BAD_INPUT',
    { vi: `"${name}" bị ghi hai lần`, en: `"${name}" is given twice` },
    { argument, value: name },
  )

/** Runs a check of the package: what it finds wrong is told as of the argument that it was given. */
export function checkingArgument<T>(argument: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof TargetsError)) throw error
    const { code, text, path, nearest } = error
    const place = path === undefined ? argument : `${argument}.${path.replace(/^policy\./, '')}`
    throw new ClientError(code, text, { argument: place, ...(nearest === undefined ? {} : { nearest }) })
  }
}

/** A text with the nearest right name behind it. */
export const suggesting = ({ vi, en }: Text, near: string | undefined): Text =>
  near === undefined ? { vi, en } : { vi: `${vi}; có phải là "${near}" không?`, en: `${en}; did you mean "${near}"?` }

/** A name as a message quotes it, shortened. */
export const quoted = (name: unknown): string => {
  const text = String(name)
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}

export const NOTHING_WITH_ID: Text = { vi: 'không có gì mang mã (id) này', en: 'there is nothing with this id' }

/** A global id that leads nowhere. */
export const nothingWith = (id: string): InputError =>
  inputError('NOT_FOUND', NOTHING_WITH_ID, { argument: 'id', value: id.slice(0, 80) })
