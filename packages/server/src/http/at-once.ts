// A query below whose first fields nothing is waited for is executed and written in one go: a value is never put into an
// object that only its writer reads, and where it stands is told to nobody, since nothing goes wrong.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql'
import { fragmentsOf } from '../graphql/fragments.ts'
import {
  CLOSE,
  CLOSE_LIST,
  COMMA,
  DATA,
  EXTENSIONS,
  fieldsOf,
  firstName,
  json,
  NULL,
  nextName,
  OPEN_LIST,
  selectionsOf,
} from './answer-shape.ts'
import { jsonBytes, putBytes, putNumber, putText, putValue, TooManyBytes } from './json-bytes.ts'

export interface Execution {
  readonly context: unknown
  /** As resolvers take them. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Read when all fields have been. */
  extensions(): object
  readonly mostBytes: number
}

/**
 * Executes a query and writes its answer. Null where it has to be executed otherwise: a value is still to be waited for, or
 * not what its type says, or there was an error. Nothing was changed by then.
 */
export type AtOnce = (execution: Execution) => Promise<Buffer | null>

/** What one execution hands to its fields. */
interface Run {
  readonly context: unknown
  readonly args: readonly Readonly<Record<string, unknown>>[]
  readonly infos: readonly GraphQLResolveInfo[]
}

type Write = (value: unknown, run: Run) => void

/** A field that has a resolver. */
interface Resolved {
  readonly field: GraphQLField<unknown, unknown>
  readonly node: FieldNode
  readonly info: Omit<GraphQLResolveInfo, 'variableValues'>
}

interface Part {
  readonly name: Uint8Array
  readonly property: string
  /** Null: its value is the property. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null
  /** Where its arguments stand in a run. */
  readonly place: number
  readonly write: Write
}

/** A value cannot be written here. */
class NotAtOnce extends Error {}
const NOT_AT_ONCE = new NotAtOnce()

/** @returns null where a query has what only a compiler or an interpreter understands: conditions, or types that a value decides */
export function atOnce(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): AtOnce | null {
  const root = schema.getQueryType()
  if (!root || hasDirectives(document)) return null
  const plan = new Plan(schema, document, operation)
  const parts = plan.partsOf(root, [operation.selectionSet])
  if (!parts) return null
  return async ({ context, variables, extensions, mostBytes }) => {
    try {
      const run = plan.run(context, variables)
      const values = await Promise.all(parts.map(async (part) => resolvedBy(part, undefined, run)))
      return jsonBytes(mostBytes, () => {
        putBytes(DATA)
        for (const [i, { name, write }] of parts.entries()) {
          putBytes(name)
          write(values[i], run)
        }
        putBytes(CLOSE)
        putBytes(EXTENSIONS)
        putValue(extensions())
        putBytes(CLOSE)
      })
    } catch (error) {
      // Whatever else went wrong is told by who executes it again.
      if (error instanceof TooManyBytes) throw error
      return null
    }
  }
}

export function hasDirectives(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Directive() {
      found = true
    },
  })
  return found
}

