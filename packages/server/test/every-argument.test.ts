// Every argument of every field and mutation, as the schema lists them, with what nobody means: an error that names it, or
// an answer; never a 5xx, an INTERNAL_SERVER_ERROR, or something stored that makes a later question fail.
import {
  type GraphQLInputType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { fieldsOf, type Path, rightFor, schema, withValue } from './every-field.ts'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

/** Written into the body as it stands: JSON.stringify would write another number, or replace half a character. */
class Raw {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}
const raw = (json: string) => new Raw(json)

const TEXTS: readonly unknown[] = [
  '',
  ' ',
  'a\u0000',
  'a\u202eb',
  raw('"\\ud800"'),
  'constructor',
  '__proto__',
  'toString',
  'x'.repeat(201),
  'x'.repeat(100_001),
  '🙂',
  "'; drop table units; --",
  '%00../..',
  7,
  null,
  ['11'],
]
const NUMBERS: readonly unknown[] = [
  1e308,
  -1.7e308,
  1e15,
  1e-320,
  0,
  -5,
  0.1,
  raw('-0.0'),
  raw('1e400'),
  'NaN',
  '1',
  null,
]
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  String: TEXTS,
  ID: [...TEXTS, 'VW5pdDo=', 'VW5pdDpjb25zdHJ1Y3Rvcg==', 'Q2x1c3RlcjpjdW0=', 'RnJvemVuUmFua2luZzpcdTAwMDA=', 'Og=='],
  Float: NUMBERS,
  Int: [-1, 0, 1, 1999, 2147483647, -2147483648, 2147483648, 1.5, raw('-0.0'), raw('1e400'), '2022', null],
  Boolean: ['true', 1, null],
  Date: [
    '1999-01-01',
    '2031-01-20',
    '2022-02-30',
    '0000-01-01',
    '9999-12-31',
    '+010000-01-01',
    '',
    'a\u0000',
    20220101,
  ],
  JSON: [
    {},
    [],
    'x',
    7,
    true,
    raw('1e400'),
    raw('{"__proto__":{"a":1},"constructor":{}}'),
    raw(`${'['.repeat(5000)}${']'.repeat(5000)}`),
    { 'a\u0000': 1 },
    { id: 'x', weights: { default: 1e308 } },
  ],
  File: ['x', {}, 7, null],
}

/** Every place in an argument, and what is put there. */
function* places(type: GraphQLInputType, path: Path): Generator<{ path: Path; values: readonly unknown[] }> {
  if (isNonNullType(type)) return yield* places(type.ofType, path)
  if (isListType(type)) {
    yield { path, values: [[], [null], Array(1001).fill(null), 'x', {}, null] }
    return yield* places(type.ofType, [...path, 0])
  }
  if (isInputObjectType(type)) {
    yield { path, values: [{}, [], 'x', raw('{"__proto__":1}'), { constructor: 1 }] }
    for (const field of Object.values(type.getFields())) yield* places(field.type, [...path, field.name])
    return
  }
  yield { path, values: isEnumType(type) ? ['constructor', 'x'.repeat(201), 7, null] : (VALUES[type.name] ?? []) }
}

function toJson(value: unknown): string {
  if (value instanceof Raw) return value.json
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  return `{${Object.entries(value)
    .map(([key, value]) => `${JSON.stringify(key)}:${toJson(value)}`)
    .join(',')}}`
}

let server: RunningServer
/** Reads all of its trail for each question that is right: its arguments are no others where there is little to read. */
const READS_THE_TRAIL = 'Query.trailGaps'
let small: RunningServer
const smallRoles: Record<string, string>[] = []
const environment: Record<string, string> = {}
const roles: Record<string, string>[] = []

beforeAll(async () => {
  Object.assign(environment, await ownDatabase('demo'))
  const plain = await ownDatabase('plain')
  ;[server, small] = await Promise.all([start(environment), start(plain)])
  roles.push(...rolesOf(environment))
  smallRoles.push(...rolesOf(plain))
  await server.change(
    'mutation { freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "every argument" }) { ranking { code } } }',
    {},
    roles[0],
  )
})
afterAll(async () => {
  await Promise.all([server?.stop(), small?.stop()])
  await cleanUp()
})

