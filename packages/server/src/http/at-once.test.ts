import { execute, getVariableValues, type OperationDefinitionNode, parse } from 'graphql'
import { createSchema } from 'graphql-yoga'
import { answerWriter } from './answer-writer.ts'
import { atOnce } from './at-once.ts'
import { TooManyBytes } from './json-bytes.ts'

interface Figure {
  readonly id: string
  readonly value: number | null
  readonly status?: string
}

const figures: Figure[] = [
  { id: 'a', value: 1.5, status: 'OFFICIAL' },
  { id: 'b', value: null, status: 'ESTIMATE' },
]
const unit = { id: '096', name: 'Xã "Mường"\n', names: ['x', null] }
const schema = createSchema({
  typeDefs: `
    enum Status { OFFICIAL ESTIMATE }
    scalar Anything
    interface Thing { id: ID! }
    type Figure implements Thing { id: ID!, value: Float, status: Status, whole: Int!, later: Figure, wrong: String!, unit(code: String = "096"): Unit!, note: Anything }
    type Unit implements Thing { id: ID!, name: String!, figures(first: Int): [Figure!]!, names: [String] }
    type Query { unit(code: String): Unit, soon: Unit!, thing: Thing, failing: Unit, none: Unit }
  `,
  resolvers: {
    Figure: {
      whole: ({ value }: Figure) => Math.round(value ?? 0),
      later: (figure: Figure) => Promise.resolve(figure),
      wrong: () => null,
      unit: (_: unknown, { code }: { code: string }) => ({ ...unit, id: code }),
      note: ({ id }: Figure) => ({ id, day: new Date(0) }),
    },
    Unit: { figures: (_: unknown, { first = 2 }: { first?: number }) => figures.slice(0, first) },
    Query: {
      unit: (_: unknown, { code = '096' }: { code?: string }) => ({ ...unit, id: code }),
      soon: () => Promise.resolve(unit),
      thing: () => ({ ...unit, __typename: 'Unit' }),
      failing: () => {
        throw new Error('no')
      },
    },
  },
})

/** What GraphQL makes of a question, and how the two ways are taken. */
async function prepared(text: string, variables: Readonly<Record<string, unknown>> = {}, mostBytes = 1_000_000) {
  const document = parse(text)
  const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition') as OperationDefinitionNode
  const executed = await execute({ schema, document, variableValues: variables })
  const plan = atOnce(schema, document, operation)
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables).coerced ?? {}
  const extensions = { cost: { complexity: 1 } }
  const execution = { context: {}, variables: coerced, extensions: () => extensions, mostBytes }
  const expected = JSON.stringify({ data: executed.data, extensions })
  return {
    expected,
    executed,
    write: () => answerWriter(schema, document, operation)(executed.data, extensions, mostBytes).toString(),
    runAtOnce: async () => plan && ((await plan(execution))?.toString() ?? null),
  }
}

async function both(text: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { expected, executed, write, runAtOnce } = await prepared(text, variables)
  return { expected, executed, written: write(), atOnce: await runAtOnce() }
}

test.each([
  ['values of each kind', '{ unit { id name names figures { id value status whole note } } }', {}],
  ['what is there soon, first of all', '{ soon { name } unit { id } }', {}],
  ['nothing', '{ none { id } }', {}],
  ['other names, and the type', '{ a: unit { __typename constructor: id b: figures(first: 1) { toString: id } } }', {}],
  [
    'variables and defaults',
    'query ($code: String, $first: Int = 1) { unit(code: $code) { id figures(first: $first) { unit { id } } } }',
    { code: '1' },
  ],
  [
    'fragments, a field asked twice',
    '{ unit { ...f ... on Thing { id } figures { value } } } fragment f on Unit { figures { id } name }',
    {},
  ],
])('%s: executed and written in one go as GraphQL executes it', async (_, text, variables) => {
  const { expected, atOnce, written } = await both(text, variables)
  expect(atOnce).toBe(expected)
  expect(written).toBe(expected)
})

test.each([
  ['a value to be waited for', '{ unit { figures { later { id } } } }'],
  ['an error', '{ failing { id } }'],
  ['null where there must be something', '{ unit { figures { wrong } } }'],
])('%s is left to who can tell it', async (_, text) => {
  expect((await both(text)).atOnce).toBeNull()
})

test.each([
  [
    'a condition',
    'query ($no: Boolean = false) { unit { id name @include(if: $no) } soon { constructor: name @skip(if: true) id } }',
  ],
  ['a type that its value decides', '{ thing { id ... on Unit { name } } }'],
  ['what nothing is asked of', '{ unit { id figures { ... on Thing { ... on Unit { id } } } } }'],
])('%s is not executed here, but written', async (_, text) => {
  const { expected, executed, atOnce, written } = await both(text)
  expect(atOnce).toBeNull()
  expect(executed.errors ?? []).toEqual([])
  expect(written).toBe(expected)
})

test('an answer of more than may be is not written', async () => {
  const text = `{ ${Array.from({ length: 500 }, (_, i) => `a${i}: unit { name figures { id value } }`).join(' ')} }`
  const { write, runAtOnce } = await prepared(text, {}, 20_000)
  expect(write).toThrow(TooManyBytes)
  await expect(runAtOnce()).rejects.toThrow(TooManyBytes)
})
