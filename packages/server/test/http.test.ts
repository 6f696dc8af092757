// How answers travel: packed, tagged, kept, and what a page of another address may read of them.
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { cleanUp, onPostgres, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

let environment: Record<string, string>
let server: RunningServer
let token: Record<string, string>

beforeAll(async () => {
  environment = await ownDatabase('plain')
  server = await start({ ...environment, LOG_LEVEL: 'info' })
  token = bearer(tokens(() => environment)('--role', 'administrator'))
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
})

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
  readonly text: string
}

/** With just these headers: fetch adds some and unpacks. */
function send(
  path: string,
  headers: Record<string, string> = {},
  { method = 'GET', body = '', at = server }: { method?: string; body?: string; at?: RunningServer } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    const asking = request(`${at.origin}${path}`, { method, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const all = Buffer.concat(chunks)
        const status = response.statusCode as number
        resolve({ status, headers: response.headers as Reply['headers'], body: all, text: all.toString() })
      })
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

const address = (query: string, more: Record<string, string> = {}) =>
  `/graphql?${new URLSearchParams({ query, ...more })}`
const post = (content: object, headers: Record<string, string> = {}, at = server) =>
  send(
    '/graphql',
    { 'content-type': 'application/json', ...headers },
    { method: 'POST', body: JSON.stringify(content), at },
  )
/** Of the requests until now, whether each was answered with kept bytes. */
const kept = async (at = server): Promise<boolean[]> => {
  await new Promise((resolve) => setTimeout(resolve, 50))
  return at
    .log()
    .split('\n')
    .filter((line) => line.includes('"msg":"request"'))
    .map((line) => (JSON.parse(line) as { way: string | null }).way === 'kept')
}

const LARGE = 'x'.repeat(1_100_000)
const UNITS = '{ units(first: 40) { nodes { code name } } }'
const PLAN = (value: number) => ({
  query: 'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { code } } }',
  variables: {
    input: {
      unit: '096',
      year: 2022,
      asOf: '2022-12-31',
      status: 'OFFICIAL',
      source: 'Thử',
      reason: 'thử',
      values: [{ indicator: 'budget-revenue', value }],
    },
  },
})
const FIGURE = '{ unit(code: "096") { measurements(indicators: ["budget-revenue"]) { value } } }'
const figureIn = ({ text }: Reply): number | undefined =>
  (JSON.parse(text) as { data: { unit: { measurements: { value: number }[] } } }).data.unit.measurements[0]?.value

describe('packing', () => {
  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('an answer comes as %s where a client wants it so', async (coding, unpack) => {
    const plain = await send(address(UNITS))
    const packed = await send(address(UNITS), { 'accept-encoding': coding })
    expect(packed.headers['content-encoding']).toBe(coding)
    expect(packed.body.length).toBeLessThan(plain.body.length / 2)
    expect(JSON.parse(unpack(packed.body).toString()).data).toEqual(JSON.parse(plain.text).data)
    expect(packed.headers.vary).toContain('Accept-Encoding')
    expect(packed.headers['content-length']).toBe(String(packed.body.length))
  })
  test.each(['{ __typename }', '{ nothing }'])('a short answer stays as it is: %s', async (query) => {
    expect((await send(address(query), { 'accept-encoding': 'br, gzip' })).headers['content-encoding']).toBeUndefined()
  })
  test('pages and tables are packed too, by the weights that a client gives', async () => {
    const csv = await send(address(UNITS), { accept: 'text/csv', 'accept-encoding': 'gzip' })
    expect(gunzipSync(csv.body).toString()).toContain('Huyện Mường Nhé')
    for (const path of ['/', '/graphql']) {
      const page = await send(path, { accept: 'text/html', 'accept-encoding': 'br;q=0, gzip' })
      expect(page.headers['content-encoding']).toBe('gzip')
      expect(gunzipSync(page.body).toString()).toContain('<html')
      const plain = await send(path, { accept: 'text/html', 'accept-encoding': 'br;q=0' })
      expect(plain.headers['content-encoding']).toBeUndefined()
    }
  })
})

describe('tags', () => {
  test('what a client has is not sent again, whatever it cost and however it was packed', async () => {
    const first = await send(address(UNITS))
    const tag = first.headers.etag as string
    expect(tag).toMatch(/^W\/"/)
    expect((await send(address(UNITS), { 'accept-encoding': 'br' })).headers.etag).toBe(tag)
    for (const id of [tag, `"other", ${tag}`, '*', tag.slice(2)]) {
      const again = await send(address(UNITS), { 'if-none-match': id })
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag])
      expect(again.headers['cache-control']).toBe('public, no-cache')
      expect(again.headers.vary).toContain('Authorization')
    }
    expect((await send(address(UNITS), { 'if-none-match': 'W/"other"' })).status).toBe(200)
    expect((await send(address(UNITS), { 'if-none-match': tag, 'cache-control': 'no-cache' })).status).toBe(200)
  })
  test('an answer that the database gave has one too', async () => {
    const { headers } = await send(address('{ savedQueries { slug } }'))
    expect((await send(address('{ savedQueries { slug } }'), { 'if-none-match': headers.etag as string })).status).toBe(
      304,
    )
  })
  test('nobody else keeps an answer to a token, a POST, or an error', async () => {
    const reply = await send(address(UNITS), token)
    expect([reply.headers['cache-control'], reply.headers.etag]).toEqual(['private, no-store', undefined])
    const posted = await post({ query: UNITS })
    expect([posted.headers['cache-control'], posted.headers.etag]).toEqual(['no-store', undefined])
    const wrong = await send(address('{ unit(code: "999") { name } }'))
    expect([wrong.headers['cache-control'], wrong.headers.etag]).toEqual(['no-store', undefined])
    expect((await send(address(UNITS), { ...token, 'if-none-match': '*' })).status).toBe(200)
  })
  test('an answer says its language', async () => {
    const vi = await send(address(UNITS), { 'accept-language': 'vi' })
    expect(vi.headers['content-language']).toBe('vi')
    expect(vi.headers.vary).toContain('Accept-Language')
  })
})

