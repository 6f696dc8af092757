import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Stopping } from './stopping.ts'

const CLIENTS = 12

/** What became of a question that is asked on a connection of its own. */
const ask = (port: number) =>
  new Promise<string>((resolve) => {
    get({ port, host: '127.0.0.1', agent: new Agent() }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(text))
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })

test('connections that wait to be taken while the server is busy are answered before it stops', async () => {
  let release: () => void = () => undefined
  const first = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = createServer((_, response) => {
    // Work that lets nothing else happen, so that the others wait in the system's queue.
    const end = performance.now() + 20
    while (performance.now() < end);
    response.end('answered')
    release()
  })
  const stopping = new Stopping(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const answers = Array.from({ length: CLIENTS }, () => ask(port))
  await first
  expect([stopping.announced, stopping.begun]).toEqual([false, false])
  await stopping.announce(0)
  // Not ready from now on; whoever waits to be taken is taken all the same.
  expect([stopping.announced, stopping.begun]).toEqual([true, false])
  await stopping.finish(async () => undefined)
  expect(await Promise.all(answers)).toEqual(Array.from({ length: CLIENTS }, () => 'answered'))
  expect(await ask(port)).toBe('ECONNREFUSED')
})
