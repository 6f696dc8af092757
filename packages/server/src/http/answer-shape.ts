// Which names an answer has is known by its question, before there is a value.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { fragmentsOf, selectionsFor } from '../graphql/fragments.ts'

export const json = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

export const NULL = json('null')
export const COMMA = json(',')
export const [OPEN_LIST, CLOSE_LIST] = [json('['), json(']')]
export const [CLOSE, EMPTY] = [json('}'), json('{}')]
export const [DATA, EXTENSIONS] = [json('{"data":'), json(',"extensions":')]

/** A name of an answer, as the first of its object and after another one. */
export const firstName = (name: string): Uint8Array => json(`{"${name}":`)
export const nextName = (name: string): Uint8Array => json(`,"${name}":`)

/** The fields that selections ask of an object, by the names that their answers have, in the order of the text. */
export type FieldsOf = (
  type: GraphQLObjectType,
  selections: readonly SelectionSetNode[],
) => ReadonlyMap<string, readonly [FieldNode, ...FieldNode[]]>

/** @param document valid by the schema */
export function fieldsOf(schema: GraphQLSchema, document: DocumentNode): FieldsOf {
  const fragments = fragmentsOf(document)
  return (type, selections) => {
    const fields = new Map<string, [FieldNode, ...FieldNode[]]>()
    const collect = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value
          const known = fields.get(name)
          if (known) known.push(selection)
          else fields.set(name, [selection])
          continue
        }
        const asked = selectionsFor(type, selection, fragments, schema)
        if (asked) collect(asked)
      }
    }
    selections.forEach(collect)
    return fields
  }
}

export const selectionsOf = (fields: readonly FieldNode[]): SelectionSetNode[] =>
  fields.flatMap(({ selectionSet }) => selectionSet ?? [])
