// What other people's code relies on in the API, sentence by sentence, on the published and the demonstration data.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
/** A server of this suite's own, to write to. */
let own: RunningServer

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  own = await start(environment)
})
afterAll(async () => {
  await own.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})
const token = tokens(() => environment)

const plain = shared('plain')
const demo = shared('demo')

describe('one failure leaves the answers beside it', () => {
  test.each([
    'evaluate(input: { facts: [{ indicator: "nothing", value: 1 }] }) { summary { met } }',
    'ranking(year: 1900) { year }',
    'ranking(policy: {}) { year }',
    'matrix(cluster: "nothing") { year }',
    'units(cluster: "nothing") { totalCount }',
    'units(first: 201) { totalCount }',
    'indicators(first: 201) { totalCount }',
    'clusters(year: 1900) { totalCount }',
    'allocation(parent: "nothing") { target }',
    'completeness(daysAllowed: -1) { expected }',
    'deadlines(year: 1900) { dueOn }',
    'figureGroups(by: [SECTION], where: { cluster: "nothing" }) { count }',
    'overallNominations(year: 1900) { award }',
    'proposeAllocation(indicator: "grdp-growth", by: EQUAL) { parts { value } }',
    'report(cluster: "nothing") { title }',
    'trail { totalCount }',
    'trailGaps { batch }',
    'trailHeads(first: 201) { number }',
    'unit(code: "nothing") { name }',
    'indicator(id: "nothing") { name }',
    'cluster(code: "nothing") { name }',
    'node(id: "nothing") { id }',
    'directive(year: 1900) { year }',
  ])('%s', async (field) => {
    const text = `{ failing: ${field} good: unit(code: "11") { code } }`
    const { data, errors } = await plain.query<Record<string, unknown>>(text)
    expect(data).toEqual({ failing: null, good: { code: '11' } })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({ path: ['failing'], extensions: { code: expect.stringMatching(/^[A-Z_]+$/) } })
  })
})

test('the year is by default the newest that has a directive', async () => {
  const { data } = await demo.query<Record<string, { readonly year: number }>>(`{
    directive { year } ranking { year } matrix(level: DISTRICT) { year } cluster(code: "cum-vung-cao") { year }
    unit(code: "096") { cluster { year } measurements { year } } }`)
  const years = JSON.stringify(data).match(/"year":\d+/g) ?? []
  expect(years.length).toBeGreaterThan(6)
  expect(new Set(years)).toEqual(new Set(['"year":2022']))
})

test('totals are handed on by the highest unit where nobody names another', async () => {
  const ask = (parent: string) => `allocation${parent} { indicator { id } target holders { unit { code } value } }`
  const { data } = await demo.query<Record<string, unknown[]>>(
    `{ byDefault: ${ask('')} named: ${ask('(parent: "11")')} }`,
  )
  expect(data.byDefault?.length).toBeGreaterThan(20)
  expect(data.byDefault).toEqual(data.named)
})

test.each([
  'units(first: 201) { totalCount }',
  'indicators(first: 201) { totalCount }',
  'clusters(first: 201) { totalCount }',
  'unit(code: "11") { children(first: 201) { totalCount } }',
])('a page goes up to 200 and says so: %s', async (field) => {
  const { errors } = await plain.query(`{ ${field} }`)
  expect(errors?.[0]).toMatchObject({
    message: 'first goes from 0 to 200, not 201: page with after: endCursor',
    extensions: { code: 'BAD_INPUT', argument: 'first', nearest: '200' },
  })
  expect((await plain.query(`{ ${field.replace('201', '200')} }`)).errors).toBeUndefined()
})

const globalId = (text: string) => Buffer.from(text).toString('base64')

