// What was wrong in an input of point tables and their sheets: data of the payload, each with its place.
import { BadPoints } from '@dienbien/targets/points'
import { KeyReused } from '../../database/once.ts'
import { EditConflict } from '../../database/write.ts'
import { InputError } from '../../errors/input-error.ts'
import { builder } from '../../graphql/builder.ts'
import { clientLocaleArg } from '../../graphql/scalars.ts'
import { currentLocale } from '../../http/request-scope.ts'
import { type InputProblem, InputProblems } from './problems.ts'

export const InputProblemRef = builder.objectRef<InputProblem>('PointTableProblem').implement({
  description: 'What was wrong in the input, where, and what would be right.',
  fields: (t) => ({
    path: t.stringList({
      description: 'Where, from `input` down; in a table its path (nodes[2].rule.of), in a sheet the cell (D7).',
      resolve: ({ path }) => [...path],
    }),
    code: t.exposeString('code', {
      description: 'BAD_POINTS, BAD_INPUT, BAD_DATE, OUT_OF_RANGE, UNKNOWN_CLUSTER, UNKNOWN_UNIT, EDIT_CONFLICT …',
    }),
    message: t.string({
      description: 'The same in words.',
      args: { locale: t.arg(clientLocaleArg) },
      resolve: ({ text }, { locale }) => text[locale ?? currentLocale()],
    }),
    nearest: t.exposeString('nearest', { nullable: true, description: 'The nearest right name or value.' }),
  }),
})

/** A payload: what changed, or all that was wrong. */
export interface Outcome<T> {
  readonly changed: T | null
  readonly errors: readonly InputProblem[]
}

/**
 * Does what an input asks for; what is wrong with the input becomes data.
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

function problemsOf(error: unknown, source: string): readonly InputProblem[] | null {
  if (error instanceof InputProblems) return error.problems
  if (error instanceof BadPoints) {
    return error.problems.map(({ path, text, nearest = null }) => ({
      path: ['input', source, ...(path ? [path] : [])],
      code: error.code,
      text,
      nearest,
    }))
  }
  if (!(error instanceof InputError || error instanceof EditConflict || error instanceof KeyReused)) return null
  const { argument = 'input', nearest = null } = error.details as { argument?: string; nearest?: string | null }
  const path = argument.startsWith('input') ? argument.split('.') : ['input', ...argument.split('.')]
  return [{ path, code: error.code, text: error.text, nearest }]
}
