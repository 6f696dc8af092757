// The figures in memory against the database's own answer: random figures, corrections and withdrawals.
import fc from 'fast-check'
import { Pool } from 'pg'
import { pino } from 'pino'
import { type Database, openDatabase } from '../dist/database/open.js'
import { Changes } from '../dist/figures/changes.js'
import { newestFigures } from '../dist/figures/newest.js'
import { FigureStore } from '../dist/figures/store.js'
import { cleanUp, onPostgres, ownDatabase } from './harness.ts'

const UNITS = ['11', '094', '096', '03124']
const INDICATORS = ['poverty-rate', 'jobs-created', 'forest-cover']
let database: Database
const logger = pino({ level: 'silent' })

beforeAll(async () => {
  const { DATABASE_URL, DATA_DIR } = await ownDatabase('plain')
  database = await openDatabase({ databaseUrl: DATABASE_URL ?? null, dataDir: DATA_DIR ?? '', demo: false })
})
afterAll(async () => {
  await database.close()
  await cleanUp()
})

const write = fc.record({
  unit: fc.constantFrom(...UNITS),
  indicator: fc.constantFrom(...INDICATORS),
  day: fc.constantFrom('2022-01-01', '2022-03-31', '2022-06-30', '2022-12-31'),
  status: fc.constantFrom('estimate', 'preliminary', 'official'),
  value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  withdrawn: fc.boolean(),
  source: fc.option(
    fc.string({ maxLength: 20 }).filter((text) => !text.includes('\u0000')),
    { nil: null },
  ),
})

async function insert({
  unit,
  indicator,
  day,
  status,
  value,
  withdrawn,
  source,
}: Record<string, unknown>): Promise<void> {
  await database.pool.query(
    `insert into measurements (unit_code, year, indicator_id, as_of, status, revision, value, withdrawn, source, recorded_by)
     select $1, 2022, $2, $3, $4::measurement_status, coalesce(max(revision), 0) + 1, $5, $6, $7, 'test' from measurements
     where unit_code = $1 and year = 2022 and indicator_id = $2 and as_of = $3 and status = $4::measurement_status`,
    [unit, indicator, day, status, value, withdrawn, source],
  )
}

test('whatever is written, corrected and withdrawn: memory answers as the database does, at once', async () => {
  const changes = new Changes()
  const store = new FigureStore(database.pool, database.prisma, changes, logger)
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('2022-01-01', '2022-04-15', '2022-06-30', '2022-12-31'),
      async (writes, asOf) => {
        for (const one of writes) await insert(one)
        changes.announce(new Set(writes.map(({ unit }) => unit)))
        const day = (await store.year(2022)).on(asOf)
        const expected = await newestFigures(database.prisma, UNITS, 2022, asOf)
        for (const unit of UNITS) {
          const mine = day.figures(unit)
          const theirs = expected.filter(({ unitCode }) => unitCode === unit)
          expect(new Map(mine.map(({ indicator, ...figure }) => [indicator.id, figure]))).toEqual(
            new Map(
              theirs.map(({ unitCode, year, indicatorId, asOf: on, status, revision, value, source, synthetic }) => [
                indicatorId,
                { unitCode, year, indicatorId, asOf: on, status, revision, value, source, synthetic },
              ]),
            ),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a year that needs more memory than the setting is refused by name; years are dropped when room is needed', async () => {
  const small = new FigureStore(database.pool, database.prisma, new Changes(), logger, 1000)
  await expect(small.year(2022)).rejects.toThrow('more than FIGURES_MEMORY_MB=0.001')
  const { bytes } = await new FigureStore(database.pool, database.prisma, new Changes(), logger).year(2022)
  const two = new FigureStore(database.pool, database.prisma, new Changes(), logger, bytes + 10)
  await two.year(2022)
  expect((await two.year(2021)).size).toBe(2)
  expect((await two.year(2022)).size).toBeGreaterThan(5)
})

test('a figure takes 16 bytes in memory, whatever the number of dates', async () => {
  await database.pool.query(`insert into measurements (unit_code, year, indicator_id, as_of, status, value, recorded_by)
    select u.code, 2021, i, make_date(2021, 1, 1) + d, 'official', 1, 'test'
    from units u, unnest(array['poverty-rate', 'jobs-created', 'forest-cover']) i, generate_series(1, 100) d`)
  const year = await new FigureStore(database.pool, database.prisma, new Changes(), logger).year(2021)
  expect(year.size).toBeGreaterThan(42_000)
  expect(year.bytes / year.size).toBeLessThan(17)
})

test('writes and reads at once: a read after a write sees it', async () => {
  const changes = new Changes()
  const store = new FigureStore(database.pool, database.prisma, changes, logger)
  await store.year(2022)
  await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const unit = UNITS[i % UNITS.length] as string
      const day = `2022-05-${String(i + 1).padStart(2, '0')}`
      await insert({
        unit,
        indicator: 'grdp-growth',
        day,
        status: 'official',
        value: i,
        withdrawn: false,
        source: null,
      })
      changes.announce(new Set([unit]))
      const seen = (await store.year(2022)).on(day).figures(unit)
      expect(seen.find(({ indicatorId }) => indicatorId === 'grdp-growth')).toMatchObject({ value: i, asOf: day })
    }),
  )
})

if (onPostgres()) {
  test('a lost connection is taken up again, and everything is read anew', async () => {
    const changes = new Changes()
    const url = database.url as string
    await changes.follow(url, database.pool, logger)
    const store = new FigureStore(database.pool, database.prisma, changes, logger)
    await store.year(2022)
    const other = new Pool({ connectionString: url, max: 1 })
    try {
      const { rowCount } = await other.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query ~ '^(listen|notify) ' and datname = current_database()",
      )
      expect(rowCount).toBe(1)
      await insert({
        unit: '094',
        indicator: 'grdp-growth',
        day: '2022-02-02',
        status: 'official',
        value: 42,
        withdrawn: false,
        source: null,
      })
      const deadline = Date.now() + 30_000
      let value: number | undefined
      while (value !== 42 && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        value = (await store.year(2022))
          .on('2022-02-02')
          .figures('094')
          .find(({ indicatorId }) => indicatorId === 'grdp-growth')?.value
      }
      expect(value).toBe(42)
    } finally {
      await other.end()
      await changes.close()
    }
  })
}
