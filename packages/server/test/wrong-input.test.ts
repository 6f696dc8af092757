// What a client gets for a wrong question: an error that names it, never an empty answer that looks like data.
import { shared } from './harness.ts'

const server = shared('plain')

test.each([
  ['{ unit(code: "96") { name } }', 'UNKNOWN_UNIT', 'no unit "96"; did you mean "096"?', '096'],
  [
    '{ unit(code: "Mường Ảng") { name } }',
    'UNKNOWN_UNIT',
    '2 bear this name: "102" Huyện Mường Ảng, "03256" Thị trấn Mường Ảng',
    undefined,
  ],
  ['{ units(parent: "9999999") { totalCount } }', 'UNKNOWN_UNIT', 'no unit "9999999"', undefined],
  [
    '{ units(cluster: "cum-vung-ca") { totalCount } }',
    'UNKNOWN_CLUSTER',
    'did you mean "cum-vung-cao"?',
    'cum-vung-cao',
  ],
  ['{ units(after: "0999") { totalCount } }', 'UNKNOWN_UNIT', 'did you mean', undefined],
  ['{ units(first: 201) { nodes { code } } }', 'BAD_INPUT', 'first goes from 0 to 200, not 201', '200'],
  ['{ units(first: -1) { totalCount } }', 'BAD_INPUT', 'first goes from 0 to 200, not -1', '0'],
  ['{ indicators(first: 500) { totalCount } }', 'BAD_INPUT', 'first goes from 0 to 200', '200'],
  ['{ cluster(code: "cao") { name } }', 'UNKNOWN_CLUSTER', 'no cluster "cao"', undefined],
  [
    '{ cluster(code: "cum-vung-cao", year: 2023) { name } }',
    'UNKNOWN_YEAR',
    'no directive for 2023, only for 2022',
    '2022',
  ],
  ['{ clusters(year: 1999) { totalCount } }', 'UNKNOWN_YEAR', 'only for 2022', '2022'],
  ['{ directive(year: 2021) { number } }', 'UNKNOWN_YEAR', 'only for 2022', '2022'],
  ['{ indicator(id: "poverty") { name } }', 'UNKNOWN_INDICATOR', 'no indicator "poverty"', undefined],
  ['{ indicator(id: "poverty-rat") { name } }', 'UNKNOWN_INDICATOR', 'did you mean "poverty-rate"?', 'poverty-rate'],
  ['{ ranking(year: 2020) { asOf } }', 'UNKNOWN_YEAR', 'no directive for 2020', '2022'],
  ['{ ranking(asOf: "2022-02-30") { asOf } }', 'BAD_DATE', '"2022-02-30" is not a date', undefined],
  ['{ ranking(asOf: "2021-12-31") { asOf } }', 'BAD_DATE', 'lies before the year 2022', undefined],
  ['{ ranking(recordedBefore: 1657843200) { year } }', 'BAD_DATE', 'is no moment', undefined],
  ['{ ranking(figureStatus: []) { year } }', 'BAD_INPUT', 'figureStatus is an empty list', undefined],
  [
    '{ figureComparison(indicator: "exports", from: "1999-01-01", to: "2022-12-31") { compared } }',
    'UNKNOWN_YEAR',
    'from 1999-01-01',
    undefined,
  ],
  [
    '{ figureComparison(indicator: "exports", from: "2022-12-31", to: "2022-12-31") { compared } }',
    'BAD_DATE',
    'must lie before',
    undefined,
  ],
  [
    '{ figureComparison(indicator: "exports", from: "2022-01-31", to: "2022-12-31") { missing(first: 201) { code } } }',
    'BAD_INPUT',
    'first goes from 1 to 200',
    '200',
  ],
  ['{ ranking(asOf: 20221231) { asOf } }', 'BAD_DATE', 'write YYYY-MM-DD', undefined],
  ['{ ranking(cluster: "x") { asOf } }', 'UNKNOWN_CLUSTER', 'no cluster "x"', undefined],
  [
    '{ unit(code: "11") { measurements(indicators: ["grdp"]) { value } } }',
    'UNKNOWN_INDICATOR',
    'no indicator "grdp"',
    undefined,
  ],
  ['{ unit(code: "11") { measurements(year: 2019) { value } } }', 'UNKNOWN_YEAR', 'only for 2021, 2022', '2022'],
  [
    '{ unit(code: "11") { evaluation(year: 2021) { summary { met } } } }',
    'UNKNOWN_YEAR',
    'no directive for 2021',
    '2022',
  ],
  [
    '{ evaluate(input: { facts: [{ indicator: "x", value: 1 }] }) { summary { met } } }',
    'UNKNOWN_INDICATOR',
    '"x"',
    undefined,
  ],
  [
    '{ evaluate(input: { facts: [{ indicator: "exports", value: 1 }, { indicator: "exports", value: 2 }] }) { summary { met } } }',
    'BAD_INPUT',
    '"exports" is given twice',
    undefined,
  ],
  [
    '{ evaluate(input: { facts: [{ indicator: "literacy-level-2", value: 0.5 }] }) { summary { met } } }',
    'WRONG_TYPE',
    '"literacy-level-2" takes true or false',
    undefined,
  ],
  ['{ evaluate(input: { unit: "999", facts: [] }) { summary { met } } }', 'UNKNOWN_UNIT', 'no unit "999"', undefined],
  [
    '{ evaluate(input: { facts: [{ indicator: "forest-cover", value: 140 }] }) { summary { met } } }',
    'OUT_OF_RANGE',
    'is a share: from 0 to 100%, not 140',
    undefined,
  ],
  [
    '{ proposeAllocation(indicator: "exports", by: EQUAL, total: 1e308) { __typename } }',
    'BAD_INPUT',
    'total is',
    undefined,
  ],
  [
    '{ proposeAllocation(indicator: "grain-output", by: EQUAL, total: 1e14, step: 1e-3) { __typename } }',
    'BAD_INPUT',
    'more than 1000000000000 steps',
    undefined,
  ],
  [
    '{ ranking(figures: [{ unit: "11", indicator: "forest-cover", value: 40 }]) { asOf } }',
    'BAD_INPUT',
    '11 is in no cluster in 2022',
    undefined,
  ],
  [
    '{ ranking(figures: [{ unit: "096", indicator: "forest-cover", value: 40 }, { unit: "096", indicator: "forest-cover", value: 41 }]) { asOf } }',
    'BAD_INPUT',
    '"forest-cover" of 096 is given twice',
    undefined,
  ],
  ['{ node(id: "nonsense") { id } }', 'NOT_FOUND', 'there is nothing with this id', undefined],
  ['{ node(id: "VW5pdDowOTk5OQ==") { id } }', 'NOT_FOUND', 'nothing with this id', undefined],
  ['{ unit { name } }', 'GRAPHQL_VALIDATION_FAILED', 'code', undefined],
])('%s', async (query, code, words, nearest) => {
  const { errors = [] } = await server.query(query)
  expect(errors[0]).toMatchObject({ message: expect.stringContaining(words), extensions: { code } })
  if (nearest !== undefined) expect(errors[0]?.extensions.nearest).toBe(nearest)
})

test.each([
  '2022-07-15',
  '2022-07-15T00:00:00',
  '2022-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '',
])('a moment "%s" is refused', async (moment) => {
  for (const [query, variables] of [
    [`{ ranking(recordedBefore: "${moment}") { year } }`, {}],
    ['query ($moment: DateTime) { ranking(recordedBefore: $moment) { year } }', { moment }],
  ] as const) {
    const { errors = [] } = await server.query(query, variables)
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('is no moment'),
      extensions: { code: 'BAD_DATE' },
    })
  }
})
