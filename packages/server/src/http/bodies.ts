// How much of what strangers send is held at a time.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Text } from '@dienbien/targets'
import { inVietnamese } from '../numbers.ts'
import { networkOf } from './network.ts'
import { refuse } from './refuse.ts'

const MEGABYTE = 1_000_000
export const MAX_BODY_BYTES = MEGABYTE
export const MAX_UPLOAD_BYTES = 50 * MEGABYTE

/** Who sends less than so much in so long would hold what has come of it, and its connection, for a minute. */
const PACE_MS = 10_000
const PACE_BYTES = 10_000

/** Bytes of the bodies that are being read or answered, in all requests of a kind together, and from each network. */
export class Bodies {
  readonly #most: number
  readonly #mostOfOne: number
  readonly #ofNetworks = new Map<string, number>()
  #held = 0

  constructor(most: number, mostOfOne: number) {
    this.#most = most
    this.#mostOfOne = mostOfOne
  }

  /** @returns whether so many bytes more may be held for it */
  take(network: string, bytes: number): boolean {
    const held = (this.#ofNetworks.get(network) ?? 0) + bytes
    if (this.#held + bytes > this.#most || held > this.#mostOfOne) return false
    this.#held += bytes
    this.#ofNetworks.set(network, held)
    return true
  }

  free(network: string, bytes: number): void {
    this.#held -= bytes
    const left = (this.#ofNetworks.get(network) ?? 0) - bytes
    if (left > 0) this.#ofNetworks.set(network, left)
    else this.#ofNetworks.delete(network)
  }

  get held(): number {
    return this.#held
  }
}

/** Uploads have room of their own: they may not keep questions from being read. */
export interface BodyRoom {
  readonly questions: Bodies
  readonly uploads: Bodies
}

export const bodyRoom = (): BodyRoom => ({
  questions: new Bodies(100 * MEGABYTE, 25 * MEGABYTE),
  uploads: new Bodies(4 * MAX_UPLOAD_BYTES, 2 * MAX_UPLOAD_BYTES),
})

/**
 * Refuses a body that is too large (at once where it says how large it is), for which there is no room when it comes, or
 * that comes too slowly; what follows is not read. What is only announced takes no room from others.
 * @param address null where the connection is gone
 * @returns whether the request goes on
 */
export function limitBody(
  request: IncomingMessage,
  response: ServerResponse,
  room: BodyRoom,
  address: string | null,
): boolean {
  const network = networkOf(address ?? '')
  const isUpload = request.headers['content-type']?.trim().toLowerCase().startsWith('multipart/form-data') ?? false
  const most = isUpload ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES
  const bodies = isUpload ? room.uploads : room.questions
  let taken = 0
  let refused = false
  const free = () => {
    bodies.free(network, taken)
    taken = 0
  }
  response.once('close', free)
  // An answer may come before its question has ended: what is still on its way is in the way of the connection's next one.
  response.once('finish', () => request.complete || request.resume())
  const end = (status: number, code: string, text: Text, headers: Record<string, string> = {}) => {
    refused = true
    free()
    if (response.headersSent) request.destroy()
    else refuse(response, { status, code, text, headers }, request)
  }
  const tooLarge = () =>
    end(413, 'TOO_LARGE', {
      vi: `nội dung gửi lên có quá ${inVietnamese(most)} byte`,
      en: `the body has more than ${most} bytes`,
    })
  /** Whether what has come of the body is within the limits. */
  const fits = (bytes: number): boolean => {
    if (bytes > most) {
      tooLarge()
      return false
    }
    if (!bodies.take(network, bytes - taken)) {
      end(
        503,
        'BUSY',
        {
          vi: 'máy chủ đang nhận quá nhiều dữ liệu cùng lúc, của mọi người hoặc từ địa chỉ này: hãy thử lại',
          en: 'too much is being sent to this server at once, by all or from your address: try again',
        },
        { 'retry-after': '2' },
      )
      return false
    }
    taken = bytes
    return true
  }
  if (Number(request.headers['content-length'] ?? 0) > most) {
    tooLarge()
    return false
  }
  // Counted where Node hands the body on: a listener of our own would begin to read it before its reader does.
  const push = request.push.bind(request)
  let bytes = 0
  const ended = keepPace(
    request,
    () => bytes,
    () => {
      // Nothing more of it is waited for.
      response.once('finish', () => request.destroy())
      refused = true
      free()
      if (response.headersSent) return void request.destroy()
      const text = {
        vi: `nội dung gửi lên quá chậm: chưa đến ${PACE_BYTES} byte trong ${PACE_MS / 1000} giây`,
        en: `the body came too slowly: less than ${PACE_BYTES} bytes in ${PACE_MS / 1000} s`,
      }
      refuse(response, { status: 408, code: 'REQUEST_TIMEOUT', text, headers: { connection: 'close' } })
    },
  )
  response.once('close', ended)
  request.push = (chunk: Buffer | null, ...rest) => {
    bytes += chunk?.length ?? 0
    if (chunk === null) ended()
    // What comes of a body that was refused is thrown away, but for its end.
    if (chunk === null || (!refused && fits(bytes))) return push(chunk, ...rest)
    return true
  }
  return true
}

/**
 * Refuses a body that would be read as other than it is: nothing is unpacked, and JSON is UTF-8 (RFC 8259, section 8.1).
 * @returns whether it did
 */
export function refuseCoded(request: IncomingMessage, response: ServerResponse): boolean {
  const { 'content-encoding': coding = 'identity', 'content-type': type = '' } = request.headers
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type) ?? []
  if (request.method !== 'POST' || (/^identity$/i.test(coding) && /^utf-?8$/i.test(charset))) return false
  const text = {
    vi: 'nội dung gửi lên phải là UTF-8 và không nén',
    en: 'a body is to be sent in UTF-8, and not packed',
  }
  const headers = { 'accept-encoding': 'identity' }
  refuse(response, { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', text, headers }, request)
  return true
}

/** Looks from time to time how much has come. @returns ends that */
function keepPace(request: IncomingMessage, come: () => number, onSlow: () => void): () => void {
  let before = 0
  const look = () => {
    // What waits to be read here is not the client's delay.
    if (request.readableLength === 0 && come() - before < PACE_BYTES) {
      stop()
      onSlow()
    }
    before = come()
  }
  // A server that was busy looks at what has come meanwhile before it judges.
  const timer = setInterval(() => setImmediate(() => stopped || look()), PACE_MS).unref()
  let stopped = false
  const stop = () => {
    stopped = true
    clearInterval(timer)
  }
  return stop
}
