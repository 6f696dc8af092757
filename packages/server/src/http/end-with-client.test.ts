import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createSchema, createYoga } from 'graphql-yoga'
import { endWithClient } from './end-with-client.ts'

let server: Server
let begun: string[]
let goOn: () => void
let released: Promise<void>
let over: Promise<void>

const wait = async () => {
  begun.push('first')
  await released
  return {}
}
const rest = () => {
  begun.push('second')
  return 'done'
}

beforeEach(async () => {
  begun = []
  released = new Promise((resolve) => {
    goOn = resolve
  })
  const yoga = createYoga({
    schema: createSchema({
      typeDefs: 'type Query { first: Part } type Mutation { first: Part after: String } type Part { second: String }',
      resolvers: { Query: { first: wait }, Mutation: { first: wait, after: rest }, Part: { second: rest } },
    }),
    plugins: [endWithClient],
    logging: false,
  })
  server = createServer((request, response) => {
    over = new Promise((resolve) => response.once('close', resolve))
    return yoga(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})

/** Asks, and leaves once the first field has begun. */
async function askAndLeave(query: string): Promise<void> {
  const body = JSON.stringify({ query })
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1', () => client.write(head + body))
  while (begun.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  client.destroy()
  await over
  goOn()
  for (let i = 0; i < 20; i++) await new Promise(setImmediate)
}

test('a query whose client has left begins nothing more', async () => {
  await askAndLeave('{ first { second } }')
  expect(begun).toEqual(['first'])
})

test('a mutation whose client has left is carried out', async () => {
  await askAndLeave('mutation { first { second } after }')
  expect(begun).toEqual(['first', 'second', 'second'])
})

test('a query whose client waits is answered', async () => {
  goOn()
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/graphql?query={first{second}}`)
  expect(await answer.json()).toEqual({ data: { first: { second: 'done' } } })
})
