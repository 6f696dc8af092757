// What is seen of the server from outside: log, metrics, traces; and what it lets whom ask how often.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ANEW, cleanUp, eventually, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

let server: RunningServer
let environment: Record<string, string>
const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-observed-'))
const token = tokens(() => environment)
const exported: Buffer[] = []
const collector = createServer((request, response) => {
  request.on('data', (chunk) => exported.push(chunk))
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end())
})

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start({
    ...environment,
    LOG_LEVEL: 'info',
    METRICS_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_SERVICE_NAME: 'dienbien-test',
  })
})

afterAll(async () => {
  await server.stop()
  collector.close()
  rmSync(dataDir, { recursive: true, force: true })
  await cleanUp()
})

interface LogLine {
  readonly msg: string
  readonly requestId?: string
  readonly [key: string]: unknown
}
const lines = () =>
  server
    .log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine)

const ask = (query: string, headers: Record<string, string> = {}, url = server.url) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })

async function metrics(): Promise<string> {
  const port = lines().find(({ msg }) => msg === 'metrics')?.port
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
}

test('every answer has an id, a plain one of a proxy is kept, and the log has one line for it', async () => {
  const response = await ask('query First { unit(code: "11") { name } }')
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  const answer = await ask('query Second { unit(code: "11") { name } }', { 'x-request-id': 'proxy-0001' })
  expect(answer.headers.get('x-request-id')).toBe('proxy-0001')
  const odd = await ask('{ unit(code: "11") { name } }', { 'x-request-id': '{"level":60}' })
  expect(odd.headers.get('x-request-id')).not.toContain('level')
  expect(lines().filter(({ requestId }) => requestId === 'proxy-0001')).toEqual([
    expect.objectContaining({ msg: 'request', operation: 'query Second', status: 200, statements: expect.any(Number) }),
  ])
})

test('the log keeps no token, no name and no address, also where something is refused', async () => {
  const jwt = token('--role', 'reporter', '--unit', '096', '--subject', 'nguyen.van.a')
  const refused = await ask(
    'mutation Filed { submitMeasurements(input: { unit: "095", year: 2022, asOf: "2022-06-30", status: OFFICIAL, values: [] }) { __typename } }',
    bearer(jwt),
  )
  expect(await refused.text()).toContain('FORBIDDEN')
  await (await ask('{ unit(code: "11") { name } }', { authorization: 'Bearer not.a.token' })).text()
  const log = server.log()
  expect(log).toContain('UNAUTHENTICATED')
  expect(log).toContain('mutation Filed')
  for (const secret of [jwt, 'not.a.token', 'nguyen.van.a', '127.0.0.1"']) expect(log).not.toContain(secret)
})

test('metrics count by operation, status and code, and show pool and figures; clients cannot invent labels without end', async () => {
  await (await ask('query Counted { unit(code: "11") { evaluation { summary { met } } } }')).text()
  await (await ask('query Wrong { unit(code: "96") { name } }')).text()
  for (let i = 0; i < 220; i++) await (await ask(`query Invented${i} { __typename }`)).text()
  const text = await metrics()
  expect(text).toMatch(/dienbien_request_duration_seconds_count\{operation="query Counted",status="200"\} 1/)
  expect(text).toMatch(/dienbien_errors_total\{code="UNKNOWN_UNIT"\} 1/)
  expect(text).toMatch(/dienbien_pool_connections\{state="idle"\} \d/)
  expect(text).toMatch(/dienbien_figures\{year="2022"\} [1-9]/)
  expect(text).toMatch(/dienbien_figures_age_seconds\{year="2022"\} \d/)
  expect(text).toMatch(/operation="other"/)
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m)
  expect(text).not.toContain('query Invented219"')
})

test('what a client does wrong is no failure of the server: the log has its line, and no error', async () => {
  const questions = [
    '{ ranking(policy: {}) { year } }',
    '{ evaluate(input: { facts: [{ indicator: "literacy-level-2", value: 5 }] }) { summary { met } } }',
    '{ unit(code: "nothing") { name } }',
    '{ node(id: "nothing") { id } }',
    '{ indicators(first: 201) { totalCount } }',
    '{ unit(code: "11") { evaluation(asOf: "2022-02-30") { summary { met } } } }',
    'query ($code: String!) { unit(code: $code) { name } }',
    '{ unit(code: "11") {',
    '{ nothing }',
  ].map((query) => JSON.stringify({ query }))
  questions.push('{"query": "{ __typename }"', '[]')
  const before = lines().length
  for (const body of questions) {
    const response = await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect(await response.text()).toContain('"errors"')
  }
  const answered = (logLines: LogLine[]) => logLines.filter(({ msg }) => msg === 'request').length === questions.length
  // A line is written when its answer has ended.
  const line = await eventually(async () => lines().slice(before), answered)
  expect(answered(line)).toBe(true)
  expect(line.filter(({ level }) => Number(level) >= 50)).toEqual([])
})

