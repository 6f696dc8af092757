// GraphiQL in a real browser, without any outside request.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { shared } from './harness.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const found = existsSync(CHROMIUM)
if (!found) console.warn(`no browser at ${CHROMIUM} (set CHROMIUM): the browser tests are skipped`)
const inBrowser = found ? test : test.skip

inBrowser('opens with the ready queries and answers the first', async () => {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    const page = await browser.newPage()
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
    expect(await page.getByRole('tab').count()).toBeGreaterThanOrEqual(7)
    await page.getByRole('button', { name: /execute query/i }).click()
    const answer = page.locator('.result-window')
    await answer.getByText('Tỉnh Điện Biên').waitFor()
    await answer.getByText('1000.44').first().waitFor()
    expect(outside).toEqual([])
    expect(failures).toEqual([])
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/graphiql.png` })
  } finally {
    await browser.close()
  }
})
