import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql'

/** The fragments of a document, by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  return fragments
}

/** What a fragment asks of an object of a type; undefined where it is meant for others. */
export function selectionsFor(
  type: GraphQLObjectType,
  selection: FragmentSpreadNode | InlineFragmentNode,
  fragments: ReturnType<typeof fragmentsOf>,
  schema: GraphQLSchema,
): SelectionSetNode | undefined {
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
  const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
  const applies = !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))
  return applies ? fragment?.selectionSet : undefined
}

/** The fields by which a schema tells of itself: no type lists them. */
export const metaField = (name: string): GraphQLField<unknown, unknown> | undefined =>
  name === SchemaMetaFieldDef.name ? SchemaMetaFieldDef : name === TypeMetaFieldDef.name ? TypeMetaFieldDef : undefined

/**
 * Counts each selection once for each type that it is asked of, however often fragments bring it: what makes a count over a
 * document take time in proportion to the document.
 * @param count may ask for what stands below by the function that is returned; the document's fragments go in no circle
 */
export function oncePerType<T>(
  count: (selections: SelectionSetNode, type: GraphQLNamedType) => T,
): (selections: SelectionSetNode, type: GraphQLNamedType) => T {
  const results = new Map<SelectionSetNode, Map<GraphQLNamedType, T>>()
  return (selections, type) => {
    let ofType = results.get(selections)
    if (!ofType) {
      ofType = new Map()
      results.set(selections, ofType)
    }
    let counted = ofType.get(type)
    if (counted === undefined) {
      counted = count(selections, type)
      ofType.set(type, counted)
    }
    return counted
  }
}
