import { readFileSync } from 'node:fs'
import { parseDirective } from '@dienbien/targets/core'
import type { Cell } from '@dienbien/targets/table'
import { cellOfPath, directivesIn } from './directive-rows.ts'
import { SHEET_KEYS, SHEETS } from './sheets.ts'
import { readWorkbook } from './workbook.ts'

const read = (sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>) => {
  const { workbook, problems } = readWorkbook(
    Object.entries(sheets).map(([name, rows]) => ({ name, rows: rows.map((row) => [...row]) })),
  )
  return { workbook, problems, said: problems.map(({ sheet, cell, text }) => `${sheet}!${cell}: ${text.en}`) }
}

const UNITS = ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Cấp', 'Mã đơn vị cấp trên', 'Từ ngày']

test('headers are read in Vietnamese and in English, with marks of the template or without, in any order', () => {
  const vi = read({ 'Đơn vị': [UNITS, ['105', 'Huyện A', 'Huyện', 'huyện', '12', '01/07/2025']] })
  const en = read({
    UNITS: [
      ['parent', 'Level *', 'NAME', 'kind', 'code', 'from'],
      ['12', 'district', 'Huyện A', 'Huyện', '105', '2025-07-01'],
    ],
  })
  expect(vi.problems).toEqual([])
  expect(en.problems).toEqual([])
  expect(vi.workbook.units?.rows).toEqual(en.workbook.units?.rows)
  expect(vi.workbook.units?.rows[0]?.values).toMatchObject({ level: 'district', from: '2025-07-01', decision: null })
})

test('every wrong cell is told at once, by sheet and cell, and rows that are right are read', () => {
  const { workbook, said } = read({
    'Đơn vị': [
      UNITS,
      ['105', 'Huyện A', 'Huyện', 'huyen', null, null],
      ['106', '', 'Huyện', 'quận', null, '31/02/2025'],
      [null, null, null, null, null, null],
      ['107', 'Huyện B', 'Huyện', 'huyện', '-', null],
    ],
    'Thời hạn': [
      ['Năm', 'Việc', 'Ngày cuối'],
      ['hai nghìn', 'ke hoach', '31/03/2024'],
      [2024, 'họp', new Date('2024-03-31')],
    ],
  })
  expect(said.map((place) => place.split(':')[0])).toEqual([
    'Đơn vị!B3',
    'Đơn vị!D3',
    'Đơn vị!F3',
    'Thời hạn!A2',
    'Thời hạn!B3',
  ])
  expect(said[1]).toContain('"quận" is none of cả nước (nation), tỉnh (province), huyện (district)')
  expect(workbook.units?.rows.map(({ row, values }) => [row, values.code, values.parent])).toEqual([
    [1, '105', null],
    [4, '107', null],
  ])
  expect(workbook.units?.unread).toContain('106')
})

test.each<[string, Parameters<typeof read>[0], RegExp]>([
  ['a sheet that nobody knows', { 'Đơn vi cũ': [['x']] }, /^Đơn vi cũ!A1: no sheet is called "Đơn vi cũ"/],
  [
    'a sheet that is there twice',
    { 'Đơn vị': [UNITS], units: [UNITS] },
    /^units!A1: this sheet is there already: "Đơn vị"/,
  ],
  [
    'a column that nobody knows',
    { members: [['year', 'cluster', 'unit', 'colour']] },
    /^members!D1: no column is called "colour"/,
  ],
  ['a column that is missing', { members: [['year', 'unit']] }, /^members!A1: there is no column "cluster"/],
  ['a column that stands twice', { members: [['year', 'unit', 'cluster', 'Đơn vị']] }, /^members!D1: .* stands twice/],
  ['a workbook that says nothing', { members: [['year', 'cluster', 'unit']] }, /^members!A2: the workbook has no row/],
])('%s is told', (_, sheets, expected) => {
  expect(read(sheets).said.join('\n')).toMatch(expected)
})

