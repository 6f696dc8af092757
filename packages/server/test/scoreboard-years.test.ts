// The pages of another province than the published one, in each of two years. The province is SYNTHETIC (sample-workbooks.ts).
import type { Page } from 'playwright-core'
import { inBrowser, withPage } from './browser.ts'
import { cleanUp } from './harness.ts'
import { type SampleProvince, sampleProvince } from './sample-province.ts'
import { opener, picture, settled, violations, watch } from './scoreboard-page.ts'

let province: SampleProvince
beforeAll(async () => {
  province = await sampleProvince()
})
afterAll(async () => {
  await province?.end()
  await cleanUp()
})

const open = opener(() => province.server.origin)
const headings = (page: Page) => page.locator('h1').allTextContents()

const PATHS = [
  '/',
  '/ma-tran',
  '/xep-hang',
  '/don-vi',
  '/don-vi/97',
  '/don-vi/971',
  '/chi-tieu',
  '/chi-tieu/poverty-rate',
  '/so-sanh',
  '/tim?q=mau',
  '/phuong-phap',
  '/bao-cao',
]

inBrowser(
  'every view of both years names its own year and province, and nothing of another one',
  () =>
    withPage(async (page) => {
      const problems = watch(page, province.server.origin)
      for (const year of [2025, 2024]) {
        for (const path of PATHS) {
          await open(page, year === 2025 ? path : `${path}${path.includes('?') ? '&' : '?'}nam=2024`)
          expect([path, (await headings(page)).join(' ')]).toEqual([path, expect.stringContaining(String(year))])
          expect(await page.title()).toMatch(new RegExp(`Chỉ tiêu tỉnh Lai Mẫu ${year}$`))
          expect([path, await page.getByRole('alert').count()]).toEqual([path, 0])
          const whole = await page.evaluate(() => `${document.head.innerHTML} ${document.body.textContent}`)
          expect([path, /Điện Biên|2022|02\/CT-UBND/.exec(whole)?.[0]]).toEqual([path, undefined])
          expect([path, await violations(page)]).toEqual([path, []])
          const name = path.replace(/[/?=]/g, '-').slice(1) || 'tong-quan'
          await picture(page, `mau-${year}-${name}`, [390, 1280])
        }
      }
      expect(problems).toEqual([])
    }),
  300_000,
)

inBrowser('a year is chosen at the top, stays in the address, and goes along to other views', () =>
  withPage(async (page) => {
    await open(page, '/xep-hang')
    const chooser = page.getByRole('combobox', { name: 'Năm', exact: true })
    expect(await chooser.locator('option').allTextContents()).toEqual(['2025', '2024'])
    await chooser.selectOption('2024')
    await page.getByRole('heading', { name: 'Xếp hạng 2024' }).waitFor()
    expect(new URL(page.url()).search).toBe('?nam=2024')
    await settled(page)
    // The bloc of offices competed in 2024 only.
    expect(await page.textContent('main')).toContain('Khối thi đua tổng hợp')
    await page.getByRole('link', { name: 'Bảng tổng hợp' }).click()
    await page.getByRole('heading', { name: 'Bảng tổng hợp đơn vị – chỉ tiêu 2024' }).waitFor()
    await page.getByRole('combobox', { name: 'Năm', exact: true }).selectOption('2025')
    await page.getByRole('heading', { name: 'Bảng tổng hợp đơn vị – chỉ tiêu 2025' }).waitFor()
    expect(new URL(page.url()).search).toBe('')
    await open(page, '/xep-hang')
    expect(await page.textContent('main')).not.toContain('Khối thi đua tổng hợp')
  }),
)

inBrowser('after a merger the year before shows the units that stood then, everywhere', () =>
  withPage(async (page) => {
    const shown = async (path: string, name: string) => {
      await open(page, path)
      return page.getByText(name, { exact: true }).count()
    }
    for (const [year, is, isNot] of [
      ['2025', 'Xã Mẫu Mới', 'Xã Nậm Mẫu'],
      ['2024', 'Xã Nậm Mẫu', 'Xã Mẫu Mới'],
    ] as const) {
      for (const path of ['/don-vi', '/tim?q=xa', '/ma-tran?level=COMMUNE&columns=all']) {
        const address = `${path}${path.includes('?') ? '&' : '?'}nam=${year}`
        expect([address, (await shown(address, is)) > 0, await shown(address, isNot)]).toEqual([address, true, 0])
      }
    }
    await open(page, '/don-vi/97101?nam=2024')
    expect(await headings(page)).toEqual([expect.stringContaining('Xã Nậm Mẫu')])
    await page.goto(`${province.server.origin}/don-vi/97101?nam=2025`)
    await page.getByRole('alert').getByText(/97101/).waitFor({ timeout: 15_000 })
    // Before the merger the same year has the old ones.
    expect(await shown('/don-vi?nam=2025&asOf=2025-06-30', 'Xã Nậm Mẫu')).toBeGreaterThan(0)
  }),
)

inBrowser('what may be weighed and chosen by section are the parts of that directive', () =>
  withPage(async (page) => {
    await open(page, '/xep-hang?nam=2024')
    const sliders = page.locator('.what-if label')
    expect(await sliders.allTextContents()).toEqual(
      [1, 2, 3, 4].map((part) => expect.stringContaining(`Mục ${part} (`)),
    )
    await page.getByRole('slider').first().focus()
    await page.keyboard.press('Home')
    await page.getByRole('status').getByText('Đang xem thử').waitFor()
    expect(page.url()).toContain('w-1=0')
    await open(page, '/ma-tran?nam=2024')
    const sections = page.getByRole('combobox', { name: 'Mục', exact: true })
    expect(await sections.locator('option').allTextContents()).toEqual(['Tất cả', '1', '2', '3', '4'])
    await sections.selectOption('2')
    const heads = page.locator('th.turned')
    await page.waitForFunction(() => !document.body.textContent?.includes('Thu ngân sách'))
    expect(await heads.allTextContents()).toContainEqual(expect.stringContaining('Tỷ lệ hộ nghèo'))
    expect(page.url()).toContain('section=2')
  }),
)

inBrowser('what other weights would do is said to be shown once it is; a slider stands nowhere but on its places', () =>
  withPage(async (page) => {
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/graphql', async (route) => {
      const { variables } = route.request().postDataJSON() as { variables: { policy?: unknown } }
      if (variables.policy) await held
      await route.continue()
    })
    await page.goto(`${province.server.origin}/xep-hang?nam=2024&w-1=0&w-2=nhiều&w-3=-5`)
    await page.getByRole('slider').first().waitFor()
    await page.locator('.warning[role=status]').getByText('Đang tải…').waitFor()
    expect(await page.getByText('Đang xem thử').count()).toBe(0)
    expect(await page.locator('.what-if output').allTextContents()).toEqual(['0', '50', '50', '50'])
    answer()
    await page.locator('.warning[role=status]').getByText('Đang xem thử').waitFor()
    await settled(page)
  }),
)
