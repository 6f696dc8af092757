// What a stranger may not do: each refused with what it was, none with a stack or a 5xx.
import { request as httpRequest } from 'node:http'
import { shared } from './harness.ts'

const server = shared('demo')

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
])('%s', async (_, query, code) => {
  const response = await post(JSON.stringify({ query }))
  const { errors, data } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[]
    data?: unknown
  }
  expect(errors[0]?.extensions.code).toBe(code)
  expect(errors[0]?.message).toMatch(/allowed/)
  expect(data ?? null).toBeNull()
  expect(response.status).toBeLessThan(500)
})

test.each<[string, string]>([
  ['fragments in a circle', 'fragment A on Unit { ...B } fragment B on Unit { ...A } { unit(code: "11") { ...A } }'],
  ['a text of too many words', `{ ${'a: __typename '.repeat(6000)} }`],
  ['a flood of directives', `{ __typename ${'@skip(if: false) '.repeat(500)} }`],
  ['types of types of types', `{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} } '.repeat(9)} } } }`],
])('%s', async (_, query) => {
  const response = await post(JSON.stringify({ query }))
  const text = await response.text()
  expect(response.status).toBeLessThan(500)
  expect(JSON.parse(text).errors.length).toBeGreaterThan(0)
  expect(text).not.toMatch(/node_modules|\.js:\d/)
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
