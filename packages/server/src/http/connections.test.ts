import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { limitConnections } from './connections.ts'

let server: Server
const clients: Socket[] = []

async function serve(limits: { most: number; mostPerNetwork: number; free?: string }): Promise<void> {
  server = createServer((request, response) => {
    if (!refused(request.socket, response)) response.end('answer')
  })
  const refused = limitConnections(server, { ...limits, isFree: (address) => address === limits.free })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
  server.close()
  server.closeAllConnections()
})

/** What a new connection is answered, which stays open where the server lets it. */
function ask(localAddress = '127.0.0.1'): Promise<string> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve) => {
    const client = connect({ port, host: '127.0.0.1', localAddress })
    clients.push(client)
    client.on('error', () => resolve('error'))
    client.once('data', (data) => resolve(String(data).split('\r\n')[0] as string))
    client.once('close', () => resolve('closed'))
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  })
}
const OK = 'HTTP/1.1 200 OK'
const REFUSED = 'HTTP/1.1 503 Service Unavailable'

test('one address has so many, another has its own, and one that closes makes room', async () => {
  await serve({ most: 100, mostPerNetwork: 3 })
  for (let i = 0; i < 3; i++) expect(await ask()).toBe(OK)
  expect(await ask()).toBe(REFUSED)
  expect(await ask('127.0.0.2')).toBe(OK)
  clients[0]?.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await ask()).toBe(OK)
  expect(await ask()).toBe(REFUSED)
})

test('all together have so many', async () => {
  await serve({ most: 4, mostPerNetwork: 3 })
  for (const address of ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4']) expect(await ask(address)).toBe(OK)
  expect(await ask('127.0.0.5')).toBe(REFUSED)
})

test('a proxy has as many as there may be', async () => {
  await serve({ most: 6, mostPerNetwork: 2, free: '127.0.0.9' })
  for (let i = 0; i < 6; i++) expect(await ask('127.0.0.9')).toBe(OK)
  expect(await ask('127.0.0.9')).toBe(REFUSED)
})
