// How large an operation is once its fragments stand in it, counted without putting them there.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { fragmentsOf, metaField, oncePerType, selectionsFor } from './fragments.ts'

/**
 * The pieces of code that graphql-jit would write for an operation: it expands every fragment wherever it is spread, writes
 * a field of an abstract type once for each possible type, and walks over everything below each field once more. One with
 * conditions is not compiled at all, so they count nothing. Takes time in proportion to the document, whatever it expands to: each selection is counted
 * once for each type that it is asked of.
 * @param document whose fragments go in no circle, as validation sees to
 */
export function compiledSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const root = schema.getRootType(operation.operation)
  if (!root) return 0
  const fragments = fragmentsOf(document)
  const below = new Map<SelectionSetNode, number>()

  /** All that a selection expands to, whatever its types. */
  function belowOf(selections: SelectionSetNode): number {
    let size = below.get(selections)
    if (size !== undefined) return size
    size = 0
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD)
        size += weightOf(selection) + (selection.selectionSet ? belowOf(selection.selectionSet) : 0)
      else if (selection.kind === Kind.INLINE_FRAGMENT) size += belowOf(selection.selectionSet)
      else {
        const fragment = fragments.get(selection.name.value)
        if (fragment) size += belowOf(fragment.selectionSet)
      }
    }
    below.set(selections, size)
    return size
  }

  const sizeOf = oncePerType((selections, type): number => {
    if (isAbstractType(type)) {
      return schema.getPossibleTypes(type).reduce((sum, possible) => sum + sizeOf(selections, possible), 0)
    }
    return isObjectType(type) ? sizeOfObject(selections, type) : 0
  })

  function sizeOfObject(selections: SelectionSetNode, type: GraphQLObjectType): number {
    let size = 0
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        size += weightOf(selection)
        const field = fieldOf(type, selection.name.value)
        if (field && selection.selectionSet) {
          size += belowOf(selection.selectionSet) + sizeOf(selection.selectionSet, getNamedType(field.type))
        }
      } else {
        const asked = selectionsFor(type, selection, fragments, schema)
        if (asked) size += sizeOf(asked, type)
      }
    }
    return size
  }

  const fieldOf = (type: GraphQLObjectType, name: string) => type.getFields()[name] ?? metaField(name)

  return sizeOf(operation.selectionSet, root)
}

/** One, and what stands in its arguments: they are written out with it. */
function weightOf(field: FieldNode): number {
  if (!field.arguments || field.arguments.length === 0) return 1
  let weight = 1
  for (const argument of field.arguments) visit(argument, { enter: () => void weight++ })
  return weight
}
