// Units that were merged, and what the year after is judged by: totals of the past follow those whose place was taken, rates
// only with known denominators, and otherwise the answer says that the series breaks. Units that end within a year.

import { type DraftedProvince, drafted, draftedDirective, draftedProvince } from './drafted-province.ts'
import { cleanUp } from './harness.ts'

// SYNTHETIC: Hòa Bình with two districts that end on 30 June 2025; of the first three communes become one, of the other one is
// only renamed.
const UNITS = [
  ['17', 'Tỉnh Hòa Bình', 'Tỉnh', 'tỉnh', null],
  ['150', 'Huyện Đà Bắc', 'Huyện', 'huyện', '17'],
  ['152', 'Huyện Mai Châu', 'Huyện', 'huyện', '17'],
  ['04831', 'Xã Tu Lý', 'Xã', 'xã', '150'],
  ['04834', 'Xã Hào Lý', 'Xã', 'xã', '150'],
  ['04837', 'Xã Cao Sơn', 'Xã', 'xã', '150'],
  ['05200', 'Xã Pà Cò', 'Xã', 'xã', '152'],
] as const
const households = { code: 'household', vi: 'hộ', en: 'households' }
const indicators = (year: number) => [
  drafted('poverty-rate', {
    target: { comparator: '<=', value: 20 },
    change: { value: -3, unit: 'pp', against: year - 1 },
    weighedBy: { numerator: 'poor-households' },
  }),
  drafted('poor-households', {
    unit: households,
    target: { comparator: '<=', value: 90_000 },
    measure: 'level',
    extent: 'extensive',
  }),
  drafted('forest-cover', {
    target: { comparator: '>=', value: 52 },
    change: { value: 1, unit: 'pp', against: year - 1 },
  }),
  drafted('jobs-created', {
    unit: { code: 'job', vi: 'việc làm', en: 'jobs' },
    target: { comparator: '>=', value: 9000 },
    measure: 'flow',
    extent: 'extensive',
  }),
  drafted('houses-built', {
    unit: { code: 'house', vi: 'nhà', en: 'houses' },
    target: { comparator: '>=', value: 100 },
    measure: 'flow',
    extent: 'extensive',
  }),
  drafted('commune-radio', {
    target: { comparator: '>=', value: 95 },
    levels: ['province', 'district'],
    weighedBy: 'communes',
  }),
]

let province: DraftedProvince

beforeAll(async () => {
  province = await draftedProvince(UNITS)
  const { publish, figures, made } = province
  for (const year of [2024, 2025]) await publish(draftedDirective(year, indicators(year)))
  // Of 1,000, 500 and 250 households: 350 of 1,750, which is 20%; the mean of the rates would be 26%.
  for (const [unit, poverty, poor, forest, jobs] of [
    ['04831', 10, 100, 40, 300],
    ['04834', 20, 100, 50, 40],
    ['04837', 60, 150, 70, 60.5],
  ] as const) {
    await figures(
      [unit, '2024-12-31', 'poverty-rate', poverty],
      [unit, '2024-12-31', 'poor-households', poor],
      [unit, '2024-12-31', 'forest-cover', forest],
      [unit, '2024-09-30', 'jobs-created', jobs / 2],
      [unit, '2024-12-31', 'jobs-created', Math.floor(jobs)],
    )
  }
  await figures(
    ['05200', '2024-12-31', 'forest-cover', 61],
    ['05200', '2024-12-31', 'jobs-created', 100],
    ['05200', '2024-12-31', 'houses-built', 4],
    ['04834', '2024-12-31', 'houses-built', 9],
    ['150', '2025-06-30', 'commune-radio', 100],
    ['152', '2025-06-30', 'commune-radio', 20],
    ['150', '2025-06-30', 'jobs-created', 70],
    ['04831', '2025-06-30', 'jobs-created', 40],
    ['04834', '2025-06-30', 'jobs-created', 20],
    ['04837', '2025-06-30', 'jobs-created', 10],
  )
  await made(`assignTargets(input: { year: 2025, validFrom: "2025-02-01", source: "QĐ tự đặt", targets: [
    { unit: "150", indicator: "jobs-created", value: 5000 }, { unit: "04831", indicator: "jobs-created", value: 600 } ] }) { units { code } }`)
  await made(`changeUnits(input: { decision: "NQ 1/NQ (tự đặt)",
    close: [{ unit: "150", lastDay: "2025-06-30" }, { unit: "152", lastDay: "2025-06-30" }],
    create: [
      { code: "04831", name: "Xã Đà Bắc", kind: "Xã", level: COMMUNE, parent: "17", from: "2025-07-01", predecessors: ["04831", "04834", "04837"] },
      { code: "05200", name: "Xã Pà Cò Mới", kind: "Xã", level: COMMUNE, parent: "17", from: "2025-07-01", succession: RENAMED, predecessors: ["05200"] } ]
  }) { units { code } }`)
  await made(`assignTargets(input: { year: 2025, validFrom: "2025-07-15", on: "2025-07-15", source: "QĐ tự đặt", targets: [
    { unit: "04831", indicator: "jobs-created", value: 900 } ] }) { units { code } }`)
  await figures(
    ['04831', '2025-12-31', 'poverty-rate', 18],
    ['04831', '2025-12-31', 'forest-cover', 55],
    ['04831', '2025-09-30', 'jobs-created', 300],
    ['05200', '2025-12-31', 'forest-cover', 61.5],
  )
}, 180_000)
afterAll(async () => {
  await province.end()
  await cleanUp()
})

