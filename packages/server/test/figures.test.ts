// Figures in and out, by the right people, with a trail: over real HTTP, on both databases.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRows } from '@dienbien/targets/table'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Client } from 'pg'
import writeXlsxFile from 'write-excel-file/node'
import { subscribe } from './events.ts'
import {
  type Answer,
  cleanUp,
  eventually,
  onPostgres,
  ownDatabase,
  type RunningServer,
  shared,
  start,
} from './harness.ts'
import { askingErrors, told } from './payloads.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)

beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  server = await start(environment)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

interface Imported {
  readonly importMeasurements: {
    readonly read: number
    readonly stored: number
    readonly problemCount: number
    readonly problems: readonly { readonly cell: string; readonly message: string }[]
  }
}

/** A file by the GraphQL multipart request specification. */
async function upload(
  jwt: string,
  file: Uint8Array | string,
  input: object,
  name = 'so-lieu.xlsx',
): Promise<Answer<Imported>> {
  const body = new FormData()
  const query = askingErrors(
    'mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) { read stored problemCount problems { cell message } } }',
  )
  body.set('operations', JSON.stringify({ query, variables: { input: { year: 2022, ...input, file: null } } }))
  body.set('map', JSON.stringify({ 0: ['variables.input.file'] }))
  body.set('0', new Blob([file as BlobPart]), name)
  const response = await fetch(server.url, { method: 'POST', headers: bearer(jwt), body })
  return told<Imported>((await response.json()) as Answer<unknown>)
}

test('the template of Mường Ảng, filled in with three mistakes, mended, imported, corrected; and the trail shows all of it', async () => {
  const reporter = token('--role', 'reporter', '--unit', '102')
  const council = token('--role', 'council')

  const page = await server.query<{ unit: { template: string } }>(
    '{ unit(code: "102") { template(asOf: "2022-09-30") } }',
  )
  const rows = await readRows(Buffer.from(page.data.unit.template, 'base64'))
  const header = rows[0]?.map(String) ?? []
  const column = (name: string) => header.indexOf(name)
  const rowOf = (id: string) => rows.findIndex((row) => row[column('indicator')] === id)
  const fill = (id: string, value: string | number, name = 'Giá trị') => {
    ;(rows[rowOf(id)] as unknown[])[column(name)] = value
  }
  expect(rows[rowOf('macadamia-planted')]?.[column('Mục tiêu')]).toBe('từ 1.000 ha trở lên')

  fill('macadamia-planted', '812,5 ha')
  fill('poverty-rate', 'ba mươi')
  fill('jobs-created', 640)
  fill('jobs-created', '31/11/2022', 'Ngày')
  fill('literacy-level-2', 'có lẽ')
  const file = () => writeXlsxFile(rows.map((row) => row.map((cell) => cell ?? null)) as never).toBuffer()
  const dry = await upload(reporter, await file(), { dryRun: true })
  expect(dry.data.importMeasurements.problems.map(({ cell }) => cell)).toEqual(
    [
      [column('Ngày'), 'jobs-created'],
      [column('Giá trị'), 'poverty-rate'],
      [column('Giá trị'), 'literacy-level-2'],
    ]
      .map(([at, id]) => ({ at: at as number, row: rowOf(id as string) }))
      .sort((a, b) => a.row - b.row)
      .map(({ at, row }) => `${String.fromCharCode(65 + at)}${row + 1}`),
  )
  const messages = dry.data.importMeasurements.problems.map(({ message }) => message).join('\n')
  expect(messages).toContain('write 31/12/2022 or 2022-12-31')
  expect(messages).toContain('write true, false, có or không')
  const refused = await upload(reporter, await file(), {})
  expect(refused.data.importMeasurements).toMatchObject({ stored: 0, problemCount: 3 })

  fill('poverty-rate', '33,5%')
  fill('jobs-created', '30/09/2022', 'Ngày')
  fill('literacy-level-2', 'có')
  const events = subscribe(
    server.url,
    'subscription { evaluationChanged(unit: "102") { units { code evaluation(asOf: "2022-09-30") { summary { met inProgress } } } } }',
  )
  const next = events.next()
  await new Promise((resolve) => setTimeout(resolve, 300))
  const landed = await upload(reporter, await file(), { source: 'Báo cáo quý III' })
  expect(landed.data.importMeasurements).toMatchObject({ read: 4, stored: 4, problemCount: 0 })
  expect((await next).value?.data).toEqual({
    evaluationChanged: { units: [{ code: '102', evaluation: { summary: { met: 1, inProgress: 2 } } }] },
  })

  const corrected = events.next()
  const correction = await server.query<{ submitMeasurements: object }>(
    `mutation { submitMeasurements(input: { unit: "102", year: 2022, asOf: "2022-09-30", status: OFFICIAL, reason: "Nhầm số hộ",
      values: [{ indicator: "poverty-rate", value: 30.9, revision: 1 }] }) { errors { code } warnings { message } measurements { revision reason } } }`,
    {},
    bearer(reporter),
  )
  expect(correction.data.submitMeasurements).toEqual({
    errors: [],
    warnings: [],
    measurements: [{ revision: 2, reason: 'Nhầm số hộ' }],
  })
  expect((await corrected).value?.data).toMatchObject({
    evaluationChanged: { units: [{ evaluation: { summary: { met: 2 } } }] },
  })
  await events.return(undefined)
  const history = await server.query<{ unit: { history: object[] } }>(
    '{ unit(code: "102") { history(indicator: "poverty-rate") { value revision reason recordedBy withdrawn } } }',
    {},
    bearer(reporter),
  )
  expect(history.data.unit.history).toEqual([
    { value: 30.9, revision: 2, reason: 'Nhầm số hộ', recordedBy: 'reporter-102', withdrawn: false },
    { value: 33.5, revision: 1, reason: null, recordedBy: 'reporter-102', withdrawn: false },
  ])

  const stranger = await upload(token('--role', 'reporter', '--unit', '097'), await file(), {})
  expect(stranger.data.importMeasurements).toMatchObject({ stored: 0, problemCount: 4 })
  expect(stranger.data.importMeasurements.problems[0]?.message).toContain('not of 102')
  const direct = await server.change(
    'mutation { withdrawMeasurement(input: { unit: "102", year: 2022, indicator: "poverty-rate", asOf: "2022-09-30", status: OFFICIAL, reason: "x" }) { measurement { revision } } }',
    {},
    bearer(token('--role', 'reporter', '--unit', '097')),
  )
  expect(direct.errors?.[0]?.extensions.code).toBe('FORBIDDEN')

  // A refused attempt is written aside, soon after its answer.
  const trail = await eventually(
    () =>
      server.query<{ trail: { nodes: { action: string }[] }; trailGaps: object[] }>(
        '{ trail(unit: "102", first: 10) { nodes { subject role action table reason origin rowCount entries { before after } } } trailGaps { batch } }',
        {},
        bearer(council),
      ),
    ({ data }) => data?.trail.nodes[0]?.action === 'REFUSED',
  )
  expect(trail.errors).toBeUndefined()
  expect(trail.data.trailGaps).toEqual([])
  expect(trail.data.trail.nodes.slice(0, 3)).toMatchObject([
    {
      subject: 'reporter-097',
      action: 'REFUSED',
      table: 'access',
      entries: [{ after: { code: 'FORBIDDEN', unit: '102' } }],
    },
    {
      subject: 'reporter-102',
      role: 'reporter',
      action: 'INSERT',
      table: 'measurements',
      reason: 'Nhầm số hộ',
      entries: [{ before: null, after: { value: 30.9, revision: 2 } }],
    },
    { subject: 'reporter-102', action: 'INSERT', table: 'measurements', reason: 'Báo cáo quý III', rowCount: 4 },
  ])
})

