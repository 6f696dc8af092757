import type { Server } from 'node:http'
import { Server as TcpServer } from 'node:net'

/** What a client has sent by now has arrived by then. */
const ON_THE_WAY_MS = 250
/** Requests in flight have so long to end when the server stops. */
const STOP_TIMEOUT_MS = 10_000

/** How a server ends: it says so first, then takes no more, then answers what it has taken. */
export class Stopping {
  readonly #server: Server
  #begun = false
  #hurry: () => void = () => undefined
  readonly #hurried = new Promise<void>((resolve) => {
    this.#hurry = resolve
  })

  constructor(server: Server) {
    this.#server = server
  }

  /** From then on readiness is refused, and connections are closed with their answers. */
  get begun(): boolean {
    return this.#begun
  }

  /** Is not ready any more, and listens for so long all the same, so that a proxy can turn away. */
  async announce(ms: number): Promise<void> {
    this.#begun = true
    if (ms <= 0) return
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
    })
    await Promise.race([over, this.#hurried])
    clearTimeout(timer)
  }

  /**
   * Takes no new connection, and answers what was sent on those that there are.
   * @param meanwhile what also ends, such as answers that would never end by themselves
   */
  async finish(meanwhile: () => Promise<void>): Promise<void> {
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

  /** Waits for nobody any more. */
  hurry(): void {
    this.#hurry()
  }
}
