type Typed = Int32Array | Uint32Array | Uint16Array | Uint8Array | Float64Array

/** Copies what fits of one array to the beginning of another. */
export function copied<T extends Typed>(from: Typed, to: T): T {
  to.set(from.length > to.length ? from.subarray(0, to.length) : from)
  return to
}

/** Whole numbers from 0, most of them small: a byte each, until one needs more. */
export class NarrowColumn {
  #array: Uint8Array | Uint16Array | Uint32Array

  constructor(length: number) {
    this.#array = new Uint8Array(length)
  }

  get bytes(): number {
    return this.#array.byteLength
  }

  get(i: number): number {
    return this.#array[i] as number
  }

  set(i: number, value: number): void {
    this.#array[i] = value
    if (this.#array[i] === value) return
    this.#array = copied(this.#array, new (value < 2 ** 16 ? Uint16Array : Uint32Array)(this.#array.length))
    this.#array[i] = value
  }

  resize(length: number): void {
    const Same = this.#array.constructor as new (length: number) => Uint8Array
    this.#array = copied(this.#array, new Same(length))
  }
}