test('a withdrawn figure counts no more, the one before it does, and all of it is kept', async () => {
  const jwt = token('--role', 'reporter', '--unit', '101')
  const submit = (asOf: string, value: number) =>
    server.query(
      `mutation { submitMeasurements(input: { unit: "101", year: 2022, asOf: "${asOf}", status: OFFICIAL, values: [{ indicator: "jobs-created", value: ${value} }] }) { errors { code } } }`,
      {},
      bearer(jwt),
    )
  await submit('2022-06-30', 300)
  await submit('2022-09-30', 999)
  const withdraw = (reason: string) =>
    server.change(
      `mutation { withdrawMeasurement(input: { unit: "101", year: 2022, indicator: "jobs-created", asOf: "2022-09-30", status: OFFICIAL, reason: "${reason}" }) { measurement { revision withdrawn reason } } }`,
      {},
      bearer(jwt),
    )
  expect((await withdraw(' ')).errors?.[0]?.message).toContain('input.reason must not be empty')
  expect((await withdraw('Báo cáo nhầm đơn vị')).data).toEqual({
    withdrawMeasurement: { revision: 2, withdrawn: true, reason: 'Báo cáo nhầm đơn vị' },
  })
  const counts = async () =>
    (await server.query('{ unit(code: "101") { measurements { value asOf } } }')).data as unknown
  expect(await counts()).toEqual({ unit: { measurements: [{ value: 300, asOf: '2022-06-30' }] } })
  expect((await withdraw('noch einmal')).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
  await submit('2022-09-30', 450)
  expect(await counts()).toEqual({ unit: { measurements: [{ value: 450, asOf: '2022-09-30' }] } })
})

test('warnings: ties to stored figures, outliers, a correction without a reason, a revision that is not the newest', async () => {
  const jwt = token('--role', 'administrator')
  const submit = (asOf: string, values: object[]) =>
    server.query<{ submitMeasurements: { warnings: { message: string }[]; errors: { code: string }[] } }>(
      `mutation ($values: [MeasurementValueInput!]!, $asOf: Date!) { submitMeasurements(input: { unit: "11", year: 2022, asOf: $asOf, status: OFFICIAL, values: $values }) { warnings { message(locale: EN) } errors { code } } }`,
      { values, asOf },
      bearer(jwt),
    )
  const warningsOf = async (asOf: string, values: object[]) =>
    (await submit(asOf, values)).data.submitMeasurements.warnings.map(({ message }) => message)
  await submit('2022-06-30', [
    { indicator: 'exports', value: 30 },
    { indicator: 'imports', value: 10 },
  ])
  expect(await warningsOf('2022-06-30', [{ indicator: 'trade-turnover', value: 41 }])).toEqual([
    'The parts do not add up to the total: 30 + 10 = 40, 41',
  ])
  expect(await warningsOf('2022-06-30', [{ indicator: 'trade-turnover', value: 40 }])).toEqual([
    expect.stringContaining('without a reason'),
  ])
  expect(await warningsOf('2022-09-30', [{ indicator: 'exports', value: 29 }])).toEqual(
    [
      expect.stringContaining('less than the 30 (2022-06-30) reported before'),
      expect.stringContaining('The parts do not add up'),
    ].reverse(),
  )
  expect((await warningsOf('2022-09-30', [{ indicator: 'international-arrivals', value: 3 }])).length).toBe(0)
  expect(await warningsOf('2022-12-31', [{ indicator: 'international-arrivals', value: 300 }])).toEqual([
    expect.stringContaining('100 times'),
  ])
  const stale = await submit('2022-06-30', [{ indicator: 'exports', value: 31, revision: 0 }])
  expect(stale.data.submitMeasurements.errors).toEqual([{ code: 'EDIT_CONFLICT' }])
})

test('SIGTERM ends live subscriptions cleanly', async () => {
  const other = await start({ DATA_DIR: dataDir, ...(await ownDatabase('plain')) })
  const response = await fetch(other.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { evaluationChanged(unit: "102") { at } }' }),
  })
  const [code, text] = await Promise.all([other.stop(), response.text()])
  expect(code).toBe(0)
  expect(text).toContain('event: complete')
})

