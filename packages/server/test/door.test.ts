// The door: whatever a stranger writes into the first line, however little is read of an answer, however many come.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unseenCharacter } from '../dist/unseen.js'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

const hostile = (done: string, found: string, times = 1) => record({ suite: 'hostile', done, times, found })

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-door-'))
let environment: Record<string, string>
let server: RunningServer
let administrator: Record<string, string>

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start({ ...environment, LOG_LEVEL: 'info', MAX_COMPLEXITY: '2000000', TRUSTED_PROXIES: 'loopback' })
  administrator = bearer(tokens(() => environment)('--role', 'administrator'))
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

interface LogLine {
  readonly msg: string
  readonly path?: string | null
  readonly status?: number
  readonly codes?: readonly string[]
}
const requests = (of = server): LogLine[] =>
  of
    .log()
    .split('\n')
    .filter((line) => line.includes('"msg":"request"'))
    .map((line) => JSON.parse(line) as LogLine)

/** What comes back for these bytes, until the server closes the connection. */
function raw(bytes: string, { url } = server): Promise<{ status: number; head: string; body: string }> {
  const { port, hostname } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n')
      const body = rest.join('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body })
    })
  })
}

const ask = (target: string, body: string, head = 'host: x\r\n') =>
  `POST ${target} HTTP/1.1\r\n${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
const question = JSON.stringify({ query: '{ units(first: 100) { nodes { name } } }' })

/** Other spellings of the API's path, and of paths that are not. */
const SPELLINGS = [
  '/./graphql',
  '/x/../graphql',
  '/%2e/graphql',
  '/a/%2E%2e/graphql',
  'http://x/graphql',
  'http://x/./graphql',
]
const OTHERS = ['//graphql', '/graph%71l', '/x/graphql', '/GraphQL', '/graphql/x', '/?/graphql', '/graphql;/graphql']

describe('one path', () => {
  test.each(SPELLINGS)('%s is the API, with every limit', async (target) => {
    const whole = await raw(ask(target, question))
    expect([whole.status, whole.body]).toEqual([200, expect.stringContaining('"complexity"')])
    const large = await raw(ask(target, JSON.stringify({ query: `{ __typename } # ${'x'.repeat(1_100_000)}` })))
    expect([large.status, large.body]).toEqual([413, expect.stringContaining('TOO_LARGE')])
    expect(requests().at(-1)).toMatchObject({ path: '/graphql', status: 413, codes: ['TOO_LARGE'] })
  })

  test.each(OTHERS)('%s is not', async (target) => {
    const { status, body } = await raw(ask(target, question))
    expect([404, 405]).toContain(status)
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] })
    expect(body).not.toContain('"data"')
  })

  test('all of them count against the rate limit, and so does an IPv6 network as one', async () => {
    const limited = await start({ ...(await ownDatabase('plain')), RATE_LIMIT: '1000', TRUSTED_PROXIES: 'loopback' })
    try {
      const tries = async (target: string, addressOf: (i: number) => string) => {
        let refused = 0
        for (let i = 0; i < 30; i++) {
          const { status } = await raw(
            ask(target, question, `host: x\r\ncache-control: no-cache\r\nx-forwarded-for: ${addressOf(i)}\r\n`),
            limited,
          )
          if (status === 429) refused++
        }
        return refused
      }
      for (const [i, target] of SPELLINGS.entries())
        expect(await tries(target, () => `192.0.2.${i}`)).toBeGreaterThan(10)
      expect(await tries('/graphql', (i) => `2001:db8:0:1::${i.toString(16)}`)).toBeGreaterThan(10)
      expect(
        await tries('/graphql', (i) => `::ffff:192.0.2.200`.replace('::ffff:', i % 2 ? '::ffff:' : '')),
      ).toBeGreaterThan(10)
      expect(await tries('/graphql', (i) => `2001:db8:0:${(i + 2).toString(16)}::1`)).toBe(0)
    } finally {
      await limited.stop()
    }
    hostile('other spellings of the path, other addresses of one IPv6 network', 'one path, one network: 429', 240)
  })

  test('reading a text is paid for by its address, also where it is no GraphQL or not of this schema', async () => {
    const limited = await start({ ...(await ownDatabase('plain')), RATE_LIMIT: '20000', TRUSTED_PROXIES: 'loopback' })
    try {
      const texts = [`{ ${'nothing '.repeat(4900)} }`, `${'# '.repeat(15_000)}\n{`]
      for (const [i, query] of texts.entries()) {
        const headers = { 'content-type': 'application/json', 'x-forwarded-for': `192.0.2.${i}` }
        const body = JSON.stringify({ query })
        const statuses = []
        for (let sent = 0; sent < 2; sent++) {
          statuses.push((await fetch(limited.url, { method: 'POST', headers, body })).status)
        }
        expect(statuses).toEqual([200, 429])
      }
    } finally {
      await limited.stop()
    }
    hostile('texts of 5,000 words that are refused once they were read', 'paid for: 429', 2)
  })

  const unreadable: [string, string, number][] = [
    ['* of POST', ask('*', question), 400],
    ['a path with a backslash', ask('/x\\..\\graphql', question), 400],
    ['a path with %00', ask('/graphql%00', question), 400],
    ['a path with a broken escape', ask('/graphql%', question), 400],
    ['a user in the target', ask('http://user:secret@x/graphql', question), 400],
    ['another scheme', ask('ftp://x/graphql', question), 400],
    ['Host: [', ask('/graphql', question, 'host: [\r\n'), 400],
    ['Host: %', ask('/graphql', question, 'host: %\r\n'), 400],
    ['Host with a user', ask('/graphql', question, 'host: a@b\r\n'), 400],
    ['no Host', ask('/graphql', question, ''), 400],
    ['two Hosts', ask('/graphql', question, 'host: a\r\nhost: b\r\n'), 400],
    ['CONNECT', 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405],
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    ['NUL in the target', 'GET /\0 HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['a very long target', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
    ['an expectation', ask('/graphql', question, 'host: x\r\nexpect: 200-ok\r\n'), 417],
    ['two lengths', ask('/graphql', question, 'host: x\r\ncontent-length: 3\r\n'), 400],
    ['TRACE', 'TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 405],
  ]
  test.each(unreadable)('%s', async (_, bytes, expected) => {
    const before = requests().length
    const { status, head, body } = await raw(bytes)
    expect(status).toBe(expected)
    expect(head).toMatch(/content-type: application\/json/i)
    expect(JSON.parse(body)).toMatchObject({
      errors: [{ message: expect.any(String), extensions: { code: expect.any(String) } }],
    })
    expect(body).not.toMatch(/node_modules|\.js:\d/)
    for (let i = 0; i < 50 && requests().length === before; i++) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(requests().slice(before)).toEqual([
      expect.objectContaining({ status: expected, codes: [expect.any(String)] }),
    ])
  })

  test('OPTIONS * is answered, and the server goes on after all of it', async () => {
    const { status } = await raw('OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    expect(status).toBe(204)
    expect((await server.query('{ unit(code: "11") { code } }')).data).toEqual({ unit: { code: '11' } })
    expect(server.log()).not.toContain('a request failed')
    hostile('targets, hosts and first lines that are none', '4xx as JSON, a line of the log each', unreadable.length)
  })

  test.each([
    ['saved', '?saved=%00'],
    ['saved', '?saved=x%E2%80%AEy'],
    ['documentId', '?documentId=%1b[31m'],
    ['variables', '?query=%7B__typename%7D&variables=%00'],
  ])('what an address says of %s is not said again where it holds what is not seen: %s', async (name, search) => {
    const answer = await fetch(server.url + search, { headers: { accept: 'application/json' } })
    const text = await answer.text()
    expect([answer.status, JSON.parse(text)]).toMatchObject([
      400,
      {
        errors: [
          { message: expect.stringContaining(`"${name}" in the address holds`), extensions: { code: 'BAD_TARGET' } },
        ],
      },
    ])
    expect(unseenCharacter(text)).toBeNull()
  })

  test('a saved query that there is not is not found, and a name of any length is not said again', async () => {
    const answer = await fetch(`${server.url}?saved=${'a'.repeat(5000)}`, { redirect: 'manual' })
    const text = await answer.text()
    expect([answer.status, text.length < 400, JSON.parse(text)]).toMatchObject([
      404,
      true,
      { errors: [{ extensions: { code: 'UNKNOWN_DOCUMENT' } }] },
    ])
  })

  test.each(['variables=%7B%22a%22', 'extensions=%7B'])(
    'an address with %s is told that this is no JSON',
    async (parameter) => {
      const accept = { accept: 'application/json' }
      const answer = await fetch(`${server.url}?query=%7B__typename%7D&${parameter}`, { headers: accept })
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { errors: [{ extensions: { code: 'BAD_INPUT' } }] },
      ])
    },
  )

  test.each(['/assets/none.js', '/assets/..%2f..%2fpackage.json'])('%s is not there, and no page is', async (path) => {
    const answer = await fetch(`${server.origin}${path}`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  test('a part of a page that ends before it begins does not end the server', async () => {
    for (const range of ['bytes=5-1', 'bytes=-0', 'bytes=9-1,3-2']) {
      expect((await raw(`GET / HTTP/1.1\r\nhost: x\r\nrange: ${range}\r\nconnection: close\r\n\r\n`)).status).toBe(200)
    }
    expect((await server.query('{ __typename }')).data).toEqual({ __typename: 'Query' })
    hostile('parts of a page that end before they begin', 'the whole page; it ended the process', 3)
  })
})

const megabytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1]) / 1000
const onLinux = process.platform === 'linux' ? test : test.skip

