// What a stranger may not do: each refused with what it was, none with a stack or a 5xx.
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readRows, unescapeFormula } from '@dienbien/targets/table'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { ANEW, cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

const server = shared('demo')

const hostile = (done: string, found: string, times = 1) => record({ suite: 'hostile', done, times, found })

const times = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join(' ')

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
  [
    'the whole schema, seven hundred times',
    `{ ${times(700, (i) => `a${i}: __schema { ...S }`)} } fragment S on __Schema { types { name fields { name args { name } } } }`,
    'TOO_COMPLEX',
  ],
  [
    'the whole directive under a thousand names',
    `{ ${times(20, (i) => `b${i}: directive { ...F }`)} } fragment F on Directive { ${times(800, (i) => `a${i}: document`)} }`,
    'TOO_COMPLEX',
  ],
  [
    'names as long as can be, on every unit, again and again',
    `{ ${times(5, (i) => `b${i}: units { nodes { ...F } }`)} } fragment F on Unit { ${times(400, (i) => `${'a'.repeat(196)}${i}: code`)} }`,
    'TOO_COMPLEX',
  ],
  [
    'a list in a list, two thousand times',
    `{ ranking(policy: ${'['.repeat(2000)}1${']'.repeat(2000)}) { year } }`,
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

test.each<[string, string, RegExp | null]>([
  [
    'a text of 200 kB of comments',
    `${'#\n'.repeat(100_000)}{ __typename }`,
    /200014 characters and 100000 are allowed/,
  ],
  [
    'fragments that stand in each other in ever other ways',
    `{ unit(code: "11") { ${times(60, (i) => `...F${i}`)} } } ${times(60, (i) => `fragment F${i} on Unit { parent { name ${times(59 - i, (j) => `...F${i + 1 + j}`)} } }`)}`,
    /fragments stand in each other in more ways/,
  ],
  // Compared with each other these were a third of a second each.
  ['the same field 480 times', `{ ${times(480, () => 'unit(code: "11") { name }')} }`, null],
  [
    '400 fragments in a row',
    `{ unit(code: "11") { ...F0 } } ${times(400, (i) => `fragment F${i} on Unit { name ...F${i + 1} }`)} fragment F400 on Unit { name }`,
    null,
  ],
])('%s, whose validation was long', async (done, query, problem) => {
  const response = await post(JSON.stringify({ query }))
  const { errors, data } = (await response.json()) as { errors?: { message: string }[]; data?: unknown }
  if (problem) expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(problem) })])
  else expect(data).toMatchObject({ unit: { name: expect.any(String) } })
  expect(response.status).toBe(200)
  hostile(done, errors?.[0]?.message.slice(0, 90) ?? 'answered')
})

/** Ten lines that stand for `2 ** depth` fields. */
const ladder = (depth: number) =>
  `query { unit(code: "103") { ...F0 } } ${times(depth, (i) => `fragment F${i} on Unit { p: parent { ...F${i + 1} } q: parent { ...F${i + 1} } }`)} fragment F${depth} on Unit { name }`

test.each<[string, string]>([
  ['a kilobyte of fragments that expands to 65,536 fields', ladder(16)],
  [
    'fragments that expand within any type',
    `query { node(id: "VW5pdDowOTk=") { ... on Unit { ...F0 } } } ${ladder(12).slice(ladder(12).indexOf('fragment'))}`,
  ],
  ['a thousand fields', `{ unit(code: "103") { ${times(1100, (i) => `a${i}: name`)} } }`],
  [
    'a hundred fields with a hundred conditions',
    `{ ${times(100, (i) => `a${i}: unit(code: "103") @include(if: true) { name }`)} }`,
  ],
])('%s is not compiled, however often it is asked', async (done, query) => {
  const text = `# ${Math.random()}\n${query}`
  const answers = []
  for (let i = 0; i < 12; i++) answers.push(await server.query(text, {}, ANEW))
  for (const { errors, extensions } of answers) {
    expect(errors).toBeUndefined()
    expect(extensions?.cost?.executor).toBe('interpreted')
  }
  hostile(done, 'answered by the interpreter', answers.length)
})