describe('files', () => {
  const admin = () => token('--role', 'administrator')

  test('the same value is stored again only from another source', async () => {
    const stored = async (source?: string) => {
      const file = 'unit,indicator,value,date,status\n097,tourist-arrivals,3,2022-05-31,ESTIMATE\n'
      const { data } = await upload(admin(), file, source ? { source } : {}, 'a.csv')
      return data.importMeasurements.stored
    }
    expect(await stored('Báo cáo tháng 5')).toBe(1)
    expect(await stored('Báo cáo tháng 5')).toBe(0)
    expect(await stored()).toBe(0)
    expect(await stored('Niên giám thống kê')).toBe(1)
    const { data } = await server.query<{ unit: { history: { asOf: string; revision: number; source: string }[] } }>(
      '{ unit(code: "097") { history(indicator: "tourist-arrivals") { asOf revision source } } }',
    )
    expect(data.unit.history.filter(({ asOf }) => asOf === '2022-05-31')).toMatchObject([
      { revision: 2, source: 'Niên giám thống kê' },
      { revision: 1, source: 'Báo cáo tháng 5' },
    ])
  })

  test('a list exported as CSV is imported again without loss and changes nothing', async () => {
    const demo = shared('demo')
    const query = `{ units(level: DISTRICT) { nodes { code name measurements { indicator { id name } value asOf status source } } } }`
    const response = await fetch(demo.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/csv' },
      body: JSON.stringify({ query }),
    })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const csv = Buffer.from(await response.arrayBuffer())
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    const lines = csv.toString('utf8').trim().split('\r\n')
    const first = await upload(admin(), csv, { numbers: 'EN' }, 'x.csv')
    expect(first.errors).toBeUndefined()
    expect(first.data.importMeasurements.problems).toEqual([])
    expect(first.data.importMeasurements.read).toBe(lines.length - 1)
    const again = await upload(admin(), csv, { numbers: 'EN' }, 'x.csv')
    expect(again.data.importMeasurements).toMatchObject({ read: lines.length - 1, stored: 0 })
    const mine = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/csv' },
      body: JSON.stringify({ query: query.replace('DISTRICT) {', 'DISTRICT, first: 1) {') }),
    })
    const theirs = await fetch(demo.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/csv' },
      body: JSON.stringify({ query: query.replace('DISTRICT) {', 'DISTRICT, first: 1) {') }),
    })
    expect(await mine.text()).toBe(await theirs.text())
  })

  test('the wide form with Vietnamese names, codes without their zero, names that many units bear', async () => {
    const csv = [
      'Đơn vị;Tỷ lệ hộ nghèo;Số lao động được tạo việc làm mới',
      '96;30,5;1.200',
      'Huyện Nậm Pồ;31,25;-',
      'Mường Nhé;1;1',
      'Huyện Tủa Chua;1,2,3;x',
    ].join('\n')
    const { data } = await upload(
      admin(),
      csv,
      { asOf: '2022-10-31', status: 'ESTIMATE', numbers: 'VI', dryRun: true },
      'a.csv',
    )
    expect(data.importMeasurements.read).toBe(3)
    expect(data.importMeasurements.problems).toEqual([
      { cell: 'A4', message: expect.stringContaining('Huyện Mường Nhé 096') },
      { cell: 'B5', message: expect.stringContaining('no number') },
    ])
  })

  test.each([
    ['no unit', 'x,poverty-rate\n', 'one column must be headed "unit"'],
    ['no indicator', 'unit,povrty-rate\n', 'did you mean "poverty-rate"?'],
    ['a twin', 'unit,indicator,value\n096,poverty-rate,1\n096,poverty-rate,2\n', 'the same figure stands in C2'],
    ['too many digits', 'unit,poverty-rate\n096,0.1234567890123456789\n', 'more than 15 significant digits'],
    ['a mistyped header', 'unit,indicator,value,dat\n096,poverty-rate,1,2021-01-01\n', 'did you mean "date"?'],
    ['a mistyped status', 'unit,indicator,value,stauts\n096,poverty-rate,1,x\n', 'did you mean "status"?'],
    ['a mistyped header of the wide form', 'unit,poverty-rate,sourc\n096,1,x\n', 'or the column "source"?'],
    [
      'a header that objects have',
      'unit,indicator,value,constructor\n096,poverty-rate,1,x\n',
      'no column is headed "constructor"',
    ],
    ['another', 'unit,constructor,__proto__\n096,1,2\n', 'no indicator is called "__proto__"'],
    [
      'a status that objects have',
      'unit,indicator,value,status\n096,poverty-rate,1,constructor\n',
      '"constructor" is none of estimate',
    ],
    ['a second column of values', 'unit,indicator,value,value\n096,poverty-rate,1,2\n', 'a second column of value'],
    ['what stands below no header', 'unit,indicator,value\n096,poverty-rate,1,2\n', 'stands below no header'],
    ['a share above 100', 'unit,forest-cover\n096,140\n', 'is a share: from 0 to 100%, not 140'],
    ['half a household', 'unit,poor-households\n096,-3.5\n', 'counts households: a whole number'],
    ['a number beyond measure', `unit,budget-revenue\n096,1${'0'.repeat(308)}\n`, 'more than 15 significant digits'],
    ['what is not measured there', 'unit,grdp-growth\n096,7\n', 'is not measured for a district'],
    ['a turned direction', 'unit,poverty-rate,source\n096,1,a\u202eb\n', 'holds the character U+202E'],
    ['NUL', 'unit,poverty-rate,source\n096,1,a\u0000b\n', 'holds the character U+0000'],
    ['another year', 'unit,indicator,value,date\n096,poverty-rate,1,2021-01-01\n', 'does not lie in 2022'],
    ['a number that could be two', 'unit,poverty-rate\n096,"1,234"\n', 'is 1.234 in Vietnamese and 1234 in English'],
  ])('%s is told by its cell', async (_, csv, message) => {
    const { data } = await upload(admin(), csv, { asOf: '2022-10-31', status: 'OFFICIAL' }, 'a.csv')
    expect(data.importMeasurements.problems.map((problem) => problem.message).join('\n')).toContain(message)
  })

  test('the command judges a file as the mutation does', async () => {
    const environment = await ownDatabase('plain')
    const file = join(dataDir, 'tep.csv')
    /** What each door says of a file: the cells, or that there is nothing to read them by. */
    const atBothDoors = async (csv: string, year: number) => {
      const input = { year, status: 'OFFICIAL', dryRun: true }
      const { data, errors } = await upload(admin(), csv, input, 'tep.csv')
      const mutation = errors
        ? errors.map(({ message }) => message)
        : data.importMeasurements.problems.map(({ cell, message }) => `${cell}: ${message}`)
      writeFileSync(file, csv)
      const parameters = [
        DIENBIEN,
        'import',
        file,
        '--year',
        String(year),
        '--status',
        'official',
        '--dry-run',
        '--lang',
        'en',
      ]
      const { stderr, status } = spawnSync(process.execPath, parameters, {
        env: { ...process.env, NODE_OPTIONS: '', ...environment },
        encoding: 'utf8',
      })
      const lines = stderr.trim().split('\n')
      const command = lines.filter((line) => !/^\d+ (bad cells|figures read)/.test(line))
      return { mutation, command, read: errors ? null : data.importMeasurements.read, status, last: lines.at(-1) }
    }
    const header = 'unit,indicator,value,date,year\n'
    const rows =
      '096,poverty-rate,1,2022-06-31,2022\n096,forest-cover,1,2021-06-30,2022\n102,forest-cover,1,2022-06-30,2020\n'
    const wrongCells = await atBothDoors(header + rows, 2022)
    expect(wrongCells.mutation).toHaveLength(3)
    expect(wrongCells.command).toEqual(wrongCells.mutation)
    const wrongColumn = await atBothDoors('unit,indicator,value,dat\n096,poverty-rate,1,x\n', 2022)
    expect(wrongColumn.mutation).toEqual([expect.stringContaining('did you mean "date"?')])
    expect(wrongColumn.command).toEqual(wrongColumn.mutation)
    const row = '096,poverty-rate,1,2021-06-30,2021\n'
    const wrongYear = await atBothDoors(header + row, 2019)
    expect(wrongYear).toMatchObject({ status: 1, mutation: [expect.stringContaining('there are no figures for 2019')] })
    expect(wrongYear.command).toEqual(wrongYear.mutation)
    // The year before the directive has figures: its targets are compared with them.
    expect(await atBothDoors(header + row, 2021)).toMatchObject({
      mutation: [],
      command: [],
      read: 1,
      status: 0,
      last: '1 figures read',
    })
  })

  test('what is no file of figures gets a clear error', async () => {
    const { errors } = await upload(admin(), Buffer.from('PK\u0003\u0004nonsense'), {}, 'a.xlsx')
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_INPUT' } })
    expect(errors?.[0]?.message).toContain('cannot be read as CSV or XLSX')
  })

  test('what Excel would take for a formula is no formula, as CSV and as XLSX; errors stay JSON', async () => {
    const jwt = admin()
    await server.query(
      'mutation { submitMeasurements(input: { unit: "094", year: 2022, asOf: "2022-03-31", status: ESTIMATE, source: "=HYPERLINK(1)", values: [{ indicator: "population-growth", value: -2 }] }) { errors { code } } }',
      {},
      bearer(jwt),
    )
    const ask = (accept: string, query: string) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query }),
      })
    const query = '{ unit(code: "094") { code measurements(asOf: "2022-03-31") { value source } } }'
    expect(await (await ask('text/csv', query)).text()).toContain("094,-2,'=HYPERLINK(1)")
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const xlsx = await ask(type, query)
    expect(xlsx.headers.get('content-type')).toBe(type)
    expect(await readRows(Buffer.from(await xlsx.arrayBuffer()))).toContainEqual(['094', -2, '=HYPERLINK(1)'])
    const wrong = await ask('text/csv', '{ unit(code: "96") { code } }')
    expect(wrong.headers.get('content-type')).toBe('application/json')
    expect(((await wrong.json()) as Answer<unknown>).errors?.[0]?.extensions.code).toBe('UNKNOWN_UNIT')
  })
})

