// GraphiQL in a real browser, without any outside request.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inBrowser, withPage } from './browser.ts'
import { cleanUp, ownDatabase, shared, start } from './harness.ts'
import { bearer, tokens } from './tokens.ts'

afterAll(cleanUp)

inBrowser('opens with the ready queries and answers the first', () =>
  withPage(async (page) => {
    const { url, origin } = shared('plain')
    const outside: string[] = []
    const failures: string[] = []
    page.on('request', (request) => {
      const address = request.url()
      if (!address.startsWith(origin) && !/^(data|blob):/.test(address)) outside.push(address)
    })
    page.on('pageerror', (error) => failures.push(error.message))
    await page.goto(url)
    await page.getByRole('button', { name: /execute query/i }).waitFor()
    expect(await page.getByRole('tab').count()).toBeGreaterThanOrEqual(15)
    await page.getByRole('button', { name: /execute query/i }).click()
    const answer = page.locator('.result-window')
    await answer.getByText('Tỉnh Điện Biên').waitFor()
    await answer.getByText('1000.44').first().waitFor()
    expect(outside).toEqual([])
    expect(failures).toEqual([])
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/graphiql.png` })
  }),
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
