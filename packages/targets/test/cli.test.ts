// The built command on real files.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ExcelJS from 'exceljs'
import { errorInVietnamese } from '../src/command/index.ts'
import { readNumber } from '../src/table/number.ts'

const MAIN = fileURLToPath(new URL('../dist/esm/cli/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'targets-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function targets(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    maxBuffer: 2 ** 28,
  })
  return { status, out: stdout, err: stderr }
}
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

test('prints a table per unit with marks, from a CSV as Vietnamese Excel writes it', () => {
  const csv = file(
    'vi.csv',
    '\ufeffĐơn vị;Tổng thu ngân sách nhà nước trên địa bàn;Tỷ lệ hộ nghèo;literacy-level-2\n11;1.000,44;33,24%;có\n\n',
  )
  const { status, out } = targets('evaluate', csv, '--as-of', '2022-08-31')
  expect(status).toBe(0)
  expect(out).toContain('1.000,44 tỷ đồng')
  expect(out).toContain('33,24%') // as the text writes it, without a gap
  expect(out).toContain('… đang thực hiện, chậm tiến độ')
  expect(out).toContain('✔ đạt')
  expect(out).toContain('1 đạt (0 vượt), 2 đang thực hiện')
  expect(targets('evaluate', csv, '--lang', 'en').out).toContain('✘ not met')
})

test('figures of August decide nothing when the year is over', () => {
  const csv = file('august.csv', 'unit,budget-revenue,poverty-rate\n11,1000.44,33.24\n')
  const { status, out } = targets('evaluate', csv, '--figures-of', '2022-08-31')
  expect(status).toBe(0)
  expect(out).not.toMatch(/[1-9]\d* không đạt/)
  expect(out).toMatch(/[1-9]\d* chưa có số liệu cuối năm/)
  const late = targets('evaluate', csv, '--as-of', '2022-06-30', '--figures-of', '2022-08-31')
  expect(late).toMatchObject({ status: 1, err: expect.stringContaining('trong năm 2022, không sau 30/06/2022') })
})

test("takes each unit's own targets, values of the year before and days of figures from the file", () => {
  const csv = file(
    'own.csv',
    'Đơn vị;cấp;Tỷ lệ hộ nghèo;Tỷ lệ hộ nghèo (kế hoạch);poverty-rate: năm trước;Tỷ lệ hộ nghèo (ngày);macadamia-planted: target\n' +
      '102;huyện;40;38;45;31/08/2022;1.000,5\n103;huyện;40;;45;;\n',
  )
  const list = file(
    'own.yaml',
    '- { unit: "102", level: district, figures: { poverty-rate: 40 }, figureDates: { poverty-rate: 2022-08-31 },\n' +
      '    targets: { poverty-rate: { value: 38, baseline: 45 }, macadamia-planted: 1000.5 } }\n' +
      '- { unit: "103", level: district, figures: { poverty-rate: 40 }, baselines: { poverty-rate: 45 } }\n',
  )
  for (const name of [csv, list]) {
    const [own, inheriting] = JSON.parse(targets('evaluate', name, '--json').out)
    const of = ({ results }: { results: { indicatorId: string }[] }, id: string) =>
      results.find(({ indicatorId }) => indicatorId === id)
    expect(of(own, 'poverty-rate')).toMatchObject({ status: 'UNDECIDED', target: { value: 38 }, progress: 0.714285714 })
    expect(of(own, 'macadamia-planted')).toMatchObject({ status: 'NO_DATA', target: { value: 1000.5 } })
    expect(of(inheriting, 'poverty-rate')).toMatchObject({
      status: 'MET',
      inherited: 'change',
      target: { value: 40.72 },
    })
  }
})

