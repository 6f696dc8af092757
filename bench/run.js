// Runs the benches one after another, or those that are named, and writes what they print where documents quote it:
// between <!-- bench:NAME --> and <!-- /bench:NAME -->, with the day and the commit. `pnpm bench [NAME …]`
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const BENCHES = ['targets', 'fairness', 'points', 'import', 'writes', 'http', 'nation', 'start', 'cost']
const DOCUMENTS = ['README.md', 'packages/targets/README.md', 'docs/operations.md']

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const git = (...args) => execFileSync('git', args, { cwd: here('..'), encoding: 'utf8' }).trim()

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !BENCHES.includes(name))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${BENCHES.join(', ')}`)
  process.exit(2)
}

/** What a bench prints, shown while it runs. */
const run = (name) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [here(`./${name}.js`)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text)
      printed += text
    })
    child.once('exit', (code) => resolve({ printed: printed.trim(), code }))
  })

function machine() {
  const [{ model }] = cpus()
  return `${model.replace(/ Processor$/, '')}, ${cpus().length} cores, Node ${process.versions.node}`
}

/** Puts what was printed into the documents that have a place for it. */
function write(name, printed, origin) {
  const place = new RegExp(`(<!-- bench:${name} -->\n)[^]*?(\n<!-- /bench:${name} -->)`)
  for (const document of DOCUMENTS) {
    const path = here(`../${document}`)
    const text = readFileSync(path, 'utf8')
    const written = text.replace(place, (_, open, close) => `${open}${origin}\n\n${printed}${close}`)
    if (written !== text) writeFileSync(path, written)
  }
}

const changed = git(
  'status',
  '--porcelain',
  '--untracked-files=no',
  ...['--', '.', ...DOCUMENTS.map((path) => `:!${path}`)],
)
const commit = `${git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : ', changed since'}`
for (const name of asked.length > 0 ? asked : BENCHES) {
  console.error(`\n— ${name} —`)
  const day = new Date().toISOString().slice(0, 10)
  const { printed, code } = await run(name)
  // 3: measured, and worse than asked. What it printed before it failed otherwise is no result.
  if (code === 0 || code === 3)
    write(name, printed, `*\`pnpm bench ${name}\`, ${day}, commit ${commit}; ${machine()}.*`)
  if (code !== 0) {
    console.error(`${name}: ${code === 3 ? 'worse than asked' : `failed (${code})`}`)
    process.exitCode = 1
  }
}
