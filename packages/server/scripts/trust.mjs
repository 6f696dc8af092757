// `pnpm trust`: the fault and the hostile suites at full length, on both databases, and the table of what they did and
// found; with `--write` it goes into the README. Takes about ten minutes.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { section } from './readme.mjs'

// Runs to its own end.
if (process.argv.includes('--put-back')) await import('./put-back.mjs')

const root = fileURLToPath(new URL('../../..', import.meta.url))
const SUITES = [
  'faults',
  'trail',
  'backup',
  'start',
  'door',
  'hostile',
  'every-argument',
  'rights',
  'at-once',
  'image',
  'fuzz',
]
const folder = mkdtempSync(join(tmpdir(), 'dienbien-trust-'))
const table = join(folder, 'rows')
writeFileSync(table, '')
const postgres = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres'
let failed = false
for (const [database, suites] of [
  ['', SUITES],
  [postgres, ['faults', 'trail', 'backup', 'at-once', 'second-servers', 'replicas', 'shared-limits']],
]) {
  const { status } = spawnSync(
    'npx',
    ['jest', ...suites.map((name) => `/test/${name}\\.test`), '--selectProjects', 'server', 'repository'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '--experimental-vm-modules',
        TRUST_TABLE: table,
        TRUST_RUNS: '50',
        FUZZ_RUNS: '10000',
        ...(database ? { TEST_DATABASE_URL: database } : {}),
      },
    },
  )
  failed ||= status !== 0
}
const rows = readFileSync(table, 'utf8')
  .trim()
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line))
rmSync(folder, { recursive: true })
const cell = (text) => String(text).replace(/\|/g, '\\|')
const markdown = ['fault', 'hostile']
  .map((suite) =>
    [
      `| ${suite === 'fault' ? 'what went wrong' : 'what was sent'} | times | what came of it |`,
      '| --- | --- | --- |',
      ...rows
        .filter((row) => row.suite === suite)
        .map((row) => `| ${cell(row.done)} | ${row.times.toLocaleString('en')} | ${cell(row.found)} |`),
    ].join('\n'),
  )
  .join('\n\n')
console.log(markdown)
if (process.argv.includes('--write') && !failed) {
  const readme = join(root, 'README.md')
  writeFileSync(readme, section(readFileSync(readme, 'utf8'), 'trust', markdown))
}
process.exit(failed ? 1 : 0)
