// The answer of a compiled operation is written by what was asked.
import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import { metaField } from '../graphql/fragments.ts'
import {
  CLOSE,
  CLOSE_LIST,
  COMMA,
  DATA,
  EMPTY,
  EXTENSIONS,
  fieldsOf,
  firstName,
  NULL,
  nextName,
  OPEN_LIST,
  selectionsOf,
} from './answer-shape.ts'
import { jsonBytes, putBytes, putValue } from './json-bytes.ts'

type Write = (value: unknown) => void

/** Writes an answer, with what stands in its `extensions`; throws `TooManyBytes`. */
export type AnswerWriter = (data: unknown, extensions: object, mostBytes: number) => Buffer

interface Part {
  readonly name: string
  readonly first: Uint8Array
  readonly next: Uint8Array
  readonly write: Write
}

/** @param document valid by the schema, and small with its fragments expanded */
export function answerWriter(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): AnswerWriter {
  const fieldsAskedOf = fieldsOf(schema, document)
  const root = schema.getRootType(operation.operation)
  const write = root ? ofObject(root, [operation.selectionSet]) : putValue
  return (data, extensions, mostBytes) =>
    jsonBytes(mostBytes, () => {
      putBytes(DATA)
      write(data)
      putBytes(EXTENSIONS)
      putValue(extensions)
      putBytes(CLOSE)
    })

  function ofType(type: GraphQLOutputType, selections: readonly SelectionSetNode[]): Write {
    if (isNonNullType(type)) return ofType(type.ofType, selections)
    if (isListType(type)) return ofList(ofType(type.ofType, selections))
    return isObjectType(type) ? ofObject(type, selections) : putValue
  }

  function ofObject(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): Write {
    const fields = fieldsAskedOf(type, selections)
    // An object has something under such a name even where nothing was asked for.
    if ([...fields.keys()].some((name) => name in Object.prototype)) return putValue
    const parts = [...fields].map(([name, nodes]): Part => {
      const asked = nodes[0].name.value
      const field = type.getFields()[asked] ?? metaField(asked) ?? TypeNameMetaFieldDef
      const write = ofType(field.type, selectionsOf(nodes))
      return { name, first: firstName(name), next: nextName(name), write }
    })
    return (value) => putObject(value, parts)
  }
}

function putObject(value: unknown, parts: readonly Part[]): void {
  if (value === null || value === undefined) putBytes(NULL)
  else putParts(value, parts)
}

function putParts(value: object, parts: readonly Part[]): void {
  const object = value as Readonly<Record<string, unknown>>
  let isFirst = true
  for (let i = 0; i < parts.length; i++) {
    const { name, first, next, write } = parts[i] as Part
    const part = object[name]
    // Left out by `@skip` or `@include`.
    if (part === undefined) continue
    putBytes(isFirst ? first : next)
    isFirst = false
    write(part)
  }
  putBytes(isFirst ? EMPTY : CLOSE)
}

const ofList =
  (write: Write): Write =>
  (list) => {
    if (Array.isArray(list)) putItems(list, write)
    else putValue(list)
  }

function putItems(list: readonly unknown[], write: Write): void {
  putBytes(OPEN_LIST)
  for (let i = 0; i < list.length; i++) {
    if (i > 0) putBytes(COMMA)
    write(list[i])
  }
  putBytes(CLOSE_LIST)
}
