// Every argument of every field, as the schema lists them, with an operation that reaches it.
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'

export const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))

/** What makes the rest of a request right, so that the argument that is wrong is reached. */
const RIGHT: Readonly<Record<string, unknown>> = {
  code: '098',
  unit: '098',
  parent: '11',
  cluster: 'cum-vung-cao',
  year: 2022,
  indicator: 'forest-cover',
  item: 'forest-cover',
  id: 'VW5pdDowOTg=',
  ranking: '2022-cum-vung-cao-1',
  fact: 'advancedModels',
  award: 'emulation-flag',
  comparator: '>=',
  slug: 'every-argument',
  text: '{ __typename }',
  variables: '{}',
  asOf: '2022-10-31',
  validFrom: '2022-05-05',
  filedOn: '2022-11-01',
  signedOn: '2022-03-01',
  scoredOn: '2023-01-12',
  dueOn: '2022-12-20',
  date: '2023-02-02',
  kind: 'PLAN',
  stage: 'SELF',
  total: 100,
  step: 1,
  first: 2,
}

export function rightFor(name: string, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return rightFor(name, type.ofType)
  if (isListType(type)) return [rightFor(name.replace(/s$/, ''), type.ofType)]
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || field.name in RIGHT)
    return Object.fromEntries(fields.map((field) => [field.name, rightFor(field.name, field.type)]))
  }
  if (isEnumType(type)) {
    const names = type.getValues().map((value) => value.name)
    return names.includes(String(RIGHT[name])) ? RIGHT[name] : names[0]
  }
  if (Object.hasOwn(RIGHT, name)) return RIGHT[name]
  if (type.name === 'DateTime') return null
  return { Int: 1, Float: 1, Boolean: true, Date: '2022-10-31', JSON: {} }[type.name] ?? 'x'
}

export type Path = readonly (string | number)[]

export function withValue(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (typeof key === 'number') return [withValue((root as unknown[] | undefined)?.[0], rest, value)]
  const object = (root ?? {}) as Record<string, unknown>
  return { ...object, [key]: withValue(object[key], rest, value) }
}

export interface Field {
  readonly name: string
  readonly args: readonly GraphQLArgument[]
  /** The text of an operation that asks for it with its arguments as variables. */
  readonly text: string
}

const composite = (field: GraphQLField<unknown, unknown>) => {
  const type = getNamedType(field.type)
  return isObjectType(type) || isInterfaceType(type) || isUnionType(type)
}

/** Every field with arguments that a question can reach, each by the shortest way to its type. */
export function fieldsOf(root: GraphQLObjectType, kind: 'query' | 'mutation'): Field[] {
  const fields: Field[] = []
  const seen = new Set<string>([root.name])
  const open: { type: GraphQLObjectType; wrap: (inner: string) => string }[] = [{ type: root, wrap: (inner) => inner }]
  for (const { type, wrap } of open) {
    for (const field of Object.values(type.getFields())) {
      const errors = kind === 'mutation' ? ' errors { code message path nearest }' : ''
      const body = composite(field) ? ` { __typename${errors} }` : ''
      if (field.args.length > 0) {
        const variables = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ')
        const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
        const text = `${kind} (${variables}) { ${wrap(`${field.name}(${passed})${body}`)} }`
        fields.push({ name: `${type.name}.${field.name}`, args: field.args, text })
      }
      const inner = getNamedType(field.type)
      if (kind === 'mutation' || !isObjectType(inner) || seen.has(inner.name) || inner.name.startsWith('__')) continue
      const needed = field.args.filter((arg) => isNonNullType(arg.type) || arg.name === 'first')
      // A cluster's code is none of a unit.
      const rightOf = (arg: GraphQLArgument) => rightFor(field.name === 'cluster' ? 'cluster' : arg.name, arg.type)
      const literals = needed.map((arg) => `${arg.name}: ${literalOf(rightOf(arg), arg.type)}`)
      seen.add(inner.name)
      const call = `${field.name}${literals.length > 0 ? `(${literals.join(', ')})` : ''}`
      open.push({ type: inner, wrap: (text) => wrap(`${call} { ${text} }`) })
    }
  }
  return fields
}

function literalOf(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(value, type.ofType)
  if (Array.isArray(value))
    return `[${value.map((item) => literalOf(item, isListType(type) ? type.ofType : type)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(type) ? type.getFields() : {}
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${fields[key] ? literalOf(item, fields[key].type) : JSON.stringify(item)}`)
      .join(', ')} }`
  }
  return isEnumType(type) ? String(value) : JSON.stringify(value)
}
