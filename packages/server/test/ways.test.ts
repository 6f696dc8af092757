// The ways to an answer: a question that was read and compiled before is answered without the library. Nobody but who runs
// the server may notice: the same words, the same rules, the same traces in log and metrics.
import { type GraphQLObjectType, isNonNullType } from 'graphql'
import { Client } from 'pg'
import { fieldsOf, rightFor, schema } from './every-field.ts'
import { ANEW, cleanUp, eventually, onPostgres, ownDatabase, type RunningServer, start } from './harness.ts'
import { listedBy } from './listed-queries.ts'
import { QUESTIONS } from './thirty-questions.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
let council: Record<string, string>

beforeAll(async () => {
  environment = await ownDatabase('demo')
  server = await start({ ...environment, LOG_LEVEL: 'info', METRICS_PORT: '0' })
  council = bearer(token('--role', 'council'))
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
})

interface Line {
  readonly msg: string
  readonly requestId?: string
  readonly [key: string]: unknown
}
/** What the log says that holds a word. */
const lines = (word: string, at = server): readonly Line[] =>
  at
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(word))
    .map((line) => JSON.parse(line) as Line)

interface Reply {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly cost: { readonly executor?: string; readonly sqlStatements?: number; readonly complexity?: number }
  readonly id: string
  /** The line of the log, which is written when its answer has ended. */
  line(): Promise<Line>
}