describe('targets', () => {
  test.each(['EQUAL', 'WEIGHTS'])('an allocation by %s adds up exactly, whatever the total', async (by) => {
    const weights =
      by === 'WEIGHTS'
        ? ', weights: [{ unit: "096", weight: 3 }, { unit: "097", weight: 7.5 }, { unit: "098", weight: 0.1 }]'
        : ''
    for (const total of [7040, 1, 0.7, 12345.6]) {
      const { data, errors } = await server.query<{ proposeAllocation: { parts: { value: number }[] } }>(
        `{ proposeAllocation(indicator: "macadamia-planted", by: ${by}, total: ${total}${weights}) { parts { value } } }`,
      )
      expect(errors).toBeUndefined()
      const sum = data.proposeAllocation.parts.reduce((a, { value }) => a + value, 0)
      expect(Number(sum.toPrecision(12))).toBe(total)
    }
  })

  test.each([7, 0.25, 3, 1000, 1e-3])('parts in steps of %p are numbers and add up', async (step) => {
    const { data, errors } = await server.query<{ proposeAllocation: { parts: { value: number }[] } }>(
      `{ proposeAllocation(indicator: "macadamia-planted", by: EQUAL, total: 7040, step: ${step}) { parts { value } } }`,
    )
    expect(errors).toBeUndefined()
    expect(data.proposeAllocation.parts.reduce((a, { value }) => a + value, 0)).toBeCloseTo(7040, 6)
  })

  test('assigned, adjusted from a day on, checked against the total; a rate or a second target of one day is refused', async () => {
    const assign = (validFrom: string, value: number, role = 'council', indicator = 'macadamia-planted') =>
      server.change(
        `mutation { assignTargets(input: { year: 2022, validFrom: "${validFrom}", source: "QĐ 12", targets: [{ unit: "097", indicator: "${indicator}", value: ${value} }] }) { targets { value } } }`,
        {},
        bearer(role === 'reporter' ? token('--role', role, '--unit', '097') : token('--role', role)),
      )
    expect((await assign('2022-03-01', 500, 'reporter')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await assign('2022-03-01', 500)).data).toEqual({ assignTargets: [{ value: 500 }] })
    expect((await assign('2022-10-01', 650)).errors).toBeUndefined()
    expect((await assign('2022-10-01', 700)).errors?.[0]?.message).toContain('adjust it from another day')
    const targets = (asOf: string) =>
      server.query(
        `{ unit(code: "097") { targets(asOf: "${asOf}") { value validFrom } } allocation(asOf: "${asOf}") { indicator { id } assigned missing } }`,
      )
    const march = (await targets('2022-06-30')).data as { unit: object; allocation: object[] }
    expect(march.unit).toEqual({ targets: [{ value: 500, validFrom: '2022-03-01' }] })
    expect(march.allocation).toContainEqual({ indicator: { id: 'macadamia-planted' }, assigned: 1500, missing: 5540 })
    const october = (await targets('2022-12-31')).data as { unit: object }
    expect(october.unit).toEqual({ targets: [{ value: 650, validFrom: '2022-10-01' }] })
  })
})

