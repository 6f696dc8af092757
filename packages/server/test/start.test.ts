import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asAdmin, cleanUp, launch, onPostgres, ownDatabase, start } from './harness.ts'
import { DIENBIEN } from './tokens.ts'

afterAll(cleanUp)

/** One clear line in each language on standard error, Vietnamese first, and a non-zero exit. */
async function failure(environment: Record<string, string>): Promise<string> {
  const { output, exit } = launch(environment)
  expect(await exit).toBe(1)
  expect(output.out).toBe('')
  expect(output.err.trim().split('\n')).toEqual([
    expect.stringMatching(/^không khởi động được: /),
    expect.stringMatching(/^cannot start: /),
  ])
  return output.err.trim()
}

test('starts from nothing, answers, tells its health, and starts again from what is there', async () => {
  const environment = await ownDatabase(null)
  const first = await start(environment)
  expect((await fetch(`${first.origin}/health/live`)).status).toBe(200)
  expect((await fetch(`${first.origin}/health/ready`)).status).toBe(200)
  expect((await fetch(`${first.origin}/health/other`)).status).toBe(404)
  const count = '{ units { totalCount } }'
  expect((await first.query(count)).data).toEqual({ units: { totalCount: 140 } })
  expect(await first.stop()).toBe(0)

  const second = await start({ ...environment, DEMO: '1' })
  expect((await second.query(count)).data).toEqual({ units: { totalCount: 145 } })
  expect(await second.stop()).toBe(0)
})

test('a used port', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const message = await failure({ ...(await ownDatabase('plain')), PORT: String(port) })
  expect(message.split('\n')).toEqual([
    `không khởi động được: cổng ${port} của 127.0.0.1 đang được dùng: đặt PORT khác, hoặc 0 để lấy cổng trống bất kỳ`,
    `cannot start: port ${port} of 127.0.0.1 is in use: set PORT to another, or to 0 for any free one`,
  ])
  const metrics = await failure({ ...(await ownDatabase('plain')), PORT: '0', METRICS_PORT: String(port) })
  expect(metrics.split('\n')).toEqual([
    `không khởi động được: cổng ${port} của 127.0.0.1 đang được dùng: đặt METRICS_PORT khác, hoặc 0 để lấy cổng trống bất kỳ`,
    `cannot start: port ${port} of 127.0.0.1 is in use: set METRICS_PORT to another, or to 0 for any free one`,
  ])
  other.close()
})

test('an address that is not of this machine: another port would not help', async () => {
  const message = await failure({ ...(await ownDatabase('plain')), HOST: '203.0.113.7' })
  expect(message.split('\n')).toEqual([
    'không khởi động được: không nghe được ở 203.0.113.7 (EADDRNOTAVAIL): đặt HOST là địa chỉ của máy này',
    'cannot start: 203.0.113.7 cannot be listened on (EADDRNOTAVAIL): set HOST to an address of this machine',
  ])
})

test('settings that make no sense, all at once', async () => {
  const replicas = 'postgresql://user:secret@127.0.0.1/x'
  expect((await failure({ TRUSTED_PROXIES: 'loopback, proxy.local', REPLICA_URLS: replicas })).split('\n')).toEqual([
    'không khởi động được: cài đặt: TRUSTED_PROXIES phải là địa chỉ, mạng, hoặc loopback, linklocal, uniquelocal, ' +
      'cách nhau bằng dấu phẩy, không phải "loopback, proxy.local"; REPLICA_URLS đi cùng DATABASE_URL: cơ sở dữ liệu ' +
      'đi kèm không có bản sao, không phải "postgresql://user:***@127.0.0.1/x"',
    'cannot start: settings: TRUSTED_PROXIES must be addresses, networks, or loopback, linklocal, uniquelocal, ' +
      'separated by commas, not "loopback, proxy.local"; REPLICA_URLS goes with DATABASE_URL: the embedded database ' +
      'has no replicas, not "postgresql://user:***@127.0.0.1/x"',
  ])
  expect((await failure({ PORT: '99999', DEMO: 'yes', DATABASE_URL: 'mysql://x' })).split('\n')).toEqual([
    'không khởi động được: cài đặt: PORT phải là số nguyên từ 0 đến 65535, không phải "99999"; ' +
      'DATABASE_URL phải bắt đầu bằng postgresql://, không phải "mysql://x"; DEMO phải là 1 hoặc 0, không phải "yes"',
    'cannot start: settings: PORT must be a whole number from 0 to 65535, not "99999"; ' +
      'DATABASE_URL must begin with postgresql://, not "mysql://x"; DEMO must be 1 or 0, not "yes"',
  ])
  expect((await failure({ OIDC_ISSUER: 'https://accounts.example' })).split('\n')).toEqual([
    'không khởi động được: cài đặt: OIDC_AUDIENCE đi cùng OIDC_ISSUER: đặt cả hai hoặc không đặt',
    'cannot start: settings: OIDC_AUDIENCE goes with OIDC_ISSUER: set both or none',
  ])
})

