// Thirty questions of analysts, each asked as one query of the demonstration data (which is invented and says so).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ANEW, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { CORRECTED, type Data, QUESTIONS } from './thirty-questions.ts'
import { bearer, tokens } from './tokens.ts'

const folder = mkdtempSync(join(tmpdir(), 'dienbien-questions-'))
const environment: Record<string, string> = { DATA_DIR: join(folder, 'key') }
let server: RunningServer
/** The moment after which the corrections of these tests came in. */
let before: Date
let council: string
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const SUBMIT = `mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { measurements { revision } errors { message } } }`
const REVENUE = { indicator: 'budget-revenue', value: CORRECTED }
const SHEET = `mutation ($stage: ScoreStage!, $points: Float!) { submitScore(input: { unit: "097", year: 2022, stage: $stage, scoredOn: "2022-12-30", signedBy: "Thử", evidence: "Thử", lines: [{ item: "budget-revenue", points: $points }] }) { filing { points } } }`

beforeAll(async () => {
  Object.assign(environment, await ownDatabase('demo'))
  const token = tokens(() => environment)
  server = await start(environment)
  council = token('--role', 'council')
  const administrator = bearer(token('--role', 'administrator'))
  before = new Date(Date.now() + 5)
  await wait(10)
  // A figure that comes in and is corrected; scores that lie apart.
  for (const value of [111.5, REVENUE.value]) {
    const input = {
      unit: '096',
      year: 2022,
      asOf: '2022-12-31',
      status: 'OFFICIAL',
      source: 'Thử',
      values: [{ ...REVENUE, value }],
    }
    const { data } = await server.query<Data>(SUBMIT, { input }, administrator)
    expect(data.submitMeasurements.errors).toEqual([])
  }
  for (const [stage, points] of [
    ['SELF', 4],
    ['APPRAISED', 3.25],
  ]) {
    const { errors } = await server.change(SHEET, { stage, points }, administrator)
    expect(errors).toBeUndefined()
  }
})
afterAll(async () => {
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

let policy: Record<string, unknown>

test('there are thirty', () => expect(QUESTIONS).toHaveLength(30))

test.each(QUESTIONS.map((question, i) => [i + 1, question.asks, question] as const))(
  '%d: %s',
  async (_, __, { asks, query, variables, as, check }) => {
    policy ??= (await server.query<Data>('{ ranking { policy } }')).data.ranking.policy
    const inputs = { before, policy }
    const { data, errors } = await server.query<Data>(query, variables?.(inputs), as ? bearer(council) : {})
    expect([asks, errors]).toEqual([asks, undefined])
    check(data, inputs)
  },
)

test('what was known then is read once for all who ask about one moment, and ranked once', async () => {
  const statements = async (first: number) => {
    const { errors, extensions } = await server.query<Data>(
      `query ($moment: DateTime) { units(level: DISTRICT, first: ${first}) { nodes {
        standing(recordedBefore: $moment) { own { rank } } evaluation(recordedBefore: $moment) { summary { met } } } }
        ranking(recordedBefore: $moment) { year } again: ranking(recordedBefore: $moment, cluster: "cum-vung-cao") { year } }`,
      { moment: before.toISOString() },
      ANEW,
    )
    expect(errors).toBeUndefined()
    return extensions?.cost?.sqlStatements
  }
  const row = await statements(1)
  expect(row).toBeGreaterThan(0)
  expect(await statements(10)).toBe(row)
})

test('what is below a long list costs as often as the list is long', async () => {
  // Of a day that nobody has asked about: what is judged already costs less.
  let day = 10
  const cost = async (list: string) => {
    const { extensions } = await server.query<Data>(
      `{ figureComparison(indicator: "poverty-rate", from: "2022-01-01", to: "2022-12-31") { ${list} { ${list.startsWith('m') ? '' : 'unit {'} evaluation(asOf: "2022-05-${day++}") { summary { met } } ${list.startsWith('m') ? '' : '}'} } } }`,
      {},
      ANEW,
    )
    return extensions?.cost?.complexity as number
  }
  for (const list of ['missing', 'differences'])
    expect(await cost(`${list}(first: 100)`)).toBeGreaterThan((await cost(`${list}(first: 2)`)) * 5)
})

test.each([
  ['what has been missed', { status: ['NOT_MET'] }],
  ['who is behind', { pace: ['BEHIND'] }],
  ['who is ahead or on schedule in one thing', { pace: ['AHEAD', 'ON_TRACK'], indicators: ['poverty-rate'] }],
  ['a cell that is both', { status: ['MET'], pace: ['BEHIND'] }],
  ['what has no figure yet', { status: ['NO_DATA'], indicators: ['forest-cover', 'budget-revenue'] }],
] as const)('the matrix by what its cells come to: %s', async (_, wanted) => {
  const { data, errors } = await server.query<Data>(
    `query ($status: [ComplianceStatus!], $pace: [Pace!], $indicators: [String!]) {
      matrix(asOf: "2022-10-31", status: $status, pace: $pace, indicators: $indicators) { units { code } indicators { code } statuses }
      all: matrix(asOf: "2022-10-31", indicators: $indicators) { units { code } statuses }
      units { nodes { code evaluation(asOf: "2022-10-31") { results(status: $status, pace: $pace, indicators: $indicators) { status } } } } }`,
    wanted,
  )
  expect(errors).toBeUndefined()
  const { matrix, all, units } = data
  const rows = new Map(all.units.map(({ code }: Data, i: number) => [code, all.statuses[i]]))
  const expected = units.nodes.filter(({ evaluation }: Data) => evaluation.results.length > 0)
  expect(matrix.units.map(({ code }: Data) => code).sort()).toEqual(expected.map(({ code }: Data) => code).sort())
  expect(matrix.statuses).toEqual(matrix.units.map(({ code }: Data) => rows.get(code)))
})
