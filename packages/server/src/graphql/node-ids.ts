import { type GraphQLSchema, isObjectType } from 'graphql'
import { globalId } from './builder.ts'

/**
 * Has the ids of things that are read from memory made at once. Pothos waits for each as for a promise, and an answer with ten
 * thousand of them took twice as long.
 * @param keys by the type's name, what an id is made of; null where the thing has its global id as its property `id`
 */
export function idsAtOnce(
  schema: GraphQLSchema,
  keys: Readonly<Record<string, ((thing: never) => string) | null>>,
): GraphQLSchema {
  for (const [name, keyOf] of Object.entries(keys)) {
    const type = schema.getType(name)
    const field = isObjectType(type) ? type.getFields().id : undefined
    if (!field) throw new Error(`${name} has no id`)
    if (keyOf) field.resolve = (thing) => globalId(name, keyOf(thing as never))
    else delete field.resolve
  }
  return schema
}
