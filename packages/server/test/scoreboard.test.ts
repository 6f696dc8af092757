// The page at /, in a real browser: every view on both sets of data, in both languages and at three widths.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { downloaded, inBrowser, withPage } from './browser.ts'
import { cleanUp, onPostgres, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { SCREENSHOTS, settled, typeDay, violations, watch } from './scoreboard-page.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-scoreboard-'))
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

const VIEWS = {
  'tong-quan': '/?asOf=2022-10-31',
  'ma-tran': '/ma-tran?with=1',
  'xep-hang': '/xep-hang',
  'don-vi': '/don-vi',
  huyen: '/don-vi/102',
  'chi-tieu': '/chi-tieu',
  'mac-ca': '/chi-tieu/macadamia-planted',
  'so-sanh': '/so-sanh?units=094,102,096',
  tim: '/tim?q=dien',
  'phuong-phap': '/phuong-phap',
  'bao-cao': '/bao-cao',
  'thanh-phan': '/thanh-phan',
}
const WIDTHS = [390, 1280, 2560]

// Looked at on one database: what a page shows of the same answers does not depend on where they come from.
const everyView = onPostgres() ? describe.skip : describe
everyView.each(['plain', 'demo'] as const)('on the %s data', (kind) => {
  inBrowser.each(Object.entries(VIEWS))(
    '%s: both languages, three widths, nothing that axe minds',
    (name, path) =>
      withPage(async (page) => {
        const { origin } = shared(kind)
        const problems = watch(page, origin)
        for (const language of ['vi', 'en']) {
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: width === 390 ? 844 : Math.round(width * 0.6) })
            await page.goto(`${origin}${path}${language === 'en' ? `${path.includes('?') ? '&' : '?'}lang=en` : ''}`)
            await settled(page)
            expect(await page.getAttribute('html', 'lang')).toBe(language)
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
            expect([name, language, width, overflow <= 0]).toEqual([name, language, width, true])
            expect((await page.locator('.notice').count()) > 0).toBe(kind === 'demo')
            // What axe looks at is the same on a wall as on a desk.
            if (width === 1280 || (language === 'vi' && width === 390)) expect(await violations(page)).toEqual([])
            if (SCREENSHOTS) {
              await page.screenshot({ path: join(SCREENSHOTS, `${kind}-${name}-${language}-${width}.png`) })
            }
          }
        }
        expect(problems).toEqual([])
      }),
    120_000,
  )
})

