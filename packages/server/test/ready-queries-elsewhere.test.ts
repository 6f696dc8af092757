// Each ready query, with the example that the page of GraphiQL has for it, on a database of another province: it runs, and says
// something. SYNTHETIC: the province is of sample-workbooks.ts.
import { cleanUp } from './harness.ts'
import { type ListedQuery, listedBy } from './listed-queries.ts'
import { type SampleProvince, sampleProvince } from './sample-province.ts'
import { FIGURES_2024 } from './sample-workbooks.ts'
import { bearer } from './tokens.ts'

let province: SampleProvince
let listed: readonly ListedQuery[]
beforeAll(async () => {
  province = await sampleProvince()
  listed = await listedBy(province.server)
}, 400_000)
afterAll(async () => {
  await province.end()
  await cleanUp()
})

/** What an answer says: its numbers, words and yes or no, wherever they stand. */
const said = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(said) : value === null ? [] : [value]

/** What each says less than that many things in. */
async function silentBelow(least: (name: string) => number): Promise<string[]> {
  const council = bearer(province.token('--role', 'council'))
  const silent: string[] = []
  for (const { name, text, variables, kind } of listed.filter((query) => query.kind === 'query')) {
    const { data, errors } = await province.server.query(text, JSON.parse(variables || '{}'), council)
    expect([name, kind, errors]).toEqual([name, 'query', undefined])
    const things = said(data).filter((value) => value !== 0)
    if (things.length < least(name)) silent.push(`${name}: ${JSON.stringify(data)}`)
  }
  return silent
}

/** Of the year before, as if they were the newest year's; the bloc has no directive of that, and two communes are no more. */
async function importFigures(): Promise<void> {
  const rows = FIGURES_2024.split('\n').filter((row) => !/^(so-|97101|97102)/.test(row))
  const body = new FormData()
  const input = { file: null, year: 2025, asOf: '2025-12-31', status: 'OFFICIAL', source: 'Thử' }
  const query = `mutation ($input: ImportMeasurementsInput!) { importMeasurements(input: $input) { stored problems { message } } }`
  body.set('operations', JSON.stringify({ query, variables: { input } }))
  body.set('map', '{"0":["variables.input.file"]}')
  body.set('0', new Blob([rows.join('\n')]), 'so-lieu.csv')
  const headers = bearer(province.token('--role', 'administrator'))
  const response = await fetch(province.server.url, { method: 'POST', headers, body })
  expect(await response.json()).toMatchObject({
    data: { importMeasurements: { stored: rows.length - 1, problems: [] } },
  })
}

test('each query answers without an error in a year that was just opened, and says at least whom it is about', async () => {
  expect(await silentBelow(() => 1)).toEqual([])
})

test('with figures each says something of this province', async () => {
  await importFigures()
  // Nobody has drafted a point table.
  const least: Readonly<Record<string, number>> = { 'Bảng tiêu chí của cụm, khối': 1, 'Báo cáo theo mục 4.4': 3 }
  expect(await silentBelow((name) => least[name] ?? 5)).toEqual([])
})

test('no text and no example names a unit, a cluster or a year of one province', () => {
  for (const { name, text, variables } of listed) {
    expect([name, variables]).toEqual([name, expect.not.stringMatching(/\{\{|…"|cum-vung|2022|"(09[4-9]|10[0-3]|11)"/)])
    expect([name, text]).toEqual([name, expect.not.stringMatching(/cum-vung|code: "|year: \d/)])
  }
  const example = (name: string) => JSON.parse(listed.find((query) => query.name === name)?.variables ?? '') as object
  expect(example('Vì sao không phải chúng tôi')).toEqual({ unit: '971' })
  expect(example('Chốt xếp hạng')).toEqual({ input: { cluster: 'cum-cao', year: 2025, reason: 'Tổng kết năm 2025' } })
})

test('what may be tried by a mutation as it is goes through, or says what this province lacks', async () => {
  const administrator = bearer(province.token('--role', 'administrator'))
  for (const name of [
    'Ký giao ước',
    'Nộp văn bản',
    'Báo cáo số liệu',
    'Giao chỉ tiêu',
    'Đặt thời hạn',
    'Lập cụm, khối',
  ]) {
    const { text, variables } = listed.find((query) => query.name === name) as ListedQuery
    const { errors } = await province.server.change(text, JSON.parse(variables), administrator)
    expect([name, errors]).toEqual([name, undefined])
  }
})
