// The trail against those who could change it: the application itself, and whoever owns the database.
import { execFileSync } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Pool } from 'pg'
import { pino } from 'pino'
import { startEmbedded } from '../dist/database/embedded.js'
import { GRANTS } from '../dist/database/grants.js'
import { BatchHash, type Entry, linkHash, type Head as SignedHead, signedText } from '../dist/trail/chain.js'
import { readTrailKey } from '../dist/trail/key.js'
import { Sealer } from '../dist/trail/sealer.js'
import { AUDITED } from '../dist/trail/tables.js'
import { cleanUp, launch, onPostgres, ownDatabase, start } from './harness.ts'
import { OwnPostgres, withPostgres } from './postgres.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'dienbien-trail-'))
afterAll(async () => {
  await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})
const engine = onPostgres() ? 'PostgreSQL' : 'the embedded database'
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

type Head = SignedHead & { readonly signedText: string }
interface Gap {
  readonly what: string
  readonly id: string | null
  readonly head: number | null
  readonly table: string | null
  readonly row: string | null
}

const SUBMIT = `mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { measurements { revision } errors { code } } }`
const figure = (value: number, indicator = 'macadamia-planted') => ({
  input: {
    unit: '102',
    year: 2022,
    asOf: '2022-09-30',
    status: 'OFFICIAL',
    source: 'Thử',
    values: [{ indicator, value }],
  },
})

const NEXT = "select nextval('audit_batches_id_seq')"

/** A server of a suite's own with what its tests ask of it. */
async function serverWith(environment: Record<string, string>) {
  const server = await start(environment)
  const token = tokens(() => environment)
  const council = bearer(token('--role', 'council'))
  const reporter = bearer(token('--role', 'reporter', '--unit', '102'))
  const head = async () =>
    (
      await server.query<{ trailHead: Head }>(
        '{ trailHead { number at size hash previousHash publicKey signature signedText } }',
      )
    ).data.trailHead
  return {
    server,
    token,
    council,
    reporter,
    head,
    submit: (value: number, indicator?: string) => server.query(SUBMIT, figure(value, indicator), reporter),
    gaps: async (noted: { number: number; hash: string }[] = []) => {
      const { data, errors } = await server.query<{ trailGaps: Gap[] }>(
        'query ($noted: [NotedTrailHead!]) { trailGaps(noted: $noted) { what id: batch head table row } }',
        { noted: noted.map(({ number, hash }) => ({ number, hash })) },
        council,
      )
      expect(errors).toBeUndefined()
      return data.trailGaps
    },
    /** When everything that was written is under a head. */
    sealed: async () => {
      for (let i = 0; i < 100; i++) {
        const { data } = await server.query<{ trail: { nodes: { number: number | null }[] } }>(
          '{ trail(first: 20) { nodes { number } } }',
          {},
          council,
        )
        if (data.trail.nodes.every(({ number }) => number !== null)) return head()
        await wait(50)
      }
      throw new Error('the trail is not sealed')
    },
  }
}
type Served = Awaited<ReturnType<typeof serverWith>>

