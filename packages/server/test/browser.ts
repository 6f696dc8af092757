// A real browser.
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Download, type Page } from 'playwright-core'
import { needs } from './harness.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
export const inBrowser = needs(`browser at ${CHROMIUM} (CHROMIUM)`, existsSync(CHROMIUM)).test

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

/** One for all pages of a suite. */
let browser: Promise<Browser> | null = null
afterAll(async () => {
  await (await browser)?.close()
})

/** A page of a context of its own: no cookies, storage or cache of another's. */
export async function withPage(work: (page: Page) => Promise<void>): Promise<void> {
  browser ??= launchBrowser()
  const context = await (await browser).newContext()
  try {
    await work(await context.newPage())
  } finally {
    await context.close()
  }
}

/** The file that a click or a key brings down. */
export async function downloaded(page: Page, act: () => Promise<unknown>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return download
}
