// What an operation costs, from its fields, pages and arguments, before it runs.
import type { FieldComplexity } from '@pothos/plugin-complexity'
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { fragmentsOf, metaField, oncePerType } from './fragments.ts'

/** A field's cost. `complexity:` of a field of the schema is one, or makes one of its arguments and the context. */
export interface Cost {
  /** Of the field itself. */
  readonly field?: number
  /** How often what is asked below it is brought. */
  readonly multiplier?: number
  /** Work that an operation does once, however many of its fields ask for it: what it is called, and what it costs. */
  readonly once?: Readonly<Record<string, number>>
}

export interface Estimate {
  readonly complexity: number
  /** Of reading the text: nothing where the same document is at hand from before. */
  readonly reading: number
  /** Fields within fields. */
  readonly depth: number
}

type Part = Pick<Estimate, 'complexity' | 'depth'>

/** Of a list whose field says nothing. */
export const LIST_MULTIPLIER = 10
/** Of each field of a mutation, besides its own: statements in a transaction, and the trail. */
const CHANGE = 8000
/** Of each token of a text, whatever is asked of it: it is parsed and validated. */
export const READING = 10
/** Of each field of a query, besides its own: it is called, and looks up what it begins with. */
const ASKING = 20
/** Of a global id: the library that makes it makes a promise for each. */
const GLOBAL_ID = 8
/** Counting ends there: what is above it is refused all the same, and infinity is no number of JSON's. */
const MOST = Number.MAX_SAFE_INTEGER

/**
 * Estimates an operation. Each selection is counted once for each type that it is asked of, so that this takes time in
 * proportion to the document, whatever its fragments expand to.
 * @param document valid by the schema, so that its fragments go in no circle
 * @param variables as the executor takes them: coerced
 * @throws {GraphQLError} where an argument is not of its type
 */
export function estimate(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  context: object,
): Estimate {
  const root = schema.getRootType(operation.operation)
  if (!root) return { complexity: 0, reading: 0, depth: 0 }
  const fragments = fragmentsOf(document)
  const once = new Map<string, number>()
  const introspection = introspectionCosts(schema)

  const ofSelections = oncePerType(({ selections }, type): Part => {
    let complexity = 0
    let depth = 0
    for (const selection of selections) {
      const part = selection.kind === Kind.FIELD ? ofField(selection, type) : ofFragment(selection, type)
      complexity = Math.min(complexity + part.complexity, MOST)
      depth = Math.max(depth, part.depth)
    }
    return { complexity, depth }
  })

  function ofFragment(spread: Exclude<SelectionSetNode['selections'][number], FieldNode>, type: GraphQLNamedType) {
    const fragment = spread.kind === Kind.FRAGMENT_SPREAD ? fragments.get(spread.name.value) : spread
    if (!fragment) return { complexity: 0, depth: 0 }
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value)
    return ofSelections(fragment.selectionSet, condition ?? type)
  }

  function ofField(node: FieldNode, type: GraphQLNamedType): Part {
    const name = node.name.value
    const field =
      isObjectType(type) || isInterfaceType(type) ? (type.getFields()[name] ?? metaField(name)) : metaField(name)
    if (!field) return { complexity: 1, depth: 1 } // __typename
    const cost = introspection.get(field) ?? costOf(field, node, type)
    for (const [work, price] of Object.entries(cost.once ?? {})) once.set(work, Math.max(price, once.get(work) ?? 0))
    const named = getNamedType(field.type)
    const below =
      node.selectionSet && isCompositeType(named) ? ofSelections(node.selectionSet, named) : { complexity: 0, depth: 0 }
    const multiplier = cost.multiplier ?? (isList(field.type) ? LIST_MULTIPLIER : 1)
    const begun = type !== root ? 0 : operation.operation === 'mutation' ? CHANGE : ASKING
    return {
      complexity: Math.min(begun + (cost.field ?? 1) + Math.max(multiplier, 0) * below.complexity, MOST),
      depth: below.depth + 1,
    }
  }

  function costOf(field: GraphQLField<unknown, unknown>, node: FieldNode, type: GraphQLNamedType): Cost {
    const fieldComplexity = field.extensions.complexity as FieldComplexity<object, Record<string, unknown>> | undefined
    const cost =
      typeof fieldComplexity === 'function'
        ? fieldComplexity(getArgumentValues(field, node, variables), context, field)
        : fieldComplexity
    // 1 is what the library says for a field that says nothing.
    if ((cost ?? 1) === 1 && field.name === 'id' && isNode(type)) return { field: GLOBAL_ID }
    return typeof cost === 'number' ? { field: cost } : (cost ?? {})
  }

  const { complexity, depth } = ofSelections(operation.selectionSet, root)
  const work = [...once.values()].reduce((sum, price) => sum + price, 0)
  return { complexity: Math.min(complexity + work, MOST), reading: READING * (document.tokenCount ?? 0), depth }
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type)

const introspected = new WeakMap<GraphQLSchema, ReadonlyMap<GraphQLField<unknown, unknown>, Cost>>()

/** The fields by which a schema tells of itself are GraphQL's own and say nothing of their cost: their lists are as long as here. */
function introspectionCosts(schema: GraphQLSchema): ReadonlyMap<GraphQLField<unknown, unknown>, Cost> {
  const cached = introspected.get(schema)
  if (cached) return cached
  const types = Object.values(schema.getTypeMap())
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  )
  const lengths: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    __Schema: { types: types.length, directives: schema.getDirectives().length },
    // Of a type as fields have it: most are scalars, and those with fields have many.
    __Type: { fields: (2 * fields.length) / types.length, ofType: 0.5, interfaces: 1, possibleTypes: 2, enumValues: 2 },
    __Field: { args: Math.ceil(fields.reduce((sum, { args }) => sum + args.length, 0) / fields.length) },
  }
  const costs = new Map<GraphQLField<unknown, unknown>, Cost>()
  for (const [type, ofType] of Object.entries(lengths)) {
    const fragment = schema.getType(type)
    if (!isObjectType(fragment)) continue
    for (const [name, multiplier] of Object.entries(ofType)) {
      const field = fragment.getFields()[name]
      if (field) costs.set(field, { field: 1, multiplier })
    }
  }
  introspected.set(schema, costs)
  return costs
}

const isNode = (type: GraphQLNamedType): boolean =>
  type.name === 'Node' || (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'))
