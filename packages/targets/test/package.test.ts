// The package as it is published: packed, installed into blank projects, bundled, and run under a strict policy.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { chromium } from 'playwright-core'
import { fencedBlocks } from './fenced-blocks.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'targets-package-'))
const environment = { ...process.env, NODE_OPTIONS: '' }
let tarball = ''

const run = (command: string, args: string[], cwd: string) =>
  execFileSync(command, args, { cwd, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
/** An installed command, of this package or of the workspace. */
const command = (name: string) =>
  [root, join(root, '../..')]
    .map((path) => join(path, 'node_modules/.bin', name))
    .find((path) => existsSync(path)) as string

beforeAll(() => {
  run('npm', ['pack', '--pack-destination', folder, '--ignore-scripts'], root)
  tarball = join(folder, 'dienbien-targets-0.1.0.tgz')
  // One install serves every blank project: they differ in their own package.json only.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], folder)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A blank project with some files, beside the installed package. */
function project(name: string, files: Record<string, string>): string {
  const path = join(folder, name)
  mkdirSync(path)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

const ESM = `import { compile, directive2022, directives, evaluate, toRules } from '@dienbien/targets'
import { toEngine } from '@dienbien/targets/engine'
import { commend, defaultPolicy, rank, score } from '@dienbien/targets/emulation'
`
const USE = `
const evaluation = evaluate({ 'macadamia-planted': 1100 }, { unitLevel: 'district', targets: { 'macadamia-planted': 1000 } })
const ranking = rank([{ unit: 'a', evaluation }])
console.log(JSON.stringify([
  directive2022.indicators.length, directives[2022] === directive2022, evaluation.summary.met, toRules().length,
  compile().indicatorIds.length, score(evaluation, defaultPolicy).outOf, commend(ranking).length, typeof toEngine().run,
]))
`
const EXPECTED = [70, true, 1, 70, 70, 100, 1, 'function']

test('works as ES modules, JSON included', () => {
  const path = project('esm', {
    'package.json': '{ "type": "module" }',
    'main.js': `${ESM}
import data from '@dienbien/targets/directive.json' with { type: 'json' }
import schema from '@dienbien/targets/directive.schema.json' with { type: 'json' }
if (data.indicators.length !== 70 || !schema.$schema.includes('2020-12')) throw new Error('JSON')
${USE}`,
  })
  expect(JSON.parse(run('node', ['--no-warnings', 'main.js'], path))).toEqual(EXPECTED)
})

const examples = fencedBlocks(readFileSync(join(root, 'README.md'), 'utf8'))
  .filter(({ language }) => language === 'js')
  .map(({ text }) => text)

test.each(examples.map((code, i) => [i + 1, code] as const))(
  'example %i of the README prints what it says',
  (i, code) => {
    const path = project(`example-${i}`, { 'package.json': '{ "type": "module" }', 'main.js': code })
    const expected = [...code.matchAll(/\/\/ → (.*)/g)].map(([, line]) => line)
    expect(expected.length).toBeGreaterThan(0)
    expect(run('node', ['main.js'], path).trim().split('\n')).toEqual(expected)
  },
)

test('works as CommonJS', () => {
  const path = project('cjs', {
    'package.json': '{ "type": "commonjs" }',
    'main.js': `${ESM.replace(/import (\{.*\}) from ('.*')/g, 'const $1 = require($2)')}
if (require('@dienbien/targets/directive.json').indicators.length !== 70) throw new Error('JSON')
${USE}`,
  })
  expect(JSON.parse(run('node', ['main.js'], path))).toEqual(EXPECTED)
})

test.each([
  ['node16', 'node16', 'module'],
  ['node16', 'node16', 'commonjs'],
  ['nodenext', 'nodenext', 'module'],
  ['esnext', 'bundler', 'module'],
])('type-checks with module %s and resolution %s in a %s package', (module, moduleResolution, type) => {
  const path = project(`ts-${module}-${moduleResolution}-${type}`, {
    'package.json': JSON.stringify({ type }),
    'main.ts': `${ESM}${USE.replace(/console.log/, 'export const out: string = String')}
export const id: import('@dienbien/targets').IndicatorId = 'grdp-growth'
`,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module, moduleResolution, target: 'es2022', strict: true, noEmit: true, types: [] },
      files: ['main.ts'],
    }),
  })
  run(command('tsc'), ['-p', '.'], path)
})

test('attw and publint have nothing to say', () => {
  run(command('attw'), [tarball, '--profile', 'node16', '--quiet'], root)
  const lint = run(command('publint'), ['run', tarball, '--strict'], root)
  expect(lint).toContain('All good!')
}, 60_000)

/** What a bundler makes of a line of code. */
async function bundle(code: string): Promise<{ text: string; bytes: number; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
  })
  const text = outputFiles[0]?.text as string
  return { text, bytes: gzipSync(text, { level: 9 }).length, metafile }
}