describe('node(id:) finds again what has a global id', () => {
  test('a figure, published or synthetic, by an id that tells it from every other', async () => {
    type Figure = { readonly id: string; readonly synthetic: boolean }
    const { data } = await demo.query<Record<string, { readonly measurements: readonly Figure[] }>>(`{
      province: unit(code: "11") { measurements { ...F } } district: unit(code: "096") { measurements { ...F } } }
      ${FIGURE}`)
    const figures = [...(data.province?.measurements ?? []), ...(data.district?.measurements ?? [])]
    expect(new Set(figures.map(({ synthetic }) => synthetic))).toEqual(new Set([true, false]))
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length)
    for (const figure of [figures[0], figures.at(-1)] as Figure[]) {
      const again = await demo.query<{ node: object }>(`query ($id: ID!) { node(id: $id) { ...F } } ${FIGURE}`, {
        id: figure.id,
      })
      expect(again).toMatchObject({ data: { node: figure } })
    }
  })

  test('an indicator, by its own id', async () => {
    const { data } = await plain.query('{ node(id: "grdp-growth") { __typename id ... on Indicator { section } } }')
    expect(data).toEqual({ node: { __typename: 'Indicator', id: 'grdp-growth', section: '3.1' } })
  })

  test('a unit and a cluster', async () => {
    const { data } = await plain.query(
      `{ unit: node(id: "${globalId('Unit:096')}") { __typename id }
         cluster: node(id: "${globalId('Cluster:2022:cum-vung-cao')}") { __typename id } }`,
    )
    expect(data).toEqual({
      unit: { __typename: 'Unit', id: globalId('Unit:096') },
      cluster: { __typename: 'Cluster', id: globalId('Cluster:2022:cum-vung-cao') },
    })
  })

  test('a filing and a directive', async () => {
    const { data } = await demo.query<{
      filing: { emulationYear: { pact: { id: string } } }
      directive: { id: string }
    }>(`{
      filing: unit(code: "098") { emulationYear { pact { id __typename kind unit { code } } } } directive { id __typename number } }`)
    const { filing, directive } = data
    for (const first of [filing.emulationYear.pact, directive]) {
      const again = await demo.query<{ node: object }>(
        'query ($id: ID!) { node(id: $id) { id __typename ... on Filing { kind unit { code } } ... on Directive { number } } }',
        { id: first.id },
      )
      expect(again).toMatchObject({ data: { node: first } })
    }
  })

  test('a version of a saved query, for who may see it', async () => {
    const save = `mutation { saveQuery(input: { slug: "tim-lai", title: "Thử", description: "thử", text: "{ __typename }" }) { savedQuery { __typename id slug version } } }`
    const owner = bearer(token('--role', 'analyst'))
    const { data } = await own.change<{ saveQuery: { id: string } }>(save, {}, owner)
    const { id } = data.saveQuery
    expect(id).toBe(globalId('SavedQuery:1:tim-lai'))
    const again = 'query ($id: ID!) { node(id: $id) { __typename id ... on SavedQuery { slug version } } }'
    expect((await own.query(again, { id }, owner)).data).toEqual({ node: data.saveQuery })
    const others = await own.query(again, { id })
    expect([others.data, others.errors?.[0]?.extensions.code]).toEqual([{ node: null }, 'NOT_FOUND'])

    const lists = '{ savedQueries { slug } savedQuery(slug: "tim-lai") { slug } }'
    type Lists = { savedQueries: { slug: string }[]; savedQuery: object | null }
    const seen = async (headers = {}) => {
      const { savedQueries, savedQuery } = (await own.query<Lists>(lists, {}, headers)).data
      return [savedQueries.some(({ slug }) => slug === 'tim-lai'), savedQuery]
    }
    expect(await seen(owner)).toEqual([true, { slug: 'tim-lai' }])
    expect(await seen()).toEqual([false, null])
    const opened = await fetch(`${own.url}?saved=tim-lai`, { redirect: 'manual' })
    expect([opened.status, await opened.json()]).toMatchObject([
      404,
      { errors: [{ extensions: { code: 'UNKNOWN_DOCUMENT' } }] },
    ])
  })

  test.each([
    'nonsense',
    '',
    globalId('Filing:2022:pact::999'),
    globalId('Filing:1999:pact::098'),
    globalId('Filing:2022:appraised_score::096'),
    globalId('Directive:1999'),
    globalId('Directive:2022 '),
    globalId('SavedQuery:1:nothing'),
    globalId('SavedQuery:0:nothing'),
    'Unit:096',
    globalId('Foo:1'),
    globalId('Unit:'),
    globalId('Unit:999'),
    globalId('Cluster:abc'),
    globalId('Evaluation:1'),
    globalId('SavedQuery:1:nothing'),
    globalId('SavedQuery:nothing'),
    globalId('Indicator:grdp-growth'),
    globalId('Measurement:1'),
    globalId('Measurement:2022:exports:2022-02-30:official:1:11'),
    globalId('Measurement:2022:exports:2022-12-31:final:1:11'),
    globalId('Measurement:2022:exports:2022-12-30:official:7:11'),
    globalId('Measurement:2022:nothing:2022-12-31:official:1:11'),
  ])('and of anything else says what is wrong: %s', async (id) => {
    const { data, errors } = await plain.query('query ($id: ID!) { node(id: $id) { id } }', { id })
    expect(data).toEqual({ node: null })
    expect(errors?.[0]?.extensions.code).toMatch(/^(NOT_FOUND|BAD_INPUT|UNKNOWN_CLUSTER|UNKNOWN_YEAR)$/)
  })
})