async function send(body: object, headers: Record<string, string>, at: RunningServer): Promise<Reply> {
  const response = await fetch(at.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ANEW, ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const id = response.headers.get('x-request-id') as string
  const { extensions } = JSON.parse(text) as { extensions?: { cost?: Reply['cost'] } }
  const line = () => lines(id, at).find(({ msg }) => msg === 'request')
  return {
    status: response.status,
    text,
    headers: response.headers,
    cost: extensions?.cost ?? {},
    id,
    line: async () => line() ?? ((await eventually(async () => line(), Boolean)) as Line),
  }
}

interface Question {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}
type How = Record<string, string>

const ask = ({ query, variables }: Question, headers: How = {}, at = server) => send({ query, variables }, headers, at)
/** The same in a body that is not of the plainest form. */
const byLibrary = ({ query, variables }: Question, headers: How = {}, at = server) =>
  send({ query, variables, extensions: {} }, headers, at)

/** Uses after which a question is compiled, whatever it costs; ours are no larger. */
const MOST_USES = 40

/** Asks until it is compiled; whether it is. */
async function teach(question: Question, headers: How = {}, at = server): Promise<boolean> {
  for (let i = 0; i < MOST_USES; i++)
    if ((await byLibrary(question, headers, at)).cost.executor === 'compiled') return true
  return false
}

/** A question that is answered directly by now. */
async function taught(question: Question, headers: How = {}, at = server): Promise<Reply> {
  expect(await teach(question, headers, at)).toBe(true)
  // Who accepts what was answered once.
  await ask(question, headers, at)
  const reply = await ask(question, headers, at)
  expect((await reply.line()).way).toBe('direct')
  return reply
}

/** What differs from one request to the next, whatever its way. */
const OF_A_MOMENT = ['date', 'x-request-id', 'keep-alive', 'connection']
const steady = ({ headers }: Reply) => [...headers].filter(([name]) => !OF_A_MOMENT.includes(name)).sort()
/** What a question costs is a part of what is said. */
const said = (reply: Reply) => ({ status: reply.status, text: reply.text, headers: steady(reply) })

const UNITS = {
  query:
    'query Units($first: Int = 3) { units(first: $first) { nodes { code name evaluation { results { status value explanation } } } } }',
}

test('a question that was read and compiled before is answered directly, and log and metrics say so', async () => {
  const metrics = async () => {
    const port = lines('"metrics"')[0]?.port
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    return (way: string) =>
      Number(new RegExp(`^dienbien_answers_total\\{way="${way}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0)
  }
  const before = await metrics()
  const ways: unknown[] = []
  for (let i = 0; i < 4; i++) ways.push((await (await ask(UNITS)).line()).way)
  expect(ways).toEqual(['library', 'library', 'direct', 'direct'])
  await ask(UNITS, { 'cache-control': 'max-age=0' })
  const reply = await ask(UNITS, { 'cache-control': 'max-age=0' })
  expect(await reply.line()).toMatchObject({
    way: 'kept',
    operation: 'query Units',
    status: 200,
    codes: [],
  })
  const after = await metrics()
  expect(['library', 'direct', 'kept'].map((way) => after(way) - before(way))).toEqual([2, 3, 1])
})

const shown = ({ operation, status, codes, statements }: Line) => ({ operation, status, codes, statements })

/** Each as GraphiQL, analysts and every page may ask it. */
async function questions(): Promise<readonly (readonly [name: string, question: Question])[]> {
  const ready = (await listedBy(server))
    .filter(({ text }) => !/^\s*(?:mutation|subscription)\b/m.test(text))
    .map(({ name, text, variables }) => [name, { query: text, variables: JSON.parse(variables || '{}') }] as const)
  const given = { before: new Date(0), policy: {} }
  const thirty = QUESTIONS.map(
    ({ asks, query, variables }) => [asks, { query, variables: variables?.(given) ?? {} }] as const,
  )
  const fields = fieldsOf(schema.getQueryType() as GraphQLObjectType, 'query').map(({ name, args, text }) => {
    const needed = args.filter((arg) => isNonNullType(arg.type) || arg.name === 'first')
    const known = (arg: string) => (name.endsWith('.cluster') && arg === 'code' ? 'cluster' : arg)
    const variables = Object.fromEntries(needed.map((arg) => [arg.name, rightFor(known(arg.name), arg.type)]))
    return [name, { query: text, variables }] as const
  })
  return [...ready, ...thirty, ...fields]
}

test.each([
  ['without a token', null],
  ['by a token', 'council'],
] as const)(
  'every answer that is made directly is to the letter what the library says, %s',
  async (_, who) => {
    const headers = who ? council : {}
    let direct = 0
    const all = await questions()
    for (const [name, question] of all) {
      if (!(await teach(question, headers))) continue
      const expected = await byLibrary(question, headers)
      const reply = await ask(question, headers)
      expect([name, said(reply)]).toEqual([name, said(expected)])
      const isGood = reply.status === 200 && !reply.text.startsWith('{"errors"')
      expect([name, (await reply.line()).way]).toEqual([name, isGood ? 'direct' : 'library'])
      expect(await reply.line()).toMatchObject(shown(await expected.line()))
      if (isGood) direct++
    }
    expect(direct).toBeGreaterThan(all.length / 3)
    record({
      suite: 'hostile',
      done: 'questions asked past the library and through it',
      times: direct,
      found: 'the same',
    })
  },
  300_000,
)

test('variables absent, null, by default, of another type, too many: told as the library tells them', async () => {
  const query = `query ($code: String = "096", $locale: Locale, $first: Int, $status: [ComplianceStatus!]) {
    unit(code: $code) { name(locale: $locale) children(first: $first) { nodes { code } } evaluation { results(status: $status) { status explanation(locale: $locale) } } } }`
  await taught({ query: query.replace('$code: String =', '$code: String! ='), variables: {} })
  const text = query.replace('$code: String =', '$code: String! =')
  const odd: readonly Readonly<Record<string, unknown>>[] = [
    {},
    { code: '11', first: 2 },
    { first: 2, code: '11' },
    { locale: null, first: null, status: null },
    { locale: 'EN', status: 'MET' },
    { status: ['MET', 'NOT_MET'] },
    { status: [null] },
    { locale: 'en' },
    { code: 96 },
    { code: null },
    { first: 1.5 },
    { first: 201 },
    { first: -1 },
    { first: '2' },
    { code: 'Mường Nhé' },
    { code: '\u0000' },
    { code: '\ud800' },
    { code: '🙂' },
    { code: 'x'.repeat(5000) },
    { other: 1 },
    { constructor: 1, toString: 2 },
    { code: { toString: 1 } },
    { code: ['096'] },
  ]
  for (const variables of odd) {
    const reply = await ask({ query: text, variables })
    expect([variables, said(reply)]).toEqual([variables, said(await byLibrary({ query: text, variables }))])
  }
  for (const locale of ['vi', 'en', 'fr, vi;q=0.5', '']) {
    const how = { 'accept-language': locale }
    for (const variables of [{}, { code: 'nothing' }]) {
      const reply = await ask({ query: text, variables }, how)
      expect(said(reply)).toEqual(said(await byLibrary({ query: text, variables }, how)))
    }
  }
}, 60_000)

describe('a direct answer goes by the same rules', () => {
  const STATE = {
    query:
      'query Head { cluster(code: "cum-vung-cao", year: 2022) { head { code } viewerCan(action: FREEZE_RANKING) } }',
  }
  const SAVED = { query: 'query Saved { savedQueries { slug title } }' }

  test('who may do what is asked each time, and what was written is read', async () => {
    const administrator = bearer(token('--role', 'administrator'))
    const of = async (headers: How) => {
      const reply = await ask(STATE, headers)
      expect((await reply.line()).way).toBe('direct')
      return (JSON.parse(reply.text) as { data: { cluster: { head: { code: string }; viewerCan: boolean } } }).data
        .cluster
    }
    await taught(STATE, council)
    const heads = {
      101: bearer(token('--role', 'head', '--unit', '101')),
      103: bearer(token('--role', 'head', '--unit', '103')),
    }
    const seen = async () => Promise.all([of(heads[101]), of(heads[103]), of({})])
    const setHead = async (unit: string) => {
      const query = `mutation { setClusterHead(input: { cluster: "cum-vung-cao", year: 2022, unit: "${unit}", source: "QĐ" }) { errors { message } } }`
      expect((await ask({ query }, administrator)).text).toContain('"errors":[]')
    }
    for (const unit of ['101', '103'] as const) {
      await setHead(unit)
      expect(await seen()).toEqual([
        { head: { code: unit }, viewerCan: unit === '101' },
        { head: { code: unit }, viewerCan: unit === '103' },
        { head: { code: unit }, viewerCan: false },
      ])
    }
  })

  test.each([
    ['that has expired', () => token('--role', 'council', '--expires=-1h')],
    ['that is none', () => 'not.a.token'],
  ])('a token %s is refused, and that is noted', async (_, jwt) => {
    await taught(STATE, council)
    const headers = bearer(jwt())
    const refused = await ask(STATE, headers)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect(said(refused)).toEqual(said(await byLibrary(STATE, headers)))
    expect(await refused.line()).toMatchObject({ way: 'library', status: 401, codes: ['UNAUTHENTICATED'] })
    expect(lines(refused.id).filter(({ msg }) => msg === 'refused')).toHaveLength(1)
  })

  test('statements are counted, in the answer and in the log', async () => {
    const reply = await taught(SAVED)
    expect(reply.cost.sqlStatements).toBe(1)
    expect(await reply.line()).toMatchObject({
      operation: 'query Saved',
      statements: 1,
      complexity: reply.cost.complexity,
    })
  })

  test('what costs too much is refused, by what its variables ask for', async () => {
    const query = `query ($first: Int) { units(first: $first) { nodes { children(first: $first) { nodes { children(first: $first) { nodes { code evaluation { results { explanation } } } } } } } } }`
    await taught({ query, variables: { first: 1 } })
    const many = { query, variables: { first: 200 } }
    const refused = await ask(many)
    expect((await refused.line()).codes).toEqual(['TOO_COMPLEX'])
    expect(said(refused)).toEqual(said(await byLibrary(many)))
  })

  test('a page of another address may read it', async () => {
    const reply = await taught(UNITS, { origin: 'https://example.com' })
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
    expect(reply.headers.get('access-control-expose-headers')).toContain('x-request-id')
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect((await ask(UNITS, council)).headers.get('cache-control')).toBe('private, no-store')
  })

  test('it is paid for as any other', async () => {
    const other = await start({ ...(await ownDatabase('plain')), LOG_LEVEL: 'info', RATE_LIMIT: '20000' })
    try {
      const { complexity = 0 } = (await taught(UNITS, {}, other)).cost
      let last = await ask(UNITS, {}, other)
      let direct = 0
      for (; last.status === 200; last = await ask(UNITS, {}, other)) if ((await last.line()).way === 'direct') direct++
      expect(direct).toBeGreaterThan(0)
      expect(direct * complexity).toBeLessThan(20_000)
      expect((await last.line()).codes).toEqual(['RATE_LIMITED'])
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    } finally {
      await other.stop()
    }
  })

  const onServer = onPostgres() ? test : test.skip
  onServer('what goes wrong inside is told without its words', async () => {
    await taught(SAVED)
    const client = new Client({ connectionString: environment.DATABASE_URL })
    await client.connect()
    try {
      await client.query('alter table saved_queries rename to elsewhere')
      const reply = await ask(SAVED)
      expect(reply.text).not.toMatch(/elsewhere|saved_queries|prisma/i)
      expect(said(reply)).toEqual(said(await byLibrary(SAVED)))
    } finally {
      await client.query('alter table elsewhere rename to saved_queries')
      await client.end()
    }
  })
})

test('what the library refuses is no question in the plainest form', async () => {
  await taught(UNITS)
  const { query } = UNITS
  const bodies: readonly unknown[] = [
    [{ query }],
    { query, operationName: 'Other' },
    { query, operationName: 1 },
    { query, variables: [] },
    { query, variables: 'x' },
    { query, extensions: 'x' },
    { query, documentId: 'none' },
    { query: [query] },
    null,
    'text',
  ]
  for (const body of bodies) {
    const plain = await send(body as object, {}, server)
    expect([body, (await plain.line()).way, plain.text.includes('"errors"')]).toEqual([body, 'library', true])
  }
  const deferred = { query: query.replace('nodes {', '... @defer { nodes {').replace(/\}$/, '} }') }
  expect((await (await ask(deferred)).line()).way).toBe('library')
})