describe('sums', () => {
  test('a parent beside its children: totals added, rates weighted, a difference of the same day flagged', async () => {
    const { data } = await shared('demo').query<{
      unit: { rollUps: { indicator: { id: string }; own: number; children: number; differs: boolean }[] }
    }>('{ unit(code: "096") { rollUps { indicator { id } own children differs reporting expected weights } } }')
    const of = (id: string) => data.unit.rollUps.find(({ indicator }) => indicator.id === id)
    expect(of('poor-households')?.children).toBeGreaterThan(0)
    const poverty = of('poverty-rate')
    expect(poverty).toMatchObject({ weights: 'tử số "Tổng số hộ nghèo" chia cho tỷ lệ', expected: 11 })
    expect(of('forest-cover')).toMatchObject({ weights: null, children: null })
  })

  test('groups: counts by status; a sum only within one total at one level; ordered and filtered', async () => {
    const demo = shared('demo')
    const { data } = await demo.query<{
      figureGroups: { status: string; count: number; sum: number | null }[]
      sums: object[]
      mixed: { sum: null }[]
    }>(
      `{ figureGroups(by: [STATUS], where: { level: DISTRICT }, orderBy: COUNT, descending: true) { status count sum }
         sums: figureGroups(by: [INDICATOR], where: { level: DISTRICT, indicators: ["macadamia-planted", "poverty-rate"] }) { indicator figures sum minimum maximum weightedMean }
         mixed: figureGroups(by: [INDICATOR], where: { indicators: ["macadamia-planted"] }) { sum } }`,
    )
    const counts = data.figureGroups.map(({ count }) => count)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(data.figureGroups.every(({ sum }) => sum === null)).toBe(true)
    expect(data.sums).toMatchObject([
      { indicator: 'macadamia-planted', sum: expect.any(Number), weightedMean: null },
      { indicator: 'poverty-rate', sum: null, weightedMean: expect.any(Number) },
    ])
    expect(data.mixed[0]?.sum).toBeNull() // districts and their communes would count twice
  })

  test('completeness and timeliness', async () => {
    const { data } = await shared('demo').query<{
      completeness: { expected: number; reported: number; completeness: number; timeliness: number }[]
    }>(
      '{ completeness(cluster: "cum-vung-cao") { expected reported completeness timeliness } cluster(code: "cum-vung-cao") { completeness } }',
    )
    for (const first of data.completeness) {
      expect(first.completeness).toBeCloseTo(first.reported / first.expected, 9)
      expect(first.timeliness).toBe(0) // loaded long after the year
    }
  })
})

