// What somebody who has never seen the page does to it: addresses with nonsense in them, keys and clicks out of order.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { inBrowser, withPage } from './browser.ts'
import { cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { opener, settled, violations, watch } from './scoreboard-page.ts'
import { tokens } from './tokens.ts'

const open = (kind: 'plain' | 'demo') => opener(() => shared(kind).origin)
const main = async (page: Page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ')

test.each([
  '/don-vi/999',
  '/don-vi/abc/',
  '/chi-tieu/povertyrate',
  `/don-vi/${'x'.repeat(3000)}`,
  '/don-vi/__proto__',
  '/don-vi/%F0%9F%98%80?asOf=2022-09-30',
  '/index.html',
])('%.40s is a missing page to who reads and to a program', async (path) => {
  const { origin } = shared('plain')
  const page = await fetch(`${origin}${path}`, { headers: { accept: 'text/html' } })
  expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('<div id="root">')])
  const told = await fetch(`${origin}${path}`)
  expect([told.status, await told.json()]).toMatchObject([404, { errors: [{ extensions: { code: 'NOT_FOUND' } }] }])
})

test.each(['/don-vi/096', '/don-vi/03127/', '/don-vi/11?nam=2022', '/chi-tieu/poverty-rate', '/chi-tieu/'])(
  '%s is there',
  async (path) => {
    expect((await fetch(`${shared('plain').origin}${path}`)).status).toBe(200)
  },
)

inBrowser.each([
  ['/don-vi/999', 'không có đơn vị "999"; có phải là "099" không?'],
  ['/chi-tieu/povertyrate', 'không có chỉ tiêu "povertyrate"; có phải là "poverty-rate" không?'],
])('%s has a head, says what is missing, and has ways on', (path, told) =>
  withPage(async (page) => {
    await open('plain')(page, path)
    await page.getByRole('heading', { level: 1, name: 'Không có trang này' }).waitFor()
    expect(await page.getByRole('alert').innerText()).toBe(told)
    expect(await page.title()).toMatch(/^Không có trang này – /)
    expect(await violations(page)).toEqual([])
    await page.getByRole('main').getByRole('link', { name: 'Tìm kiếm' }).click()
    await page.getByRole('searchbox').waitFor()
  }),
)

inBrowser.each(['0000', '0', 'abc', '0999', '-1', '2022.5'])(
  'the year %j is no year: said, and the newest is shown',
  (year) =>
    withPage(async (page) => {
      const { origin } = shared('plain')
      const problems = watch(page, origin)
      await open('plain')(page, `/?nam=${year}`)
      await page.getByText(`Địa chỉ có năm không đọc được: “${year}”. Đang hiển thị năm 2022.`).waitFor()
      await page.getByRole('heading', { name: 'Cần chú ý' }).waitFor()
      expect(problems).toEqual([])
    }),
)

inBrowser('of a long nonsense only the start is repeated', () =>
  withPage(async (page) => {
    await open('plain')(page, `/?asOf=${'x'.repeat(3000)}`)
    expect(await page.locator('.warning').innerText()).toContain(`“${'x'.repeat(40)}…”`)
  }),
)

inBrowser('a unit is found by typing over the one that is chosen, and Enter takes it', () =>
  withPage(async (page) => {
    await open('demo')(page, '/bao-cao?unit=096')
    const field = page.getByRole('combobox', { name: 'Đơn vị báo cáo' })
    await field.click()
    await page.keyboard.type('nam po')
    await page.getByRole('option', { name: /^Huyện Nậm Pồ/ }).waitFor()
    expect(await page.getByRole('option').count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'Huyện Nậm Pồ' }).waitFor()
    expect(new URL(page.url()).searchParams.get('unit')).toBe('103')
    // Two clicks and two words put any two units beside each other.
    await open('demo')(page, '/so-sanh')
    for (const [words, name] of [
      ['muong nhe', 'Huyện Mường Nhé'],
      ['tuan giao', 'Huyện Tuần Giáo'],
    ] as const) {
      await page.getByRole('combobox', { name: 'Thêm đơn vị' }).click()
      await page.keyboard.type(words)
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('columnheader', { name }).waitFor()
    }
  }),
)

