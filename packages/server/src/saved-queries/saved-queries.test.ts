import { buildSchema } from 'graphql'
import type { InputError } from '../errors/input-error.ts'
import { checkQueryToSave, type QueryToSave } from './saved-queries.ts'

const SCHEMA = buildSchema('type Query { unit(code: String!): Unit } type Unit { name: String, children: [Unit!]! }')
const QUERY: QueryToSave = {
  slug: 'ten-don-vi-2025',
  title: 'Tên đơn vị',
  description: '',
  text: 'query ($code: String!) { unit(code: $code) { name } }',
  variables: '{"code":"03124"}',
  shared: false,
}
const refusal = (changes: Partial<QueryToSave>) => {
  try {
    checkQueryToSave({ ...QUERY, ...changes }, SCHEMA)
    return null
  } catch (error) {
    const { code, details, text } = error as InputError
    return { code, argument: details.argument, text }
  }
}

test.each<[string, Partial<QueryToSave>]>([
  ['as it is', {}],
  ['without variables', { variables: '', text: '{ unit(code: "11") { name } }' }],
  ['with a slug of one letter', { slug: 'a' }],
])('a query %s is kept', (_, changes) => {
  expect(refusal(changes)).toBeNull()
})

test.each([
  ...['', '-a', 'a-', 'a--b', 'A', 'đơn-vị', 'a b', '../a', 'a\n'].map((slug) => [{ slug }, 'input.slug'] as const),
  ...[
    '',
    '{',
    '{ unit }',
    '{ nothing }',
    'query ($a: Nothing) { unit(code: $a) { name } }',
    '{ unit(code: 1) { name } }',
  ].map((text) => [{ text }, 'input.text'] as const),
  [{ text: `{ unit(code: "11") ${'{ children '.repeat(120)}{ name }${' }'.repeat(120)} }` }, 'input.text'] as const,
  ...['{', '[]', 'null', '1', '"x"', 'code=11'].map((variables) => [{ variables }, 'input.variables'] as const),
])('a query with %j is refused, and told where', (changes, argument) => {
  const refused = refusal(changes)
  expect([refused?.code, refused?.argument]).toEqual(['BAD_INPUT', argument])
  expect(refused?.text.vi).not.toBe(refused?.text.en)
})
