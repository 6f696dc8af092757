// A workbook says what becomes of units, and takes deadlines back: by the rules of the mutations of the same, cell by cell, all
// of it or nothing. SYNTHETIC: the province of sample-workbooks.ts.
import { cleanUp } from './harness.ts'
import { type SampleProvince, sampleProvince, sendWorkbook, type Told } from './sample-province.ts'
import { type Sheets, UNIT_CHANGES } from './sample-workbooks.ts'

let province: SampleProvince
beforeAll(async () => {
  province = await sampleProvince()
}, 400_000)
afterAll(async () => {
  await province.end()
  await cleanUp()
})

const changes = (...rows: Sheets[string]): Sheets => ({ 'Thay đổi đơn vị': [UNIT_CHANGES, ...rows] })
const DEADLINES = ['Năm', 'Mã cụm, khối', 'Việc', 'Ngày cuối']

const send = (sheets: Sheets, { dryRun = false, unit }: { dryRun?: boolean; unit?: string } = {}) =>
  sendWorkbook(province, sheets, { dryRun, unit })
const told = ({ problems }: Told) => problems.map(({ cell, message }) => `${cell}: ${message}`)

/** Two districts of one, a commune that goes with the new one and is renamed a year later, and the old district's end. */
const REFORM = changes(
  ['01/03/2026', 'chia tách', 'Huyện Sìn Mẫu', '975', 'Huyện Nậm Tần', 'Huyện', 'huyện', '97', 'Nghị quyết 31/NQ'],
  ['01/03/2026', 'chuyển', '97201; Xã Tả Mẫu', null, null, null, null, '975', 'Nghị quyết 31/NQ'],
  ['01/03/2026', 'kết thúc', 972, null, null, null, null, null, 'Nghị quyết 31/NQ'],
  ['2027-01-01', 'đổi tên', '97202', '97502', 'Thị trấn Tả Mẫu', 'Thị trấn', null, null, 'Nghị quyết 44/NQ'],
)

test('a dry run says what would become of units, and stores nothing', async () => {
  const { sheets, problems } = await send(REFORM, { dryRun: true })
  expect(problems).toEqual([])
  expect(sheets).toEqual([{ name: 'Thay đổi đơn vị', created: 1, changed: 3, unchanged: 0 }])
  const { data } = await province.server.query('{ units(level: DISTRICT, on: "2026-03-01") { totalCount } }')
  expect(data).toEqual({ units: { totalCount: 4 } })
})

test('with one bad cell nothing is stored, and each is told in Vietnamese where it stands, once', async () => {
  const [header, split, moved, ended, renamed] = REFORM['Thay đổi đơn vị'] as Sheets[string]
  const wrong = await send({
    'Thay đổi đơn vị': [
      header ?? [],
      split?.with(3, '974') ?? [],
      moved?.with(7, null) ?? [],
      ended ?? [],
      renamed?.with(2, '97209') ?? [],
      ['2026-03-01', 'gộp lại', '97301', null, null, null, null, null, null],
      ['2026-04-31', 'đổi tên', '97301', null, 'Xã Khác', null, null, null, null],
      ['2026-05-01', 'đổi tên', '97301, 97401', null, null, null, null, null, null],
      ['2026-05-01', 'sáp nhập', '97101', '97199', 'Xã Tan', null, 'xã', '971', null],
    ],
  })
  expect(told(wrong)).toEqual([
    expect.stringMatching(/^D2: mã 974 là của Thành phố Lai Mẫu .*: một mã chỉ của một đơn vị trong một ngày$/),
    'H3: thiếu "Mã đơn vị cấp trên"',
    'C5: vào ngày 2026-12-31 không có đơn vị mang mã "97209"',
    expect.stringMatching(/^B6: "gộp lại" không có trong danh sách: sáp nhập \(merged\), chia tách \(split\), chuyển/),
    expect.stringMatching(/^A7: "2026-04-31" không phải là ngày/),
    'E8: ghi tên mới, mã mới hoặc loại mới',
    'C8: mỗi dòng đổi tên một đơn vị',
    // It was merged in 2025 already.
    'C9: vào ngày 2026-04-30 không có đơn vị mang mã "97101"; mã này của Xã Nậm Mẫu đến 2025-06-30, sau đó là Xã Mẫu Mới (97104)',
    'F9: thiếu "Loại"',
  ])
  const { data } = await province.server.query('{ units(level: DISTRICT, on: "2026-03-01") { totalCount } }')
  expect(data).toEqual({ units: { totalCount: 4 } })
})

test('what a rule of changes of units refuses is told at its cell: communes that would be left below, figures that come after', async () => {
  const { problems } = await send(changes(['2026-03-01', 'kết thúc', '972', null, null, null, null, null, null]))
  expect(problems).toEqual([
    {
      sheet: 'Thay đổi đơn vị',
      cell: 'C2',
      message: 'sau 2026-02-28 còn 2 đơn vị trực thuộc: Xã Sìn Mẫu (97201), Xã Tả Mẫu (97202)',
    },
  ])
  expect(
    told(await send(changes(['2024-06-01', 'kết thúc', 'so-tu-phap', null, null, null, null, null, null]))),
  ).toEqual([expect.stringMatching(/^C2: có số liệu của đơn vị đến 2024-12-31, sau ngày cuối 2024-05-31/)])
})