describe('who reports', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-strangers-'))
  let environment: Record<string, string>
  let server: RunningServer
  const own = opener(() => server.origin)
  beforeAll(async () => {
    environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
    server = await start(environment)
  })
  afterAll(async () => {
    await server.stop()
    await cleanUp()
    rmSync(dataDir, { recursive: true, force: true })
  })

  inBrowser('a token that is none is told where it was typed, and nobody is signed in', () =>
    withPage(async (page) => {
      await own(page, '/bao-cao')
      const field = page.getByLabel('Mã truy cập')
      await field.fill('abc')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('mã truy cập không hợp lệ ở đây').waitFor()
      expect(await main(page)).not.toContain('Đang dùng mã của')
      expect(await violations(page)).toEqual([])
      await field.fill(tokens(() => environment)('--role', 'reporter', '--unit', '096'))
      await page.keyboard.press('Enter')
      // Until when, with the whole year.
      await page.getByText(/người báo cáo, 096\), đến \d\d:\d\d \d\d\/\d\d\/\d{4}/).waitFor()
      expect(await page.getByRole('alert').count()).toBe(0)
    }),
  )

  inBrowser('what was typed and not stored is there after a reload', () =>
    withPage(async (page) => {
      const signIn = async () => {
        await page.getByLabel('Mã truy cập').fill(tokens(() => environment)('--role', 'reporter', '--unit', '096'))
        await page.keyboard.press('Enter')
        await page.getByText('Đang dùng mã của').waitFor()
      }
      page.on('dialog', (dialog) => dialog.accept())
      await own(page, '/bao-cao')
      await signIn()
      const field = page.getByLabel('Số mới: Thu nội địa')
      await field.fill('1.000,44')
      await page.getByLabel('Nguồn', { exact: true }).fill('Chi cục Thuế')
      await page.reload()
      await settled(page)
      await signIn()
      expect(await field.inputValue()).toBe('1.000,44')
      expect(await page.getByLabel('Nguồn', { exact: true }).inputValue()).toBe('Chi cục Thuế')
      // Taken back it is gone.
      await field.fill('')
      await page.getByLabel('Nguồn', { exact: true }).fill('')
      await page.reload()
      await settled(page)
      await signIn()
      expect(await field.inputValue()).toBe('')
    }),
  )
})

inBrowser('a duty that was found is gone to, and the focus with it', () =>
  withPage(async (page) => {
    await open('plain')(page, '/tim?q=giao uoc thi dua')
    const link = page.getByRole('region', { name: 'Nhiệm vụ' }).getByRole('link')
    const words = await link.innerText()
    await link.click()
    await settled(page)
    await page.waitForFunction((text) => document.activeElement?.textContent?.includes(text), words)
    expect(await page.locator(':focus').evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(720)
  }),
)

inBrowser('a unit without figures says so once, and shows what it will be judged by', () =>
  withPage(async (page) => {
    await open('plain')(page, '/don-vi/096')
    const text = await main(page)
    expect(text).toContain('Số liệu thực hiện của từng đơn vị dưới tỉnh không được công bố.')
    expect(text).not.toMatch(/Không có gì để hiển thị|Chưa có số liệu đến ngày này/)
    expect(await page.getByRole('listitem').filter({ hasText: 'Tỷ lệ hộ nghèo: không quá 31,10%' }).isVisible()).toBe(
      true,
    )
    expect(await violations(page)).toEqual([])
  }),
)

inBrowser(
  'only the issuer corrects a text: what it contradicts is called so, in numbers as they are written here',
  () =>
    withPage(async (page) => {
      await open('plain')(page, '/chi-tieu/poverty-rate')
      expect(await main(page)).toContain(
        'Điểm chưa thống nhất trong văn bản, mục 3.2: “Giảm tổng số hộ nghèo toàn tỉnh xuống còn 43.048, tỷ lệ hộ nghèo xuống 31,10%” 43.048 ÷ 31,1% = 138.418',
      )
      await open('plain')(page, '/phuong-phap')
      await page.getByRole('heading', { name: 'Điểm chưa thống nhất trong văn bản' }).waitFor()
      const text = await main(page)
      expect(text).toContain('1.640,661 − 1.539 = 101,7 (2021)')
      expect(text).not.toContain('Đính chính')
    }),
)

inBrowser('a head of the matrix sorts the best first, then the last first; Escape leaves the wall', () =>
  withPage(async (page) => {
    await open('demo')(page, '/ma-tran')
    const head = page.getByRole('button', { name: 'Tổng vốn đầu tư toàn xã hội' })
    const shares = async (order: string) => {
      await head.click()
      await page.locator(`th[aria-sort="${order}"]`).waitFor()
      const cells = page.getByRole('gridcell', { name: /, Tổng vốn đầu tư toàn xã hội: / })
      return cells.evaluateAll((all) => all.map((cell) => Number(/(\d+)%/.exec(cell.ariaLabel ?? '')?.[1])))
    }
    const falling = await shares('descending')
    expect(falling).toEqual(falling.toSorted((a, b) => b - a))
    expect(await shares('ascending')).toEqual(falling.toSorted((a, b) => a - b))
    await page.getByRole('button', { name: 'Toàn màn hình' }).click()
    await page.waitForURL(/wall=1/)
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.searchParams.has('wall'))
  }),
)