const RESULT = `status inherited target { value } completion progress
  yearBefore { year value asOf of { name } reason(locale: EN) }`
interface Result {
  readonly indicator: { readonly code: string }
  readonly status: string
}
const results = async (code: string, more = '') => {
  const { unit } = await province.ask<{ unit: { evaluation: { results: readonly Result[] } } }>(
    `{ unit(code: "${code}") { evaluation(year: 2025 ${more}) { results { indicator { code } ${RESULT} } } } }`,
  )
  return Object.fromEntries(unit.evaluation.results.map((result) => [result.indicator.code, result]))
}
const PREDECESSORS = [{ name: 'Xã Tu Lý' }, { name: 'Xã Hào Lý' }, { name: 'Xã Cao Sơn' }]

describe('a commune that took the place of three is judged by what they came to in the year before', () => {
  test('a rate with known denominators is the baseline that the directive’s change counts from', async () => {
    const { 'poverty-rate': poverty } = await results('04831')
    expect(poverty).toMatchObject({
      status: 'NOT_MET',
      inherited: 'CHANGE',
      target: { value: 17 },
      yearBefore: { year: 2024, value: 20, asOf: '2024-12-31', of: PREDECESSORS, reason: null },
    })
  })

  test('without them there is no baseline, and the answer says that the series breaks', async () => {
    const { 'forest-cover': forest, 'jobs-created': jobs } = await results('04831')
    expect(forest).toMatchObject({
      inherited: 'LEVEL',
      target: { value: 52 },
      progress: null,
      yearBefore: { value: null, of: PREDECESSORS, reason: expect.stringMatching(/denominators/) },
    })
    expect(jobs).toMatchObject({ yearBefore: { value: 400, of: PREDECESSORS, reason: null } })
  })

  test('a unit that was only renamed goes on from its own rate, whatever its denominator', async () => {
    const { 'forest-cover': forest } = await results('05200')
    expect(forest).toMatchObject({
      inherited: 'CHANGE',
      target: { value: 62 },
      yearBefore: { value: 61, of: [{ name: 'Xã Pà Cò' }], reason: null },
    })
  })

  test.each(['figureStatus: OFFICIAL', 'recordedBefore: "2099-01-01T00:00:00Z"'])('with %s too', async (counting) => {
    const { 'poverty-rate': poverty } = await results('04831', counting)
    expect(poverty).toMatchObject({ inherited: 'CHANGE', target: { value: 17 } })
  })

  test('the table of all units says the same as each unit', async () => {
    const { matrix } = await province.ask<{
      matrix: {
        units: readonly { code: string }[]
        indicators: readonly { code: string }[]
        statuses: readonly string[][]
      }
    }>('{ matrix(year: 2025) { units { code } indicators { code } statuses } }')
    expect(matrix.units.map(({ code }) => code)).toEqual(['17', '04831', '05200'])
    for (const [i, { code }] of matrix.units.entries()) {
      const judged = await results(code)
      const statuses = matrix.indicators.map((indicator) => judged[indicator.code]?.status)
      expect([code, matrix.statuses[i]]).toEqual([code, statuses])
    }
    expect(matrix.statuses[1]?.[0]).toBe('NOT_MET')
    expect(matrix.statuses[2]?.[2]).toBe('NOT_MET')
  })

  test('what is only tried is judged from there, too', async () => {
    const { evaluate } = await province.ask<{ evaluate: object }>(
      '{ evaluate(input: { unit: "04831", year: 2025, facts: [{ indicator: "poverty-rate", value: 17 }] }) { results(indicators: ["poverty-rate"]) { status inherited yearBefore { year } } } }',
    )
    expect(evaluate).toEqual({ results: [{ status: 'MET', inherited: 'CHANGE', yearBefore: null }] })
  })

  test('"so với cùng kỳ" and the forecast are held against the sum of that day', async () => {
    const { unit } = await province.ask<{ unit: { evaluation: { results: readonly object[] } } }>(
      '{ unit(code: "04831") { evaluation(year: 2025, asOf: "2025-09-30") { results(indicators: ["jobs-created", "forest-cover"]) { indicator { code } yearOnYear { asOf before difference } forecast { byLastYear } } } } }',
    )
    expect(unit.evaluation.results).toEqual([
      { indicator: { code: 'forest-cover' }, yearOnYear: null, forecast: null },
      {
        indicator: { code: 'jobs-created' },
        yearOnYear: { asOf: '2024-09-30', before: 200.25, difference: 99.75 },
        forecast: { byLastYear: expect.closeTo((300 * 400) / 200.25, 4) },
      },
    ])
  })
})

