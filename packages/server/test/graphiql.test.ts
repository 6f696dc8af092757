// GraphiQL in a real browser, without any outside request.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { downloaded, inBrowser, launchBrowser, withPage } from './browser.ts'
import { cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

afterAll(cleanUp)

const FIRST = 'Tiến độ của tỉnh'
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const execute = (page: Page) => button(page, /^Chạy truy vấn/)
const answerOf = (page: Page) => page.locator('.result-window')
const titles = (page: Page) => page.locator('.graphiql-tab-button').allTextContents()
const tab = (page: Page, name: string) => page.getByRole('tab').getByText(name, { exact: true })

/** Everything that a browser keeps of the page. */
const kept = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]))

/** Puts texts into the editors of a new tab. */
async function write(page: Page, query: string, variables: string): Promise<void> {
  await button(page, 'Thẻ mới').click()
  for (const [editor, text] of [
    ['.graphiql-query-editor', query],
    ['.graphiql-editor-tool', variables],
  ]) {
    await page.locator(`${editor} .monaco-editor:visible`).click()
    // As if it were pasted: an editor closes brackets that are typed.
    await page.keyboard.insertText(text as string)
  }
}

async function signIn(page: Page, jwt: string): Promise<void> {
  await button(page, 'Đăng nhập').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Mã truy cập').fill(jwt)
  await button(page, 'Đăng nhập').last().click()
}

