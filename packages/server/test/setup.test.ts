// A province is set up from an empty database by a workbook, judged and ranked, taken into the next year, and its communes are
// merged: by commands and over real HTTP. The province is SYNTHETIC (sample-workbooks.ts).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSheets } from '@dienbien/targets/table'
import { type Answer, cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { FIGURES_2024, FIRST_YEAR, SECOND_YEAR, type Sheets, UNIT_CHANGES, xlsx } from './sample-workbooks.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'

const folder = mkdtempSync(join(tmpdir(), 'dienbien-setup-'))
let environment: Record<string, string>
let server: RunningServer
const token = tokens(() => environment)
let administrator: Record<string, string>

const dienbien = (args: readonly string[], env = environment) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [DIENBIEN, ...args], {
    env: { ...process.env, ...env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  })
  return { status, lines: `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '') }
}

async function setUp(sheets: Sheets, ...args: string[]) {
  const file = join(folder, 'so-tinh.xlsx')
  writeFileSync(file, await xlsx(sheets))
  return dienbien(['setup', file, '--source', 'Quyết định 1/QĐ-UBND (ví dụ tự đặt)', ...args])
}

async function sent<Data>(query: string, input: object, file: Buffer | string): Promise<Answer<Data>> {
  const body = new FormData()
  body.set('operations', JSON.stringify({ query, variables: { input: { ...input, file: null } } }))
  body.set('map', JSON.stringify({ 0: ['variables.input.file'] }))
  body.set('0', new Blob([file as BlobPart]), 'tep.xlsx')
  const response = await fetch(server.url, { method: 'POST', headers: administrator, body })
  return response.json() as Promise<Answer<Data>>
}

interface SetUpAnswer {
  readonly setUp: {
    readonly sheets: readonly { readonly name: string; readonly created: number }[]
    readonly problems: readonly { readonly sheet: string; readonly cell: string; readonly message: string }[]
    readonly errors: readonly { readonly message: string }[]
  }
}
const SET_UP = `mutation ($input: SetUpInput!) { setUp(input: $input) {
  sheets { name created changed unchanged } problems { sheet cell message(locale: EN) } errors { message }
} }`
const send = async (sheets: Sheets, input: object = {}) =>
  (await sent<SetUpAnswer>(SET_UP, { source: 'Quyết định 2/QĐ-UBND', ...input }, await xlsx(sheets))).data.setUp

beforeAll(async () => {
  environment = { DATA_DIR: folder, ...(await ownDatabase(null)) }
})
afterAll(async () => {
  await server?.stop()
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

test('a dry run on an empty database says what each sheet would become, and stores nothing', async () => {
  const { status, lines } = await setUp(FIRST_YEAR, '--dry-run')
  expect(lines).toEqual([
    'Đơn vị: thêm 15, sửa 0, không đổi 0',
    'Cụm, khối: thêm 3, sửa 0, không đổi 0',
    'Thành viên: thêm 7, sửa 0, không đổi 0',
    'Trưởng cụm, khối: thêm 3, sửa 0, không đổi 0',
    'Thời hạn: thêm 3, sửa 0, không đổi 0',
    'Chỉ thị: thêm 2, sửa 0, không đổi 0',
    'Chỉ tiêu: thêm 8, sửa 0, không đổi 0',
    'Chỉ tiêu giao: thêm 4, sửa 0, không đổi 0',
    'chạy thử: chưa lưu gì',
  ])
  expect(status).toBe(0)
})

test('a workbook with wrong cells stores nothing and names each of them, and nothing that only follows from one', async () => {
  const [header, province, first, second, ...others] = FIRST_YEAR['Đơn vị'] as Sheets[string]
  const [indicatorHeader, growth, poverty, ...indicators] = FIRST_YEAR['Chỉ tiêu'] as Sheets[string]
  const [deadlineHeader] = FIRST_YEAR['Thời hạn'] as Sheets[string]
  const { status, lines } = await setUp({
    ...FIRST_YEAR,
    'Đơn vị': [
      header ?? [],
      province ?? [],
      first?.map((cell, i) => (i === 3 ? 'huyen cap' : cell)) ?? [],
      second?.map((cell, i) => (i === 4 ? '99' : cell)) ?? [],
      ...others,
    ],
    'Chỉ tiêu': [
      indicatorHeader ?? [],
      growth?.map((cell, i) => (i === 6 ? 'chín' : cell)) ?? [],
      poverty?.map((cell, i) => (i === 8 ? 'lũy kế' : i === 10 ? 'tỉnh, tỉnh' : cell)) ?? [],
      ...indicators,
    ],
    'Thời hạn': [deadlineHeader ?? [], [2024, null, 'giao ước', '2026-12-31'], [2023, null, 'kế hoạch', '31/02/2023']],
    'Chỉ tiêu giao': [
      ['Năm', 'Đơn vị', 'Mã chỉ tiêu', 'Mục tiêu'],
      [2024, '973', 'forest-coverr', 40],
      [2024, '973', 'budget-revenue', -1],
    ],
    'Đơn vi cũ': [['x']],
  })
  expect(status).toBe(1)
  const cells = lines.flatMap((line) => /^([^!:]+![A-Z]+\d+): /.exec(line)?.[1] ?? [])
  expect(cells).toEqual(
    expect.arrayContaining(['Đơn vi cũ!A1', 'Đơn vị!D3', 'Đơn vị!E4', 'Chỉ tiêu!G2', 'Thời hạn!D3']),
  )
  // Mường Mẫu and Sìn Mẫu are members and have communes: they are told once, where they are wrong.
  expect(cells.filter((cell) => cell.startsWith('Thành viên') || cell.startsWith('Trưởng'))).toEqual([])
  expect(cells.filter((cell) => cell.startsWith('Đơn vị!')).every((cell) => /^Đơn vị!(D3|E4)$/.test(cell))).toBe(true)
  expect(lines.join('\n')).toContain('chưa lưu gì')
  expect((await setUp(FIRST_YEAR, '--dry-run')).lines[0]).toBe('Đơn vị: thêm 15, sửa 0, không đổi 0')
})

test('a problem of a directive as a document is told at its cell', async () => {
  const [header, growth, poverty, revenue, ...rest] = FIRST_YEAR['Chỉ tiêu'] as Sheets[string]
  const { status, lines } = await setUp({
    ...FIRST_YEAR,
    'Chỉ tiêu': [
      header ?? [],
      growth ?? [],
      poverty?.map((cell, i) => (i === 1 ? 'grdp-growth' : cell)) ?? [],
      revenue?.map((cell, i) => (i === 6 ? null : cell)) ?? [],
      ...rest,
    ],
  })
  expect(status).toBe(1)
  expect(lines.filter((line) => line.startsWith('Chỉ tiêu!'))).toEqual([
    expect.stringMatching(/^Chỉ tiêu!B3: "grdp-growth" bị dùng hai lần/),
    expect.stringMatching(/^Chỉ tiêu!G4: /),
  ])
})

test('the command looks a unit up as it stood in the year of its directive', async () => {
  const environment = { DATA_DIR: mkdtempSync(join(folder, 'ended-')), ...(await ownDatabase('bare')) }
  const book = join(folder, 'ket-thuc.xlsx')
  const merged = [
    '2026-07-01',
    'sáp nhập',
    '97101; 97102',
    '97109',
    'Xã Mẫu Chung',
    'Xã',
    'xã',
    '971',
    'Nghị quyết 5/NQ',
  ]
  const ended = [
    ['2026-07-01', 'chuyển', '97201; 97202', null, null, null, null, '971', 'Nghị quyết 5/NQ'],
    ['2026-07-01', 'kết thúc', '972', null, null, null, null, null, 'Nghị quyết 5/NQ'],
  ]
  writeFileSync(book, await xlsx({ ...FIRST_YEAR, 'Thay đổi đơn vị': [UNIT_CHANGES, merged, ...ended] }))
  expect(dienbien(['setup', book, '--source', 'Thử'], environment)).toMatchObject({ status: 0 })
  const said = (year: number) => {
    const file = join(folder, `cua-huyen-${year}.yaml`)
    writeFileSync(file, `year: ${year}\nid: 2/CT-UBND-${year}\n`)
    return dienbien(['directive', 'check', file, '--unit', '972'], environment).lines.join('\n')
  }
  // What is wrong with the document is told, and so the unit was found; it is not of a year after its end.
  expect(said(2025)).toMatch(/cua-huyen-2025\.yaml:1: indicators: /)
  expect(said(2027)).toMatch(/^--unit|972/)
  expect(said(2027)).not.toMatch(/indicators: /)
})

test('units without any directive: the server starts, answers what it can, and says what is missing', async () => {
  const environment = { DATA_DIR: mkdtempSync(join(folder, 'units-')), ...(await ownDatabase('bare')) }
  const file = join(folder, 'don-vi.xlsx')
  writeFileSync(file, await xlsx({ 'Đơn vị': FIRST_YEAR['Đơn vị'] as Sheets[string] }))
  expect(dienbien(['setup', file, '--source', 'Thử'], environment).status).toBe(0)
  const empty = await start(environment)
  try {
    const { data } = await empty.query<{ units: { nodes: { code: string }[] } }>(
      '{ units(first: 50) { nodes { code } } }',
    )
    expect(data.units.nodes).toHaveLength(15)
    for (const question of ['directive { year }', 'ranking { year }', 'indicators { nodes { id } }']) {
      const { errors } = await empty.query(`{ ${question} }`)
      if (errors) expect(errors[0]?.extensions.code).toBe('NO_DIRECTIVE')
    }
    expect((await fetch(`${empty.origin}/health/ready`)).status).toBe(200)
  } finally {
    await empty.stop()
  }
})

test('the workbook sets the province up; again it changes nothing; the server starts on it and on nothing of Điện Biên', async () => {
  expect(await setUp(FIRST_YEAR)).toMatchObject({ status: 0 })
  const again = await setUp(FIRST_YEAR)
  expect(again.lines.filter((line) => line.includes(': thêm')).every((line) => line.includes(': thêm 0, sửa 0'))).toBe(
    true,
  )
  // The commands know no other year than its own either.
  const figures = join(folder, 'so-lieu.csv')
  writeFileSync(figures, FIGURES_2024)
  const asked = ['import', figures, '--as-of', '2024-12-31', '--status', 'official', '--dry-run']
  expect(dienbien(asked).lines).toContain(`đã đọc ${FIGURES_2024.split('\n').length - 1} số liệu`)
  const report = dienbien(['report']).lines.join('\n')
  expect(report).toContain('năm 2024')
  // It orders nothing without a number, and the report does not count to nought.
  expect(report).not.toContain('nhiệm vụ không có chỉ tiêu số')
  server = await start({ ...environment, DEMO: '1' })
  administrator = bearer(token('--role', 'administrator'))
  const { data } = await server.query(`{
    directive { number year }
    unit(code: "11") { code }
    clusters { nodes { code } }
    own: unit(code: "971") { kind name parent { code } }
    deadlines(cluster: "khoi-tong-hop") { kind dueOn }
  }`)
  expect(data).toMatchObject({
    directive: { number: '01/CT-UBND-2024', year: 2024 },
    unit: null,
    clusters: { nodes: [{ code: 'cum-cao' }, { code: 'cum-thap' }, { code: 'khoi-tong-hop' }] },
    own: { kind: 'Huyện', name: 'Huyện Mường Mẫu', parent: { code: '97' } },
    deadlines: [
      { kind: 'PACT', dueOn: '2024-04-15' },
      { kind: 'FINAL', dueOn: '2025-01-15' },
    ],
  })
})

test('figures are imported, each unit is judged by what binds it, and the clusters are ranked', async () => {
  const { data: imported } = await sent<{ importMeasurements: object }>(
    'mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) { stored problems { cell message } } }',
    { year: 2024, asOf: '2024-12-31', status: 'OFFICIAL', source: 'Báo cáo (ví dụ tự đặt)' },
    FIGURES_2024,
  )
  expect(imported.importMeasurements).toEqual({ stored: FIGURES_2024.split('\n').length - 1, problems: [] })
  const { data } = await server.query<{
    ranking: { clusters: { cluster: { code: string }; members: { unit: { code: string }; rank: number | null }[] }[] }
  }>(`{
    district: unit(code: "971") { evaluation { results(status: [MET, NOT_MET]) { indicator { id } status target { value } } } }
    office: unit(code: "so-noi-vu") { evaluation { results { indicator { id } status } } }
    ranking { clusters { cluster { code } members { unit { code } rank } } }
  }`)
  expect(data).toMatchObject({
    district: {
      evaluation: {
        results: [
          { indicator: { id: 'poverty-rate' }, status: 'MET', target: { value: 30 } },
          { indicator: { id: 'literacy-kept' }, status: 'MET' },
        ],
      },
    },
    office: {
      evaluation: {
        results: [
          { indicator: { id: 'files-in-time' }, status: 'MET' },
          { indicator: { id: 'late-reports' }, status: 'NOT_MET' },
        ],
      },
    },
  })
  const first = Object.fromEntries(
    data.ranking.clusters.map(({ cluster, members }) => [
      cluster.code,
      members.find(({ rank }) => rank === 1)?.unit.code,
    ]),
  )
  expect(first).toEqual({ 'cum-cao': '971', 'cum-thap': expect.any(String), 'khoi-tong-hop': 'so-tai-chinh' })
})

test('the year after is opened by a second workbook over HTTP, with what the first came to as baselines', async () => {
  const dry = await send(SECOND_YEAR, { dryRun: true })
  expect(dry).toMatchObject({ problems: [], errors: [] })
  expect((await server.query('{ directive(year: 2025) { year } }')).errors).toHaveLength(1)
  expect(await send(SECOND_YEAR)).toMatchObject({
    sheets: [
      { name: 'members', created: 4 },
      { name: 'heads', created: 2 },
      { name: 'Chỉ thị', created: 1 },
      { name: 'Chỉ tiêu', created: 6 },
      { name: 'targets', created: 1 },
    ],
    problems: [],
    errors: [],
  })
  await server.change(
    'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { measurements { value } } }',
    {
      input: {
        unit: '971',
        year: 2025,
        asOf: '2025-05-31',
        status: 'PRELIMINARY',
        values: [{ indicator: 'poverty-rate', value: 27.75 }],
      },
    },
    administrator,
  )
  const { data } = await server.query(`{
    directive { year indicators { id baseline } }
    unit(code: "971") { evaluation(asOf: "2025-05-31") { results(status: [IN_PROGRESS]) { indicator { id } progress } } }
    old: directive(year: 2024) { number }
  }`)
  // From the 29.5 that 2024 came to, half the way to 26.
  expect(data).toMatchObject({
    directive: {
      year: 2025,
      indicators: expect.arrayContaining([
        { id: 'poverty-rate', baseline: 24.2 },
        { id: 'budget-revenue', baseline: 2104 },
      ]),
    },
    unit: { evaluation: { results: [{ indicator: { id: 'poverty-rate' }, progress: 0.5 }] } },
    old: { number: '01/CT-UBND-2024' },
  })
})

test('in the middle of that year communes are merged, and each day keeps its units', async () => {
  const { data } = await server.query<{ changeUnits: object }>(
    'mutation ($input: ChangeUnitsInput!) { changeUnits(input: $input) { units { code } errors { message } } }',
    {
      input: {
        decision: 'Nghị quyết 9/NQ (ví dụ tự đặt)',
        create: [
          {
            code: '97104',
            name: 'Xã Mẫu Mới',
            kind: 'Xã',
            level: 'COMMUNE',
            parent: '971',
            from: '2025-07-01',
            predecessors: ['97101', '97102'],
          },
        ],
      },
    },
    administrator,
  )
  expect(data.changeUnits).toMatchObject({ errors: [], units: expect.arrayContaining([{ code: '97104' }]) })
  const { data: seen } = await server.query(`{
    now: unit(code: "97104") { name }
    before: unit(code: "97101", on: "2025-06-30") { name }
    after: unit(code: "97101") { name }
  }`)
  expect(seen).toMatchObject({ now: { name: 'Xã Mẫu Mới' }, before: { name: 'Xã Nậm Mẫu' }, after: null })
  // The workbook of the first year may still be sent: what stood then is known.
  const again = await send({ 'Đơn vị': FIRST_YEAR['Đơn vị'] as Sheets[string] })
  expect(again).toMatchObject({ sheets: [{ created: 0, unchanged: 15 }], problems: [] })
})

test('the template over HTTP has every sheet, and says itself that nothing is filled in', async () => {
  const { data } = await server.query<{ setupTemplate: string }>('{ setupTemplate }')
  const sheets = await readSheets(Buffer.from(data.setupTemplate, 'base64'))
  const [units, ...others] = Object.keys(FIRST_YEAR)
  expect(sheets.map(({ name }) => name)).toEqual(['Ghi chú', units, 'Thay đổi đơn vị', ...others])
  const { problems } = (await sent<SetUpAnswer>(SET_UP, { source: 'Thử' }, Buffer.from(data.setupTemplate, 'base64')))
    .data.setUp
  expect(problems).toEqual([{ sheet: 'Đơn vị', cell: 'A2', message: 'the workbook has no row to set up' }])
  const { errors } = (await sent<SetUpAnswer>(SET_UP, { source: 'Thử' }, 'a,b\n1,2')).data.setUp
  expect(errors).toHaveLength(1)
})

test('what a year may not have is told at its cell: a bloc’s directive before everyone’s, a member of two clusters', async () => {
  const { problems } = await send({
    directive: [
      ['number', 'year', 'cluster', 'title', 'issuer', 'issued on', 'level', 'checked on'],
      ['7/GƯ', 2026, 'khoi-tong-hop', 'Giao ước', 'Khối', '2026-01-10', 'department', '2026-01-11'],
    ],
    indicators: [
      ['id', 'name', 'section', 'unit', 'comparator', 'target', 'quote', 'measure', 'levels'],
      ['files-in-time', 'Hồ sơ đúng hạn', '1', '%', '>=', 98, 'đạt 98%', 'rate', 'department'],
    ],
    members: [
      ['year', 'cluster', 'unit'],
      [2025, 'cum-cao', 'so-noi-vu'],
      [2025, 'cum-cao', '97301'],
      [2025, 'cum-cao', '974'],
      [2025, 'cum-thap', '974'],
      [2025, 'cum-xa', '973'],
    ],
  })
  expect(problems.map(({ sheet, cell }) => `${sheet}!${cell}`).sort()).toEqual(
    ['directive!B2', 'members!C2', 'members!C3', 'members!C4', 'members!C5', 'members!B6'].sort(),
  )
})

test('only administrators set up', async () => {
  const answer = await (async () => {
    const kept = administrator
    administrator = bearer(token('--role', 'council'))
    try {
      return await sent(SET_UP, { source: 'Thử' }, await xlsx(FIRST_YEAR))
    } finally {
      administrator = kept
    }
  })()
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})