test('a page that a browser has already keeps its policy when it is told that nothing changed', async () => {
  const { origin } = shared('demo')
  const first = await fetch(`${origin}/ma-tran`)
  const again = await fetch(`${origin}/ma-tran`, { headers: { 'if-none-match': first.headers.get('etag') as string } })
  expect(again.status).toBe(304)
  expect(first.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(again.headers.get('content-security-policy')).toBe(first.headers.get('content-security-policy'))
})

inBrowser('the first view is small, and comes without the charts', () =>
  withPage(async (page) => {
    const { origin } = shared('plain')
    let bytes = 0
    const names: string[] = []
    page.on('response', async (response) => {
      if (!response.url().includes('/assets/') && response.url() !== `${origin}/`) return
      bytes += Number(response.headers()['content-length'])
      names.push(response.url())
    })
    // The other views, which are fetched when there is nothing else to do, are none of the first one, however slow it is.
    await page.addInitScript(() => {
      const { setTimeout: later } = window
      window.setTimeout = ((work: TimerHandler, ms?: number) => (ms === 4000 ? 0 : later(work, ms))) as typeof later
    })
    await page.goto(`${origin}/`)
    await settled(page)
    await page.getByRole('group', { name: 'Tính đến ngày' }).waitFor()
    expect(names.length).toBeGreaterThan(2)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(150_000)
  }),
)

inBrowser('the matrix is walked by keys; a cell opens why, quote and source, and its address brings it back', () =>
  withPage(async (page) => {
    const { origin } = shared('demo')
    await page.goto(`${origin}/ma-tran?with=1&section=3.1`)
    await settled(page)
    await page.locator('td[tabindex="0"]').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-at'))).toBe('1 1')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.locator('blockquote').waitFor()
    expect(await dialog.textContent()).toMatch(/Chỉ thị viết, mục 3\.1[\s\S]*Nguồn số liệu[\s\S]*giả lập/)
    expect(await violations(page)).toEqual([])
    const address = page.url()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.goto(address)
    await page.getByRole('dialog').locator('blockquote').waitFor()
  }),
)

inBrowser('sliders show at once what other weights would do, and nothing is stored', () =>
  withPage(async (page) => {
    const { origin } = shared('demo')
    const tried: unknown[] = []
    page.on('request', (request) => {
      if (!request.url().endsWith('/graphql')) return
      const { policy } = (request.postDataJSON() as { variables: { policy?: unknown } }).variables
      if (policy) tried.push(policy)
    })
    await page.goto(`${origin}/xep-hang`)
    await settled(page)
    const ranks = () => page.locator('tbody tr td:first-child').allTextContents()
    const before = await ranks()
    await page.locator('svg[role="img"]').first().waitFor()
    const slider = page.getByRole('slider').first()
    // No other policy is tried before somebody moves a slider.
    expect(tried).toEqual([])
    await slider.focus()
    await page.keyboard.press('Home')
    await page.locator('.moved').first().waitFor()
    expect(await page.locator('.moved').first().textContent()).toMatch(/trước đó \d/)
    expect(page.url()).toContain('w-3.1=0')
    await page.getByRole('button', { name: 'Đặt lại' }).click()
    await page.waitForFunction(() => document.querySelectorAll('.moved').length === 0)
    expect(await ranks()).toEqual(before)
  }),
)

inBrowser('views come down as CSV, XLSX and SVG, and print on A4', () =>
  withPage(async (page) => {
    const { origin } = shared('demo')
    await page.goto(`${origin}/don-vi/102`)
    await settled(page)
    for (const [button, name] of [
      ['CSV', 'don-vi-102-2022-12-31.csv'],
      ['XLSX', 'don-vi-102-2022-12-31.xlsx'],
      ['SVG', '102-budget-revenue.svg'],
    ] as const) {
      const download = await downloaded(page, () => page.getByRole('button', { name: button }).last().click())
      expect(download.suggestedFilename()).toBe(name)
      const content = readFileSync(await download.path())
      expect(content.length).toBeGreaterThan(500)
      if (button === 'SVG') expect(content.toString()).toMatch(/^<svg[\s\S]*<\/svg>$/)
    }
    for (const [path, name] of [
      ['/ma-tran', 'ma-tran-2022-12-31.svg'],
      ['/?asOf=2022-10-31', 'tong-quan-2022-10-31.svg'],
    ] as const) {
      await page.goto(`${origin}${path}`)
      await settled(page)
      const download = await downloaded(page, () => page.getByRole('button', { name: 'SVG' }).first().click())
      expect(download.suggestedFilename()).toBe(name)
      if (SCREENSHOTS) await download.saveAs(join(SCREENSHOTS, name))
      expect(readFileSync(await download.path(), 'utf8')).toMatch(
        /^<svg[\s\S]*(Huyện Mường Ảng|Thu nội địa)[\s\S]*<\/svg>$/,
      )
    }
    await page.goto(`${origin}/don-vi/102`)
    await settled(page)
    const pdf = await page.pdf({ format: 'A4', ...(SCREENSHOTS ? { path: join(SCREENSHOTS, 'huyen.pdf') } : {}) })
    expect(pdf.length).toBeGreaterThan(10_000)
  }),
)

const submit = (value: number, jwt: string) =>
  server.query(
    'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }',
    {
      input: {
        unit: '11',
        year: 2022,
        asOf: '2022-12-31',
        status: 'OFFICIAL',
        reason: 'thử',
        values: [{ indicator: 'tourist-arrivals', value }],
      },
    },
    bearer(jwt),
  )

inBrowser('what others report shows without a reload', () =>
  withPage(async (page) => {
    await page.goto(`${server.origin}/`)
    await settled(page)
    await page.waitForTimeout(500) // the live answer is open
    const { errors } = await submit(801.25, tokens(() => environment)('--role', 'administrator'))
    expect(errors).toBeUndefined()
    await page.getByRole('cell', { name: '801,25' }).first().waitFor({ timeout: 10_000 })
  }),
)

inBrowser('a reporter signs in, is told what is wrong while typing, submits; a file is read on trial first', () =>
  withPage(async (page) => {
    const problems = watch(page, server.origin)
    await page.goto(`${server.origin}/bao-cao?asOf=2022-09-30`)
    await settled(page)
    expect(await page.textContent('main')).toContain('Cần quyền truy cập')
    const token = tokens(() => environment)('--role', 'reporter', '--unit', '102')
    const signIn = async () => {
      await page.getByLabel('Mã truy cập').fill(token)
      await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
    }
    await signIn()
    const field = page.getByLabel('Số mới: Trồng mới cây mắc ca')
    await field.fill('8,1,2')
    await page.getByText('không phải là số: viết 1.000,44').waitFor()
    expect(await page.getByRole('button', { name: /Gửi số liệu/ }).isDisabled()).toBe(true)
    await field.fill('1.012,5')
    await page.getByText(/1\.012,5\/1\.000 ha/).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Gửi số liệu (1)' }).click()
    await page.getByText('Đã lưu: 1').waitFor()

    const drop = page.locator('input[type=file]')
    await drop.setInputFiles({
      name: 'a.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('unit,macadamia-planted\n102,x1\n'),
    })
    await page.locator('code', { hasText: 'B2' }).waitFor()
    await drop.setInputFiles({
      name: 'b.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('unit,macadamia-planted\n102,1020\n'),
    })
    await page.getByRole('button', { name: 'Lưu tất cả' }).click()
    await page.getByRole('heading', { name: 'Đã lưu' }).waitFor()
    const { data } = await server.query<{ unit: { history: { value: number }[] } }>(
      '{ unit(code: "102") { history(indicator: "macadamia-planted") { value } } }',
    )
    expect(data.unit.history.map(({ value }) => value)).toEqual(expect.arrayContaining([1012.5, 1020]))
    // Another unit's figures are not this token's to report, which a new load of the page has forgotten.
    await page.goto(`${server.origin}/bao-cao?unit=096`)
    await signIn()
    await page.getByText('Mã này không được báo cáo cho đơn vị này').waitFor()
    expect(problems).toEqual([])
  }),
)

inBrowser('a token is in no storage: other pages of the site find none, and a reload forgets it', () =>
  withPage(async (page) => {
    const token = tokens(() => environment)('--role', 'reporter', '--unit', '102')
    const kept = () =>
      page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]))
    await page.goto(`${server.origin}/bao-cao`)
    await page.evaluate(() => sessionStorage.setItem('dienbien-token', 'as versions before have kept it'))
    await page.reload()
    await settled(page)
    expect(await page.textContent('main')).toContain('tải lại trang thì phải dán lại')
    await page.getByLabel('Mã truy cập').fill(token)
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
    await page.getByRole('heading', { name: 'Huyện Mường Ảng' }).waitFor()
    expect(await kept()).toBe('[{},{},""]')
    // It lasts from view to view.
    await page.getByRole('link', { name: 'Bảng tổng hợp' }).click()
    await settled(page)
    await page.getByRole('link', { name: 'Báo cáo' }).click()
    await page.getByRole('button', { name: 'Đăng xuất' }).waitFor()
    await page.getByLabel('Số mới: Trồng mới cây mắc ca').waitFor()
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(token)

    await page.getByRole('link', { name: 'GraphiQL' }).click()
    await page.getByRole('button', { name: /chạy truy vấn/i }).waitFor()
    const reached = await page.evaluate(async () => {
      const databases = await indexedDB.databases()
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, databases, window.name])
    })
    expect(reached).not.toContain(token.split('.')[2])
    await page.goto(`${server.origin}/bao-cao`)
    await settled(page)
    expect(await page.getByRole('button', { name: 'Đăng xuất' }).count()).toBe(0)
    record({
      suite: 'hostile',
      done: 'a script of GraphiQL looks for the token of who has signed in to the scoreboard',
      times: 1,
      found: 'in no storage, cookie or database; a reload forgets it, and the page says so',
    })
  }),
)

