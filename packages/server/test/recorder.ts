// Stands between a client and the server, lets everything through, and tells what was asked.
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  /** Its name; null where the text did not come with it. */
  readonly operation: string | null
  readonly file: boolean
}

export interface Recorder {
  /** In place of the server's. */
  readonly url: string
  /** What was asked since this was called before. */
  take(): Asked[]
  stop(): Promise<void>
}

/** @param target the server's address of GraphQL */
export async function record(target: string): Promise<Recorder> {
  const asked: Asked[] = []
  const between = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const { method = '', headers, url = '' } = incoming
    const address = new URL(url, target)
    asked.push({
      method,
      ...whatIsAsked(address.searchParams.get('query') ?? body.toString(), headers['content-type']),
    })
    const asking = request(address, { method, headers: { ...headers, host: address.host } }, (response) => {
      answer.writeHead(response.statusCode as number, response.headers)
      response.pipe(answer)
    })
    asking.on('error', () => answer.destroy())
    answer.on('close', () => asking.destroy())
    asking.end(body)
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(new URL(target).pathname, `http://127.0.0.1:${(between.address() as AddressInfo).port}`).href,
    take: () => asked.splice(0),
    stop() {
      between.closeAllConnections()
      return new Promise((resolve) => between.close(() => resolve()))
    },
  }
}

/** Of a text, JSON or a form: the first operation that it holds. */
function whatIsAsked(text: string, type = ''): Omit<Asked, 'method'> {
  const [, operation] = /\b(?:query|mutation|subscription) (\w+)/.exec(text) ?? []
  return { operation: operation ?? null, file: type.startsWith('multipart/form-data') }
}