const FIGURE = `fragment F on Measurement { id unit { code name } indicator { id } value year asOf status source synthetic revision }`

interface Judged {
  readonly indicator: { readonly id: string }
  readonly status: string
  readonly value: number | null
  readonly inherited: string | null
  readonly progress: number | null
  readonly target: { readonly value: number } | null
  readonly measurement: object | null
}
const JUDGED =
  'results { indicator { id } status value inherited progress target { value } measurement { unit { code } value asOf status source synthetic } }'
const resultOf = ({ results }: { readonly results: readonly Judged[] }, id: string) =>
  results.find(({ indicator }) => indicator.id === id) as Judged

test('a result tells the figure that was judged: after the year the newest one, as what it is', async () => {
  const { data } = await plain.query<{ unit: { evaluation: { results: Judged[] } } }>(
    `{ unit(code: "11") { evaluation { ${JUDGED} } } }`,
  )
  const { evaluation } = data.unit
  expect(resultOf(evaluation, 'budget-revenue')).toMatchObject({
    status: 'UNDECIDED',
    value: 1207.73,
    measurement: { unit: { code: '11' }, value: 1207.73, asOf: '2022-10-31', synthetic: false },
  })
  // One figure was published only as what the next year's grew from.
  expect(resultOf(evaluation, 'grdp-per-capita')).toMatchObject({
    status: 'MET',
    measurement: { value: 39.58, source: expect.stringContaining('42,98 ÷ 1,086 = 39,58') },
  })
  for (const { value, measurement } of evaluation.results) expect(measurement === null).toBe(value === null)
})