describe('kept answers', () => {
  test('the same question is answered from memory, until a write', async () => {
    await post(PLAN(700), token)
    await post({ query: FIGURE })
    const first = await post({ query: FIGURE })
    const again = await post({ query: FIGURE })
    expect(figureIn(first)).toBe(700)
    expect((await kept()).at(-1)).toBe(true)
    expect(again.text).toBe(first.text)
    await post(PLAN(701), token)
    expect(figureIn(await post({ query: FIGURE }))).toBe(701)
    expect((await kept()).at(-1)).toBe(false)
  })
  test('every way of asking has an answer of its own', async () => {
    const query = 'query Named($a: String!, $b: String!) { a: unit(code: $a) { name } b: unit(code: $b) { name } }'
    const ask = async (variables: object) => JSON.parse((await post({ query, variables })).text).data
    for (let i = 0; i < 2; i++) {
      expect(await ask({ a: '096', b: '097' })).toEqual(await ask({ b: '097', a: '096' }))
      expect(await ask({ a: '097', b: '096' })).toEqual({
        a: { name: 'Huyện Mường Chà' },
        b: { name: 'Huyện Mường Nhé' },
      })
    }
    const two = 'query A { unit(code: "096") { name } } query B { unit(code: "097") { name } }'
    for (const name of ['A', 'B', 'A', 'B']) {
      const { text } = await send(address(two, { operationName: name }))
      expect(text).toContain(name === 'A' ? 'Huyện Mường Nhé' : 'Huyện Mường Chà')
    }
    for (let i = 0; i < 2; i++) {
      expect((await send(address(UNITS), { accept: 'text/csv' })).headers['content-type']).toMatch(/^text\/csv/)
      expect((await send(address(UNITS))).headers['content-type']).toMatch(/^application\/json/)
      const typed = await send(address(UNITS), { accept: 'application/graphql-response+json' })
      expect(typed.headers['content-type']).toMatch(/^application\/graphql-response\+json/)
    }
    expect((await send(address(UNITS), {}, { method: 'HEAD' })).status).toBe(405)
    expect((await send(address(UNITS), { range: 'bytes=0-3' })).status).toBe(200)
  })
  test('what somebody sees by a token is kept for nobody, and nobody without one is answered from it', async () => {
    const query = '{ unit(code: "096") { cluster { viewerCan(action: FREEZE_RANKING) } } }'
    for (let i = 0; i < 3; i++) {
      expect((await post({ query })).text).toContain('false')
      expect((await post({ query }, token)).text).toContain('true')
      expect((await kept()).at(-1)).toBe(false)
    }
    expect((await post({ query }, { authorization: 'Bearer none' })).status).toBe(401)
  })
  test.each([
    ['the database gives', '{ savedQueries { slug } }'],
    ['is an error', '{ unit(code: "999") { name } }'],
    ['depends on the day', '{ unit(code: "096") { emulationYear { due { state } } } }'],
  ])('what %s is not kept', async (_, query) => {
    for (let i = 0; i < 3; i++) await send(address(query))
    expect((await kept()).slice(-3)).toEqual([false, false, false])
  })
  test('no reader gets less than what was written before it asked', async () => {
    let written = 1000
    let isOver = false
    const read = async (how: () => Promise<Reply>) => {
      let last = 0
      while (!isOver) {
        const least = written
        const found = figureIn(await how())
        expect(found).toBeGreaterThanOrEqual(Math.max(least, last))
        last = found as number
      }
    }
    await post(PLAN(written), token)
    const readers = Promise.all([
      read(() => post({ query: FIGURE })),
      read(() => send(address(FIGURE))),
      read(() => send(address(FIGURE), { 'accept-language': 'vi' })),
    ])
    for (let value = 1001; value <= 1040; value++) {
      await post(PLAN(value), token)
      written = value
      if (value % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    isOver = true
    await readers
    expect(await kept()).toContain(true)
  })
  const two = onPostgres() ? test : test.skip
  two('nor on another server, once that has heard of it, and never less than it told before', async () => {
    const other = await start({ ...environment, LOG_LEVEL: 'info' })
    try {
      for (let value = 2001; value <= 2020; value++) {
        await post(PLAN(value), token, value % 2 ? server : other)
        expect(figureIn(await post({ query: FIGURE }, {}, value % 2 ? server : other))).toBe(value)
        let last = 0
        const end = Date.now() + 5000
        while (last !== value && Date.now() < end) {
          const found = figureIn(await post({ query: FIGURE }, {}, value % 2 ? other : server)) as number
          expect(found).toBeGreaterThanOrEqual(last)
          last = found
        }
        expect(last).toBe(value)
      }
    } finally {
      await other.stop()
    }
  })
})

describe('persisted queries', () => {
  const query = '{ unit(code: "096") { code level } }'
  const sha256Hash = createHash('sha256').update(query).digest('hex')
  const extensions = { persistedQuery: { version: 1, sha256Hash } }
  test('a hash alone is asked for the text, and then suffices, by POST and by GET', async () => {
    const unknown = await post({ extensions })
    expect([unknown.status, JSON.parse(unknown.text).errors[0]]).toEqual([
      200,
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ])
    const byAddress = await send(`/graphql?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`)
    expect(byAddress.text).toBe(unknown.text)
    const full = await post({ query, extensions })
    for (const answer of [
      await post({ extensions }),
      await send(`/graphql?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`),
    ])
      expect(JSON.parse(answer.text).data).toEqual(JSON.parse(full.text).data)
  })
  test('nobody puts another text under a hash', async () => {
    const other = '{ __typename }'
    const { text } = await post({ query: other, extensions })
    expect(JSON.parse(text).errors[0].extensions.code).toBe('PERSISTED_QUERY_MISMATCH')
    expect((await post({ query: [other], extensions })).text).toContain('errors')
    expect(JSON.parse((await post({ extensions })).text).data).toEqual({ unit: { code: '096', level: 'DISTRICT' } })
  })
})

describe('pages of other addresses', () => {
  const origin = 'https://example.com'
  test('a browser asks once whether it may ask', async () => {
    const { status, headers } = await send(
      '/graphql',
      {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
      { method: 'OPTIONS' },
    )
    expect(status).toBe(204)
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '86400',
    })
  })
  test.each([
    ['what is answered', () => send(address(UNITS), { origin })],
    ['what is refused', () => send('/graphql', { origin }, { method: 'POST', body: LARGE })],
  ])('it may read %s, and its headers', async (_, ask) => {
    const { headers } = await ask()
    expect(headers['access-control-allow-origin']).toBe('*')
    for (const name of ['x-request-id', 'etag', 'retry-after', 'content-disposition'])
      expect(headers['access-control-expose-headers']).toContain(name)
  })
})

test.each([
  [
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    () => send('/graphql', { 'content-type': 'text/plain' }, { method: 'POST', body: '{}' }),
  ],
  [406, 'NOT_ACCEPTABLE', () => send(address(UNITS), { accept: 'image/png' })],
  [405, 'METHOD_NOT_ALLOWED', () => send('/graphql', {}, { method: 'PUT', body: '{}' })],
  [413, 'TOO_LARGE', () => send('/graphql', {}, { method: 'POST', body: LARGE })],
  [
    400,
    'BAD_REQUEST',
    () => send('/graphql', { 'content-type': 'application/json' }, { method: 'POST', body: '{bad' }),
  ],
])('%d is told as GraphQL tells its errors: %s', async (status, code, ask) => {
  const answer = await ask()
  const [error] = JSON.parse(answer.text).errors
  expect([answer.status, error.extensions]).toEqual([status, { code }])
  expect(error.message).not.toBe('')
})
