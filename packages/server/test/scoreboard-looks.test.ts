// What the pages looked like when somebody looked at them: each of these was ugly, or said something that it should not.
import type { Page } from 'playwright-core'
import { inBrowser, withPage } from './browser.ts'
import { cleanUp, onPostgres, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { opener, violations } from './scoreboard-page.ts'
import { tokens } from './tokens.ts'

afterAll(cleanUp)

const PHONE = { width: 390, height: 844 }
const openOn = (kind: 'plain' | 'demo') => opener(() => shared(kind).origin)

/** Tables whose rows reach beyond the screen: who looks at them sees a part only. */
const cut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.scroll:not(.heat)')].flatMap((region) =>
      region.scrollWidth > region.clientWidth + 1 ? [region.getAttribute('aria-label')] : [],
    ),
  )

const WITH_TABLES = [
  '/',
  '/xep-hang',
  '/don-vi/102',
  '/chi-tieu',
  '/chi-tieu/macadamia-planted',
  '/so-sanh?units=094,102,096,095',
  '/phuong-phap',
  '/thanh-phan',
]

// What a page looks like does not depend on where its answers come from.
const looked = onPostgres() ? describe.skip : describe
looked('on a phone', () => {
  inBrowser.each(WITH_TABLES)('%s: each row of a table is a card, and nothing of it is beyond the edge', (path) =>
    withPage(async (page) => {
      await page.setViewportSize(PHONE)
      await openOn('demo')(page, path)
      expect(await cut(page)).toEqual([])
      // Each value says its head, and what is sorted by is still there.
      const cell = page.locator('td[data-head]:not(:has(> .status:first-child))').first()
      const head = await cell.evaluate((element) => [
        element.getAttribute('data-head'),
        getComputedStyle(element, '::before').content,
      ])
      expect(head[1]).toContain(`"${head[0]}`)
      expect(await page.locator('thead button').first().isVisible()).toBe(true)
    }),
  )

  inBrowser('the way that one is on is in sight, however many there are', () =>
    withPage(async (page) => {
      await page.setViewportSize(PHONE)
      await openOn('plain')(page, '/bao-cao')
      const box = await page.locator('nav a[aria-current=page]').boundingBox()
      expect(box && box.x >= 0 && box.x + box.width <= PHONE.width).toBe(true)
    }),
  )
})

looked('what is asked for in vain', () => {
  inBrowser('is asked for once, said as what it is, and leads on', () =>
    withPage(async (page) => {
      const asked: string[] = []
      page.on('request', (request) => {
        if (request.postData()?.includes('9999')) asked.push(request.url())
      })
      await page.goto(`${shared('plain').origin}/don-vi/9999`)
      const told = page.getByRole('alert')
      await told.getByText('không có đơn vị "9999"').waitFor()
      expect(await told.textContent()).toMatch(/^Không tìm thấy:/)
      expect(await told.getByRole('button').count()).toBe(0)
      expect(asked).toHaveLength(1)
      expect(await violations(page)).toEqual([])
      await page.locator('main').getByRole('link', { name: 'Tìm kiếm' }).click()
      await page.getByRole('heading', { name: 'Tìm kiếm' }).waitFor()
    }),
  )

  inBrowser('is named among those that are compared, and so is who is one too many', () =>
    withPage(async (page) => {
      const open = openOn('demo')
      await open(page, '/so-sanh?units=999+096')
      await page.getByText('Không có đơn vị mang mã “999”.').waitFor()
      expect(await page.getByRole('columnheader').allTextContents()).toEqual([
        expect.stringContaining('Chỉ tiêu'),
        expect.stringContaining('Huyện Mường Nhé'),
      ])
      await open(page, '/so-sanh?units=094+095+096+097+098')
      await page.getByText(/Chỉ so sánh được tối đa bốn đơn vị cùng lúc; không hiển thị: Huyện Tủa Chùa\./).waitFor()
      await open(page, '/so-sanh?units=094+095')
      expect(await page.locator('.warning').count()).toBe(0)
    }),
  )
})

looked('words', () => {
  inBrowser.each(['/', '/xep-hang', '/don-vi/102', '/chi-tieu/macadamia-planted'])(
    '%s says nothing to developers, and nothing in English',
    (path) =>
      withPage(async (page) => {
        await openOn('demo')(page, path)
        expect(await page.textContent('main')).not.toMatch(/DEMO|synthetic|published|derived/)
      }),
  )

  inBrowser('a card does not say the name of its indicator again', () =>
    withPage(async (page) => {
      await openOn('plain')(page, '/?asOf=2022-10-31')
      const card = page.locator('#attention + .cards > li').first()
      const name = (await card.getByRole('link').textContent()) ?? ''
      expect((await card.textContent())?.split(name)).toHaveLength(2)
    }),
  )

  inBrowser('a target that was given is listed although nobody has reported on it', () =>
    withPage(async (page) => {
      await openOn('plain')(page, '/chi-tieu/macadamia-planted')
      const row = page.getByRole('row', { name: /Huyện Mường Ảng/ })
      expect(await row.textContent()).toMatch(/từ 1\.000 ha trở lên.*Chưa có số liệu/)
    }),
  )
})

describe('who reports', () => {
  let server: RunningServer
  let environment: Record<string, string>
  beforeAll(async () => {
    environment = await ownDatabase('plain')
    server = await start(environment)
  })
  afterAll(() => server?.stop())

  inBrowser('chooses whether a milestone is held, and reads it back as said; a moment has its whole year', () =>
    withPage(async (page) => {
      await opener(() => server.origin)(page, '/bao-cao')
      await page.getByLabel('Mã truy cập').fill(tokens(() => environment)('--role', 'reporter', '--unit', '096'))
      await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
      await page.getByLabel('Số mới: Xóa mù chữ mức độ 2').selectOption('có')
      await page.getByRole('button', { name: 'Gửi số liệu (1)' }).click()
      await page.getByText('Đã lưu: 1').waitFor()
      const history = page.getByRole('group', { name: 'Đã báo cáo trong năm' })
      const reported = history.getByRole('row', { name: /Xóa mù chữ mức độ 2/ })
      await reported.waitFor()
      expect(await reported.textContent()).toMatch(/\d\d:\d\d \d\d\/\d\d\/20\d\d.*có.*31\/12\/2022/)
      expect(await page.getByRole('button', { name: 'Chọn tệp…' }).isVisible()).toBe(true)
      expect(await violations(page)).toEqual([])
    }),
  )
})