test.each([
  ['unit,poverty-rate,poverty-rate (date)\na,3,31/02/2022\n', 'C2: "31/02/2022" không phải là ngày'],
  ['unit,poverty-rate,poverty-rate (targett)\na,3,4\n', 'C1: "targett": sau tên chỉ tiêu chỉ có "(kế hoạch)"'],
  [
    'unit,poverty-rate,poverty-rate: date\na,3,2023-01-01\n',
    'a: figureDates: "poverty-rate": phải là ngày trong năm 2022, không sau 31/12/2022',
  ],
  ['[{ "unit": "a", "figurs": {} }]', 'có phải là "figures" không?'],
  ['[{ "unit": "a", "figures": { "poverty-rat": 1 } }]', 'a: facts: không có chỉ tiêu "poverty-rat"'],
  ['[{ "unit": "a" }, { "unit": "a" }]', '[1].unit: "a" đã có ở [0]'],
  ['[3]', 'cần một danh sách đơn vị'],
])('refuses %j', (text, words) => {
  expect(targets('evaluate', file('bad-own', text))).toMatchObject({ status: 1, err: expect.stringContaining(words) })
})

test('prints JSON and CSV that machines read', () => {
  const csv = file('en.csv', 'unit,level,grdp-growth,poverty-rate\n11,province,10.19,\n102,district,9,40\n')
  const [province, district] = JSON.parse(targets('evaluate', csv, '--json').out)
  expect(province).toMatchObject({ unit: '11', summary: { met: 1, exceeded: 1 } })
  expect(
    district.results.find((result: { indicatorId: string }) => result.indicatorId === 'poverty-rate'),
  ).toMatchObject({
    inherited: 'level',
    status: 'NOT_MET',
    explanation: { en: expect.stringContaining("the directive's level") },
  })
  const lines = targets('evaluate', csv, '--csv').out.trim().split('\n')
  expect(lines).toHaveLength(1 + 2 * 70)
  expect(lines[1]).toMatch(/^11,grdp-growth,MET,true,10.19,>= 10,0.19,1.019,,,/)
})

test('reads XLSX: numbers, texts, empty and merged cells', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Số liệu')
  sheet.addRow(['unit', 'grdp-growth', 'Tỷ lệ hộ nghèo', 'jobs-created'])
  sheet.addRow(['11', 10.19, '31,1', null])
  sheet.addRow(['12', 5, 6, 7])
  sheet.mergeCells('C3:D3')
  await workbook.xlsx.writeFile(join(folder, 'book.xlsx'))
  const units = JSON.parse(targets('evaluate', 'book.xlsx', '--json').out)
  const values = (i: number) =>
    Object.fromEntries(
      units[i].results
        .filter((result: { value: unknown }) => result.value !== null)
        .map((result: { indicatorId: string; value: number }) => [result.indicatorId, result.value]),
    )
  expect(values(0)).toEqual({ 'grdp-growth': 10.19, 'poverty-rate': 31.1 })
  expect(values(1)).toEqual({ 'grdp-growth': 5, 'poverty-rate': 6 })
})

test('refuses every bad cell at once, by address and with what would be right', () => {
  const header = 'unit,grdp-growth,poverty-rate,literacy-level-2,macadamia-planted\n'
  const { status, out, err } = targets(
    'evaluate',
    file('bad.csv', `${header}11,ten,"31,1 ha",perhaps,1.000\n,1,2,true,3,4\n12,x,-,x,X\n`),
    '--lang',
    'en',
  )
  expect(status).toBe(1)
  expect(out).toBe('')
  expect(err.trim().split('\n')).toEqual([
    'bad.csv: 7 bad cells',
    '  B2: "ten" is no number: write 1.000,44 or 1,000.44',
    '  C2: "31,1 ha": the unit is %, not ha',
    '  D2: "perhaps" says neither true nor false: write true, false, có or không',
    '  E2: "1.000" is 1000 in Vietnamese and 1 in English: say --numbers vi or --numbers en',
    '  F3: stands below no header',
    '  A3: the unit has no name',
    '  D4: "x" says neither true nor false: write true, false, có or không',
  ])
})

