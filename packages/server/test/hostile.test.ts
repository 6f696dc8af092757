// What a stranger may not do: each refused with what it was, none with a stack or a 5xx.
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'
import { RUNS, record } from './trust-table.ts'

const server = shared('demo')

const hostile = (done: string, found: string, times = 1) => record({ suite: 'hostile', done, times, found })

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

test.each<[string, string, string]>([
  [
    'pages in pages',
    '{ units { nodes { children { nodes { children { nodes { measurements { value } } } } } } } }',
    'TOO_COMPLEX',
  ],
  [
    'a fragment called as introspection is',
    'fragment __schema on Unit { children(first: 200) { nodes { children(first: 200) { nodes { children { nodes { name } } } } } } } { units { nodes { ...__schema } } }',
    'TOO_COMPLEX',
  ],
  [
    'the same field under a hundred names',
    `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: units { nodes { evaluation { results { explanation } } } }`).join(' ')} }`,
    'TOO_COMPLEX',
  ],
  ['as deep as can be', `{ unit(code: "03124") { ${'parent { '.repeat(30)} name ${'} '.repeat(30)} } }`, 'TOO_COMPLEX'],
  [
    'ten thousand draws for every cluster, a hundred times',
    `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: ranking { clusters { fairness(draws: 10000) { draws } } }`).join(' ')} }`,
    'TOO_COMPLEX',
  ],
])('%s', async (done, query, code) => {
  const response = await post(JSON.stringify({ query }))
  const { errors, data } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[]
    data?: unknown
  }
  expect(errors[0]?.extensions.code).toBe(code)
  expect(errors[0]?.message).toMatch(/allowed/)
  expect(data ?? null).toBeNull()
  expect(response.status).toBeLessThan(500)
  hostile(done, `${code}: ${errors[0]?.message.split('. ')[0]}`)
})

test.each<[string, string]>([
  ['fragments in a circle', 'fragment A on Unit { ...B } fragment B on Unit { ...A } { unit(code: "11") { ...A } }'],
  ['a text of too many words', `{ ${'a: __typename '.repeat(6000)} }`],
  ['a flood of directives', `{ __typename ${'@skip(if: false) '.repeat(500)} }`],
  ['types of types of types', `{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} } '.repeat(9)} } } }`],
])('%s', async (done, query) => {
  const response = await post(JSON.stringify({ query }))
  const text = await response.text()
  expect(response.status).toBeLessThan(500)
  expect(JSON.parse(text).errors.length).toBeGreaterThan(0)
  expect(text).not.toMatch(/node_modules|\.js:\d/)
  hostile(done, JSON.parse(text).errors[0].message.slice(0, 90))
})

test('fields that fail at once beside fields that fail later do not end the server', async () => {
  const query =
    '{ savedQueries { trusted } completeness { unit { children { nodes { history(indicator: "poverty-rate") { year } } } measurements(year: 200) { asOf } } } }'
  const times = 20
  for (let i = 0; i < times; i++) {
    const { errors } = await server.query(query)
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'UNKNOWN_YEAR' } })
    expect((await server.query('{ units(first: 1) { nodes { code } } }')).data).toEqual({
      units: { nodes: [{ code: '11' }] },
    })
  }
  hostile('fields that fail at once beside fields that fail later', 'told; the server goes on', times)
})

test('a body that says that it is too large is not read', async () => {
  const large = await post(JSON.stringify({ query: `{ __typename } # ${'x'.repeat(1_100_000)}` }))
  expect(large.status).toBe(413)
  expect(await large.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_LARGE' } }] })
})

/** A body in pieces, without saying how long it will be. */
function inPieces(pieces: readonly string[]): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(server.url, { method: 'POST', headers: { 'content-type': 'application/json' } })
    request.on('response', (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    request.on('error', reject)
    for (const piece of pieces) request.write(piece)
    request.end()
  })
}

test('a body in pieces is read, until it has become too large', async () => {
  const small = await inPieces(['{ "query": "{ unit(code', ': \\"11\\") { name } }" }'])
  expect(small.status).toBe(200)
  expect(JSON.parse(small.text).data).toEqual({ unit: { name: 'Tỉnh Điện Biên' } })
  const large = await inPieces([
    '{ "query": "{ __typename } # ',
    ...Array.from({ length: 30 }, () => 'x'.repeat(50_000)),
  ])
  expect(large.status).toBe(413)
  expect(large.text).toContain('TOO_LARGE')
  hostile('bodies over 1 MB, announced and in pieces', '413 TOO_LARGE, the rest is not read', 2)
})