describe('a forecast says where the year would end', () => {
  const FORECAST = `query ($unit: String!, $asOf: Date) { unit(code: $unit) { evaluation(year: 2022, asOf: $asOf) { results {
    indicator { id } forecast { low high byThisYear byLastYear explanation } } } } }`
  interface Forecasts {
    unit: { evaluation: { results: { indicator: { id: string }; forecast: Record<string, unknown> | null }[] } }
  }
  const forecastOf = async (server: RunningServer, unit: string, asOf: string, id: string) => {
    await server.query('{ matrix(year: 2022) { year } }') // the year is in memory
    const { data, errors, extensions } = await server.query<Forecasts>(FORECAST, { unit, asOf })
    expect(errors).toBeUndefined()
    // One statement, for the year before, whatever the number of indicators.
    expect(extensions?.cost?.sqlStatements).toBeLessThanOrEqual(1)
    return data.unit.evaluation.results.find(({ indicator }) => indicator.id === id)?.forecast
  }

  test('at the pace of this year: 1.000,44 billion in 243 of 365 days', async () => {
    const forecast = await forecastOf(plain, '11', '2022-09-30', 'budget-revenue')
    expect(forecast).toMatchObject({
      byLastYear: null,
      explanation: expect.stringContaining('ước đạt 1.502,72 tỷ đồng'),
    })
    expect(forecast?.byThisYear).toBeCloseTo((1000.44 * 365) / 243, 6)
    expect([forecast?.low, forecast?.high]).toEqual([forecast?.byThisYear, forecast?.byThisYear])
  })

  test('and as the year before went on, where its months are known: as a range', async () => {
    const headers = bearer(token('--role', 'reporter', '--unit', '095'))
    const figures = [
      [2021, '2021-06-30', 40],
      [2021, '2021-12-31', 100],
      [2022, '2022-06-30', 50],
    ] as const
    for (const [year, asOf, value] of figures) {
      const values = [{ indicator: 'jobs-created', value }]
      const input = { unit: '095', year, asOf, status: 'OFFICIAL', reason: 'thử', values }
      const text =
        'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }'
      expect((await own.query(text, { input }, headers)).data).toEqual({ submitMeasurements: { errors: [] } })
    }
    const forecast = await forecastOf(own, '095', '2022-06-30', 'jobs-created')
    expect(forecast?.byLastYear).toBeCloseTo(125, 6)
    expect(forecast?.byThisYear).toBeCloseTo((50 * 365) / 181, 6)
    expect([forecast?.low, forecast?.high]).toEqual([forecast?.byThisYear, forecast?.byLastYear])
    // The same figure, only tried, has no year before: the months are those of the stored one.
    const { data } = await own.query<{ evaluate: { results: { forecast: unknown }[] } }>(
      `{ evaluate(input: { unit: "095", asOf: "2022-06-30", facts: [{ indicator: "jobs-created", value: 50 }] }) {
        results(status: [IN_PROGRESS]) { forecast { byLastYear } } } }`,
    )
    expect(data.evaluate.results).toEqual([{ forecast: { byLastYear: null } }])
  })

  test('a figure that only was tried has no year before, and what has no path has no forecast', async () => {
    const { data } = await plain.query<{ evaluate: { results: { forecast: unknown }[] } }>(
      `{ evaluate(input: { asOf: "2022-06-30", facts: [{ indicator: "grdp-growth", value: 7 }, { indicator: "budget-revenue", value: 500 }] }) {
        results(status: [IN_PROGRESS, MET]) { forecast { byLastYear } } } }`,
    )
    expect(data.evaluate.results.map(({ forecast }) => forecast)).toEqual([null, { byLastYear: null }])
  })
})

test('what was only tried has no figure', async () => {
  const { data } = await demo.query<Record<string, { results: Judged[] }>>(
    `{ evaluate(input: { unit: "096", facts: [{ indicator: "poverty-rate", value: 40 }] }) { ${JUDGED} } }`,
  )
  const result = resultOf(data.evaluate as { results: Judged[] }, 'poverty-rate')
  expect(result).toMatchObject({ value: 40, inherited: 'LEVEL', measurement: null })
})

