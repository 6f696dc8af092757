// Milliseconds of the processor per 1,000 of estimated cost, of every root field and list field, cold and warm, on the demonstration data:
// whatever a request says it costs, it takes about that much. The worst is to be within 20 times of the best.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CASES, fieldsThatNeedACase, selection } from './cost-cases.js'
import { adoptTable } from './point-table.js'

/** Measured, and worse than asked: `run.js` keeps what was printed. */
const WORSE_THAN_ASKED = 3
const WITHIN = 20
/** A question is asked under so many names that what every request takes is a small part of it. */
const LEAST_COST = 40_000
const MOST_TOKENS = 4000
/** And is asked again until it has taken so many milliseconds of the processor, or so often. */
const LEAST_MS = 30
const MOST_ROUNDS = 40
/** Only the fields whose names match it. */
const ONLY = new RegExp(process.env.BENCH_ONLY ?? '')
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

const missing = fieldsThatNeedACase(readFileSync(here('../schema.graphql'), 'utf8')).filter((one) => !CASES[one])
if (missing.length > 0) throw new Error(`no case in bench/cost-cases.js for ${missing.join(', ')}`)

const METRICS_PORT = 4391
const folder = process.env.BENCH_DATA_DIR ?? mkdtempSync(join(tmpdir(), 'dienbien-cost-'))
const environment = {
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: '',
  DATA_DIR: folder,
  DEMO: '1',
  PORT: '0',
  MAX_COMPLEXITY: '100000000',
  METRICS_PORT: String(METRICS_PORT),
}
const server = spawn(process.execPath, ['--max-semi-space-size=32', here('../packages/server/dist/main.js')], {
  env: environment,
  stdio: ['ignore', 'pipe', process.env.BENCH_PROGRESS ? 'inherit' : 'ignore'],
})
const url = await new Promise((resolve, reject) => {
  server.stdout.on('data', (chunk) => {
    const ready = /ready (\S+)/.exec(String(chunk))
    if (ready) resolve(ready[1])
  })
  server.once('exit', () => reject(new Error('the server did not start')))
})

try {
  const command = here('../packages/server/dist/commands/dienbien.js')
  const headersOf = (...jwt) => {
    const token = execFileSync(process.execPath, [command, 'jwt', ...jwt], { env: environment, encoding: 'utf8' })
    return { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` }
  }
  const administrator = headersOf('--role', 'administrator')
  async function ask(query, variables, headers = administrator) {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
    const { data, errors, extensions } = JSON.parse(await response.text())
    if (errors) throw new Error(`${errors[0].message}\n${query.slice(0, 300)}`)
    return { data, cost: extensions.cost.complexity }
  }
  /** Of the server: others who use the machine do not count. */
  async function cpuMs() {
    const text = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text()
    return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)[1]) * 1000
  }
  /**
   * Milliseconds of the processor per 1,000 of cost of a question, above those of one that asks for nothing, which is
   * asked as often right after it. Asked until that has taken a while; then four times more, of which the middle counts:
   * what the server does now and then besides falls on one or two of them, and is little beside a long one.
   */
  async function measure(question, nothing) {
    let rounds = 0
    const found = []
    while (found.length < 5) {
      let [ms, cost, times] = [0, 0, 0]
      while (rounds === 0 ? times < MOST_ROUNDS && ms < LEAST_MS : times < rounds) {
        const more = rounds || Math.max(1, Math.min(times, MOST_ROUNDS - times))
        const start = await cpuMs()
        for (let i = 0; i < more; i++) cost += (await ask(question())).cost
        const middle = await cpuMs()
        for (let i = 0; i < more; i++) await ask(nothing())
        ms += middle - start - ((await cpuMs()) - middle)
        times += more
      }
      rounds = times
      found.push((Math.max(0.01, ms) / cost) * 1000)
      if (ms > 100 * LEAST_MS) break
    }
    return found.sort((a, b) => a - b)[found.length >> 1]
  }

  let n = 0
  const values = { frozen: '' }
  const { data } = await ask(
    'mutation { freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "bench" }) { ranking { code } errors { code } } }',
  )
  values.frozen = data.freezeRanking.ranking.code
  await adoptTable(ask, (unit) => headersOf('--role', 'reporter', '--unit', unit))
  await ask(`mutation { ${selection(CASES['Mutation.saveQuery'].mutation, 0, values)} }`)
  for (let i = 0; i < 40; i++) await ask('{ units(first: 50) { nodes { evaluation { results { status } } } } }')
  for (let i = 0; i < 300; i++) await ask(i % 2 ? '{ __typename }' : `{ __typename } # ${n++}`)
  const many = Array.from({ length: 300 }, (_, i) => `a${i}: unit(code: "096") { name }`).join(' ')
  for (let i = 0; i < 20; i++) await ask(`{ ${many} } # ${n++}`)

  const rows = []
  for (const [field, one] of Object.entries(CASES)) {
    if (one.as || !ONLY.test(field)) continue
    const [kind, text] = one.mutation ? ['mutation', one.mutation] : ['query', one]
    const alone = () => `${kind} { a: ${selection(text, n++, values)} }`
    const first = alone()
    await ask(first)
    // What is asked again costs what it does from then on; a change is not made twice.
    const single = await ask(one.mutation ? alone() : first)
    const tokens = 3 + text.match(/\w+|[^\s\w,]/g).length
    const names = one.mutation
      ? 5
      : Math.max(1, Math.min(Math.floor(MOST_TOKENS / tokens), Math.ceil(LEAST_COST / single.cost)))
    const question = (number) =>
      `${kind} { ${Array.from({ length: names }, (_, i) => `a${i}: ${selection(text, number(), values)}`).join(' ')} }`
    const cold = await measure(
      () => `${question(() => n++)} # ${n++}`,
      () => `{ __typename } # ${n++}`,
    )
    let warm = cold
    if (!one.mutation) {
      // Of other units and dates each, as a page asks: what is the same under many names is looked up once.
      let i = 0
      const same = question(() => i++)
      for (let i = 0; i < 3; i++) await ask(same)
      warm = await measure(
        () => same,
        () => '{ __typename }',
      )
    }
    if (process.env.BENCH_PROGRESS)
      console.error(field, names, Math.round(single.cost), cold.toFixed(2), warm.toFixed(2))
    rows.push({ field, cost: Math.round(single.cost), cold, warm })
  }
  const all = rows.flatMap(({ field, cold, warm }) => [
    { name: `${field}, cold`, ms: cold },
    { name: `${field}, warm`, ms: warm },
  ])
  all.sort((a, b) => a.ms - b.ms)
  console.error('| field | cost of one | ms per 1,000, cold | warm |\n| --- | --- | --- | --- |')
  for (const { field, cost, cold, warm } of rows.sort((a, b) => Math.max(b.cold, b.warm) - Math.max(a.cold, a.warm))) {
    console.error(`| ${field} | ${cost} | ${cold.toFixed(2)} | ${warm.toFixed(2)} |`)
  }
  const [best, worst] = [all[0], all.at(-1)]
  const times = worst.ms / best.ms
  console.log(
    `${rows.length} fields: from ${best.ms.toFixed(2)} ms for 1,000 of cost (${best.name}) to ${worst.ms.toFixed(2)} ms (${worst.name}), ${times.toFixed(0)} times as much`,
  )
  if (times > WITHIN) process.exitCode = WORSE_THAN_ASKED
} finally {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  if (!process.env.BENCH_DATA_DIR) rmSync(folder, { recursive: true, force: true })
}