test('every answer tells its estimated cost, and pages cost what they hold', async () => {
  const cost = async (first: number) =>
    (await server.query(`{ units(first: ${first}) { nodes { name } } }`)).extensions?.cost?.complexity as number
  expect(await cost(100)).toBeGreaterThan((await cost(10)) * 8)
  const byVariable = async (first: number) =>
    (await server.query('query ($first: Int) { units(first: $first) { nodes { name } } }', { first })).extensions?.cost
      ?.complexity
  expect(await byVariable(100)).toBe(await cost(100))
})

test('pages carry headers against being framed and guessed', async () => {
  const page = await fetch(server.url, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(200)
  expect(page.headers.get('x-frame-options')).toBe('DENY')
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
})

test('many operations in one request, and a packed body, are not read', async () => {
  const batch = await post(JSON.stringify(Array.from({ length: 1000 }, () => ({ query: '{ __typename }' }))))
  expect(batch.status).toBe(400)
  hostile(
    'a thousand operations in one request',
    ((await batch.json()) as { errors: [{ message: string }] }).errors[0].message,
  )
  const packed = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify({ query: `{ __typename } # ${'x'.repeat(50_000_000)}` })),
  })
  expect(packed.status).toBeGreaterThanOrEqual(400)
  expect(packed.status).toBeLessThan(500)
  hostile('a body of 50 MB packed into 50 kB', `${packed.status}, not unpacked`)
})

test('another site cannot write in the name of who visits it', async () => {
  const query =
    'mutation { submitMeasurements(input: { unit: "102", year: 2022, asOf: "2022-06-30", status: OFFICIAL, values: [] }) { __typename } }'
  const form = new URLSearchParams({ query })
  const multipart = new FormData()
  multipart.set('operations', JSON.stringify({ query }))
  multipart.set('map', '{}')
  // What a page may send to another origin without asking first.
  const simple: [string, RequestInit][] = [
    ['text/plain', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query }) }],
    ['a form', { method: 'POST', body: form }],
    [
      'a form with a file',
      {
        method: 'POST',
        body: multipart,
      },
    ],
    ['a link', { method: 'GET' }],
  ]
  for (const [name, init] of simple) {
    const url = name === 'a link' ? `${server.url}?${form}` : server.url
    const response = await fetch(url, { ...init, headers: { ...init.headers, origin: 'https://evil.example' } })
    const text = await response.text()
    expect([name, response.status < 500 && !text.includes('"data":{"submitMeasurements":{')]).toEqual([name, true])
    // Tokens travel in a header that such a request cannot carry; there is no cookie that it would carry by itself.
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  }
  hostile(
    'writes by simple requests of another site',
    '0 carried out: no cookies, tokens in a header only',
    simple.length,
  )
})

test('texts that look like others are told apart or refused', async () => {
  const decomposed = await server.query(
    'query ($search: String) { units(search: $search, first: 1) { nodes { code } } }',
    {
      search: 'Mường Ảng'.normalize('NFD'),
    },
  )
  expect(decomposed.data).toMatchObject({ units: { nodes: [{ code: '102' }] } })
  for (const name of ['Tu\u202eần Giáo', 'a\u2066b', 'a\u0000b']) {
    const { errors } = await server.query('query ($search: String) { units(search: $search) { totalCount } }', {
      search: name,
    })
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_INPUT' } })
    const literal = await server.query(`{ units(search: ${JSON.stringify(name)}) { totalCount } }`)
    expect(literal.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_INPUT' } })
  }
  const cyrillic = await server.query('{ unit(code: "с0102") { name } cluster(code: "сum-vung-cao") { name } }')
  expect(cyrillic.errors).toHaveLength(2)
  hostile(
    'names with turned direction, decomposed, with letters of other scripts',
    'found by meaning or refused by character',
    9,
  )
})

test('a hundred clients that never finish do not keep others waiting, and are cut off', async () => {
  const { port, hostname } = new URL(server.url)
  const whole = RUNS >= 50 // a body has a minute
  const sockets = Array.from({ length: 100 }, (_, i) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.resume()
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\n')
    if (i % 2 && whole) socket.write('content-type: application/json\r\ncontent-length: 1000\r\n\r\n{')
    return socket
  })
  const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))
  const slow = setInterval(() => {
    for (const socket of sockets) if (whole && !socket.destroyed) socket.write(' ')
  }, 3000)
  const start = performance.now()
  const { data } = await server.query('{ units(first: 1) { nodes { code } } }')
  expect(data).toEqual({ units: { nodes: [{ code: '11' }] } })
  expect(performance.now() - start).toBeLessThan(2000)
  await Promise.all(sockets.filter((_, i) => whole || i % 2 === 0).map(closed))
  clearInterval(slow)
  for (const socket of sockets) socket.destroy()
  hostile('headers and bodies sent byte by byte', 'others are answered at once; cut off after 10 s and 60 s', 100)
}, 100_000)

