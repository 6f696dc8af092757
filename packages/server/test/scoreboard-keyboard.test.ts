// What the page is for, done by keys alone: not one click. And days as Vietnamese writes them, whatever the browser's language.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { downloaded, inBrowser, withPage } from './browser.ts'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { opener, settled, violations } from './scoreboard-page.ts'
import { tokens } from './tokens.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-keyboard-'))
let server: RunningServer
let environment: Record<string, string>
beforeAll(async () => {
  environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
  server = await start(environment)
})
afterAll(async () => {
  await server.stop()
  await cleanUp()
  rmSync(dataDir, { recursive: true, force: true })
})

/** More presses than that and nobody gets there. */
const MOST = 250

/** Goes on by Tab until what has the focus says so. */
async function tabTo(page: Page, selector: string, name: RegExp): Promise<void> {
  for (let i = 0; i < MOST; i++) {
    await page.keyboard.press('Tab')
    const isThere = await page.evaluate(
      ([wanted, words]) => {
        const here = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLElement> }) | null
        if (!here?.matches(wanted as string)) return false
        const said = [here.ariaLabel, here.labels?.[0]?.textContent, here.textContent].join(' ').trim()
        return new RegExp(words as string).test(said)
      },
      [selector, name.source] as const,
    )
    if (isThere) return
  }
  throw new Error(`${MOST} times Tab, and nothing like ${selector} ${name}`)
}

const open = opener(() => server.origin)
const go = async (page: Page, selector: string, name: RegExp) => {
  await tabTo(page, selector, name)
  await page.keyboard.press('Enter')
  await page.waitForTimeout(200)
  await settled(page)
}

const TASKS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async 'how a district does, and why'(page) {
    await open(page, '/')
    await go(page, 'nav a', /^Đơn vị$/)
    await go(page, '.map a', /Mường Nhé/)
    await tabTo(page, 'select', /Trạng thái/)
    await page.keyboard.type('Không đạt')
    await page.waitForURL(/status=NOT_MET/)
    await settled(page)
    const rows = await page.locator('section[aria-labelledby=results] tbody tr').allTextContents()
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row) => row.includes('Không đạt'))).toBe(true)
  },
  async 'who is behind on an indicator'(page) {
    await open(page, '/')
    await go(page, 'nav a', /^Chỉ tiêu$/)
    await go(page, 'td a, th a', /Tổng vốn đầu tư toàn xã hội/)
    await go(page, 'button.head', /Hoàn thành/)
    expect(await page.locator('th[aria-sort]').count()).toBe(1)
    expect(await page.locator('main').textContent()).toContain('Huyện Mường Nhé')
  },
  async 'the way through the year against the path'(page) {
    await open(page, '/don-vi/102')
    await tabTo(page, 'select', /Chỉ tiêu/)
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(/indicator=/)
    await settled(page)
    expect(await page.locator('.drawing svg[role=img]').first().getAttribute('aria-label')).toMatch(/Mục tiêu/)
  },
  async 'two districts beside each other'(page) {
    await open(page, '/so-sanh?units=096')
    await tabTo(page, 'input[role=combobox]', /Thêm đơn vị|/)
    await page.keyboard.type('tuan giao')
    await page.locator('[role=option][data-focused]', { hasText: 'Huyện Tuần Giáo' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Bỏ Huyện Tuần Giáo' }).waitFor()
  },
  async 'who leads, and how sure that is'(page) {
    await open(page, '/')
    await go(page, 'nav a', /^Xếp hạng$/)
    await tabTo(page, 'summary', /Khoảng hạng/)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('details')?.open === false)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('details')?.open === true)
  },
  async 'what it would take to rise'(page) {
    await open(page, '/xep-hang')
    await go(page, 'th a', /Huyện Mường Chà/)
    expect(await page.textContent('.columns aside')).toContain('Cần gì để lên hạng')
  },
  async 'the exact words and the source of a figure'(page) {
    await open(page, '/ma-tran')
    await tabTo(page, 'td[data-at]', /./)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').locator('blockquote').waitFor()
    await tabTo(page, '[role=dialog] a', /Huyện|Thị xã|Thành phố/)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-at'))).toBe('0 1')
  },
  async 'a table to take away'(page) {
    await open(page, '/chi-tieu/macadamia-planted')
    await tabTo(page, 'button', /^CSV$/)
    const download = await downloaded(page, () => page.keyboard.press('Enter'))
    expect(download.suggestedFilename()).toMatch(/\.csv$/)
  },
  async 'exactly this day, to share'(page) {
    await open(page, '/xep-hang')
    await tabTo(page, '[role=spinbutton]', /./)
    await page.keyboard.type('30092022', { delay: 30 })
    await page.waitForURL(/asOf=2022-09-30/)
    await settled(page)
    await page.reload()
    await settled(page)
    expect(await page.getByRole('group', { name: 'Tính đến ngày' }).textContent()).toMatch(/30\/09\/2022/)
  },
  async reporting(page) {
    await open(page, '/bao-cao?asOf=2022-09-30')
    await tabTo(page, 'input[name=token]', /./)
    await page.keyboard.type(tokens(() => environment)('--role', 'reporter', '--unit', '102'))
    await page.keyboard.press('Enter')
    await tabTo(page, 'input.figure', /Trồng mới cây mắc ca/)
    await page.keyboard.type('1.001')
    await tabTo(page, 'button', /^Gửi số liệu \(1\)/)
    await page.keyboard.press('Enter')
    await page.getByText('Đã lưu: 1').waitFor()
  },
}