test('a number that may be read in two ways is told, with what the cell may hold; a deadline may be taken back', () => {
  const { workbook, said } = read({
    deadlines: [
      ['year', 'kind', 'due on'],
      [2024, 'plan', 'Bỏ'],
      [2024, 'pact', '30/04/2024'],
      [2024, 'final', 'mai'],
    ],
    targets: [
      ['year', 'unit', 'indicator', 'value'],
      [2024, '105', 'budget-revenue', '2.750'],
      [2024, '106', 'budget-revenue', '2.750,5'],
    ],
  })
  expect(said).toEqual([
    'deadlines!C4: "mai" is no date: write 31/12/2024 or 2024-12-31, or "withdrawn" to take the deadline back',
    'targets!D2: "2.750" is 2750 as written in Vietnamese and 2.75 in English: make the cell a number, or write 2750',
  ])
  expect(workbook.deadlines?.rows.map(({ values }) => values.dueOn)).toEqual([{ day: null }, { day: '2024-04-30' }])
  expect(workbook.targets?.rows.map(({ values }) => values.value)).toEqual([2750.5])
})

test('notes and examples are for people: neither a sheet nor a row of them is read', () => {
  const { workbook, problems } = read({
    'Ghi chú của Sở': [['bất kỳ']],
    'Thành viên': [
      ['Năm *', 'Mã cụm, khối *', 'Đơn vị *', 'Ghi chú'],
      ['Giải thích: năm', 'mã', 'đơn vị', null],
      ['Ví dụ: 2024', 'cum-so-1', '901', null],
      [2024, 'cum-a', '105', 'mới'],
    ],
  })
  expect(problems).toEqual([])
  expect(workbook.members?.rows.map(({ values }) => values)).toEqual([
    { year: 2024, cluster: 'cum-a', unit: '105', movedFrom: null },
  ])
})

test('an empty sheet, numbers of rows and notes in rows without anything else are nobody’s slip', () => {
  const { workbook, problems } = read({
    Sheet1: [],
    'Thành viên': [
      ['STT', 'Năm', 'Mã cụm, khối', 'Đơn vị', 'Ghi chú'],
      [1, 2024, 'cum-a', '105', null],
      [2, null, null, null, 'chưa rõ'],
      [3, null, null, null, null],
    ],
  })
  expect(problems).toEqual([])
  expect(workbook.members?.rows.map(({ row }) => row)).toEqual([1])
})

test('the page about setting up names every sheet and column', () => {
  const page = readFileSync(new URL('../../../../docs/set-up.md', import.meta.url), 'utf8')
  for (const key of SHEET_KEYS) {
    const columns = Object.values(SHEETS[key].columns).map(
      ({ titles: [vi, en], required }) => `${vi}${required ? '*' : ''} (${en})`,
    )
    expect(page).toContain(`| \`${SHEETS[key].titles[0]}\` (${SHEETS[key].titles[1]}) |`)
    expect(page).toContain(`| ${columns.join(', ')} |`)
  }
})

test('the titles of a sheet lead to one column each', () => {
  for (const key of SHEET_KEYS) {
    const titles = Object.values(SHEETS[key].columns).flatMap((column) =>
      column.titles.map((title: string) => title.toLowerCase()),
    )
    expect(titles).toEqual([...new Set(titles)])
  }
})

const INDICATORS = [
  'Mã chỉ tiêu',
  'Tên chỉ tiêu',
  'Mục',
  'Đơn vị tính',
  'Dấu',
  'Mục tiêu',
  'Đến',
  'Chiều',
  'Trích nguyên văn',
  'Cách tính',
  'Tính ở cấp',
  'Năm trước',
  'Tốc độ tăng',
]
const DIRECTIVE = {
  'Chỉ thị': [
    ['Số, ký hiệu', 'Năm', 'Tên văn bản', 'Cơ quan ban hành', 'Ngày ban hành', 'Ngày đối chiếu'],
    ['1/CT', 2024, 'Chỉ thị', 'UBND', '15/01/2024', '20/01/2024'],
  ],
} as const
const rows: Cell[][] = [
  [
    'poverty-rate',
    'Tỷ lệ hộ nghèo',
    '1',
    '%',
    'không quá',
    '24,5',
    null,
    null,
    'còn 24,5%',
    'tỷ lệ',
    'tỉnh; huyện',
    27.1,
    null,
  ],
  ['growth', 'Tăng trưởng', '1', '%', 'từ … đến', 7, 9, 'cao', 'tăng 7-9%', 'tỷ lệ', 'tỉnh', null, 'x'],
  ['roads', 'Đường', '2', 'km', '≥', 120, null, null, '120 km trở lên', 'lũy kế', 'tỉnh, huyện', null, null],
  ['kept', 'Duy trì', '2', 'duy trì', 'duy trì', null, null, null, 'duy trì', 'duy trì', 'tỉnh', null, null],
]

