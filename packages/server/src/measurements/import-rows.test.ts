import { directive2022 } from '@dienbien/targets'
import type { Cell } from '@dienbien/targets/table'
import { directiveMeasuring } from '../figures/years.ts'
import { reasonOf } from './import.ts'
import { type ImportUnit, judgeRows, type UnitsOn } from './import-rows.ts'

const unit = (code: string, name: string, searchKey: string): ImportUnit => ({
  id: code,
  code,
  name,
  searchKey,
  level: 'district',
})
const UNITS = [unit('096', 'Huyện Mường Nhé', 'huyen muong nhe'), unit('102', 'Huyện Mường Ảng', 'huyen muong ang')]
const unitsOn: UnitsOn = () => ({ units: UNITS, searchKeyOf: ({ searchKey }) => searchKey })
const DEFAULTS = { year: 2022, asOf: '2022-10-31', status: 'official', source: null, numbers: 'auto' } as const

const judge = (rows: Cell[][], defaults: Partial<typeof DEFAULTS> | object = {}) =>
  judgeRows(rows, directive2022, unitsOn, { ...DEFAULTS, ...defaults })

test('a row a figure says all of it itself', () => {
  const { figures, problems } = judge([
    ['Mã đơn vị', 'Chỉ tiêu', 'Giá trị', 'Ngày', 'Trạng thái', 'Nguồn'],
    ['96', 'poverty-rate', '30,5', '30/6/2022', 'ước thực hiện', 'Sở LĐTBXH'],
  ])
  expect(problems).toEqual([])
  const asOf = '2022-06-30'
  expect(figures).toEqual([
    {
      unit: '096',
      year: 2022,
      indicator: 'poverty-rate',
      asOf,
      status: 'estimate',
      value: 30.5,
      source: 'Sở LĐTBXH',
      cell: 'C2',
    },
  ])
})

test('a row a unit has a column an indicator, and takes the rest from the import', () => {
  const { figures } = judge([
    ['unit', 'poverty-rate', 'forest-cover'],
    ['Huyện Mường Ảng', 31.25, '-'],
  ])
  expect(figures).toMatchObject([{ unit: '102', asOf: '2022-10-31', status: 'official', value: 31.25, cell: 'B2' }])
})

test('a header may say in brackets what an indicator is counted in, and nothing else', () => {
  const rows = (counted: string): Cell[][] => [
    ['STT', 'đơn vị', `Tổng thu ngân sách nhà nước trên địa bàn (${counted})`],
    [1, '096', 12.5],
    [2, null, null],
  ]
  expect(judge(rows('Tỷ đồng'))).toMatchObject({
    figures: [{ indicator: 'budget-revenue', value: 12.5 }],
    problems: [],
  })
  expect(judge(rows('triệu đồng'))).toMatchObject({
    figures: [],
    problems: [{ cell: 'C1', text: { vi: expect.stringContaining('đơn vị tính là tỷ đồng, không phải triệu đồng') } }],
  })
})

test('an x says that there is no figure; where yes or no belongs it says neither', () => {
  const neither = { vi: expect.stringContaining('viết có hoặc không'), en: expect.stringContaining('neither') }
  const wide = judge([
    ['unit', 'poverty-rate', 'literacy-level-2'],
    ['096', 'x', '-'],
    ['102', 'X', 'x'],
  ])
  expect(wide).toMatchObject({ figures: [], problems: [{ cell: 'C3', text: neither }] })
  const long = judge([
    ['unit', 'indicator', 'value'],
    ['096', 'poverty-rate', 'x'],
    ['102', 'literacy-level-2', 'x'],
    ['102', 'literacy-level-2', ''],
  ])
  expect(long).toMatchObject({ figures: [], problems: [{ cell: 'C3', text: neither }] })
})

test('an x in another column than that of figures is none of its words: nothing takes the place of what it means', () => {
  const { figures, problems } = judge([
    ['unit', 'indicator', 'value', 'status', 'date', 'source'],
    ['096', 'poverty-rate', 30, 'x', '2022-06-30', 'x'],
    ['096', 'poverty-rate', 31, 'official', 'x', null],
    ['x', 'forest-cover', 31, 'official', '2022-06-30', null],
    // Of what has no figure nothing else is asked.
    ['096', 'forest-cover', 'x', 'x', 'x', 'x'],
  ])
  expect(figures).toEqual([])
  expect(problems.map(({ cell }) => cell)).toEqual(['D2', 'E3', 'A4'])
})

test.each<[string, Cell[], string, string]>([
  ['a day of another year', ['096', 'poverty-rate', 1, '2021-12-31', 2022], 'D2', '2021-12-31 does not lie in 2022'],
  ['a day that there is not', ['096', 'poverty-rate', 1, '31/2/2022', 2022], 'D2', 'is no date'],
  ['another year', ['096', 'poverty-rate', 1, '2022-12-31', 2021], 'E2', 'is not 2022, the year of the import'],
  ['a unit that nobody knows', ['097', 'poverty-rate', 1, '2022-12-31', 2022], 'A2', 'no unit has the code "097"'],
  ['a share above 100', ['096', 'forest-cover', 140, '2022-12-31', 2022], 'C2', 'from 0 to 100%, not 140'],
])('%s is told by its cell, and the row gives no figure', (_, row, cell, message) => {
  const { figures, problems } = judge([['unit', 'indicator', 'value', 'date', 'year'], row])
  expect(figures).toEqual([])
  expect(problems).toEqual([
    { cell, text: { vi: expect.stringMatching(/[À-ỹ]/), en: expect.stringContaining(message) } },
  ])
})

test('an unknown column keeps all of the file out', () => {
  const { figures, problems } = judge([
    ['unit', 'indicator', 'value', 'dat'],
    ['096', 'poverty-rate', 1, 'x'],
  ])
  expect(figures).toEqual([])
  expect(problems).toEqual([
    {
      cell: 'D1',
      text: {
        vi: 'không có cột nào tên "dat"; có phải là "date" không?',
        en: 'no column is headed "dat"; did you mean "date"?',
      },
    },
  ])
})

test('a file of another kind is not read to its end', () => {
  const { problems } = judge([['unit', 'poverty-rate'], ...Array.from({ length: 20_000 }, () => ['nowhere', 'x1'])])
  expect(problems.length).toBeLessThan(10_010)
  expect(problems.at(-1)?.text.en).toMatch(/reading stopped here/)
})

test('the year before a directive is measured by it, a year that nothing is compared with by none', () => {
  expect(directiveMeasuring(2021)).toBe(directive2022)
  expect(directiveMeasuring(2022)).toBe(directive2022)
  expect(() => directiveMeasuring(2020)).toThrow('there are no figures for 2020, only for 2021, 2022')
})

test('a correction says why: in its own words, by its source, or by the file', () => {
  expect(reasonOf('/home/a/b.csv', 'sửa', 'Sở')).toBe('sửa')
  expect(reasonOf('/home/a/b.csv', null, 'Sở')).toBe('Sở')
  expect(reasonOf('/home/a/b.csv', null, null)).toBe('tệp b.csv')
})
