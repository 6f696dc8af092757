// Cells that a spreadsheet shows as a percentage, in files as Excel writes them.
import { directive2022 } from '@dienbien/targets'
import { readRows, readSheets, readValue } from '@dienbien/targets/table'
import writeXlsxFile from 'write-excel-file/node'
import { NUMBER } from '../setup/cell-kinds.ts'

const cell = (value: number, format?: string) => ({ value, type: Number, ...(format ? { format } : {}) })
const indicator = (id: string) => {
  const found = directive2022.indicators.find((each) => each.id === id)
  if (!found) throw new Error(`no indicator ${id}`)
  return found
}

async function fileOf(): Promise<Buffer> {
  const header = ['Mã đơn vị', 'a', 'b', 'c', 'd', 'e', 'f'].map((value) => ({ value, type: String }))
  const row = [
    { value: '096', type: String },
    cell(0.0738, '0.00%'),
    cell(0.31, '0%'),
    cell(0.07385, '0.000%'),
    cell(-0.0428, '#,##0.0%;-#,##0.0%'),
    cell(7.38, '0.00"%"'),
    cell(7.38),
  ]
  return writeXlsxFile([
    { sheet: 'Ghi chú', data: [[cell(0.5, '0%')]] },
    { sheet: 'Số liệu', data: [header, [null], row] },
  ]).toBuffer()
}

const AS_SHOWN = ['096', '7.38%', '31%', '7.3850%', '-4.28%', 7.38, 7.38]

test('a number that Excel shows as a percentage is read as it is shown, whichever sheet and row it stands in', async () => {
  const sheets = await readSheets(await fileOf())
  expect(sheets[0]?.rows).toEqual([['50%']])
  expect(sheets[1]?.rows[2]).toEqual(AS_SHOWN)
})

test.each(['auto', 'vi', 'en'] as const)(
  'it is a figure of an indicator in percent, numbers written in %s',
  async (style) => {
    const rate = indicator('poverty-rate')
    const [, , row = []] = (await readSheets(await fileOf()))[1]?.rows ?? []
    expect(row.slice(1, 4).map((value) => readValue(value, rate, style))).toEqual([7.38, 31, 7.385])
  },
)

test('of any other unit it is asked about', async () => {
  const [row = []] = await readRows(await fileOf())
  expect(readValue(row[0], indicator('budget-revenue'), 'auto')).toMatchObject({
    vi: '"50%": đơn vị tính là tỷ đồng, không phải %',
  })
})

test('it is a number of a workbook that sets up a province', async () => {
  const [, , row = []] = (await readSheets(await fileOf()))[1]?.rows ?? []
  expect(row.slice(1).map((value) => NUMBER.read(value))).toEqual([7.38, 31, 7.385, -4.28, 7.38, 7.38])
})
