// `pnpm trust --put-back` takes an hour. That each fault can still be put in, and has a suite that ought to notice, is told at once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FAULTS } from '../packages/server/scripts/put-back-faults.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const suites = ['targets', 'server'].flatMap((name) =>
  ['src', 'test'].flatMap((folder) =>
    readdirSync(join(root, 'packages', name, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => join(name, folder, file)),
  ),
)

test.each(FAULTS)('$words: its guard and its suite stand where the list says', ({ source, text, becomes, suite }) => {
  expect(readFileSync(join(root, source), 'utf8')).toContain(text)
  expect(becomes).not.toBe(text)
  expect(suites.filter((file) => new RegExp(suite).test(file))).not.toEqual([])
})
