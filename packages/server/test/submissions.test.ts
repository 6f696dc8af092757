// Figures in, by the right people, over real HTTP.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

let server: RunningServer
const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start(environment)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

const token = tokens(() => environment)

interface SubmitAnswer {
  readonly submitMeasurements: {
    readonly measurements: readonly {
      readonly value: number
      readonly revision: number
      readonly indicator: { readonly id: string }
    }[]
    readonly errors: readonly { readonly path: readonly string[]; readonly code: string; readonly message: string }[]
    readonly warnings: readonly { readonly indicators: readonly string[]; readonly message: string }[]
  }
}
const SUBMIT = `mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) {
  measurements { indicator { id } value asOf status revision source synthetic } errors { path code message } warnings { indicators message } } }`

const input = (values: object[], extra: object = {}) => ({
  unit: '102',
  year: 2022,
  asOf: '2022-09-30',
  status: 'PRELIMINARY',
  source: 'Báo cáo quý III',
  values,
  ...extra,
})
const submit = (body: object, jwt?: string): Promise<Answer<SubmitAnswer>> =>
  server.query<SubmitAnswer>(SUBMIT, { input: body }, jwt ? bearer(jwt) : {})

test('a reporter stores figures of the own unit, the evaluation changes, a correction is a new revision', async () => {
  const jwt = token('--role', 'reporter', '--unit', '102')
  const first = await submit(
    input([
      { indicator: 'macadamia-planted', value: 812.5 },
      { indicator: 'literacy-level-2', value: 1 },
    ]),
    jwt,
  )
  expect(first.data.submitMeasurements).toMatchObject({
    measurements: [
      {
        indicator: { id: 'macadamia-planted' },
        value: 812.5,
        revision: 1,
        asOf: '2022-09-30',
        status: 'PRELIMINARY',
        source: 'Báo cáo quý III',
        synthetic: false,
      },
      { indicator: { id: 'literacy-level-2' }, value: 1, revision: 1 },
    ],
    errors: [],
    warnings: [],
  })
  const again = await submit(input([{ indicator: 'macadamia-planted', value: 820 }]), jwt)
  expect(again.data.submitMeasurements.measurements).toMatchObject([{ value: 820, revision: 2 }])
  const { data } = await server.query<{ unit: { evaluation: { results: object[] } } }>(
    '{ unit(code: "102") { evaluation(asOf: "2022-09-30") { results(status: [MET, IN_PROGRESS]) { indicator { id } status value pace } } } }',
  )
  expect(data.unit.evaluation.results).toEqual([
    { indicator: { id: 'macadamia-planted' }, status: 'IN_PROGRESS', value: 820, pace: 'AHEAD' },
    { indicator: { id: 'literacy-level-2' }, status: 'MET', value: 1, pace: null },
  ])
})

test('the history of a figure keeps every revision, the one that counts first', async () => {
  const { data } = await server.query<{
    unit: { history: readonly { value: number; revision: number; recordedAt: string }[] }
  }>('{ unit(code: "102") { history(indicator: "macadamia-planted") { value revision status asOf recordedAt } } }')
  expect(data.unit.history.map(({ value, revision }) => [value, revision])).toEqual([
    [820, 2],
    [812.5, 1],
  ])
  for (const { recordedAt } of data.unit.history) {
    expect(Math.abs(Date.now() - Date.parse(recordedAt))).toBeLessThan(300_000)
  }
})

test('official beats preliminary of the same date, whenever it came', async () => {
  const jwt = token('--role', 'administrator')
  const report = (status: string, value: number) =>
    submit(input([{ indicator: 'jobs-created', value }], { unit: '099', status }), jwt)
  await report('OFFICIAL', 500)
  await report('PRELIMINARY', 600)
  const { data } = await server.query(
    '{ unit(code: "099") { measurements(indicators: ["jobs-created"]) { value status } } }',
  )
  expect(data).toEqual({ unit: { measurements: [{ value: 500, status: 'OFFICIAL' }] } })
})