/** A server whose data may be changed, and tokens for it. */
async function withServer(
  work: (server: RunningServer, token: (...args: string[]) => string) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
  const environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
  const server = await start(environment)
  try {
    await work(
      server,
      tokens(() => environment),
    )
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

inBrowser(
  'opens with a query that answers at the first press, a list of the others, and letters that are all there',
  () =>
    withPage(async (page) => {
      const { url, origin } = shared('plain')
      const outside: string[] = []
      const failures: string[] = []
      page.on('request', (request) => {
        const address = request.url()
        if (!address.startsWith(origin) && !/^(data|blob):/.test(address)) outside.push(address)
      })
      page.on('pageerror', (error) => failures.push(error.message))
      // What the page's content security policy forbids is told here.
      page.on('console', (message) => message.type() === 'error' && failures.push(message.text()))
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(url)
      await execute(page).click()
      const answer = answerOf(page)
      await answer.getByText('Tỉnh Điện Biên').waitFor()
      await answer.getByText('undecided').first().waitFor()
      expect(await titles(page)).toEqual([FIRST])
      const list = page.getByRole('region', { name: 'Truy vấn có sẵn' })
      expect(await list.getByRole('listitem').count()).toBeGreaterThanOrEqual(25)
      for (const width of [1440, 1024]) {
        await page.setViewportSize({ width, height: 900 })
        for (const name of [
          'Lưu',
          'Đăng nhập',
          'CSV',
          'XLSX',
          'Liên kết',
          'Hiện Lịch sử',
          'Hiện Soạn bằng cách chọn',
        ]) {
          expect([name, await isWholeInView(page, name)]).toEqual([name, true])
        }
      }
      for (const place of ['.graphiql-query-editor', '.result-window']) {
        expect([place, await fontsOf(page, `${place} .view-lines`)]).toEqual([place, ['Roboto Mono']])
      }
      expect(outside).toEqual([])
      expect(failures).toEqual([])
      if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/graphiql.png` })
    }),
  120_000,
)

async function isWholeInView(page: Page, name: string): Promise<boolean> {
  const box = await button(page, name).boundingBox()
  const view = page.viewportSize()
  return box !== null && view !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= view.width
}

/** The fonts from which the letters of an element, and of all in it, were taken. */
async function fontsOf(page: Page, selector: string): Promise<string[]> {
  const client = await page.context().newCDPSession(page)
  await client.send('DOM.enable')
  await client.send('CSS.enable')
  const { root } = await client.send('DOM.getDocument')
  const { nodeIds } = await client.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: `${selector} span` })
  const fonts = new Set<string>()
  for (const nodeId of nodeIds) {
    const used = await client.send('CSS.getPlatformFontsForNode', { nodeId })
    for (const { familyName } of used.fonts) fonts.add(familyName)
  }
  return [...fonts]
}

inBrowser('a ready query opens by a click in a tab of its own, with its variables, and a reload keeps it', () =>
  withPage(async (page) => {
    await page.goto(shared('plain').url)
    const variables = page.locator('.graphiql-editor-tool')
    // Both at once: what GraphiQL knows of a text comes a tenth of a second after it.
    const opener = await button(page, /^Tìm đơn vị theo tên/).elementHandle()
    const runner = await execute(page).elementHandle()
    await page.evaluate(
      (buttons) => {
        for (const each of buttons) (each as HTMLElement).click()
      },
      [opener, runner],
    )
    await tab(page, 'Tìm đơn vị theo tên').waitFor()
    await answerOf(page).getByText('totalCount').waitFor()
    await button(page, /^Ký giao ước/).click()
    await variables.getByText('Giao ước số 5/GƯ').waitFor()
    // A table of a mutation would carry it out once more.
    await page.locator('button:disabled', { hasText: 'CSV' }).waitFor()
    await button(page, /^Tìm đơn vị theo tên Ghi search/).click()
    const names = [FIRST, 'Tìm đơn vị theo tên', 'Ký giao ước']
    expect(await titles(page)).toEqual(names)
    // What is open is stored half a second later, query and variables each by themselves.
    await page.waitForFunction(() => {
      const tabs = localStorage.getItem('graphiql:tabState') ?? ''
      const isStored = tabs.includes('Giao ước số 5/GƯ') && JSON.parse(tabs).activeTabIndex === 1
      const [query, variables] = ['query', 'variables'].map((part) => localStorage.getItem(`graphiql:${part}`) ?? '')
      return isStored && query?.includes('TimDonVi') && variables === ''
    })
    await page.reload()
    await tab(page, 'Ký giao ước').click()
    await variables.getByText('Giao ước số 5/GƯ').waitFor()
    expect(await titles(page)).toEqual(names)
    await button(page, 'Hiện Lịch sử').click()
    await page.locator('.graphiql-history').getByText('Tìm đơn vị theo tên').first().waitFor()
    await button(page, 'Hiện Soạn bằng cách chọn').click()
    await page.locator('.graphiql-explorer-root').getByText('signPact').first().waitFor()
  }),
)

const THREE_UNITS =
  'query BaDonVi($first: Int) { units(first: $first) { nodes { code name } } savedQueries { savedBy } }'

inBrowser(
  'an analyst signs in, asks, exports, saves and shares, and the token is nowhere but in the page',
  () =>
    withServer(async (server, token) => {
      const jwt = token('--role', 'analyst', '--subject', 'Nguyễn Thị Lan')
      const secret = jwt.split('.')[2] as string
      const browser = await launchBrowser()
      try {
        const page = await openPage(browser, server.url)
        await signIn(page, 'mã-sai')
        await page.getByRole('alert').getByText('mã truy cập').waitFor()
        await page.keyboard.press('Escape')
        await signIn(page, jwt)
        const dialog = page.getByRole('dialog')
        await dialog.getByText('Nguyễn Thị Lan').waitFor()
        const until = new Date((JSON.parse(atob(jwt.split('.')[1] as string)) as { exp: number }).exp * 1000)
        expect(await dialog.locator('time').getAttribute('datetime')).toBe(until.toISOString())
        await page.keyboard.press('Escape')

        // Asks, in a tab that was opened after signing in.
        await write(page, THREE_UNITS, '{"first": 3}')
        await execute(page).click()
        await answerOf(page).getByText('Tỉnh Điện Biên').waitFor()
        const plain = await linkOf(page)

        // Exports what is seen.
        const units = (await server.query<Units>(THREE_UNITS, { first: 3 })).data.units.nodes
        expect(units).toHaveLength(3)
        const lines = units.map(({ code, name }) => `${code},${name}`)
        const csv = await download(page, 'CSV')
        expect([csv.name, Buffer.from(csv.content).toString()]).toEqual([
          'badonvi.csv',
          `\uFEFFcode,units.name\r\n${lines.join('\r\n')}\r\n`,
        ])
        const xlsx = await download(page, 'XLSX')
        const strings = Object.entries(unzipSync(xlsx.content)).find(([file]) => file.endsWith('sharedStrings.xml'))
        expect(xlsx.name).toBe('badonvi.xlsx')
        for (const { name } of units) expect(strFromU8(strings?.[1] as Uint8Array)).toContain(name)

        // Saves; what the API refuses is said.
        await button(page, 'Lưu').click()
        await dialog.getByLabel('Tên', { exact: true }).fill('Ba đơn vị đầu')
        expect(await dialog.getByLabel('Tên trong liên kết').inputValue()).toBe('ba-don-vi-dau')
        await dialog.getByLabel('Tên trong liên kết').fill('Ba đơn vị')
        await button(page, 'Lưu').last().click()
        await page.getByRole('alert').getByText('tên trong liên kết (slug) chỉ gồm chữ thường không dấu').waitFor()
        await dialog.getByLabel('Tên trong liên kết').fill('ba-don-vi')
        await button(page, 'Lưu').last().click()
        await page.getByRole('status').getByText('phiên bản 1').waitFor()
        const link = await dialog.getByLabel('Liên kết', { exact: true }).inputValue()
        expect(link).toBe(`${server.url}?saved=ba-don-vi`)
        await page.keyboard.press('Escape')
        await button(page, 'Hiện Truy vấn đã lưu').click()
        await button(page, 'Ba đơn vị đầu').waitFor()
        await execute(page).click()
        await answerOf(page).getByText('Nguyễn Thị Lan').waitFor()
        // Now that it is saved, its link is the short one.
        expect(await linkOf(page)).toBe(link)

        // Whoever gets one of the links, without a token, has the same question.
        for (const address of [plain, link]) {
          const other = await openPage(browser, address)
          await tab(other, 'BaDonVi').waitFor()
          await execute(other).click()
          await answerOf(other).getByText('Tỉnh Điện Biên').waitFor()
          await answerOf(other).getByText('savedBy').waitFor()
          const said = (await answerOf(other).textContent()) ?? ''
          expect([said.includes('Lay'), said.includes('Nguyễn')]).toEqual([true, false])
          expect(await kept(other)).not.toContain(secret)
          await other.context().close()
        }

        // The token goes with the page.
        await page.waitForTimeout(1000) // tabs are kept half a second after they have changed
        expect(await kept(page)).toContain('BaDonVi')
        expect(await kept(page)).not.toContain(secret)
        await page.reload()
        await button(page, 'Đăng nhập').waitFor()
        await execute(page).click()
        await answerOf(page).getByText('Tỉnh Điện Biên').waitFor()
        await answerOf(page).getByText('savedBy').waitFor()
        expect(await answerOf(page).textContent()).not.toContain('Nguyễn')

        // So it does with who signs out.
        await signIn(page, jwt)
        await dialog.getByText('Nguyễn Thị Lan').waitFor()
        await button(page, 'Đăng xuất').click()
        await dialog.getByLabel('Mã truy cập').waitFor()
        await page.keyboard.press('Escape')
        const [asked] = await Promise.all([page.waitForRequest(server.url), execute(page).click()])
        expect(asked.headers().authorization).toBeUndefined()
      } finally {
        await browser.close()
      }
    }),
  120_000,
)

interface Units {
  readonly units: { readonly nodes: readonly { readonly code: string; readonly name: string }[] }
}

/** In a browser that has kept nothing. */
async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(address)
  await execute(page).waitFor()
  return page
}

async function linkOf(page: Page): Promise<string> {
  await button(page, 'Liên kết').last().click()
  const link = await page.getByRole('dialog').getByLabel('Liên kết', { exact: true }).inputValue()
  await page.keyboard.press('Escape')
  return link
}

async function download(page: Page, name: string): Promise<{ name: string; content: Uint8Array }> {
  const file = await downloaded(page, () => button(page, name).click())
  return { name: file.suggestedFilename(), content: new Uint8Array(readFileSync(await file.path())) }
}

inBrowser('a query too long for a link is offered to be saved, and opens by the name that it was saved under', () =>
  withServer(async (server, token) => {
    const browser = await launchBrowser()
    try {
      const page = await openPage(browser, server.url)
      await signIn(page, token('--role', 'analyst'))
      await page.getByRole('dialog').getByText('Người phân tích').waitFor()
      await page.keyboard.press('Escape')
      const long = `query Dai { unit(code: "11") { name } }\n${`# ${'đ'.repeat(100)}\n`.repeat(80)}`
      await write(page, long, '')
      await button(page, 'Liên kết').click()
      await button(page, 'Lưu').last().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Tên trong liên kết').fill('dai')
      await button(page, 'Lưu').last().click()
      const link = await dialog.getByLabel('Liên kết', { exact: true }).inputValue()
      const other = await openPage(browser, link)
      await execute(other).click()
      await answerOf(other).getByText('Tỉnh Điện Biên').waitFor()
    } finally {
      await browser.close()
    }
  }),
)

inBrowser('a saved query opens by its link beside what is open, and a subscription tells of a new figure', () =>
  withServer(async (server, token) =>
    withPage(async (page) => {
      const sent: (string | undefined)[] = []
      page.on('request', (request) => {
        const { accept, authorization } = request.headers()
        if (accept === 'text/event-stream') sent.push(authorization)
      })
      await page.goto(server.url)
      await tab(page, FIRST).waitFor()
      const analyst = token('--role', 'analyst')
      const save = `mutation ($input: SaveQueryInput!) { saveQuery(input: $input) { savedQuery { version } } }`
      const text = 'subscription DoiThay { evaluationChanged(unit: "102") { units { name } } }'
      const input = { slug: 'doi-thay', title: 'Đổi thay', description: 'Mường Ảng', text, shared: true }
      const saved = await server.query(save, { input }, bearer(analyst))
      expect(saved.errors).toBeUndefined()
      await page.waitForFunction(() => localStorage.getItem('graphiql:tabState') !== null)
      await page.goto(`${server.url}?saved=doi-thay`)
      await tab(page, 'DoiThay').waitFor()
      expect(await titles(page)).toEqual([FIRST, 'DoiThay'])
      await signIn(page, analyst)
      await page.getByRole('dialog').getByText('Người phân tích').waitFor()
      await page.keyboard.press('Escape')
      await execute(page).click()
      await button(page, /^Dừng truy vấn/).waitFor()
      await new Promise((resolve) => setTimeout(resolve, 500))
      const report = `mutation { submitMeasurements(input: { unit: "102", year: 2022, asOf: "2022-06-30", status: OFFICIAL, values: [{ indicator: "poverty-rate", value: 33 }] }) { errors { code } } }`
      await server.query(report, {}, bearer(token('--role', 'reporter', '--unit', '102')))
      await answerOf(page).getByText('Huyện Mường Ảng').waitFor()
      expect(sent).toEqual([`Bearer ${analyst}`])
      await button(page, /^Dừng truy vấn/).click()
      await execute(page).waitFor()
    }),
  ),
)

/** Ends the script that holds the options, or a comment in it, or a line of JavaScript. */
const BREAKING_OUT = `# </script><script>document.title = 'run'</script><img src=x onerror="document.title = 'run'"> <!--<script> ]]> \u2028
query NguyHiem { unit(code: "11") { name } }`

inBrowser(
  'a query that somebody shares stays a text, whatever is in it',
  () =>
    withPage(async (page) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
      const environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
      const server = await start(environment)
      try {
        const save = `mutation ($input: SaveQueryInput!) { saveQuery(input: $input) { savedQuery { version } } }`
        const variables = JSON.stringify({ a: BREAKING_OUT })
        const input = { slug: 'nguy-hiem', title: BREAKING_OUT.slice(0, 90), description: 'x', shared: true, variables }
        const token = tokens(() => environment)('--role', 'reporter', '--unit', '03166')
        const { errors } = await server.query(save, { input: { ...input, text: BREAKING_OUT } }, bearer(token))
        expect(errors).toBeUndefined()
        const title = 'Điện Biên 02/CT-UBND'
        for (const address of [server.url, `${server.url}?saved=nguy-hiem`]) {
          await page.goto(address)
          if (address === server.url) {
            await button(page, 'Hiện Truy vấn đã lưu').click()
            await page.getByRole('region', { name: 'Dùng chung' }).getByRole('button').click()
          }
          await tab(page, 'NguyHiem').waitFor()
          await page.locator('.graphiql-query-editor').getByText("<script>document.title = 'run'").waitFor()
          // A page that is still being replaced has none; one that a text had set would keep it.
          await page.waitForFunction((wanted) => document.title === wanted, title)
        }
        // Were it otherwise, the policy still names no script but the server's own files.
        const run = await page.evaluate(() => {
          const script = document.createElement('script')
          script.textContent = "document.title = 'run'"
          document.body.append(script)
          return document.title
        })
        expect(run).toBe(title)
        record({
          suite: 'hostile',
          done: 'a shared query that ends the script of GraphiQL and begins its own',
          times: 2,
          found: 'stays a text; the page runs no script but the files of the server',
        })
      } finally {
        await server.stop()
        rmSync(dataDir, { recursive: true, force: true })
      }
    }),
  120_000,
)

inBrowser(
  'a token among the headers is sent, and is kept nowhere',
  () =>
    withPage(async (page) => {
      const { url, origin } = shared('plain')
      const secret = 'Bearer eyJhbGciOiJIUzI1NiJ9.bi1tYXQ.bi1tYXQ'
      const sent: (string | undefined)[] = []
      page.on('request', (request) => request.method() === 'POST' && sent.push(request.headers().authorization))
      // As versions before have kept it.
      const old = { id: 'a', query: '{ __typename }', headers: JSON.stringify({ authorization: secret }) }
      await page.goto(`${origin}/health/live`)
      await page.evaluate(
        (text) => localStorage.setItem('graphiql:tabState', text),
        JSON.stringify({ tabs: [old], activeTabIndex: 0 }),
      )
      await page.goto(url)
      await execute(page).waitFor()
      expect(await kept(page)).not.toContain('bi1tYXQ')

      await button(page, 'Tiêu đề yêu cầu').click()
      await page.locator('.graphiql-editor-tool .monaco-editor:visible').click()
      await page.keyboard.insertText(JSON.stringify({ authorization: secret }))
      await execute(page).click()
      await answerOf(page).getByText('mã truy cập').first().waitFor() // which is not valid
      expect(sent).toContain(secret)
      await page.waitForTimeout(1000) // tabs are kept half a second after they have changed
      expect(await kept(page)).toContain('graphiql:tabState')
      expect(await kept(page)).not.toContain('bi1tYXQ')
      await page.reload()
      await execute(page).waitFor()
      expect(await kept(page)).not.toContain('bi1tYXQ')
      record({
        suite: 'hostile',
        done: 'a token in the headers of GraphiQL, looked for in storages, cookies and the address after a question and after a reload',
        times: 3,
        found: 'found nowhere',
      })
    }),
  120_000,
)
