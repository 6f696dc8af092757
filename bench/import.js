// 100,000 figures from a CSV file into PostgreSQL, beside COPY of the same rows into the same table with the same triggers.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openDatabase } from '../packages/server/dist/database/open.js'
import { loadRegister } from '../packages/server/dist/figures/register.js'
import { readImport } from '../packages/server/dist/measurements/import.js'
import { storeImport } from '../packages/server/dist/measurements/import-store.js'
import { MEASURED_EVERYWHERE, median } from './invented.js'

const SERVER = process.env.BENCH_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres'
const ROWS = 100_000
const RUNS = 5

const admin = new pg.Client({ connectionString: SERVER })
await admin.connect()
const name = 'dienbien_bench_import'
const url = new URL(SERVER)
url.pathname = `/${name}`

async function fresh() {
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  return openDatabase({ databaseUrl: url.toString(), dataDir: '', demo: false })
}

const first = await fresh()
const register = await loadRegister(first.prisma)
const { units } = register.on('2022-12-31')
await first.close()
const rows = []
for (let day = 1; rows.length < ROWS; day++) {
  const date = new Date(Date.UTC(2022, 0, day)).toISOString().slice(0, 10)
  for (const { code } of units)
    for (const id of MEASURED_EVERYWHERE)
      if (rows.length < ROWS) rows.push([code, id, date, 'official', (rows.length * 7919) % 101])
}
const csv = Buffer.from(`unit,indicator,date,status,value\n${rows.map((row) => row.join(',')).join('\n')}\n`)
const defaults = { year: 2022, asOf: null, status: null, source: null, numbers: 'en' }
const author = { subject: 'bench', role: 'command', origin: null, reason: 'bench' }
const timed = async (work) => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const times = { copy: [], read: [], store: [] }
for (let run = 0; run < RUNS; run++) {
  const database = await fresh()
  const client = await database.pool.connect()
  times.copy.push(
    await timed(async () => {
      const stream = client.query(
        copyFrom(
          'copy measurements (unit_code, indicator_id, as_of, status, value, year, recorded_by) from stdin (format csv)',
        ),
      )
      await pipeline(Readable.from([rows.map((row) => `${row.join(',')},2022,bench`).join('\n')]), stream)
    }),
  )
  client.release()
  await database.close()

  const other = await fresh()
  let figures
  times.read.push(
    await timed(async () => {
      const read = await readImport(
        { name: 'figures.csv', bytes: csv },
        (day) => register.on(day ?? '2022-12-31'),
        defaults,
      )
      if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems[0]))
      figures = read.figures
    }),
  )
  times.store.push(await timed(() => storeImport(other.prisma, author, figures)))
  await other.close()
}
await admin.query(`drop database if exists ${name} with (force)`)
await admin.end()

const [copy, read, store] = [times.copy, times.read, times.store].map(median)
console.log(`\nimport: ${rows.length.toLocaleString('en')} figures of a CSV file into PostgreSQL\n`)
console.log('| | ms | ratio |\n| --- | --- | --- |')
console.log(`| COPY of the same rows into the same table | ${copy.toFixed(0)} | 1 |`)
console.log(`| reading, checking and naming every cell | ${read.toFixed(0)} | ${(read / copy).toFixed(2)} |`)
console.log(`| storing as revisions | ${store.toFixed(0)} | ${(store / copy).toFixed(2)} |`)
console.log(`| the whole import | ${(read + store).toFixed(0)} | ${((read + store) / copy).toFixed(2)} |`)