test('an x in the column of levels is no level, and one in that of units is a name', () => {
  const rows = 'unit,level,poverty-rate\n11,x,30\nx,province,31\n'
  const { status, err } = targets('evaluate', file('x.csv', rows), '--lang', 'en')
  expect(status).toBe(1)
  expect(err.trim().split('\n')).toEqual([
    'x.csv: 1 bad cell',
    '  B2: "x" is no level: nation, province, district, commune, department, organisation',
  ])
  expect(targets('evaluate', file('x.csv', rows)).err).toContain(
    'B2: "x" không phải là cấp: cả nước (nation), tỉnh (province), huyện (district), xã (commune), sở (department), tổ chức (organisation)',
  )
})

test('refuses headers that name no indicator, or one twice', () => {
  const { err } = targets(
    'evaluate',
    file('headers.csv', 'tên,grdp-grwth,exports,Kim ngạch xuất khẩu hàng hóa dịch vụ,EXPORTS\n'),
    '--lang',
    'en',
  )
  expect(err).toContain('B1: no indicator is called "grdp-grwth"; did you mean "grdp-growth"?')
  expect(err).toContain('D1: no indicator is called "Kim ngạch xuất khẩu hàng hóa dịch vụ"; did you mean "exports"?')
  expect(err).toContain('E1: the same column as C1')
  expect(err).toContain('one column must be headed "unit"')
})

test.each([
  [['evaluate', 'none.csv'], 'không có tệp none.csv'],
  [['evaluate', 'none.csv', '-l', 'en'], 'there is no file none.csv'],
  [['show', 'poverty-rat'], 'có phải là "poverty-rate" không?'],
  [['evaluate', 'en.csv', '--as-of', '31/12/2022'], 'NĂM-THÁNG-NGÀY'],
  [['show', 'poverty', '--lang', 'en'], 'no indicator "poverty"'],
  [['show', 'poverty-rat', '--lang=en'], 'did you mean "poverty-rate"?'],
  [['evaluat'], 'có phải là evaluate không?'],
  [['list', '--directive', 'en.csv'], 'JSON'],
])('says what is wrong with %j', (args, words) => {
  const { status, err } = targets(...args)
  expect(status).not.toBe(0)
  expect(err).toContain(words)
  expect(err).not.toContain('    at ')
})

test('lists, shows, tells the errata and the schema', () => {
  expect(targets('list').out).toContain('poverty-rate')
  const sheet = targets('show', 'poverty-rate', '--lang', 'en').out
  for (const words of ['Poverty rate', 'at most 31.10%', '-4.28 pp (2021)', 'Baseline: 35.38%', '02/CT-UBND'])
    expect(sheet).toContain(words)
  const inVietnamese = targets('show', 'poverty-rate').out
  for (const words of ['giảm 4,28 điểm phần trăm so với năm 2021', 'Mức năm trước: 35,38%', 'tỉnh, huyện, xã'])
    expect(inVietnamese).toContain(words)
  expect(targets('errata').out).toContain('17.66 + 20.77 + 57.11 + 4.45 = 99.99')
  expect(JSON.parse(targets('schema').out)).toMatchObject({ title: 'Directive' })
})

test('judges by another directive from disk', () => {
  const json = JSON.parse(
    JSON.stringify({
      id: '1/CT',
      title: { vi: 'x', en: 'x' },
      issuer: { vi: 'x', en: 'x' },
      issuedOn: '2023-01-01',
      year: 2023,
      indicators: [],
    }),
  )
  json.indicators = [
    {
      id: 'coverage',
      name: { vi: 'Độ phủ', en: 'Coverage' },
      section: '1',
      unit: { code: 'percent', vi: '%', en: '%' },
      target: { comparator: '>=', value: 90 },
      quote: 'đạt 90%',
      measure: 'rate',
      extent: 'intensive',
      levels: ['province'],
      checkedOn: '2026-11-23',
    },
  ]
  file('directive.json', JSON.stringify(json))
  const csv = file('coverage.csv', 'unit,Độ phủ\nA,91\n')
  expect(JSON.parse(targets('evaluate', csv, '--json', '--directive', 'directive.json').out)[0].summary).toMatchObject({
    met: 1,
    total: 1,
  })
})

const DOCUMENTS = fileURLToPath(new URL('./documents/', import.meta.url))
const document = (name: string) => join(DOCUMENTS, `${name}.yaml`)

