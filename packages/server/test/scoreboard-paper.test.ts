// The pages on A4: nothing cut, no heads left behind, and each sheet says of which day it is and whether it is invented.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { inBrowser, withPage } from './browser.ts'
import { onPostgres, shared } from './harness.ts'
import { opener, SCREENSHOTS, sheetsOf } from './scoreboard-page.ts'

/** Pixels between the margins of a sheet: portrait, and landscape for the matrix. */
const ACROSS = { portrait: 688, landscape: 1047 }

/** The most sheets that each may take with the demonstration data. */
const VIEWS: Readonly<Record<string, readonly [path: string, most: number, across: keyof typeof ACROSS]>> = {
  'tong-quan': ['/', 3, 'portrait'],
  'ma-tran': ['/ma-tran', 3, 'landscape'],
  'xep-hang': ['/xep-hang', 3, 'portrait'],
  'don-vi': ['/don-vi', 1, 'portrait'],
  huyen: ['/don-vi/102', 6, 'portrait'],
  'chi-tieu': ['/chi-tieu', 4, 'portrait'],
  'mac-ca': ['/chi-tieu/macadamia-planted', 3, 'portrait'],
  'so-sanh': ['/so-sanh?units=094,102,096', 5, 'portrait'],
  tim: ['/tim?q=dien', 2, 'portrait'],
  'phuong-phap': ['/phuong-phap', 13, 'portrait'],
  'bao-cao': ['/bao-cao', 1, 'portrait'],
}

/** What breaks a printed page, told by what the browser has made of its styles. */
const flaws = (page: Page, across: number) =>
  page.evaluate((width) => {
    const found: string[] = []
    const styleOf = (element: Element) => getComputedStyle(element)
    const seen = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.getClientRects().length > 0)
    for (const row of seen('main tr')) if (styleOf(row).breakInside !== 'avoid') found.push('a row may be cut')
    for (const drawing of seen('main .chart')) {
      if (styleOf(drawing).breakInside !== 'avoid') found.push('a drawing may be cut')
      const svg = drawing.querySelector('svg[role="img"]')
      const drawn = Number(svg?.getAttribute('width'))
      if (drawn > width) found.push(`drawn for ${drawn} pixels: its words would shrink`)
    }
    for (const heading of seen('main :is(h1, h2, h3, summary)'))
      if (styleOf(heading).breakAfter !== 'avoid') found.push(`left behind: ${heading.textContent}`)
    for (const table of seen('main table')) {
      const head = table.querySelector('thead')
      if (!head || styleOf(head).display !== 'table-header-group') found.push('a head is not repeated')
      // Chromium draws a button in the head on the first sheet only.
      for (const button of table.querySelectorAll('thead button'))
        if (styleOf(button).display !== 'contents') found.push(`an empty head on the next sheet: ${button.textContent}`)
      if (table.getBoundingClientRect().right > width + 1) found.push(`wider than a sheet: ${table.offsetWidth}`)
    }
    for (const control of seen('main :is(select, input), header nav, footer'))
      found.push(`of no use on paper: ${control.tagName}`)
    return [...new Set(found)]
  }, across)

// What a page looks like on paper does not depend on where its answers come from.
const onPaper = onPostgres() ? describe.skip : describe
onPaper.each(['plain', 'demo'] as const)('on the %s data', (kind) => {
  const open = opener(() => shared(kind).origin)
  inBrowser.each(Object.entries(VIEWS))('%s: on A4', (name, [path, most, across]) =>
    withPage(async (page) => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await open(page, path)
      const file = SCREENSHOTS ? { path: join(SCREENSHOTS, `${kind}-${name}.pdf`) } : {}
      const sheets = sheetsOf(await page.pdf({ preferCSSPageSize: true, ...file }))
      expect(sheets).toBeGreaterThan(0)
      expect(sheets).toBeLessThanOrEqual(most)
      // What is cut into sheets is looked at as it stands on them.
      await page.setViewportSize({ width: ACROSS[across], height: 900 })
      await page.emulateMedia({ media: 'print' })
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
      await page.waitForTimeout(300)
      expect(await flaws(page, ACROSS[across])).toEqual([])
      const said = await page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--on-each-sheet'),
      )
      expect(said).toContain('số liệu đến 31/12/2022')
      expect(said.includes('giả lập')).toBe(kind === 'demo')
      const marginal = await page.evaluate(() =>
        [...document.styleSheets]
          .flatMap(({ cssRules }) => [...cssRules])
          .some((rule) => rule.cssText.includes('content: var(--on-each-sheet)')),
      )
      expect(marginal).toBe(true)
    }),
  )
})
