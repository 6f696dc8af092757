/** Numbers short texts by their bytes, without making strings of them: a load reads millions of the same few. */
export class ByteIndex {
  #slots = new Int32Array(256).fill(-1)
  readonly #bytes: Buffer[] = []
  readonly #texts: string[] = []

  constructor(texts: Iterable<string> = []) {
    for (const text of texts) {
      const bytes = Buffer.from(text)
      this.add(bytes, 0, bytes.length)
    }
  }

  /** The number of the text from `start` to `end`, or −1. */
  get(buffer: Uint8Array, start: number, end: number): number {
    const slots = this.#slots
    for (let slot = hash(buffer, start, end) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const entry = slots[slot] as number
      if (entry < 0 || areSameBytes(this.#bytes[entry] as Buffer, buffer, start, end)) return entry
    }
  }

  /** Like `get`, giving a new text the next number. */
  add(buffer: Uint8Array, start: number, end: number): number {
    const found = this.get(buffer, start, end)
    if (found >= 0) return found
    const number = this.#bytes.push(Buffer.from(buffer.subarray(start, end))) - 1
    if (this.#bytes.length * 2 > this.#slots.length) this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    else {
      this.#place(number)
      return number
    }
    for (let i = 0; i <= number; i++) this.#place(i)
    return number
  }

  text(number: number): string {
    this.#texts[number] ??= (this.#bytes[number] as Buffer).toString('utf8')
    return this.#texts[number] as string
  }

  #place(number: number): void {
    const bytes = this.#bytes[number] as Buffer
    const slots = this.#slots
    let slot = hash(bytes, 0, bytes.length) & (slots.length - 1)
    while ((slots[slot] as number) >= 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = number
  }
}

/** FNV-1a. */
function hash(buffer: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5
  for (let i = start; i < end; i++) h = Math.imul(h ^ (buffer[i] as number), 0x01000193)
  return (h ^ (h >>> 15)) >>> 0
}

function areSameBytes(bytes: Uint8Array, buffer: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== buffer[start + i]) return false
  return true
}