test('checks directives in YAML and JSON, and finds nothing wrong', () => {
  const { status, out, err } = targets(
    'directive',
    'check',
    document('hoa-binh-2023'),
    document('departments-2024'),
    '--lang',
    'en',
  )
  expect(err).toBe('')
  expect(status).toBe(0)
  expect(out).toContain('hoa-binh-2023.yaml: 68/UBND-NVK of 2023, 13 indicators, nothing wrong')
  expect(out).toContain('departments-2024.yaml: 01/GƯ-KTH of 2024, 5 indicators, nothing wrong')
})

test('tells all that is wrong with a directive by line and path, in both languages', () => {
  const written = readFileSync(document('dien-bien-2023'), 'utf8')
    .replace('comparator: ">=", value: 7 }', 'comparator: "≥", value: 7 }')
    .replace('partOf: budget-revenue', 'partOf: budget-revenu')
    .replace('measure: flow', 'mesure: flow')
  const name = file('wrong.yaml', written)
  const lineOf = (words: string) => written.split('\n').findIndex((line) => line.includes(words)) + 1
  const { status, out, err } = targets('directive', 'check', name, document('hoa-binh-2023'), '-l', 'en')
  expect(status).toBe(1)
  expect(out).toContain('nothing wrong') // of the other
  expect(err.trim().split('\n')).toEqual([
    'wrong.yaml: 4 problems',
    expect.stringMatching(
      `^  wrong.yaml:${lineOf('≥')}:\\d+ indicators\\[0\\].target.comparator: "≥" is none of >=, >, .*$`,
    ),
    expect.stringMatching(
      `^  wrong.yaml:${lineOf('mesure')}:\\d+ indicators\\[6\\].mesure: .*did you mean "measure"\\?$`,
    ),
    expect.stringContaining('indicators[6].measure: is missing'),
    expect.stringMatching(
      `wrong.yaml:${lineOf('partOf: budget-revenu')}:\\d+ indicators\\[7\\].partOf: no indicator "budget-revenu", nor a group; did you`,
    ),
  ])
  expect(targets('directive', 'check', name).err).toContain('còn thiếu')
  const [answer, fine] = JSON.parse(targets('directive', 'check', name, document('hoa-binh-2023'), '--json').out)
  expect(answer).toMatchObject({ file: name, problems: [{ path: 'indicators[0].target.comparator' }, {}, {}, {}] })
  expect(answer.problems[0]).toMatchObject({
    place: { line: lineOf('≥') },
    text: { vi: expect.stringContaining('không thuộc') },
  })
  expect(fine.problems).toEqual([])
})

test.each([
  ['broken.yaml', 'id: a\nid: b\n', 'dòng 2, cột 1: khóa này đã có ở trên'],
  ['broken.json', '{"id": "a",,}', 'dòng 1, cột 12'],
  ['empty.yaml', '', 'không phải là một chỉ thị viết bằng JSON hay YAML'],
])('refuses %s', (name, written, words) => {
  for (const args of [
    ['directive', 'check', file(name, written)],
    ['directive', 'diff', name, document('hoa-binh-2023')],
    ['list', '--directive', name],
  ]) {
    const { status, err } = targets(...args)
    expect(status).toBe(1)
    expect(err).toContain(words)
    expect(err).not.toContain('    at ')
  }
})

test('tells what changed from one directive to the next', () => {
  const newer = readFileSync(document('departments-2024'), 'utf8')
    .replace('year: 2024', 'year: 2025')
    .replace('issuedOn: 2024-02-29', 'issuedOn: 2025-02-28')
    .replace('target: { comparator: "<=", value: 2 }', 'target: { comparator: "<=", value: 1 }')
  const args = [document('departments-2024'), file('newer.yaml', newer)]
  const { status, out } = targets('directive', 'diff', ...args)
  expect(status).toBe(0)
  expect(out.trim().split('\n')).toEqual([
    'ngày ban hành 2024-02-29 → 2025-02-28',
    'năm 2024 → 2025',
    'Số báo cáo nộp chậm: kế hoạch không quá 2 báo cáo → không quá 1 báo cáo',
  ])
  expect(JSON.parse(targets('directive', 'diff', ...args, '--json').out)).toHaveLength(3)
  expect(targets('directive', 'diff', args[0] as string, args[0] as string, '-l', 'en').out).toBe('No difference\n')
})