test('a database server that cannot be reached, without telling the password', async () => {
  const message = await failure({ DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/none' })
  expect(message).toContain('DATABASE_URL postgresql://user:***@127.0.0.1:1/none cannot be reached')
  expect(message).toContain('ECONNREFUSED')
})

test('a data folder that cannot be written', async () => {
  expect(await failure({ DATA_DIR: '/dev/null/data' })).toContain('DATA_DIR /dev/null/data cannot be written (ENOTDIR)')
  // Where nothing can be made Node would try for ever.
  for (const folder of ['/proc/nope', '/proc/nope/deeper'])
    expect(await failure({ DATA_DIR: folder })).toContain(`DATA_DIR ${folder} cannot be written (ENOENT)`)
})

const embeddedOnly = onPostgres() ? test.skip : test

embeddedOnly('a data folder in use: says by whom, and is free again after a kill', async () => {
  const environment = await ownDatabase('plain')
  const server = await start(environment)
  expect(await failure(environment)).toMatch(
    new RegExp(`in use by process ${server.process.pid} on .*: stop it, or set another DATA_DIR$`),
  )
  // A command that can ask the server instead says how, one that cannot does not.
  const told = (...line: string[]) =>
    spawnSync(process.execPath, [DIENBIEN, ...line], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
    }).stderr
  expect(told('import', DIENBIEN)).toMatch(
    /hãy dừng tiến trình đó, hoặc đặt DATA_DIR khác; hoặc gửi qua máy chủ đang chạy: thêm --url http/,
  )
  expect(told('backup', join(tmpdir(), `none-${server.process.pid}.gz`))).toMatch(/hoặc đặt DATA_DIR khác\n$/)
  server.process.kill('SIGKILL')
  await new Promise((resolve) => server.process.once('close', resolve))
  const again = await start(environment)
  expect((await again.query('{ units { totalCount } }')).data).toEqual({ units: { totalCount: 140 } })
  await again.stop()
})

if (onPostgres()) {
  test('a database that goes away and comes back: typed errors, readiness, no hang, and all is well again', async () => {
    const environment = await ownDatabase('plain')
    const server = await start(environment)
    const name = new URL(environment.DATABASE_URL as string).pathname.slice(1)
    const fresh = () => server.query(`{ savedQueries { slug } cluster(code: "cum-vung-cao") { head { code } } }`)
    const ready = async () => (await fetch(`${server.origin}/health/ready`)).status
    expect((await fresh()).errors).toBeUndefined()
    await asAdmin(async (client) => {
      await client.query(`alter database ${name} allow_connections false`)
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    })
    try {
      expect(await ready()).toBe(503)
      expect((await fetch(`${server.origin}/health/live`)).status).toBe(200)
      // Whether what is in memory still holds can't be asked: nothing is answered that might be old.
      const memory = await server.query('{ units(first: 1) { nodes { code } } }')
      expect(memory).toMatchObject({
        data: { units: null },
        errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }],
      })
      for (const { errors } of await Promise.all([fresh(), fresh(), fresh()])) {
        expect(errors?.[0]).toMatchObject({ extensions: { code: 'DATABASE_UNAVAILABLE' } })
      }
    } finally {
      await asAdmin((client) => client.query(`alter database ${name} allow_connections true`))
    }
    expect(await ready()).toBe(200)
    expect((await fresh()).errors).toBeUndefined()
    await new Promise((resolve) => setTimeout(resolve, 1500)) // listening again
    const { data } = await server.query<{ unit: object }>(
      '{ unit(code: "11") { measurements(indicators: ["grdp-growth"]) { value } } }',
    )
    expect(data.unit).toEqual({ measurements: [{ value: 10.19 }] })
    expect(await server.stop()).toBe(0)
  })
}