describe('bounded by bytes', () => {
  onLinux(
    'texts of a megabyte, each another, are not kept',
    async () => {
      const text = (i: number) => JSON.stringify({ query: `{ a${i}: __typename }${'\n#'.repeat(300_000)}` })
      for (let i = 0; i < 3; i++) await raw(ask('/graphql', text(i)))
      const before = megabytes()
      const times = 40
      for (let i = 10; i < 10 + times; i++) {
        expect((await raw(ask('/graphql', text(i)))).status).toBe(200)
      }
      // Each leaves 30 MB behind where it is kept; what is not kept is collected, sooner or later.
      expect((megabytes() - before) / (times * 30)).toBeLessThan(0.75)
      hostile('texts of 0.9 MB, each another', 'answered, none kept', times)
    },
    120_000,
  )

  test('an upload of 45 MB is read, one of 51 MB is refused', async () => {
    const send = async (bytes: number) => {
      const query =
        'mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) { stored problemCount problems { message } errors { message } } }'
      const body = new FormData()
      const input = { year: 2022, asOf: '2022-06-30', status: 'OFFICIAL', file: null }
      body.set('operations', JSON.stringify({ query, variables: { input } }))
      body.set('map', JSON.stringify({ 0: ['variables.input.file'] }))
      body.set('0', new Blob([`unit,indicator,value\n"${'x'.repeat(bytes)}"`]), 'a.csv')
      const response = await fetch(server.url, { method: 'POST', headers: administrator, body })
      return { status: response.status, text: await response.text() }
    }
    const read = await send(45_000_000)
    expect([read.status, read.text]).toEqual([200, expect.stringContaining('cannot be read')])
    const refused = await send(51_000_000)
    expect([refused.status, refused.text]).toEqual([413, expect.stringContaining('TOO_LARGE')])
    hostile('uploads of 45 and 51 MB', 'the first is read, the second is 413 TOO_LARGE', 2)
  })

  /** Sends the head of a request and a part of its body. */
  const begin = (part: string, length: number, head = '') => {
    const { port, hostname } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    let text = ''
    const answer = new Promise<string>((resolve) => {
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(text))
    })
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\n${head}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${part}`,
    )
    return { socket, told: answer, text: () => text }
  }

  test('bodies that never end take the room of their own address, not that of others, and are cut off', async () => {
    const from = (address: string) => `x-forwarded-for: ${address}\r\n`
    const flood = Array.from({ length: 30 }, () => begin('x'.repeat(999_999), 1_000_000, from('192.0.2.1')))
    const asked = (address: string) => raw(ask('/graphql', question, `host: x\r\n${from(address)}`))
    const busy = () => flood.filter(({ text }) => text().includes('BUSY'))
    for (let i = 0; i < 1000 && busy().length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(busy()[0]?.text()).toMatch(/^HTTP\/1.1 503[\s\S]*retry-after: 2/i)
    expect((await asked('192.0.2.2')).status).toBe(200)
    // What is only announced takes no room, and none of them waits for its end.
    const answers = await Promise.all(flood.map((connection) => connection.told))
    expect(answers.filter((text) => text.includes('REQUEST_TIMEOUT')).length).toBeGreaterThan(10)
    expect((await asked('192.0.2.1')).status).toBe(200)
    hostile(
      '30 bodies of 1 MB whose last byte never comes',
      '503 BUSY for their own address only; cut off after 10 s',
      30,
    )
  }, 60_000)

  test('what is only announced takes no room from others', async () => {
    const sockets = Array.from({ length: 150 }, () => begin('{', 1_000_000).socket)
    try {
      expect((await raw(ask('/graphql', question))).status).toBe(200)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  })

  test('a body that comes a byte at a time is cut off, one that comes in pieces is read', async () => {
    const slow = begin('{', 1000)
    const drip = setInterval(() => slow.socket.write(' '), 500)
    const [first, last] = [question.slice(0, 10), question.slice(10)]
    const pieces = begin(first, question.length, 'connection: close\r\n')
    setTimeout(() => pieces.socket.write(last), 3000)
    expect(await pieces.told).toMatch(/^HTTP\/1.1 200/)
    const answer = await slow.told
    clearInterval(drip)
    expect(answer).toMatch(/^HTTP\/1.1 408[\s\S]*REQUEST_TIMEOUT/)
  }, 60_000)

  test('answers that nobody reads are cut off when they are too much together', async () => {
    // Several megabytes more than the system takes by itself.
    const rest = 'evaluation { results { explanation english: explanation(locale: EN) indicator { name id } } }'
    const parts = [...'abcde'].map((name) => `${name}: units(first: 200) { nodes { ${rest} } }`)
    const query = `{ ${parts.join(' ')} }`
    const text = ask('/graphql', JSON.stringify({ query })).replace('connection: close\r\n', '')
    const whole = await raw(ask('/graphql', JSON.stringify({ query })))
    expect([whole.status, whole.body.length > 10_000_000]).toEqual([200, true])
    const { port, hostname } = new URL(server.url)
    const sockets: Socket[] = []
    try {
      for (let i = 0; i < 8; i++) {
        const socket = connect(Number(port), hostname)
        socket.on('error', () => undefined)
        socket.pause()
        socket.write(text)
        sockets.push(socket)
      }
      const cut = () => requests().filter(({ codes }) => codes?.includes('SLOW_READER'))
      for (let i = 0; i < 2000 && cut().length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 50))
      expect(cut().length).toBeGreaterThan(0)
      expect((await raw(ask('/graphql', '{ "query": "{ __typename }" }'))).status).toBe(200)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
    hostile('large answers that are asked for and not read', 'the slowest are cut off past 64 MB together', 8)
  }, 180_000)
})

/** Follows by server-sent events; tells the answers that came so far. */
async function follow(query: string, of = server) {
  const end = new AbortController()
  const response = await fetch(of.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
    signal: end.signal,
  })
  let text = ''
  const over = (async () => {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString()
  })().catch(() => undefined)
  const events = () => [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => JSON.parse(json as string))
  return { status: response.status, events, text: () => text, over, end: () => end.abort() }
}
type Follower = Awaited<ReturnType<typeof follow>>

let value = 0
const write = async (of = server, headers = administrator) => {
  const input = {
    unit: '096',
    year: 2022,
    asOf: '2022-04-07',
    status: 'ESTIMATE',
    source: 'Thử',
    values: [{ indicator: 'macadamia-planted', value: ++value }],
  }
  const { errors } = await of.query(
    'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { code } } }',
    { input },
    headers,
  )
  expect(errors).toBeUndefined()
}
const until = async (condition: () => boolean) => {
  for (let i = 0; i < 400 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25))
  expect(condition()).toBe(true)
}

describe('live answers', () => {
  test('one address has a hundred, all are told of a write, and the next is refused until one ends', async () => {
    const query = 'subscription { evaluationChanged(unit: "096") { at units { code name } } }'
    const followers: Follower[] = []
    try {
      for (let i = 0; i < 100; i++) followers.push(await follow(query))
      const more = await follow(query)
      await more.over
      expect(more.text()).toContain('TOO_MANY_SUBSCRIPTIONS')
      await write()
      await until(() => followers.every(({ events }) => events().length === 1))
      // One answer for all who were told in one turn of the event loop, of which a busy machine needs a few.
      expect(new Set(followers.map(({ events }) => JSON.stringify(events()))).size).toBeLessThan(10)
      followers.pop()?.end()
      await new Promise((resolve) => setTimeout(resolve, 200))
      const again = await follow(query)
      followers.push(again)
      await write()
      await until(() => again.events().length === 1)
    } finally {
      for (const { end } of followers) end()
    }
    hostile('more subscriptions from one address than it may have', 'the 101st is refused: TOO_MANY_SUBSCRIPTIONS')
  })

  test('a subscription costs what an event of it costs, and too large a one is refused', async () => {
    const inner =
      'children(first: 200) { nodes { children(first: 200) { nodes { evaluation { results { value } } } } } }'
    const large = await follow(`subscription { evaluationChanged(unit: "11") { units { ${inner} } } }`)
    await large.over
    expect(large.text()).toContain('TOO_COMPLEX')
    hostile('a subscription whose events cost too much', 'TOO_COMPLEX')
  })

  test('each event is paid for, and one that cannot be paid is the last', async () => {
    const environment = { DATA_DIR: mkdtempSync(join(tmpdir(), 'dienbien-door-')), ...(await ownDatabase('plain')) }
    const limited = await start({ ...environment, RATE_LIMIT: '40000', TRUSTED_PROXIES: 'loopback' })
    try {
      const token = tokens(() => environment)
      const query =
        'subscription { evaluationChanged(unit: "096") { units { evaluation { results { value status } } } } }'
      const follower = await follow(query, limited)
      for (let i = 0; i < 30 && !follower.text().includes('RATE_LIMITED'); i++) {
        // A writer each, from elsewhere, who pays for no more than this.
        const writer = bearer(token('--role', 'administrator', '--subject', `writer-${i}`))
        await write(limited, { ...writer, 'x-forwarded-for': '192.0.2.9' })
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
      await follower.over
      const events = follower.events()
      expect(events.length).toBeGreaterThan(1)
      expect(events.at(-1)).toMatchObject({
        errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }],
      })
      expect(events.slice(0, -1).every(({ errors }) => !errors)).toBe(true)
    } finally {
      await limited.stop()
      rmSync(environment.DATA_DIR, { recursive: true, force: true })
    }
    hostile('a subscription whose events go beyond the rate limit', 'ended by RATE_LIMITED')
  })
})

describe('stopping', () => {
  test('is announced first: not ready, and for so long whoever comes is answered', async () => {
    const server = await start({ ...(await ownDatabase('plain')), STOP_AFTER_S: '60' })
    expect((await fetch(`${server.origin}/health/ready`)).status).toBe(200)
    server.process.kill('SIGTERM')
    const ready = async () =>
      (await raw('GET /health/ready HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', server)).status
    for (let i = 0; i < 40 && (await ready()) === 200; i++) await new Promise((resolve) => setTimeout(resolve, 25))
    expect(await ready()).toBe(503)
    for (let i = 0; i < 20; i++) {
      // A connection of its own each, without asking for it to be closed.
      const { status, head } = await raw(ask('/graphql', question).replace('connection: close\r\n', ''), server)
      expect([status, head]).toEqual([200, expect.stringMatching(/connection: close/i)])
    }
    expect(await server.stop()).toBe(0)
    const brief = await start({ ...(await ownDatabase('plain')), STOP_AFTER_S: '1' })
    expect(await brief.stop()).toBe(0)
    record({
      suite: 'fault',
      done: 'SIGTERM with STOP_AFTER_S',
      times: 20,
      found: 'readiness 503, new connections answered',
    })
  })

  test('a second signal does not wait', async () => {
    const server = await start({ ...(await ownDatabase('plain')), STOP_AFTER_S: '3600' })
    const live = await follow('subscription { evaluationChanged(unit: "096") { at } }', server)
    server.process.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(server.process.exitCode).toBeNull()
    expect(await server.stop()).toBe(0)
    await live.over
  })
})

describe('many questions in one piece', () => {
  const request = ask('/graphql', question).replace('connection: close\r\n', '')

  test('are answered in turn, and others in between', async () => {
    const { port, hostname } = new URL(server.url)
    const many = 50
    let text = ''
    const socket = connect(Number(port), hostname)
    const other = connect(Number(port), hostname)
    await Promise.all([socket, other].map((each) => new Promise((resolve) => each.once('connect', resolve))))
    const answered = () => text.split('HTTP/1.1 200').length - 1
    const all = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        text += chunk
        if (answered() === many) resolve()
      })
    })
    socket.write(request.repeat(many))
    other.write(ask('/graphql', JSON.stringify({ query: '{ __typename }' })))
    await new Promise((resolve) => other.once('data', resolve))
    expect(answered()).toBeLessThan(many)
    await all
    socket.destroy()
    other.destroy()
    hostile('fifty questions in one packet', 'answered in turn, others in between')
  })

  test('are cut off where they are too many to wait', async () => {
    const { status, body } = await raw(request.repeat(2000)).catch(() => ({ status: 0, body: '' }))
    expect([0, 200, Number.NaN]).toContain(status)
    expect(body.split('HTTP/1.1 200').length).toBeLessThan(1000)
    expect((await raw(ask('/graphql', question))).status).toBe(200)
  })
})
