// Units through time: the 45 communes of 2025 over the 129 of 2022, and a merger in the middle of a year of figures.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { startEmbedded } from '../dist/database/embedded.js'
import { MIGRATIONS, migrate } from '../dist/database/migrate.js'
import { rowsBesideTrail } from '../dist/trail/tables.js'
import { type Answer, cleanUp, onPostgres, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

interface Problem {
  readonly path: readonly string[]
  readonly code: string
  readonly message: string
}
interface Changed {
  readonly changeUnits: {
    readonly units: readonly { readonly id: string; readonly code: string; readonly name: string }[]
    readonly errors: readonly Problem[]
    readonly replayed: boolean
  }
}
interface Page {
  readonly totalCount: number
  readonly nodes: readonly { readonly code: string; readonly name: string }[]
}

const UNITS_2025 = JSON.parse(readFileSync(new URL('../../../prisma/seed/units-2025.json', import.meta.url), 'utf8'))
const DECISION = 'Quyết định 7/QĐ (giả định, synthetic)'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-units-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
const administrator = () => bearer(token('--role', 'administrator'))

const CHANGE = `mutation ($input: ChangeUnitsInput!) {
  changeUnits(input: $input) { units { id code name } errors { path code message(locale: EN) } replayed }
}`
const changeUnits = async (input: object): Promise<Changed['changeUnits']> => {
  const { data, errors } = await server.query<Changed>(
    CHANGE,
    { input: { decision: DECISION, ...input } },
    administrator(),
  )
  expect(errors).toBeUndefined()
  return data.changeUnits
}
const stored = async (input: object) => {
  const changed = await changeUnits(input)
  expect(changed.errors).toEqual([])
  return changed.units
}
const ask = async <Data>(text: string, headers: Record<string, string> = {}): Promise<Data> => {
  const { data, errors } = await server.query<Data>(text, {}, headers)
  expect(errors).toBeUndefined()
  return data
}
const submit = (unit: string, asOf: string, value: number, indicator = 'jobs-created', headers = administrator()) =>
  server.query<{ submitMeasurements: { unit: { id: string; name: string } | null; errors: readonly Problem[] } }>(
    `mutation { submitMeasurements(input: { unit: "${unit}", year: ${asOf.slice(0, 4)}, asOf: "${asOf}", status: OFFICIAL, values: [{ indicator: "${indicator}", value: ${value} }] }) { unit { id name } errors { path code message } } }`,
    {},
    headers,
  )
const codeOf = ({ errors = [] }: Answer<unknown>) => errors[0]?.extensions.code

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start(environment)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('the 129 communes of 2022 become the 45 of July 2025', () => {
  const page = (on: string, level: string) =>
    ask<{ units: Page }>(`{ units(level: ${level}, on: "${on}", first: 1) { totalCount nodes { code name } } }`)
  const counts = async (on: string) =>
    Promise.all(['PROVINCE', 'DISTRICT', 'COMMUNE'].map(async (level) => (await page(on, level)).units.totalCount))

  test('a dry run stores nothing', async () => {
    expect(await changeUnits({ ...UNITS_2025, dryRun: true })).toEqual({ units: [], errors: [], replayed: false })
    expect(await counts('2025-07-01')).toEqual([1, 0, 0])
  })

  test('by one change, all or none, which is made once for its key', async () => {
    const wrong = await changeUnits({
      ...UNITS_2025,
      create: [...UNITS_2025.create, { ...UNITS_2025.create[0], code: '03161', predecessors: ['99999'] }],
    })
    expect(wrong).toMatchObject({
      units: [],
      errors: [{ path: ['input', 'create', '45', 'predecessors', '0'], code: 'UNKNOWN_UNIT' }],
    })
    expect(await counts('2025-07-01')).toEqual([1, 0, 0])
    const input = { ...UNITS_2025, idempotencyKey: 'units-2025' }
    expect((await changeUnits(input)).units.filter(({ id }) => id.length > 0)).toHaveLength(45)
    expect(await changeUnits(input)).toMatchObject({ replayed: true, errors: [] })
  })

  test('the tree is that of the day', async () => {
    expect(await counts('2025-06-30')).toEqual([1, 10, 129])
    expect(await counts('2025-07-01')).toEqual([1, 0, 45])
    const tree = (on: string, code: string) =>
      ask(`{ unit(code: "${code}", on: "${on}") { name parent { name parent { name } children { totalCount } } } }`)
    expect(await tree('2025-06-30', '03127')).toEqual({
      unit: {
        name: 'Phường Him Lam',
        parent: { name: 'Thành phố Điện Biên Phủ', parent: { name: 'Tỉnh Điện Biên' }, children: { totalCount: 12 } },
      },
    })
    expect(await tree('2025-07-01', '03127')).toEqual({
      unit: {
        name: 'Phường Điện Biên Phủ',
        parent: { name: 'Tỉnh Điện Biên', parent: null, children: { totalCount: 45 } },
      },
    })
  })

  test('a code is of one unit in 2022 and of another since, each with its own id', async () => {
    const { before, after } = await ask<
      Record<string, { id: string; validFrom: string | null; validTo: string | null }>
    >(
      '{ before: unit(code: "03127", on: "2022-12-31") { id validFrom validTo } after: unit(code: "03127", on: "2025-07-01") { id validFrom validTo } }',
    )
    expect(before).toEqual({ id: Buffer.from('Unit:03127').toString('base64'), validFrom: null, validTo: '2025-06-30' })
    expect(after).toMatchObject({ validFrom: '2025-07-01', validTo: null })
    const nodes = await ask<Record<string, { name: string }>>(
      `{ before: node(id: "${before?.id}") { ... on Unit { name } } after: node(id: "${after?.id}") { ... on Unit { name } } }`,
    )
    expect(nodes).toEqual({ before: { name: 'Phường Him Lam' }, after: { name: 'Phường Điện Biên Phủ' } })
  })

  test('who followed whom is told from both sides, with the decision', async () => {
    const { him, thanh } = await ask<
      Record<string, { successors: object[]; predecessors: { unit: { name: string } }[] }>
    >(
      '{ him: unit(code: "03127", on: "2025-07-01") { successors { on } predecessors { on kind decision unit { name } } } thanh: unit(code: "03334") { predecessors { on } successors { on kind decision unit { name code } } } }',
    )
    expect(him?.successors).toEqual([])
    expect(him?.predecessors.map(({ unit }) => unit.name).sort()).toEqual([
      'Phường Him Lam',
      'Phường Mường Thanh',
      'Phường Thanh Bình',
      'Phường Thanh Trường',
      'Phường Tân Thanh',
      'Xã Thanh Minh',
    ])
    expect(thanh).toMatchObject({
      predecessors: [],
      successors: [
        {
          on: '2025-07-01',
          kind: 'MERGED',
          decision: expect.stringContaining('1661/NQ-UBTVQH15'),
          unit: { name: 'Phường Mường Thanh', code: '03334' },
        },
      ],
    })
  })

  test('a unit is found by another spelling of its name, and by that of the resolution', async () => {
    const names = async (search: string, on = '2022-12-31') =>
      (
        await ask<{ units: Page }>(`{ units(search: "${search}", on: "${on}") { totalCount nodes { code name } } }`)
      ).units.nodes.map(({ code }) => code)
    expect(await names('Huổi Lếch')).toEqual(['03177'])
    expect(await names('huoi lenh')).toEqual(['03177'])
    expect(await names('him lam', '2025-07-01')).toEqual([])
    expect(await ask('{ unit(code: "03177") { aliases { name } } }')).toEqual({
      unit: { aliases: [{ name: 'Xã Huổi Lếch' }] },
    })
  })

  test('a code that nobody has on that day is told with who had it and when', async () => {
    const { errors } = await server.query('{ unit(code: "03130", on: "2025-07-01") { name } }')
    expect(errors?.[0]?.extensions.code).toBe('UNKNOWN_UNIT')
    expect(errors?.[0]?.message).toMatch(/Phường Tân Thanh|Phường .* (đến|until) 2025-06-30/)
  })

  test('the token of a code is that of the unit that has it today: nobody writes the past of another', async () => {
    const of = (unit: string) => bearer(token('--role', 'reporter', '--unit', unit))
    // Phường Điện Biên Phủ today; the figures of 2022 are those of phường Him Lam.
    expect(codeOf(await submit('03127', '2022-12-31', 10, 'jobs-created', of('03127')))).toBe('FORBIDDEN')
    // A district that has ended still answers for what it was.
    expect(codeOf(await submit('03127', '2022-12-31', 10, 'jobs-created', of('094')))).toBeUndefined()
    expect(await ask('{ unit(code: "03127") { measurements { value } } }')).toEqual({
      unit: { measurements: [{ value: 10 }] },
    })
  })
})

describe('two communes are merged in the middle of a year (invented)', () => {
  const commune = (code: string, more: object = {}) => ({
    code,
    name: `Xã giả định ${code}`,
    kind: 'Xã',
    level: 'COMMUNE',
    parent: '11',
    ...more,
  })
  const MERGER = {
    create: [commune('xa-a', { name: 'Xã giả định mới', from: '2022-07-01', predecessors: ['xa-a', 'xa-b'] })],
  }
  const figures = (id: string, asOf: string) =>
    ask<{ node: { measurements: readonly { value: number }[] } }>(
      `{ node(id: "${Buffer.from(`Unit:${id}`).toString('base64')}") { ... on Unit { measurements(year: 2022, asOf: "${asOf}") { value } } } }`,
    ).then(({ node }) => node.measurements.map(({ value }) => value))

  beforeAll(async () => {
    await stored({ create: [commune('xa-a'), commune('xa-b'), commune('xa-c')] })
    for (const [unit, asOf, value] of [
      ['xa-a', '2021-12-31', 10],
      ['xa-b', '2021-12-31', 32],
      ['xa-a', '2022-06-30', 5],
      ['xa-b', '2022-06-30', 6],
      ['xa-c', '2022-09-30', 7],
    ] as const) {
      expect((await submit(unit, asOf, value)).data.submitMeasurements.errors).toEqual([])
    }
    await submit('xa-a', '2021-12-31', 40, 'forest-cover')
    await submit('xa-b', '2021-12-31', 60, 'forest-cover')
  })

  test('not where one of them has figures of a later day', async () => {
    const { errors } = await changeUnits({ create: [commune('xa-d', { from: '2022-07-01', predecessors: ['xa-c'] })] })
    expect(errors).toMatchObject([{ path: ['input', 'create', '0', 'predecessors', '0'], code: 'FIGURES_AFTER' }])
  })

  test('each figure is of the unit that had the code on its day', async () => {
    const [merged] = await stored(MERGER)
    expect(merged).toMatchObject({
      code: 'xa-a',
      name: 'Xã giả định mới',
      id: Buffer.from('Unit:xa-a-2022').toString('base64'),
    })
    const of = async (asOf: string, value: number) =>
      (await submit('xa-a', asOf, value)).data.submitMeasurements.unit?.name
    expect([await of('2022-05-31', 4), await of('2022-12-31', 20)]).toEqual(['Xã giả định xa-a', 'Xã giả định mới'])
    expect((await submit('xa-b', '2022-12-31', 1)).data.submitMeasurements.errors).toMatchObject([
      { code: 'UNKNOWN_UNIT' },
    ])
    expect(await figures('xa-a', '2022-05-31')).toEqual([4])
    expect(await figures('xa-a-2022', '2022-12-31')).toEqual([20])
    expect(await figures('xa-a-2022', '2022-06-30')).toEqual([])
    // What ended keeps what it reported.
    expect(await figures('xa-b', '2022-12-31')).toEqual([6])
    expect(
      await ask('{ unit(code: "xa-b", on: "2022-06-30") { evaluation(year: 2022) { summary { total noData } } } }'),
    ).toEqual({
      unit: { evaluation: { summary: { total: 70, noData: expect.any(Number) } } },
    })
  })

  test('a table of a day has a row for each unit that stood on it, with its own figures', async () => {
    const rows = async (asOf: string) => {
      const { matrix } = await ask<{
        matrix: {
          units: readonly { name: string }[]
          values: readonly (number | null)[][]
          statuses: readonly string[][]
        }
      }>(`{ matrix(level: COMMUNE, asOf: "${asOf}", indicators: ["jobs-created"]) { units { name } values statuses } }`)
      expect(matrix.statuses).toHaveLength(matrix.units.length)
      return Object.fromEntries(
        matrix.units
          .map(({ name }, i) => [name, matrix.values[i]?.[0]])
          .filter(([name]) => String(name).includes('giả định')),
      )
    }
    expect(await rows('2022-06-30')).toEqual({ 'Xã giả định xa-a': 5, 'Xã giả định xa-b': 6, 'Xã giả định xa-c': null })
    expect(await rows('2022-12-31')).toEqual({ 'Xã giả định mới': 20, 'Xã giả định xa-c': 7 })
  })

  test('a series crosses the merger: totals are sums, a rate says that it breaks', async () => {
    const years = (indicator: string) =>
      ask(
        `{ unit(code: "xa-a") { years(indicator: "${indicator}") { year value of { code name } reason(locale: EN) } } }`,
      )
    const before = [
      { code: 'xa-a', name: 'Xã giả định xa-a' },
      { code: 'xa-b', name: 'Xã giả định xa-b' },
    ]
    expect(await years('jobs-created')).toEqual({
      unit: {
        years: [
          { year: 2021, value: 42, of: before, reason: null },
          { year: 2022, value: 20, of: [{ code: 'xa-a', name: 'Xã giả định mới' }], reason: null },
        ],
      },
    })
    expect(await years('forest-cover')).toEqual({
      unit: {
        years: [
          { year: 2021, value: null, of: before, reason: expect.stringMatching(/denominators/) },
          { year: 2022, value: null, of: [], reason: null },
        ],
      },
    })
  })

  test('a file names units by the codes of the day of each figure', async () => {
    const form = new FormData()
    const query =
      'mutation ($file: File!) { importMeasurements(input: { file: $file, year: 2022, status: OFFICIAL, reason: "x" }) { stored problems { cell } units { nodes { name } } } }'
    form.append('operations', JSON.stringify({ query, variables: { file: null } }))
    form.append('map', '{"0":["variables.file"]}')
    const rows =
      'unit,indicator,value,date\nxa-a,jobs-created,3,2022-03-31\nxa-a,jobs-created,15,2022-09-30\nxa-b,jobs-created,15,2022-09-30\n'
    form.append('0', new File([rows], 'a.csv', { type: 'text/csv' }))
    const send = async (file: FormData) =>
      (
        (await (await fetch(server.url, { method: 'POST', headers: administrator(), body: file })).json()) as Answer<{
          importMeasurements: object
        }>
      ).data.importMeasurements
    expect(await send(form)).toMatchObject({ stored: 0, problems: [{ cell: 'A4' }] })
    form.set('0', new File([rows.split('\n').slice(0, 3).join('\n')], 'a.csv', { type: 'text/csv' }))
    expect(await send(form)).toMatchObject({
      stored: 2,
      problems: [],
      units: { nodes: [{ name: 'Xã giả định xa-a' }, { name: 'Xã giả định mới' }] },
    })
  })

  test('what is renamed and recoded keeps its figures and its id', async () => {
    await stored({ change: [{ unit: 'xa-c', from: '2022-10-01', code: 'xa-moi', name: 'Xã giả định đổi tên' }] })
    expect(
      await ask(
        '{ unit(code: "xa-moi") { id name states { code from to source } measurements { value } } units(search: "gia dinh xa-c") { nodes { name } } }',
      ),
    ).toEqual({
      unit: {
        id: Buffer.from('Unit:xa-c').toString('base64'),
        name: 'Xã giả định đổi tên',
        states: [
          { code: 'xa-c', from: null, to: '2022-09-30', source: DECISION },
          { code: 'xa-moi', from: '2022-10-01', to: null, source: DECISION },
        ],
        measurements: [{ value: 7 }],
      },
      units: { nodes: [{ name: 'Xã giả định đổi tên' }] },
    })
  })

  test('every change is in the trail, under its decision', async () => {
    const { trail } = await ask<{ trail: { nodes: readonly { table: string; reason: string }[] } }>(
      '{ trail(first: 50) { nodes { table reason } } }',
      administrator(),
    )
    const tables = new Set(trail.nodes.filter(({ reason }) => reason === DECISION).map(({ table }) => table))
    expect([...tables].sort()).toEqual(expect.arrayContaining(['unit_states', 'unit_successions', 'units']))
  })
})

test('a database of before units had identities is upgraded: each has its code, and the trail still tells of its rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dienbien-upgrade-'))
  const before = join(folder, 'migrations')
  cpSync(MIGRATIONS, before, { recursive: true })
  for (const name of readdirSync(before)) if (name >= '20261125180000') rmSync(join(before, name), { recursive: true })
  const embedded = onPostgres() ? null : await startEmbedded(join(folder, 'data'))
  const pool = new Pool({ connectionString: embedded?.url ?? (await ownDatabase(null)).DATABASE_URL ?? '', max: 1 })
  await migrate(pool, before)
  await pool.query(
    `insert into units (code, name, name_en, kind, level, parent_code, search_key, source) values
       ('11', 'Tỉnh Điện Biên', 'Điện Biên', 'Tỉnh', 'province', null, 'tinh dien bien', 'x'),
       ('096', 'Huyện Mường Nhé', 'Mường Nhé', 'Huyện', 'district', '11', 'huyen muong nhe', 'x')`,
  )
  await pool.query("update units set name_en = 'Mường Nhé district' where code = '096'")
  const figure =
    "insert into measurements (unit_code, year, indicator_id, as_of, status, value, recorded_by) values ('096', 2022, 'exports', $1, 'official', 1, 'x')"
  await pool.query(figure, ['2022-06-30'])
  await migrate(pool)
  expect((await pool.query('select id, code, parent_code from units order by id')).rows).toEqual([
    { id: '096', code: '096', parent_code: '11' },
    { id: '11', code: '11', parent_code: null },
  ])
  const gaps = async () => {
    const client = await pool.connect()
    try {
      return await rowsBesideTrail(client, 'units', 10)
    } finally {
      client.release()
    }
  }
  expect(await gaps()).toEqual([])
  await pool.query("update units set valid_to = '2025-06-30' where id = '096'")
  await pool.query(figure, ['2022-12-31'])
  expect(await gaps()).toEqual([])
  await pool.query("alter table units disable trigger user; update units set name = 'Khác' where id = '11'")
  expect(await gaps()).toMatchObject([{ key: ['11'], what: 'row-changed' }])
  await pool.end()
  await embedded?.close()
  rmSync(folder, { recursive: true, force: true })
})