/** The resolvers that an operation calls, and how what they give is written. */
class Plan {
  readonly #schema: GraphQLSchema
  readonly #operation: OperationDefinitionNode
  readonly #fragments: GraphQLResolveInfo['fragments']
  readonly #fieldsOf: ReturnType<typeof fieldsOf>
  readonly #resolved: Resolved[] = []

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema
    this.#operation = operation
    this.#fragments = Object.fromEntries(fragmentsOf(document))
    this.#fieldsOf = fieldsOf(schema, document)
  }

  run(context: unknown, variables: Readonly<Record<string, unknown>>): Run {
    return {
      context,
      args: this.#resolved.map(({ field, node }) => getArgumentValues(field, node, variables)),
      infos: this.#resolved.map(({ info }) => ({ ...info, variableValues: variables })),
    }
  }

  /** Null where one of them is of a type that its value decides; or there is none, and so no name that opens the object. */
  partsOf(parentType: GraphQLObjectType, selections: readonly SelectionSetNode[]): Part[] | null {
    const parts: Part[] = []
    for (const [key, nodes] of this.#fieldsOf(parentType, selections)) {
      const [node] = nodes
      const name = parts.length === 0 ? firstName(key) : nextName(key)
      const property = node.name.value
      if (property === TypeNameMetaFieldDef.name) {
        const type = json(JSON.stringify(parentType.name))
        parts.push({ name, property, resolve: () => type, place: -1, write: (bytes) => putBytes(bytes as Uint8Array) })
        continue
      }
      const field = parentType.getFields()[property]
      const place = this.#resolved.length
      if (field?.resolve) this.#resolved.push({ field, node, info: this.#infoOf(field, parentType, nodes, key) })
      const write = field && this.#writeOf(field.type, selectionsOf(nodes))
      if (!write) return null
      parts.push({ name, property, resolve: field.resolve ?? null, place, write })
    }
    return parts.length > 0 ? parts : null
  }

  #infoOf(
    { name: fieldName, type: returnType }: GraphQLField<unknown, unknown>,
    parentType: GraphQLObjectType,
    fieldNodes: readonly FieldNode[],
    key: string,
  ): Resolved['info'] {
    const path = { prev: undefined, key, typename: parentType.name }
    const [schema, operation, fragments] = [this.#schema, this.#operation, this.#fragments]
    return { fieldName, fieldNodes, returnType, parentType, path, schema, fragments, operation, rootValue: undefined }
  }

  #writeOf(type: GraphQLOutputType, selections: readonly SelectionSetNode[]): Write | null {
    if (isNonNullType(type)) return this.#presentOf(type.ofType, selections)
    const write = this.#presentOf(type, selections)
    return write && ((value, run) => (value === null || value === undefined ? putBytes(NULL) : write(value, run)))
  }

  /** Writes what must be there. */
  #presentOf(type: GraphQLOutputType, selections: readonly SelectionSetNode[]): Write | null {
    if (isLeafType(type)) return leafWriter(type)
    if (isListType(type)) {
      const write = this.#writeOf(type.ofType, selections)
      return write && ((list, run) => putItems(list, write, run))
    }
    const parts = isObjectType(type) ? this.partsOf(type, selections) : null
    return parts && ((value, run) => putParts(value, parts, run))
  }
}

/** Nobody waits for what is left behind. */
function leave(value: unknown): never {
  if (value instanceof Promise) value.catch(() => undefined)
  throw NOT_AT_ONCE
}

const resolvedBy = ({ resolve, property, place }: Part, parent: unknown, run: Run): unknown =>
  resolve
    ? resolve(parent, run.args[place] as Run['args'][number], run.context, run.infos[place] as GraphQLResolveInfo)
    : (parent as Readonly<Record<string, unknown>> | undefined)?.[property]

function putParts(value: unknown, parts: readonly Part[], run: Run): void {
  if (typeof value !== 'object' || value === null || value instanceof Promise || value instanceof Error) leave(value)
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Part
    putBytes(part.name)
    part.write(resolvedBy(part, value, run), run)
  }
  putBytes(CLOSE)
}

function putItems(list: unknown, write: Write, run: Run): void {
  if (!Array.isArray(list)) leave(list)
  putBytes(OPEN_LIST)
  for (let i = 0; i < list.length; i++) {
    if (i > 0) putBytes(COMMA)
    write(list[i], run)
  }
  putBytes(CLOSE_LIST)
}

const MOST_INT = 2 ** 31

/** What a value mostly is, without asking its type to serialize it. */
const SCALARS: Readonly<Record<string, Write>> = {
  Float: (value) => (typeof value === 'number' && Number.isFinite(value) ? putNumber(value) : leave(value)),
  Int: (value) =>
    Number.isInteger(value) && Math.abs(value as number) < MOST_INT ? putNumber(value as number) : leave(value),
  String: (value) => (typeof value === 'string' ? putText(value) : leave(value)),
  ID: (value) => (typeof value === 'string' ? putText(value) : leave(value)),
  Boolean: (value) => (typeof value === 'boolean' ? putValue(value) : leave(value)),
}

function leafWriter(type: GraphQLLeafType): Write {
  if (isEnumType(type)) {
    const names = new Map(type.getValues().map(({ name, value }) => [value, json(JSON.stringify(name))]))
    return (value) => putBytes(names.get(value) ?? leave(value))
  }
  const known = isSpecifiedScalarType(type) ? SCALARS[type.name] : undefined
  return (
    known ??
    ((value) => {
      if (value === null || value === undefined || value instanceof Promise || value instanceof Error) leave(value)
      const serialized = type.serialize(value)
      if (serialized === null || serialized === undefined || Number.isNaN(serialized)) leave(value)
      putValue(serialized)
    })
  )
}
