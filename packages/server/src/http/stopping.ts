import type { Server } from 'node:http'
import { Server as TcpServer } from 'node:net'

/** What a client has sent by now has arrived by then. */
const ON_THE_WAY_MS = 250
/** Requests in flight have so long to end when the server stops. */
const STOP_TIMEOUT_MS = 10_000
/** Connections that wait in the system's queue are taken for so long at most; clients that keep coming are refused then. */
const TAKING_MS = 2000
/** Turns of the event loop without a new connection: the first may have looked for them before they came. */
const QUIET_TURNS = 3

/** How a server ends: it says so first, then takes no more, then answers what it has taken. */
export class Stopping {
  readonly #server: Server
  #announced = false
  #begun = false
  #hurry: () => void = () => undefined
  readonly #hurried = new Promise<void>((resolve) => {
    this.#hurry = resolve
  })

  constructor(server: Server) {
    this.#server = server
  }

  /** It was told to stop: from then on readiness is refused. */
  get announced(): boolean {
    return this.#announced
  }

  /** From then on connections are closed with their answers. */
  get begun(): boolean {
    return this.#begun
  }

  /** Is not ready any more, and listens for so long all the same, so that a proxy can turn away. */
  async announce(ms: number): Promise<void> {
    this.#announced = true
    if (ms <= 0) return
    this.#begun = true
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
    })
    await Promise.race([over, this.#hurried])
    clearTimeout(timer)
  }

  /**
   * Takes the connections that wait, then no new one, and answers what was sent on those that there are.
   * @param meanwhile what also ends, such as answers that would never end by themselves
   */
  async finish(meanwhile: () => Promise<void>): Promise<void> {
    await this.#takeWaiting()
    this.#begun = true
    // Not `server.close()` of HTTP, which at once cuts every connection that has no answer under way: a question may be
    // on its way on it, and is still answered.
    const closed = new Promise<void>((resolve) => TcpServer.prototype.close.call(this.#server, () => resolve()))
    await meanwhile()
    const quiet = performance.now() + ON_THE_WAY_MS
    const idle = setInterval(() => performance.now() > quiet && this.#server.closeIdleConnections(), 50)
    const cut = () => this.#server.closeAllConnections()
    const late = setTimeout(cut, STOP_TIMEOUT_MS)
    void this.#hurried.then(cut)
    await closed
    clearInterval(idle)
    clearTimeout(late)
  }

  /**
   * The loop takes one connection a turn, and a turn is as long as what the request before it takes: those behind it have
   * sent their questions, and the system would reset them when the server stops listening. Until they are taken no
   * answer closes its connection, since its client would come back in at the end of the queue.
   */
  async #takeWaiting(): Promise<void> {
    let quiet = 0
    const came = () => {
      quiet = 0
    }
    this.#server.on('connection', came)
    const end = performance.now() + TAKING_MS
    for (; quiet < QUIET_TURNS && performance.now() < end; quiet++) await new Promise(setImmediate)
    this.#server.off('connection', came)
  }

  /** Waits for nobody any more. */
  hurry(): void {
    this.#hurry()
  }
}
