// The second start on the embedded database, to `ready`, beside opening that database alone.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './invented.js'

const RUNS = 7
const main = fileURLToPath(new URL('../packages/server/dist/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dienbien-start-'))
const pglite = fileURLToPath(
  new URL('../packages/server/node_modules/@electric-sql/pglite/dist/index.js', import.meta.url),
)

/** Milliseconds from the start of a process to a line on its standard output. */
function until(args, line) {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_ENV: 'production', DATA_DIR: folder, PORT: '0', DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let ms = 0
    child.stdout.on('data', (chunk) => {
      if (ms > 0 || !String(chunk).includes(line)) return
      ms = performance.now() - begin
      child.kill('SIGTERM')
    })
    child.once('exit', () => (ms > 0 ? resolve(ms) : reject(new Error(`no "${line}"`))))
  })
}

const open = `
  import { PGlite } from ${JSON.stringify(pglite)}
  const database = await PGlite.create(${JSON.stringify(join(folder, 'postgres'))})
  await database.query('select count(*) from measurements')
  console.log('open')
  process.on('SIGTERM', async () => { await database.close(); process.exit(0) })
  setInterval(() => {}, 1000)`

await until([main], 'ready')
const [alone, whole] = [[], []]
for (let run = 0; run < RUNS; run++) {
  alone.push(await until(['--input-type=module', '-e', open], 'open'))
  whole.push(await until([main], 'ready'))
}
rmSync(folder, { recursive: true, force: true })
const [a, b] = [median(alone), median(whole)]
console.log('\nthe second start on the embedded database\n\n| | ms | ratio |\n| --- | --- | --- |')
console.log(`| opening that database alone | ${a.toFixed(0)} | 1 |`)
console.log(`| this server, to \`ready\` | ${b.toFixed(0)} | ${(b / a).toFixed(2)} |`)
