// What a year's answers are does not depend on what comes after it: a directive of the next year with other targets and words,
// units renamed, recoded and ended, other names of clusters.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { publishYears } from './later-years.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-past-years-'))
let environment: Record<string, string>
let server: RunningServer
const administrator = () => bearer(tokens(() => environment)('--role', 'administrator'))

/** All that names a unit or an indicator in an answer about a year. The unit that is asked about is looked up on a day of it. */
const ASKED = `
fragment Unit on Unit { code name kind parent { code name } }
fragment Indicator on Indicator {
  code name section quote checkedOn unit { code name } target { comparator value } change { value against } baseline errata { id indicators { code quote } }
}
fragment Place on UnitRank {
  unit { ...Unit } rank score reasons award
  trace { indicator { ...Indicator } points clause }
  whatItTakes { goal passing { ...Unit } figures { indicator { ...Indicator } to value } }
  evaluation { results { indicator { ...Indicator } status target { value } explanation } }
}
query Past($asOf: Date!) {
  ranking(year: 2022, asOf: $asOf) {
    clusters {
      cluster { code name head { ...Unit } members { unit { ...Unit } } }
      members { ...Place }
      fairness(draws: 20) {
        units { unit { ...Unit } movedBy { ...Indicator } }
        flips { above { ...Unit } below { ...Unit } }
        decisions { above { ...Unit } below { ...Unit } indicator { ...Indicator } difference }
      }
    }
  }
  whatIf: ranking(year: 2022, asOf: $asOf, cluster: "cum-vung-thap", figures: [{ unit: "097", indicator: "macadamia-planted", value: 5 }]) {
    clusters { members { unit { ...Unit } score } }
  }
  unit(code: "097", on: $asOf) {
    ...Unit
    evaluation(year: 2022, asOf: $asOf) { results { indicator { ...Indicator } status explanation } }
    measurements(year: 2022, asOf: $asOf) { unit { ...Unit } indicator { ...Indicator } value }
    history(year: 2022, indicator: "poverty-rate") { unit { ...Unit } indicator { ...Indicator } value }
    series(year: 2022, indicator: "poverty-rate") { indicator { ...Indicator } value }
    targets(year: 2022, asOf: $asOf) { unit { ...Unit } indicator { ...Indicator } value }
    rollUps(year: 2022, asOf: $asOf) { indicator { ...Indicator } own children reason }
    emulationYear(year: 2022) { pact { filedOn targets { indicator { ...Indicator } value } } }
    standing(year: 2022, asOf: $asOf) { ahead { unit { ...Unit } } differences { indicator { ...Indicator } difference } }
    children(first: 3) { nodes { ...Unit } }
  }
  figureGroups(by: [UNIT, INDICATOR, STATUS], year: 2022, asOf: $asOf, where: { level: DISTRICT }) {
    ofUnit { ...Unit } ofIndicator { ...Indicator } count
  }
  figureComparison(indicator: "poverty-rate", from: "2022-03-31", to: $asOf, level: DISTRICT) {
    indicator { ...Indicator } differences(first: 20) { unit { ...Unit } difference } missing(first: 5) { ...Unit }
  }
  matrix(year: 2022, asOf: $asOf, level: DISTRICT) { units { ...Unit } indicators { ...Indicator } statuses }
  allocation(year: 2022, asOf: $asOf) { indicator { ...Indicator } target holders { unit { ...Unit } value } }
  proposeAllocation(indicator: "macadamia-planted", year: 2022, by: EQUAL) { indicator { ...Indicator } parts { unit { ...Unit } value } }
  dues(year: 2022, on: "2022-12-31") { unit { ...Unit } due { state } }
  scoreComparisons(year: 2022) { unit { ...Unit } difference }
  overallNominations(year: 2022) { unit { ...Unit } award }
  frozenRanking(code: "2022-cum-vung-thap-1") {
    cluster { code name } members { unit { ...Unit } rank score }
    nominees { unit { ...Unit } proposed }
    changedSince { unit { ...Unit } indicator { ...Indicator } now }
  }
  directive(year: 2022) { number indicators { ...Indicator } errata { id indicators { ...Indicator } } issuedBy { ...Unit } }
  indicators(year: 2022, first: 200) { nodes { ...Indicator } }
  report(year: 2022, asOf: $asOf) { markdown }
}`

async function answers(asOf: string): Promise<Record<string, unknown>> {
  const { data, errors } = await server.query<Record<string, unknown>>(ASKED, { asOf }, administrator())
  expect(errors).toBeUndefined()
  return data
}

async function changed(text: string, variables: object = {}): Promise<void> {
  const { data, errors } = await server.query<Record<string, { errors: unknown[] }>>(
    text,
    { ...variables },
    administrator(),
  )
  expect([errors, Object.values(data).map((payload) => payload.errors)]).toEqual([undefined, [[]]])
}

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, MAX_COMPLEXITY: '50000000', ...(await ownDatabase('demo')) }
  server = await start(environment)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
})

test('answers about 2022 stay as they are, whatever 2023 brings', async () => {
  await changed(
    'mutation { freezeRanking(input: { cluster: "cum-vung-thap", year: 2022, reason: "Thử" }) { errors { message } } }',
  )
  await changed(
    'mutation { nominate(input: { ranking: "2022-cum-vung-thap-1", reason: "Thử" }) { errors { message } } }',
  )
  // A figure of 2022 that comes in later: the frozen ranking says so, of the unit and the indicator as they were.
  await changed(
    'mutation { submitMeasurements(input: { unit: "097", year: 2022, asOf: "2022-12-31", status: OFFICIAL, values: [{ indicator: "poverty-rate", value: 31.5 }], source: "Thử" }) { errors { message } } }',
  )
  const days = ['2022-09-30', '2022-12-31']
  const before = await Promise.all(days.map(answers))
  await publishYears(server, administrator(), 2023)
  await changed('mutation ($input: ChangeUnitsInput!) { changeUnits(input: $input) { errors { message } } }', {
    input: {
      decision: 'Nghị quyết 1/NQ (giả định)',
      change: [
        { unit: '097', from: '2023-02-01', code: '097-moi', name: 'Huyện giả định đổi tên', kind: 'Thị xã' },
        { unit: '100', from: '2023-05-01', name: 'Huyện giả định khác' },
      ],
    },
  })
  await changed(
    'mutation { submitMeasurements(input: { unit: "097-moi", year: 2023, asOf: "2023-03-31", status: OFFICIAL, values: [{ indicator: "poverty-rate", value: 30 }], source: "Thử" }) { errors { message } } }',
  )
  const after = await Promise.all(days.map(answers))
  days.forEach((_, i) => {
    for (const [field, answer] of Object.entries(after[i] ?? {}))
      expect({ [field]: answer }).toEqual({ [field]: before[i]?.[field] })
  })
  // And 2023 is told by its own: else all of the above would hold of a server that never changes.
  const { data } = await server.query<{ unit: { name: string }; indicator: { quote: string } }>(
    '{ unit(code: "097-moi") { name } indicator(id: "poverty-rate") { quote } }',
  )
  expect(data).toEqual({
    unit: { name: 'Huyện giả định đổi tên' },
    indicator: { quote: 'tỷ lệ hộ nghèo xuống 26,00% (tự đặt)' },
  })
}, 180_000)
