// PostgreSQL's binary COPY format, read without an object or a text a row: a year has millions of them.

/** Signature, flags and the length of an extension that there is not. */
const HEADER_BYTES = 19
const BUFFER_BYTES = 1 << 18
/** Days from 1970 to PostgreSQL's first. */
const POSTGRES_EPOCH = 10_957

/** What {@link FigureRows} reads, in this order. */
export const FIGURE_COLUMNS =
  'unit_code, indicator_id, as_of, status, revision, value, synthetic, withdrawn, source' as const

/**
 * Reads a COPY that arrives in pieces, through one buffer: what is not a whole row yet moves to its front.
 * @param readRows reads the whole rows of a buffer and says where the first that is not whole begins
 */
export async function readCopy(
  pieces: AsyncIterable<Buffer>,
  readRows: (buffer: Buffer, from: number) => number,
): Promise<void> {
  let buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  let kept = 0
  let first = true
  for await (const piece of pieces) {
    if (kept + piece.length > buffer.length) {
      const larger = Buffer.allocUnsafe(2 * (kept + piece.length))
      buffer.copy(larger, 0, 0, kept)
      buffer = larger
    }
    piece.copy(buffer, kept)
    const end = kept + piece.length
    if (first && end < HEADER_BYTES) {
      kept = end
      continue
    }
    const at = readRows(buffer.subarray(0, end), first ? HEADER_BYTES : 0)
    first = false
    buffer.copyWithin(0, at, end)
    kept = end - at
  }
}

/** Goes from one row of figures to the next, and says where in the buffer each text of it stands and what its numbers are. */
export class FigureRows {
  readonly buffer: Buffer
  readonly #view: DataView
  /** Where the first row begins that was not read. */
  at: number
  unit = 0
  unitEnd = 0
  indicator = 0
  indicatorEnd = 0
  /** Of the status, which its first letter tells. */
  status = 0
  source = 0
  /** −1 where there is none. */
  sourceEnd = -1
  #day = 0
  #revision = 0

  constructor(buffer: Buffer, from: number) {
    this.buffer = buffer
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    this.at = from
  }

  /** False where no whole row is left. */
  next(): boolean {
    const view = this.#view
    const { length } = this.buffer
    const { at } = this
    if (at + 2 > length) return false
    if (view.getInt16(at) < 0) {
      this.at = length // the end of the COPY
      return false
    }
    // The lengths of the fields lead from one to the next; the last one says whether the row is whole.
    const unit = at + 6
    if (unit > length) return false
    const indicator = unit + view.getInt32(at + 2) + 4
    if (indicator > length) return false
    const day = indicator + view.getInt32(indicator - 4) + 4
    if (day + 8 > length) return false
    const status = day + 8
    const revision = status + view.getInt32(status - 4) + 4
    const source = revision + 4 + 12 + 5 + 5 + 4
    if (source > length) return false
    const sourceLength = view.getInt32(source - 4)
    const end = source + Math.max(0, sourceLength)
    if (end > length) return false
    this.unit = unit
    this.unitEnd = indicator - 4
    this.indicator = indicator
    this.indicatorEnd = day - 4
    this.#day = day
    this.status = status
    this.#revision = revision
    this.source = source
    this.sourceEnd = sourceLength < 0 ? -1 : end
    this.at = end
    return true
  }

  /** Counted from 1970-01-01. */
  get day(): number {
    return this.#view.getInt32(this.#day) + POSTGRES_EPOCH
  }

  get revision(): number {
    return this.#view.getInt32(this.#revision)
  }

  get value(): number {
    return this.#view.getFloat64(this.#revision + 8)
  }

  get isSynthetic(): boolean {
    return this.buffer[this.#revision + 20] === 1
  }

  get isWithdrawn(): boolean {
    return this.buffer[this.#revision + 25] === 1
  }
}
