import {
  buildSchema,
  type GraphQLObjectType,
  getIntrospectionQuery,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import { type Cost, type Estimate, estimate } from './estimate.ts'

const schema = buildSchema(`
  interface Node { id: ID! }
  type Duty { id: ID }
  type Cluster implements Node { id: ID! name: String }
  type Unit { code: String parent: Unit children(first: Int): [Unit!]! standing(asOf: String): Unit }
  type Query { node: Node duty: Duty cluster: Cluster unit: Unit units: [Unit!]! }
`)
const says = (type: string, field: string, complexity: unknown) => {
  const price = (schema.getType(type) as GraphQLObjectType).getFields()[field]
  if (price) price.extensions = { complexity }
}
says('Unit', 'children', ({ first }: { first?: number }): Cost => ({ field: 1, multiplier: first ?? 14 }))
says('Unit', 'standing', ({ asOf }: { asOf: string }): Cost => ({ field: 2, once: { [`ranking ${asOf}`]: 900 } }))

/** What each field of the operation itself costs besides. */
const ASKING = 20

function costOf(text: string, variables: Record<string, unknown> = {}): Estimate {
  const document = parse(text)
  return estimate(schema, document, getOperationAST(document) as OperationDefinitionNode, variables, {})
}

test.each([
  ['{ unit { code } }', 2, 2],
  ['{ units { code } }', 1 + 10, 2],
  ['{ a: unit { code } b: unit { code } }', 4, 2],
  ['{ unit { children { code } } }', 1 + 1 + 14, 3],
  ['{ unit { children(first: 3) { code } } }', 1 + 1 + 3, 3],
  ['{ unit { ...C ...C } } fragment C on Unit { code }', 1 + 2, 2],
  ['{ unit { ... { code } ... on Unit { code } } }', 1 + 2, 2],
  ['{ cluster { id name } node { id } duty { id } }', 1 + 8 + 1 + 1 + 8 + 1 + 1, 2],
  ['{ __typename }', 1, 1],
])('%s costs %d', (text, complexity, depth) => {
  const asked = ASKING * (parse(text).definitions[0] as OperationDefinitionNode).selectionSet.selections.length
  expect(costOf(text)).toMatchObject({ complexity: complexity + (text.includes('__typename') ? 0 : asked), depth })
})

test('a variable counts as the value that it has', () => {
  const text = 'query ($n: Int) { unit { children(first: $n) { code } } }'
  expect(costOf(text, { n: 100 }).complexity).toBe(102 + ASKING)
  expect(costOf(text, { n: 5 }).complexity).toBe(7 + ASKING)
})

test('work that is done once is counted once, however many fields ask for it, and once for each date', () => {
  expect(costOf('{ units { standing(asOf: "a") { code } } }').complexity).toBe(ASKING + 1 + 10 * 3 + 900)
  expect(
    costOf('{ a: unit { standing(asOf: "a") { code } } b: unit { standing(asOf: "b") { code } } }').complexity,
  ).toBe(2 * (ASKING + 4) + 2 * 900)
})

test('a schema that is asked for again and again costs as often', () => {
  const price = costOf('{ __schema { types { fields { name } } } }').complexity
  expect(price).toBeGreaterThan(20)
  const many = `{ ${Array.from({ length: 50 }, (_, i) => `a${i}: __schema { ...S }`).join(' ')} } fragment S on __Schema { types { fields { name } } }`
  expect(costOf(many).complexity).toBe(50 * price)
  expect(costOf(getIntrospectionQuery()).complexity).toBeLessThan(20_000)
})

test('reading a text costs for each of its words, those of other operations and of fragments too, once', () => {
  const { reading } = costOf('{ units { code } }')
  expect(reading).toBeGreaterThan(0)
  expect(costOf('{ units { ...C } } fragment C on Unit { code }').reading).toBeGreaterThan(reading)
  expect(costOf('{ unit { code code code } }').reading - costOf('{ unit { code } }').reading).toBe((2 / 6) * reading)
})

test('fragments that expand to more than can be counted cost the most that can, at once', () => {
  const ladder = `{ unit { ...F0 } } ${Array.from({ length: 200 }, (_, i) => `fragment F${i} on Unit { a: parent { ...F${i + 1} } b: parent { ...F${i + 1} } }`).join(' ')} fragment F200 on Unit { code }`
  expect(costOf(ladder)).toMatchObject({ complexity: Number.MAX_SAFE_INTEGER, depth: 202 })
})
