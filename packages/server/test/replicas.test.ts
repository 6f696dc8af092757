// Two servers, a primary and a standby: sharing nothing but PostgreSQL, and nobody reads older than what they know of.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { launch, type RunningServer, start } from './harness.ts'
import { OwnPostgres, withPostgres } from './postgres.ts'
import { bearer, tokens } from './tokens.ts'

withPostgres('a primary, a standby and two servers', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-replicas-'))
  let primary: OwnPostgres
  let standby: OwnPostgres
  let environment: Record<string, string>
  let servers: [RunningServer, RunningServer]
  let headers: Record<string, string>

  beforeAll(async () => {
    primary = await OwnPostgres.create()
    await primary.ask('create database dienbien')
    const alone = { DATABASE_URL: primary.url('dienbien'), DATA_DIR: dataDir }
    await (await start(alone)).stop()
    standby = await primary.standby()
    environment = { ...alone, REPLICA_URLS: standby.url('dienbien'), LOG_LEVEL: 'info' }
    servers = [await start(environment), await start(environment)]
    headers = bearer(tokens(() => environment)('--role', 'administrator'))
  }, 120_000)
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await standby.remove()
    await primary.remove()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const QUERIES = 'query Kept { savedQueries { slug } }'
  const slugs = async (server: RunningServer) =>
    (await server.change<{ savedQueries: { slug: string }[] }>(QUERIES, {}, headers)).data.savedQueries.map(
      ({ slug }) => slug,
    )
  const save = (server: RunningServer, slug: string) =>
    server.change(
      `mutation ($slug: String!) { saveQuery(input: { slug: $slug, title: "Thử", description: "", text: "{ __typename }", shared: true }) { savedQuery { slug } } }`,
      { slug },
      headers,
    )
  /** Statements that the standby has told of. */
  const readsOfStandby = async () => {
    const [row] = await standby.ask<{ reads: number }>(
      "select xact_commit::int as reads from pg_stat_database where datname = 'dienbien'",
    )
    return row?.reads ?? 0
  }
  /** A connection that is idle tells what it did within ten seconds. */
  const ownReads = async (before: number, least: number) => {
    for (let i = 0; i < 60 && (await readsOfStandby()) - before < least; i++) {
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    return (await readsOfStandby()) - before
  }

  test('queries read from the standby once it has what was written', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const before = await readsOfStandby()
    for (let i = 0; i < 100; i++) await slugs(servers[i % 2] as RunningServer)
    // Both servers ask the standby how far it is too, once a second: far fewer.
    expect(await ownReads(before, 91)).toBeGreaterThan(90)
    for (const server of servers) expect(server.log().split('"way":"direct"').length).toBeGreaterThan(40)
  })

  test('who wrote reads what was written, while replication is held up too', async () => {
    await standby.ask('select pg_wal_replay_pause()')
    try {
      for (let i = 0; i < 20; i++) {
        const writer = servers[i % 2] as RunningServer
        expect((await save(writer, `viet-${i}`)).errors).toBeUndefined()
        expect(await slugs(writer)).toContain(`viet-${i}`)
        // The other server hears of it by the database's announcement, a moment later.
        await new Promise((resolve) => setTimeout(resolve, 100))
        expect(await slugs(servers[(i + 1) % 2] as RunningServer)).toContain(`viet-${i}`)
      }
    } finally {
      await standby.ask('select pg_wal_replay_resume()')
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (const server of servers) expect(await slugs(server)).toContain('viet-19')
  })

  test('a figure written through one server is in the evaluation of the other', async () => {
    const input = {
      unit: '102',
      year: 2022,
      asOf: '2022-09-30',
      status: 'OFFICIAL',
      values: [{ indicator: 'macadamia-planted', value: 123 }],
    }
    const [server, other] = servers
    await server.query(
      'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }',
      { input },
      headers,
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    const { data } = await other.query<{ unit: object }>(
      '{ unit(code: "102") { measurements(indicators: ["macadamia-planted"]) { value } } }',
    )
    expect(data.unit).toEqual({ measurements: [{ value: 123 }] })
  })

  test('a standby that stops is read around, and used again when it is back', async () => {
    await standby.stop('immediate')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    for (const server of servers) expect(await slugs(server)).toContain('viet-0')
    await standby.start()
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const before = await readsOfStandby()
    for (let i = 0; i < 50; i++) await slugs(servers[i % 2] as RunningServer)
    expect(await ownReads(before, 41)).toBeGreaterThan(40)
  })

  test('a standby that freezes, its connections whole, is read around', async () => {
    expect(await slugs(servers[0])).toContain('viet-0')
    const thaw = standby.freeze()
    try {
      await new Promise((resolve) => setTimeout(resolve, 5000))
      for (const server of servers) expect(await slugs(server)).toContain('viet-0')
    } finally {
      thaw()
    }
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const before = await readsOfStandby()
    for (let i = 0; i < 50; i++) await slugs(servers[i % 2] as RunningServer)
    expect(await ownReads(before, 41)).toBeGreaterThan(40)
  })

  test('a connection to a standby waits for others no longer than one to the primary', async () => {
    // What is locked on the primary is locked on the standby as soon as it has replayed that.
    const holder = new Client({ connectionString: primary.url('dienbien') })
    await holder.connect()
    try {
      await holder.query('begin; lock table saved_queries in access exclusive mode; select pg_switch_wal()')
      await new Promise((resolve) => setTimeout(resolve, 500))
      const { errors } = await servers[0].query(QUERIES, {}, headers)
      expect(errors).toMatchObject([{ extensions: { code: 'DATABASE_BUSY' } }])
    } finally {
      await holder.end()
    }
  })

  test('an address that is no standby is refused at start', async () => {
    const { output, exit } = launch({ ...environment, REPLICA_URLS: primary.url('dienbien') })
    expect(await exit).toBe(1)
    expect(output.err).toMatch(/^cannot start: REPLICA_URLS \S+ is no standby: it would never see what is written$/m)
  })

  /** Small, the same everywhere, or a chain: Citus copies them to every node or keeps them on one. */
  const NOT_BY_UNIT: Record<string, string> = {
    units: 'reference: what everything refers to',
    unit_states: 'reference: a few rows a unit',
    unit_aliases: 'reference',
    unit_successions: 'reference',
    clusters: 'reference',
    cluster_names: 'reference',
    directive_versions: 'reference: a few documents a year',
    point_table_versions: 'of a cluster',
    point_table_steps: 'of a cluster',
    cluster_heads: 'reference: a row a cluster',
    deadlines: 'reference: a row a kind',
    frozen_rankings: 'of a cluster',
    commendation_steps: 'of a frozen ranking',
    saved_queries: 'of people',
    idempotency_keys: 'of people',
    data_sets: 'of the database itself',
    audit_batches: 'one chain of hashes, on one node',
    audit_entries: 'of the chain',
    audit_links: 'of the chain',
    audit_heads: 'of the chain',
    _prisma_migrations: 'of the database itself',
  }

  test('every other table can be distributed by unit: each of its unique keys holds the unit', async () => {
    expect(readdirSync(new URL('../../../prisma/migrations', import.meta.url)).length).toBeGreaterThan(3)
    const keys = await primary.ask<{ table: string; key: string; columns: string[] }>(
      `select t.relname as table, i.relname as key, array(
         select a.attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey)) as columns
       from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       where t.relnamespace = 'public'::regnamespace and x.indisunique`,
      'dienbien',
    )
    const tables = await primary.ask<{ name: string }>(
      "select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
      'dienbien',
    )
    const byUnit = tables.map(({ name }) => name).filter((name) => !NOT_BY_UNIT[name])
    expect(byUnit.sort()).toEqual(
      ['eligibility_facts', 'filings', 'measurements', 'memberships', 'score_sheets', 'unit_targets'].sort(),
    )
    expect(keys.filter(({ table, columns }) => byUnit.includes(table) && !columns.includes('unit_code'))).toEqual([])
    expect(Object.keys(NOT_BY_UNIT).filter((name) => !tables.some((table) => table.name === name))).toEqual([])
  })
})
