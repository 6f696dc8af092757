// A server of the synthetic province of sample-workbooks.ts: two years, figures of the first, communes merged in the second.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownDatabase, type RunningServer, start } from './harness.ts'
import { FIGURES_2024, FIRST_YEAR, SECOND_YEAR, type Sheets, xlsx } from './sample-workbooks.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'

export interface SampleProvince {
  readonly server: RunningServer
  readonly token: (...args: string[]) => string
  /** Ends the server and removes its folder. */
  readonly end: () => Promise<void>
}

const SET_UP = `mutation ($input: SetUpInput!) { setUp(input: $input) {
  sheets { name created changed unchanged } problems { sheet cell message } errors { message }
} }`

/** What became of a workbook, in Vietnamese. */
export interface Told {
  readonly sheets: readonly { readonly created: number; readonly changed: number; readonly unchanged: number }[]
  readonly problems: readonly { readonly sheet: string; readonly cell: string; readonly message: string }[]
}

/** Sends a workbook to the server of a province, as an administrator, of a unit or of none. */
export async function sendWorkbook(
  { server, token }: SampleProvince,
  sheets: Sheets,
  { dryRun, unit }: { readonly dryRun: boolean; readonly unit?: string | undefined },
): Promise<Told> {
  const jwt = token('--role', 'administrator', ...(unit ? ['--unit', unit] : []))
  const body = new FormData()
  const input = { file: null, source: 'Nghị quyết 1/NQ (ví dụ tự đặt)', dryRun }
  body.set('operations', JSON.stringify({ query: SET_UP, variables: { input } }))
  body.set('map', '{"0":["variables.input.file"]}')
  body.set('0', new Blob([(await xlsx(sheets)) as BlobPart]), 'so-tinh.xlsx')
  const headers = { ...bearer(jwt), 'accept-language': 'vi' }
  const response = await fetch(server.url, { method: 'POST', headers, body })
  return ((await response.json()) as { data: { setUp: Told } }).data.setUp
}

const SOURCE = ['--source', 'Quyết định 1/QĐ-UBND (ví dụ tự đặt)']

export async function sampleProvince(): Promise<SampleProvince> {
  const folder = mkdtempSync(join(tmpdir(), 'dienbien-sample-'))
  const environment = { DATA_DIR: folder, ...(await ownDatabase('bare')) }
  const run = (args: readonly string[]) => {
    const env = { ...process.env, ...environment, NODE_OPTIONS: '' }
    const { status, stdout, stderr } = spawnSync(process.execPath, [DIENBIEN, ...args], { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${args[0]}: ${stdout}\n${stderr}`)
  }
  const setUp = async (name: string, sheets: Sheets) => {
    writeFileSync(join(folder, name), await xlsx(sheets))
    run(['setup', join(folder, name), ...SOURCE])
  }
  await setUp('nam-dau.xlsx', FIRST_YEAR)
  const figures = join(folder, 'so-lieu.csv')
  writeFileSync(figures, FIGURES_2024)
  run(['import', figures, '--as-of', '2024-12-31', '--status', 'official', ...SOURCE])
  await setUp('nam-sau.xlsx', SECOND_YEAR)
  const token = tokens(() => environment)
  const server = await start(environment)
  const { errors } = await server.change(MERGE, {}, bearer(token('--role', 'administrator')))
  if (errors) throw new Error(JSON.stringify(errors))
  return {
    server,
    token,
    async end() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const MERGE = `mutation { changeUnits(input: {
  decision: "Nghị quyết 9/NQ (ví dụ tự đặt)"
  create: [{ code: "97104", name: "Xã Mẫu Mới", kind: "Xã", level: COMMUNE, parent: "971", from: "2025-07-01", predecessors: ["97101", "97102"] }]
}) { units { code } errors { message } } }`
