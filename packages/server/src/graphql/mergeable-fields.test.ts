import fc from 'fast-check'
import { buildSchema, OverlappingFieldsCanBeMergedRule, parse, validate } from 'graphql'
import { mergeableFields } from './mergeable-fields.ts'

const schema = buildSchema(`
  interface Node { id: ID! name: String next: Node }
  type Unit implements Node { id: ID! name: String next: Node size: Int sizes: [Int] parent: Unit all(of: [Int], as: Filter): [Unit!]! }
  type Cluster implements Node { id: ID! name: String next: Node size: String sizes: [Int!] parent: Cluster all(of: [Int], as: Filter): [Cluster!]! }
  input Filter { a: Int b: String }
  union Either = Unit | Cluster
  type Query { node: Node unit: Unit either: Either }
`)

const problems = (text: string, most?: number) =>
  validate(schema, parse(text), [mergeableFields(most)]).map(({ message }) => message)
const times = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join(' ')

test.each([
  ['{ unit { a: next { id } a: parent { id } } }', /"a" conflict because "next" and "parent" are different fields/],
  ['{ unit { all(of: [1]) { id } all(of: [2]) { id } } }', /"all" conflict because they have differing arguments/],
  ['{ node { ... on Unit { size } ... on Cluster { size } } }', /they return conflicting types "Int" and "String"/],
  ['{ unit { parent { a: name } ...F } } fragment F on Unit { parent { ...G } } fragment G on Unit { a: id }', /"a"/],
])('%s asks for two things under one name', (text, problem) => {
  expect(problems(text)).toEqual([expect.stringMatching(problem)])
})

test('the order of arguments and of the fields of an object is no difference', () => {
  expect(
    problems('{ unit { all(of: [1], as: { a: 1, b: "x" }) { id } all(as: { b: "x", a: 1 }, of: [1]) { id } } }'),
  ).toEqual([])
})

/** A random text over few names, so that many of them meet. */
const selections = fc.letrec<{ set: string; one: string }>((tie) => ({
  set: fc.array(tie('one'), { minLength: 1, maxLength: 4 }).map((parts) => `{ ${parts.join(' ')} }`),
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'id',
      'name',
      'a: id',
      'a: name',
      'b: name',
      'size',
      'a: size',
      'sizes',
      '__typename',
      'a: __typename',
    ),
    fc.constantFrom('...F0', '...F1', '...F2'),
    fc
      .tuple(
        fc.constantFrom('next', 'parent', 'a: next', 'a: parent', 'all(of: 1)', 'all(of: 2)', 'a: all'),
        tie('set'),
      )
      .map((parts) => parts.join(' ')),
    fc
      .tuple(fc.constantFrom('... on Unit', '... on Cluster', '... on Node', '...'), tie('set'))
      .map((parts) => parts.join(' ')),
  ),
}))

test("finds the same texts valid as graphql's own rule, whatever they hold", () => {
  const text = fc
    .tuple(fc.constantFrom('unit', 'node', 'either'), ...Array.from({ length: 4 }, () => selections.set))
    .map(
      ([root, main, ...fragments]) =>
        `{ ${root} ${main} } ${fragments.map((set, i) => `fragment F${i} on ${['Unit', 'Node', 'Cluster'][i]} ${set}`).join(' ')}`,
    )
  let [valid, invalid] = [0, 0]
  fc.assert(
    fc.property(text, (query) => {
      // Only what the operation reaches is looked at: fragments that nobody uses are refused by another rule.
      const used = `${query} query All { unit { x0: next { ...F0 } x1: next { ...F1 } x2: next { ...F2 } } }`
      const theirs = validate(schema, parse(used), [OverlappingFieldsCanBeMergedRule]).length === 0
      if (theirs) valid++
      else invalid++
      expect(problems(used).length === 0).toBe(theirs)
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(valid, invalid)).toBeGreaterThan(30)
})

test.each([
  ['a field two thousand times', `{ unit { ${'name '.repeat(2000)} } }`],
  [
    'a field with the same below it, in itself',
    `{ unit { ${times(28, () => `parent { ${'parent { name } '.repeat(28)} }`)} } }`,
  ],
  [
    'fragments in a row',
    `{ unit { ...F0 } } ${times(400, (i) => `fragment F${i} on Unit { name ...F${i + 1} }`)} fragment F400 on Unit { id }`,
  ],
  [
    'fragments beside each other',
    `{ unit { ${times(400, (i) => `...F${i}`)} } } ${times(400, (i) => `fragment F${i} on Unit { name a: name }`)}`,
  ],
  [
    'fragments that double',
    `{ unit { ...F0 } } ${times(200, (i) => `fragment F${i} on Unit { p: parent { ...F${i + 1} } q: parent { ...F${i + 1} } }`)} fragment F200 on Unit { id }`,
  ],
  [
    'fragments in a circle',
    `{ unit { ...F0 } } ${times(400, (i) => `fragment F${i} on Unit { name parent { ...F${(i + 1) % 400} } }`)}`,
  ],
])('%s is looked at about once', (_, text) => {
  const words = parse(text).tokenCount ?? 0
  expect(problems(text, 4 * words)).toEqual([])
})

test('fragments that stand in each other in ever other ways are refused', () => {
  const sets = times(
    16,
    (i) =>
      `fragment F${i} on Unit { p: parent { ...F${i + 1} a${i}: parent { id } } q: parent { ...F${i + 1} b${i}: parent { id } } ... on Node { p: next { id } } }`,
  )
  const text = `{ unit { ${times(200, (i) => `x${i}: parent { ...F0 y${i}: id }`)} } } ${sets} fragment F16 on Unit { ${times(30, (i) => `z${i}: id`)} }`
  const [problem] = validate(schema, parse(text), [mergeableFields(2000)])
  expect(problem?.extensions.code).toBe('TOO_COMPLEX')
})