describe(`the trail on ${engine}`, () => {
  const environment: Record<string, string> = { DATA_DIR: join(folder, 'both') }
  let served: Served
  beforeAll(async () => {
    Object.assign(environment, await ownDatabase('plain'), { TRUSTED_PROXIES: 'loopback' })
    served = await serverWith(environment)
  })
  afterAll(() => served.server.stop())

  test('a change is numbered, chained and signed within a moment, and anyone may read and check the head', async () => {
    const before = await served.sealed()
    expect((await served.submit(1)).errors).toBeUndefined()
    let head = before
    while (head.number === before.number) head = await served.head()
    expect(head).toMatchObject({ number: before.number + 1, size: before.size + 1, previousHash: before.hash })
    const key = createPublicKey({ key: Buffer.from(head.publicKey, 'base64'), format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from(head.signedText), key, Buffer.from(head.signature, 'base64'))).toBe(true)
    type Sealed = ConstructorParameters<typeof BatchHash>[0] & { entries: Entry[]; number: number; hash: string }
    const { data } = await served.server.query<{ trail: { nodes: [Sealed, Sealed] } }>(
      '{ trail(first: 2) { nodes { id number hash at subject role origin reason action table rowCount entries { before after } } } }',
      {},
      served.council,
    )
    // By hand, from what the API gives.
    const [{ entries, number, hash, ...batch }, first] = data.trail.nodes
    const content = new BatchHash(batch)
    for (const entry of entries) content.add(entry)
    expect(linkHash(first.hash, number, content.digest())).toBe(hash)
    expect(hash).toBe(head.hash)
    const heads = await served.server.query<{ trailHeads: { number: number }[]; trailHead: null }>(
      `{ trailHeads(after: ${before.number - 1}, first: 2) { number } trailHead(number: 100000) { number } }`,
    )
    expect(heads.data).toEqual({ trailHeads: [{ number: before.number }, { number: head.number }], trailHead: null })
    expect(await served.gaps([before, head])).toEqual([])
  })

  test('a flood of refusals by one is counted, and hides nobody else', async () => {
    const FLOOD = 130
    // As long as a name may be.
    const alias = 'a'.repeat(200)
    await Promise.all(
      Array.from({ length: FLOOD }, (_, i) =>
        served.server.change(
          `mutation { ${alias}: trustQuery(input: { slug: "x", version: 1, trusted: true }) { savedQuery { slug } } }`,
          {},
          // Another address each, of one network.
          { 'x-forwarded-for': `2001:db8:0:1::${i.toString(16)}` },
        ),
      ),
    )
    const refused = await served.server.change(
      'mutation { setDeadline(input: { year: 2022, kind: PLAN, dueOn: "2022-12-01", source: "x" }) { deadline { dueOn } } }',
      {},
      served.reporter,
    )
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const access = async () =>
      (
        await served.server.query<{
          trail: {
            nodes: { subject: string; rowCount: number; reason: string; entries: { after: { field?: string } }[] }[]
          }
        }>(
          '{ trail(table: "access", first: 200) { nodes { subject rowCount reason entries { after } } } }',
          {},
          served.council,
        )
      ).data.trail.nodes
    for (let i = 0; i < 100 && !(await access()).some(({ subject }) => subject === 'reporter-102'); i++) await wait(50)
    const rows = await access()
    expect(rows.filter(({ subject }) => subject === 'reporter-102')).toHaveLength(1)
    const flood = rows.filter(({ subject }) => subject === 'anonymous')
    expect(flood.map(({ entries }) => entries[0]?.after.field)).toEqual(new Array(20).fill(alias))
    // The count is told when the minute ends, or the server does.
    await served.server.stop()
    served = await serverWith(environment)
    const [summary] = (await access()).filter(({ reason }) => /more$/.test(reason))
    expect(summary).toMatchObject({ subject: 'anonymous', reason: `and ${FLOOD - 20} more`, rowCount: FLOOD - 20 })
    expect(await served.gaps()).toEqual([])
    record({
      suite: 'hostile',
      done: `${FLOOD} refused attempts at once by one network, ${engine}`,
      times: FLOOD,
      found: "20 in the trail, the others counted; somebody else's is there; nobody waits for the trail",
    })
  })
})

const TRAIL = ['audit_batches', 'audit_entries', 'audit_links', 'audit_heads']
/** What only grows. */
const PROTECTED = [
  'measurements',
  'filings',
  'eligibility_facts',
  'frozen_rankings',
  'commendation_steps',
  'unit_targets',
  'idempotency_keys',
  ...TRAIL,
]