test('indicators become a document of a directive that agrees with itself', () => {
  const { workbook, problems } = read({ ...DIRECTIVE, 'Chỉ tiêu': [INDICATORS, ...rows] })
  expect(problems).toEqual([])
  const { drafts, problems: unplaced } = directivesIn(workbook)
  expect(unplaced).toEqual([])
  const { indicators } = parseDirective(drafts[0]?.document)
  expect(indicators).toMatchObject([
    {
      unit: { code: 'percent' },
      target: { comparator: '<=', value: 24.5 },
      extent: 'intensive',
      levels: ['province', 'district'],
      baseline: 27.1,
    },
    {
      unit: { code: 'percent-change' },
      target: { comparator: 'between', low: 7, high: 9 },
      better: 'more',
      growth: true,
    },
    { unit: { code: 'km' }, measure: 'flow', extent: 'extensive', better: 'more' },
    { target: { comparator: 'maintained', value: true }, measure: 'milestone' },
  ])
})

test('denominators of rates are columns', () => {
  const titles = [...INDICATORS, 'Mẫu số của tỷ lệ', 'Tử số của tỷ lệ']
  const [poverty = []] = rows
  const weighed = (id: string, ...weights: Cell[]) => [id, ...poverty.slice(1), ...weights]
  const all = [
    weighed('a', 'Số xã', null),
    weighed('b', 'roads', null),
    weighed('c', null, 'roads'),
    weighed('d', null, null),
    rows[2] as Cell[],
  ]
  const { workbook } = read({ ...DIRECTIVE, 'Chỉ tiêu': [titles, ...all] })
  const { indicators } = parseDirective(directivesIn(workbook).drafts[0]?.document)
  expect(indicators.map(({ weighedBy }) => weighedBy)).toEqual([
    'communes',
    { denominator: 'roads' },
    { numerator: 'roads' },
    undefined,
    undefined,
  ])
  const [draft] = directivesIn(workbook).drafts
  const at = (path: string) => draft && cellOfPath(path, draft, workbook).cell
  expect([at('indicators[1].weighedBy.denominator'), at('indicators[2].weighedBy.numerator')]).toEqual(['N3', 'O4'])
})

test('a place in the document is the cell that says it, the next where no column does', () => {
  const { workbook } = read({ ...DIRECTIVE, 'Chỉ tiêu': [INDICATORS, ...rows] })
  const { drafts } = directivesIn(workbook)
  const [draft] = drafts
  if (!draft) throw new Error('no draft')
  const at = (path: string) => {
    const { sheet, cell } = cellOfPath(path, draft, workbook)
    return `${sheet}!${cell}`
  }
  expect(at('indicators[1].target.high')).toBe('Chỉ tiêu!G3')
  expect(at('indicators[2].target.value')).toBe('Chỉ tiêu!F4')
  expect(at('indicators[3].measure')).toBe('Chỉ tiêu!J5')
  expect(at('indicators[0].levels[1]')).toBe('Chỉ tiêu!K2')
  expect(at('indicators[0].id')).toBe('Chỉ tiêu!A2')
  expect(at('indicators[0].checkedOn')).toBe('Chỉ thị!F2')
  expect(at('issuedOn')).toBe('Chỉ thị!E2')
  expect(at('')).toBe('Chỉ thị!A2')
})

test('an indicator of a directive that is not there, or of one of two, is told', () => {
  const cells = ['1/CC', ...(rows[0] as Cell[])]
  const { workbook } = read({ ...DIRECTIVE, 'Chỉ tiêu': [['Chỉ thị', ...INDICATORS], cells] })
  expect(directivesIn(workbook).problems).toEqual([
    {
      sheet: 'Chỉ tiêu',
      cell: 'A2',
      text: expect.objectContaining({ en: expect.stringContaining('did you mean "1/CT"') }),
    },
  ])
})
