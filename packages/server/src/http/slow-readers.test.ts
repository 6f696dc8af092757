import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { queueOf, SlowReaders } from './slow-readers.ts'

const MEGABYTE = 1_000_000
/** More than the system takes by itself. */
const answer = Buffer.alloc(40 * MEGABYTE, 'x')

let server: Server
let readers: SlowReaders
let cut: number
const clients: Socket[] = []
const served: Socket[] = []

async function serve(limits: { stalledMs: number; mostBytes: number; everyMs?: number }): Promise<void> {
  cut = 0
  readers = new SlowReaders(
    (responses) => {
      cut += responses.length
    },
    { everyMs: 20, ...limits },
  )
  server = createServer((_, response) => {
    readers.watch(response)
    response.end(answer)
  })
  server.on('connection', (socket) => served.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}
/** What the system has still to take of the answer on the newest connection. */
const queue = () => queueOf(served.at(-1) as Socket)

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
  readers.close()
  server.close()
  server.closeAllConnections()
})

function ask(times = 1): Socket {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => undefined)
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(times))
  clients.push(client)
  return client
}

const until = async (condition: () => boolean) => {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(condition()).toBe(true)
}

test('an answer that nobody reads is cut off', async () => {
  await serve({ stalledMs: 200, mostBytes: 1000 * MEGABYTE })
  ask().pause()
  await until(() => cut === 1)
})

test('one that is read slowly, but read, is not', async () => {
  await serve({ stalledMs: 20_000, mostBytes: 1000 * MEGABYTE, everyMs: 3_600_000 })
  const client = ask()
  let bytes = 0
  let wanted = 0
  client.on('data', (chunk) => {
    bytes += chunk.length
    if (bytes > wanted) client.pause()
  })
  await until(() => bytes > wanted)
  let now = 0
  readers.look(now)
  for (let i = 0; i < 5; i++) {
    const before = queue()
    // The systems at both ends hold some megabytes: it is read until that of the server has taken more.
    while (queue() === before) {
      wanted += MEGABYTE
      client.resume()
      await until(() => bytes > wanted)
    }
    now += 19_000
    readers.look(now)
  }
  expect(queue()).toBeGreaterThan(0)
  expect(cut).toBe(0)
  // Nothing is read any more; what the system still takes by itself comes to an end.
  for (let i = 0; i < 50 && cut === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    now += 20_000
    readers.look(now)
  }
  expect(cut).toBe(1)
})

test('what all hold back together is bounded, answers behind answers too', async () => {
  await serve({ stalledMs: 60_000, mostBytes: 200 * MEGABYTE })
  for (let i = 0; i < 4; i++) ask().pause()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(cut).toBe(0)
  ask(20).pause()
  await until(() => cut > 0)
})