test('who administers may not end, merge or move the own unit by a workbook either', async () => {
  const { problems } = await send(REFORM, { unit: '97202' })
  expect(problems.map(({ cell }) => cell)).toEqual(['C3', 'C5'])
  expect(problems[0]?.message).toMatch(/đơn vị/)
})

test('all of it is stored with each decision, every day keeps its units, and sent again it changes nothing', async () => {
  expect(await send(REFORM)).toMatchObject({ problems: [], sheets: [{ created: 1, changed: 3, unchanged: 0 }] })
  const { data } = await province.server.query(`{
    new: unit(code: "975", on: "2026-03-01") { name validFrom predecessors { unit { name validTo } kind decision } children { nodes { name } } }
    town: unit(code: "97502", on: "2027-01-01") { kind name parent { name } }
    before: unit(code: "97202", on: "2026-12-31") { name parent { name } }
    longBefore: unit(code: "97202", on: "2026-02-28") { parent { name } }
  }`)
  expect(data).toEqual({
    new: {
      name: 'Huyện Nậm Tần',
      validFrom: '2026-03-01',
      predecessors: [
        { unit: { name: 'Huyện Sìn Mẫu', validTo: '2026-02-28' }, kind: 'SPLIT', decision: 'Nghị quyết 31/NQ' },
      ],
      children: { nodes: [{ name: 'Xã Sìn Mẫu' }, { name: 'Xã Tả Mẫu' }] },
    },
    town: { kind: 'Thị trấn', name: 'Thị trấn Tả Mẫu', parent: { name: 'Huyện Nậm Tần' } },
    before: { name: 'Xã Tả Mẫu', parent: { name: 'Huyện Nậm Tần' } },
    longBefore: { parent: { name: 'Huyện Sìn Mẫu' } },
  })
  expect(await send(REFORM)).toMatchObject({ problems: [], sheets: [{ created: 0, changed: 0, unchanged: 4 }] })
})

test('a row that says otherwise of what became of units is told where it says so, not counted as unchanged', async () => {
  const [, split, moved] = REFORM['Thay đổi đơn vị'] as Sheets[string]
  const of = (...rows: (Sheets[string][number] | undefined)[]) => changes(...rows.map((row) => row ?? []))
  const refused = async (row: Sheets[string][number] | undefined) => {
    const answer = await send(of(row))
    expect(answer.sheets).toMatchObject([{ created: 0, changed: 0, unchanged: 0 }])
    return told(answer)
  }
  const made =
    'Huyện Nậm Tần (975) đã lập từ ngày 2026-03-01, chia tách từ Huyện Sìn Mẫu (972) (Nghị quyết 31/NQ): giữ như vậy, điều đã ghi không sửa được'
  expect(await refused(split?.with(2, '972, 974'))).toEqual([`C2: ${made}`])
  expect(await refused(split?.with(2, '974'))).toEqual([`C2: ${made}`])
  expect(await refused(split?.with(1, 'sáp nhập'))).toEqual([`B2: ${made}`])
  expect(await refused(split?.with(5, 'Thị xã'))).toEqual([expect.stringMatching(/^F2: .*đã có loại là "Huyện"/)])
  expect(await refused(split?.with(7, '974'))).toEqual([expect.stringMatching(/^H2: .*đã có đơn vị cấp trên là "Tỉnh/)])
  expect(await refused(split?.with(7, null))).toEqual([expect.stringMatching(/^H2: .*đã có đơn vị cấp trên là "Tỉnh/)])
  // A parent that there is none of, and another one than that it was moved to.
  const standing = expect.stringMatching(/^A2: Xã Tả Mẫu đã có thay đổi từ 2026-03-01/)
  expect(await refused(moved?.with(2, '97202').with(7, '979'))).toEqual([standing])
  expect(await refused(moved?.with(2, '97202').with(7, '974'))).toEqual([standing])
})

test('a deadline is taken back: everyone’s holds then again; once more it stands so already', async () => {
  const pacts = async () => {
    const question = '{ deadlines(cluster: "khoi-tong-hop", year: 2024) { kind dueOn } }'
    const { data } = await province.server.query<{ deadlines: { kind: string; dueOn: string }[] }>(question)
    return data.deadlines.find(({ kind }) => kind === 'PACT')?.dueOn
  }
  const back = { 'Thời hạn': [DEADLINES, [2024, 'khoi-tong-hop', 'giao ước', 'Bỏ']] }
  expect(await pacts()).toBe('2024-04-15')
  expect(await send(back, { dryRun: true })).toMatchObject({ sheets: [{ changed: 1 }], problems: [] })
  expect(await pacts()).toBe('2024-04-15')
  expect(await send(back)).toMatchObject({ sheets: [{ created: 0, changed: 1, unchanged: 0 }], problems: [] })
  expect(await pacts()).toBe('2024-03-31')
  expect(await send(back)).toMatchObject({ sheets: [{ changed: 0, unchanged: 1 }], problems: [] })
  const wrong = await send({ 'Thời hạn': [DEADLINES, [2024, null, 'giao ước', 'thôi']] })
  expect(told(wrong)).toEqual([expect.stringMatching(/^D2: "thôi" không phải là ngày.*"bỏ" để bỏ thời hạn$/)])
})
