// `pnpm trust --put-back`: puts each fault of put-back-faults.mjs back into the sources of a clone, one at a time, and
// demands that the test which guards against it fails. `--only PATTERN` takes those whose words match.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FAULTS } from './put-back-faults.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const postgres = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres'
/** Some faults keep the test waiting: that is a failure too. */
const TEST_TIMEOUT_MS = 240_000

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : ''
const chosen = FAULTS.filter(({ words }) => new RegExp(only).test(words))
const clone = mkdtempSync(join(tmpdir(), 'dienbien-put-back-'))
const prepare = (program, ...parameters) => {
  const { status } = spawnSync(program, parameters, { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')}: exit code ${status}`)
}
process.once('exit', () => rmSync(clone, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
prepare('git', 'clone', '--quiet', root, clone)
prepare('npx', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline', '--silent')
prepare('npx', 'pnpm@12', 'run', 'build')

const uncompiled = new Set()
/** Compiles what was changed since; a fault may leave a name unused, and is put in all the same. Unit tests run from source. */
function compile({ project = 'server' }) {
  if (project !== 'server') return
  for (const folder of uncompiled) {
    spawnSync('npx', ['tsc', '-p', join(folder, 'tsconfig.json'), '--noEmitOnError', 'false'], { cwd: clone })
  }
  uncompiled.clear()
}
const folderOf = (source) => source.split('/').slice(0, 2).join('/')

/** How many tests failed and passed, and what the first failure says. */
async function run({ project = 'server', suite, test, onPostgres = false }) {
  const report = join(clone, 'put-back.json')
  rmSync(report, { force: true })
  const { TEST_DATABASE_URL: _, ...environment } = process.env
  const child = spawn(
    'npx',
    ['jest', '--selectProjects', project, '--testPathPatterns', suite, '-t', test, '--json', '--outputFile', report],
    {
      cwd: clone,
      stdio: 'ignore',
      detached: true, // a group of its own, servers included, to be ended together
      env: {
        ...environment,
        NODE_OPTIONS: '--experimental-vm-modules',
        TEST_PREFIX: `putback${process.pid}`,
        ...(onPostgres ? { TEST_DATABASE_URL: postgres } : {}),
      },
    },
  )
  const late = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TEST_TIMEOUT_MS)
  await new Promise((resolve) => child.once('close', resolve))
  clearTimeout(late)
  try {
    const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const failed = testResults.flatMap((one) => one.assertionResults).find(({ status }) => status === 'failed')
    const says = failed?.failureMessages[0] ?? testResults[0]?.message ?? ''
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
    return { failed: numFailedTests, passed: numPassedTests, says: says.replace(/\u001b\[\d*m/g, '') }
  } catch {
    return { failed: 1, passed: 0, says: 'it did not end' }
  }
}

/** Why the table may not say this; null where it may. */
async function problemOf(fault) {
  const file = join(clone, fault.source)
  const right = readFileSync(file, 'utf8')
  if (!right.includes(fault.text)) return `${fault.source} does not hold the text any more: ${fault.text}`
  try {
    writeFileSync(
      file,
      right.replace(fault.text, () => fault.becomes),
    )
    uncompiled.add(folderOf(fault.source))
    compile(fault)
    const { failed, passed, says } = await run(fault)
    if (failed === 0)
      return passed === 0 ? `no test of that name ran: ${fault.suite}, "${fault.test}"` : 'its test passes'
    const first = says.split('\n').filter((line) => line.trim())
    console.log(
      `fails as it should: ${fault.words}\n    ${first.slice(0, 3).join(' ').replace(/\s+/g, ' ').slice(0, 180)}`,
    )
    return null
  } finally {
    writeFileSync(file, right)
    uncompiled.add(folderOf(fault.source))
  }
}

const problems = []
for (const fault of chosen) {
  const problem = await problemOf(fault)
  if (!problem) continue
  problems.push(problem)
  console.log(`NOT GUARDED: ${fault.words}\n    ${problem}`)
}
console.log(`${chosen.length} faults put back, ${problems.length} not noticed`)
process.exit(problems.length > 0 || chosen.length === 0 ? 1 : 0)