describe('the baseline of a unit is its own figure of the year before', () => {
  const SUBMIT = `mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) {
    unit { code evaluation { ${JUDGED} } } measurements { value unit { code } } errors { code path } } }`
  type Payload = {
    submitMeasurements: { unit: { evaluation: { results: Judged[] } } | null; errors: { code: string }[] }
  }
  const submit = async (year: number, asOf: string, value: number, unit = '099', id = 'poverty-rate') => {
    const input = { unit, year, asOf, status: 'OFFICIAL', values: [{ indicator: id, value }] }
    const answer = await own.query<Payload>(SUBMIT, { input }, bearer(token('--role', 'reporter', '--unit', '099')))
    expect(answer.errors).toBeUndefined()
    return answer.data.submitMeasurements
  }
  const BEFORE = 61.5

  test('with it a rate inherits the change of the directive, and progress follows, in the very payload', async () => {
    await submit(2021, '2021-08-31', 70)
    const still = await submit(2022, '2022-12-31', 59)
    expect(still.unit && resultOf(still.unit.evaluation, 'poverty-rate')).toMatchObject({
      inherited: 'LEVEL', // what stood in August does not say what 2021 came to
      progress: null,
    })
    const { unit, errors } = await submit(2021, '2021-12-31', BEFORE)
    expect(errors).toEqual([])
    expect(unit && resultOf(unit.evaluation, 'poverty-rate')).toMatchObject({
      inherited: 'CHANGE',
      status: 'NOT_MET',
      value: 59,
      target: { value: 57.22 },
      progress: expect.closeTo((BEFORE - 59) / 4.28, 6),
      measurement: { unit: { code: '099' }, value: 59, asOf: '2022-12-31' },
    })
  })

  test('the same everywhere: evaluation, what-if, matrix, groups, ranking, standing', async () => {
    await submit(2022, '2022-12-31', 57) // below its own 57.22, far above the 31.10 of the directive
    const { data, errors } = await own.query<{
      unit: { evaluation: { results: Judged[] }; standing: { own: { evaluation: { results: Judged[] } } } }
      evaluate: { results: Judged[] }
      matrix: { units: { code: string }[]; indicators: { id: string }[]; statuses: string[][] }
      figureGroups: { status: string; unit: string }[]
      ranking: { clusters: { members: { unit: { code: string }; evaluation: { results: Judged[] } }[] }[] }
    }>(`{
      unit(code: "099") { evaluation { ${JUDGED} } standing { own { evaluation { ${JUDGED} } } } }
      evaluate(input: { unit: "099", facts: [{ indicator: "poverty-rate", value: 57 }] }) { ${JUDGED} }
      matrix(level: DISTRICT) { units { code } indicators { id } statuses }
      figureGroups(by: [UNIT, STATUS], where: { level: DISTRICT, indicators: ["poverty-rate"] }) { status unit }
      ranking { clusters { members { unit { code } evaluation { ${JUDGED} } } } }
    }`)
    expect(errors).toBeUndefined()
    const { unit, evaluate, matrix, figureGroups, ranking } = data
    const member = ranking.clusters.flatMap(({ members }) => members).find((member) => member.unit.code === '099')
    for (const evaluation of [unit.evaluation, unit.standing.own.evaluation, evaluate, member?.evaluation]) {
      expect(resultOf(evaluation as { results: Judged[] }, 'poverty-rate')).toMatchObject({
        status: 'MET',
        inherited: 'CHANGE',
        target: { value: 57.22 },
      })
    }
    const row = matrix.units.findIndex(({ code }) => code === '099')
    const column = matrix.indicators.findIndex(({ id }) => id === 'poverty-rate')
    expect(matrix.statuses[row]?.[column]).toBe('MET')
    expect(figureGroups.find((group) => group.unit === '099')?.status).toBe('MET')
  })

  test('a frozen ranking keeps it: the document makes the same ranking again', async () => {
    const { data, errors } = await own.change<{
      freezeRanking: { document: string; reproducible: boolean }
    }>(
      `mutation { freezeRanking(input: { cluster: "${await clusterOf('099')}", year: 2022, reason: "Thử" }) { ranking { document reproducible } } }`,
      {},
      bearer(token('--role', 'council')),
    )
    expect(errors).toBeUndefined()
    const { document, reproducible } = data.freezeRanking
    const { members } = JSON.parse(document) as { members: { unit: string; baselines?: object }[] }
    expect(members.find(({ unit }) => unit === '099')?.baselines).toEqual({ 'poverty-rate': BEFORE })
    expect(reproducible).toBe(true)
  })

  test('the payload tells the unit where figures are refused, and none where there is none', async () => {
    expect(await submit(2022, '2022-12-31', 400)).toMatchObject({
      unit: { code: '099' },
      errors: [{ code: 'OUT_OF_RANGE' }],
    })
    const input = { unit: '999', year: 2022, asOf: '2022-12-31', status: 'OFFICIAL', values: [] }
    const { data } = await own.query<Payload>(SUBMIT, { input }, bearer(token('--role', 'administrator')))
    expect(data.submitMeasurements.unit).toBeNull()
    expect(data.submitMeasurements.errors.map(({ code }) => code)).toContain('UNKNOWN_UNIT')
  })

  const clusterOf = async (code: string) => {
    const { data } = await own.query<{ unit: { cluster: { code: string } } }>(
      `{ unit(code: "${code}") { cluster { code } } }`,
    )
    return data.unit.cluster.code
  }
})