test('a trace goes on where its caller began it, with a span for each SQL statement', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  await (
    await ask('query Traced { savedQueries { slug } }', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` })
  ).text()
  const all = () => Buffer.concat(exported)
  for (let i = 0; i < 100 && !all().includes('query Traced'); i++) await new Promise((r) => setTimeout(r, 100))
  expect(all().includes('query Traced')).toBe(true)
  expect(all().includes(Buffer.from(traceId, 'hex'))).toBe(true)
  expect(all().includes('db.query.text')).toBe(true)
  expect(all().includes('dienbien-test')).toBe(true)
})

test('a token and an address may each ask for so much in a minute, proxies are believed where they are trusted', async () => {
  const limited = await start({ ...(await ownDatabase('plain')), RATE_LIMIT: '2000', TRUSTED_PROXIES: 'loopback' })
  try {
    const large = '{ units(first: 100) { nodes { name level } } }'
    const from = async (address: string) => {
      const response = await ask(large, { ...ANEW, 'x-forwarded-for': address }, limited.url)
      return { status: response.status, wait: response.headers.get('retry-after'), body: await response.json() }
    }
    let last = await from('192.0.2.1')
    expect(last.status).toBe(200)
    for (let i = 0; i < 20 && last.status === 200; i++) last = await from('192.0.2.1')
    expect(last.status).toBe(429)
    expect(Number(last.wait)).toBeGreaterThan(0)
    expect(last.body).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })
    expect((await from('192.0.2.2')).status).toBe(200)
    // What cannot be read costs too.
    let flood = 200
    for (let i = 0; i < 250 && flood !== 429; i++) {
      flood = (await ask('{ not a query', { 'x-forwarded-for': '192.0.2.3' }, limited.url)).status
    }
    expect(flood).toBe(429)
  } finally {
    await limited.stop()
  }
})

test('where only trusted documents are answered, no other text is read, and nothing is suggested', async () => {
  const environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  const strict = await start({ ...environment, ONLY_TRUSTED: '1' })
  try {
    const stranger = await ask('{ unit(code: "11") { nam } }', {}, strict.url)
    expect(stranger.status).toBe(403)
    const text = await stranger.text()
    expect(text).toContain('UNTRUSTED_DOCUMENT')
    expect(text).not.toContain('Did you mean')
    expect((await strict.change('{ __schema { types { name } } }')).errors?.[0]?.extensions.code).toBe(
      'UNTRUSTED_DOCUMENT',
    )
    const query = 'query Named { unit(code: "11") { name } }'
    const saved = await strict.change(
      `mutation ($text: String!) { saveQuery(input: { slug: "ten-tinh", title: "Tên", description: "", text: $text, shared: true }) { savedQuery { slug } }
        trustQuery(input: { slug: "ten-tinh", version: 1, trusted: true }) { savedQuery { slug } } }`,
      { text: query },
      bearer(tokens(() => environment)('--role', 'administrator')),
    )
    expect(saved.errors).toBeUndefined()
    expect((await strict.query(query)).data).toEqual({ unit: { name: 'Tỉnh Điện Biên' } })
    expect((await strict.query(`${query} `)).data).toEqual({ unit: { name: 'Tỉnh Điện Biên' } })
    expect((await strict.query(query.replace('name', 'code'))).errors).toHaveLength(1)

    // A token that is none is noted there too.
    const bad = await strict.query('{ units { totalCount } }', {}, bearer('none'))
    expect(bad.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const trail = await eventually(
      () =>
        strict.query<{ trail: { nodes: object[] } }>(
          '{ trail(table: "access", first: 1) { nodes { subject reason } } }',
          {},
          bearer(tokens(() => environment)('--role', 'administrator')),
        ),
      ({ data }) => data.trail.nodes.length > 0,
    )
    expect(trail.data.trail.nodes).toEqual([{ subject: 'anonymous', reason: 'the token is not valid here' }])
  } finally {
    await strict.stop()
  }
})
