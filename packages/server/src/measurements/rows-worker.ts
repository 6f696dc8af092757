// The thread of read-rows.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { TargetsError } from '@dienbien/targets'
import { readRows } from '@dienbien/targets/table'

try {
  parentPort?.postMessage({ rows: await readRows(Buffer.from(workerData as Uint8Array)) })
} catch (error) {
  if (!(error instanceof TargetsError)) throw error
  parentPort?.postMessage({ problem: error.text })
}
