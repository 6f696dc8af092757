// Small submissions a second that are acknowledged, beside plain INSERT … COMMIT of the same rows into the same table with
// its triggers: by one connection, and by as many as there are clients. Then two servers on one database. And what the same
// request costs that is refused before anything is stored: what HTTP, token and GraphQL alone take.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openConnection } from './connection.js'
import { cpuOf, cpuOfDatabase } from './cpu.js'
import { drop, fresh, urlOf } from './databases.js'
import { MEASURED_EVERYWHERE, median } from './invented.js'

const NAME = 'dienbien_bench_writes'
const CLIENTS = Number(process.env.BENCH_CLIENTS ?? 64)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'dienbien-bench-'))
const environment = { ...process.env, NODE_ENV: 'production', DATABASE_URL: urlOf(NAME), DATA_DIR: scratch, PORT: '0' }
const running = []

function start() {
  const flags = ['--max-semi-space-size=32', ...(process.env.BENCH_NODE_FLAGS?.split(' ') ?? [])]
  const child = spawn(process.execPath, [...flags, here('../packages/server/dist/main.js')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const ready = /^ready (\S+)$/m.exec(String(chunk))
      if (ready) resolve(ready[1])
    })
    child.once('exit', (code) => reject(new Error(`the server exited with ${code}`)))
  })
}

const SUBMIT =
  'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { measurements { revision } errors { code } } }'
let counter = 0
/** A submission of two figures; none is like another, units and days change. */
function next(units) {
  const n = counter++
  const at = (i) => MEASURED_EVERYWHERE[(n * 2 + i) % MEASURED_EVERYWHERE.length]
  const day = new Date(Date.UTC(2022, 0, 1 + (Math.floor(n / (units.length * 30)) % 365))).toISOString().slice(0, 10)
  return { unit: units[n % units.length], asOf: day, values: [0, 1].map((i) => [at(i), (n * 7919 + i) % 101]) }
}

/** How many a second so many clients get done, each waiting for its answer, and what each takes of the processors. */
async function measure(clients) {
  const cpu = () => [running.map(({ pid }) => cpuOf(pid)).reduce((a, b) => a + b, 0), cpuOfDatabase(NAME)]
  const before = cpu()
  const begin = performance.now()
  const end = begin + SECONDS * 1000
  let done = 0
  const client = async (send) => {
    while (performance.now() < end) {
      await send()
      done++
    }
  }
  await Promise.all(clients.map(client))
  const rate = (done * 1000) / (performance.now() - begin)
  const [server, database] = cpu().map((ms, i) => (ms - before[i]) / done)
  return { rate, server, database }
}

try {
  const { pool, close } = await fresh(NAME)
  const units = (await pool.query('select code from units order by code')).rows.map(({ code }) => code)
  await close()
  const token = execFileSync(
    process.execPath,
    [here('../packages/server/dist/commands/dienbien.js'), 'jwt', '--role', 'administrator'],
    { env: environment, encoding: 'utf8' },
  ).trim()
  const clientsOf = (url, count) =>
    Array.from({ length: count }, () => openConnection(url, { authorization: `Bearer ${token}` }))
  /** @param more of the input; @param code the error that is wanted */
  const submit =
    (send, more = () => ({}), code = undefined) =>
    async () => {
      const { unit, asOf, values } = next(units)
      const figures = values.map(([indicator, value]) => ({ indicator, value }))
      const input = { unit, year: 2022, asOf, status: 'ESTIMATE', source: 'bench', values: figures, ...more() }
      const answer = JSON.parse(await send(JSON.stringify({ query: SUBMIT, variables: { input } })))
      if (answer.errors || answer.data.submitMeasurements.errors[0]?.code !== code)
        throw new Error(JSON.stringify(answer))
    }
  // Connections that close would take what they cost out of the sum.
  const plain = new pg.Pool({ connectionString: urlOf(NAME), max: CLIENTS, idleTimeoutMillis: 0 })
  const insert = async () => {
    const { unit, asOf, values } = next(units)
    await plain.query({
      name: 'insert',
      text: `insert into measurements (unit_code, year, indicator_id, as_of, status, revision, value, source, recorded_by)
        select $1, 2022, i, $2, 'preliminary', 1 + coalesce((select max(revision) from measurements m where
          m.unit_code = $1 and m.year = 2022 and m.indicator_id = i and m.as_of = $2 and m.status = 'preliminary'), 0), v, 'bench', 'bench'
        from unnest($3::text[], $4::float8[]) n(i, v)`,
      values: [unit, asOf, values.map(([id]) => id), values.map(([, value]) => value)],
    })
  }
  const sends = clientsOf(await start(), CLIENTS)
  const runs = {
    'plain INSERT … COMMIT, one connection': () => [insert],
    [`plain INSERT … COMMIT, ${CLIENTS} connections`]: () => sends.map(() => insert),
    'this server: token, rights, checks, warnings, trail': () => sends.map((send) => submit(send)),
    'this server, each with an idempotency key': () =>
      sends.map((send) => submit(send, () => ({ idempotencyKey: `bench ${counter}` }))),
    'this server, refused before anything is stored': () =>
      sends.map((send) => submit(send, () => ({ asOf: '2021-01-01' }), 'BAD_DATE')),
  }
  const results = new Map(Object.keys(runs).map((name) => [name, []]))
  const only = new RegExp(process.env.BENCH_ONLY ?? '')
  for (const [name, make] of Object.entries(runs)) if (only.test(name)) await measure(make()) // warm
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, make] of Object.entries(runs)) if (only.test(name)) results.get(name).push(await measure(make()))
  const half = CLIENTS / 2
  if (only.test('two servers')) {
    const both = [...sends.slice(half), ...clientsOf(await start(), half)]
    const two = []
    for (let round = 0; round <= ROUNDS; round++) two.push(await measure(both.map((send) => submit(send))))
    results.set('two servers on one database', two.slice(1))
  }
  await plain.end()
  const middle = (name, key) => median(results.get(name).map((run) => run[key]))
  const base = Object.keys(runs)[0]
  console.log(
    `\nsmall submissions acknowledged, ${CLIENTS} clients, two figures each, synchronous_commit on, ${cpus().length} cores\n`,
  )
  console.log('| | a second | ratio | CPU ms of the server | of the database |\n| --- | --- | --- | --- | --- |')
  for (const [name, list] of results) {
    if (list.length === 0) continue
    const [rate, server, database] = ['rate', 'server', 'database'].map((key) => middle(name, key))
    const ratio = results.get(base).length > 0 ? (rate / middle(base, 'rate')).toFixed(1) : ''
    console.log(`| ${name} | ${rate.toFixed(0)} | ${ratio} | ${server.toFixed(2)} | ${database.toFixed(2)} |`)
  }
} finally {
  for (const child of running) {
    child.removeAllListeners('exit')
    child.kill('SIGTERM')
  }
  if (process.env.BENCH_NODE_FLAGS) await new Promise((resolve) => setTimeout(resolve, 5000)) // a profile is written at the end
  for (const child of running) child.kill('SIGKILL')
  await drop(NAME)
  rmSync(scratch, { recursive: true, force: true })
}
process.exit(0)
