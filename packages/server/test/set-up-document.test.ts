// docs/set-up.md as a newcomer follows it: each command and query of it, in its order, on an empty database, against a real
// server; what is shown below a block is what it says. The province is SYNTHETIC (scripts/set-up-example.mjs).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSheets } from '@dienbien/targets/table'
import { type FencedBlock, fencedBlocks } from '../../targets/test/fenced-blocks.ts'
import { FIGURES, WORKBOOKS } from '../scripts/set-up-example.mjs'
import { cleanUp, ownDatabase, type RunningServer, start } from './harness.ts'
import { bearer } from './tokens.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const EXAMPLES = join(ROOT, 'examples/set-up')
const DOCUMENTED = 'http://localhost:4000'
const folder = mkdtempSync(join(tmpdir(), 'dienbien-walk-'))
/** What a terminal remembers from one block to the next. */
const REMEMBERED = join(folder, '.exported')

/** `npx pnpm@12 [run] NAME …` as package.json says, without installing and building anew. */
const NPX = `#!/bin/bash
shift
while [ "$1" = run ] || [ "$1" = --silent ]; do shift; done
name=$1; shift
script=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).scripts[process.argv[2]]' '${ROOT}package.json' "$name")
script=\${script#*&& }
eval "\${script//packages\\//'${ROOT}packages/'} \\"\\$@\\""
`

let server: RunningServer | undefined
let database: Record<string, string>

beforeAll(async () => {
  database = await ownDatabase(null)
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'))
  writeFileSync(join(folder, 'npx'), NPX, { mode: 0o755 })
})
afterAll(async () => {
  await server?.stop()
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

/** What a terminal prints. */
function run(script: string): string {
  const { DATA_DIR: _, DATABASE_URL: __, DEMO: ___, PORT: ____, ...rest } = process.env
  const env = { ...rest, ...database, NODE_OPTIONS: '', PATH: `${folder}:${process.env.PATH}` }
  const whole = `set -e\n[ -f ${REMEMBERED} ] && . ${REMEMBERED}\n${script}\nexport -p > ${REMEMBERED}`
  const { status, stdout } = spawnSync('bash', ['-c', `exec 2>&1\n${whole}`], { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`exit code ${status}:\n${stdout}`)
  return stdout
}
const remembered = (name: string) => run(`printf %s "$${name}"`)

/** Carries a block out: what it prints, or the data of an answer. */
async function carryOut({ language, text }: FencedBlock): Promise<unknown> {
  if (language === 'graphql') {
    if (!server) throw new Error('no server was started above')
    const jwt = remembered('TOKEN')
    const { data, errors } = await server.query(text, {}, jwt === '' ? {} : bearer(jwt))
    expect(errors).toBeUndefined()
    return data
  }
  if (/^npx pnpm@12 start$/m.test(text)) {
    server = await start({ ...database, DATA_DIR: remembered('DATA_DIR') })
    return `ready ${server.url}\n`.replace(server.origin, 'http://127.0.0.1:4000')
  }
  return run(text.replaceAll(DOCUMENTED, server?.origin ?? DOCUMENTED))
}

const escaped = (line: string) => line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** A line of `…` stands for any number of lines. */
function asPattern(shown: string): RegExp {
  const lines = shown.split('\n').map((line) => (line === '…' ? '(?:.*\\n)*?' : `${escaped(line)}\\n`))
  return new RegExp(`^${lines.join('')}$`)
}

const blocks = fencedBlocks(readFileSync(join(ROOT, 'docs/set-up.md'), 'utf8'))
const steps = blocks.flatMap((block, i) => {
  const shown = blocks[i + 1]
  if (block.language === 'text' || block.language === 'json') return []
  return [{ ...block, shown: shown?.language === 'text' || shown?.language === 'json' ? shown : null }]
})

test('the page shows commands and queries, and what becomes of all but those that print nothing', () => {
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh', 'text', 'graphql', 'json']))
  expect(steps.filter(({ language }) => language === 'sh').length).toBeGreaterThan(6)
  expect(steps.filter(({ shown }) => !shown).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^export DATA_DIR=/),
    expect.stringMatching(/ setup --template /),
  ])
})

test.each(steps.map((step) => [step.line, step] as const))('what stands in line %i', async (_, step) => {
  const said = await carryOut(step)
  if (step.shown?.language === 'json') expect(said).toEqual(JSON.parse(step.shown.text))
  else if (step.shown) expect(said).toMatch(asPattern(step.shown.text))
})

test('the workbooks of the page are those that their script writes, and say that they are invented', async () => {
  for (const [name, sheets] of Object.entries(WORKBOOKS)) {
    const [notes, ...others] = await readSheets(readFileSync(join(EXAMPLES, name)))
    expect(String(notes?.rows[0]?.[0])).toContain('synthetic')
    expect(others.map(({ name, rows }) => [name, squared(rows)])).toEqual(
      Object.entries(sheets).map(([sheet, rows]) => [sheet, squared(rows)]),
    )
  }
  for (const [name, text] of Object.entries(FIGURES)) expect(readFileSync(join(EXAMPLES, name), 'utf8')).toBe(text)
  expect(readdirSync(EXAMPLES).sort()).toEqual([...Object.keys(WORKBOOKS), ...Object.keys(FIGURES)].sort())
})

/** Each row with as many cells as the widest. */
function squared(rows: readonly (readonly unknown[])[]): unknown[][] {
  const width = Math.max(...rows.map(({ length }) => length))
  return rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? null))
}