inBrowser('where the server is gone, what was there stays and says that it may be old', () =>
  withPage(async (page) => {
    const { origin } = shared('plain')
    await page.goto(`${origin}/`)
    await settled(page)
    await page.route('**/graphql', (route) => route.abort())
    await typeDay(page, 'Tính đến ngày', '30062022')
    await page.getByRole('alert').getByText('Không tải được').waitFor({ timeout: 15_000 })
    await page.unroute('**/graphql')
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await page.getByRole('heading', { name: 'Cần chú ý' }).waitFor()
  }),
)

inBrowser('a server that answers trusted documents only answers all of the page', () =>
  withPage(async (page) => {
    const strict = await start({ ...(await ownDatabase('plain')), ONLY_TRUSTED: '1' })
    try {
      for (const path of Object.values(VIEWS)) {
        await page.goto(`${strict.origin}${path}`)
        await settled(page)
        // The page of parts asks nothing, and shows how a refusal and a failure look.
        const samples = path === VIEWS['thanh-phan'] ? 2 : 0
        expect([path, await page.getByRole('alert').count()]).toEqual([path, samples])
      }
    } finally {
      await strict.stop()
    }
  }),
)

test('an unknown address is a missing page, an unknown file is none, and writing to it is refused', async () => {
  const { origin } = shared('plain')
  const read = (path: string) => fetch(`${origin}${path}`, { headers: { accept: 'text/html' } })
  const page = await read('/khong-co')
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([
    404,
    expect.stringContaining("default-src 'none'; script-src 'self'; "),
  ])
  expect(await page.text()).toContain('<div id="root">')
  for (const path of Object.values(VIEWS)) expect([path, (await read(path)).status]).toEqual([path, 200])
  expect((await fetch(`${origin}/assets/none.js`)).status).toBe(404)
  expect((await fetch(`${origin}/`, { method: 'POST' })).status).toBe(405)
})
