// All figures to take away: as a table, and as a data package by https://datapackage.org, which says what each column is.
import { strToU8, zipSync } from 'fflate'
import type { AllFiguresQuery, IndicatorsQuery } from '../generated/api.ts'
import { csvOf } from './csv.ts'

export type FiguresOfUnit = NonNullable<AllFiguresQuery['units']>['nodes'][number]
type Indicator = NonNullable<IndicatorsQuery['directive']>['indicators'][number]
type Cell = string | number | boolean | null

interface Field {
  readonly name: string
  readonly type: 'string' | 'number' | 'integer' | 'date' | 'boolean'
  readonly description: string
  readonly constraints?: { readonly required?: boolean; readonly enum?: readonly string[] }
}
const required = { required: true } as const

const FIGURES: readonly Field[] = [
  { name: 'unit', type: 'string', description: 'Mã đơn vị', constraints: required },
  { name: 'name', type: 'string', description: 'Tên đơn vị' },
  { name: 'indicator', type: 'string', description: 'Mã chỉ tiêu', constraints: required },
  { name: 'asOf', type: 'date', description: 'Ngày của số liệu', constraints: required },
  { name: 'value', type: 'number', description: 'Giá trị, theo đơn vị tính của chỉ tiêu', constraints: required },
  {
    name: 'status',
    type: 'string',
    description: 'Loại số liệu: ước thực hiện, sơ bộ, chính thức',
    constraints: { enum: ['ESTIMATE', 'PRELIMINARY', 'OFFICIAL'] },
  },
  { name: 'revision', type: 'integer', description: 'Lần ghi' },
  { name: 'source', type: 'string', description: 'Nguồn: ai công bố, ở đâu, ngày nào' },
  { name: 'synthetic', type: 'boolean', description: 'Số liệu giả lập', constraints: required },
]
const UNITS: readonly Field[] = [
  { name: 'code', type: 'string', description: 'Mã đơn vị', constraints: required },
  { name: 'name', type: 'string', description: 'Tên đơn vị' },
  { name: 'level', type: 'string', description: 'Cấp' },
  { name: 'synthetic', type: 'boolean', description: 'Đơn vị giả lập', constraints: required },
]
const INDICATORS: readonly Field[] = [
  { name: 'id', type: 'string', description: 'Mã chỉ tiêu', constraints: required },
  { name: 'name', type: 'string', description: 'Tên chỉ tiêu' },
  { name: 'unit', type: 'string', description: 'Đơn vị tính' },
  { name: 'section', type: 'string', description: 'Mục của chỉ thị' },
  { name: 'quote', type: 'string', description: 'Chỉ thị viết' },
  { name: 'target', type: 'string', description: 'Mục tiêu' },
  { name: 'measure', type: 'string', description: 'Cách đo' },
]

/** A figure, in the columns of every download. */
export type FigureRow = Readonly<Record<'unit' | 'name' | 'indicator' | 'asOf' | 'status', string>> & {
  readonly value: number
  readonly revision: number
  readonly source: string | null
  readonly synthetic: boolean
}

export const figureRows = (units: readonly FiguresOfUnit[]): readonly FigureRow[] =>
  units.flatMap(({ code, name, measurements }) =>
    measurements.map(({ indicator, asOf, value, status, revision, source, synthetic }) => ({
      unit: code,
      name,
      indicator: indicator.id,
      asOf,
      value,
      status,
      revision,
      source,
      synthetic,
    })),
  )

function csv(fields: readonly Field[], rows: readonly object[]): string {
  const cell = (value: Cell) => (typeof value === 'boolean' ? String(value) : value)
  return csvOf(
    fields.map(({ name }) => name),
    rows.map((row) => fields.map(({ name }) => cell((row as Record<string, Cell>)[name] ?? null))),
  )
}

/** Every figure that counts, as a table for spreadsheets. */
export const figuresAsCsv = (rows: readonly FigureRow[]): string => csv(FIGURES, rows)

/** What a package says of itself besides its tables. */
export interface Described {
  readonly year: number
  readonly asOf: string
  /** The directive, in words. */
  readonly directive: string
  /** Who may use it for what. */
  readonly licence: string
  /** What stands in the description where any figure is invented. */
  readonly mark: string
  readonly homepage: string
}

/** datapackage.json with its three tables, as a zip file: the same figures give the same bytes. */
export function dataPackage(
  units: readonly FiguresOfUnit[],
  indicators: readonly Indicator[],
  said: Described,
): Uint8Array {
  const figures = figureRows(units)
  const isInvented = [...figures, ...units].some(({ synthetic }) => synthetic)
  const tables = [
    { name: 'figures', fields: FIGURES, rows: figures, key: ['unit', 'indicator'] },
    { name: 'units', fields: UNITS, rows: units, key: ['code'] },
    {
      name: 'indicators',
      fields: INDICATORS,
      rows: indicators.map((indicator) => ({ ...indicator, unit: indicator.unit.name, target: indicator.target.text })),
      key: ['id'],
    },
  ]
  const foreignKeys = [
    { fields: ['unit'], reference: { resource: 'units', fields: ['code'] } },
    { fields: ['indicator'], reference: { resource: 'indicators', fields: ['id'] } },
  ]
  const sources = [said.directive, ...new Set(figures.flatMap(({ source }) => source ?? []))]
  // The mark of spreadsheets at the beginning of a file is none of a table's first column.
  const files = tables.map(({ name, fields, rows }) => [`${name}.csv`, strToU8(csv(fields, rows).slice(1))] as const)
  const descriptor = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: `so-lieu-${said.year}-${said.asOf}`,
    title: `${isInvented ? `${said.mark}: ` : ''}${said.directive}, ${said.asOf}`,
    description: [...(isInvented ? [said.mark] : []), said.licence].join('. '),
    homepage: said.homepage,
    sources: sources.map((title) => ({ title })),
    resources: tables.map(({ name, fields, key }, at) => ({
      $schema: 'https://datapackage.org/profiles/2.0/dataresource.json',
      name,
      type: 'table',
      path: `${name}.csv`,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      bytes: files[at]?.[1].length,
      schema: {
        $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
        fields,
        primaryKey: key,
        ...(name === 'figures' ? { foreignKeys } : {}),
      },
    })),
  }
  return zipSync(
    { 'datapackage.json': strToU8(JSON.stringify(descriptor, null, 2)), ...Object.fromEntries(files) },
    { mtime: `${said.asOf}T00:00:00` },
  )
}
