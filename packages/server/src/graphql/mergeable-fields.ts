// Whether fields that answer under the same name ask for the same: GraphQL's rule, in time in proportion to the document.
import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
} from 'graphql'

/** Fields, fragments and their uses that are looked at, each once for each place of the answer where it stands. */
const MOST_LOOKED_AT = 50_000

interface Asked {
  readonly node: FieldNode
  readonly parent: GraphQLNamedType | undefined
  readonly field: GraphQLField<unknown, unknown> | undefined
}

interface Selections {
  readonly node: SelectionSetNode
  readonly type: GraphQLNamedType | undefined
}

/**
 * Takes the place of graphql's `OverlappingFieldsCanBeMergedRule`, which compares each field with each other: a page of text
 * keeps it for a third of a second. Here all that answer in one place are held against the first of them (to be alike is
 * transitive), and the same selections are looked at once, in however many places they stand.
 */
export const mergeableFields =
  (most: number = MOST_LOOKED_AT): ValidationRule =>
  (context) => ({
    Document({ definitions }) {
      const check = new Check(context, most)
      for (const definition of definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue
        const type = context.getSchema().getRootType(definition.operation) ?? undefined
        check.all([{ node: definition.selectionSet, type }])
      }
    },
  })

class Check {
  readonly #context: ValidationContext
  #left: number
  readonly #ids = new Map<SelectionSetNode, number>()
  readonly #done = { shape: new Set<string>(), field: new Set<string>() }
  readonly #reported = new Set<FieldNode>()
  readonly #arguments = new Map<FieldNode, string>()

  constructor(context: ValidationContext, most: number) {
    this.#context = context
    this.#left = most
  }

  all(selections: readonly Selections[]): void {
    this.#shapes(selections)
    this.#fields(selections)
  }

  /** Whatever the type of an object turns out to be, what answers under a name is of one shape. */
  #shapes(selections: readonly Selections[]): void {
    if (!this.#isNew('shape', selections)) return
    for (const [name, asked] of this.#collect(selections)) {
      const [first, ...others] = asked.filter(({ field }) => field)
      const other = first && others.find((other) => !sameShape(typeOf(first), typeOf(other)))
      if (first && other) {
        this.#report(name, `they return conflicting types "${typeOf(first)}" and "${typeOf(other)}"`, first, other)
      } else this.#shapes(below(asked))
    }
  }

  /** Of one object, what answers under a name is one field with the same arguments. */
  #fields(selections: readonly Selections[]): void {
    if (!this.#isNew('field', selections)) return
    for (const [name, asked] of this.#collect(selections)) {
      for (const together of ofOneObject(asked)) {
        const [first, ...others] = together
        const other = first && others.find((other) => this.#keyOf(other.node) !== this.#keyOf(first.node))
        if (first && other) {
          const [left, two] = [first.node.name.value, other.node.name.value]
          const why = left === two ? 'they have differing arguments' : `"${left}" and "${two}" are different fields`
          this.#report(name, why, first, other)
        } else this.#fields(below(together))
      }
    }
  }

  #isNew(of: 'shape' | 'field', selections: readonly Selections[]): boolean {
    if (selections.length === 0 || this.#left < 0) return false
    const ids = new Set<number>()
    for (const { node } of selections) {
      const id = this.#ids.get(node) ?? this.#ids.size
      this.#ids.set(node, id)
      ids.add(id)
    }
    const key = [...ids].sort((a, b) => a - b).join()
    const done = this.#done[of]
    if (done.has(key)) return false
    done.add(key)
    return true
  }

  /** The fields of selections and of their fragments, by the name under which they answer. */
  #collect(selections: readonly Selections[]): ReadonlyMap<string, readonly Asked[]> {
    const schema = this.#context.getSchema()
    const fieldsByName = new Map<string, Asked[]>()
    const seen = new Set<string>()
    const open = [...selections]
    for (const { node: set, type } of open) {
      this.#left -= set.selections.length + 1
      if (this.#left < 0) return this.#giveUp()
      for (const node of set.selections) {
        if (node.kind === Kind.FIELD) {
          const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
          const name = node.alias?.value ?? node.name.value
          const same = fieldsByName.get(name)
          if (same) same.push({ node, parent: type, field })
          else fieldsByName.set(name, [{ node, parent: type, field }])
        } else if (node.kind === Kind.INLINE_FRAGMENT) {
          const condition = node.typeCondition ? schema.getType(node.typeCondition.name.value) : type
          open.push({ node: node.selectionSet, type: condition })
        } else if (!seen.has(node.name.value)) {
          seen.add(node.name.value)
          const fragment = this.#context.getFragment(node.name.value)
          if (fragment) {
            open.push({ node: fragment.selectionSet, type: schema.getType(fragment.typeCondition.name.value) })
          }
        }
      }
    }
    return fieldsByName
  }

  #giveUp(): ReadonlyMap<string, readonly Asked[]> {
    const message = 'fragments stand in each other in more ways than can be looked at: spread fewer in one another'
    this.#context.reportError(new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } }))
    return new Map()
  }

