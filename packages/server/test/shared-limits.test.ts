// Rate limits that many servers count together in a Redis or Valkey, and what happens when it is away.
import { type AddressInfo, connect, createServer } from 'node:net'
import { ANEW, cleanUp, needs, ownDatabase, type RunningServer, start } from './harness.ts'
import { record } from './trust-table.ts'

const REDIS = process.env.TEST_REDIS_URL || 'redis://127.0.0.1:6379'

const answers = (): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(REDIS)
    const socket = connect(Number(port || 6379), hostname, () => socket.write('PING\r\n'))
    socket.setTimeout(2000, () => socket.destroy())
    socket.on('data', () => {
      resolve(true)
      socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(false))
  })

const withRedis = needs(`Redis at ${REDIS} (TEST_REDIS_URL)`, await answers()).test

const servers: RunningServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  await cleanUp()
})

async function serve(redisUrl: string): Promise<RunningServer> {
  const limits = { RATE_LIMIT: '2000', TRUSTED_PROXIES: 'loopback', REDIS_URL: redisUrl }
  const server = await start({ ...(await ownDatabase('plain')), ...limits })
  servers.push(server)
  return server
}

const from = async (server: RunningServer, address: string) => {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, ...ANEW },
    body: JSON.stringify({ query: '{ units(first: 100) { nodes { name level } } }' }),
  })
  return { status: response.status, body: await response.json() }
}
/** Asks until it is refused; how often it was answered. */
async function exhaust(server: RunningServer, address: string): Promise<number> {
  for (let i = 0; i < 100; i++) if ((await from(server, address)).status === 429) return i
  return 100
}
/** Nobody else's, and not that of a run before. */
const someAddress = () => `2001:db8:${Math.floor(Math.random() * 0xffff).toString(16)}:${process.pid.toString(16)}::1`

withRedis('two servers count together', async () => {
  const server = await serve(REDIS)
  const other = await serve(REDIS)
  const address = someAddress()
  expect(await exhaust(server, address)).toBeGreaterThan(2)
  expect((await from(other, address)).status).toBe(429)
  expect((await from(other, someAddress())).status).toBe(200)
  record({
    suite: 'hostile',
    done: 'the rate limit of one server, gone on with at another',
    times: 1,
    found: '429: counted together',
  })
})

test('a Redis that is away, or does not answer, keeps nobody out: each server counts by itself, and says so', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  for (const url of ['redis://127.0.0.1:1', `redis://127.0.0.1:${(silent.address() as AddressInfo).port}`]) {
    const server = await serve(url)
    const address = someAddress()
    const answered = await exhaust(server, address)
    expect([url, answered > 2 && answered < 100]).toEqual([url, true])
    expect((await from(server, someAddress())).body).toMatchObject({ data: { units: {} } })
    for (let i = 0; i < 200 && !server.log().includes('REDIS_URL does not answer'); i++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(server.log()).toContain('REDIS_URL does not answer')
  }
  silent.close()
  record({
    suite: 'fault',
    done: 'Redis away, and silent',
    times: 2,
    found: 'each server counts by itself; 0 errors told',
  })
})
