import {
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import { checkLiterals, checkVariables, checkWords, describeLimits, LONG_TEXT } from './argument-limits.ts'

const Json = new GraphQLScalarType({ name: 'JSON' })
const Line = new GraphQLInputObjectType({
  name: 'Line',
  fields: {
    item: { type: new GraphQLNonNull(GraphQLString) },
    points: { type: GraphQLFloat },
    evidence: { type: GraphQLString, ...LONG_TEXT, description: 'Why.' },
  },
})
const field = {
  type: GraphQLString,
  args: {
    code: { type: GraphQLString },
    lines: { type: new GraphQLList(Line) },
    policy: { type: Json, ...LONG_TEXT },
    many: { type: new GraphQLList(GraphQLString), extensions: { maxItems: 2000 } },
  },
}
const schema = describeLimits(
  new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { ask: field } }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: { write: field } }),
  }),
)

const refused = (text: string, variables: Record<string, unknown> = {}, name?: string): string | null => {
  const document = parse(text)
  try {
    const limits = checkLiterals(schema, document)
    checkVariables(document, limits, getOperationAST(document, name) as OperationDefinitionNode, variables)
    return null
  } catch (error) {
    return (error as Error).message
  }
}
const a = (length: number) => 'a'.repeat(length)

test.each<[string, string, Record<string, unknown>, string | null]>([
  ['a name of 200', `{ ask(code: "${a(200)}") }`, {}, null],
  ['a number too small to be one', '{ ask(policy: [1e-400]) }', {}, 'policy[0] is 5e-324: what is closer to 0'],
  ['0 in whatever way', '{ ask(policy: [0, 0.0, 0e5, 0.00e-12]) }', {}, null],
  ['a name of 201', `{ ask(code: "${a(201)}") }`, {}, 'code has 201 characters and may have 200'],
  ['the same by a variable', 'query($x: String) { ask(code: $x) }', { x: a(201) }, 'code has 201 characters'],
  ['in a fragment', 'query($x: String) { ...F } fragment F on Query { ask(code: $x) }', { x: a(201) }, 'code has 201'],
  ['by a default', `query($x: String = "${a(201)}") { ask(code: $x) }`, {}, 'code has 201'],
  ['a default that is not used', `query($x: String = "${a(201)}") { ask(code: $x) }`, { x: 'b' }, null],
  ['inside an input', 'query($x: String!) { ask(lines: [{ item: $x }]) }', { x: a(201) }, 'lines[0].item has 201'],
  ['a single one for a list', 'query($x: Line) { ask(lines: [$x]) }', { x: { item: a(201) } }, 'lines[0].item has 201'],
  ['a longer text', 'query($x: [Line]) { ask(lines: $x) }', { x: [{ item: 'i', evidence: a(10_000) }] }, null],
  [
    'a text too long',
    'query($x: [Line]) { ask(lines: $x) }',
    { x: { item: 'i', evidence: a(10_001) } },
    'evidence has 10001',
  ],
  [
    'a field that is none',
    'query($x: [Line]) { ask(lines: $x) }',
    { x: { [a(201)]: 1 } },
    'a member whose name has 201',
  ],
  ['JSON', 'query($x: JSON) { ask(policy: $x) }', { x: { a: [{ b: a(10_001) }] } }, 'policy.a[0].b has 10001'],
  ['a key of JSON', 'query($x: JSON) { ask(policy: $x) }', { x: { [a(201)]: 1 } }, 'a member whose name has 201'],
  ['a wrong type', 'query($x: Float) { ask(lines: [{ item: "i", points: $x }]) }', { x: a(201) }, 'points has 201'],
  [
    'too many',
    'query($x: [Line]) { ask(lines: $x) }',
    { x: Array(1001).fill(null) },
    'lines has 1001 items and may have 1000',
  ],
  ['as many as it says', 'query($x: [String]) { ask(many: $x) }', { x: Array(2000).fill('b') }, null],
  ['more than that', 'query($x: [String]) { ask(many: $x) }', { x: Array(2001).fill('b') }, 'many has 2001 items'],
  ['too large', '{ ask(lines: [{ item: "i", points: 1.1e15 }]) }', {}, 'lines[0].points is 1100000000000000'],
  ['beyond what a number holds', '{ ask(lines: [{ item: "i", points: 1e999 }]) }', {}, 'points is Infinity'],
  ['−0', '{ ask(lines: [{ item: "i", points: -0.0 }]) }', {}, 'points is −0: write 0'],
  ['nearly 0', '{ ask(policy: { weights: { a: 1e-300 } }) }', {}, 'policy.weights.a is 1e-300'],
  ['blank in a question', '{ ask(code: " ") }', {}, null],
  ['blank in a change', 'mutation { write(code: " ") }', {}, 'code must not be empty'],
  [
    'blank in a change, by a variable',
    'mutation($x: String) { write(code: $x) }',
    { x: '\t' },
    'code must not be empty',
  ],
  ['NUL as an escape', '{ ask(code: "\\u{0}") }', {}, 'code holds the character U+0000'],
  [
    'turned direction in a default',
    'query($x: String = "\\u{202E}") { ask(code: $x) }',
    {},
    '$x holds the character U+202E',
  ],
  ['an argument that is none', `{ ask(none: "${a(201)}") }`, {}, null],
])('%s', (_, text, variables, message) => {
  const sentence = refused(text, variables)
  if (message === null) expect(sentence).toBeNull()
  else expect(sentence).toContain(message)
})