test('a total is shared out by what the predecessors had; where that is not known, it says of whom and why', async () => {
  const propose = (indicator: string) =>
    `{ proposeAllocation(indicator: "${indicator}", parent: "17", total: 50, by: LAST_YEAR, year: 2025) { parts { unit { code } value weight } } }`
  const { proposeAllocation } = await province.ask<{ proposeAllocation: object }>(propose('jobs-created'))
  expect(proposeAllocation).toEqual({
    parts: [
      { unit: { code: '04831' }, value: 40, weight: 400 },
      { unit: { code: '05200' }, value: 10, weight: 100 },
    ],
  })
  const { errors } = await province.server.query(propose('houses-built'))
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_INPUT', argument: 'by', value: '04831' } }])
  expect(errors?.[0]?.message).toMatch(/at 04831: The series breaks: there is no figure of Xã Tu Lý, Xã Cao Sơn/)
})

test('a ranking is frozen from the same year before as it is shown', async () => {
  await province.made(
    'createCluster(input: { code: "cum-xa", name: "Cụm các xã", nameEn: "Communes", kind: CLUSTER, firstYear: 2025, source: "QĐ tự đặt" }) { cluster { code } }',
  )
  for (const unit of ['04831', '05200']) {
    await province.made(
      `setMembership(input: { cluster: "cum-xa", year: 2025, unit: "${unit}", source: "QĐ tự đặt" }) { unit { name } }`,
    )
  }
  const frozen = (await province.made(
    'freezeRanking(input: { cluster: "cum-xa", year: 2025, reason: "Thử" }) { ranking { document members { unit { code } score } } }',
  )) as { readonly document: string; readonly members: readonly { unit: { code: string }; score: number }[] }
  const { members } = JSON.parse(frozen.document) as { members: readonly { unit: string; baselines?: object }[] }
  expect(Object.fromEntries(members.map(({ unit, baselines }) => [unit, baselines]))).toEqual({
    '04831-2025': { 'poverty-rate': 20, 'poor-households': 350, 'jobs-created': 400 },
    '05200-2025': { 'forest-cover': 61, 'jobs-created': 100, 'houses-built': 4 },
  })
  const { ranking } = await province.ask<{ ranking: { clusters: readonly { members: readonly object[] }[] } }>(
    '{ ranking(year: 2025) { clusters { members { unit { code } score } } } }',
  )
  expect(ranking.clusters[0]?.members).toEqual(frozen.members)
})

