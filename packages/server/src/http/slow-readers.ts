// What clients that do not read hold back: an answer is in memory until it has been taken.
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface SlowReaderLimits {
  /** An answer of which nothing was taken for so long is cut off. */
  readonly stalledMs: number
  /** Of all answers together that wait for their readers; past that the slowest are cut off first. */
  readonly mostBytes: number
  readonly everyMs: number
}

const SLOW_READERS: SlowReaderLimits = { stalledMs: 20_000, mostBytes: 64_000_000, everyMs: 250 }

interface Reader {
  /** Bytes that the system has not taken yet. */
  queue: number
  /** When it last took any. */
  since: number
}

/** Node's own measure of how far the system is within one write; its own timeouts go by it. */
export const queueOf = (socket: Socket): number =>
  (socket as { _handle?: { writeQueueSize?: number } | null })._handle?.writeQueueSize ?? socket.writableLength

export class SlowReaders {
  readonly #limits: SlowReaderLimits
  readonly #onCut: (responses: readonly ServerResponse[]) => void
  readonly #responses = new Set<ServerResponse>()
  readonly #readers = new WeakMap<Socket, Reader>()
  readonly #timer: NodeJS.Timeout

  /** @param onCut told of the answers that are about to be cut off, all of one connection */
  constructor(onCut: (responses: readonly ServerResponse[]) => void, limits = SLOW_READERS) {
    this.#limits = limits
    this.#onCut = onCut
    this.#timer = setInterval(() => this.look(performance.now()), limits.everyMs).unref()
  }

  watch(response: ServerResponse): void {
    this.#responses.add(response)
    response.once('close', () => this.#responses.delete(response))
  }

  close(): void {
    clearInterval(this.#timer)
  }

  /** Cuts off who is too slow by now, in milliseconds of any clock that only goes on. */
  look(now: number): void {
    const waiting: { socket: Socket; held: number; since: number; responses: ServerResponse[] }[] = []
    let total = 0
    for (const [socket, responses] of this.#bySocket()) {
      // Answers behind the first one on a connection wait outside of it.
      const held = responses.reduce(
        (sum, serverResponse) => sum + serverResponse.writableLength - (serverResponse.socket?.writableLength ?? 0),
        socket.writableLength,
      )
      const queue = queueOf(socket)
      const before = this.#readers.get(socket)
      const since = before && held > 0 && queue > 0 && before.queue === queue ? before.since : now
      this.#readers.set(socket, { queue, since })
      if (held === 0) continue
      total += held
      waiting.push({ socket, held, since, responses })
    }
    waiting.sort((reader, other) => reader.since - other.since || other.held - reader.held)
    for (const { socket, held, since, responses } of waiting) {
      if (total <= this.#limits.mostBytes && now - since < this.#limits.stalledMs) continue
      total -= held
      this.#onCut(responses)
      socket.destroy()
    }
  }

  #bySocket(): Map<Socket, ServerResponse[]> {
    const found = new Map<Socket, ServerResponse[]>()
    for (const response of this.#responses) {
      const { socket } = response.req
      const others = found.get(socket)
      if (others) others.push(response)
      else found.set(socket, [response])
    }
    return found
  }
}
