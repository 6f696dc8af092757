// What looks like an answer and is none: an error that names the argument, or a reason.
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
  for (const { own, children, ownAsOf, childrenAsOf } of otherDays) {
    expect([own, children]).not.toContain(null)
    expect(ownAsOf).not.toBe(childrenAsOf)
  }
  const agreeing = data.unit.all.filter(
    (one) => !data.unit.open.some(({ indicator }) => indicator.id === one.indicator.id),
  )
  for (const one of agreeing) expect(one).toMatchObject({ differs: false, reason: null })
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
