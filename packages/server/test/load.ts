// Clients that ask without a pause, and what became of each request.
import { Agent, request as httpRequest } from 'node:http'

interface Outcome {
  readonly status: number
  readonly codes: readonly string[]
  readonly ms: number
}

export interface Load {
  /** Answers that came whole. */
  readonly outcomes: Outcome[]
  /** Requests that a server had taken and did not answer. */
  broken: number
  /** Requests that no server took: nothing listened, or a kept connection was already closed. */
  refused: number
  stop(): Promise<void>
}

type Body = { query: string; variables?: unknown }

/** @param ask what each request asks; `null` ends the client */
export function load(url: string, clients: number, ask: () => Body, headers: Record<string, string> = {}): Load {
  const agent = new Agent({ keepAlive: true })
  let stopped = false
  const result: Load = {
    outcomes: [],
    broken: 0,
    refused: 0,
    async stop() {
      stopped = true
      await all
      agent.destroy()
    },
  }
  const client = async () => {
    while (!stopped) {
      const start = performance.now()
      const outcome = await post(url, agent, ask(), headers)
      if (typeof outcome === 'string') {
        result[outcome]++
        await new Promise((resolve) => setTimeout(resolve, 20))
      } else result.outcomes.push({ ...outcome, ms: performance.now() - start })
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  return result
}

function post(
  url: string,
  agent: Agent,
  body: Body,
  headers: Record<string, string>,
): Promise<Omit<Outcome, 'ms'> | 'broken' | 'refused'> {
  return new Promise((resolve) => {
    const request = httpRequest(url, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    })
    let begun = false
    request.on('response', (response) => {
      begun = true
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('error', () => resolve('broken'))
      response.on('end', () => {
        const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }
        const codes = errors.map(({ extensions }) => extensions?.code ?? 'none')
        resolve({ status: response.statusCode ?? 0, codes })
      })
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that the server has closed meanwhile: any client asks again on a new one.
      const untaken =
        error.code === 'ECONNREFUSED' ||
        (request.reusedSocket && !begun && (error.code === 'ECONNRESET' || error.code === 'EPIPE'))
      resolve(untaken ? 'refused' : 'broken')
    })
    request.end(JSON.stringify(body))
  })
}
