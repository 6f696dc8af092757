import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { directive2022 } from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'targets-pages-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('writes a page for each indicator, in both languages, with quote, rule and history', () => {
  const script = fileURLToPath(new URL('../scripts/write-pages.mjs', import.meta.url))
  execFileSync(process.execPath, [script, folder], { env: { ...process.env, NODE_OPTIONS: '' } })
  expect(readdirSync(join(folder, 'indicators')).sort()).toEqual(
    directive2022.indicators.map(({ id }) => `${id}.html`).sort(),
  )
  const index = readFileSync(join(folder, 'index.html'), 'utf8')
  for (const { id } of directive2022.indicators) expect(index).toContain(`indicators/${id}.html`)
  const page = readFileSync(join(folder, 'indicators/poverty-rate.html'), 'utf8')
  for (const words of ['Tỷ lệ hộ nghèo', 'Poverty rate', 'xuống 31,10%', 'lessThanInclusive', '35.38', '2022-02-08']) {
    expect(page).toContain(words)
  }
  expect(page).not.toContain('undefined')
})