describe('saved queries', () => {
  const save = (slug: string, text: string, jwt: string, shared = true) =>
    server.change<{ saveQuery: { version: number } }>(
      `mutation ($input: SaveQueryInput!) { saveQuery(input: $input) { savedQuery { version trusted savedBy } } }`,
      { input: { slug, title: 'Hộ nghèo', description: 'Tỷ lệ hộ nghèo của các huyện', text, shared } },
      bearer(jwt),
    )
  test('named, versioned, shared, opened by a link, promoted to a trusted document', async () => {
    const analyst = token('--role', 'analyst')
    expect((await save('ho-ngheo', '{ units { nope } }', analyst)).errors?.[0]?.message).toContain(
      'Cannot query field "nope"',
    )
    expect((await save('ho-ngheo', '{ units { nodes { name } } }', analyst)).data.saveQuery.version).toBe(1)
    expect((await save('ho-ngheo', '{ units(first: 1) { nodes { name } } }', analyst)).data.saveQuery.version).toBe(2)
    const other = await save(
      'ho-ngheo',
      '{ units { nodes { code } } }',
      token('--role', 'analyst', '--subject', 'bình'),
    )
    expect(other.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    await save('rieng', '{ units { nodes { code } } }', analyst, false)
    const seen = async (jwt?: string) =>
      (await server.query('{ savedQueries { slug version } }', {}, jwt ? bearer(jwt) : {})).data
    expect(await seen()).toEqual({ savedQueries: [{ slug: 'ho-ngheo', version: 2 }] })
    expect(await seen(analyst)).toEqual({
      savedQueries: [
        { slug: 'ho-ngheo', version: 2 },
        { slug: 'rieng', version: 1 },
      ],
    })

    const link = await fetch(`${server.url}?saved=ho-ngheo`, { redirect: 'manual' })
    expect(link.status).toBe(302)
    expect(new URL(link.headers.get('location') ?? '', server.url).searchParams.get('query')).toContain('first: 1')
    expect((await fetch(`${server.url}?saved=rieng`, { redirect: 'manual' })).status).toBe(404)

    const byId = () =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ documentId: 'ho-ngheo' }),
      }).then((response) => response.json() as Promise<Answer<unknown>>)
    expect((await byId()).errors?.[0]?.extensions.code).toBe('UNKNOWN_DOCUMENT')
    const trust = (jwt: string) =>
      server.change(
        'mutation { trustQuery(input: { slug: "ho-ngheo", version: 2, trusted: true }) { savedQuery { version trusted } } }',
        {},
        bearer(jwt),
      )
    expect((await trust(analyst)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await trust(token('--role', 'administrator'))).data).toEqual({ trustQuery: { version: 2, trusted: true } })
    expect((await byId()).data).toEqual({ units: { nodes: [{ name: 'Tỉnh Điện Biên' }] } })

    // By an address too, as a link to a table.
    const byAddress = (id: string, accept = 'application/json') =>
      fetch(`${server.url}?documentId=${id}`, { headers: { accept } })
    expect(await (await byAddress('ho-ngheo')).json()).toMatchObject({
      data: { units: { nodes: [{ name: 'Tỉnh Điện Biên' }] } },
    })
    expect(await (await byAddress('ho-ngheo', 'text/csv')).text()).toContain('Tỉnh Điện Biên')
    const unknown = await byAddress('khong-co')
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { errors: [{ extensions: { code: 'UNKNOWN_DOCUMENT' } }] },
    ])
    const change =
      'mutation { setDeadline(input: { year: 2022, kind: DUTY, dueOn: "2022-12-01", source: "x" }) { deadline { dueOn } } }'
    await save('ghi', change, token('--role', 'administrator'))
    await server.change(
      'mutation { trustQuery(input: { slug: "ghi", version: 1, trusted: true }) { savedQuery { trusted } } }',
      {},
      bearer(token('--role', 'administrator')),
    )
    const written = await byAddress('ghi')
    // A link changes nothing, whoever follows it.
    expect([written.status, (await written.json()).data]).toEqual([405, undefined])
  })
})