test('judges by a directive in YAML, and tells further targets beside the first', () => {
  const csv = file('departments.csv', 'unit;files-in-time;online-services\nSo Y te;98,6;61\n')
  const directive = document('departments-2024')
  const { out } = targets('evaluate', csv, '--directive', directive, '--lang', 'en')
  expect(out).toMatch(/Files settled in time.*✔ met/)
  expect(out).toMatch(/stretch \(the bloc\).*at least 99.5%.*✘ not met/)
  expect(out).toContain('2 met (2 exceeded)')
  const sheet = targets('show', 'files-in-time', '--directive', directive, '-l', 'en').out
  expect(sheet).toContain('stretch (the bloc): at least 99.5%')
  expect(sheet).toContain("Responsible: The departments' offices")
})

test('ten thousand rows', () => {
  const csv = file(
    'many.csv',
    `unit,grdp-growth\n${Array.from({ length: 10_000 }, (_, i) => `u${i},${i % 20}`).join('\n')}\n`,
  )
  const { status, out } = targets('evaluate', csv, '--csv', '--lang', 'en')
  expect(status).toBe(0)
  expect(out.match(/,MET,/g)).toHaveLength(5_000)
})

test('refuses a unit that stands there twice', () => {
  const { status, err } = targets('evaluate', file('twice.csv', 'unit,exports\nA,1\nA,2\n'), '-l', 'en')
  expect(status).toBe(1)
  expect(err).toContain('A3: "A" stands at A2 already')
})

test.each([
  ['1.000,44', 'auto', 1000.44],
  ['1,000.44', 'auto', 1000.44],
  ['2.326', 'vi', 2326],
  ['2.326', 'en', 2.326],
  ['17,66', 'auto', 17.66],
  ['17.66', 'auto', 17.66],
  ['1 640,661', 'vi', 1640.661],
  ['−3', 'auto', -3],
  ['1.00.0', 'auto', '"1.00.0" is no number: write 1.000,44 or 1,000.44'],
  ['1.5', 'vi', '"1.5" is no number: write 1.000,44'],
] as const)('reads %s as %s', (text, style, expected) => {
  const read = readNumber(text, style)
  expect(typeof read === 'object' ? read.en : read).toEqual(expected)
})

