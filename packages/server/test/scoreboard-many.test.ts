// A level of more units than one answer holds, in the pages. The province is SYNTHETIC (sample-workbooks.ts).
import { inBrowser, withPage } from './browser.ts'
import { cleanUp } from './harness.ts'
import { type SampleProvince, sampleProvince } from './sample-province.ts'
import { opener, violations, watch } from './scoreboard-page.ts'
import { bearer } from './tokens.ts'

/** Beside the seven that the province has. */
const MORE = 230
const codeOf = (i: number) => String(97500 + i)
const LAST = codeOf(MORE - 1)

let province: SampleProvince
beforeAll(async () => {
  province = await sampleProvince()
  const create = Array.from({ length: MORE }, (_, i) => ({
    ...{ code: codeOf(i), name: `Xã Mẫu ${i + 1}`, kind: 'Xã', level: 'COMMUNE', parent: '973', from: '2024-02-01' },
  }))
  const act = async (name: string, type: string, input: object) => {
    const { errors } = await province.server.change(
      `mutation ($input: ${type}!) { ${name}(input: $input) { errors { path message } } }`,
      { input },
      bearer(province.token('--role', 'administrator')),
    )
    expect([name, errors]).toEqual([name, undefined])
  }
  await act('changeUnits', 'ChangeUnitsInput', { decision: 'Nghị quyết 12/NQ (ví dụ tự đặt)', create })
  const values = [{ indicator: 'poverty-rate', value: 21.5 }]
  const source = 'Báo cáo 5/BC (ví dụ tự đặt)'
  const figures = { unit: LAST, asOf: '2024-12-31', status: 'OFFICIAL', source, values, year: 2024 }
  await act('submitMeasurements', 'SubmitMeasurementsInput', figures)
})
afterAll(async () => {
  await province?.end()
  await cleanUp()
})

const open = opener(() => province.server.origin)

inBrowser('the matrix says that it is cut, leads to the rest, and back', () =>
  withPage(async (page) => {
    const problems = watch(page, province.server.origin)
    await open(page, '/ma-tran?nam=2024&level=COMMUNE&columns=some')
    await page.getByText('Đang hiện 200/237 đơn vị').waitFor()
    const rows = page.locator('tbody th[scope="row"]')
    expect(await rows.count()).toBe(200)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Các đơn vị tiếp theo' }).click()
    await page.getByText('Đang hiện 37/237 đơn vị').waitFor()
    expect(await rows.count()).toBe(37)
    expect(await rows.allTextContents()).toContain(`Xã Mẫu ${MORE}`)
    expect(await page.getByRole('button', { name: 'Các đơn vị tiếp theo' }).count()).toBe(0)
    // The address brings that part back; the browser's Back leads to the one before.
    await page.reload()
    await page.getByText('Đang hiện 37/237 đơn vị').waitFor()
    await page.goBack()
    await page.getByText('Đang hiện 200/237 đơn vị').waitFor()
    // Another level begins at its start, and has nothing to be cut.
    await page.getByRole('button', { name: 'Các đơn vị tiếp theo' }).click()
    await page.getByText('Đang hiện 37/237').waitFor()
    await page.getByRole('combobox', { name: 'Cấp' }).selectOption('DISTRICT')
    await page.locator('tbody th[scope="row"]').filter({ hasText: 'Huyện Sìn Mẫu' }).waitFor()
    expect(await page.getByText('Đang hiện').count()).toBe(0)
    expect(problems).toEqual([])
  }),
)

inBrowser('a figure beyond the first part is reached from the page of its indicator', () =>
  withPage(async (page) => {
    await open(page, '/chi-tieu/poverty-rate?nam=2024&level=COMMUNE')
    await page.getByText('Đang hiện 200/237 đơn vị').waitFor()
    expect(await page.getByRole('link', { name: `Xã Mẫu ${MORE}` }).count()).toBe(0)
    await page.getByRole('button', { name: 'Các đơn vị tiếp theo' }).click()
    await page.getByRole('link', { name: `Xã Mẫu ${MORE}` }).waitFor()
    expect(await page.textContent('main')).toContain('Báo cáo 5/BC (ví dụ tự đặt)')
    await page.getByRole('button', { name: 'Về đầu danh sách' }).click()
    await page.getByText('Đang hiện 200/237 đơn vị').waitFor()
  }),
)

inBrowser('a search that finds more than it lists shows the rest when it is asked to', () =>
  withPage(async (page) => {
    await open(page, '/tim?nam=2024&q=xa%20mau')
    await page.getByText(/^\d+ kết quả/).waitFor()
    const last = page.getByRole('link', { name: `Xã Mẫu ${MORE}`, exact: true })
    expect(await last.isVisible()).toBe(false)
    await page.getByText(/^Còn nữa: 2\d\d$/).click()
    await last.waitFor()
    expect(await violations(page)).toEqual([])
  }),
)
