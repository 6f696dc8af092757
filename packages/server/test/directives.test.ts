// A directive is a document: checked, published, superseded; each unit is judged by the one that binds it. Over real HTTP.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDocument } from '@dienbien/targets/table'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
let council: Record<string, string>

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
  council = bearer(token('--role', 'council'))
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

type Document = Record<string, unknown> & { readonly indicators: readonly Record<string, unknown>[] }
const document = (name: string): Document =>
  readDocument(readFileSync(new URL(`../../targets/test/documents/${name}.yaml`, import.meta.url), 'utf8'))
    .value as Document
const PROVINCE_2023 = document('dien-bien-2023')
/** The bloc's directive of 2024, a year earlier. */
const BLOC_2023: Document = { ...document('departments-2024'), year: 2023, issuedOn: '2023-02-27' }

const PUBLISH = `mutation ($document: JSON!, $cluster: String, $unit: String, $expected: Int) {
  publishDirective(input: { document: $document, cluster: $cluster, unit: $unit, source: "Quyết định 5/QĐ-UBND", expected: $expected }) {
    version { code version published inForce hash }
    errors { code path message(locale: VI) nearest }
  }
}`
interface Published {
  readonly publishDirective: {
    readonly version: { readonly code: string; readonly inForce: boolean; readonly hash: string } | null
    readonly errors: readonly { readonly code: string; readonly path: readonly string[]; readonly message: string }[]
  }
}
const publish = async (variables: Record<string, unknown>, headers = council) =>
  (await server.query<Published>(PUBLISH, variables, headers)).data.publishDirective

test('before it is published there is no year 2023, and a bloc may not go before everyone', async () => {
  const { errors } = await server.query('{ directive(year: 2023) { number } }')
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNKNOWN_YEAR', nearest: '2022' })
  const { version, errors: refused } = await publish({ document: BLOC_2023, cluster: 'khoi-mau' })
  expect(version).toBeNull()
  expect(refused).toEqual([expect.objectContaining({ code: 'BAD_DIRECTIVE', path: ['input', 'document', 'year'] })])
  expect(refused[0]?.message).toContain('chưa có chỉ thị chung')
})

test('everything that is wrong with a document is told at once, each in its place, and nothing is stored', async () => {
  const [first, second, ...rest] = PROVINCE_2023.indicators
  const wrong = {
    ...PROVINCE_2023,
    issuedOn: '2023-02-30',
    indicators: [{ ...first, measure: 'rat' }, { ...second, targt: 1 }, ...rest],
  }
  const { version, errors } = await publish({ document: wrong })
  expect(version).toBeNull()
  expect(errors.map(({ path }) => path.join('.'))).toEqual(
    expect.arrayContaining([
      'input.document.issuedOn',
      'input.document.indicators.0.measure',
      'input.document.indicators.1.targt',
    ]),
  )
  const check = await server.query<{ checkDirective: { path: string }[] }>(
    'query ($document: JSON!) { checkDirective(document: $document) { path message nearest } }',
    { document: wrong },
  )
  expect(check.data.checkDirective).toHaveLength(errors.length)
  expect((await server.query('{ directive(year: 2023) { number } }')).errors).toHaveLength(1)
})

test('what counts otherwise than in the years before is another indicator', async () => {
  const indicators = PROVINCE_2023.indicators.map((indicator) =>
    indicator.id === 'poverty-rate'
      ? { ...indicator, unit: { code: 'household', vi: 'hộ', en: 'households' } }
      : indicator,
  )
  const { errors } = await publish({ document: { ...PROVINCE_2023, indicators } })
  expect(errors.map(({ message }) => message).join()).toContain('năm 2022 tính bằng "%" (mã percent)')
})

test('a draft binds nobody, is seen by those who may publish, and tells what stands against it', async () => {
  const draft = { ...PROVINCE_2023, indicators: [] }
  const { data } = await server.query<{ draftDirective: { version: { code: string; problems: unknown[] } } }>(
    `mutation ($document: JSON!) { draftDirective(input: { document: $document, source: "Sở Nội vụ dự thảo" }) {
      version { code published problems { path } } errors { message } } }`,
    { document: draft },
    council,
  )
  expect(data.draftDirective).toMatchObject({ version: { code: '2023-1', published: false }, errors: [] })
  expect(data.draftDirective.version.problems.length).toBeGreaterThan(0)
  const codes = async (headers: Record<string, string>) =>
    (
      await server.query<{ directiveVersions: { code: string }[] }>(
        '{ directiveVersions(year: 2023) { code } }',
        {},
        headers,
      )
    ).data.directiveVersions.map(({ code }) => code)
  expect(await codes(council)).toEqual(['2023-1'])
  expect(await codes({})).toEqual([])
  const seen = await server.query('{ directiveVersion(code: "2023-1") { code } }')
  expect(seen.errors?.[0]?.extensions.code).toBe('UNKNOWN_VERSION')
})