function rolesOf(of: Record<string, string>): Record<string, string>[] {
  const token = tokens(() => of)
  return [
    bearer(token('--role', 'administrator')),
    bearer(token('--role', 'council')),
    bearer(token('--role', 'reporter', '--unit', '11')),
    bearer(token('--role', 'head', '--unit', '097')),
    bearer(token('--role', 'analyst')),
    {},
  ]
}

interface Told {
  readonly message: string
  readonly extensions?: { readonly code?: string }
}

async function ask(
  text: string,
  variables: unknown,
  headers: Record<string, string>,
  { url }: RunningServer = server,
): Promise<string | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: `{"query":${JSON.stringify(text)},"variables":${toJson(variables)}}`,
  })
  const answer = await response.text()
  if (response.status >= 500) return `status ${response.status}: ${answer.slice(0, 500)}`
  const { errors = [], data } = JSON.parse(answer) as {
    errors?: Told[]
    data?: Record<string, { errors?: readonly { code: string; message: string; path: string[] }[] } | null> | null
  }
  const wrong = Object.values(data ?? {}).flatMap((payload) => payload?.errors ?? [])
  for (const { path } of wrong) if (path[0] !== 'input') return `an error at ${path.join('.')}`
  const inPayloads = wrong.map(({ code, message }): Told => ({ message, extensions: { code } }))
  for (const { message, extensions } of [...errors, ...inPayloads]) {
    if (!extensions?.code || extensions.code === 'INTERNAL_SERVER_ERROR') return `${extensions?.code}: ${message}`
    if (/node_modules|undefined|\[object|Maximum call stack/.test(message)) return message
    if (message.length > 5000) return `a message of ${message.length} characters`
  }
  return null
}

/** Asks at most so many at once. */
async function inLanes<T>(jobs: readonly T[], lanes: number, work: (job: T) => Promise<void>): Promise<void> {
  const open = [...jobs]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let job = open.shift(); job !== undefined; job = open.shift()) await work(job)
    }),
  )
}

/** What a later question may stumble over: sums, ranks and exports of what was stored. Asked by who sees all of it. */
const LATER = [
  '{ ranking { clusters { score members { rank score } } } }',
  '{ units(first: 200) { nodes { evaluation { results { value completion margin explanation } } emulationYear { knownFacts selfScore { points } scoreDifference due { state } } } } }',
  '{ figureGroups(by: [INDICATOR]) { sum mean minimum maximum meanCompletion } }',
  '{ unit(code: "11") { rollUps { own children expected } } }',
  '{ allocation { assigned share missing } }',
  '{ deadlines { dueOn } clusters { nodes { members { source } head { code } } } }',
  '{ savedQueries { slug text variables } }',
]

test.each([
  ['query', schema.getQueryType()],
  ['mutation', schema.getMutationType()],
] as const)(
  'no argument of a %s is a way to break it',
  async (kind, root) => {
    const fields = fieldsOf(root as GraphQLObjectType, kind)
    const jobs = fields.flatMap((field) => {
      const right = Object.fromEntries(field.args.map((arg) => [arg.name, rightFor(arg.name, arg.type)]))
      return field.args.flatMap((arg) =>
        [...places(arg.type, [arg.name])].flatMap(({ path, values }) =>
          values.map((value) => ({ field, path, value, variables: withValue(right, path, value) })),
        ),
      )
    })
    expect(fields.length).toBeGreaterThan(15)
    const broken: string[] = []
    let asked = 0
    await inLanes(jobs, 4, async ({ field, path, value, variables }) => {
      // The one who may do most reaches most; each of the others meets every argument too.
      for (const who of asked++ % 2 ? [0] : [0, 1 + (asked % (roles.length - 1))]) {
        const [of, headers] = field.name === READS_THE_TRAIL ? [small, smallRoles[who]] : [server, roles[who]]
        const problem = await ask(field.text, variables, headers as Record<string, string>, of)
        if (problem) broken.push(`${field.name} ${path.join('.')} = ${toJson(value).slice(0, 60)}: ${problem}`)
      }
    })
    expect(broken).toEqual([])
    for (const text of LATER)
      expect([text, await ask(text, {}, roles[0] as Record<string, string>)]).toEqual([text, null])
    record({
      suite: 'hostile',
      done: `every argument of every ${kind}, one by one, with words that are no words and numbers beyond measure`,
      times: jobs.length,
      found: 'an error that names it or an answer; nothing stored that a later question stumbles over',
    })
  },
  300_000,
)
