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
  year = 2022,
}: Record<string, unknown>): Promise<void> {
  await database.pool.query(
    `insert into measurements (unit_code, year, indicator_id, as_of, status, revision, value, withdrawn, source, recorded_by)
     select $1, $8, $2, $3, $4::measurement_status, coalesce(max(revision), 0) + 1, $5, $6, $7, 'test' from measurements
     where unit_code = $1 and year = $8 and indicator_id = $2 and as_of = $3 and status = $4::measurement_status`,
    [unit, indicator, day, status, value, withdrawn, source, year],
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
        for (const write of writes) await insert(write)
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

test('a year whose first reading failed is held to the setting all the same when it is read again', async () => {
  let cut = true
  const pool = new Proxy(database.pool, {
    get: (target, name) => {
      if (name === 'connect' && cut) return () => Promise.reject(new Error('the connection is gone'))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const small = new FigureStore(pool, database.prisma, new Changes(), logger, 1000)
  await expect(small.year(2022)).rejects.toThrow('the connection is gone')
  cut = false
  await expect(small.year(2022)).rejects.toThrow('more than FIGURES_MEMORY_MB=0.001')
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

test('a figure that is written while its year is read for the first time is in the first answer after it', async () => {
  for (let i = 1; i <= 12; i++) {
    const changes = new Changes()
    const store = new FigureStore(database.pool, database.prisma, changes, logger)
    const first = store.year(2021)
    // At another moment of the reading each time.
    await new Promise((resolve) => setTimeout(resolve, i * 4))
    const figure = { unit: '094', indicator: 'forest-cover', day: '2021-12-30', status: 'official', value: i }
    await insert({ ...figure, year: 2021, withdrawn: false, source: null })
    changes.announce(new Set(['094']))
    const seen = (await store.year(2021)).on('2021-12-31').figures('094')
    expect(seen.find(({ indicatorId }) => indicatorId === 'forest-cover')?.value).toBe(i)
    await first
  }
})

test('of the year before only its end is kept, and each kind of figures has its own', async () => {
  const ends = [
    ['11', 'estimate', 3, false],
    ['11', 'official', 5, false],
    ['094', 'preliminary', 7, false],
    ['094', 'official', 9, true],
    ['096', 'official', 8, false],
    ['096', 'official', 6, false],
  ] as const
  for (const [unit, status, value, withdrawn] of ends)
    await insert({ unit, year: 2021, indicator: 'jobs-created', day: '2021-12-31', status, value, withdrawn })
  const store = new FigureStore(database.pool, database.prisma, new Changes(), logger)
  await store.year(2021)
  const year = await store.year(2022)
  const baselines = (kinds: ('estimate' | 'preliminary' | 'official')[] | null) =>
    ['11', '094', '096'].map((unit) => year.on('2022-06-30', kinds).baselines(unit)['jobs-created'])
  expect(baselines(null)).toEqual([5, 7, 6])
  expect(baselines(['estimate'])).toEqual([3, undefined, undefined])
  expect(baselines(['estimate', 'preliminary'])).toEqual([3, 7, undefined])
  expect(baselines(['official'])).toEqual([5, undefined, 6])
  // A hundred days of each figure there, one here.
  const bytes = new Map([...store.loaded()].map((year) => [year.year, year.bytes]))
  expect(bytes.get(2022) as number).toBeLessThan((bytes.get(2021) as number) / 4)
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
