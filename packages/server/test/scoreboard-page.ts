// What tests of the page share: when it has settled, what must not happen on it, what axe minds, where its pictures go.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Where pictures and sheets of the views go; none are kept without it. */
export const { SCREENSHOTS } = process.env
if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true })

/** Keeps a picture of all of a page; of several widths, where they are said. */
export async function picture(page: Page, name: string, widths: readonly number[] = []): Promise<void> {
  if (!SCREENSHOTS) return
  const keep = (of: string) => page.screenshot({ path: join(SCREENSHOTS, `${of}.png`), fullPage: true })
  if (widths.length === 0) await keep(name)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 })
    await keep(`${name}-${width}`)
  }
}

/** On how many sheets a page was printed. */
export const sheetsOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

/** Opens paths of a server that may still have to start, and waits until each has settled. */
export const opener =
  (origin: () => string) =>
  async (page: Page, path: string): Promise<void> => {
    await page.goto(`${origin()}${path}`)
    await settled(page)
  }

/** What must not happen on any page. */
export function watch(page: Page, origin: string): string[] {
  const problems: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()))
      problems.push(`outside: ${request.url()}`)
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  return problems
}

export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => !/Đang tải…|Loading…/.test(document.body.textContent ?? ''))
  // Charts come with their library, after their data.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.drawing')].every((element) => element.querySelector('svg[role="img"]')),
  )
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[]
}
declare global {
  var axe: { run(options: { resultTypes: ['violations'] }): Promise<{ violations: Violation[] }> }
}
/** What axe minds, in the light theme and in the dark one. */
export async function violations(page: Page): Promise<unknown[]> {
  await page.evaluate(AXE)
  const all: unknown[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    // Of what it does not mind, it would tell every place: seconds for a table of two hundred rows.
    const found = await page.evaluate(async () => (await axe.run({ resultTypes: ['violations'] })).violations)
    all.push(...found.map(({ id, nodes }) => ({ colorScheme, id, first: nodes[0], count: nodes.length })))
  }
  return all
}

/** Writes a day into a field of its parts, by keys. */
export async function typeDay(page: Page, label: string, digits: string): Promise<void> {
  await page.getByRole('group', { name: label }).getByRole('spinbutton').first().focus()
  await page.keyboard.type(digits, { delay: 20 })
}