describe('files', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-hostile-'))
  let own: RunningServer
  let headers: Record<string, string>
  beforeAll(async () => {
    const environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
    own = await start(environment)
    headers = bearer(tokens(() => environment)('--role', 'administrator'))
  })
  afterAll(async () => {
    await own.stop()
    await cleanUp()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const workbook = (sheet: string, more: Zippable = {}) =>
    zipSync({
      'xl/workbook.xml': strToU8(
        `<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONSHIPS}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': strToU8(sheet),
      ...more,
    })
  const sheet = (rows: string, before = '') =>
    `<?xml version="1.0"?>${before}<worksheet xmlns="${SPREADSHEET}"><sheetData>${rows}</sheetData></worksheet>`
  const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`

  const bombs: [string, () => Uint8Array | string, RegExp][] = [
    [
      'a cell in the last corner of a sheet',
      () =>
        workbook(sheet(`<row r="1">${text('A1', 'unit')}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)),
      /16384 columns/,
    ],
    [
      'the same, written in entities',
      () =>
        workbook(
          sheet(`<row r="1">${text('A1', 'unit')}</row><row r="1048576"><c r="XFD104857&#54;"><v>1</v></c></row>`),
        ),
      /place is written as/,
    ],
    [
      '300 MB packed into 300 kB',
      () => workbook(sheet(''), { 'xl/media/a.bin': new Uint8Array(300_000_000) }),
      /unpacks to more than 200 MB/,
    ],
    [
      'entities of entities',
      () =>
        workbook(
          sheet(
            `<row r="1">${text('A1', '&h;')}</row>`,
            `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'.replace(/./g, (name, i) => `<!ENTITY ${name} "${`&${'abcdefgh'[i]};`.repeat(10)}">`)}]>`,
          ),
        ),
      /must be headed/,
    ],
    [
      'a packed file that ends half-way',
      () => workbook(sheet(`<row r="1">${text('A1', 'unit')}</row>`)).subarray(0, 300),
      /cannot be read/,
    ],
    ['a line of a million columns', () => `unit${','.repeat(1_000_000)}\n`, /cannot be read/],
    ['a quote that is never closed', () => `unit,indicator,value\n"${'x'.repeat(5_000_000)}`, /cannot be read/],
    [
      'two million rows that name nothing',
      () => `unit,indicator,value\n${Array.from({ length: 2_000_000 }, (_, i) => `x${i},y,1`).join('\n')}`,
      /rows of|nothing|no unit/,
    ],
  ]

  const QUERY =
    'mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) { stored problemCount problems { message } } }'
  const upload = async (content: Uint8Array | string) => {
    const body = new FormData()
    body.set(
      'operations',
      JSON.stringify({
        query: QUERY,
        variables: { input: { year: 2022, asOf: '2022-06-30', status: 'OFFICIAL', file: null } },
      }),
    )
    body.set('map', JSON.stringify({ 0: ['variables.input.file'] }))
    body.set('0', new Blob([content as BlobPart]), 'bom.xlsx')
    const start = performance.now()
    const response = await fetch(own.url, { method: 'POST', headers, body })
    return { status: response.status, text: await response.text(), ms: performance.now() - start }
  }

  test.each(bombs)('%s', async (done, make, says) => {
    const content = make()
    await new Promise((resolve) => setTimeout(resolve, 50)) // connections that were closed meanwhile are forgotten
    const { status, text: answer, ms } = await upload(content)
    expect(status).toBeLessThan(500)
    expect(answer).toMatch(says)
    expect(ms).toBeLessThan(20_000)
    expect((await own.query('{ units { totalCount } }')).data).toEqual({ units: { totalCount: 140 } })
    hostile(`a file: ${done}`, 'refused by name, the server goes on')
  })

  test('what a spreadsheet would run as a formula leaves as a text, and comes back as it was', async () => {
    const formula = '=HYPERLINK("https://evil.example","x")'
    const stored = await own.query(
      'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }',
      {
        input: {
          unit: '102',
          year: 2022,
          asOf: '2022-06-30',
          status: 'OFFICIAL',
          source: formula,
          values: [{ indicator: 'macadamia-planted', value: 1 }],
        },
      },
      headers,
    )
    expect(stored.errors).toBeUndefined()
    const csv = await fetch(own.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/csv' },
      body: JSON.stringify({
        query: '{ unit(code: "102") { history(indicator: "macadamia-planted") { value source } } }',
      }),
    })
    const [, row] = (await csv.text()).split('\r\n')
    expect(row).toMatch(/^1,"'=HYPERLINK/)
    hostile('a formula in a text of an export', 'leaves with an apostrophe before it, and comes back without')
  })
})
