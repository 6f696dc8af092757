// Slips of officers in a workbook, in a file of figures and on the command line: each is told where it stands, and none is
// stored in silence. SYNTHETIC: the province of sample-workbooks.ts.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUp } from './harness.ts'
import { type SampleProvince, sampleProvince, sendWorkbook } from './sample-province.ts'
import { FIRST_YEAR, type Sheets, UNIT_CHANGES } from './sample-workbooks.ts'
import { bearer, DIENBIEN } from './tokens.ts'

let province: SampleProvince
const folder = mkdtempSync(join(tmpdir(), 'dienbien-slips-'))
beforeAll(async () => {
  province = await sampleProvince()
}, 400_000)
afterAll(async () => {
  await province.end()
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

const administrator = () => bearer(province.token('--role', 'administrator'))
const send = (sheets: Sheets, dryRun = true) => sendWorkbook(province, sheets, { dryRun })
const said = async (sheets: Sheets) =>
  (await send(sheets)).problems.map(({ sheet, cell, message }) => `${sheet}!${cell}: ${message}`)

const sheet = (name: string, ...rows: Sheets[string]): Sheets => ({ [name]: [FIRST_YEAR[name]?.[0] ?? [], ...rows] })
const changes = (...rows: Sheets[string]): Sheets => ({ 'Thay đổi đơn vị': [UNIT_CHANGES, ...rows] })

test('a member of another cluster moves only where the row says which it leaves', async () => {
  const moves = 'Thành viên'
  const elsewhere =
    'Thành viên!C2: năm 2025 Thành phố Lai Mẫu đang ở Cụm thi đua số 2 (cum-thap): ghi cụm, khối đó vào cột "Chuyển từ cụm, khối" nếu chuyển sang Cụm thi đua số 1'
  expect(await said(sheet(moves, [2025, 'cum-cao', '974']))).toEqual([elsewhere])
  const header = ['Năm', 'Mã cụm, khối', 'Đơn vị', 'Chuyển từ']
  expect(await said({ [moves]: [header, [2025, 'cum-cao', '974', 'cum-cao']] })).toEqual([
    elsewhere.replace('!C2', '!D2'),
  ])
  const moved = { [moves]: [header, [2025, 'cum-cao', '974', 'Cụm thi đua số 2']] }
  expect(await send(moved)).toMatchObject({ problems: [], sheets: [{ created: 0, changed: 1 }] })
  expect(await said({ [moves]: [header, [2025, 'khoi-tong-hop', 'so-tu-phap', 'cum-cao']] })).toEqual([
    'Thành viên!D2: năm 2025 Sở Tư pháp (mẫu) chưa ở cụm, khối nào: bỏ trống cột này',
  ])
})

test('a territory belongs to a larger one, which may be named in full; only the highest has none', async () => {
  const rows = (...parents: (string | null)[]) =>
    sheet('Đơn vị', ...parents.map((parent, i) => [`9790${i}`, `Xã Mới ${i}`, 'Xã', 'xã', parent]))
  expect(await send(rows('Huyện Tân Mẫu', '973'))).toMatchObject({ problems: [], sheets: [{ created: 2 }] })
  expect(await said(rows(null, '97301', '973'))).toEqual([
    'Đơn vị!E2: ghi đơn vị cấp trên của Xã Mới 0: chỉ đơn vị cao nhất bỏ trống, ở đây là Tỉnh Lai Mẫu',
    'Đơn vị!E3: "97301" là cấp xã, phường, thị trấn: không là cấp trên của cấp xã, phường, thị trấn',
  ])
})

test('a unit is found by its other names, which it may get later too; a comma may stand within a name', async () => {
  const header = [...(FIRST_YEAR['Đơn vị']?.[0] ?? []), 'Tên gọi khác']
  const office = 'Sở Văn hóa, Thể thao và Du lịch (mẫu)'
  const rows: Sheets = {
    'Đơn vị': [
      header,
      ['so-van-hoa', office, 'Sở', 'sở', '97', 'Sở VH, TT và DL; Sở VHTTDL'],
      ['973', 'Huyện Tân Mẫu', 'Huyện', 'huyện', '97', 'Tân Mẫu'],
    ],
  }
  expect(await send(rows, false)).toMatchObject({ problems: [], sheets: [{ created: 1, changed: 1 }] })
  expect(await send(rows, false)).toMatchObject({ problems: [], sheets: [{ created: 0, changed: 0 }] })
  const { data } = await province.server.query('{ units(search: "vhttdl") { nodes { name } } }')
  expect(data).toEqual({ units: { nodes: [{ name: office }] } })
  const targets = [
    ['Năm', 'Đơn vị', 'Mã chỉ tiêu', 'Mục tiêu'],
    [2025, 'tân mẫu', 'poverty-rate', 19],
  ]
  expect(await said({ 'Chỉ tiêu giao': targets })).toEqual([])
  const merger = (units: string) =>
    changes(['2026-03-01', 'sáp nhập', units, 'so-noi-vu-moi', 'Sở Mới', 'Sở', 'sở', '97', null])
  expect(await said(merger(`${office}; Sở Nội vụ (mẫu)`))).toEqual([])
  expect(await said(merger(office))).toEqual([expect.stringContaining(`ở đây chỉ có ${office}`)])
})

test('a merger is of two, into a unit that belongs somewhere, and changes no level', async () => {
  const told = await said(
    changes(
      ['2026-03-01', 'sáp nhập', '97201', '97209', 'Xã Gộp', 'Xã', 'xã', '972', null],
      ['2026-03-01', 'sáp nhập', '97201, 97202', '97208', 'Xã Gộp Hai', 'Xã', 'xã', null, null],
      ['2026-03-01', 'đổi tên', '97301', null, 'Thị trấn Tân Mẫu', 'Thị trấn', 'huyện', null, null],
    ),
  )
  expect(told).toEqual([
    expect.stringMatching(/!C2: sáp nhập phải có ít nhất hai đơn vị, ở đây chỉ có Xã Sìn Mẫu/),
    'Thay đổi đơn vị!H3: ghi đơn vị cấp trên của Xã Gộp Hai: đơn vị cũ thuộc Huyện Sìn Mẫu (972)',
    'Thay đổi đơn vị!G4: Xã Tân Mẫu là cấp xã, phường, thị trấn: cấp không đổi được, bỏ trống cột này',
  ])
  const { data } = await province.server.change<{ changeUnits: { errors: { path: string[]; message: string }[] } }>(
    `mutation { changeUnits(input: { decision: "NQ 2", create: [{
      code: "97209", name: "Xã Gộp", kind: "Xã", level: COMMUNE, parent: "972", from: "2026-03-01", predecessors: ["97201", "97202", "97201"]
    }] }) { errors { path message(locale: VI) } } }`,
    {},
    administrator(),
  )
  expect(data.changeUnits.errors).toEqual([
    { path: ['input', 'create', '0', 'predecessors', '2'], message: 'Xã Sìn Mẫu bị ghi hai lần' },
  ])
})

test('a rename from an earlier day is refused where a later change would turn it back', async () => {
  const change = (row: Sheets[string][number]) => changes(row)
  await send(change(['2026-06-01', 'chuyển', '97401', null, null, null, null, '973', 'Nghị quyết 5/NQ']), false)
  const rename = (from: string) =>
    change([from, 'đổi tên', '97401', null, 'Phường Đoàn Kết', null, null, null, 'Nghị quyết 6/NQ'])
  expect(await said(rename('2026-04-01'))).toEqual([
    'Thay đổi đơn vị!A2: Phường Đoàn Mẫu còn có thay đổi từ 2026-06-01 (Nghị quyết 5/NQ): từ ngày đó sẽ trở lại như trước; ghi thay đổi này từ sau ngày đó',
  ])
  expect(await send(rename('2026-06-02'))).toMatchObject({ problems: [], sheets: [{ changed: 1 }] })
})

const directive = (...values: Sheets[string][number]): Sheets[string] => [FIRST_YEAR['Chỉ thị']?.[0] ?? [], values]
const indicators = (of: string, change: (row: Sheets[string][number]) => Sheets[string][number] = (row) => row) => [
  FIRST_YEAR['Chỉ tiêu']?.[0] ?? [],
  ...(FIRST_YEAR['Chỉ tiêu'] ?? []).filter(([id]) => id === of).map(change),
]

test('a directive that binds nobody, that has no indicator, or that was issued after its year is asked about', async () => {
  const pact = '01/GƯ-KTH-2024'
  const bloc = directive(pact, 2024, 'khoi-tong-hop', 'Giao ước', 'Khối', '29/02/2024', null, '2026-11-25')
  expect(await said({ 'Chỉ thị': bloc, 'Chỉ tiêu': indicators(pact) })).toEqual([
    'Chỉ thị!G2: văn bản của cấp tỉnh (bỏ trống cấp), nhưng không chỉ tiêu nào tính ở cấp đó: ghi cấp của những đơn vị phải đạt',
  ])
  const next = directive('9/CT-UBND', 2026, null, 'Chỉ thị', 'UBND', '15/01/2027', null, '2027-01-15')
  expect(
    await said({ 'Chỉ thị': next, 'Chỉ tiêu': indicators('01/CT-UBND-2024', (row) => row.with(0, '9/CT-UBND')) }),
  ).toEqual(['Chỉ thị!F2: ngày 2027-01-15 nằm sau năm 2026 mà văn bản ràng buộc: xem lại ngày hoặc năm'])
  expect(await said({ 'Chỉ thị': next })).toEqual([
    'Chỉ thị!A2: trang "Chỉ tiêu" không có chỉ tiêu nào của văn bản "9/CT-UBND"',
  ])
})

test('the same document again may not let figures that are there count something else', async () => {
  const id = '01/CT-UBND-2024'
  const main = (FIRST_YEAR['Chỉ thị'] ?? []).filter(([document], i) => i === 0 || document === id)
  const recounted = (indicator: string) => indicators(id, (row) => (row[1] === indicator ? row.with(4, 'thôn') : row))
  expect(await said({ 'Chỉ thị': main, 'Chỉ tiêu': recounted('new-rural-communes') })).toEqual([
    expect.stringMatching(/^Chỉ tiêu!E6: .*tính bằng "xã"/),
  ])
  // Beside the bloc's directive of that year too, whose figures they are.
  const pact = directive('01/GƯ-KTH-2024', 2024, 'khoi-tong-hop', 'Giao ước', 'Khối', '29/02/2024', 'sở', '2026-11-25')
  const late = indicators('01/GƯ-KTH-2024', (row) => (row[1] === 'late-reports' ? row.with(4, 'văn bản') : row))
  expect(await said({ 'Chỉ thị': pact, 'Chỉ tiêu': late })).toEqual([
    'Chỉ tiêu!E3: năm 2024 đã có số liệu của "late-reports" tính bằng "báo cáo": giữ như vậy, hoặc đặt mã chỉ tiêu khác',
  ])
})

test('problems of a document are told in the words of the sheet', async () => {
  const id = '9/CT-UBND'
  const next = directive(id, 2026, null, 'Chỉ thị', 'UBND', '15/01/2026', null, '2026-11-25')
  const header = [...(FIRST_YEAR['Chỉ tiêu']?.[0] ?? []), 'Tăng giảm', 'Tăng giảm tính bằng', 'So với năm']
  const [, growth, poverty] = indicators('01/CT-UBND-2024', (row) => row.with(0, id))
  const rows = [header, growth ?? [], [...(poverty ?? []).with(6, 20.5).with(11, 21.4), -1.25, 'điểm phần trăm', 2025]]
  expect(await said({ 'Chỉ thị': next, 'Chỉ tiêu': rows })).toEqual([
    'Chỉ tiêu!L3: 21,4 mâu thuẫn với "Tăng giảm": theo đó là 21,75',
  ])
})

test('nothing is assigned to a unit from a day after its last', async () => {
  const header = ['Năm', 'Đơn vị', 'Mã chỉ tiêu', 'Mục tiêu', 'Từ ngày']
  expect(await said({ 'Chỉ tiêu giao': [header, [2025, '97101', 'poverty-rate', 30, '01/09/2025']] })).toEqual([
    'Chỉ tiêu giao!B2: Xã Nậm Mẫu kết thúc vào 2025-06-30: không giao chỉ tiêu từ 2025-09-01',
  ])
})

test('what only follows from a sheet of a wrong name is not told; an empty sheet and a column of numbers are nobody’s slip', async () => {
  const { 'Đơn vị': units = [], ...rest } = FIRST_YEAR
  const renamed = JSON.parse(JSON.stringify({ 'Đơn vị hành chính': units, ...rest }).replaceAll('"97', '"96')) as Sheets
  expect(await said(renamed)).toEqual([expect.stringMatching(/^Đơn vị hành chính!A1: không có trang/)])
  const numbered = (FIRST_YEAR['Thành viên'] ?? []).map((row, i) => [i === 0 ? 'STT' : i, ...row])
  expect(await said({ 'Thành viên': [...numbered, [8, null, null, null]], Sheet2: [] })).toEqual([])
})

/** The command, on the server that runs. */
function importBy(name: string, content: string | Buffer, ...args: string[]) {
  const file = join(folder, name)
  writeFileSync(file, content)
  const given = [
    'import',
    file,
    '--url',
    province.server.url,
    '--token',
    province.token('--role', 'administrator'),
    ...args,
  ]
  const env = { ...process.env, NODE_OPTIONS: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [DIENBIEN, ...given], { env, encoding: 'utf8' })
  return { status, lines: `${stderr}${stdout}`.trim().split('\n') }
}

test('a running server takes a file of figures by the command, days and kinds as officers write them', async () => {
  const file = 'STT,đơn vị,chỉ tiêu,giá trị\n1,972,poverty-rate,"31,5"\n2,97104,poverty-rate,"33,1"\n3,,,\n'
  const args = ['--as-of', '31/12/2025', '--status', 'chính thức', '--source', 'Báo cáo năm 2025']
  // A day of an earlier year says which year is meant.
  const late = importBy(
    'muon.csv',
    '﻿đơn vị;chỉ tiêu;giá trị\n972;budget-revenue;151\n',
    ...args,
    '--as-of',
    '31/12/2024',
    '--dry-run',
  )
  expect(late.lines).toEqual(['đã đọc 1 số liệu'])
  expect(importBy('nam.csv', file, ...args, '--dry-run')).toEqual({ status: 0, lines: ['đã đọc 2 số liệu'] })
  expect(importBy('nam.csv', file, ...args)).toEqual({
    status: 0,
    lines: ['đã đọc 2 số liệu', 'đã lưu 2, không đổi 0'],
  })
  expect(importBy('nam.csv', file, ...args).lines.at(-1)).toBe('đã lưu 0, không đổi 2')
  const { data } = await province.server.query(
    '{ unit(code: "972") { measurements(year: 2025) { value status asOf source } } }',
  )
  expect(data).toEqual({
    unit: { measurements: [{ value: 31.5, status: 'OFFICIAL', asOf: '2025-12-31', source: 'Báo cáo năm 2025' }] },
  })
})

test('a code of a unit that was merged says since when, and whose it is now', () => {
  const file = 'đơn vị,chỉ tiêu,giá trị\n97101,poverty-rate,30\n972,poverty-rate,thấp\n'
  expect(importBy('cu.csv', file, '--as-of', '2025-12-31', '--status', 'sơ bộ')).toEqual({
    status: 1,
    lines: [
      'A2: không có đơn vị mang mã "97101"; mã này của Xã Nậm Mẫu đến 2025-06-30, sau đó là Xã Mẫu Mới (97104)',
      expect.stringMatching(/^C3: "thấp"/),
      '2 ô sai, chưa lưu gì',
    ],
  })
})
