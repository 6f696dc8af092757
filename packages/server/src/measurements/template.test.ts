import { directive2022 } from '@dienbien/targets'
import { judgeRows, type UnitsOn } from './import-rows.ts'
import { TEMPLATE_HEADER, templateRows } from './template.ts'

const unit = {
  id: '102',
  code: '102',
  name: 'Huyện Mường Ảng',
  searchKey: 'huyen muong ang',
  level: 'district',
} as const
const MOMENT = { year: 2022, asOf: '2022-12-31' }
const VALUE = TEMPLATE_HEADER.indexOf('Giá trị')
const TARGET = TEMPLATE_HEADER.indexOf('Mục tiêu')
const rowOf = (rows: ReturnType<typeof templateRows>, id: string) => rows.find((row) => row[2] === id)

const unitsOn: UnitsOn = () => ({ units: [unit], searchKeyOf: ({ searchKey }) => searchKey })

test('what is filled into a template is read back as the figures of its unit and day', () => {
  const rows = templateRows(unit, MOMENT, directive2022, [], [])
  const filled = rows.map((row) => (row[2] === 'macadamia-planted' ? row.with(VALUE, 812.5) : row))
  const defaults = { year: 2022, asOf: null, status: null, source: null, numbers: 'auto' } as const
  const { figures, problems } = judgeRows([TEMPLATE_HEADER, ...filled], directive2022, unitsOn, defaults)
  expect(problems).toEqual([])
  expect(figures).toMatchObject([
    { unit: '102', indicator: 'macadamia-planted', asOf: '2022-12-31', status: 'official', value: 812.5 },
  ])
})

test("a district's template shows its own target, the directive's rates, and no total of the province", () => {
  const target = { indicatorId: 'macadamia-planted', comparator: '>=', value: 1000, baseline: null } as const
  const before = [{ indicatorId: 'poverty-rate', value: 34.9 }]
  const rows = templateRows(unit, MOMENT, directive2022, [target], before)
  expect(rowOf(rows, 'macadamia-planted')?.[TARGET]).toContain('1.000')
  expect(rowOf(templateRows(unit, MOMENT, directive2022, [], []), 'macadamia-planted')?.[TARGET]).toBeNull()
  expect(rowOf(rows, 'forest-cover')?.[TARGET]).not.toBeNull()
  expect(rowOf(rows, 'poverty-rate')?.[TEMPLATE_HEADER.indexOf('Năm trước')]).toBe(34.9)
  expect(rowOf(rows, 'grdp-growth')).toBeUndefined()
})
