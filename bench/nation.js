// The whole country: loading a year of figures beside COPY of the same rows, memory, and ranking beside evaluating.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { directive2022 } from '../packages/targets/dist/esm/index.js'
import { drop, fillNation, fresh, laterYear, NATION, urlOf } from './databases.js'
import { median } from './invented.js'

const NAME = 'dienbien_bench_nation'
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const SHARES = process.env.BENCH_SHARES?.split(',').map(Number) ?? [0.25, 0.5, 0.75, 1]
const LOADER = fileURLToPath(new URL('./nation-load.js', import.meta.url))

async function copyOut(...years) {
  const client = new pg.Client({ connectionString: urlOf(NAME) })
  await client.connect()
  const start = performance.now()
  const stream = client.query(
    copyTo(
      `copy (select unit_code, indicator_id, as_of, status, revision, value, synthetic, withdrawn, source from measurements where year in (${years})) to stdout`,
    ),
  )
  for await (const _ of stream);
  const ms = performance.now() - start
  await client.end()
  return ms
}

/** In a process of its own, so that its memory is only that. */
const load = (...years) =>
  new Promise((resolve, reject) => {
    const child = fork(LOADER, [urlOf(NAME), ...years], { execArgv: ['--expose-gc'] })
    child.once('message', resolve)
    child.once('exit', (code) => code && reject(new Error(`the loader exited with ${code}`)))
  })

const scale = (share) =>
  Object.fromEntries(
    Object.entries(NATION).map(([key, n]) => [key, key === 'months' ? n : Math.max(1, Math.round(n * share))]),
  )
const plot = []
let whole
for (const share of SHARES) {
  const { pool, close } = await fresh(NAME)
  await fillNation(pool, directive2022.indicators, scale(share))
  await close()
  const [copies, loads] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    copies.push(await copyOut(2022))
    loads.push(await load(2022))
  }
  const of = (key) => median(loads.map((one) => one[key]))
  whole = {
    figures: loads[0].figures,
    units: loads[0].units,
    copy: median(copies),
    load: of('load'),
    rss: of('rss'),
    evaluate: of('evaluate'),
    rank: of('rank'),
    view: of('view'),
  }
  plot.push(whole)
  console.error(`${share * 100}% of the country: ${JSON.stringify(whole)}`)
}
const YEARS = [2022, 2023, 2024]
for (const year of YEARS.slice(1)) await laterYear(NAME, year)
const three = { ...(await load(...YEARS)), copy: await copyOut(...YEARS) }
console.error(`three years of it: ${JSON.stringify(three)}`)
await drop(NAME)

const { figures, units, copy, load: loading, rss, evaluate, rank, view } = whole
console.log(`\nthe country: ${units.toLocaleString('en')} units, ${figures.toLocaleString('en')} figures\n`)
console.log('| | | ratio |\n| --- | --- | --- |')
console.log(`| COPY … TO STDOUT of the same rows | ${(copy / 1000).toFixed(1)} s | 1 |`)
console.log(`| loading them into memory | ${(loading / 1000).toFixed(1)} s | ${(loading / copy).toFixed(2)} |`)
console.log(`| resident memory with them | ${rss.toFixed(0)} MB | |`)
console.log(`| the first question of a date: which figures count | ${view.toFixed(0)} ms | |`)
console.log(`| evaluateTable alone, one date | ${evaluate.toFixed(1)} ms | 1 |`)
console.log(
  `| evaluating, scoring and ranking the same table | ${rank.toFixed(1)} ms | ${(rank / evaluate).toFixed(2)} |`,
)
console.log(
  `\n${YEARS.length} years of it, each with its directive, ${three.figures.toLocaleString('en')} figures\n\n| | | ratio |\n| --- | --- | --- |`,
)
console.log(`| COPY … TO STDOUT of the same rows | ${(three.copy / 1000).toFixed(1)} s | 1 |`)
console.log(
  `| loading them into memory, and of each year the one before | ${(three.load / 1000).toFixed(1)} s | ${(three.load / three.copy).toFixed(2)} |`,
)
console.log(`| their columns (\`FIGURES_MEMORY_MB\`, by default 512) | ${three.bytes.toFixed(0)} MB | |`)
console.log(`| resident memory with them | ${three.rss.toFixed(0)} MB | |`)
console.log(`| then: a unit's figures on a day of each year | ${three.across.toFixed(0)} ms | |`)
const list = (values) => `[${values.join(', ')}]`
console.log(`
\`\`\`mermaid
xychart-beta
  title "Loading figures into memory: seconds by millions of figures"
  x-axis ${list(plot.map((one) => (one.figures / 1e6).toFixed(1)))}
  y-axis "s"
  line ${list(plot.map((one) => (one.load / 1000).toFixed(2)))}
\`\`\`

\`\`\`mermaid
xychart-beta
  title "Evaluating, scoring and ranking: milliseconds by thousands of units"
  x-axis ${list(plot.map((one) => (one.units / 1000).toFixed(1)))}
  y-axis "ms"
  line ${list(plot.map((one) => one.rank.toFixed(1)))}
\`\`\``)
