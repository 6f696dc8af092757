// SYNTHETIC: servers of units, directives and figures that a test invents, set up from an empty database.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownDatabase, type RunningServer, start } from './harness.ts'
import { xlsx } from './sample-workbooks.ts'
import { bearer, DIENBIEN, tokens } from './tokens.ts'

/** Code, name, kind, level as a workbook writes it, code of the parent. */
export type UnitRow = readonly [code: string, name: string, kind: string, level: string, parent: string | null]

export interface DraftedProvince {
  readonly server: RunningServer
  readonly administrator: Record<string, string>
  /** Without errors, or the test fails. */
  ask<Data>(text: string, variables?: Record<string, unknown>): Promise<Data>
  /** A call of a mutation, which must not be refused. */
  made(call: string): Promise<unknown>
  publish(document: object, scope?: { readonly cluster?: string; readonly unit?: string }): Promise<void>
  /** Official figures, each a unit, a day, an indicator and a value. */
  figures(...rows: readonly (readonly [unit: string, asOf: string, indicator: string, value: number])[]): Promise<void>
  end(): Promise<void>
}

export async function draftedProvince(units: readonly UnitRow[]): Promise<DraftedProvince> {
  const folder = mkdtempSync(join(tmpdir(), 'dienbien-drafted-'))
  const environment = { DATA_DIR: folder, ...(await ownDatabase('bare')) }
  const header = ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Cấp', 'Mã đơn vị cấp trên']
  const workbook = join(folder, 'don-vi.xlsx')
  writeFileSync(workbook, await xlsx({ 'Đơn vị': [header, ...units] }))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [DIENBIEN, 'setup', workbook, '--source', 'Danh mục tự đặt (synthetic)'],
    { env: { ...process.env, ...environment, NODE_OPTIONS: '' }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`)
  const server = await start(environment)
  const administrator = bearer(tokens(() => environment)('--role', 'administrator'))
  const ask = async <Data>(text: string, variables: Record<string, unknown> = {}): Promise<Data> => {
    const { data, errors } = await server.query<Data>(text, variables, administrator)
    expect([text, errors]).toEqual([text, undefined])
    return data
  }
  const made = async (call: string, variables = '', values: Record<string, unknown> = {}) => {
    const text = `mutation ${variables} { it: ${call} }`
    const { data, errors } = await server.change<{ it: unknown }>(text, values, administrator)
    expect([call, errors]).toEqual([call, undefined])
    return data.it
  }
  return {
    server,
    administrator,
    ask,
    made: (call) => made(call),
    async publish(document, scope = {}) {
      await made(
        'publishDirective(input: { document: $document, cluster: $cluster, unit: $unit, source: "Văn bản tự đặt" }) { version { code } }',
        '($document: JSON!, $cluster: String, $unit: String)',
        { document, ...scope },
      )
    },
    async figures(...rows) {
      for (const [unit, asOf, indicator, value] of rows) {
        await made(
          `submitMeasurements(input: { unit: "${unit}", year: ${asOf.slice(0, 4)}, asOf: "${asOf}", status: OFFICIAL, source: "Tự đặt", values: [{ indicator: "${indicator}", value: ${value} }] }) { unit { code } }`,
        )
      }
    },
    async end() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const TERRITORIES = ['province', 'district', 'commune']

/** An indicator with what does not matter filled in. */
export const drafted = (id: string, more: object): object => ({
  id,
  name: { vi: `Chỉ tiêu ${id}`, en: `Indicator ${id}` },
  section: '1',
  unit: { code: 'percent', vi: '%', en: '%' },
  quote: 'tự đặt',
  measure: 'rate',
  extent: 'intensive',
  levels: TERRITORIES,
  checkedOn: '2026-11-25',
  ...more,
})

export const draftedDirective = (year: number, indicators: readonly object[], more: object = {}): object => ({
  id: `${year}/CT-THU`,
  title: { vi: `Chỉ thị năm ${year} (tự đặt)`, en: `Directive of ${year} (synthetic)` },
  issuer: { vi: 'Cơ quan tự đặt', en: 'An invented body' },
  issuedOn: `${year}-01-10`,
  year,
  indicators,
  ...more,
})