test('every table has its place in the list of rights, and those with a trail in the list that holds them against it', async () => {
  const { Pool } = await import('pg')
  const { DATABASE_URL, DATA_DIR } = await ownDatabase('plain')
  const embedded = DATA_DIR ? await startEmbedded(DATA_DIR) : null
  const pool = new Pool({ connectionString: embedded?.url ?? DATABASE_URL ?? '', max: 1 })
  const names = async (sql: string) => (await pool.query(sql)).rows.map(({ name }) => name).sort()
  expect(await names("select tablename as name from pg_tables where schemaname = 'public'")).toEqual(
    Object.keys(GRANTS).sort(),
  )
  const keys = await pool.query(
    `select c.relname as name, array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) as key
     from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_index i on i.indrelid = c.oid and i.indisprimary
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where g.tgname = 'audit_insert' group by 1`,
  )
  expect(Object.fromEntries(keys.rows.map(({ name, key }) => [name, key]))).toEqual(AUDITED)
  // What the application's role may only add to nobody changes, the owner neither; but for the marks of seed data.
  const grows = Object.keys(GRANTS).filter((table) => GRANTS[table] === 'select, insert' && table !== 'data_sets')
  expect(
    await names(
      `select distinct c.relname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid where g.tgname = 'refuse_change'
       and g.tgenabled = 'O' and g.tgtype & 8 > 0 and g.tgtype & 16 > 0 and g.tgtype & 32 > 0`,
    ),
  ).toEqual(grows.sort())
  await expect(pool.query("update unit_states set name = 'x'")).rejects.toThrow('never changed or removed')
  await pool.end()
  await embedded?.close()
})

