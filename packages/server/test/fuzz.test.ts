// Queries that nobody would write: whatever is asked, no 5xx, no stack, no error that says nothing; and the same answer
// compiled as interpreted. FUZZ_RUNS=10000 for a long run; the seed is printed with a failure.
import { readFileSync } from 'node:fs'
import fc, { type GeneratorValue } from 'fast-check'
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import { ANEW, shared } from './harness.ts'
import { record } from './trust-table.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 300)
const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'))
const server = shared('demo')

const STRINGS = [
  '096',
  '11',
  '03124',
  'so-mau-1',
  'cum-vung-cao',
  'khoi-mau',
  'poverty-rate',
  'grdp-growth',
  '3.1',
  'mường',
  '',
  'x',
  '2022-cum-vung-cao-1',
  '\u0000',
  '🙂',
  "'; drop table units; --",
]
const DATES = ['2022-06-30', '2022-12-31', '2022-01-01', '2021-05-05', '2022-02-30', 'hôm nay']
const IDS = ['VW5pdDowOTY=', 'Q2x1c3RlcjoyMDIyOmN1bS12dW5nLWNhbw==', 'VW5pdDo5OTk=', 'xx', '']

/** The generator compares what it is given, so it gets numbers only. */
const pick = <T>(list: readonly T[], g: GeneratorValue): T => list[g(fc.nat, { max: list.length - 1 })] as T

function literal(type: GraphQLInputType, g: GeneratorValue): string {
  if (isNonNullType(type)) return literal(type.ofType, g)
  if (isListType(type))
    return `[${Array.from({ length: g(fc.nat, { max: 2 }) }, () => literal(type.ofType, g)).join(', ')}]`
  if (isEnumType(type)) return pick(type.getValues(), g).name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || g(fc.boolean))
    return `{ ${fields.map((field) => `${field.name}: ${literal(field.type, g)}`).join(', ')} }`
  }
  switch (type.name) {
    case 'Int':
      return String(pick([0, 1, 3, 200, 201, -1, 2021, 2022, 2147483647], g))
    case 'Float':
      return String(pick([0, 1, 31.1, -5, 1e300], g))
    case 'Boolean':
      return String(g(fc.boolean))
    case 'Date':
      return JSON.stringify(pick(DATES, g))
    case 'ID':
      return JSON.stringify(pick(IDS, g))
    case 'JSON':
      return pick(['{}', '[1]', 'null', '{ scale: 100 }', '"x"'], g)
    default:
      return JSON.stringify(pick(STRINGS, g))
  }
}

function field(
  graphQLField: GraphQLField<unknown, unknown>,
  depth: number,
  g: GeneratorValue,
  alias: string,
): string | null {
  const args = graphQLField.args.filter((arg) => isRequiredArgument(arg) || g(fc.nat, { max: 9 }) < 3)
  const written = args.length === 0 ? '' : `(${args.map((arg) => `${arg.name}: ${literal(arg.type, g)}`).join(', ')})`
  const type = getNamedType(graphQLField.type)
  if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type))
    return `${alias}: ${graphQLField.name}${written}`
  if (depth === 0) return null
  const inner = isObjectType(type) ? selection(type, depth - 1, g) : '__typename'
  return `${alias}: ${graphQLField.name}${written} { ${inner} }`
}

function selection(type: GraphQLObjectType, depth: number, g: GeneratorValue): string {
  const fields = Object.values(type.getFields())
  const picked = Array.from({ length: 1 + g(fc.nat, { max: 3 }) }, () => pick(fields, g))
  const texts = picked.map((graphQLField, i) => field(graphQLField, depth, g, `f${i}`)).filter((text) => text !== null)
  return texts.length > 0 ? texts.join(' ') : '__typename'
}

async function ask(query: string): Promise<{ status: number; text: string }> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ANEW },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, text: await response.text() }
}

test(`${RUNS} generated queries`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const query = `{ ${selection(schema.getQueryType() as GraphQLObjectType, 5, g)} }`
      const first = await ask(query)
      const context = `${query}\n${first.text.slice(0, 2000)}`
      if (first.status >= 500) throw new Error(`status ${first.status}: ${context}`)
      const answer = JSON.parse(first.text) as {
        data?: unknown
        errors?: { message: string; extensions?: { code?: string } }[]
        extensions?: { cost?: { executor?: string } }
      }
      for (const { message, extensions } of answer.errors ?? []) {
        if (extensions?.code === 'INTERNAL_SERVER_ERROR' || /node_modules|undefined|\[object/.test(message)) {
          throw new Error(`"${message}": ${context}`)
        }
      }
      // Fields of Prisma stay interpreted, and an XLSX file holds the time at which it was made.
      if (!answer.data || /trail|xlsx|template/i.test(query)) return
      // Compiled, which what costs little is not the second time already: the same data, and errors where there were
      // errors (either may stop earlier where a list fails).
      let second = answer
      for (let i = 0; i < 6 && second.extensions?.cost?.executor !== 'compiled'; i++) {
        second = JSON.parse((await ask(query)).text) as typeof answer
      }
      expect(JSON.stringify(second.data)).toBe(JSON.stringify(answer.data))
      expect((second.errors ?? []).length > 0).toBe((answer.errors ?? []).length > 0)
    }),
    { numRuns: RUNS },
  )
  const found = 'no 5xx, no stack, no error that says nothing; compiled and interpreted the same'
  record({ suite: 'hostile', done: 'generated queries, valid and broken', times: RUNS, found })
}, 600_000)
