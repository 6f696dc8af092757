// Real clients: each program of examples/ is built as its developers would and run against a server, over real HTTP.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildSchema, isNonNullType, isObjectType } from 'graphql'
import { cleanUp, needs, ownDatabase, type RunningServer, start } from './harness.ts'
import { publishYears } from './later-years.ts'
import { type Asked, type Recorder, record } from './recorder.ts'
import { bearer, tokens } from './tokens.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url))
const run = promisify(execFile)
const schema = () => buildSchema(readFileSync(`${EXAMPLES}../schema.graphql`, 'utf8'))

/** What a tool of the examples wrote; it fails where the tool does. */
async function tool(name: string, ...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(`${EXAMPLES}node_modules/.bin/${name}`, args, {
      cwd: EXAMPLES,
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    })
    return stdout + stderr
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string }
    throw new Error(`${name}\n${stdout}${stderr}`)
  }
}

/** Of the key of tokens, where the database is elsewhere. */
const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let server: RunningServer
let between: Recorder
let token: string
const built = { relay: '', codegen: '', types: '', bundle: '' }

beforeAll(async () => {
  if (!existsSync(`${EXAMPLES}node_modules`)) {
    throw new Error('the clients are not installed: npx pnpm@12 --dir examples --ignore-workspace install')
  }
  for (const folder of ['dist', 'generated', 'relay/__generated__']) {
    rmSync(EXAMPLES + folder, { recursive: true, force: true })
  }
  const environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  const starting = start(environment)
  built.relay = await tool('relay-compiler')
  built.codegen = await tool('graphql-codegen')
  built.types = await tool('tsc')
  built.bundle = await tool('vite', 'build')
  server = await starting
  between = await record(server.url)
  token = tokens(() => environment)('--role', 'reporter', '--unit', '102')
})
afterAll(async () => {
  await between?.stop()
  await server?.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

type Told = Readonly<Record<string, unknown>>

/** @returns what a program told */
async function program(file: string, url: string, jwt: string, more: Record<string, string> = {}): Promise<Told[]> {
  const { stdout, stderr } = await run(process.execPath, [`${EXAMPLES}dist/${file}.js`], {
    env: { ...process.env, NODE_OPTIONS: '', URL: url, TOKEN: jwt, ...more },
    timeout: 60_000,
  })
  expect(stderr).toBe('')
  const lines = stdout.trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Told)
}

/** @returns that, and what it asked for */
async function example(file: string): Promise<{ readonly told: Told[]; readonly asked: Asked[] }> {
  return { told: await program(file, between.url, token), asked: between.take() }
}

/** What a program showed, again and again, and the operations that it took. */
const shownBy = (answers: readonly Told[]) => answers.flatMap(({ shown }) => shown ?? [])
const operationsOf = (asked: readonly Asked[]) => asked.map(({ operation }) => operation)

describe('what clients make of the schema', () => {
  test('relay-compiler has nothing to say against documents with @connection and @refetchable', () => {
    expect(built.relay).toMatch(/compiled documents: \d+ reader, \d+ normalization, \d+ operation text/)
    expect(built.relay).not.toMatch(/warn|error/i)
    expect(existsSync(`${EXAMPLES}relay/__generated__/nodesMeasurementQuery.graphql.ts`)).toBe(true)
  })
  test('a field called id tells a thing from every other of its type: caches keep things by it', () => {
    const objects = Object.values(schema().getTypeMap()).filter((type) => isObjectType(type))
    const without = objects.filter((type) => {
      const { id } = type.getFields()
      return id && id.deprecationReason === undefined && !isNonNullType(id.type)
    })
    expect(objects.filter((type) => type.getFields().id).length).toBeGreaterThan(6)
    expect(without.map(({ name }) => name)).toEqual([])
  })
  test('graphql-codegen maps every scalar, and tsc takes what is right of it and refuses what is wrong', () => {
    expect(built.codegen).not.toMatch(/warn|error|fail/i)
    expect([built.types, built.bundle]).toEqual(['', ''])
  })
})

describe('Relay', () => {
  let ran: Awaited<ReturnType<typeof example>>
  beforeAll(async () => {
    ran = await example('relay')
  })
  test('its store has the new figure and what it comes to from the payload: nothing is asked again', () => {
    expect(shownBy(ran.told)).toEqual([
      { value: null, status: 'NO_DATA' },
      { value: 812.5, status: 'IN_PROGRESS' },
    ])
    expect(ran.told).toContainEqual({ errors: [] })
    expect(operationsOf(ran.asked).slice(0, 3)).toEqual(['figuresQuery', 'figuresSubmitMutation', 'nodesQuery'])
  })
  test('figures, indicators, units and clusters are fetched again by their ids', () => {
    expect(ran.told.find(({ refetched }) => refetched)?.refetched).toMatchObject([
      { __typename: 'Measurement', value: 812.5, unit: { code: '102' } },
      { __typename: 'Indicator', name: 'Macadamia newly planted' },
      { __typename: 'Unit', name: 'Huyện Mường Ảng' },
      { __typename: 'Cluster', name: expect.stringContaining('vùng thấp') },
    ])
  })
  test('a connection grows by the next page', () => {
    const first = ['094', '095', '096']
    expect(ran.told.at(-1)).toEqual({ first, both: [...first, '097', '098', '099'] })
    expect(operationsOf(ran.asked).slice(-2)).toEqual(['pagesQuery', 'pagesNextQuery'])
  })
})

describe('the store is right after each mutation, from its payload', () => {
  /** Figures of a file are Apollo's; a workbook and a directive change everything: all is asked for anew. */
  const ELSEWHERE = ['importMeasurements', 'setUp', 'publishDirective']
  /** What no payload leads to, and is asked for again: a list that grew, and what many units have to file. */
  const ASKED_AGAIN: Readonly<Record<string, string[]>> = {
    saveQuery: ['savedQueries'],
    setDeadline: ['unit', 'deadlines'],
  }
  test('but for two that say so', async () => {
    const environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
    const demo = await start(environment)
    const administrator = tokens(() => environment)('--role', 'administrator')
    // Members of a cluster go on in a year that has a directive.
    await publishYears(demo, bearer(administrator), 2023)
    const members = [1, 2, 3, 4, 5].map((number) => `so-mau-${number}`)
    const reporters = members.map((unit) => [unit, tokens(() => environment)('--role', 'reporter', '--unit', unit)])
    const answers = await program('every', demo.url, administrator, {
      MEMBERS: JSON.stringify(Object.fromEntries(reporters)),
    })
    await demo.stop()
    expect(answers).toEqual(answers.map(({ mutation }) => ({ mutation, stale: ASKED_AGAIN[mutation as string] ?? [] })))
    const all = Object.keys(schema().getMutationType()?.getFields() ?? {})
    expect([...new Set([...answers.map(({ mutation }) => mutation), ...ELSEWHERE])].sort()).toEqual(all.sort())
  })
})

describe('Apollo Client', () => {
  let ran: Awaited<ReturnType<typeof example>>
  beforeAll(async () => {
    ran = await example('apollo')
  })
  test('its cache is right after a submission and after a file, from their payloads', () => {
    const nothing = { value: null, status: 'NO_DATA' }
    const submitted = { value: 30.9, status: 'MET' }
    expect(shownBy(ran.told)).toEqual([
      { submitted: nothing, imported: nothing },
      { submitted, imported: nothing },
      { submitted, imported: { value: 24.9, status: 'MET' } },
    ])
    expect(ran.told).toContainEqual({ errors: [] })
    expect(operationsOf(ran.asked).slice(0, 4)).toEqual([null, 'ApolloUnit', 'ApolloSubmit', 'ApolloImport'])
  })
  test('a file goes by the GraphQL multipart request specification', () => {
    expect(ran.told).toContainEqual({ stored: 2, problems: [] })
    expect(ran.asked.filter(({ file }) => file)).toEqual([{ method: 'POST', operation: 'ApolloImport', file: true }])
  })
  test.each([
    ['POST', false, 'ApolloClusters', 'clusters'],
    ['GET', true, 'ApolloIndicators', 'indicators'],
  ])('the text of a query is sent once; then its hash suffices: %s', (method, get, operation, field) => {
    const answers = ran.told.filter((answer) => answer.get === get).map(({ data }) => data)
    expect(answers).toEqual([answers[0], answers[0]])
    expect(answers[0]).toMatchObject({ [field]: { nodes: [{ id: expect.any(String) }] } })
    const from = 4 + (get ? 3 : 0)
    expect(ran.asked.slice(from, from + 3)).toEqual([
      { method, operation: null, file: false },
      { method: 'POST', operation, file: false },
      { method, operation: null, file: false },
    ])
  })
})

test('urql: the normalized cache is right after a submission, and warns of no type without a key', async () => {
  const { told: answers, asked } = await example('urql')
  expect(answers).toEqual([
    { shown: { value: null, status: 'NO_DATA' } },
    { shown: { value: 99.1, status: 'MET' } },
    { errors: [] },
  ])
  expect(operationsOf(asked)).toEqual(['IntrospectionQuery', 'UrqlUnit', 'UrqlSubmit'])
})

test('graphql-codegen: typed documents bring what their types say', async () => {
  const { told: answers } = await example('codegen')
  expect(answers).toMatchObject([
    { errors: [] },
    { name: 'Huyện Mường Ảng', figures: [{ value: 86.5, asOf: '2022-09-30' }], counts: { NOT_APPLICABLE: 36 } },
    { day: '2022-09-30', policy: 'object', file: 'so-lieu.csv' },
  ])
})

test('graphql-sse: who follows a unit is told of a submission', async () => {
  const { told, asked } = await example('sse')
  expect(told).toContainEqual({ submitted: { errors: [] } })
  expect(told).toContainEqual({ changed: [{ code: '102', measurements: [{ value: 44.2 }] }] })
  expect(operationsOf(asked)).toEqual(['SseChanged', 'SseSubmit'])
})

const curl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)
needs('curl', curl).test('curl: a query, its tag, a table, figures', async () => {
  const { stdout } = await run('sh', [`${EXAMPLES}curl/figures.sh`], {
    env: { ...process.env, URL: between.url, TOKEN: token },
  })
  const [query, address, again, table, figures] = stdout
    .split(/^# .*\n/m)
    .slice(1)
    .map((part) => part.trim())
  const named = { unit: { name: 'Huyện Mường Ảng' } }
  expect(JSON.parse(query as string).data).toEqual(named)
  const [answer, status] = (address as string).split('\n')
  expect([JSON.parse(answer as string).data, status]).toEqual([named, '200'])
  expect(again).toBe('304')
  expect(table?.split(/\r?\n/).slice(1)).toEqual(['094,Thành phố Điện Biên Phủ', '095,Thị xã Mường Lay'])
  expect(JSON.parse(figures as string).data.submitMeasurements).toEqual({
    errors: [],
    measurements: [{ value: 12.4, unit: named.unit }],
  })
  expect(between.take().map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET', 'POST'])
})