inBrowser.each(Object.entries(TASKS))('by keys alone: %s', (_, task) => withPage(task), 60_000)

inBrowser(
  'a day is typed as Vietnamese writes it, in an English browser too; another year and no day change nothing',
  () =>
    withPage(async (page) => {
      await open(page, '/?asOf=2022-06-30')
      const field = page.getByRole('group', { name: 'Tính đến ngày' })
      expect(await field.textContent()).toMatch(/30\/06\/2022/)
      await field.getByRole('spinbutton').last().focus()
      await page.keyboard.type('2019', { delay: 30 })
      await page.waitForTimeout(300)
      expect(page.url()).toContain('asOf=2022-06-30')
      expect(await violations(page)).toEqual([])
      await open(page, '/?lang=en')
      expect(await page.getByRole('group', { name: 'As of' }).textContent()).toMatch(/31\/12\/2022/)
    }),
)

inBrowser('a day is chosen from a calendar too, by keys, in the words of the page', () =>
  withPage(async (page) => {
    await open(page, '/?asOf=2022-10-31')
    await page.getByRole('button', { name: 'Mở lịch: Tính đến ngày' }).focus()
    await page.keyboard.press('Enter')
    const calendar = page.getByRole('dialog', { name: 'Tính đến ngày' })
    await calendar.getByRole('heading', { name: 'tháng 10 năm 2022' }).waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toMatch(/Thứ Hai, 31 tháng 10, 2022, đang chọn/)
    expect(await violations(page)).toEqual([])
    for (const name of ['Trước', 'Sau']) await calendar.getByRole('button', { name, exact: true }).first().waitFor()
    expect(await calendar.textContent()).not.toMatch(/[a-z]{4,}/)
    await page.keyboard.press('PageUp')
    await calendar.getByRole('heading', { name: 'tháng 9 năm 2022' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/asOf=2022-09-30/)
    await calendar.waitFor({ state: 'detached' })
    expect(await focused()).toBe('Mở lịch: Tính đến ngày')
    // Days of another year are none of this one's.
    await open(page, '/?asOf=2022-01-01&lang=en')
    await page.getByRole('button', { name: 'Open the calendar: As of' }).click()
    await page.getByRole('heading', { name: 'January 2022' }).waitFor()
    expect(await page.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }),
)

inBrowser(
  'whoever has signed in reads what was reported, when and by whom, revised and withdrawn, and what was refused',
  () =>
    withPage(async (page) => {
      const token = (...args: string[]) => tokens(() => environment)(...args)
      const send = (name: string, type: string, input: object, jwt: string) =>
        server.query(
          `mutation ($input: ${type}!) { ${name}(input: $input) { errors { message } } }`,
          { input },
          {
            authorization: `Bearer ${jwt}`,
          },
        )
      const reporter = token('--role', 'reporter', '--unit', '103')
      const figure = { unit: '103', year: 2022, asOf: '2022-10-31', status: 'PRELIMINARY' }
      const values = (value: number) => [{ indicator: 'budget-revenue', value }]
      await send('submitMeasurements', 'SubmitMeasurementsInput', { ...figure, values: values(41.5) }, reporter)
      const again = { ...figure, reason: 'nhập nhầm dấu phẩy', values: values(45.1) }
      await send('submitMeasurements', 'SubmitMeasurementsInput', again, reporter)
      const refused = await send(
        'submitMeasurements',
        'SubmitMeasurementsInput',
        { ...figure, unit: '096', values: values(1) },
        reporter,
      )
      expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
      await page.waitForTimeout(1500) // refusals are written aside
      await open(page, '/bao-cao?unit=103')
      await page.getByLabel('Mã truy cập').fill(reporter)
      await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
      const rows = page.getByRole('group', { name: 'Đã báo cáo trong năm' }).locator('tbody tr')
      await rows.first().waitFor()
      const [last, first] = await rows.allTextContents()
      expect(last).toMatch(/reporter-103.*45,1 .*31\/10\/2022.*sơ bộ2.*lý do: nhập nhầm dấu phẩy/)
      expect(first).toMatch(/reporter-103.*41,5 .*31\/10\/2022.*sơ bộ1/)
      await page.getByText('Những lần bị từ chối của mã này').click()
      await page
        .locator('li', { hasText: /với vai trò người báo cáo bạn chỉ được .* không phải của 096/ })
        .first()
        .waitFor()
      expect(await violations(page)).toEqual([])
      // Nobody else's refusals are told.
      await page.getByRole('button', { name: 'Đăng xuất' }).click()
      await page.getByLabel('Mã truy cập').fill(token('--role', 'reporter', '--unit', '102'))
      await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
      await page.getByText('Những lần bị từ chối của mã này').click()
      await page.getByText('Chưa có lần nào bị từ chối.').waitFor()
      expect((await server.query('{ ownTrail { nodes { id } } }')).data).toEqual({ ownTrail: null })
    }),
)
