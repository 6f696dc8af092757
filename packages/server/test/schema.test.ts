import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'

// As the server runs it.
const { schema: running } = (await import('../dist/schema.js')) as { schema: GraphQLSchema }
const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))

/** The names of all types, fields, arguments and values, with what is said of them. */
function* described(from: GraphQLSchema): Generator<[string, string | null | undefined]> {
  for (const type of Object.values(from.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue
    yield [type.name, type.description]
    if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description]
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field.description]
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        yield [`${type.name}.${field.name}`, field.description]
        for (const arg of field.args) yield [`${type.name}.${field.name}(${arg.name})`, arg.description]
      }
    }
  }
}

test('everything in the schema is described', () => {
  expect([...described(schema)].filter(([, description]) => !description).map(([name]) => name)).toEqual([])
})

/** "Whose.", "Of what.", "Which it is.": the question itself. */
const QUESTION = /^(?:(?:of|by|in|from|for) )?(?:whose|what|which|who|whom|why|how)(?: it is| they are)?\./i

test('a description says more than a word or two, and is no bare question', () => {
  const ofFields = [...described(schema)].filter(([name]) => /^[^=]*\.\w+(\(|$)/.test(name) && !/\.[A-Z_]+$/.test(name))
  expect(ofFields.length).toBeGreaterThan(500)
  const bare = ofFields.filter(([, says]) => !says || says.split(' ').length < 3 || QUESTION.test(says))
  expect(bare.map(([name, says]) => `${name}: ${says}`)).toEqual([])
})

test.each([
  ['Query', 'units', 'UnitConnection'],
  ['Query', 'unit', 'Unit'],
  ['Query', 'indicators', 'IndicatorConnection'],
  ['Query', 'clusters', 'ClusterConnection'],
  ['Query', 'ranking', 'Ranking'],
  ['Query', 'evaluate', 'Evaluation'],
  ['Unit', 'measurements', '[Measurement!]!'],
  ['Unit', 'evaluation', 'Evaluation!'],
  ['Unit', 'children', 'UnitConnection!'],
  ['Evaluation', 'results', '[IndicatorResult!]!'],
  ['IndicatorResult', 'value', 'Float'],
  ['IndicatorResult', 'explanation', 'String!'],
  ['Measurement', 'revision', 'Int!'],
  ['Ranking', 'policy', 'JSON!'],
  ['ClusterRank', 'members', '[UnitRank!]!'],
  ['UnitRank', 'rank', 'Int'],
  ['UnitRank', 'reasons', '[String!]!'],
])('%s.%s is %s, as the contract has it', (name, field, expected) => {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`no object type ${name}`)
  expect(String(type.getFields()[field]?.type)).toBe(expected)
})

test('every question may fail without taking the answers beside it', () => {
  const strict = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ type }) => isNonNullType(type))
  expect(strict.map(({ name }) => name)).toEqual([])
})

test('no year stands in the schema', () => {
  const years = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) => field.args.filter(({ name }) => name === 'year'))
      : [],
  )
  expect(years.length).toBeGreaterThan(20)
  expect(years.filter(({ defaultValue }) => defaultValue !== undefined)).toEqual([])
})

test('every mutation declares who may call it, and says so in its description', () => {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {})
  expect(fields.length).toBeGreaterThan(10)
  for (const { description } of fields) expect(description).toMatch(/For [a-z ()]+/)
  const declared = running.getMutationType()?.getFields() ?? {}
  const undeclared = Object.entries(declared).filter(([, { extensions }]) => !Array.isArray(extensions.rights))
  expect(undeclared.map(([name]) => name)).toEqual([])
})

test('every mutation takes one input of its own, and answers with what changed and errors', () => {
  for (const { name, args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const payload = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    expect(args.map((arg) => [arg.name, String(arg.type)])).toEqual([['input', `${payload}Input!`]])
    expect(String(type)).toBe(`${payload}Payload!`)
    const { errors, ...changed } = (schema.getType(`${payload}Payload`) as GraphQLObjectType).getFields()
    expect([name, String(errors?.type)]).toEqual([name, '[UserError!]!'])
    expect([name, Object.keys(changed)]).not.toEqual([name, []])
    // The contract's, and the numbers beside it, are there in any case; other objects are null with errors.
    if (['submitMeasurements', 'importMeasurements', 'setUp'].includes(name)) continue
    const strict = Object.values(changed).filter((field) => isNonNullType(field.type))
    expect([name, strict.map((field) => field.name)]).toEqual([name, []])
  }
})

test('every error of an input says where, why, in words, and what would be right', () => {
  const errors = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'UserError'),
  )
  expect(errors.map(({ name }) => name).sort()).toEqual(['EditConflict', 'ImpossibleStep', 'InputError'])
})