describe('points', () => {
  const TABLE = `
id: khoi-van-hoa
version: 2024
title: Bảng điểm khối văn hóa
note: Bảng thử của bài kiểm tra
total: 10
facts:
  hoi-nghi: { type: boolean, name: Hội nghị }
  bai-viet: { type: number, name: Bài viết }
nodes:
  - { code: "1", name: Tổ chức hội nghị, points: 4, rule: { kind: yes-no, of: hoi-nghi } }
  - { code: "2", name: Tin, points: 6, rule: { kind: count, of: bai-viet, each: 0.5, most: 6 } }
grades:
  - { id: tot, name: Tốt, from: 7 }
`

  test('a table in YAML is checked, printed, and ranks what a sheet of facts reports', () => {
    const table = file('khoi.yaml', TABLE)
    expect(targets('points', 'check', table)).toMatchObject({
      status: 0,
      out: '✔ Bảng điểm khối văn hóa: 2 mục, 10 điểm\n',
    })
    expect(targets('points', 'print', table, '--as', 'text').out).toContain(
      '2\tTin\t6\tBài viết: mỗi trường hợp cộng 0,5',
    )
    const facts = file('facts.csv', 'Đơn vị;Hội nghị;Bài viết\nSở A;có;7\nSở B;không;20\nSở C;có;\n')
    const ranked = JSON.parse(targets('points', 'score', table, facts, '--json').out)
    const places = ranked.map(({ unit, rank, points, grade }: Record<string, unknown>) => [unit, rank, points, grade])
    expect(places).toEqual([
      ['Sở A', 1, 7.5, 'tot'],
      ['Sở B', 2, 6, null],
      ['Sở C', 3, 4, null],
    ])
    expect(targets('points', 'score', table, facts).out).toMatch(/│ 1\s+│ Sở A\s+│ 7,5\s+│ Tốt/)
    expect(targets('points', 'score', table, facts, '--sheets').out).toContain('**Bảng điểm khối văn hóa: Sở B**')
  })

  test('indicators are judged, and a list in JSON may say what an assessor gave', () => {
    const rule = { kind: 'proportion', of: { indicator: 'forest-cover' }, target: 50 }
    const table = file(
      'rung.json',
      JSON.stringify({
        ...{ id: 'x', version: '1', title: 'Rừng', note: 'x', total: 20 },
        nodes: [
          { code: '1', name: 'Che phủ', points: 10, rule },
          { code: '2', name: 'Khác', points: 10, rule: { kind: 'full' } },
        ],
      }),
    )
    const sheet = file('rung.csv', 'unit,forest-cover\n102,"40,5"\n')
    expect(JSON.parse(targets('points', 'score', table, sheet, '--json', '--level', 'district').out)[0].points).toBe(
      18.1,
    )
    const list = file(
      'rung-facts.json',
      JSON.stringify([{ unit: '096', figures: { 'forest-cover': 25 }, given: { 2: 3 } }]),
    )
    expect(JSON.parse(targets('points', 'score', table, list, '--json').out)[0].points).toBe(8)
  })

  test('what is wrong is told by path, by line or by cell, in the language asked', () => {
    const table = file('khoi.yaml', TABLE)
    const wrong = targets(
      'points',
      'check',
      file('sai.yaml', TABLE.replace('of: hoi-nghi', 'of: hoi-nghj')),
      '-l',
      'en',
    )
    expect(wrong).toMatchObject({ status: 1, err: expect.stringContaining('nodes[0].rule.of: no fact "hoi-nghj"') })
    expect(targets('points', 'check', file('hong.yaml', 'id: [1\nx'))).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^dòng \d: không đọc được JSON hoặc YAML/),
    })
    const facts = targets(
      'points',
      'score',
      table,
      file('sai.csv', 'unit,bai-vit,hoi-nghi\na,1,có thể\nb,x,x\n'),
      '-l',
      'en',
    )
    expect(facts.status).toBe(1)
    expect(facts.err).toContain('B1: the table has no fact or indicator "bai-vit"; did you mean "bai-viet"?')
    expect(facts.err).toContain('C2: "có thể" says neither true nor false')
    expect(facts.err).toContain('C3: "x" says neither true nor false')
    expect(facts.err).not.toContain('B3')
    expect(targets('points', 'check', 'khong-co.yaml').err).toMatch(/không có tệp/)
  })
})

const TABLE = 'đơn vị,Tỷ lệ hộ nghèo\nHuyện A,30\nHuyện B,33\n'
const inUtf16 = (text: string, mark: string) => Buffer.from(mark + text, 'utf16le')

test.each<[string, Buffer]>([
  ['a mark', Buffer.from(`\ufeff${TABLE}`)],
  ['the line ends of Windows', Buffer.from(TABLE.replaceAll('\n', '\r\n'))],
  ['the line ends of old Macs', Buffer.from(TABLE.replaceAll('\n', '\r'))],
  ['UTF-16, as "Unicode text" of Excel', inUtf16(TABLE.replaceAll(',', '\t'), '\ufeff')],
  ['UTF-16 of the other order', inUtf16(TABLE, '\ufeff').swap16()],
  ['letters with marks of their own', Buffer.from(TABLE.normalize('NFD'))],
])('reads a table with %s', (_, bytes) => {
  writeFileSync(join(folder, 'encoded.csv'), bytes)
  const units = JSON.parse(targets('evaluate', 'encoded.csv', '--json').out)
  expect(units.map((unit: { unit: string }) => unit.unit.normalize('NFC'))).toEqual(['Huyện A', 'Huyện B'])
  expect(units.map((unit: { summary: { met: number } }) => unit.summary.met)).toEqual([1, 0])
})

