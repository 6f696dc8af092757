import fc from 'fast-check'
import { type ExecutionArgs, execute, getVariableValues, parse, validate } from 'graphql'
import { createSchema } from 'graphql-yoga'
import { inScope, type RequestScope } from '../request-scope.ts'
import { compiledExecution } from './compiled.ts'

const unit = (id: string): object => ({ __typename: 'Unit', id, name: `Xã "${id}"` })
const cluster = (id: string): object => ({ __typename: 'Cluster', id, name: null })
const no = () => {
  throw new Error('no')
}
const some =
  <T>(of: (id: string) => T) =>
  (_: unknown, { first = 2 }: { first?: number | null }) =>
    ['1', '2'].slice(0, first ?? 2).map(of)
const schema = createSchema({
  typeDefs: `
    interface Node { id: ID! name: String }
    type Unit implements Node { id: ID! name: String parent: Unit clusters(first: Int! = 1): [Cluster!]! refused: String }
    type Cluster implements Node { id: ID! name: String members(first: Int): [Unit] refused: Int! }
    type Query { unit: Unit node: Node units(first: Int): [Unit!] none: Cluster }
  `,
  resolvers: {
    Query: { unit: () => unit('0'), node: () => Promise.resolve(cluster('0')), units: some(unit), none: () => null },
    Unit: { parent: () => unit('9'), clusters: some(cluster), refused: no },
    Cluster: { members: some(unit), refused: no },
  },
})

const MOST_BYTES = 1_000_000

type Values = Readonly<Record<string, unknown>>

/** What it is answered first and when it has been asked often enough to be compiled, and by what it is then. */
async function thrice(text: string, variables: Values = {}) {
  const document = parse(text)
  const { plugin, of } = compiledExecution()
  await import('graphql-jit')
  const args = { schema, document, variableValues: variables } as ExecutionArgs
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
  const [first, , last] = [await ask(), await ask(), await ask()]
  return { first, last, compiled: of(document, null) }
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
  const { first, last } = await thrice(text, variables)
  expect(last).toBe(first)
})

const PLAIN = ['id', 'name', 'a: id', 'b: name', 'toString: name', 'c: __typename', '...F', '...F']

/** Random selections over few names, so that many of them meet. */
const selections = fc.letrec<{ set: string; one: string }>((tie) => {
  const set = fc.tuple(
    fc.constantFrom(...Array<string>(8).fill(''), ' @include(if: $yes)', ' @skip(if: $yes)'),
    tie('set'),
  )
  return {
    set: fc.array(tie('one'), { minLength: 1, maxLength: 4 }).map((parts) => `{ ${parts.join(' ')} }`),
    one: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        'id',
        'name',
        'a: id',
        'toString: name',
        'id @skip(if: $yes)',
        '__typename',
        'refused',
        '...F',
        ...PLAIN,
      ),
      fc.tuple(fc.constantFrom('parent', 'b: parent'), set).map(([field, [on, of]]) => `${field}${on} ${of}`),
      fc.tuple(fc.constantFrom('... on Unit', '... on Node', '...'), set).map(([of, [on, all]]) => `${of}${on} ${all}`),
      fc.constantFrom('clusters { id name }', 'clusters(first: $n) { id members(first: $n) { id ...F } }'),
      // Of a unit nothing is asked by that.
      fc.constant('parent { ... on Node { ... on Cluster { id } } }'),
    ),
  }
})

interface Told {
  readonly data: unknown
  readonly errors?: readonly { readonly path: readonly (string | number)[] }[]
}
/** As text, so that the order of names counts; that of errors is the compiler's own. */
const tellAlike = ({ data, errors = [] }: Told) => [
  JSON.stringify(data),
  errors.map((error) => JSON.stringify(error)).sort(),
]

test('whatever is asked, it is answered alike, written out or not', async () => {
  const ways = { interpreted: 0, written: 0, atOnce: 0 }
  const random = fc.tuple(
    selections.set,
    selections.set,
    fc.constantFrom('unit', 'node'),
    fc.boolean(),
    fc.constantFrom(undefined, 0, 1),
  )
  await fc.assert(
    fc.asyncProperty(random, async ([one, other, root, yes, n]) => {
      const body = `{ unit ${one} d: ${root} { ...F } } fragment F on Node { id ... on Unit ${other.replaceAll('...F', 'id')} }`
      const [asksYes, asksN] = [body.includes('$yes'), body.includes('$n')]
      const declared = [...(asksYes ? ['$yes: Boolean!'] : []), ...(asksN ? ['$n: Int! = 1'] : [])].join(' ')
      const text = `query ${declared && `(${declared})`} ${body}`
      if (validate(schema, parse(text)).length > 0) return
      const values: Values = { ...(asksYes ? { yes } : {}), ...(asksN && n !== undefined ? { n } : {}) }
      const { first, last, compiled } = await thrice(text, values)
      const told: Told = JSON.parse(first)
      expect(tellAlike(JSON.parse(last))).toEqual(tellAlike(told))
      if (!compiled || told.errors) return void ways.interpreted++
      const expected = JSON.stringify({ data: told.data, extensions: {} })
      expect(compiled.write(JSON.parse(last).data, {}, MOST_BYTES).toString()).toBe(expected)
      ways.written++
      const { coerced = {} } = getVariableValues(schema, compiled.node.variableDefinitions ?? [], values)
      const answer = await compiled.runAtOnce({
        context: {},
        variables: coerced,
        extensions: () => ({}),
        mostBytes: MOST_BYTES,
      })
      if (!answer) return
      expect(answer.toString()).toBe(expected)
      ways.atOnce++
    }),
    { numRuns: 1000 },
  )
  expect(Math.min(...Object.values(ways))).toBeGreaterThan(5)
})

test('what is asked for often is compiled', async () => {
  const text =
    'query ($n: Int = 1) { units(first: $n) { id clusters { id ...F } } node { __typename ...F } } fragment F on Node { name }'
  const { first, last, compiled } = await thrice(text)
  expect(compiled).toBeDefined()
  expect(last).toBe(first)
})
