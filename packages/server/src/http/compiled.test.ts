import { buildSchema, type ExecutionArgs, execute, isObjectType, parse } from 'graphql'
import { compiledExecution } from './compiled.ts'
import { inScope, type RequestScope } from './request-scope.ts'

const schema = buildSchema(`
  interface Node { id: ID! name: String }
  type Unit implements Node { id: ID! name: String parent: Unit clusters(first: Int! = 1): [Cluster!]! refused: String }
  type Cluster implements Node { id: ID! name: String members(first: Int): [Unit] refused: Int! }
  type Query { unit: Unit node: Node units(first: Int): [Unit!] none: Cluster }
`)
const unit = (id: string): object => ({ __typename: 'Unit', id, name: `Xã "${id}"` })
const cluster = (id: string): object => ({ __typename: 'Cluster', id, name: null })
const no = () => {
  throw new Error('no')
}
const some =
  <T>(of: (id: string) => T) =>
  (_: unknown, { first = 2 }: { first?: number | null }) =>
    ['1', '2'].slice(0, first ?? 2).map(of)
const RESOLVERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Query: { unit: () => unit('0'), node: () => Promise.resolve(cluster('0')), units: some(unit), none: () => null },
  Unit: { parent: () => unit('9'), clusters: some(cluster), refused: no },
  Cluster: { members: some(unit), refused: no },
}
for (const [type, fields] of Object.entries(RESOLVERS)) {
  for (const [field, resolve] of Object.entries(fields)) {
    const of = schema.getType(type)
    if (isObjectType(of)) Object.assign(of.getFields()[field] ?? {}, { resolve })
  }
}

type Values = Readonly<Record<string, unknown>>

/** What it is answered first, and when it has been asked often enough to be compiled; whether it was. */
async function twice(text: string, variables: Values = {}, operationName?: string) {
  const document = parse(text)
  const { plugin, of } = compiledExecution()
  await import('graphql-jit')
  const args = { schema, document, variableValues: variables, operationName } as ExecutionArgs
  const ask = () => {
    let run: (args: ExecutionArgs) => unknown = execute
    const scope = { cost: { complexity: 10_000 }, statements: 0, executed: null } as unknown as RequestScope
    return inScope(scope, async () => {
      const setExecuteFn = (other: typeof run) => {
        run = other
      }
      plugin.onExecute?.({ args, setExecuteFn } as never)
      return JSON.stringify(await run(args))
    })
  }
  const answers = [await ask(), await ask(), await ask()]
  return { first: answers[0], last: answers[2], isCompiled: of(document, operationName ?? null) !== undefined }
}

const CASES: readonly (readonly [what: string, text: string, variables: Values])[] = [
  [
    'a fragment with a condition in one of its places',
    'query ($a: Boolean!) { unit { ...F @include(if: $a) } b: unit { ...F } } fragment F on Unit { name }',
    { a: false },
  ],
  [
    'a fragment with and without a condition',
    'query ($a: Boolean!) { unit { ...F @skip(if: $a) ...F } } fragment F on Unit { name }',
    { a: true },
  ],
  [
    'a field of a fragment below one that is left out',
    'query ($a: Boolean!) { unit { parent @include(if: $a) { ... { id } name } parent { name } } }',
    { a: false },
  ],
  ['a field that is left out first', 'query ($a: Boolean!) { unit { name @include(if: $a) id name } }', { a: false }],
  ['a name that is no key of an object', '{ __proto__: unit { __proto__: id name } none { id } }', {}],
  [
    'variables that are called as what every object has',
    'query ($constructor: Int! = 1, $toString: Int) { units(first: $constructor) { id } more: units(first: $toString) { id } }',
    {},
  ],
  ['an error, in lines that end otherwise', 'query {\r unit {\r\r id\r\n refused\n }\r}', {}],
]
test.each(CASES)('%s is answered alike, compiled or not', async (_, text, variables) => {
  const { first, last } = await twice(text, variables)
  expect(last).toBe(first)
})

test('what is asked for often is compiled', async () => {
  const { first, last, isCompiled } = await twice(
    'query ($n: Int = 1) { units(first: $n) { id clusters { id ...F } } node { __typename ...F } } fragment F on Node { name }',
  )
  expect(isCompiled).toBe(true)
  expect(last).toBe(first)
})