test('a published directive is the newest year, judges by last year’s results, and leaves 2022 as it was', async () => {
  const before = await server.query(
    '{ unit(code: "11") { evaluation(year: 2022) { summary { met undecided total } } } }',
  )
  const { version, errors } = await publish({ document: PROVINCE_2023, expected: 1 })
  expect(errors).toEqual([])
  expect(version).toMatchObject({ code: '2023-2', inForce: true })
  const { data } = await server.query<Record<string, never>>(`{
    directive { year version level indicators { code } }
    old: directive(year: 2022) { number version indicators { id code } }
    unit(code: "11") {
      now: evaluation { results { indicator { id code } target { text } } }
      then: evaluation(year: 2022) { summary { met undecided total } }
    }
    indicators(first: 1) { nodes { id } }
    indicator(id: "poverty-rate") { target { text } }
    before: indicator(id: "poverty-rate", year: 2022) { id target { text } }
    node(id: "2022-1:poverty-rate") { ... on Indicator { id code target { text } } }
  }`)
  expect(data).toMatchObject({
    directive: { year: 2023, version: '2023-2', level: 'PROVINCE' },
    old: { number: '02/CT-UBND', version: '2022-1' },
    before: { id: '2022-1:poverty-rate', target: { text: 'không quá 31,10%' } },
    node: { id: '2022-1:poverty-rate', code: 'poverty-rate', target: { text: 'không quá 31,10%' } },
  })
  const { directive, old, unit, indicator } = data as unknown as {
    readonly directive: { readonly indicators: readonly { readonly code: string }[] }
    readonly old: { readonly indicators: readonly { readonly id: string; readonly code: string }[] }
    readonly unit: {
      readonly now: { readonly results: readonly { indicator: { id: string; code: string } }[] }
      then: unknown
    }
    readonly indicator: { readonly target: { readonly text: string } }
  }
  expect(directive.indicators.map(({ code }) => code)).toEqual(PROVINCE_2023.indicators.map(({ id }) => id))
  expect(unit.now.results.map(({ indicator: { id } }) => id)).toEqual(PROVINCE_2023.indicators.map(({ id }) => id))
  expect(old.indicators).toHaveLength(70)
  // What 2023 says nothing of is what 2022 says of it; the others are another year's.
  expect(old.indicators.find(({ code }) => code === 'macadamia-planted')?.id).toBe('macadamia-planted')
  expect(indicator.target.text).not.toBe('không quá 31,10%')
  expect(unit.then).toEqual((before.data as { unit: { evaluation: unknown } }).unit.evaluation)
})

test('the same document again is the version that stands; another one supersedes it, and both are kept', async () => {
  const again = await publish({ document: PROVINCE_2023 })
  expect(again).toMatchObject({ version: { code: '2023-2' }, errors: [] })
  const next100 = {
    ...PROVINCE_2023,
    id: '100/CT-UBND',
    supersedes: { id: '99/CT-UBND', issuedOn: PROVINCE_2023.issuedOn },
  }
  const stale = await publish({ document: next100, expected: 1 })
  expect(stale.errors).toEqual([expect.objectContaining({ code: 'EDIT_CONFLICT' })])
  const next = await publish({ document: next100, expected: 2 })
  expect(next.version).toMatchObject({ code: '2023-3', inForce: true })
  const { data } = await server.query(
    '{ directive { number version } directiveVersions(year: 2023) { code inForce } }',
    {},
    { 'cache-control': 'no-cache' },
  )
  expect(data).toEqual({
    directive: { number: '100/CT-UBND', version: '2023-3' },
    directiveVersions: [
      { code: '2023-3', inForce: true },
      { code: '2023-2', inForce: false },
    ],
  })
})