describe('units that ended within the year', () => {
  const ended = (ask: string) =>
    province.ask<{ unit: Record<string, never> }>(`{ unit(code: "150", on: "2025-06-30") { ${ask} } }`)

  test('keep those below them: roll-ups and weights are of their last day, whenever one asks', async () => {
    const rollUps = (more: string) =>
      ended(`rollUps(year: 2025 ${more}) { indicator { code } own children difference reporting expected }`)
    const jobs = {
      indicator: { code: 'jobs-created' },
      own: 70,
      children: 70,
      difference: 0,
      reporting: 3,
      expected: 3,
    }
    for (const day of ['', 'asOf: "2025-12-31"', 'asOf: "2025-07-01"', 'asOf: "2025-06-30"']) {
      const { unit } = await rollUps(day)
      expect([day, unit]).toEqual([day, { rollUps: expect.arrayContaining([jobs]) }])
    }
  })

  test('a share of communes weighs by how many they had', async () => {
    const { figureGroups } = await province.ask<{ figureGroups: readonly object[] }>(
      '{ figureGroups(by: [INDICATOR], year: 2025, asOf: "2025-06-30", where: { level: DISTRICT, indicators: ["commune-radio"] }) { figures weightedMean } }',
    )
    expect(figureGroups).toEqual([{ figures: 2, weightedMean: 80 }])
  })

  test('who is below whom is of the day in question, wherever it is asked', async () => {
    const names = (list: readonly { unit: { name: string } }[]) => list.map(({ unit }) => unit.name)
    const { june, december } = await province.ask<
      Record<'june' | 'december', { rollUps: readonly { indicator: { code: string }; expected: number }[] }>
    >(
      '{ june: unit(code: "17", on: "2025-06-30") { rollUps(year: 2025, asOf: "2025-06-30", indicators: ["jobs-created"]) { indicator { code } children reporting expected } } december: unit(code: "17") { rollUps(year: 2025, indicators: ["jobs-created"]) { indicator { code } children reporting expected } } }',
    )
    expect([june.rollUps, december.rollUps]).toEqual([
      [{ indicator: { code: 'jobs-created' }, children: 70, reporting: 1, expected: 2 }],
      [{ indicator: { code: 'jobs-created' }, children: 300, reporting: 1, expected: 2 }],
    ])
    const { districts, communes, none } = await province.ask<
      Record<'districts' | 'communes' | 'none', readonly { unit: { name: string } }[]>
    >(
      '{ districts: completeness(year: 2025, asOf: "2025-06-30", level: DISTRICT) { unit { name } } communes: completeness(year: 2025, level: COMMUNE) { unit { name } } none: completeness(year: 2025, level: DISTRICT) { unit { name } } }',
    )
    expect([names(districts), names(communes), names(none)]).toEqual([
      ['Huyện Đà Bắc', 'Huyện Mai Châu'],
      ['Xã Đà Bắc', 'Xã Pà Cò Mới'],
      [],
    ])
    const { allocation } = await province.ask<{ allocation: readonly object[] }>(
      '{ allocation(parent: "150", year: 2025, asOf: "2025-06-30") { indicator { code } target assigned holders { unit { name } } } }',
    )
    expect(allocation).toEqual([
      { indicator: { code: 'jobs-created' }, target: 5000, assigned: 600, holders: [{ unit: { name: 'Xã Tu Lý' } }] },
    ])
  })

  test('a filter by a parent that no longer stands says when it did', async () => {
    const { units, figureComparison } = await province.ask<{
      units: { nodes: readonly object[] }
      figureComparison: { missing: readonly object[] }
    }>(
      '{ units(parent: "150", on: "2025-06-30") { nodes { name } } figureComparison(indicator: "jobs-created", parent: "150", from: "2024-09-30", to: "2025-06-30") { missing(first: 5) { name } } }',
    )
    expect([units.nodes.length, figureComparison.missing]).toEqual([3, []])
    for (const field of [
      'units(parent: "150", on: "2025-12-31") { totalCount }',
      'allocation(parent: "150", year: 2025) { target }',
    ]) {
      const { errors } = await province.server.query(`{ ${field} }`)
      expect(errors).toMatchObject([{ extensions: { code: 'UNKNOWN_UNIT', argument: 'parent' } }])
      expect(errors?.[0]?.message).toContain('Huyện Đà Bắc until 2025-06-30')
    }
  })
})
