// GraphiQL in a real browser, without any outside request.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inBrowser, withPage } from './browser.ts'
import { cleanUp, ownDatabase, shared, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

afterAll(cleanUp)

inBrowser(
  'opens with the ready queries and answers the first',
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
      await page.goto(url)
      await page.getByRole('button', { name: /execute query/i }).waitFor()
      expect(await page.getByRole('tab').count()).toBeGreaterThanOrEqual(15)
      await page.getByRole('button', { name: /execute query/i }).click()
      const answer = page.locator('.result-window')
      await answer.getByText('Tỉnh Điện Biên').waitFor()
      await answer.getByText('1207.73').first().waitFor()
      expect(outside).toEqual([])
      expect(failures).toEqual([])
      if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/graphiql.png` })
    }),
  120_000,
)

inBrowser('a saved query opens by its link beside what is open, and a subscription tells of a new figure', () =>
  withPage(async (page) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-key-'))
    const environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
    const server = await start(environment)
    try {
      const token = tokens(() => environment)
      await page.goto(server.url)
      await page.getByRole('tab').first().waitFor()
      const before = await page.getByRole('tab').count()
      const save = `mutation ($input: SaveQueryInput!) { saveQuery(input: $input) { version } }`
      const text = 'subscription DoiThay { evaluationChanged(unit: "102") { units { name } } }'
      const input = { slug: 'doi-thay', title: 'Đổi thay', description: 'Mường Ảng', text, shared: true }
      const saved = await server.query(save, { input }, bearer(token('--role', 'analyst')))
      expect(saved.errors).toBeUndefined()
      await page.goto(`${server.url}?saved=doi-thay`)
      await page.getByRole('tab', { name: 'DoiThay' }).waitFor()
      expect(await page.getByRole('tab').count()).toBe(before + 1)
      await page.getByRole('button', { name: /execute query/i }).click()
      await page.getByRole('button', { name: /stop query/i }).waitFor()
      await new Promise((resolve) => setTimeout(resolve, 500))
      const report = `mutation { submitMeasurements(input: { unit: "102", year: 2022, asOf: "2022-06-30", status: OFFICIAL, values: [{ indicator: "poverty-rate", value: 33 }] }) { errors { code } } }`
      await server.query(report, {}, bearer(token('--role', 'reporter', '--unit', '102')))
      await page.locator('.result-window').getByText('Huyện Mường Ảng').waitFor()
    } finally {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  }),
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
        const save = `mutation ($input: SaveQueryInput!) { saveQuery(input: $input) { version } }`
        const variables = JSON.stringify({ a: BREAKING_OUT })
        const input = { slug: 'nguy-hiem', title: BREAKING_OUT.slice(0, 90), description: 'x', shared: true, variables }
        const token = tokens(() => environment)('--role', 'reporter', '--unit', '03166')
        const { errors } = await server.query(save, { input: { ...input, text: BREAKING_OUT } }, bearer(token))
        expect(errors).toBeUndefined()
        const title = 'Điện Biên 02/CT-UBND'
        for (const address of [server.url, `${server.url}?saved=nguy-hiem`]) {
          await page.goto(address)
          await page.getByRole('tab', { name: 'NguyHiem' }).first().click()
          await page.locator('.graphiql-query-editor').getByText("<script>document.title = 'run'").waitFor()
          expect(await page.title()).toBe(title)
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
      const kept = () =>
        page.evaluate(() =>
          JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
        )
      const secret = 'Bearer eyJhbGciOiJIUzI1NiJ9.bi1tYXQ.bi1tYXQ'
      const sent: (string | undefined)[] = []
      page.on('request', (request) => request.method() === 'POST' && sent.push(request.headers().authorization))
      // As versions before have kept it.
      const tab = { id: 'a', query: '{ __typename }', headers: JSON.stringify({ authorization: secret }) }
      await page.goto(`${origin}/health/live`)
      await page.evaluate(
        (text) => localStorage.setItem('graphiql:tabState', text),
        JSON.stringify({ tabs: [tab], activeTabIndex: 0 }),
      )
      await page.goto(url)
      await page.getByRole('button', { name: /execute query/i }).waitFor()
      expect(await kept()).not.toContain('bi1tYXQ')

      await page.getByRole('button', { name: 'Headers' }).click()
      await page.locator('.graphiql-editor-tool .monaco-editor:visible').click()
      await page.keyboard.insertText(JSON.stringify({ authorization: secret }))
      await page.getByRole('button', { name: /execute query/i }).click()
      await page.locator('.result-window').getByText('token').first().waitFor() // which is not valid
      expect(sent).toContain(secret)
      await page.waitForTimeout(1000) // tabs are kept half a second after they have changed
      expect(await kept()).toContain('graphiql:tabState')
      expect(await kept()).not.toContain('bi1tYXQ')
      await page.reload()
      await page.getByRole('button', { name: /execute query/i }).waitFor()
      expect(await kept()).not.toContain('bi1tYXQ')
      record({
        suite: 'hostile',
        done: 'a token in the headers of GraphiQL, looked for in storages, cookies and the address after a question and after a reload',
        times: 3,
        found: 'found nowhere',
      })
    }),
  120_000,
)
