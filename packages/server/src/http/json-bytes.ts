// JSON written as the bytes that are sent. As a text first it would be made, made flat, measured and translated into bytes:
// four times through an answer of a megabyte.

const FIRST_BYTES = 65_536
/** What is kept of the room for the next answer. */
const MOST_BYTES_KEPT = 4_000_000
/** Characters of a text that are looked at one by one; above that the engine's own writer is faster. */
const SHORT = 200
/** A character takes three bytes at most: those that take four are two characters. */
const BYTES_OF_CHARACTER = 3
/** Of a number, with its sign, point and exponent. */
const BYTES_OF_NUMBER = 32

const [QUOTE, BACKSLASH, MINUS, POINT, ZERO] = [0x22, 0x5c, 0x2d, 0x2e, 0x30]
const [SPACE, ONE_BYTE, TWO_BYTES] = [0x20, 0x80, 0x800]
const [FIRST_SURROGATE, LAST_SURROGATE] = [0xd800, 0xdfff]

/** An answer has more bytes than it may have. */
export class TooManyBytes extends Error {}

// One answer at a time: nothing else runs until it is written, and variables of a module are read faster than an object's.
let bytes = Buffer.allocUnsafeSlow(FIRST_BYTES)
let end = 0
let most = 0

/** @returns what `put` put, by the functions below, which throw {@link TooManyBytes} where it is more than `atMost` */
export function jsonBytes(atMost: number, put: () => void): Buffer {
  end = 0
  most = atMost
  try {
    put()
    if (end > most) throw new TooManyBytes()
    // Room of its own: in Node's pool an answer that is kept would keep eight kilobytes of others with it.
    const written = Buffer.allocUnsafeSlow(end)
    bytes.copy(written, 0, 0, end)
    return written
  } finally {
    if (bytes.length > MOST_BYTES_KEPT) bytes = Buffer.allocUnsafeSlow(FIRST_BYTES)
  }
}

function makeRoom(more: number): void {
  if (end > most) throw new TooManyBytes()
  const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, end + more))
  bytes.copy(larger, 0, 0, end)
  bytes = larger
}

/** JSON as it stands. */
export function putBytes(json: Uint8Array): void {
  const { length } = json
  if (end + length > bytes.length) makeRoom(length)
  const [to, from] = [bytes, end]
  for (let i = 0; i < length; i++) to[from + i] = json[i] as number
  end = from + length
}

/** JSON as it stands, as text. */
function putJson(json: string): void {
  const room = json.length * BYTES_OF_CHARACTER
  if (end + room > bytes.length) makeRoom(room)
  end += bytes.write(json, end)
}

export function putText(text: string): void {
  if (text.length > SHORT || !putPlain(text)) putJson(JSON.stringify(text))
}

/** A text in which nothing is to be written otherwise than it is; @returns whether it is one */
function putPlain(text: string): boolean {
  const { length } = text
  const room = length * BYTES_OF_CHARACTER + 2
  if (end + room > bytes.length) makeRoom(room)
  const to = bytes
  let at = end
  to[at++] = QUOTE
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code < ONE_BYTE) {
      if (code < SPACE || code === QUOTE || code === BACKSLASH) return false
      to[at++] = code
    } else if (code < TWO_BYTES) {
      to[at++] = 0xc0 | (code >> 6)
      to[at++] = 0x80 | (code & 0x3f)
    } else {
      if (code >= FIRST_SURROGATE && code <= LAST_SURROGATE) return false
      to[at++] = 0xe0 | (code >> 12)
      to[at++] = 0x80 | ((code >> 6) & 0x3f)
      to[at++] = 0x80 | (code & 0x3f)
    }
  }
  to[at++] = QUOTE
  end = at
  return true
}

/** Below it hundredths are whole numbers of 31 bits. */
const MOST_HUNDREDTHS = 2 ** 30

/** As `JSON.stringify` writes it: what is not finite is null. */
export function putNumber(value: number): void {
  if (end + BYTES_OF_NUMBER > bytes.length) makeRoom(BYTES_OF_NUMBER)
  const hundredths = Math.round(value * 100)
  // The division gives the double that is nearest to the decimal: where that is the value, the decimal is its shortest form.
  if (hundredths / 100 === value && hundredths > -MOST_HUNDREDTHS && hundredths < MOST_HUNDREDTHS)
    putHundredths(hundredths)
  else putJson(Number.isFinite(value) ? String(value) : 'null')
}

function putHundredths(value: number): void {
  let hundredths = value
  if (hundredths < 0) {
    bytes[end++] = MINUS
    hundredths = -hundredths
  }
  const whole = Math.trunc(hundredths / 100)
  const rest = hundredths - whole * 100
  let digits = 1
  for (let power = 10; power <= whole; power *= 10) digits++
  let left = whole
  for (let at = end + digits - 1; at >= end; at--) {
    const next = Math.trunc(left / 10)
    bytes[at] = ZERO + left - next * 10
    left = next
  }
  end += digits
  if (rest === 0) return
  const tenths = Math.trunc(rest / 10)
  bytes[end++] = POINT
  bytes[end++] = ZERO + tenths
  if (rest > tenths * 10) bytes[end++] = ZERO + rest - tenths * 10
}

/** Any value, as `JSON.stringify` writes one that stands in a list. */
export function putValue(value: unknown): void {
  if (typeof value === 'string') putText(value)
  else if (typeof value === 'number') putNumber(value)
  else putJson(JSON.stringify(value) ?? 'null')
}
