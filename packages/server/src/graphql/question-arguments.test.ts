import {
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  graphqlSync,
} from 'graphql'
import type { InputError } from '../errors/input-error.ts'
import { between } from './argument-limits.ts'
import { refuseEmptyArguments } from './question-arguments.ts'

const Filter = new GraphQLInputObjectType({
  name: 'Filter',
  fields: {
    section: { type: GraphQLString },
    ids: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
    least: { type: GraphQLInt, ...between(1) },
  },
})
const ask = {
  type: GraphQLString,
  args: {
    code: { type: GraphQLString },
    begin: { type: GraphQLString, extensions: { mayBeBlank: true } },
    none: { type: new GraphQLList(GraphQLString), extensions: { mayBeEmpty: true } },
    many: { type: new GraphQLNonNull(new GraphQLList(GraphQLString)), defaultValue: ['a'] },
    where: { type: Filter },
    first: { type: GraphQLInt, ...between(1, 200) },
    share: { type: GraphQLFloat, ...between(0) },
    policy: { type: new GraphQLScalarType({ name: 'JSON' }) },
    on: { type: new GraphQLScalarType({ name: 'Date' }) },
  },
  resolve: () => 'answered',
}
const plainField = { type: GraphQLString, args: { on: { type: GraphQLInt } }, resolve: () => 'answered' }
const Query = new GraphQLObjectType({ name: 'Query', fields: { ask, beside: plainField } })
const Mutation = new GraphQLObjectType({ name: 'Mutation', fields: { write: { ...ask } } })
const schema = refuseEmptyArguments(new GraphQLSchema({ query: Query, mutation: Mutation }))

test.each<[string, Record<string, unknown>, string | null]>([
  ['code: "x"', {}, null],
  ['code: null, many: ["b"], where: {}', {}, null],
  ['code: ""', {}, 'code is blank: give a value, or leave it out'],
  ['code: $x', { x: ' \t\u00a0\u3000' }, 'code is blank'],
  ['begin: " "', {}, null],
  ['many: []', {}, 'many is an empty list and chooses nothing'],
  ['many: ["b", " "]', {}, 'many[1] is blank'],
  ['none: []', {}, null],
  ['none: [""]', {}, 'none[0] is blank'],
  ['where: { section: "" }', {}, 'where.section is blank'],
  ['where: { ids: [] }', {}, 'where.ids is an empty list'],
  ['where: { ids: ["a", ""] }', {}, 'where.ids[1] is blank'],
  ['where: { least: 0 }', {}, 'where.least goes from 1 up, not 0'],
  ['first: 0', {}, 'first goes from 1 to 200, not 0'],
  ['first: 201', {}, 'first goes from 1 to 200, not 201'],
  ['first: 200, share: 0', {}, null],
  ['share: -0.5', {}, 'share goes from 0 up, not -0.5'],
  ['policy: { a: "", b: [] }', {}, null],
  ['policy: ""', {}, null],
  ['on: ""', {}, null],
])('ask(%s)', (args, variables, message) => {
  const source = `query ($x: String) { asked: ask(${args}) beside }`
  const { data, errors } = graphqlSync({
    schema,
    source: args.includes('$x') ? source : source.replace('($x: String)', ''),
    variableValues: variables,
  })
  expect(data?.beside).toBe('answered')
  expect(data?.asked).toBe(message === null ? 'answered' : null)
  if (message === null) return expect(errors).toBeUndefined()
  const inputError = errors?.[0]?.originalError as InputError
  expect(inputError.message).toContain(message)
  expect(inputError.text.vi).toContain(String(inputError.details.argument))
  expect(errors?.[0]?.path).toEqual(['asked'])
})

test('a mutation says itself what it makes of them, and a field without such arguments is left as it is', () => {
  expect(graphqlSync({ schema, source: 'mutation { write(code: "", many: [], first: 0) }' }).errors).toBeUndefined()
  expect(schema.getQueryType()?.getFields().beside?.resolve).toBe(plainField.resolve)
})