test('a reporter of a district reports for its communes too', async () => {
  const jwt = token('--role', 'reporter', '--unit', '102')
  const { data } = await submit(input([{ indicator: 'poverty-rate', value: 30 }], { unit: '03256' }), jwt)
  expect(data.submitMeasurements.errors).toEqual([])
})

test.each([
  ['forest-cover', 140, 'OUT_OF_RANGE', 'is a share: from 0 to 100%'],
  ['forest-cover', -5, 'OUT_OF_RANGE', 'is a share'],
  ['poor-households', 3.5, 'OUT_OF_RANGE', 'counts households: a whole number'],
  ['grain-output', -1, 'OUT_OF_RANGE', 'is a total: not negative'],
  ['grdp-growth', 7, 'NOT_MEASURED', 'not measured for a district, only for a province'],
])('%s of %p is refused: %s', async (indicator, value, code, words) => {
  const { data } = await submit(
    input([{ indicator, value }], { unit: '103' }),
    token('--role', 'reporter', '--unit', '103'),
  )
  expect(data.submitMeasurements).toMatchObject({
    measurements: [],
    errors: [{ code, message: expect.stringContaining(words) }],
  })
})

test('all or nothing: every problem is told with its path, and nothing is stored', async () => {
  const jwt = token('--role', 'reporter', '--unit', '103')
  const { data } = await submit(
    input(
      [
        { indicator: 'grain-output', value: 5 },
        { indicator: 'grain-outpt', value: 5 },
        { indicator: 'grain-output', value: 6 },
        { indicator: 'literacy-level-2', value: 0.5 },
      ],
      { unit: '103', asOf: '2021-09-30' },
    ),
    jwt,
  )
  expect(data.submitMeasurements.measurements).toEqual([])
  expect(data.submitMeasurements.errors).toEqual([
    { path: ['input', 'asOf'], code: 'BAD_DATE', message: 'asOf 2021-09-30 does not lie in 2022' },
    {
      path: ['input', 'values', '1', 'indicator'],
      code: 'UNKNOWN_INDICATOR',
      message: 'no indicator "grain-outpt"; did you mean "grain-output"?',
    },
    {
      path: ['input', 'values', '2', 'indicator'],
      code: 'DUPLICATE_INDICATOR',
      message: '"grain-output" is given twice',
    },
    {
      path: ['input', 'values', '3', 'value'],
      code: 'WRONG_TYPE',
      message: '"literacy-level-2" takes 1 (maintained) or 0, not 0.5',
    },
  ])
  const { data: after } = await server.query('{ unit(code: "103") { measurements { value } } }')
  expect(after).toEqual({ unit: { measurements: [] } })
})

test('figures that do not agree are stored with a warning', async () => {
  const { data } = await submit(
    input(
      [
        { indicator: 'new-rural-met', value: 3 },
        { indicator: 'new-rural-basic', value: 4 },
        { indicator: 'new-rural-total', value: 8 },
      ],
      { unit: '100' },
    ),
    token('--role', 'reporter', '--unit', '100'),
  )
  expect(data.submitMeasurements.measurements).toHaveLength(3)
  expect(data.submitMeasurements.warnings).toEqual([
    {
      indicators: ['new-rural-met', 'new-rural-basic', 'new-rural-total'],
      message: 'Tổng các phần khác tổng số: 3 + 4 = 7, 8',
    },
  ])
})

test('the same idempotency key stores once and answers the same; with other content it is refused', async () => {
  const jwt = token('--role', 'reporter', '--unit', '096')
  const body = (value: number) => input([{ indicator: 'forest-cover', value }], { unit: '096', idempotencyKey: 'q3' })
  const first = await submit(body(45), jwt)
  const second = await submit(body(45), jwt)
  expect(first.data.submitMeasurements.measurements).toMatchObject([{ value: 45, revision: 1 }])
  expect(second.data).toEqual(first.data)
  const other = await submit(body(46), jwt)
  expect(other.data.submitMeasurements).toMatchObject({
    measurements: [],
    errors: [{ path: ['input', 'idempotencyKey'], code: 'IDEMPOTENCY_CONFLICT' }],
  })
})