test('what is sent again under its key is told to nobody: nothing has changed', async () => {
  const record = (unit: string, key = '') =>
    server.change(
      `mutation { recordFact(input: { unit: "${unit}", year: 2022, fact: "advancedModels", value: 1, evidence: "Biên bản" ${key} }) { fact { revision } } }`,
      {},
      bearer(token('--role', 'council')),
    )
  const first = await record('098', ', idempotencyKey: "một lần"')
  expect(first.errors).toBeUndefined()
  await new Promise((resolve) => setTimeout(resolve, 300))
  const events = subscribe(server.url, 'subscription { evaluationChanged(cluster: "cum-vung-cao") { units { code } } }')
  const next = events.next()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect((await record('098', ', idempotencyKey: "một lần"')).data).toEqual(first.data)
  await record('103')
  expect((await next).value?.data).toEqual({ evaluationChanged: { units: [{ code: '103' }] } })
  await events.return(undefined)
})

describe('the trail', () => {
  test('is for the council and administrators', async () => {
    const ask = (jwt?: string) => server.query('{ trail(first: 1) { totalCount } }', {}, jwt ? bearer(jwt) : {})
    expect((await ask()).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await ask(token('--role', 'analyst'))).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await ask(token('--role', 'administrator'))).errors).toBeUndefined()
  })

  test('of a unit that there is not is no empty trail', async () => {
    const { errors } = await server.query(
      '{ trail(unit: "98") { totalCount } }',
      {},
      bearer(token('--role', 'administrator')),
    )
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNKNOWN_UNIT', argument: 'unit', nearest: '098' })
  })

  test('holds refused tokens, and not the tokens themselves', async () => {
    const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZSI6ImFkbWluaXN0cmF0b3IifQ.'
    expect((await server.query('{ units { totalCount } }', {}, bearer(jwt))).errors?.[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    )
    const ask = () =>
      server.query<{ trail: { nodes: { reason: string }[] } }>(
        '{ trail(table: "access", first: 1) { nodes { subject action reason entries { after } } } }',
        {},
        bearer(token('--role', 'council')),
      )
    // Written aside, after the answer.
    let { data } = await ask()
    for (let i = 0; i < 100 && data.trail.nodes[0]?.reason !== 'the token is not valid here'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      data = (await ask()).data
    }
    expect(data.trail.nodes).toMatchObject([
      { subject: 'anonymous', action: 'REFUSED', reason: 'the token is not valid here' },
    ])
    expect(JSON.stringify(data)).not.toContain(jwt.slice(0, 20))
  })

  if (onPostgres()) {
    test('cannot be changed or removed', async () => {
      const client = new Client({ connectionString: environment.DATABASE_URL as string })
      await client.connect()
      try {
        for (const sql of [
          "update audit_batches set reason = 'x'",
          'delete from audit_entries',
          'truncate audit_batches cascade',
          'delete from audit_links',
          "update audit_heads set hash = ''",
          'truncate deadlines',
          'delete from measurements',
          'update frozen_rankings set reason = reason',
          "update cluster_names set name = 'x'",
          'delete from unit_states',
          'delete from unit_aliases',
          'update unit_successions set decision = decision',
        ]) {
          await expect(client.query(sql)).rejects.toThrow('its rows are never changed or removed')
        }
      } finally {
        await client.end()
      }
    })

    test('a write of another tool or server is told to those who subscribed', async () => {
      const events = subscribe(
        server.url,
        'subscription { evaluationChanged(cluster: "cum-vung-cao") { units { code } } }',
      )
      const next = events.next()
      await new Promise((resolve) => setTimeout(resolve, 300))
      const client = new Client({ connectionString: environment.DATABASE_URL as string })
      await client.connect()
      await client.query(
        "insert into measurements (unit_code, year, indicator_id, as_of, status, value, recorded_by) values ('098', 2022, 'jobs-created', '2022-11-30', 'estimate', 7, 'psql')",
      )
      await client.end()
      expect((await next).value?.data).toEqual({ evaluationChanged: { units: [{ code: '098' }] } })
      await events.return(undefined)
    })
  }
})