describe('what a directive says that it supersedes', () => {
  const of2023 = (id: string, supersedes: object, more: object = {}) => ({
    ...PROVINCE_2023,
    id,
    supersedes,
    issuedOn: '2023-03-01',
    ...more,
  })
  const IN_FORCE = { id: '100/CT-UBND', issuedOn: PROVINCE_2023.issuedOn as string }

  test.each([
    ['is none that was published', of2023('101/CT-UBND', { id: '77/CT-UBND', issuedOn: '2023-01-02' }), /không có 77/],
    ['has another date', of2023('101/CT-UBND', { ...IN_FORCE, issuedOn: '2023-02-09' }), /không có 100.+2023-3/],
    [
      'is superseded already',
      of2023('101/CT-UBND', { id: '99/CT-UBND', issuedOn: PROVINCE_2023.issuedOn }),
      /đã được thay thế; đang có hiệu lực: 100\/CT-UBND/,
    ],
    [
      'is of another year',
      of2023('101/CT-UBND', { id: '02/CT-UBND', issuedOn: '2022-02-08' }),
      /bản 2022-1, của năm hoặc/,
    ],
    [
      'is of another year, where its own has none yet',
      { ...of2023('1/CT-UBND', IN_FORCE), year: 2024, issuedOn: '2024-01-15' },
      /bản 2023-3, của năm hoặc/,
    ],
  ])('%s: refused, whatever state was expected, and nothing is stored', async (_, document, message) => {
    for (const expected of [undefined, 1]) {
      const { version, errors } = await publish({ document, expected })
      expect(version).toBeNull()
      expect(errors).toEqual([
        expect.objectContaining({
          code: 'BAD_DIRECTIVE',
          path: ['input', 'document', 'supersedes'],
          message: expect.stringMatching(message),
        }),
      ])
    }
    expect((await server.query('{ directive(year: 2023) { version } }')).data).toEqual({
      directive: { version: '2023-3' },
    })
  })

  test('is of everyone, where the document is a bloc’s', async () => {
    const { errors } = await publish({ document: { ...BLOC_2023, supersedes: IN_FORCE }, cluster: 'khoi-mau' })
    expect(errors).toMatchObject([{ code: 'BAD_DIRECTIVE', path: ['input', 'document', 'supersedes'] }])
  })

  test('is the one in force; and that one once more, as for a slip, says what it said', async () => {
    const before = await publish({
      document: { ...of2023('101/CT-UBND', IN_FORCE), title: { vi: 'Sai', en: 'Wrong' } },
    })
    expect(before).toMatchObject({ version: { code: '2023-4', inForce: true }, errors: [] })
    const corrected = await publish({ document: of2023('101/CT-UBND', IN_FORCE) })
    expect(corrected).toMatchObject({ version: { code: '2023-5', inForce: true }, errors: [] })
    expect(await publish({ document: of2023('101/CT-UBND', IN_FORCE) })).toMatchObject({ version: { code: '2023-5' } })
  })
})