withPostgres('roles apart, made as the image makes them', () => {
  let postgres: OwnPostgres
  const environment: Record<string, string> = { DATA_DIR: join(folder, 'roles') }
  let served: Served
  const url = (role: string) => postgres.url('dienbien').replace('postgres@', `${role}@`)
  const as = async (role: string, sql: string) => {
    const client = new Client({ connectionString: url(role) })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  beforeAll(async () => {
    postgres = await OwnPostgres.create()
    await postgres.ask('create database dienbien')
    execFileSync(fileURLToPath(new URL('../../../docker/roles.sh', import.meta.url)), {
      env: {
        ...process.env,
        PGHOST: '127.0.0.1',
        PGPORT: String(postgres.port),
        POSTGRES_USER: 'postgres',
        POSTGRES_DB: 'dienbien',
        MIGRATOR_PASSWORD: "it's one",
        APPLICATION_PASSWORD: 'another',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    Object.assign(environment, {
      DATABASE_URL: url('dienbien_application'),
      MIGRATION_DATABASE_URL: url('dienbien_migrator'),
    })
    served = await serverWith(environment)
  }, 60_000)
  afterAll(async () => {
    await served?.server.stop()
    await postgres.remove()
  })

  test('the server does all it does: figures, filings, deadlines, heads, freezing, saved queries', async () => {
    expect((await served.submit(5)).data).toMatchObject({ submitMeasurements: { errors: [] } })
    const admin = bearer(served.token('--role', 'administrator'))
    const { errors } = await served.server.change(
      `mutation {
        setDeadline(input: { year: 2022, kind: PLAN, dueOn: "2022-12-01", source: "x" }) { deadline { dueOn } }
        setClusterHead(input: { cluster: "cum-vung-cao", year: 2022, unit: "097", source: "x" }) { cluster { code } }
        saveQuery(input: { slug: "vai-tro", title: "x", description: "", text: "{ __typename }" }) { savedQuery { slug } }
        trustQuery(input: { slug: "vai-tro", version: 1, trusted: true }) { savedQuery { slug } }
        freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "x" }) { ranking { id } }
      }`,
      {},
      admin,
    )
    expect(errors).toBeUndefined()
    await served.sealed()
    expect(await served.gaps()).toEqual([])
  })

  test('as the application, nothing that only grows can be changed, removed, emptied, altered or taken out of the trail', async () => {
    const role = 'dienbien_application'
    let tried = 0
    for (const table of PROTECTED) {
      const [column] = await as(
        'postgres',
        `select attname as name from pg_attribute where attrelid = '${table}'::regclass and attnum = 1`,
      )
      const first = `"${column.name}"`
      for (const sql of [
        `update ${table} set ${first} = ${first}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} disable trigger user`,
        `alter table ${table} add column x int`,
        `create trigger x before insert on ${table} for each row execute function refuse_change()`,
        `create rule x as on insert to ${table} do instead nothing`,
        `drop table ${table} cascade`,
        `begin; lock table ${table} in access exclusive mode`,
        `select * from ${table} limit 1 for update`,
      ]) {
        await expect(as(role, sql)).rejects.toThrow(/permission denied|must be owner/)
        tried++
      }
    }
    for (const sql of [
      'set session_replication_role = replica',
      "select set_config('session_replication_role', 'replica', true)",
      'set role dienbien_owner',
      'set role dienbien_migrator',
      'set session authorization postgres',
      'drop function audit_write cascade',
      `create or replace function audit_write(p_action text, p_table text, p_entries jsonb[]) returns void language sql as 'select'`,
      'alter function audit_insert() owner to dienbien_application',
      'create table audit_batches2 (id int)',
      'create temporary table audit_batches (id int)',
      'create schema x',
      'create role x superuser',
      'alter role dienbien_application superuser',
      'truncate deadlines',
      "update memberships set unit_code = '097'",
      'update cluster_heads set year = 2023',
      "update deadlines set kind = 'pact'",
      'update deadlines set year = 2023',
      "update saved_queries set text = '{ units { code } }'",
      "update units set name = 'x'",
      'delete from _prisma_migrations',
      "copy (select 1) to program 'true'",
    ]) {
      await expect(as(role, sql)).rejects.toThrow(/permission denied|must be owner|must be superuser/)
      tried++
    }
    // PostgreSQL only warns of rights that one has not to give.
    await as(role, 'grant update on measurements to dienbien_application')
    await expect(as(role, 'update measurements set value = 0')).rejects.toThrow(/permission denied/)
    record({
      suite: 'hostile',
      done: "as the application's role: change, empty, alter or drop what only grows, switch triggers off, become the owner",
      times: tried,
      found:
        'permission denied, each; with one DATABASE_URL, or the embedded database, that one user could do all of it, and it would show',
    })
  })

  test('a role that is not apart is refused by name', async () => {
    for (const [role, words] of [
      ['postgres', 'is a superuser'],
      ['dienbien_migrator', 'owns the tables'],
    ] as const) {
      const { output, exit } = launch({ ...environment, DATABASE_URL: url(role) })
      expect(await exit).toBe(1)
      expect(output.err).toContain(words)
    }
    await postgres.ask('create role busy login in role pg_write_all_data', 'dienbien')
    await postgres.ask('grant connect on database dienbien to busy', 'dienbien')
    const { output, exit } = launch({ ...environment, DATABASE_URL: url('busy') })
    expect(await exit).toBe(1)
    expect(output.err).toMatch(/the role "busy" of DATABASE_URL may change measurements/)
  })
})

withPostgres('what was begun before others and is committed after the sealer has looked is sealed all the same', () => {
  const pools: Pool[] = []
  afterAll(() => Promise.all(pools.map((pool) => pool.end())))
  const WRITE = `insert into measurements (unit_code, year, indicator_id, as_of, status, value, recorded_by)
    values ('098', 2022, 'jobs-created', '2022-11-28', 'estimate', 1, 'test')`

  test.each([
    ['the only one under way', [], null],
    [
      'one whose number was drawn before its transaction had an id',
      ['lock table audit_batches in row exclusive mode', NEXT],
      null,
    ],
    ['one with later ones committed meanwhile', [], "update units set name = name || ' ' where code = '097'"],
  ])('%s', async (_, first: string[], meanwhile: string | null) => {
    const { DATABASE_URL } = await ownDatabase('plain')
    const pool = new Pool({ connectionString: DATABASE_URL })
    pools.push(pool)
    const sealer = new Sealer(pool, readTrailKey(join(folder, 'sealers-key')), pino({ level: 'silent' }))
    const unsealed = async () =>
      (await pool.query('select id from audit_batches where id not in (select batch_id from audit_links)')).rows.length
    await sealer.seal()
    // As a sequence does now and then: its next 32 numbers are drawn without a transaction's id.
    await pool.query(NEXT)
    const writer = await pool.connect()
    await writer.query('begin')
    for (const sql of first) await writer.query(sql)
    if (first.length === 0) await writer.query(WRITE)
    for (let turn = 0; turn < 3; turn++) {
      if (meanwhile) await pool.query(meanwhile)
      await sealer.seal()
      expect(await unsealed()).toBe(0)
    }
    if (first.length > 0)
      await writer.query(
        `insert into audit_batches (id, at, subject, role, origin, reason, action, table_name, row_count)
         select last_value, now(), 'test', '', '', '', 'REFUSED', 'access', 1 from audit_batches_id_seq`,
      )
    await writer.query('commit')
    writer.release()
    expect(await unsealed()).toBe(1)
    await sealer.seal()
    expect(await unsealed()).toBe(0)
  })
})

withPostgres('who owns the database can change it, and it shows', () => {
  let served: Served
  let database: Client
  const dataDir = join(folder, 'owner')
  let environment: Record<string, string>
  const begin = async () => {
    environment = { DATA_DIR: dataDir, ...(await ownDatabase('plain')) }
    served = await serverWith(environment)
    database = new Client({ connectionString: environment.DATABASE_URL as string })
    await database.connect()
    expect((await served.submit(1)).errors).toBeUndefined()
    await served.sealed()
    expect(await served.gaps()).toEqual([])
  }
  beforeEach(begin, 60_000)
  afterEach(async () => {
    await database.end()
    await served.server.stop()
  })
  const KEY = '102 2022 macadamia-planted 2022-09-30 official 1'
  const insert = (value: number, date: string) =>
    `insert into measurements (unit_code, year, indicator_id, as_of, status, value, recorded_by)
     values ('098', 2022, 'jobs-created', '${date}', 'estimate', ${value}, 'psql')`
  const report = (found: string) =>
    record({ suite: 'hostile', done: found.split(': ')[0] as string, times: 1, found: found.split(': ')[1] as string })

  test('rows that are changed, added, removed or emptied past the triggers differ from the trail', async () => {
    await database.query('alter table measurements disable trigger user')
    await database.query(
      "update measurements set value = 2 where unit_code = '102' and indicator_id = 'macadamia-planted' and as_of = '2022-09-30'",
    )
    expect((await served.gaps()).map(({ what, table }) => `${what} ${table}`)).toEqual([
      'UNWATCHED measurements',
      'ROW_CHANGED measurements',
    ])
    await database.query('alter table measurements enable trigger user')
    expect(await served.gaps()).toMatchObject([{ what: 'ROW_CHANGED', table: 'measurements', row: KEY }])

    await database.query('set session_replication_role = replica')
    await database.query(insert(7, '2022-11-29'))
    await database.query("delete from memberships where unit_code = '097'")
    await database.query("update units set name = 'Khác' where code = '098'")
    await expect(database.query('set session_replication_role = origin; truncate deadlines')).rejects.toThrow('refused')
    await database.query(
      'alter table deadlines disable trigger user; truncate deadlines; alter table deadlines enable trigger user',
    )
    const gaps = await served.gaps()
    expect(gaps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'ROW_ADDED', id: null, row: '098 2022 jobs-created 2022-11-29 estimate 1' }),
        expect.objectContaining({ what: 'ROW_REMOVED', table: 'memberships', row: '097 2022' }),
        expect.objectContaining({ what: 'ROW_CHANGED', table: 'units', row: '098' }),
      ]),
    )
    expect(gaps.filter(({ what, table }) => what === 'ROW_REMOVED' && table === 'deadlines')).toHaveLength(7)
    expect(gaps).toHaveLength(11)
    report(
      'an owner of the database changes, adds, removes and empties rows with triggers off: each row is named by trailGaps',
    )
  })

  test('answers kept for idempotency keys only grow, the owner is refused too, and a trigger that is off shows', async () => {
    await database.query(
      "insert into idempotency_keys (subject, mutation, key, content_hash, answer) values ('lan', 'x', 'k', '', 'null')",
    )
    for (const sql of [
      "update idempotency_keys set answer = '1'",
      'delete from idempotency_keys',
      'truncate idempotency_keys',
    ])
      await expect(database.query(sql)).rejects.toThrow('its rows are never changed or removed')
    expect(await served.gaps()).toEqual([])
    await database.query('alter table idempotency_keys disable trigger user')
    expect(await served.gaps()).toMatchObject([{ what: 'UNWATCHED', table: 'idempotency_keys' }])
  })

  test('who changes or removes what the trail holds breaks its chain', async () => {
    await database.query('set session_replication_role = replica')
    const { rows } = await database.query('select batch_id, number from audit_links order by number limit 1 offset 1')
    const id = String(rows[0].batch_id)
    await database.query("update audit_batches set subject = 'ai khác' where id = $1", [id])
    expect(await served.gaps()).toEqual([{ what: 'CHANGED', id, head: null, table: null, row: null }])
    await database.query('delete from audit_links where batch_id = $1', [id])
    const { rows: next } = await database.query('select batch_id from audit_links where number = $1', [
      Number(rows[0].number) + 1,
    ])
    expect((await served.gaps())[0]).toMatchObject({ what: 'GAP', id: String(next[0].batch_id) })
    report('an owner changes a batch, then removes its link: changed, then a gap')
  })

  test('an end that is cut off shows against a head that was noted, also when new writes chain on', async () => {
    const noted = await served.head()
    await database.query('set session_replication_role = replica')
    await database.query(`
      create temporary table cut as select batch_id from audit_links order by number desc limit 5;
      delete from audit_links where batch_id in (select batch_id from cut);
      delete from audit_entries where batch_id in (select batch_id from cut);
      delete from audit_batches where id in (select batch_id from cut);
      delete from audit_heads where size > (select max(number) from audit_links)`)
    expect(await served.gaps([noted])).toContainEqual(expect.objectContaining({ what: 'CUT', head: noted.number }))
    await served.server.stop()
    served = await serverWith(environment)
    for (let i = 0; ((await served.head())?.number ?? 0) < noted.number && i < 20; i++) {
      await served.submit(10 + i)
      await served.sealed()
    }
    expect(await served.gaps([noted])).toContainEqual(
      expect.objectContaining({ what: 'REWRITTEN', head: noted.number }),
    )
    // What the lost batches told of stands in the tables, and in the trail no more.
    expect((await served.gaps()).some(({ what }) => what === 'ROW_ADDED')).toBe(true)
    report('an owner cuts five batches off the end: cut against a noted head, rewritten once others took their numbers')
  })

  test('a middle that is rewritten, hashed and signed anew with the stolen key shows against a head that was noted', async () => {
    const noted = await served.head()
    await served.submit(3)
    await served.sealed()
    await served.server.stop()
    await database.query('set session_replication_role = replica')
    await database.query(
      "update measurements set value = 2 where unit_code = '102' and indicator_id = 'macadamia-planted' and as_of = '2022-09-30' and revision = 1",
    )
    await database.query(`update audit_entries set after = jsonb_set(after, '{value}', '2')
      where after @> '{"unit_code": "102", "indicator_id": "macadamia-planted", "as_of": "2022-09-30", "revision": 1}'`)
    const key = readTrailKey(process.env.TRAIL_KEY_FILE as string)
    await resign(database, key)
    served = await serverWith(environment)
    // Everything agrees with everything, but for what somebody wrote down.
    expect(await served.gaps()).toEqual([])
    expect(await served.gaps([noted])).toEqual([
      { what: 'REWRITTEN', id: null, head: noted.number, table: null, row: null },
    ])
    // With a key of their own they would have been told at once.
    const other = readTrailKey(join(folder, 'thief'))
    await resign(database, other)
    expect((await served.gaps()).every(({ what }) => what === 'SIGNATURE' || what === 'REWRITTEN')).toBe(true)
    expect((await served.gaps()).length).toBeGreaterThan(0)
    report('an owner with the stolen key rewrites the middle, hashes and signs anew: rewritten against a noted head')
  })

  test('transactions that commit in another order than they write, and repeatable reads, leave no false gap', async () => {
    const early = new Client({ connectionString: environment.DATABASE_URL as string })
    await early.connect()
    await early.query('begin isolation level repeatable read')
    await early.query('select 1 from measurements limit 1')
    await early.query(insert(1, '2022-11-01'))
    await database.query(insert(2, '2022-11-02'))
    const before = await served.sealed()
    await early.query(insert(3, '2022-11-03'))
    await early.query('commit')
    await early.end()
    for (let i = 0; i < 100 && (await served.head()).size < before.size + 2; i++) await wait(50)
    const after = await served.sealed()
    expect(after.size).toBe(before.size + 2)
    const { rows } = await database.query('select batch_id::int as id from audit_links order by number desc limit 3')
    // The one that was written first came last.
    expect(rows[2].id).toBeGreaterThan(rows[1].id)
    expect(await served.gaps([before, after])).toEqual([])
    report('a writer at repeatable read that commits after a later one: no false gap')
  })

  test('a transaction of somebody else that stays open stops neither readers, nor refusals, nor readiness, nor other writers', async () => {
    await database.query('begin')
    await database.query(
      "insert into saved_queries (slug, version, title, description, text, saved_by) values ('cho', 1, '', '', '', 'psql')",
    )
    await database.query(insert(1, '2022-12-01'))
    const admin = bearer(served.token('--role', 'administrator'))
    // Fifteen that want what the open transaction holds: the same key.
    const stuck = Array.from({ length: 15 }, () =>
      served.server.change(
        'mutation { saveQuery(input: { slug: "cho", title: "x", description: "", text: "{ __typename }" }) { savedQuery { slug } } }',
        {},
        admin,
      ),
    )
    const all = Promise.all(stuck)
    const begun = performance.now()
    const toldAfter = Promise.race(stuck).then(() => performance.now() - begun)
    let over = false
    void all.finally(() => {
      over = true
    })
    await wait(200)
    const [ready, read, refused, written] = await Promise.all([
      fetch(`${served.server.origin}/health/ready`),
      served.server.query(
        '{ savedQueries { slug } unit(code: "102") { history(indicator: "macadamia-planted") { value } } }',
      ),
      served.server.query('{ __typename }', {}, bearer('a.b.c')),
      served.submit(77),
    ])
    // They were answered while the others still wait.
    expect(over).toBe(false)
    expect(read.errors).toBeUndefined()
    expect(ready.status).toBe(200)
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(written).toMatchObject({ data: { submitMeasurements: { errors: [] } } })
    const codes = new Set((await all).map(({ errors }) => errors?.[0]?.extensions.code))
    for (const code of codes) expect(['DATABASE_BUSY', 'DATABASE_UNAVAILABLE']).toContain(code)
    expect(codes).toContain('DATABASE_BUSY')
    expect(await toldAfter).toBeLessThan(10_000) // by the lock's own limit, long before a transaction's
    await database.query('rollback')
    report(
      'a transaction that stays open on what 15 writers want: they are told DATABASE_BUSY; readers, refusals, readiness and other writers go on',
    )
  })
})

