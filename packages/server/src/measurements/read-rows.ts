// Files of strangers are read aside: whatever is packed into one, others are answered meanwhile, and it ends only its reader.
import { Worker } from 'node:worker_threads'
import type { Text } from '@dienbien/targets'
import type { Cell, Sheet } from '@dienbien/targets/table'

/** A file of all of a country's units takes a few seconds. */
const READING_TIMEOUT_MS = 60_000
const MOST_HEAP_MB = 1500

/** A file that is no table, or none that is read here. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

/** One at a time, so that several take no more memory than one. */
let before: Promise<unknown> = Promise.resolve()

/**
 * The rows of a CSV file or of the first sheet of an XLSX file.
 * @throws {UnreadableFile} where it is neither, too large to be a table that people filled in, or takes too long
 */
export const readRowsAside = (bytes: Uint8Array): Promise<Cell[][]> => inTurn<Cell[][]>(bytes, false)

/**
 * All sheets of an XLSX file.
 * @throws {UnreadableFile} as {@link readRowsAside} does
 */
export const readSheetsAside = (bytes: Uint8Array): Promise<Sheet[]> => inTurn<Sheet[]>(bytes, true)

function inTurn<Read>(bytes: Uint8Array, all: boolean): Promise<Read> {
  const content = before.then(() => read<Read>(bytes, all))
  before = content.catch(() => undefined)
  return content
}

const TOO_LARGE: Text = {
  vi: 'tốn nhiều bộ nhớ hơn một bảng do người điền: hãy chia nhỏ tệp',
  en: 'it takes more memory than a table that people fill in: split it',
}

function read<Read>(bytes: Uint8Array, all: boolean): Promise<Read> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./rows-worker.js', import.meta.url), {
      workerData: { bytes, all },
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    })
    const late = setTimeout(() => {
      reject(
        new UnreadableFile({
          vi: `đọc mất hơn ${READING_TIMEOUT_MS / 1000} giây: hãy chia nhỏ tệp`,
          en: `it takes longer than ${READING_TIMEOUT_MS / 1000} s to read: split it`,
        }),
      )
      void worker.terminate()
    }, READING_TIMEOUT_MS)
    worker.once('message', (answer: { read: Read } | { problem: Text }) => {
      if ('read' in answer) resolve(answer.read)
      else reject(new UnreadableFile(answer.problem))
    })
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(full ? new UnreadableFile(TOO_LARGE) : error)
    })
    worker.once('exit', () => {
      clearTimeout(late)
      reject(new UnreadableFile({ vi: 'bộ đọc tệp đã dừng', en: 'its reader ended' }))
    })
  })
}
