// Load over HTTP that takes as little of the machine as it can: kept connections, one request after the other on each, and
// answers that are counted and not read.
import { connect } from 'node:net'

const END_OF_HEAD = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** One connection's requests, sent until it is told to stop. */
class Connection {
  #socket
  #request
  #left = -1
  #head = Buffer.alloc(0)
  #chunked = false
  /** The last bytes of a body in chunks: its end may come in pieces. */
  #tail = Buffer.alloc(0)
  #onAnswer

  constructor({ hostname, port }, request, onAnswer) {
    this.#request = request
    this.#onAnswer = onAnswer
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true })
      .on('data', (chunk) => this.#take(chunk))
      .on('connect', () => this.send())
  }

  get socket() {
    return this.#socket
  }

  send() {
    this.#socket.write(this.#request)
  }

  close() {
    this.#socket.destroy()
  }

  #take(chunk) {
    if (this.#left < 0 && !this.#chunked) {
      this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk])
      const end = this.#head.indexOf(END_OF_HEAD)
      if (end < 0) return
      const head = this.#head.latin1Slice(0, end)
      const rest = this.#head.subarray(end + END_OF_HEAD.length)
      this.#head = Buffer.alloc(0)
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)
      this.status = Number(head.slice(9, 12))
      this.#chunked = !length && /\r\ntransfer-encoding: *chunked/i.test(head)
      this.#left = length ? Number(length[1]) : 0
      this.#takeBody(rest)
    } else this.#takeBody(chunk)
  }

  #takeBody(part) {
    if (this.#chunked) {
      this.#tail = Buffer.concat([this.#tail, part.subarray(-LAST_CHUNK.length)]).subarray(-LAST_CHUNK.length)
      if (!this.#tail.equals(LAST_CHUNK)) return
      this.#tail = Buffer.alloc(0)
      this.#chunked = false
    } else {
      this.#left -= part.length
      if (this.#left > 0) return
    }
    this.#left = -1
    this.#onAnswer(this)
  }
}

/** The bytes of a request. */
export function requestOf(url, { method = 'GET', headers = {}, body = '' }) {
  const { pathname, search, host } = new URL(url)
  const lines = [`${method} ${pathname}${search} HTTP/1.1`, `host: ${host}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body !== '') lines.push(`content-length: ${Buffer.byteLength(body)}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/**
 * Asks for the same again and again.
 * @returns how many answers came in how many seconds, and the milliseconds of the median one
 */
export async function load(url, request, { connections, seconds, status = 200 }) {
  const bytes = requestOf(url, request)
  const begun = performance.now()
  const end = begun + seconds * 1000
  const times = []
  const open = []
  await new Promise((resolve, reject) => {
    for (let i = 0; i < connections; i++) {
      let sent = performance.now()
      let over = false
      const connection = new Connection(new URL(url), bytes, (it) => {
        const now = performance.now()
        if (it.status !== status) return reject(new Error(`${url} answered ${it.status}`))
        times.push(now - sent)
        sent = now
        if (now < end) return it.send()
        over = true
        it.close()
        if (--left === 0) resolve()
      })
      connection.socket.on('error', reject).on('close', () => over || reject(new Error(`${url}: the connection ended`)))
      open.push(connection)
    }
    let left = connections
  }).finally(() => {
    for (const one of open) one.close()
  })
  const took = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  return { answers: times.length, seconds: took, latency: times[Math.floor(times.length / 2)] }
}
