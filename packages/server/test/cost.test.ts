// What a request says it costs, it takes: measured by bench/cost.js, whose list of questions is held against the schema here.
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getIntrospectionQuery,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  visit,
} from 'graphql'
// @ts-expect-error the benches are plain JavaScript, outside the workspace
import { CASES, fieldsThatNeedACase, selection } from '../../../bench/cost-cases.js'
import { schema as served } from '../dist/schema.js'
import { ANEW, shared } from './harness.ts'
import { listedBy } from './listed-queries.ts'

type Case = string | { readonly mutation: string } | { readonly as: string }
const cases = CASES as Readonly<Record<string, Case>>
const sdl = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8')
const schema = buildSchema(sdl)

test('every root field and every list field has a question in the bench of costs', () => {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!(isObjectType(type) || isInterfaceType(type)) || type.name.startsWith('__')) return []
    const isRoot = ['Query', 'Mutation', 'Subscription'].includes(type.name)
    return Object.values((type as GraphQLObjectType | GraphQLInterfaceType).getFields())
      .filter(({ type: of }) => isRoot || isListType(isNonNullType(of) ? of.ofType : of))
      .map(({ name }) => `${type.name}.${name}`)
  })
  expect(fields.filter((field) => !(field in cases))).toEqual([])
  expect([...(fieldsThatNeedACase(sdl) as string[])].sort()).toEqual(fields.sort())
})

test('a question is valid and asks for the field that it is listed under, or names one that does', () => {
  for (const [field, first] of Object.entries(cases)) {
    if (typeof first === 'object' && 'as' in first) {
      expect(cases[first.as]).toBeDefined()
      continue
    }
    const text = typeof first === 'string' ? `query { ${first} }` : `mutation { ${first.mutation} }`
    const asked: string[] = []
    const question = parse(selection(text, 3, { frozen: 'x' }) as string)
    expect([field, validate(schema, question).map(({ message }) => message)]).toEqual([field, []])
    visit(question, { Field: ({ name }) => void asked.push(name.value) })
    expect(asked).toContain(field.split(/[. ]/)[1])
  }
})

/** Documents are as long as their writers make them; these are words and numbers, or belong to a trail that is paid for as a whole. */
const SHORT = [
  'PointChange.value',
  'EligibilityFact.value',
  'FactChange.from',
  'EmulationYear.knownFacts',
  'CommendationStep.details',
  'DirectiveDifference.before',
  'DirectiveDifference.after',
  'TrailEntry.before',
  'TrailEntry.after',
  'InputError.value',
  'EditConflict.expected',
  'EditConflict.found',
]

test('a document says what writing it out costs, whatever stands below one field', () => {
  const silent = Object.values(served.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name === 'JSON' && !SHORT.includes(`${type.name}.${field.name}`))
          .filter(({ extensions }) => (extensions.complexity ?? 1) === 1)
          .map(({ name }) => `${type.name}.${name}`)
      : [],
  )
  expect(silent).toEqual([])
})

const server = shared('demo')
const costOf = async (query: string, variables: Record<string, unknown> = {}): Promise<number> =>
  (await server.query(query, variables, ANEW)).extensions?.cost?.complexity as number
test('a date that is not in memory costs what reading and judging it takes, each date for itself', async () => {
  const ask = (days: string[]) =>
    `{ ${days.map((day, i) => `a${i}: unit(code: "103") { standing(asOf: "${day}") { own { rank } } }`).join(' ')} }`
  const [first, other] = ['2022-03-17', '2022-05-19']
  await costOf(ask(['2022-01-02']))
  const twice = await costOf(ask([first, first]))
  await server.query(
    `{ ${Array.from({ length: 12 }, (_, i) => `a${i}: unit(code: "103") { evaluation(asOf: "2022-02-${10 + i}") { summary { met } } }`).join(' ')} }`,
    {},
    ANEW,
  )
  const both = await costOf(ask([first, other]))
  expect(both).toBeGreaterThan(1.7 * twice)
  // It is in memory now.
  expect(await costOf(ask([first, other]))).toBeLessThan(twice / 5)
})

test('another policy, and figures to try, cost a ranking of their own each', async () => {
  // Asked twice: what the day itself costs is paid for by the first, and neither may be an answer that was kept.
  const { data } = await server.query<{ ranking: { policy: object } }>('{ ranking { policy } }', {}, ANEW)
  const plain = await costOf('{ ranking { year } }')
  const tried = await costOf('{ ranking(figures: [{ unit: "103", indicator: "exports", value: 1 }]) { year } }')
  expect(tried).toBeGreaterThan(plain + 1000)
  const query = 'query ($p: JSON) { a: ranking(policy: $p) { year } b: ranking(policy: $p) { year } }'
  const { extensions } = await server.query(query, { p: data.ranking.policy }, ANEW)
  expect(extensions?.cost?.complexity).toBeGreaterThan(2 * (plain + 1000))
})

test('weights to try cost a ranking of their own each, and a document or a right costs under each of its names', async () => {
  const weights = (i: number) => `a${i}: ranking(weights: [{ section: "3.1", times: ${i + 2} }]) { year }`
  await costOf('{ ranking { year } }')
  expect(await costOf(`{ ${weights(0)} ${weights(1)} }`)).toBeGreaterThan(4000)
  for (const [of, field] of [
    ['directive', 'document'],
    ['directiveVersion(code: "2022-1")', 'document'],
    ['ranking', 'policy'],
    ['unit(code: "11")', 'viewerCan(action: RECORD_FACT)'],
    ['cluster(code: "cum-vung-cao")', 'viewerCan(action: RECORD_FACT)'],
  ]) {
    const one = await costOf(`{ ${of} { a: ${field} } }`)
    const names = Array.from({ length: 11 }, (_, i) => `a${i}: ${field}`).join(' ')
    expect([field, (await costOf(`{ ${of} { ${names} } }`)) - one > 10 * 60]).toEqual([field, true])
  }
})

test('the introspection of GraphiQL and the ready queries stay far below what is allowed', async () => {
  expect(await costOf(getIntrospectionQuery({ inputValueDeprecation: true }))).toBeLessThan(100_000)
  for (const { name, text, variables, kind } of await listedBy(server)) {
    if (kind === 'mutation' || text.includes('trail')) continue
    const cost = await costOf(text, JSON.parse(variables || '{}'))
    expect([name, cost < 150_000]).toEqual([name, true])
  }
})