describe('tokens of an OpenID Connect provider', () => {
  let provider: Server
  let issuer: string
  let server: RunningServer
  let sign: (claims: object, change?: (jwt: SignJWT) => SignJWT, kid?: string) => Promise<string>

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
    provider = createServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      if (request.url === '/.well-known/openid-configuration')
        response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }))
      else response.end(JSON.stringify({ keys: [jwk] }))
    })
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
    sign = (claims, change = (jwt) => jwt, kid = 'k1') =>
      change(
        new SignJWT({ ...claims })
          .setProtectedHeader({ alg: 'RS256', kid })
          .setSubject('nguyen-van-a')
          .setIssuer(issuer)
          .setAudience('dienbien')
          .setExpirationTime('5m'),
      ).sign(privateKey)
    server = await start({
      ...(await ownDatabase('plain')),
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: 'dienbien',
      OIDC_ROLE_CLAIM: 'vai_tro',
      OIDC_UNIT_CLAIM: 'don_vi',
    })
  })
  afterAll(async () => {
    await server.stop()
    await new Promise((resolve) => provider.close(resolve))
  })
  const can = (jwt: string) =>
    server.query<{ unit: { viewerCan: boolean } }>(
      '{ unit(code: "102") { viewerCan(action: REPORT_FIGURES) } }',
      {},
      bearer(jwt),
    )

  test('are taken, with the role and the unit by the claims of the settings', async () => {
    expect((await can(await sign({ vai_tro: 'reporter', don_vi: '102' }))).data).toEqual({ unit: { viewerCan: true } })
    expect((await can(await sign({ vai_tro: 'reporter', don_vi: '101' }))).data).toEqual({ unit: { viewerCan: false } })
  })

  test.each<[string, object, (jwt: SignJWT) => SignJWT]>([
    ['another audience', { vai_tro: 'reporter' }, (jwt) => jwt.setAudience('x')],
    ['another issuer', { vai_tro: 'reporter' }, (jwt) => jwt.setIssuer('x')],
    ['expired', { vai_tro: 'reporter' }, (jwt) => jwt.setExpirationTime('-1m')],
    ['an unknown role', { vai_tro: 'king' }, (jwt) => jwt],
    ['no role', {}, (jwt) => jwt],
  ])('%s is refused', async (_, claims, change) => {
    expect((await can(await sign(claims, change))).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('an unknown key is refused', async () => {
    const jwt = await sign({ vai_tro: 'reporter' }, undefined, 'k2')
    expect((await can(jwt)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test("this server's own tokens are not taken beside a provider's", async () => {
    const key = createHash('sha256').update('x').digest()
    const local = new SignJWT({ role: 'administrator' }).setProtectedHeader({ alg: 'HS256' }).setSubject('x')
    const jwt = await local.setIssuer('dienbien').setAudience('dienbien-api').setExpirationTime('1h').sign(key)
    expect((await can(jwt)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})