test('a variable is held against the operation that is run', () => {
  const text = 'query A($x: String) { ask(code: $x) } query B($x: JSON) { ask(policy: $x) }'
  expect(refused(text, { x: a(300) }, 'B')).toBeNull()
  expect(refused(text, { x: a(300) }, 'A')).toContain('code has 300')
})

test('says in descriptions what is not the default', () => {
  expect(Line.getFields().evidence?.description).toBe('Why. At most 10,000 characters.')
  expect(
    schema
      .getQueryType()
      ?.getFields()
      .ask?.args.find(({ name }) => name === 'many')?.description,
  ).toContain('At most 2,000 items.')
})

describe('words', () => {
  const message = (value: unknown) => {
    try {
      checkWords(value, 'variables')
      return null
    } catch (error) {
      return (error as Error).message
    }
  }

  test.each([
    ['NUL', 'a\u0000', 'U+0000'],
    ['a bell', 'a\u0007', 'U+0007'],
    ['C1', 'a\u0085', 'U+0085'],
    ['turned direction', 'a\u202eb', 'U+202E'],
    ['an isolate', 'a\u2066b', 'U+2066'],
    ['a mark of direction', 'a\u200fb', 'U+200F'],
    ['half a pair', 'a\ud83d', 'U+D83D'],
    ['the other half', '\ude42a', 'U+DE42'],
    ['no character', 'a\uffff', 'U+FFFF'],
  ])('%s', (_, text, name) => {
    expect(message({ input: [{ source: text }] })).toContain(`variables.input[0].source holds the character ${name}`)
    expect(message({ [text]: 1 })).toContain(`name holds the character ${name}`)
  })

  test('in the name of a file', () => {
    expect(message({ file: new File(['x'], 'a\u202eb.csv') })).toContain(
      `variables.file's file name holds the character U+202E`,
    )
  })

  test('tabs, line ends and all other characters pass', () => {
    expect(message('Mường Ảng\t🙂\r\n👨‍👩‍👧 ́')).toBeNull()
  })

  test('a value nested 100,000 deep is walked, and nothing calls itself', () => {
    let list: unknown = 'a\u0000'
    let object: unknown = 'x'
    for (let i = 0; i < 100_000; i++) {
      list = [list]
      object = { a: object }
    }
    expect(message(list)).toContain('holds the character U+0000')
    expect(message(object)).toBeNull()
  })
})