describe('a bloc with a directive of its own', () => {
  const [first, other] = ['so-mau-1', 'so-mau-2']
  beforeAll(async () => {
    for (const unit of [first, other]) {
      await server.change(
        `mutation { setMembership(input: { cluster: "khoi-mau", year: 2023, unit: "${unit}", source: "QĐ 7/QĐ-UBND" }) { cluster { code } } }`,
        {},
        council,
      )
    }
    expect((await publish({ document: BLOC_2023, cluster: 'khoi-mau' })).errors).toEqual([])
  })

  test('its members are judged by it, whose totals are theirs; nobody else is', async () => {
    const administrator = bearer(token('--role', 'administrator'))
    const submitted = await server.change(
      `mutation { submitMeasurements(input: { unit: "${first}", year: 2023, asOf: "2023-12-31", status: OFFICIAL, source: "Báo cáo 9",
        values: [{ indicator: "files-in-time", value: 99.1 }, { indicator: "initiatives", value: 6 }, { indicator: "late-reports", value: 3 }] }) { measurements { revision } } }`,
      {},
      administrator,
    )
    expect(submitted.errors).toBeUndefined()
    const { data } = await server.query<{
      directive: { number: string; cluster: { code: string } }
      unit: { evaluation: { results: { indicator: { code: string }; status: string; exceeded: boolean }[] } }
      province: { evaluation: { results: { indicator: { code: string } }[] } }
      matrix: { indicators: { code: string }[]; statuses: string[][] }
    }>(`{
      directive(unit: "${first}") { number cluster { code } }
      unit(code: "${first}") { evaluation { results { indicator { code } status exceeded } } }
      province: unit(code: "11") { evaluation { results { indicator { code } } } }
      matrix(cluster: "khoi-mau") { indicators { code } statuses }
    }`)
    expect(data.directive).toEqual({ number: '01/GƯ-KTH', cluster: { code: 'khoi-mau' } })
    const ids = BLOC_2023.indicators.map(({ id }) => id)
    const judged = data.unit.evaluation.results
    expect(judged.map(({ indicator: { code } }) => code)).toEqual(ids)
    expect(judged.find(({ indicator: { code } }) => code === 'initiatives')).toMatchObject({
      status: 'MET',
      exceeded: true,
    })
    expect(judged.find(({ indicator: { code } }) => code === 'late-reports')).toMatchObject({ status: 'NOT_MET' })
    expect(data.province.evaluation.results.map(({ indicator: { code } }) => code)).not.toContain('initiatives')
    // The table of its members has its columns, and says the same.
    expect(data.matrix.indicators.map(({ code }) => code)).toEqual(ids)
    expect(data.matrix.statuses[0]).toEqual(judged.map(({ status }) => status))
  })

  test('its ranking is by it, frozen with its version, and ranks anew to the same bytes when it is superseded', async () => {
    const { data } = await server.change<{ freezeRanking: { code: string; document: string } }>(
      'mutation { freezeRanking(input: { cluster: "khoi-mau", year: 2023, reason: "Tổng kết" }) { ranking { code document } } }',
      {},
      council,
    )
    const { code, document: frozen } = data.freezeRanking
    expect(JSON.parse(frozen)).toMatchObject({ directive: '01/GƯ-KTH', directiveVersion: '2023-khoi-mau-1' })
    const easier = BLOC_2023.indicators.map((indicator) =>
      indicator.id === 'late-reports'
        ? { ...indicator, target: { comparator: '<=', value: 4 }, quote: 'không quá 4 báo cáo nộp chậm' }
        : indicator,
    )
    expect((await publish({ document: { ...BLOC_2023, indicators: easier }, cluster: 'khoi-mau' })).errors).toEqual([])
    const { data: after } = await server.query<{
      frozenRanking: { reproducible: boolean }
      unit: { evaluation: { results: { indicator: { code: string }; status: string }[] } }
    }>(
      `{ frozenRanking(code: "${code}") { reproducible } unit(code: "${first}") { evaluation { results(indicators: ["late-reports"]) { status } } } }`,
      {},
      { ...council, 'cache-control': 'no-cache' },
    )
    expect(after.frozenRanking.reproducible).toBe(true)
    expect(after.unit.evaluation.results).toEqual([{ status: 'MET' }])
  })

  test('who competes in it may not publish by what it is judged', async () => {
    const judge = bearer(token('--role', 'council', '--unit', other as string))
    const { errors } = await server.query(PUBLISH, { document: BLOC_2023, cluster: 'khoi-mau' }, judge)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

test('an indicator by the id that an earlier year gave it is the same one, in figures, groups and what is tried', async () => {
  const id = '2022-1:poverty-rate'
  const stored = await server.change(
    `mutation { submitMeasurements(input: { unit: "096", year: 2022, asOf: "2022-12-31", status: OFFICIAL, source: "Báo cáo 10",
      values: [{ indicator: "${id}", value: 33.25 }] }) { measurements { value } } }`,
    {},
    bearer(token('--role', 'administrator')),
  )
  expect(stored.errors).toBeUndefined()
  const tried = `ranking(year: 2022, figures: [{ unit: "096", indicator: "ID", value: 20 }]) { clusters { members { unit { code } score } } }`
  const { data } = await server.query<Record<string, unknown>>(`{
    unit(code: "096") { measurements(year: 2022, indicators: ["${id}"]) { value indicator { code } } }
    groups: figureGroups(year: 2022, by: [INDICATOR], where: { indicators: ["${id}"], level: DISTRICT }) { count indicator }
    byKey: ${tried.replace('ID', id)}
    byCode: ${tried.replace('ID', 'poverty-rate')}
  }`)
  expect(data.unit).toEqual({ measurements: [{ value: 33.25, indicator: { code: 'poverty-rate' } }] })
  expect(data.groups).toEqual([{ count: 10, indicator: 'poverty-rate' }])
  expect(data.byKey).toEqual(data.byCode)
})

test('nobody publishes without the right', async () => {
  for (const [role, code] of [
    [{}, 'UNAUTHENTICATED'],
    [bearer(token('--role', 'analyst')), 'FORBIDDEN'],
    [bearer(token('--role', 'reporter', '--unit', '096')), 'FORBIDDEN'],
  ] as const) {
    const { errors } = await server.query(PUBLISH, { document: PROVINCE_2023 }, role)
    expect(errors?.[0]?.extensions.code).toBe(code)
  }
})
