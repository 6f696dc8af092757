// The rows of each data set: published ones from `prisma/seed`, synthetic ones from a seed.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Directive, directive2022 } from '@dienbien/targets'
import { parse } from 'csv-parse/sync'
import { hashOf } from '../../figures/load-directives.ts'
import { searchKey } from '../../search-key.ts'
import { englishName } from '../../units/english-name.ts'
import { demoRows } from './demo.ts'
import { demoEmulationRows } from './demo-emulation.ts'
import type { DataSet, Rows } from './rows.ts'

const SEED = new URL('../../../../../prisma/seed/', import.meta.url)

/** What this process writes into `recorded_by`. */
const SEEDED_BY = 'seed'

export const rowsOf: Readonly<Record<DataSet, () => Rows>> = {
  'published-2022': publishedRows,
  'deadlines-2022': () => ({ deadlines: readSeed('deadlines') }),
  'published-2022-further': () => ({ measurements: readFigures('measurements-further') }),
  'directive-2022': () => ({ directive_versions: [directiveRow(directive2022)] }),
  'aliases-2022': () => ({
    unit_aliases: readSeed('unit-aliases').map(({ gso_code, alias_vi, source }) => ({
      unit_id: gso_code,
      name: alias_vi,
      search_key: searchKey(alias_vi ?? ''),
      source,
    })),
  }),
  // By 1661/NQ-UBTVQH15 and the law on local government of 2025: communes were merged and districts ended.
  'units-2022-end': () => ({
    unit_ends: readSeed('units')
      .filter(({ level }) => level !== 'province')
      .map(({ gso_code: id }) => ({ id, valid_to: '2025-06-30' })),
  }),
  'demo-2022': () => demoRows(readSeed('units'), readSeed('targets')),
  'demo-2022-emulation': () => demoEmulationRows(readSeed('memberships')),
}

const directiveRow = (directive: Directive) => ({
  id: `${directive.year}-1`,
  year: directive.year,
  cluster_code: '',
  unit_code: '',
  version: 1,
  published: true,
  document: directive,
  hash: hashOf(directive),
  source: `${directive.issuer.vi}: ${directive.id}`,
  recorded_by: SEEDED_BY,
})

function publishedRows(): Rows {
  return {
    units: readSeed('units').map((row) => ({
      id: row.gso_code,
      code: row.gso_code,
      name: row.name_vi,
      name_en: englishName(row.type_vi ?? '', row.name_vi ?? ''),
      kind: row.type_vi,
      level: row.level,
      parent_code: row.parent_gso_code || null,
      search_key: searchKey(row.name_vi ?? ''),
      source: 'Tổng cục Thống kê: danh mục đơn vị hành chính năm 2022',
    })),
    clusters: readSeed('clusters'),
    memberships: readSeed('memberships').map(({ cluster, unit, ...row }) => ({
      ...row,
      cluster_code: cluster,
      unit_code: unit,
    })),
    unit_targets: readSeed('targets').map(({ unit, indicator, ...row }) => ({
      ...row,
      unit_code: unit,
      indicator_id: indicator,
    })),
    measurements: readFigures('measurements'),
  }
}

const readFigures = (name: string) =>
  readSeed(name).map(({ unit, indicator, note, ...row }) => ({
    ...row,
    unit_code: unit,
    indicator_id: indicator,
    note: note || null,
    recorded_by: SEEDED_BY,
  }))

/** A table of `prisma/seed/`: one object a row, by the names in its first line. */
function readSeed(name: string): Record<string, string>[] {
  return parse(readFileSync(fileURLToPath(new URL(`${name}.csv`, SEED))), { columns: true, bom: true })
}
