// What goes wrong around a server: processes killed, connections cut, disks full. Nothing acknowledged may be lost.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { startEmbedded } from '../dist/database/embedded.js'
import { MIGRATIONS, migrate } from '../dist/database/migrate.js'
import { cleanUp, launch, onPostgres, ownDatabase, prepared, type RunningServer, start } from './harness.ts'
import { load } from './load.ts'
import { OwnPostgres, withPostgres } from './postgres.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'
import { RUNS, record } from './trust-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'dienbien-faults-'))
afterAll(async () => {
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !condition(); i++) await wait(5)
}
/** The TCP sockets of a process that take connections, as Linux tells of them. */
function listening(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((name) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${name}`)
      } catch {
        return '' // closed meanwhile
      }
    }),
  )
  return ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === '0A' && sockets.has(`socket:[${columns[9]}]`))
      .map((columns) => columns[1] as string),
  )
}
const engine = onPostgres() ? 'PostgreSQL' : 'the embedded database'

const SUBMIT = `mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { measurements { revision } errors { code } } }`
/** Whole numbers, so that they are told apart exactly. */
const WRITTEN = ['macadamia-planted', 'new-rural-total', 'new-rural-met'] as const

interface Acknowledged {
  readonly indicator: string
  readonly revision: number
  readonly value: number
}

test(`killed in the middle of writes, ${RUNS} times: no acknowledged figure is lost, the trail has no gap`, async () => {
  const environment = { DATA_DIR: join(folder, 'kill'), ...(await ownDatabase('plain')) }
  const token = tokens(() => environment)
  const acknowledged: Acknowledged[] = []
  let value = 0
  const write = async (server: RunningServer, indicator: string, headers: Record<string, string>) => {
    for (;;) {
      const input = {
        unit: '102',
        year: 2022,
        asOf: '2022-09-30',
        status: 'OFFICIAL',
        source: 'Thử ngắt',
        values: [{ indicator, value: ++value }],
      }
      const answer = await server
        .query<{ submitMeasurements: { measurements: { revision: number }[] } }>(SUBMIT, { input }, headers)
        .catch(() => null)
      const stored = answer?.data?.submitMeasurements.measurements[0]
      if (!stored) return
      acknowledged.push({ indicator, revision: stored.revision, value: input.values[0]?.value as number })
    }
  }
  let headers: Record<string, string> = {}
  for (let run = 0; run < RUNS; run++) {
    const server = await start(environment)
    if (run === 0) headers = bearer(token('--role', 'reporter', '--unit', '102', '--expires', '2h'))
    const before = acknowledged.length
    const writers = WRITTEN.map((indicator) => write(server, indicator, headers))
    await Promise.race([...writers, until(() => acknowledged.length > before)])
    expect(acknowledged.length).toBeGreaterThan(before)
    await wait(Math.random() * 200)
    server.process.kill('SIGKILL')
    await Promise.all(writers)
  }
  const server = await start(environment)
  const { data } = await server.query<{ unit: Record<string, { revision: number; value: number }[]> }>(
    `{ unit(code: "102") { ${WRITTEN.map((id, i) => `a${i}: history(indicator: "${id}") { revision value }`).join(' ')} } }`,
  )
  const kept = new Map(
    WRITTEN.flatMap((id, i) =>
      (data.unit[`a${i}`] ?? []).map(({ revision, value: stored }) => [`${id} ${revision}`, stored]),
    ),
  )
  const lost = acknowledged.filter(
    ({ indicator, revision, value: sent }) => kept.get(`${indicator} ${revision}`) !== sent,
  )
  expect(lost).toEqual([])
  const { data: trail } = await server.query<{ trailGaps: unknown[] }>(
    '{ trailGaps { batch } }'.replace('batch', '__typename'),
    {},
    bearer(token('--role', 'council')),
  )
  expect(trail.trailGaps).toEqual([])
  expect(await server.stop()).toBe(0)
  record({
    suite: 'fault',
    done: `SIGKILL in the middle of writes, ${engine}`,
    times: RUNS,
    found: `${acknowledged.length} figures acknowledged, 0 lost; trail without a gap`,
  })
}, 600_000)

const QUESTIONS = [
  '{ matrix(level: DISTRICT) { units { code } } }',
  '{ ranking { clusters { rank members { rank score } } } }',
  '{ units(first: 50) { nodes { name evaluation { summary { met } } } } }',
  '{ savedQueries { slug } }',
]
let asked = 0
const question = () => ({ query: QUESTIONS[asked++ % QUESTIONS.length] as string })

/** Follows changes until the server ends it. */
async function follow(url: string): Promise<{ ended: Promise<'whole' | 'cut'> }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { evaluationChanged(unit: "102") { at } }' }),
  })
  expect(response.status).toBe(200)
  return {
    ended: response.text().then(
      () => 'whole',
      () => 'cut',
    ),
  }
}

test(`told to stop under load, ${Math.ceil(RUNS / 5)} times: what was taken is answered, live answers end`, async () => {
  const environment = await ownDatabase('plain')
  const times = Math.ceil(RUNS / 5)
  let answered = 0
  let followers = 0
  for (let run = 0; run < times; run++) {
    const server = await start(environment)
    const live = await Promise.all(Array.from({ length: 4 }, () => follow(server.url)))
    const clients = load(server.url, 8, question)
    await wait(700)
    expect(await server.stop()).toBe(0)
    await clients.stop()
    expect(clients.broken).toBe(0)
    expect(clients.outcomes.filter(({ status }) => status !== 200)).toEqual([])
    expect(clients.outcomes.length).toBeGreaterThan(0)
    expect(await Promise.all(live.map(({ ended }) => ended))).toEqual(['whole', 'whole', 'whole', 'whole'])
    answered += clients.outcomes.length
    followers += live.length
  }
  record({
    suite: 'fault',
    done: `SIGTERM under load, ${engine}`,
    times,
    found: `${answered} requests answered, 0 broken; ${followers} subscriptions ended cleanly; exit 0`,
  })
}, 300_000)

test('a migration that fails half-way is rolled back, said, and done when it is mended', async () => {
  const migrations = join(folder, 'migrations')
  cpSync(MIGRATIONS, migrations, { recursive: true })
  const broken = join(migrations, '99991231235959_broken')
  mkdirSync(broken)
  writeFileSync(
    join(broken, 'migration.sql'),
    'create table half_way (id int); insert into half_way values (1); selec 1;',
  )
  const embedded = onPostgres() ? null : await startEmbedded(join(folder, 'migration'))
  const pool = new Pool({
    connectionString: embedded?.url ?? (await ownDatabase(null)).DATABASE_URL ?? '',
    max: 1,
  })
  await expect(migrate(pool, migrations)).rejects.toThrow(
    /^migration "99991231235959_broken" failed and was rolled back: syntax error at or near "selec"/,
  )
  const tables = async () =>
    (await pool.query("select count(*)::int as count from pg_tables where schemaname = 'public'")).rows[0].count
  expect(await tables()).toBe(0)
  writeFileSync(join(broken, 'migration.sql'), 'create table half_way (id int);')
  expect(await migrate(pool, migrations)).toContain('99991231235959_broken')
  expect(await tables()).toBeGreaterThan(10)
  await pool.end()
  await embedded?.close()
  record({ suite: 'fault', done: `a migration that fails half-way, ${engine}`, times: 1, found: 'rolled back, said' })
})

if (!onPostgres()) {
  test('five processes at once on one empty folder: one serves, four say who has it', async () => {
    const environment = { DATA_DIR: join(folder, 'shared') }
    const all = Array.from({ length: 5 }, () => launch(environment))
    const ready = ({ process: child, output }: (typeof all)[number]) =>
      new Promise<'serves'>((resolve) => {
        child.stdout?.on('data', () => output.out.includes('ready') && resolve('serves'))
      })
    // The one that serves does not exit.
    const became = await Promise.all(all.map((server) => Promise.race([server.exit, ready(server)])))
    expect([...became].sort()).toEqual([1, 1, 1, 1, 'serves'])
    for (const { output } of all.filter(({ output }) => !output.out)) expect(output.err).toMatch(/is in use by/)
    for (const { process: child, exit } of all) {
      child.kill('SIGTERM')
      await exit
    }
    record({
      suite: 'fault',
      done: 'five processes at once on one DATA_DIR',
      times: 1,
      found: 'one serves, four say who has it',
    })
  }, 300_000)

  const asRoot = process.getuid?.() === 0 && process.platform === 'linux' ? test : test.skip
  const mounted = (options: string, work: (folder: string) => Promise<void>) => async () => {
    const disk = mkdtempSync(join(tmpdir(), 'dienbien-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk])
    try {
      await work(disk)
    } finally {
      execFileSync('umount', ['-l', disk])
      rmSync(disk, { recursive: true, force: true })
    }
  }

  asRoot('another user of the machine can neither reach the embedded database nor read its files', async () => {
    const environment = await ownDatabase('plain')
    const data = environment.DATA_DIR as string
    // As earlier versions left it.
    chmodSync(data, 0o755)
    chmodSync(join(data, 'postgres'), 0o755)
    const server = await start(environment)
    const nobody = (program: string) => {
      const id = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }))
      return execFileSync(process.execPath, ['-e', program, data], {
        uid: id,
        gid: id,
        cwd: '/',
        encoding: 'utf8',
      }).trim()
    }
    const codeOf = (work: string) =>
      nobody(`try { ${work}; console.log('done') } catch (error) { console.log(error.code) }`)
    const read = (path: string) => codeOf(`require('fs').readFileSync(process.argv[1] + '/${path}')`)
    expect(nobody('console.log(require("fs").readdirSync(process.argv[1]).includes("postgres"))')).toBe('true')
    expect(read('postgres/PG_VERSION')).toBe('EACCES')
    expect(read('token-key')).toBe('EACCES')
    expect(codeOf(`require('fs').readdirSync(process.argv[1] + '/postgres')`)).toBe('EACCES')
    const connected = nobody(
      `require('net').connect(process.argv[1] + '/socket/.s.PGSQL.5432').on('error', ({ code }) => console.log(code))
        .on('connect', function () { console.log('connected'); this.destroy() })`,
    )
    expect(connected).toBe('EACCES')
    // Its own user does get in, and nothing but HTTP listens on the network.
    const pool = new Pool({ host: join(data, 'socket'), user: 'postgres', database: 'postgres', max: 1 })
    expect((await pool.query('select count(*)::int as count from units')).rows).toEqual([{ count: 140 }])
    // Wherever the folder goes: no file in it, of before or made since, says more than its folder.
    await pool.query('create table made_since as select generate_series(1, 20000)')
    const open = readdirSync(join(data, 'postgres'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => (statSync(join(data, 'postgres', name)).mode & 0o077) !== 0,
    )
    expect(open).toEqual([])
    await pool.end()
    expect(listening(server.process.pid as number)).toHaveLength(1)
    expect(await server.stop()).toBe(0)
    record({
      suite: 'fault',
      done: 'another user of the machine tries to read and reach the embedded database',
      times: 1,
      found: 'files and socket refuse it; no port but that of HTTP',
    })
  })

  test('a data folder with a name too long for a socket is served all the same', async () => {
    const { DATA_DIR } = await ownDatabase('plain')
    const long = join(folder, 'thu-muc-'.repeat(20))
    cpSync(DATA_DIR as string, long, { recursive: true })
    const server = await start({ DATA_DIR: long, LOG_LEVEL: 'info' })
    expect((await server.query('{ units { totalCount } }')).data).toEqual({ units: { totalCount: 140 } })
    expect(server.log()).toMatch(/"socketFolder":"[^"]{1,90}"/)
    expect(await server.stop()).toBe(0)
  })

  asRoot(
    'a backup or a report that finds no room, no folder or no right: one line, and no half file',
    mounted('size=64k', async (disk) => {
      const environment = await ownDatabase('demo')
      const run = (name: string, ...parameters: string[]) => {
        const { status, stderr } = spawnSync(process.execPath, [DIENBIEN, name, ...parameters], {
          env: { ...process.env, NODE_OPTIONS: '', ...environment },
          encoding: 'utf8',
        })
        return { status, last: stderr.trim().split('\n').at(-1), stack: /^ +at /m.test(stderr) }
      }
      const ending = (last: string) => ({ status: 1, last, stack: false })
      const full = join(disk, 'whole.gz')
      expect(run('backup', full)).toEqual(ending(`${full}: đĩa đã đầy`))
      const none = join(disk, 'none', 'a.gz')
      expect(run('backup', none)).toEqual(ending(`${none}.part: không có tệp hoặc thư mục này`))
      expect(run('restore', none)).toEqual(ending(`${none}: không có tệp hoặc thư mục này`))
      expect(run('report', '--format', 'html', '--out', none)).toEqual(ending(`${none}: không có tệp hoặc thư mục này`))
      expect(run('import', none)).toEqual(ending(`${none}: không có tệp hoặc thư mục này`))
      expect(run('restore', disk)).toEqual(ending(expect.stringMatching(/thư mục/) as unknown as string))
      writeFileSync(join(disk, 'text'), 'no backup')
      expect(run('restore', join(disk, 'text')).last).toMatch(/text không phải là bản sao lưu, hoặc không nguyên vẹn/)
      expect(readdirSync(disk)).toEqual(['text'])
      record({
        suite: 'fault',
        done: 'backup, restore, report and import on a full disk, a missing folder, a file that is none',
        times: 1,
        found: 'one line that names the file and why, exit code 1, no half file',
      })
    }),
  )

  asRoot(
    'a data folder that can only be read is refused by name',
    mounted('size=200m', async (disk) => {
      cpSync(join(prepared().folder as string, 'plain'), disk, { recursive: true })
      execFileSync('mount', ['-o', 'remount,ro', disk])
      const { output, exit } = launch({ DATA_DIR: disk })
      expect(await exit).toBe(1)
      expect(output.err).toMatch(
        /^cannot start: DATA_DIR \S+ cannot be written \(EROFS\): choose another, or grant access$/m,
      )
      record({ suite: 'fault', done: 'read-only DATA_DIR', times: 1, found: 'refused by name at start' })
    }),
  )

  asRoot(
    'a full disk: writes are refused by name, reading goes on, and with room again all that was acknowledged is there',
    mounted('size=200m', async (disk) => {
      cpSync(join(prepared().folder as string, 'plain'), disk, { recursive: true })
      const environment = { DATA_DIR: disk }
      let server = await start(environment)
      const headers = bearer(tokens(() => environment)('--role', 'reporter', '--unit', '102'))
      const write = (value: number) =>
        server.query<{ submitMeasurements: { measurements: unknown[] } | null }>(
          SUBMIT,
          {
            input: {
              unit: '102',
              year: 2022,
              asOf: '2022-09-30',
              status: 'OFFICIAL',
              source: 'x'.repeat(10_000),
              values: [{ indicator: 'macadamia-planted', value }],
            },
          },
          headers,
        )
      expect((await write(0)).errors).toBeUndefined()
      const ballast = join(disk, 'ballast')
      try {
        execFileSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'], { stdio: 'ignore' })
      } catch {
        // It ends where the disk is full.
      }
      let acknowledged = 1
      let refusal: unknown
      for (let i = 1; i < 2000 && !refusal; i++) {
        const { errors, data } = await write(i)
        if (errors || !data.submitMeasurements?.measurements.length) refusal = errors?.[0]
        else acknowledged++
      }
      expect(refusal).toMatchObject({ extensions: { code: 'DATABASE_FULL' } })
      const names = await server.query('{ units(first: 1) { nodes { code } } }')
      expect(names.data).toEqual({ units: { nodes: [{ code: '11' }] } })
      for (let i = 0; i < 600; i++)
        if ((await write(3000 + i)).data?.submitMeasurements?.measurements.length) acknowledged++
      rmSync(ballast)
      const after = await write(5000)
      await server.stop()
      server = await start(environment)
      const { data } = await server.query<{ unit: { history: { value: number }[] } }>(
        '{ unit(code: "102") { history(indicator: "macadamia-planted") { value } } }',
      )
      expect(data.unit.history.length).toBe(acknowledged + (after.errors ? 0 : 1))
      await server.stop()
      record({
        suite: 'fault',
        done: 'disk full under the embedded database',
        times: 1,
        found: `${acknowledged} writes acknowledged, 0 lost; DATABASE_FULL; reading goes on`,
      })
    }),
  )
}

withPostgres('a PostgreSQL server of its own', () => {
  let postgres: OwnPostgres
  beforeAll(async () => {
    postgres = await OwnPostgres.create()
  }, 60_000)
  afterAll(() => postgres.remove())

  test('two servers at once on an empty database: one migrates, both serve', async () => {
    const times = Math.ceil(RUNS / 5)
    for (let run = 0; run < times; run++) {
      await postgres.ask(`create database twins${run}`)
      const environment = { DATABASE_URL: postgres.url(`twins${run}`), DATA_DIR: join(folder, 'twins') }
      const both = await Promise.all([start(environment), start(environment)])
      for (const server of both) {
        expect((await server.query('{ units { totalCount } }')).data).toEqual({ units: { totalCount: 140 } })
      }
      const [{ count }] = (await postgres.ask<{ count: number }>(
        'select count(*)::int as count from _prisma_migrations',
        `twins${run}`,
      )) as [{ count: number }]
      expect(count).toBe((await import('node:fs')).readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name)).length)
      await Promise.all(both.map((server) => server.stop()))
    }
    record({
      suite: 'fault',
      done: 'two servers started at once on an empty database',
      times,
      found: 'one migrated, both served',
    })
  }, 300_000)

  test('PostgreSQL stopped and started under load: typed errors, readiness, no hang, no connection left over', async () => {
    await postgres.ask('create database outage')
    const environment = { DATABASE_URL: postgres.url('outage'), DATA_DIR: join(folder, 'outage') }
    const server = await start(environment)
    const ready = async () => (await fetch(`${server.origin}/health/ready`)).status
    const becomes = async (status: number) => {
      for (let i = 0; i < 200 && (await ready()) !== status; i++) await wait(50)
      return ready()
    }
    const times = Math.max(2, Math.ceil(RUNS / 5))
    const clients = load(server.url, 8, question)
    for (let run = 0; run < times; run++) {
      await wait(300)
      await postgres.stop(run % 2 ? 'immediate' : 'fast')
      expect(await becomes(503)).toBe(503)
      await wait(300)
      await postgres.start()
      expect(await becomes(200)).toBe(200)
    }
    await wait(1500) // listening again, and answering from fresh figures
    await clients.stop()
    expect(clients.broken + clients.refused).toBe(0)
    const unforeseen = server
      .log()
      .split('\n')
      .filter((line) => line.includes('a request failed'))
    expect(unforeseen).toEqual([])
    const failed = clients.outcomes.filter(({ codes }) => codes.length > 0)
    expect(new Set(failed.flatMap(({ codes }) => codes))).toEqual(new Set(['DATABASE_UNAVAILABLE']))
    for (const query of QUESTIONS) expect((await server.query(query)).errors).toBeUndefined()
    const connections = await postgres.ask("select 1 from pg_stat_activity where datname = 'outage'")
    expect(connections.length).toBeLessThanOrEqual(11)
    await server.stop()
    expect(await postgres.ask("select 1 from pg_stat_activity where datname = 'outage'")).toEqual([])
    record({
      suite: 'fault',
      done: 'PostgreSQL stopped and started under load',
      times,
      found: `${clients.outcomes.length} requests, 0 broken, ${failed.length} told DATABASE_UNAVAILABLE, none without an answer; readiness 503 and back; 0 connections left`,
    })
  }, 300_000)

  test('one process of PostgreSQL killed under writes: all its sessions end, it recovers, and no acknowledged figure is lost', async () => {
    await postgres.ask('create database crash')
    const environment = { DATABASE_URL: postgres.url('crash'), DATA_DIR: join(folder, 'crash') }
    const server = await start(environment)
    const headers = bearer(tokens(() => environment)('--role', 'reporter', '--unit', '102'))
    const sessions = async () => {
      const rows = await postgres
        .ask<{ pid: number }>(
          "select pid from pg_stat_activity where datname = 'crash' and backend_type = 'client backend' order by backend_start",
        )
        .catch(() => null) // it recovers
      return rows?.map(({ pid }) => pid) ?? null
    }
    const acknowledged = new Map<number, number>()
    const codes: (string | undefined)[] = []
    let value = 0
    let over = false
    const writer = async () => {
      while (!over) {
        const mine = ++value
        const input = {
          unit: '102',
          year: 2022,
          asOf: '2022-09-30',
          status: 'OFFICIAL',
          source: 'Thử ngắt một tiến trình',
          reason: 'thử',
          values: [{ indicator: 'macadamia-planted', value: mine }],
        }
        const { data, errors } = await server.query<{
          submitMeasurements: { measurements: { revision: number }[]; errors: { code: string }[] } | null
        }>(SUBMIT, { input }, headers)
        const answer = data?.submitMeasurements
        codes.push(...[...(errors ?? []).map(({ extensions }) => extensions?.code as string)])
        codes.push(...(answer?.errors ?? []).map(({ code }) => code))
        const stored = answer?.measurements[0]
        if (stored) acknowledged.set(stored.revision, mine)
        else await wait(20)
      }
    }
    const writers = Array.from({ length: 4 }, writer)
    const times = Math.max(2, Math.ceil(RUNS / 5))
    for (let run = 0; run < times; run++) {
      const before = acknowledged.size
      await until(() => acknowledged.size > before)
      const old = (await sessions()) as number[]
      expect(old.length).toBeGreaterThan(1)
      process.kill(old[run % old.length] as number, 'SIGKILL')
      // The crash has been and is over when it answers, and not one of its sessions is left: then the server is to be back.
      const left = async () => (await sessions())?.filter((pid) => old.includes(pid)).length
      for (let i = 0; i < 600 && (await left()) !== 0; i++) await wait(50)
      expect(await left()).toBe(0)
      const since = acknowledged.size
      await until(() => acknowledged.size > since)
      expect(acknowledged.size).toBeGreaterThan(since)
      expect((await fetch(`${server.origin}/health/ready`)).status).toBe(200)
    }
    over = true
    await Promise.all(writers)
    // Two at once may want the same revision; nothing else may be told than that the database was away.
    expect(codes).toContain('DATABASE_UNAVAILABLE')
    expect(codes.filter((code) => !/^(DATABASE_UNAVAILABLE|EDIT_CONFLICT)$/.test(code ?? ''))).toEqual([])
    const { data } = await server.query<{ unit: { history: { revision: number; value: number }[] } }>(
      '{ unit(code: "102") { history(indicator: "macadamia-planted") { revision value } } }',
    )
    const kept = new Map(data.unit.history.map(({ revision, value: stored }) => [revision, stored]))
    expect([...acknowledged].filter(([revision, sent]) => kept.get(revision) !== sent)).toEqual([])
    await server.stop()
    record({
      suite: 'fault',
      done: 'SIGKILL of one process of PostgreSQL under writes',
      times,
      found: `${acknowledged.size} figures acknowledged, 0 lost; DATABASE_UNAVAILABLE until it has recovered, then all is well`,
    })
  }, 300_000)
})