describe('in a bundle', () => {
  test.each([
    ['the main entry with all data', "export * from '@dienbien/targets'", 25_000],
    ['what judges, without a directive', "export * from '@dienbien/targets/core'", 18_000],
    ['evaluate alone', "export { evaluate } from '@dienbien/targets/core'", 10_000],
    ['the directive alone', "export { directive2022 } from '@dienbien/targets'", 13_500],
    ['emulation', "export * from '@dienbien/targets/emulation'", 30_600],
    ['report', "export * from '@dienbien/targets/report'", 8_000],
    ['points', "export * from '@dienbien/targets/points'", 41_000],
    ['one small function', "export { parseDate } from '@dienbien/targets'", 700],
  ])('%s weighs at most its ceiling', async (_, code, ceiling) => {
    const { bytes } = await bundle(code)
    expect(bytes).toBeLessThanOrEqual(ceiling)
    expect(bytes).toBeGreaterThan(ceiling * 0.75) // a ceiling far above is no ceiling: lower it
  })

  test('of core holds no words of the directive', async () => {
    const { text, metafile } = await bundle("export * from '@dienbien/targets/core'")
    expect(Object.keys(metafile.inputs).filter((input) => input.includes('/directive/2022/'))).toEqual([])
    expect(text).not.toContain('02/CT-UBND')
  })

  test('holds no dependency, no eval and no new Function', async () => {
    const { text, metafile } = await bundle(
      "export * from '@dienbien/targets'; export * from '@dienbien/targets/emulation'",
    )
    expect(
      Object.keys(metafile.inputs).filter((input) => !/@dienbien\/targets\/dist\/esm\/|<stdin>/.test(input)),
    ).toEqual([])
    expect(text).not.toMatch(/\beval\b|new Function|\bFunction\(/)
  })

  test('imports in no circle', async () => {
    const { metafile } = await bundle("export * from '@dienbien/targets'; export * from '@dienbien/targets/emulation'")
    const imports = (file: string) => metafile.inputs[file]?.imports.map(({ path }) => path) ?? []
    const done = new Set<string>()
    const visit = (file: string, above: readonly string[]): void => {
      if (above.includes(file)) throw new Error([...above, file].join(' → '))
      if (done.has(file)) return
      for (const next of imports(file)) visit(next, [...above, file])
      done.add(file)
    }
    for (const file of Object.keys(metafile.inputs)) visit(file, [])
  })
})

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
// In CI it is never skipped: without a browser it fails.
const inBrowser = existsSync(CHROMIUM) || process.env.CI ? test : test.skip

inBrowser('runs in a browser under a strict content security policy', async () => {
  const { text } = await bundle(`import { compile, evaluate } from '@dienbien/targets'
    import { rank } from '@dienbien/targets/emulation'
    const targets = { 'macadamia-planted': 1000 }
    let violations = 0
    document.addEventListener('securitypolicyviolation', () => violations++)
    const evaluation = evaluate({ 'budget-revenue': 1000.44 }, { asOf: '2022-08-31' })
    const [first] = rank([{ unit: 'a', evaluation: evaluate({ 'macadamia-planted': 1100 }, { unitLevel: 'district', targets }) }])
    const codes = compile().evaluateTable(new Float64Array(70))
    setTimeout(() => {
      document.title = JSON.stringify({ explanation: evaluation.results[6].explanation.vi, rank: first.rank, cells: codes.length, violations })
    }, 50)`)
  const server = createServer((request, response) => {
    response.setHeader('content-security-policy', "default-src 'self'; script-src 'self'")
    response.setHeader('content-type', request.url === '/main.js' ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(request.url === '/main.js' ? text : '<!doctype html><script type="module" src="/main.js"></script>')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    // Asked again and again from outside: a condition evaluated inside the page would break its policy.
    let title = ''
    while (!title.startsWith('{')) title = await page.title()
    expect(JSON.parse(title)).toEqual({
      explanation:
        'Tổng thu ngân sách nhà nước trên địa bàn: 1.000,44/2.326 tỷ đồng sau 8 tháng, đạt 43,0% kế hoạch, chậm tiến độ',
      rank: 1,
      cells: 70,
      violations: 0,
    })
  } finally {
    await browser.close()
    server.close()
  }
})

test('the JSON exports follow their schemas, and the schema notices what is wrong', async () => {
  const { default: Ajv } = await import('ajv/dist/2020.js')
  const read = (name: string) => JSON.parse(readFileSync(join(root, 'dist', name), 'utf8'))
  const ajv = new Ajv.default({ allErrors: true })
  const directive = ajv.compile(read('directive.schema.json'))
  expect(directive(read('directive.json'))).toBe(true)
  const policy = ajv.compile(read('policy.schema.json'))
  expect(policy(read('policy.json'))).toBe(true)
  expect(policy(read('policy-1000.json'))).toBe(true)
  expect(policy({ ...read('policy-1000.json'), criteria: [{ kind: 'count', id: 'x' }] })).toBe(false)
  const broken = read('directive.json')
  broken.indicators[3].target.comparator = '≥'
  expect(directive(broken)).toBe(false)
  expect(directive.errors?.[0]?.instancePath).toMatch(/^\/indicators\/3\/target/)
})
