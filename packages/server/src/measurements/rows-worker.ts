// The thread of read-rows.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { TargetsError } from '@dienbien/targets'
import { readRows, readSheets } from '@dienbien/targets/table'

const { bytes, all } = workerData as { readonly bytes: Uint8Array; readonly all: boolean }
try {
  const file = Buffer.from(bytes)
  parentPort?.postMessage({ read: await (all ? readSheets(file) : readRows(file)) })
} catch (error) {
  if (!(error instanceof TargetsError)) throw error
  parentPort?.postMessage({ problem: error.text })
}