  #report(name: string, why: string, { node: first }: Asked, { node: other }: Asked): void {
    if (this.#reported.has(other)) return
    this.#reported.add(other)
    const message = `Fields "${name}" conflict because ${why}. Use different aliases on the fields to fetch both if this was intentional.`
    this.#context.reportError(new GraphQLError(message, { nodes: [first, other] }))
  }

  /** What a field asks for, whatever is asked below it. */
  #keyOf(node: FieldNode): string {
    let key = this.#arguments.get(node)
    if (key === undefined) {
      const args = (node.arguments ?? []).map(({ name, value }) => `${name.value}:${written(value)}`)
      key = `${node.name.value}(${args.sort().join()})`
      this.#arguments.set(node, key)
    }
    return key
  }
}

/** Fields of an interface answer for each object that is one; those of two kinds of objects never meet. */
function ofOneObject(asked: readonly Asked[]): Iterable<readonly Asked[]> {
  const byType = new Map<GraphQLNamedType, Asked[]>()
  const ofAny: Asked[] = []
  for (const first of asked) {
    if (!isObjectType(first.parent)) ofAny.push(first)
    else if (byType.has(first.parent)) byType.get(first.parent)?.push(first)
    else byType.set(first.parent, [first])
  }
  if (byType.size === 0) return [ofAny]
  return ofAny.length === 0 ? byType.values() : [...byType.values()].map((ofType) => [...ofAny, ...ofType])
}

const typeOf = ({ field }: Asked) => field?.type as GraphQLOutputType

function below(asked: readonly Asked[]): readonly Selections[] {
  const selections: Selections[] = []
  for (const { node, field } of asked) {
    if (!node.selectionSet) continue
    const type = field && getNamedType(field.type)
    selections.push({ node: node.selectionSet, type })
  }
  return selections
}

function sameShape(first: GraphQLOutputType, other: GraphQLOutputType): boolean {
  if (first === other) return true
  if (isListType(first)) return isListType(other) && sameShape(first.ofType, other.ofType)
  if (isNonNullType(first)) return isNonNullType(other) && sameShape(first.ofType, other.ofType)
  return !isListType(other) && !isNonNullType(other) && !isLeafType(first) && !isLeafType(other)
}

/** A value as one text, whatever the order of the fields of its objects. */
function written(value: ValueNode): string {
  switch (value.kind) {
    case Kind.VARIABLE:
      return `$${value.name.value}`
    case Kind.LIST:
      return `[${value.values.map(written).join()}]`
    case Kind.OBJECT:
      return `{${value.fields
        .map(({ name, value: of }) => `${name.value}:${written(of)}`)
        .sort()
        .join()}}`
    case Kind.NULL:
      return 'null'
    case Kind.STRING:
      return JSON.stringify(value.value)
    default:
      return String(value.value)
  }
}
