// What looks like an answer and is none: an error that names the argument, or a reason.
import { type GraphQLInputType, type GraphQLObjectType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import { fieldsOf, type Path, rightFor, schema, withValue } from './every-field.ts'
import { cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

afterAll(cleanUp)

describe('an argument under which nothing can be found is an error', () => {
  test.each([
    [
      'a period turned round',
      'completeness(from: "2022-12-31", asOf: "2022-06-30") { reported }',
      { code: 'BAD_DATE', argument: 'from', value: '2022-12-31', nearest: '2022-06-30' },
    ],
    [
      'a period of another year',
      'completeness(from: "2021-03-01", asOf: "2022-06-30") { reported }',
      { code: 'BAD_DATE', argument: 'from', value: '2021-03-01', nearest: '2022-01-01' },
    ],
    [
      'figures of a section that has none',
      'figureGroups(by: [UNIT], where: { section: "9.9" }) { count }',
      { code: 'UNKNOWN_SECTION', argument: 'where.section', value: '9.9' },
    ],
    [
      'indicators of a section that has none',
      'indicators(section: "3.4") { totalCount }',
      { code: 'UNKNOWN_SECTION', argument: 'section', value: '3.4', nearest: '3.1' },
    ],
    [
      'an order by what is not grouped',
      'figureGroups(by: [UNIT], orderBy: FIGURE_STATUS) { count }',
      { code: 'BAD_INPUT', argument: 'orderBy', value: 'FIGURE_STATUS', nearest: 'UNIT' },
    ],
    [
      'an indicator by its name',
      'indicator(id: "Tỷ lệ che phủ rừng") { id }',
      { code: 'UNKNOWN_INDICATOR', argument: 'id', nearest: 'forest-cover' },
    ],
    [
      'an indicator by a part of its id',
      'unit(code: "11") { history(indicator: "macadamia") { value } }',
      { code: 'UNKNOWN_INDICATOR', argument: 'indicator', nearest: 'macadamia-planted' },
    ],
    [
      'an indicator by a part of its id that is a part of the name of another too',
      'indicator(id: "forest") { id }',
      { code: 'UNKNOWN_INDICATOR', argument: 'id', nearest: expect.stringMatching(/^forest-/) },
    ],
    ...['Unit:999', 'Cluster:cum-vung-cao', 'Measurement:abc', 'SavedQuery:none', 'Nothing:1'].map(
      (id): [string, string, object] => {
        const value = Buffer.from(id).toString('base64')
        const told = { code: 'NOT_FOUND', argument: 'id', value }
        return [`a global id that leads nowhere: ${id}`, `node(id: "${value}") { id }`, told]
      },
    ),
  ])('%s', async (_, query, extensions) => {
    const { errors } = await shared('demo').query(`{ ${query} }`)
    expect(errors?.[0]?.extensions).toMatchObject(extensions)
  })
})

test('roll-ups that were not compared say why, and are not left out as if they agreed', async () => {
  interface RollUp {
    readonly indicator: { readonly id: string }
    readonly own: number | null
    readonly children: number | null
    readonly differs: boolean
    readonly reason: string | null
    readonly ownAsOf: string | null
    readonly childrenAsOf: string | null
  }
  const { data } = await shared('demo').query<{ unit: { all: RollUp[]; open: RollUp[] } }>(
    `{ unit(code: "11") { all: rollUps { ...of } open: rollUps(differing: true) { ...of } } }
     fragment of on RollUp { indicator { id } own children differs reason(locale: EN) ownAsOf childrenAsOf }`,
  )
  const otherDays = data.unit.open.filter(
    ({ reason }) => reason === 'Not compared: the figures are not all of one day.',
  )
  expect(otherDays.length).toBeGreaterThan(0)
  for (const { own: value, children, ownAsOf, childrenAsOf } of otherDays) {
    expect([value, children]).not.toContain(null)
    expect(ownAsOf).not.toBe(childrenAsOf)
  }
  const agreeing = data.unit.all.filter(
    (rollUp) => !data.unit.open.some(({ indicator }) => indicator.id === rollUp.indicator.id),
  )
  for (const rollUp of agreeing) expect(rollUp).toMatchObject({ differs: false, reason: null })
})

describe('the same value sent again', () => {
  let server: RunningServer
  let reporter: Record<string, string>
  beforeAll(async () => {
    const environment = await ownDatabase('plain')
    server = await start(environment)
    reporter = bearer(tokens(() => environment)('--role', 'reporter', '--unit', '097'))
  })
  afterAll(() => server.stop())

  const submit = async (values: object[], more: object = {}) => {
    const input = { unit: '097', year: 2022, asOf: '2022-06-30', status: 'PRELIMINARY', values, ...more }
    const { data } = await server.query<{
      submitMeasurements: { unchanged: string[]; measurements: { revision: number; value: number }[]; errors: object[] }
    }>(
      `mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) {
         unchanged measurements { value revision } errors { code message } } }`,
      { input },
      reporter,
    )
    return data.submitMeasurements
  }
  const poverty = (value: number) => ({ indicator: 'poverty-rate', value })
  const source = 'Báo cáo 45/BC-UBND'

  test('stores nothing and says so; another value or another source is the next revision', async () => {
    expect(await submit([poverty(61.2)], { source })).toMatchObject({ unchanged: [], measurements: [{ revision: 1 }] })
    const again = await submit([poverty(61.2), { indicator: 'poor-households', value: 7104 }], { source })
    expect(again).toMatchObject({
      unchanged: ['poverty-rate'],
      measurements: [
        { value: 61.2, revision: 1 },
        { value: 7104, revision: 1 },
      ],
    })
    expect(await submit([poverty(61.2)])).toMatchObject({
      unchanged: ['poverty-rate'],
      measurements: [{ revision: 1 }],
    })
    expect(await submit([poverty(60.9)])).toMatchObject({ unchanged: [], measurements: [{ revision: 2 }] })
    expect(await submit([poverty(60.9)], { source })).toMatchObject({ unchanged: [], measurements: [{ revision: 3 }] })
    // As it was at first is not as it is.
    expect(await submit([poverty(61.2)], { source })).toMatchObject({ unchanged: [], measurements: [{ revision: 4 }] })
  })

  test('thirty at once store it once, whoever shares a commit with whom', async () => {
    const value = { indicator: 'forest-cover', value: 44.75 }
    const all = await Promise.all(Array.from({ length: 30 }, () => submit([value], { source })))
    expect(all.map(({ measurements }) => measurements[0]?.revision)).toEqual(Array(30).fill(1))
    expect(all.filter(({ unchanged }) => unchanged.length === 0)).toHaveLength(1)
  })

  test('problems of a submission are told in Vietnamese to who asks for it', async () => {
    const text = `mutation { submitMeasurements(input: { unit: "097", year: 2022, asOf: "2022-06-30", status: OFFICIAL, values: [] }) {
    errors { code vi: message(locale: VI) en: message(locale: EN) message } } }`
    const { data } = await server.query(text, {}, { ...reporter, 'accept-language': 'vi' })
    expect(data).toEqual({
      submitMeasurements: {
        errors: [
          {
            code: 'EMPTY',
            vi: 'ghi ít nhất một số liệu',
            en: 'give at least one value',
            message: 'ghi ít nhất một số liệu',
          },
        ],
      },
    })
  })
})

/** Where nothing is something, as the schema says. */
const MAY_BE_EMPTY = ['Query.evaluate input.facts', 'Query.trailGaps noted']
/** Below what the demonstration data has nothing of: a point table. The unit tests of the rule stand for it. */
const NOT_REACHED = ['PointPlace.comparedWith unit']

/** Every text and every list that a question takes. */
function* emptyPlaces(type: GraphQLInputType, path: Path): Generator<{ path: Path; empty: readonly unknown[] }> {
  if (isNonNullType(type)) return yield* emptyPlaces(type.ofType, path)
  if (isListType(type)) {
    yield { path, empty: [[]] }
    return yield* emptyPlaces(type.ofType, [...path, 0])
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) yield* emptyPlaces(field.type, [...path, field.name])
    return
  }
  if (type.name === 'String' || type.name === 'ID') yield { path, empty: ['', '  \t', '\u3000'] }
}

const written = (path: Path) =>
  path
    .map((one) => (typeof one === 'number' ? `[${one}]` : `.${one}`))
    .join('')
    .slice(1)

describe('every argument of every question, left blank or given as an empty list', () => {
  const questions = fieldsOf(schema.getQueryType() as GraphQLObjectType, 'query').flatMap((field) =>
    field.args.flatMap((arg) =>
      [...emptyPlaces(arg.type, [arg.name])].map(({ path, empty }) => ({
        field,
        path,
        empty,
        name: `${field.name} ${written(path)}`,
      })),
    ),
  )
  const closed = questions.filter(({ name }) => ![...MAY_BE_EMPTY, ...NOT_REACHED].includes(name))

  test('there are many, and those that may be empty are among them', () => {
    expect(closed.length).toBeGreaterThan(60)
    for (const name of MAY_BE_EMPTY) expect(questions.map((question) => question.name)).toContain(name)
  })

  test.each(closed.map((one) => [one.name, one] as const))('%s', async (_, { field, path, empty }) => {
    const right = Object.fromEntries(field.args.map((arg) => [arg.name, rightFor(arg.name, arg.type)]))
    for (const value of empty) {
      const variables = withValue(right, path, value) as Record<string, unknown>
      for (const [locale, words] of [
        ['en', Array.isArray(value) ? 'is an empty list' : 'is blank'],
        ['vi', Array.isArray(value) ? 'danh sách trống' : 'để trống'],
      ] as const) {
        const { errors } = await shared('demo').query(field.text, variables, { 'accept-language': locale })
        expect(errors?.[0]?.message).toContain(`${written(path)} `)
        expect(errors?.[0]?.message).toContain(words)
        expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', argument: written(path) })
      }
    }
  })

  test('what may be empty is answered', async () => {
    const { data } = await shared('demo').query<{ evaluate: { summary: { noData: number; met: number } } }>(
      '{ evaluate(input: { facts: [] }) { summary { noData met } } }',
    )
    expect(data.evaluate.summary.met).toBe(0)
    expect(data.evaluate.summary.noData).toBeGreaterThan(0)
  })

  test('the answers beside it stay', async () => {
    for (const failing of [
      'units(search: " ") { totalCount }',
      'trailHeads(first: 0) { number }',
      'matrix(indicators: []) { values }',
    ]) {
      const { data, errors } = await shared('demo').query(`{ failing: ${failing} good: unit(code: "11") { code } }`)
      expect([data, errors?.[0]?.path]).toEqual([{ failing: null, good: { code: '11' } }, ['failing']])
    }
  })

  test('written into the text of a question, or of a subscription, it is told as well', async () => {
    for (const [text, argument] of [
      ['{ units(search: " ") { totalCount } }', 'search'],
      ['query ($none: [String!] = []) { matrix(indicators: $none) { values } }', 'indicators'],
      ['{ unit(code: "11") { ...of } } fragment of on Unit { evaluation { results(status: []) { value } } }', 'status'],
      ['subscription { evaluationChanged(unit: "") { units { code } } }', 'unit'],
    ] as const) {
      const { errors } = await shared('demo').query(text, {}, { accept: 'application/json' })
      expect([text, errors?.[0]?.extensions]).toMatchObject([text, { code: 'BAD_INPUT', argument }])
    }
  })
})

describe('numbers and spans under which there is nothing', () => {
  let council: Record<string, string>
  let server: RunningServer
  beforeAll(async () => {
    const environment = await ownDatabase('demo')
    server = await start(environment)
    council = bearer(tokens(() => environment)('--role', 'council'))
  })
  afterAll(() => server.stop())

  test.each<[string, Record<string, unknown>]>([
    [
      'figureComparison(indicator: "exports", from: "2022-06-30", to: "2022-12-31") { differences(first: 0) { difference } }',
      { argument: 'first', nearest: '1' },
    ],
    [
      'figureComparison(indicator: "exports", from: "2022-06-30", to: "2022-12-31") { missing(first: -1) { code } }',
      { argument: 'first', nearest: '1' },
    ],
    [
      'figureGroups(by: [UNIT], where: { minimumCount: 0 }) { count }',
      { argument: 'where.minimumCount', nearest: '1' },
    ],
    ['scoreComparisons(atLeast: -0.5) { difference }', { argument: 'atLeast', nearest: '0' }],
    ['completeness(daysAllowed: 367) { reported }', { argument: 'daysAllowed', nearest: '366' }],
    ['trailHeads(first: 0) { number }', { argument: 'first', nearest: '1' }],
    ['trailHeads(after: -7) { number }', { argument: 'after', nearest: '0' }],
    ['trailHead(number: 0) { number }', { argument: 'number', nearest: '1' }],
    ['savedQuery(slug: "x", version: 0) { slug }', { argument: 'version', nearest: '1' }],
    ['ranking { clusters { fairness(draws: 0) { draws } } }', { argument: 'draws', nearest: '1' }],
    ['trail(table: "measurement") { totalCount }', { argument: 'table', nearest: 'measurements' }],
    ['trail { nodes { entries(first: 0) { after } } }', { argument: 'first', nearest: '1' }],
    [
      'trail(since: "2022-12-31T00:00:00Z", until: "2022-01-01T00:00:00Z") { totalCount }',
      { code: 'BAD_DATE', argument: 'since' },
    ],
    [
      'unit(code: "11") { years(indicator: "poverty-rate", from: 2023, to: 2022) { value } }',
      { argument: 'from', nearest: '2022' },
    ],
    ['figureGroups(by: [UNIT], where: { atLeast: 40 }) { mean }', { argument: 'where.indicators' }],
    [
      'figureGroups(by: [UNIT], where: { indicators: ["poverty-rate"], atLeast: 40, atMost: 30 }) { mean }',
      { argument: 'where.atLeast', nearest: '30' },
    ],
    ['ranking(weights: [{ times: 2 }]) { asOf }', { argument: 'weights[0]' }],
    [
      'ranking(weights: [{ section: "9.1", times: 2 }]) { asOf }',
      { code: 'UNKNOWN_SECTION', argument: 'weights[0].section' },
    ],
    [
      'ranking(weights: [{ section: "3.1", times: 2 }, { indicator: "grdp-growth", times: 3 }]) { asOf }',
      { argument: 'weights[1]', value: 'grdp-growth' },
    ],
    ['unit(code: "11") { evaluation { results(indicators: ["forest"]) { value } } }', { code: 'UNKNOWN_INDICATOR' }],
    ['matrix(indicators: ["forest-cove"]) { values }', { code: 'UNKNOWN_INDICATOR', nearest: 'forest-cover' }],
    ['dues(cluster: "cum-vung-ca") { unit { code } }', { code: 'UNKNOWN_CLUSTER', nearest: 'cum-vung-cao' }],
  ])('%s', async (text, extensions) => {
    const { errors } = await server.query(`{ ${text} }`, {}, council)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', ...extensions })
  })

  test('a page of none tells how many there are', async () => {
    const { data } = await server.query(
      '{ units(level: DISTRICT, first: 0) { totalCount nodes { code } pageInfo { hasNextPage endCursor } } }',
    )
    expect(data).toEqual({
      units: { totalCount: expect.any(Number), nodes: [], pageInfo: { hasNextPage: true, endCursor: null } },
    })
  })
})
