// What a server does that no longer hears of other servers' writes: its connection looks whole and says nothing.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ANEW, type RunningServer, start } from './harness.ts'
import { load } from './load.ts'
import { OwnPostgres, withPostgres } from './postgres.ts'
import { bearer, tokens } from './tokens.ts'
import { record } from './trust-table.ts'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

withPostgres('two servers on a PostgreSQL of their own', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-second-'))
  let postgres: OwnPostgres
  let writer: RunningServer
  let deaf: RunningServer
  let headers: Record<string, string>
  /** The backends that were listening when they were stopped. */
  let stopped: readonly number[] = []

  /** Between servers and database; like a pooler, it may refuse to listen. */
  let between: Server
  let listening = true

  const listeners = async () => {
    const found = await postgres.ask<{ pid: number }>(
      "select pid from pg_stat_activity where datname = 'dienbien' and query ~ '^(listen|notify)'",
    )
    return found.map(({ pid }) => pid)
  }
  const submit = async (server: RunningServer, value: number) => {
    const { data } = await server.query<{ submitMeasurements: { errors: unknown[] } }>(
      'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { code } } }',
      {
        input: {
          unit: '096',
          year: 2022,
          asOf: '2022-12-31',
          status: 'OFFICIAL',
          source: 'Thử',
          reason: 'thử',
          values: [{ indicator: 'budget-revenue', value }],
        },
      },
      headers,
    )
    expect(data.submitMeasurements.errors).toEqual([])
  }
  /** Two of three made anew: neither way past the library may be older. */
  let reads = 0
  const read = async (server: RunningServer) => {
    const { data, errors } = await server.query<{ unit: { measurements: { value: number }[] } }>(
      '{ unit(code: "096") { measurements(indicators: ["budget-revenue"]) { value } } }',
      {},
      reads++ % 3 ? ANEW : {},
    )
    expect(errors).toBeUndefined()
    return data.unit.measurements[0]?.value
  }

  /** What is told takes a moment. */
  const becomes = async (server: RunningServer, value: number) => {
    for (let attempt = 0; attempt < 200 && (await read(server)) !== value; attempt++) await wait(50)
    expect(await read(server)).toBe(value)
  }

  beforeAll(async () => {
    postgres = await OwnPostgres.create()
    await postgres.ask('create database dienbien')
    between = createServer((client) => {
      const database = connect(postgres.port, '127.0.0.1')
      for (const [from, to] of [
        [client, database],
        [database, client],
      ] as const)
        from.on('error', () => to.destroy()).on('close', () => to.destroy())
      client.on('data', (bytes) => {
        if (!listening && bytes.includes('listen ')) client.destroy()
        else database.write(bytes)
      })
      database.on('data', (bytes) => client.write(bytes))
    }).listen(0, '127.0.0.1')
    await once(between, 'listening')
    const { port } = between.address() as AddressInfo
    const environment = {
      DATABASE_URL: `postgresql://postgres@127.0.0.1:${port}/dienbien`,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
    }
    writer = await start(environment)
    deaf = await start(environment)
    headers = bearer(tokens(() => environment)('--role', 'administrator'))
  }, 120_000)
  afterAll(async () => {
    await Promise.all([writer?.stop(), deaf?.stop()])
    between?.close()
    await postgres?.remove()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('a freeze rests on what the database has, also on a server that has not heard of it', async () => {
    await submit(writer, 1)
    await becomes(deaf, 1)
    // On a busy machine one that did not hear itself in time has been replaced: those of this moment.
    stopped = await listeners()
    for (const pid of stopped) process.kill(pid, 'SIGSTOP')
    await submit(writer, 5000)
    const { data, errors } = await deaf.change<{ freezeRanking: { document: string; reproducible: boolean } }>(
      'mutation { freezeRanking(input: { cluster: "cum-vung-cao", year: 2022, reason: "Tổng kết" }) { ranking { document reproducible } } }',
      {},
      headers,
    )
    expect(errors).toBeUndefined()
    const document = JSON.parse(data.freezeRanking.document) as {
      members: { unit: string; figures: { indicatorId: string; value: number }[] }[]
    }
    const figures = document.members.find(({ unit }) => unit === '096')?.figures
    expect(figures?.find(({ indicatorId }) => indicatorId === 'budget-revenue')?.value).toBe(5000)
    expect(data.freezeRanking.reproducible).toBe(true)
  })

  test('a connection that listens and is half dead is noticed within seconds, and replaced', async () => {
    const began = performance.now()
    while ((await read(deaf)) !== 5000 && performance.now() - began < 40_000) await wait(50)
    expect(await read(deaf)).toBe(5000)
    for (const pid of stopped) process.kill(pid, 'SIGCONT')
    await submit(writer, 6000)
    await becomes(deaf, 6000)
    expect(deaf.log()).toMatch(/does not hear itself/)
    record({
      suite: 'fault',
      done: "the connection by which a server hears of others' writes is half dead (SIGSTOP)",
      times: 1,
      found: 'a freeze has what the database has; noticed and replaced within seconds',
    })
  }, 60_000)

  test('while no connection can listen, each answer is as new as the database', async () => {
    for (let i = 0; i < 200 && (await listeners()).filter((pid) => !stopped.includes(pid)).length < 2; i++)
      await wait(50)
    const both = [writer, deaf]
    const losses = (server: RunningServer) => server.log().split('changes are not heard').length
    const before = both.map(losses)
    listening = false
    try {
      for (const pid of await listeners()) await postgres.ask(`select pg_terminate_backend(${pid})`)
      for (let i = 0; i < 500 && both.some((server, at) => losses(server) === before[at]); i++) await wait(20)
      expect(both.map(losses)).toEqual(before.map((count) => count + 1))
      for (let value = 7000; value < 7010; value++) {
        await submit(writer, value)
        expect(await read(deaf)).toBe(value)
        expect(await read(writer)).toBe(value)
      }
    } finally {
      listening = true
    }
    for (const server of both) expect(server.log()).toContain('"way":"direct"')
    record({
      suite: 'fault',
      done: 'no connection can listen for changes',
      times: 10,
      found: 'each answer has what the other server stored just before',
    })
  }, 60_000)

  test('PostgreSQL killed under reading and writing: no answer says that something went wrong, and it goes on', async () => {
    let value = 8000
    const body = () =>
      value % 2 === 0
        ? {
            query: `{ unit(code: "096") { measurements { value } } trail(first: 1) { totalCount } n${value++}: __typename }`,
          }
        : {
            query: `mutation { recordFact(input: { unit: "096", year: 2022, fact: "advancedModels", value: ${value++}, evidence: "x" }) { fact { revision } } }`,
          }
    const clients = load(writer.url, 6, body, headers)
    for (let run = 0; run < 2; run++) {
      await wait(500)
      await postgres.stop('immediate')
      await wait(500)
      await postgres.start()
      await wait(1000)
    }
    await clients.stop()
    const codes = new Set(clients.outcomes.flatMap((outcome) => outcome.codes))
    expect(codes).toContain('DATABASE_UNAVAILABLE')
    expect([...codes].filter((code) => !/^(DATABASE_(UNAVAILABLE|BUSY)|EDIT_CONFLICT)$/.test(code))).toEqual([])
    expect(clients.broken).toBe(0)
    await submit(deaf, 1)
    await becomes(writer, 1)
  }, 120_000)
})
