import { Unzip, UnzipInflate } from 'fflate'

const MOST_INFLATED = 200_000_000
const MOST_CELLS = 5_000_000
const MOST_COLUMNS = 1000
/** So small that what one piece unpacks to, at most a thousand times as much, fits into memory. */
const PIECE = 16_384
/** A cell's or a row's place, in whichever quotes; one that is written in entities is not Excel's. */
const PLACE = /\br\s*=\s*["']([A-Z]{0,9})(\d{1,15})["']|\br\s*=\s*["'][^"'<>]*&/gi
/** A place may begin in one piece and end in the next. */
const OVERLAP = 40

/**
 * Refuses an XLSX file that is small but unpacks to too much, or that has a cell so far out that the sheet around it would
 * not fit into memory.
 * @throws {Error} saying which
 */
export function refuseOversized(bytes: Uint8Array): void {
  let inflated = 0
  const unzip = new Unzip((file) => {
    let rest = ''
    let rows = 0
    let columns = 0
    file.ondata = (error, chunk) => {
      if (error) throw error
      inflated += chunk.length
      if (inflated > MOST_INFLATED) throw new Error(`it unpacks to more than ${MOST_INFLATED / 1e6} MB`)
      if (!file.name.endsWith('.xml')) return
      const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
      for (const [place, letters, digits] of text.matchAll(PLACE)) {
        if (digits === undefined) throw new Error(`it has a cell whose place is written as ${JSON.stringify(place)}`)
        rows = Math.max(rows, Number(digits))
        columns = Math.max(columns, columnOf(letters ?? ''))
      }
      refuseTooMany(rows, columns)
      rest = text.slice(-OVERLAP)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += PIECE) {
    unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  }
}

/** @throws {Error} where a table has more than anybody fills in */
export function refuseTooMany(rows: number, columns: number): void {
  if (columns > MOST_COLUMNS) throw new Error(`it has ${columns} columns and may have ${MOST_COLUMNS}`)
  if (rows * columns > MOST_CELLS) throw new Error(`it has ${rows} rows of ${columns} columns: split it`)
}

/** 1 of "A", 28 of "AB". */
function columnOf(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}
