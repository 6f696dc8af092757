// What was wrong in an input of point tables and their sheets: data of the payload, each with its place.
import { BadPoints } from '@dienbien/targets/points'
import { type UserError, type UserErrorCode, userError } from '../../graphql/user-errors.ts'
import { InputProblems } from './problems.ts'

/** A payload: what changed, or all that was wrong. */
export interface Outcome<T> {
  readonly changed: T | null
  readonly errors: readonly UserError[]
}

/**
 * Does what an input asks for; where several things are wrong with a table or a sheet, all of them become data.
 * @param source the input's field that holds a point table, where one is given
 */
export async function outcomeOf<T>(work: () => Promise<T>, source = 'table'): Promise<Outcome<T>> {
  try {
    return { changed: await work(), errors: [] }
  } catch (error) {
    const errors = problemsOf(error, source)
    if (errors === null) throw error
    return { changed: null, errors }
  }
}

function problemsOf(error: unknown, source: string): UserError[] | null {
  if (error instanceof InputProblems) {
    return error.problems.map(({ path, code, text, nearest }) =>
      userError(code as UserErrorCode, text, path, nearest === null ? {} : { nearest }),
    )
  }
  if (error instanceof BadPoints) {
    return error.problems.map(({ path, text, nearest }) =>
      userError(error.code, text, ['input', source, ...(path ? [path] : [])], nearest ? { nearest } : {}),
    )
  }
  return null
}
