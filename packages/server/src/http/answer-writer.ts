// A compiled operation's answer is written by what was asked for: which names stand where is known before there is a value.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import { fragmentsOf, metaField } from '../graphql/fragments.ts'
import { jsonBytes, putBytes, putValue } from './json-bytes.ts'

type Write = (value: unknown) => void

/** Writes an answer, with what stands in its `extensions`; throws `TooManyBytes`. */
export type AnswerWriter = (data: unknown, extensions: object, mostBytes: number) => Buffer

interface Part {
  readonly name: string
  /** Its name, as the first of an object and after another one. */
  readonly first: Uint8Array
  readonly next: Uint8Array
  readonly write: Write
}

const json = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
const [NULL, COMMA, OPEN_LIST, CLOSE_LIST, CLOSE, EMPTY] = [
  json('null'),
  json(','),
  json('['),
  json(']'),
  json('}'),
  json('{}'),
]
const [DATA, EXTENSIONS] = [json('{"data":'), json(',"extensions":')]

/** @param document valid by the schema, and small with its fragments expanded */
export function answerWriter(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): AnswerWriter {
  const fragments = fragmentsOf(document)
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
    const fields = new Map<string, FieldNode[]>()
    for (const selection of selections) collect(selection, type, fields)
    // An object has something under such a name even where nothing was asked for.
    if ([...fields.keys()].some((name) => name in Object.prototype)) return putValue
    const parts = [...fields].map(([name, nodes]): Part => {
      const { name: asked } = nodes[0] as FieldNode
      const field = type.getFields()[asked.value] ?? metaField(asked.value) ?? TypeNameMetaFieldDef
      const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
      const write = ofType(field.type, below)
      return { name, first: json(`{"${name}":`), next: json(`,"${name}":`), write }
    })
    return (value) => putObject(value, parts)
  }

  /** The fields of an object by the names that their answers have, in the order of the text. */
  function collect({ selections }: SelectionSetNode, type: GraphQLObjectType, fields: Map<string, FieldNode[]>): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value
        fields.set(name, [...(fields.get(name) ?? []), selection])
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
        const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
        const applies =
          !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))
        if (fragment && applies) collect(fragment.selectionSet, type, fields)
      }
    }
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
