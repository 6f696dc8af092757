// SQL is written by hand only where Prisma can't say it, and each such file says why.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../packages/server/src', import.meta.url))
/** Raw queries of Prisma's client, and of the driver's pools and connections. */
const RAW = /\$(?:query|execute)Raw|\b(?:client|owner|\w*pool)\.query[<(]/i
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('generated'))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }))
const raw = files.filter(({ text }) => RAW.test(text))

test('the files that send SQL of their own are found', () => {
  expect(raw.map(({ file }) => file)).toEqual(expect.arrayContaining(['figures/newest.ts', 'trail/rows.ts']))
})

test.each(raw)('$file says why it does not ask by Prisma', ({ text }) => {
  expect(text).toContain('Not by Prisma')
})

test('who has nothing to excuse does not', () => {
  const idle = files.filter(({ text }) => text.includes('Not by Prisma') && !RAW.test(text))
  expect(idle.map(({ file }) => file)).toEqual([])
})
