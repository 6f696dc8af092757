// How many connections there may be, in all and from one place.
import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from './network.ts'
import { refuse } from './refuse.ts'

export interface ConnectionLimits {
  readonly most: number
  /** From one address, or one IPv6 network of a household. */
  readonly mostPerNetwork: number
  /** Who may have as many as there may be: proxies, for all who come through them. */
  isFree(address: string): boolean
}

/** A connection that is refused has so long to ask, and to be told. */
const REFUSAL_MS = 2000
/** Refused ones that are being told; what comes beyond is cut off by the system. */
const REFUSED_AT_ONCE = 500

/** @returns refuses a request that came on a connection too many; whether it did */
export function limitConnections(
  server: Server,
  { most, mostPerNetwork, isFree }: ConnectionLimits,
): (socket: Socket, response: ServerResponse) => boolean {
  const perNetwork = new Map<string, number>()
  const refused = new WeakSet<Socket>()
  let open = 0
  server.maxConnections = most + REFUSED_AT_ONCE
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    const network = isFree(address) ? null : networkOf(address)
    const fromThere = network === null ? 0 : (perNetwork.get(network) ?? 0)
    if (open >= most || fromThere >= mostPerNetwork) {
      refused.add(socket)
      const timer = setTimeout(() => socket.destroy(), REFUSAL_MS)
      socket.once('close', () => clearTimeout(timer))
      return
    }
    open++
    if (network !== null) perNetwork.set(network, fromThere + 1)
    socket.once('close', () => {
      open--
      if (network === null) return
      const left = (perNetwork.get(network) ?? 1) - 1
      if (left > 0) perNetwork.set(network, left)
      else perNetwork.delete(network)
    })
  })
  return (socket, response) => {
    if (!refused.has(socket)) return false
    refuse(response, {
      status: 503,
      code: 'TOO_MANY_CONNECTIONS',
      text: {
        vi: 'có quá nhiều kết nối tới máy chủ này hoặc từ địa chỉ của bạn: đóng bớt rồi thử lại',
        en: 'there are too many connections to this server, or from your address: close some and try again',
      },
      headers: { connection: 'close', 'retry-after': '5' },
    })
    return true
  }
}