test.each([
  ['variables', '{ "query": "query ($p: JSON) { ranking(policy: $p) { year } }", "variables": { "p": NESTED } }'],
  ['extensions', '{ "query": "{ __typename }", "extensions": { "p": NESTED } }'],
  ['operationName', '{ "query": "{ __typename }", "operationName": NESTED }'],
  ['query', '{ "query": NESTED }'],
  ['documentId', '{ "documentId": NESTED }'],
  ['no parameter of ours', '{ "query": "{ __typename }", "other": NESTED }'],
])('%s nested a hundred thousand times are refused by name', async (_, body) => {
  const nested = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`
  const response = await post(body.replace('NESTED', nested))
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_COMPLEX' } }] })
  hostile('a list in a list in a parameter, 100,000 times', 'TOO_COMPLEX')
})

test('a long text where a name should be is no work, by whichever door it comes', async () => {
  const doors = [
    'unit(code: $x) { name }',
    'indicator(id: $x) { name }',
    'cluster(code: $x) { name }',
    'units(cluster: $x) { totalCount }',
    'units(parent: $x) { totalCount }',
    'units(after: $x) { totalCount }',
    'matrix(cluster: $x) { year }',
    'ranking(cluster: $x) { year }',
    'report(cluster: $x) { title }',
    'allocation(parent: $x) { target }',
    'completeness(cluster: $x) { expected }',
    'ranking(figures: [{ unit: $x, indicator: "exports", value: 1 }]) { year }',
    'ranking(figures: [{ unit: "103", indicator: $x, value: 1 }]) { year }',
    'evaluate(input: { facts: [{ indicator: $x, value: 1 }] }) { summary { met } }',
    'evaluate(input: { unit: $x, facts: [] }) { summary { met } }',
    'proposeAllocation(indicator: $x, by: EQUAL) { parts { value } }',
  ]
  // Each alone: one that fails ends its request.
  for (const door of doors) {
    const query = `query ($x: String!) { ${times(3, (i) => `a${i}: ${door}`)} }`
    const response = await post(JSON.stringify({ query, variables: { x: 'abcdefghij'.repeat(80_000) } }))
    const { errors } = (await response.json()) as { errors: { extensions: Record<string, unknown> }[] }
    expect([door, response.status < 500, errors.length > 0, errors[0]?.extensions.nearest]).toEqual([
      door,
      true,
      true,
      undefined,
    ])
  }
  hostile(
    'a name of 800 kB, three times a request, by 16 arguments',
    'refused at once, nothing like it is looked for',
    48,
  )
}, 120_000)

test('a policy of a kilobyte whose conditions ask twice for the next is refused', async () => {
  const { data } = await server.query<{ ranking: { policy: object } }>('{ ranking { policy } }')
  const conditions = Object.fromEntries(
    Array.from({ length: 25 }, (_, i) => [
      `c${i}`,
      i === 24
        ? { fact: 'planIssued', operator: 'equal', value: true }
        : { any: [{ condition: `c${i + 1}` }, { condition: `c${i + 1}` }] },
    ]),
  )
  const eligibility = [{ id: 'x', requirement: { vi: 'x', en: 'x' }, when: { condition: 'c0' } }]
  const { errors } = await server.query('query ($policy: JSON) { ranking(policy: $policy) { year } }', {
    policy: { ...data.ranking.policy, conditions, eligibility },
  })
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_CONDITION' } })
  hostile('a policy of 25 conditions that is 16 million tests', 'BAD_CONDITION: more than 1000 parts')
})

test.each([
  // What stands around a row is written again in each: in JSON both are a megabyte, at a cost of 22,000.
  [
    'the sources of a unit beside each of its figures, as a table',
    `{ units { nodes { ${times(100, (i) => `a${i}: source`)} measurements { value } } } }`,
  ],
  [
    'the sources of a unit beside each of its explanations, as a table',
    `{ units(first: 100) { nodes { ${times(60, (i) => `a${i}: source`)} evaluation { results { explanation } } } } }`,
  ],
])('%s', async (done, query) => {
  for (const accept of ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']) {
    const response = await post(JSON.stringify({ query }), { accept })
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'TOO_COMPLEX' } }] },
    ])
  }
  hostile(done, '400 TOO_COMPLEX, as CSV and XLSX', 2)
})

test('lists beside each other are no table of all columns by all rows', async () => {
  const query = `{ ${times(300, (i) => `a${i}: units { nodes { code } }`)} }`
  for (const accept of ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']) {
    const response = await post(JSON.stringify({ query }), { accept, 'accept-language': 'vi' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('hãy hỏi từng danh sách một'), extensions: { code: 'TOO_COMPLEX' } }],
    })
  }
  hostile('300 lists of 140 rows as one table of 12 million cells', '400 TOO_COMPLEX, as CSV and XLSX', 2)
})

test('fields that fail at once beside fields that fail later do not end the server', async () => {
  const query =
    '{ savedQueries { trusted } completeness(level: DISTRICT) { unit { children(first: 3) { nodes { history(indicator: "poverty-rate") { year } } } measurements(year: 200) { asOf } } } }'
  const asked = 20
  for (let i = 0; i < asked; i++) {
    const { errors } = await server.query(query)
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'UNKNOWN_YEAR' } })
    expect((await server.query('{ units(first: 1) { nodes { code } } }')).data).toEqual({
      units: { nodes: [{ code: '11' }] },
    })
  }
  hostile('fields that fail at once beside fields that fail later', 'told; the server goes on', asked)
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
    (await server.query(`{ units(first: ${first}) { nodes { name } } }`, {}, ANEW)).extensions?.cost
      ?.complexity as number
  // Finding them costs the same; then each its values.
  expect((await cost(100)) - (await cost(10))).toBeGreaterThanOrEqual(90)
  const byVariable = async (first: number) =>
    (await server.query('query ($first: Int) { units(first: $first) { nodes { name } } }', { first }, ANEW)).extensions
      ?.cost?.complexity
  // A text costs its reading when it comes for the first time.
  await byVariable(10)
  expect(await byVariable(100)).toBe(await cost(100))
})

test('every answer says what it may not become: a script, a frame, another type', async () => {
  const answers: [string, string, RequestInit][] = [
    ['GraphiQL', server.url, { headers: { accept: 'text/html' } }],
    ['the scoreboard', `${server.origin}/`, { headers: { accept: 'text/html' } }],
    ['a view of it', `${server.origin}/don-vi/102`, {}],
    ['a file of GraphiQL', `${server.origin}/graphiql/graphiql.js`, {}],
    ['no file of GraphiQL', `${server.origin}/graphiql/none.js`, {}],
    ['no file', `${server.origin}/assets/none.js`, {}],
    ['nothing there', `${server.origin}/none`, { method: 'POST' }],
    ['no saved query', `${server.url}?saved=%3Cscript%3E`, { headers: { accept: 'text/html' } }],
    ['an answer', `${server.url}?query={__typename}`, {}],
    ['no query', server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
    ['too large', server.url, { method: 'POST', body: `{"query":"# ${'x'.repeat(1_100_000)}"}` }],
    ['a table', `${server.url}?query={units{nodes{name}}}`, { headers: { accept: 'text/csv' } }],
    [
      'live answers',
      `${server.url}?query=subscription{evaluationChanged(unit:"102"){at}}`,
      { headers: { accept: 'text/event-stream' } },
    ],
    ['health', `${server.origin}/health/live`, {}],
    ['no health', `${server.origin}/health/none`, {}],
  ]
  for (const [name, url, init] of answers) {
    const { headers, body } = await fetch(url, init)
    await body?.cancel()
    expect([name, headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual([
      name,
      'nosniff',
      'DENY',
    ])
    const policy = headers.get('content-security-policy') ?? ''
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1]
    expect([name, policy]).toEqual([name, expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/)])
    expect([undefined, "'self'"]).toContain(scripts)
    expect(policy).toContain("base-uri 'none'")
    const isPage = headers.get('content-type')?.startsWith('text/html') ?? false
    expect([name, isPage]).toEqual([name, scripts !== undefined])
  }
  hostile(
    'pages, files, answers, tables and errors asked for as pages',
    'each has a policy that runs no script but the files of the server',
    answers.length,
  )
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

test('words that are no words are refused by name, wherever they stand and however they are written', async () => {
  const messages = async (body: object | string) => {
    const response = await post(typeof body === 'string' ? body : JSON.stringify(body))
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] }
    return [response.status < 500, errors[0]?.extensions.code, errors[0]?.message]
  }
  const query = 'query ($x: String!) { unit(code: $x) { name } }'
  const sent: [string, object | string, RegExp][] = [
    ['an escape with braces', { query: '{ unit(code: "\\u{0}") { name } }' }, /code holds the character U\+0000/],
    [
      'turned direction in braces',
      { query: '{ units(search: "\\u{202E}x") { totalCount } }' },
      /search holds .* U\+202E/,
    ],
    ['a block string', { query: '{ units(search: """a\u202eb""") { totalCount } }' }, /query holds .* U\+202E/],
    [
      'a default',
      { query: 'query ($x: String = "\\u{0}") { units(search: $x) { totalCount } }' },
      /\$x holds .* U\+0000/,
    ],
    ['a variable', { query, variables: { x: 'a\u0000' } }, /variables.x holds .* U\+0000/],
    ['half a pair', `{"query":${JSON.stringify(query)},"variables":{"x":"\\ud800"}}`, /variables.x holds .* U\+D800/],
    [
      'a key',
      { query: 'query ($x: JSON) { ranking(policy: $x) { asOf } }', variables: { x: { '\u0000': 1 } } },
      /U\+0000/,
    ],
    ['an id of a document', { documentId: '\u0000' }, /documentId holds .* U\+0000/],
    ['a name of an operation', { query: '{ __typename }', operationName: '\u0000' }, /operationName holds/],
    ['extensions', { query: '{ __typename }', extensions: { a: ['\u0000'] } }, /extensions.a\[0\] holds/],
    [
      'an alias of 90,000 letters',
      { query: `{ ${'a'.repeat(90_000)}: unit(code: "11") { name } }` },
      /90000 characters/,
    ],
    [
      'a code of 900,000 letters',
      { query, variables: { x: 'a'.repeat(900_000) } },
      /code has 900000 characters and may have 200/,
    ],
    [
      'a key of 900 letters',
      { query: 'query ($x: JSON) { ranking(policy: $x) { asOf } }', variables: { x: { ['k'.repeat(900)]: 1 } } },
      /name has 900 characters/,
    ],
    [
      'a list of 2,000',
      {
        query: 'query ($x: [String!]) { unit(code: "11") { measurements(indicators: $x) { value } } }',
        variables: { x: Array(2000).fill('a') },
      },
      /2000 items and may have 1000/,
    ],
    [
      'a number of 400 digits',
      '{"query":"query ($x: Float!) { proposeAllocation(indicator: \\"exports\\", by: EQUAL, total: $x) { __typename } }","variables":{"x":1e400}}',
      /total is Infinity/,
    ],
    [
      'minus nought',
      { query: '{ evaluate(input: { facts: [{ indicator: "exports", value: -0.0 }] }) { summary { met } } }' },
      /write 0/,
    ],
  ]
  for (const [name, body, message] of sent) {
    expect([name, ...(await messages(body))]).toEqual([name, true, 'BAD_INPUT', expect.stringMatching(message)])
  }
  hostile(
    'NUL, turned direction, half a character, depth, length and number beyond measure: in escapes, variables, keys, names and ids',
    'refused by the name of the argument',
    sent.length,
  )
})

test('a hundred clients that never finish do not keep others waiting, and are cut off', async () => {
  const { port, hostname } = new URL(server.url)
  const sockets = Array.from({ length: 100 }, (_, i) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.resume()
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\n')
    if (i % 2) socket.write('content-type: application/json\r\ncontent-length: 1000\r\n\r\n{')
    return socket
  })
  const begun = performance.now()
  const closed = (socket: Socket) =>
    new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now() - begun)))
  const slow = setInterval(() => {
    // A header's name grows, which is right all the while; a space there would be cut off as no header.
    for (const [i, socket] of sockets.entries()) if (!socket.destroyed) socket.write(i % 2 ? ' ' : 'a')
  }, 3000)
  const allClosed = Promise.all(sockets.map(closed))
  const { data } = await server.query('{ units(first: 1) { nodes { code } } }')
  expect(data).toEqual({ units: { nodes: [{ code: '11' }] } })
  expect(sockets.filter((socket) => socket.closed)).toEqual([]) // answered while they still hang on
  const after = await allClosed
  clearInterval(slow)
  for (const socket of sockets) socket.destroy()
  expect(Math.max(...after)).toBeLessThan(25_000) // looked for every few seconds, so a little later than their time
  hostile('headers and bodies sent byte by byte', 'others are answered meanwhile; cut off after 10 s', 100)
}, 100_000)

describe('files', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-hostile-'))
  let server: RunningServer
  let headers: Record<string, string>
  beforeAll(async () => {
    const environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
    server = await start(environment)
    headers = bearer(tokens(() => environment)('--role', 'administrator'))
  })
  afterAll(async () => {
    await server.stop()
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
    'mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) { stored problemCount problems { message } errors { message } } }'
  const formOf = (content: Uint8Array | string) => {
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
    return body
  }
  const upload = async (content: Uint8Array | string) => {
    const response = await fetch(server.url, { method: 'POST', headers, body: formOf(content) })
    return { status: response.status, text: await response.text() }
  }

  test.each(bombs)(
    '%s',
    async (done, make, says) => {
      const content = make()
      await new Promise((resolve) => setTimeout(resolve, 50)) // connections that were closed meanwhile are forgotten
      const { status, text: answer } = await upload(content)
      expect(status).toBeLessThan(500)
      expect(answer).toMatch(says)
      expect((await server.query('{ units { totalCount } }')).data).toEqual({ units: { totalCount: 140 } })
      hostile(`a file: ${done}`, 'refused by name, the server goes on')
    },
    120_000,
  ) // where such a file was read to its end, that took 190 s or had none

  test('a file that says that it unpacks to 3 GB is refused before any room is taken for it', async () => {
    const file = workbook(sheet(''))
    const bytes = Buffer.from(file)
    // The size that the first entry declares of itself, after its signature.
    bytes.writeUInt32LE(3_000_000_000, bytes.indexOf('PK\u0003\u0004', 0, 'latin1') + 22)
    const { status, text: answer } = await upload(bytes)
    expect([status < 500, answer]).toEqual([true, expect.stringMatching(/unpacks to more than 200 MB/)])
    hostile('a file of 1 kB that says that it unpacks to 3 GB', 'refused by name before any room is taken')
  })

  test('while a large file is read, others are answered', async () => {
    const large = `unit,indicator,value\n${Array.from({ length: 1_500_000 }, (_, i) => `x${i},y,1`).join('\n')}`
    const form = new Request(server.url, { method: 'POST', body: formOf(large) })
    const body = Buffer.from(await form.arrayBuffer())
    let isRead = false
    const sent = httpRequest(server.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': form.headers.get('content-type') ?? '', 'content-length': body.length },
    })
    const reading = new Promise<string>((resolve, reject) => {
      sent.on('error', reject)
      sent.on('response', (response) => {
        isRead = true
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve(text))
      })
    })
    await new Promise<void>((resolve) => sent.end(body, resolve))
    // All of it is on its way. Were it read in the server's own thread, one or two would be answered before its end.
    let answered = 0
    while (!isRead) {
      expect((await fetch(`${server.origin}/health/live`)).status).toBe(200)
      if (!isRead) answered++
    }
    expect(answered).toBeGreaterThan(50)
    expect(await reading).toMatch(/no unit/)
    hostile('a file of 1.5 million rows while others ask', 'they are answered meanwhile: files are read aside')
  })

  const OPERATIONS = JSON.stringify({
    query: QUERY,
    variables: { input: { year: 2022, asOf: '2022-06-30', status: 'OFFICIAL', file: null, dryRun: true } },
  })
  const MAP = JSON.stringify({ 0: ['variables.input.file'] })
  const CSV = new Blob(['unit,macadamia-planted\n102,1\n'])
  type Part = readonly [string, string | Blob, string?]
  const FILE: Part = ['0', CSV, 'a.csv']
  const forms: [string, readonly Part[], RegExp][] = [
    [
      'a text where the file belongs',
      [
        ['operations', OPERATIONS],
        ['map', MAP],
        ['0', 'unit'],
      ],
      /"unit\\" is no file/,
    ],
    [
      'no file',
      [
        ['operations', OPERATIONS],
        ['map', MAP],
      ],
      /File!\\" not to be null/,
    ],
    [
      'a file where a text belongs too',
      [['operations', OPERATIONS], ['map', '{"0":["variables.input.file","variables.input.source"]}'], FILE],
      /String cannot represent/,
    ],
    ['a file where the query belongs', [['operations', OPERATIONS], ['map', '{"0":["query"]}'], FILE], /query/],
    [
      'an empty file',
      [
        ['operations', OPERATIONS],
        ['map', MAP],
        ['0', new Blob([]), 'a.csv'],
      ],
      /the file is empty/,
    ],
    [
      'a name of 300 letters',
      [
        ['operations', OPERATIONS],
        ['map', MAP],
        ['0', CSV, 'a'.repeat(300)],
      ],
      /name has 300 characters and may have 200/,
    ],
    [
      'a name that turns its direction',
      [
        ['operations', OPERATIONS],
        ['map', MAP],
        ['0', CSV, 'a\u202evsc.exe'],
      ],
      /U\+202E/,
    ],
    [
      'a map that names no path',
      [['operations', OPERATIONS], ['map', '{"0":5}'], FILE],
      /multipart request specification/,
    ],
    ['a map that is no object', [['operations', OPERATIONS], ['map', '"x"'], FILE], /BAD_/],
    ['operations that are none', [['operations', 'null'], ['map', MAP], FILE], /multipart request specification/],
    ['no operations', [['map', MAP], FILE], /\\"operations\\"/],
    [
      'operations of 1.1 MB',
      [['operations', `${OPERATIONS}${' '.repeat(1_100_000)}`], ['map', MAP], FILE],
      /1000000 bytes/,
    ],
    [
      'three thousand files',
      [
        ['operations', OPERATIONS],
        ['map', MAP],
        ...Array.from({ length: 3000 }, (_, i): Part => [`${i}`, CSV, 'a.csv']),
      ],
      /Files limit exceeded: 10/,
    ],
    [
      'three thousand fields',
      [['operations', OPERATIONS], ['map', MAP], ...Array.from({ length: 3000 }, (_, i): Part => [`f${i}`, 'x'])],
      /Fields limit exceeded: 10/,
    ],
  ]

  test.each(forms)('a form with %s', async (_, parts, says) => {
    const body = new FormData()
    for (const [name, value, fileName] of parts) {
      if (typeof value === 'string') body.append(name, value)
      else body.append(name, value, fileName)
    }
    const response = await fetch(server.url, { method: 'POST', headers, body })
    const answer = await response.text()
    expect([response.status < 500, answer]).toEqual([true, expect.stringMatching(says)])
    expect(answer).not.toMatch(/INTERNAL_SERVER_ERROR|"stored":[1-9]/)
    // On the same connection, where the rest of the form may still be on its way.
    expect((await server.query('{ units { totalCount } }')).data).toEqual({ units: { totalCount: 140 } })
  })
  afterAll(() =>
    hostile(
      'forms with too much, too little, or another thing in each place',
      'each told what is wrong; the connection goes on',
      forms.length,
    ),
  )

  test.each(['"text"', '5', '{ a: 1 }'])('file: %s in place of a form is told what a file is', async (literal) => {
    const query = `mutation { importMeasurements(input: { year: 2022, file: ${literal} }) { read errors { message } } }`
    const { errors } = await server.query(query, {}, headers)
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/is no file: send a form/),
      extensions: { code: 'BAD_INPUT' },
    })
  })

  test('texts come back from CSV and XLSX as they were, whatever they begin with', async () => {
    const texts = [
      '=1+1',
      '+84',
      '-5',
      '@SUM(A1)',
      '＝1',
      '＋1',
      '－1',
      '＠1',
      "'=1",
      "''=1",
      "'a",
      'a;=1',
      'a\n=1',
      '"=1"',
    ]
    const submit = (day: number, source: string) =>
      server.query(
        'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }',
        {
          input: {
            unit: '103',
            year: 2022,
            asOf: `2022-05-${10 + day}`,
            status: 'OFFICIAL',
            source,
            values: [{ indicator: 'macadamia-planted', value: day + 1 }],
          },
        },
        headers,
      )
    for (const [i, source] of texts.entries()) expect((await submit(i, source)).errors).toBeUndefined()
    const query =
      '{ unit(code: "103") { history(indicator: "macadamia-planted") { indicator { id } value asOf status source } } }'
    const sources = async () =>
      (await server.query<{ unit: { history: { value: number; source: string }[] } }>(query)).data.unit.history.map(
        ({ source }) => source,
      )
    const before = await sources()
    expect(before).toEqual(expect.arrayContaining(texts))
    for (const type of ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']) {
      const table = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: type },
        body: JSON.stringify({ query }),
      })
      const bytes = new Uint8Array(await table.arrayBuffer())
      if (type === 'text/csv') expect(Buffer.from(bytes).toString()).not.toMatch(/(^|[,;\t\n])"?[=+@＝＋－＠]/m)
      // The same figures with another value, so that all of them are stored anew with the source that was read.
      const rows = (await readRows(Buffer.from(bytes))).map((row) =>
        row.map((cell) => unescapeFormula(String(cell ?? ''))),
      )
      const at = rows[0]?.indexOf('source') ?? -1
      expect([type, rows.slice(1).map((row) => row[at])]).toEqual([type, before])
    }
    hostile(
      'texts that begin with signs of formulas, exported and read again',
      'as they were, from CSV and XLSX',
      texts.length * 2,
    )
  })

  test('what a spreadsheet would run as a formula leaves as a text, and comes back as it was', async () => {
    const formula = '=HYPERLINK("https://evil.example","x")'
    const stored = await server.query(
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
    const csv = await fetch(server.url, {
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