describe('a ranking', () => {
  type Clusters = {
    ranking: {
      clusters: {
        rank: number | null
        score: number | null
        reasons: string[]
        english: string[]
        members: { rank: number | null; score: number; reasons: string[] }[]
      }[]
    }
  }
  const CLUSTERS = 'clusters { rank score reasons english: reasons(locale: EN) members { rank score reasons } }'
  test('of which less than half of the figures is there has no ranks, and says why', async () => {
    const { data } = await plain.query<Clusters>(`{ ranking { ${CLUSTERS} } }`)
    expect(data.ranking.clusters.length).toBeGreaterThan(0)
    for (const { rank, score, reasons, english, members } of data.ranking.clusters) {
      expect([rank, score]).toEqual([null, null])
      expect(reasons.join()).toMatch(
        /^Chưa xếp hạng: (mới có \d+\/\d+ số liệu, cần ít nhất 50%|không có chỉ tiêu nào được tính)$/,
      )
      expect(english.join()).toMatch(
        /^Not ranked: (\d+ of \d+ figures are there, at least 50% are needed|nothing to count)$/,
      )
      expect(members.every((member) => member.rank === null && member.reasons.length > 0)).toBe(true)
    }
  })

  test('gives ranked clusters first, best first, and their members best first', async () => {
    const { data } = await demo.query<Clusters>(`{ ranking { ${CLUSTERS} } }`)
    const places = data.ranking.clusters.map(({ rank }) => rank ?? Infinity)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBe(1)
    for (const { rank, reasons, members } of data.ranking.clusters) {
      expect(reasons.length === 0).toBe(rank !== null)
      const ranks = members.map((member) => member.rank ?? Infinity)
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    }
  })
})

describe('a unit is named by its code on a day', () => {
  test.each(['', ', on: "2022-01-01"', ', on: "2025-06-30"'])('known until the communes were merged%s', async (on) => {
    const { data } = await plain.query(`{ unit(code: "03124"${on}) { level } }`)
    expect(data).toEqual({ unit: { level: 'COMMUNE' } })
  })

  const errorOn = async (on: string) =>
    (await plain.query('query ($on: Date) { unit(code: "03124", on: $on) { level } }', { on })).errors?.[0]

  test.each(['2022-02-30', 'yesterday'])('and refused on %s', async (on) => {
    expect((await errorOn(on))?.extensions.code).toMatch(/^BAD_(DATE|INPUT)$/)
  })

  test('and on a later day told whose it was', async () => {
    const error = await errorOn('2025-07-01')
    expect(error?.extensions.code).toBe('UNKNOWN_UNIT')
    expect(error?.message).toMatch(/Phường Noong Bua (đến|until) 2025-06-30/)
  })
})
