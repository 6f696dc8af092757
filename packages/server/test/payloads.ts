// Mutations as tests want them: the object that changed, or what was wrong among the errors of the answer.
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql'

export interface Answer<Data> {
  readonly data: Data
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Record<string, unknown>
  }[]
  readonly extensions?: {
    readonly cost?: {
      readonly sqlStatements: number
      readonly executor: 'compiled' | 'interpreted'
      readonly complexity: number
    }
  }
}

/** Asked besides, under a name that no test uses. */
const ERRORS = parse(`{
  userErrors: errors {
    code path message nearest
    ... on InputError { value }
    ... on EditConflict { expected found }
    ... on ImpossibleStep { step phase possible supersededBy }
  }
}`).definitions.flatMap((definition) =>
  definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [],
)

interface UserError extends Record<string, unknown> {
  readonly message: string
  readonly path: readonly string[]
}

/** A text in which each mutation that does not ask for its errors itself does so. */
export function askingErrors(text: string): string {
  if (!/\bmutation\b/.test(text)) return text
  return print(
    visit(parse(text), {
      OperationDefinition: (operation) => {
        if (operation.operation !== OperationTypeNode.MUTATION) return false
        const selections = operation.selectionSet.selections.map((field) => {
          if (field.kind !== Kind.FIELD || !field.selectionSet) return field
          const { selections: asked } = field.selectionSet
          if (asked.some((selection) => selection.kind === Kind.FIELD && selection.name.value === 'errors'))
            return field
          return { ...field, selectionSet: { ...field.selectionSet, selections: [...asked, ...ERRORS] } }
        })
        return { ...operation, selectionSet: { ...operation.selectionSet, selections } }
      },
    }),
  )
}

/**
 * An answer in which each payload is what changed, and null where it has errors: those stand among the errors of the answer,
 * with what programs are told as extensions.
 * @param name of the errors in a payload
 */
export function told<Data>(answer: Answer<unknown>, name = 'userErrors'): Answer<Data> {
  const errors = [...(answer.errors ?? [])]
  const data = Object.fromEntries(
    Object.entries((answer.data as Record<string, unknown> | null | undefined) ?? {}).map(([field, value]) => {
      const payload = value as Record<string, unknown> | null
      const wrong = payload?.[name] as readonly UserError[] | undefined
      if (!payload || !wrong) return [field, value]
      for (const { message, path, nearest, ...rest } of wrong) {
        const argument = path.map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : i > 0 ? `.${part}` : part)).join('')
        errors.push({ message, path: [field], extensions: { argument, ...rest, ...(nearest ? { nearest } : {}) } })
      }
      if (wrong.length > 0) return [field, null]
      const { [name]: _, ...changed } = payload
      const objects = Object.values(changed)
      return [field, objects.length === 1 ? objects[0] : changed]
    }),
  )
  return {
    ...answer,
    data: (answer.data ? data : answer.data) as Data,
    ...(errors.length > 0 ? { errors } : {}),
  }
}
