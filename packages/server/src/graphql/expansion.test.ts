import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from 'graphql'
import { compiledSize } from './expansion.ts'

const schema = buildSchema(`
  interface Node { id: ID! }
  type Unit implements Node { id: ID! name: String parent: Unit related: Node }
  type Cluster implements Node { id: ID! name: String first: Node }
  type Query { unit(code: String, codes: [String]): Unit node: Node }
`)

function sizeOf(text: string): number {
  const document = parse(text)
  return compiledSize(schema, document, getOperationAST(document) as OperationDefinitionNode)
}

const ladder = (depth: number) =>
  `{ unit { ...F0 } } ${Array.from({ length: depth }, (_, i) => `fragment F${i} on Unit { a: parent { ...F${i + 1} } b: parent { ...F${i + 1} } }`).join(' ')} fragment F${depth} on Unit { name }`

test('fragments count wherever they are spread', () => {
  const once = sizeOf('{ unit { ...N } } fragment N on Unit { name }')
  expect(sizeOf('{ unit { name } }')).toBe(once)
  expect(sizeOf('{ a: unit { ...N } b: unit { ...N } } fragment N on Unit { name }')).toBe(2 * once)
  expect(sizeOf('{ unit { ... on Unit { name } } }')).toBe(once)
})

test('a kilobyte that expands to a million fields is counted as a million, and at once', () => {
  expect(sizeOf(ladder(16))).toBeGreaterThan(1_000_000)
  expect(sizeOf(ladder(200))).toBeGreaterThan(1e50)
  expect(sizeOf(ladder(3))).toBeLessThan(200)
})

test('a field of an abstract type counts for each type that it may be', () => {
  const chain = (depth: number): string => (depth === 0 ? 'id' : `... on Unit { related { ${chain(depth - 1)} } }`)
  expect(sizeOf('{ node { id } }')).toBeGreaterThan(sizeOf('{ unit { id } }'))
  expect(sizeOf('{ node { ... on Unit { name } } }')).toBe(sizeOf('{ unit { name } }'))
  expect(sizeOf(`{ node { ${chain(5)} } }`)).toBeLessThan(100)
})

test('values of arguments count', () => {
  expect(sizeOf(`{ unit(codes: [${'"1" '.repeat(300)}]) { name } }`)).toBeGreaterThan(300)
})