test('an empty idempotency key is refused by name, not taken for none', async () => {
  const body = input([{ indicator: 'forest-cover', value: 43 }], { unit: '095', idempotencyKey: '' })
  const { errors } = await submit(body, token('--role', 'administrator'))
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_INPUT', argument: 'input.idempotencyKey' } }])
})

test('the same key many times at once stores once, and all get the same answer', async () => {
  const jwt = token('--role', 'administrator')
  const body = input([{ indicator: 'forest-cover', value: 44 }], { unit: '101', idempotencyKey: 'at once' })
  const answers = await Promise.all(Array.from({ length: 12 }, () => submit(body, jwt)))
  for (const { data } of answers) {
    expect(data.submitMeasurements).toMatchObject({ measurements: [{ value: 44, revision: 1 }], errors: [] })
  }
})

test('of many who correct one figure at once, with and without a key, each gets a revision of its own', async () => {
  const jwt = token('--role', 'administrator')
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => {
      const key = i % 2 === 0 ? { idempotencyKey: `many ${i}` } : {}
      return submit(input([{ indicator: 'grain-output', value: i }], { unit: '098', ...key }), jwt)
    }),
  )
  const revisions = answers.flatMap(({ data }) => data.submitMeasurements.measurements.map(({ revision }) => revision))
  expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(answers.flatMap(({ data }) => data.submitMeasurements.errors)).toEqual([])
})

describe('refuses', () => {
  const body = input([{ indicator: 'poverty-rate', value: 30 }], { unit: '097' })
  const codeOf = async (jwt?: string) => (await submit(body, jwt)).errors?.[0]?.extensions.code

  test('nobody', async () => expect(await codeOf()).toBe('UNAUTHENTICATED'))
  test("another unit's reporter", async () =>
    expect(await codeOf(token('--role', 'reporter', '--unit', '096'))).toBe('FORBIDDEN'))
  test("a commune's reporter for its district", async () =>
    expect(await codeOf(token('--role', 'reporter', '--unit', '03172'))).toBe('FORBIDDEN'))
  test.each(['analyst', 'head', 'council'])('the role %s', async (role) =>
    expect(await codeOf(token('--role', role, '--unit', '097'))).toBe('FORBIDDEN'),
  )

  const sign = (change: (jwt: SignJWT) => SignJWT, key = new Uint8Array(32)) =>
    change(
      new SignJWT({ role: 'administrator' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('x')
        .setIssuer('dienbien')
        .setAudience('dienbien-api')
        .setExpirationTime('1h'),
    ).sign(key)
  test('a token of an unknown key', async () => expect(await codeOf(await sign((jwt) => jwt))).toBe('UNAUTHENTICATED'))
  test('an expired token', async () => {
    expect(await codeOf(token('--role', 'administrator', '--expires=-1m'))).toBe('UNAUTHENTICATED')
  })
  test('the algorithm none', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = {
      role: 'administrator',
      sub: 'x',
      iss: 'dienbien',
      aud: 'dienbien-api',
      exp: Math.floor(Date.now() / 1000) + 3600,
    }
    expect(await codeOf(`${part({ alg: 'none' })}.${part(claims)}.`)).toBe('UNAUTHENTICATED')
  })
  test('what is no token', async () => expect(await codeOf('abc')).toBe('UNAUTHENTICATED'))

  test('and answers an invalid token with 401, also where reading is open', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer('abc') },
      body: '{ "query": "{ units { totalCount } }" }',
    })
    expect(response.status).toBe(401)
  })
  test('an unknown unit, by name', async () => {
    const { data } = await submit({ ...body, unit: '97' }, token('--role', 'administrator'))
    expect(data.submitMeasurements.errors).toMatchObject([
      { code: 'UNKNOWN_UNIT', path: ['input', 'unit'], message: expect.stringContaining('"097"') },
    ])
  })
})