test.each<[string[], Buffer, string]>([
  [['evaluate', 'encoded', '--csv'], Buffer.from('unit,poverty-rate\nHuyÒn A,30\n', 'latin1'), 'UTF-8'],
  [['evaluate', 'encoded'], Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'XLSX'],
  [['evaluate', 'encoded'], Buffer.from('PK\x03\x04x'), 'tệp XLSX bị hỏng'],
  [['evaluate', 'encoded'], Buffer.from('unit,poverty-rate\n"A,30\n'), 'dấu ngoặc kép mở mà không đóng'],
  [['evaluate', 'encoded'], Buffer.from('unit,poverty-rate\nA,1.0 44\n'), 'B2: "1.0 44" không phải là số'],
  [['evaluate', 'encoded'], Buffer.from(''), 'hàng đầu phải có ít nhất một chỉ tiêu'],
  [['evaluate', '.'], Buffer.from(''), 'thư mục'],
  [['directive', 'check', 'encoded'], Buffer.from('{ "id": "Chỉ thị \xe1" }', 'latin1'), 'UTF-8'],
  [['points', 'check', 'encoded'], Buffer.from('{ "id": "B\xe1ng" }', 'latin1'), 'UTF-8'],
])('refuses %j of other bytes', (args, bytes, words) => {
  writeFileSync(join(folder, 'encoded'), bytes)
  const { status, out, err } = targets(...args)
  expect(status).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(words)
})

test('every sentence of commander has one in Vietnamese', () => {
  const commander = createRequire(import.meta.url).resolve('commander')
  const sources = ['command', 'option', 'argument', 'suggestSimilar', 'help'].map((name) =>
    readFileSync(join(dirname(commander), 'lib', `${name}.js`), 'utf8'),
  )
  const errors = [...sources.join('\n').matchAll(/`((?:\\n\()?(?:error: |Allowed choices|Did you mean)[^`]*)`/g)].map(
    ([, template = '']) =>
      template
        .replace('${forSubcommand}', " for 'x'")
        .replace('${s}', 's')
        .replace(/\$\{[^}]*\}/g, '1')
        .replace('\\n', '\n'),
  )
  expect(errors.length).toBeGreaterThan(12)
  const english = errors
    .map(errorInVietnamese)
    .filter((text) => /\b(?:error|is|are|mean|missing|with|not)\b/.test(text))
  expect(english).toEqual([])
})

test('help and errors are in the language that is asked for', () => {
  expect(targets('points', '--help').out).toContain('Cách dùng: targets points [tùy chọn] [lệnh]')
  expect(targets('evalute').err).toBe('lỗi: không có lệnh "evalute"\n(có phải là evaluate không?)\n')
  expect(targets('list', '--lang', 'fr').err).toContain('không nhận "fr". Chỉ nhận: vi, en.')
  expect(targets('evaluate', '--as-of', '31/10/2022').err).toContain('viết NĂM-THÁNG-NGÀY')
  expect(targets('evaluate', '--lang', 'en', '--as-of', '31/10/2022').err).toContain('write YYYY-MM-DD')
  expect(targets('evaluate', '--lang', 'en', '--help').out).toContain('Usage: targets evaluate')
})

test('what a file, its name or a line says is told without moving the cursor of a terminal', () => {
  const name = file('đỏ.json', '{ "id": "1/CT", "ye\\u001b[2Jar": 2031, "\\u202eraey": 1 }')
  const told = [
    targets('directive', 'check', name),
    targets('directive', 'diff', name, document('hoa-binh-2023')),
    targets('list', '--directive', name, '--lang', 'en'),
    targets('xem\u001b[31m'),
    targets('points', 'check', 'không\u001b[2J.json'),
    targets('list', '--lang', '\u009b31m'),
  ].map(({ err }) => err)
  expect(told[0]).toContain('ye\\u{1b}[2Jar: ')
  expect(told[0]).toContain('\\u{202e}raey: ')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for
  for (const err of told) expect(err).toMatch(/^(?=.)[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]+$/)
})
