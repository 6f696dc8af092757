import { pino } from 'pino'
import { openDatabase } from '../packages/server/dist/database/open.js'
import { Changes } from '../packages/server/dist/figures/changes.js'
import { FigureStore } from '../packages/server/dist/figures/store.js'
import { compileScores, rankTable } from '../packages/targets/dist/esm/emulation/index.js'
import { compile, directive2022 } from '../packages/targets/dist/esm/index.js'
import { median } from './invented.js'

const database = await openDatabase({ databaseUrl: process.argv[2], dataDir: '', demo: false })
const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2))
const store = new FigureStore(database.pool, database.prisma, new Changes(), logger)
const asked = process.argv.slice(3).map(Number)
const start = performance.now()
for (const year of asked) await store.year(year)
const load = performance.now() - start
const loaded = [...store.loaded()]
const figures = loaded.reduce((sum, { size }) => sum + size, 0)
const bytes = loaded.reduce((sum, one) => sum + one.bytes, 0)
// Asked about again: a year that had to go for the others would be loaded anew, and time would tell.
const again = performance.now()
for (const year of asked) (await store.year(year)).on(`${year}-06-30`).figures('d001')
const across = performance.now() - again
const year = await store.year(2022)
const second = performance.now()
const { values } = year.on('2022-12-31').table
const view = performance.now() - second
globalThis.gc()
const rss = process.memoryUsage().rss / 1e6

// Units stand by level: a program for each, and the parts of the table that are theirs.
const { units } = year.registry
const width = values.length / units.length
const parts = ['province', 'district', 'commune'].map((unitLevel) => {
  const rows = units.filter(({ level }) => level === unitLevel).length
  const first = units.findIndex(({ level }) => level === unitLevel)
  const options = { unitLevel, asOf: '2022-12-31' }
  return {
    table: values.subarray(first * width, (first + rows) * width),
    program: compile(options),
    scores: compileScores(directive2022, options),
    rows,
    options,
  }
})
// Districts compete in their province, communes in their district.
const rowOf = new Map(units.map(({ id }, row) => [id, row]))
for (const part of parts) {
  const first = units.findIndex(({ level }) => level === part.options.unitLevel)
  part.groups = Int32Array.from({ length: part.rows }, (_, i) => rowOf.get(units[first + i].parentId) ?? 0)
  part.codes = new Uint8Array(part.table.length)
}
function timed(work) {
  const times = []
  for (let i = 0; i < 31; i++) {
    const begin = performance.now()
    work()
    times.push(performance.now() - begin)
  }
  return median(times)
}
const evaluate = timed(() => {
  for (const { program, table, codes } of parts) program.evaluateTable(table, codes)
})
const rank = timed(() => {
  for (const { program, scores, table, codes, groups } of parts) {
    program.evaluateTable(table, codes)
    rankTable(scores.scoreTable(table), groups)
  }
})
process.send({ load, across, view, rss, bytes: bytes / 1e6, evaluate, rank, figures, units: units.length })
await database.close()
process.exit(0)
