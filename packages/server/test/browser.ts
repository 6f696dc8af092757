// A real browser.
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const found = existsSync(CHROMIUM)
if (!found) console.warn(`no browser at ${CHROMIUM} (set CHROMIUM): the browser tests are skipped`)
export const inBrowser = found ? test : test.skip

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
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

export async function withPage(work: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launchBrowser()
  try {
    await work(await browser.newPage())
  } finally {
    await browser.close()
  }
}
