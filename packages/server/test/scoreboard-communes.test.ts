// A province of 300 communes and no districts, SYNTHETIC: more than one answer holds, and more than tiles of a district are for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { downloaded, inBrowser, withPage } from './browser.ts'
import { type DraftedProvince, drafted, draftedDirective, draftedProvince, type UnitRow } from './drafted-province.ts'
import { cleanUp } from './harness.ts'
import { opener, picture, SCREENSHOTS, sheetsOf, violations, watch } from './scoreboard-page.ts'

const COMMUNES = 300
const codeOf = (i: number) => String(30001 + i)
const UNITS: readonly UnitRow[] = [
  ['30', 'Tỉnh Xã Mẫu', 'Tỉnh', 'tỉnh', null],
  ...Array.from(
    { length: COMMUNES },
    (_, i): UnitRow => [codeOf(i), `Xã Mẫu ${String(i + 1).padStart(3, '0')}`, 'Xã', 'xã', '30'],
  ),
]
const INDICATORS = Array.from({ length: 6 }, (_, i) =>
  drafted(`rate-${i + 1}`, { target: { comparator: '>=', value: 90 } }),
)

let province: DraftedProvince
beforeAll(async () => {
  province = await draftedProvince(UNITS)
  await province.publish(draftedDirective(2026, INDICATORS))
  for (let i = 0; i < COMMUNES; i++) {
    const values = INDICATORS.map((_, k) => `{ indicator: "rate-${k + 1}", value: ${70 + ((i * 7 + k * 11) % 30)} }`)
    await province.made(
      `submitMeasurements(input: { unit: "${codeOf(i)}", year: 2026, asOf: "2026-09-30", status: OFFICIAL, source: "Tự đặt", values: [${values}] }) { unit { code } }`,
    )
  }
}, 180_000)
afterAll(async () => {
  await province?.end()
  await cleanUp()
})

const open = opener(() => province.server.origin)
const saved = (page: Page, button: string) =>
  downloaded(page, () => page.getByRole('button', { name: button }).first().click())

inBrowser('the front page and the list of units hold so many tiles without becoming a wall of them', () =>
  withPage(async (page) => {
    const problems = watch(page, province.server.origin)
    for (const [name, path] of [
      ['tong-quan', '/'],
      ['don-vi', '/don-vi'],
      ['xa', `/don-vi/${codeOf(7)}`],
    ] as const) {
      for (const width of [390, 1024]) {
        await page.setViewportSize({ width, height: 800 })
        await open(page, path)
        const map = await page.locator('.map').boundingBox()
        expect([name, width, map !== null && map.height <= 800]).toEqual([name, width, true])
        expect([name, await violations(page)]).toEqual([name, []])
        await picture(page, `xa-${name}-${width}`)
      }
    }
    // The last one is there, and can be gone to.
    await open(page, '/don-vi')
    await page.locator('.map').getByRole('link', { name: 'Xã Mẫu 300' }).click()
    await page.getByRole('heading', { name: 'Xã Mẫu 300' }).waitFor()
    expect(problems).toEqual([])
  }),
)

inBrowser('the matrix takes all of its units into a table, and says where a file has a part only', () =>
  withPage(async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await open(page, '/ma-tran')
    await page.getByText('Đang hiện 200/300 đơn vị').waitFor()
    await picture(page, 'xa-ma-tran')
    const table = await saved(page, 'CSV')
    expect(table.suggestedFilename()).toBe('ma-tran-2026-09-30.csv')
    const lines = readFileSync(await table.path(), 'utf8')
      .trim()
      .split('\n')
    expect(lines).toHaveLength(COMMUNES + 1)
    expect(lines.at(-1)).toContain('Xã Mẫu 300')
    expect((await saved(page, 'XLSX')).suggestedFilename()).toBe('ma-tran-2026-09-30-200-tren-300.xlsx')
    const drawing = await saved(page, 'SVG')
    expect(drawing.suggestedFilename()).toBe('ma-tran-2026-09-30-200-tren-300.svg')
    expect(readFileSync(await drawing.path(), 'utf8')).toContain('Đang hiện 200/300 đơn vị')
    // On paper the heads stand on each sheet, and so does that it is a part.
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(sheetsOf(pdf)).toBeGreaterThan(2)
    expect(sheetsOf(pdf)).toBeLessThan(9)
    if (SCREENSHOTS) await page.pdf({ preferCSSPageSize: true, path: join(SCREENSHOTS, 'xa-ma-tran.pdf') })
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('Đang hiện 200/300 đơn vị').isVisible()).toBe(true)
    // A file that cannot be fetched is told of, and comes when it can.
    await page.emulateMedia({ media: 'screen' })
    await page.route('**/graphql', (route) => route.abort())
    const told = page.locator('.exports').getByText('Không tải được: máy chủ không trả lời')
    for (const [i, button] of ['CSV', 'XLSX'].entries()) {
      await page.getByRole('button', { name: button }).first().click()
      await told.nth(i).waitFor()
    }
    await page.unroute('**/graphql')
    expect((await saved(page, 'CSV')).suggestedFilename()).toBe('ma-tran-2026-09-30.csv')
    expect(await told.count()).toBe(1)
  }),
)