/** Hashes and signs everything anew, as a thief of the key would. */
async function resign(database: Client, key: ReturnType<typeof readTrailKey>): Promise<void> {
  const { rows } = await database.query(
    `select l.number::int, b.id::text, b.at, b.subject, b.role, b.origin, b.reason, b.action, b.table_name as table, b.row_count as "rowCount",
       (select json_agg(json_build_object('before', before, 'after', after) order by e.number) from audit_entries e where e.batch_id = b.id) as entries
     from audit_links l join audit_batches b on b.id = l.batch_id order by l.number`,
  )
  let hash = ''
  const hashes = new Map<number, string>()
  for (const { number, entries, at, ...batch } of rows) {
    const content = new BatchHash({ ...batch, at: at.toISOString() })
    for (const entry of entries) content.add(entry)
    hash = linkHash(hash, number, content.digest())
    hashes.set(number, hash)
    await database.query('update audit_links set hash = $2 where number = $1', [number, hash])
  }
  const { rows: heads } = await database.query('select number::int, at, size::int from audit_heads order by number')
  let previousHash = ''
  for (const { number, at, size } of heads) {
    const head = { number, at: at.toISOString(), size, hash: hashes.get(size) as string, previousHash }
    await database.query(
      'update audit_heads set hash = $2, previous_hash = $3, signature = $4, public_key = $5 where number = $1',
      [number, head.hash, previousHash, key.sign(signedText(head)), key.publicKey],
    )
    previousHash = head.hash
  }
}
