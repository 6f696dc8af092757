// The requests of one connection are answered one after the other. Node hands on at once all that come in one piece, and
// beginning them all leaves nobody else a moment: sixty large questions in one packet kept others waiting for 46 s.
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'

/** Sent ahead, before the first answer has gone. Programs that send ahead send ten; browsers none. */
const MOST_AHEAD = 100

interface Line {
  waiting: number
  last: Promise<void>
}
const lines = new WeakMap<Socket, Line>()

/**
 * Waits until the earlier answers of a connection have gone, and then lets others have a moment. A connection that sends too
 * many ahead is cut off: Node keeps each of them.
 * @returns whether there is still somebody to answer
 */
export async function takeTurn(response: ServerResponse): Promise<boolean> {
  const { socket } = response.req
  const line = lines.get(socket) ?? { waiting: 0, last: Promise.resolve() }
  lines.set(socket, line)
  const before = line.waiting++ > 0 ? line.last : null
  line.last = new Promise((resolve) => {
    response.once('close', () => {
      line.waiting--
      resolve()
    })
  })
  if (line.waiting > MOST_AHEAD) socket.destroy()
  if (before) {
    await before
    await setImmediate()
  }
  return !socket.destroyed
}
