import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import type { Pool, PoolClient } from 'pg'
import { searchKey } from '../search-key.ts'
import { demoRows } from './demo.ts'
import { demoEmulationRows } from './demo-emulation.ts'
import { inLockedTransaction } from './migrate.ts'
import type { Rows } from './rows.ts'

const SEED = new URL('../../../../prisma/seed/', import.meta.url)

/** What this process writes into `recorded_by`. */
const SEEDED_BY = 'seed'

/** In the order in which they are loaded, each once; a set never changes after a release, a new one is added. */
const DATA_SETS: readonly { readonly name: string; readonly demo: boolean; readonly load: () => Rows }[] = [
  { name: 'published-2022', demo: false, load: publishedRows },
  { name: 'deadlines-2022', demo: false, load: () => ({ deadlines: readSeed('deadlines') }) },
  { name: 'demo-2022', demo: true, load: () => demoRows(readSeed('units'), readSeed('targets')) },
  { name: 'demo-2022-emulation', demo: true, load: () => demoEmulationRows(readSeed('memberships')) },
]

/**
 * Loads the units, clusters and published figures of 2022, and with `demo` the synthetic data set, each once.
 */
export async function seed(pool: Pool, { demo }: { readonly demo: boolean }): Promise<void> {
  const wanted = DATA_SETS.filter((set) => demo || !set.demo)
  const { rows } = await pool.query<{ name: string }>('select name from data_sets')
  if (wanted.every(({ name }) => rows.some((row) => row.name === name))) return
  await inLockedTransaction(pool, async (client) => {
    for (const { name, load } of wanted) {
      // Another server may have loaded it while this one waited for the lock.
      const { rowCount } = await client.query('insert into data_sets (name) values ($1) on conflict do nothing', [name])
      if (rowCount === 0) continue
      await insert(client, load())
    }
  })
}

function publishedRows(): Rows {
  return {
    units: readSeed('units').map((row) => ({
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
    measurements: readSeed('measurements').map(({ unit, indicator, note, ...row }) => ({
      ...row,
      unit_code: unit,
      indicator_id: indicator,
      note: note || null,
      recorded_by: SEEDED_BY,
    })),
  }
}

const ENGLISH_KINDS: Readonly<Record<string, string>> = {
  Tỉnh: 'province',
  'Thành phố': 'city',
  'Thị xã': 'town',
  Huyện: 'district',
  Xã: 'commune',
  Phường: 'ward',
  'Thị trấn': 'township',
}

/** "Huyện Mường Ảng" → "Mường Ảng district". */
function englishName(kind: string, name: string): string {
  return `${name.slice(kind.length).trim()} ${ENGLISH_KINDS[kind] ?? kind}`
}

/** A table of `prisma/seed/`: one object a row, by the names in its first line. */
function readSeed(name: string): Record<string, string>[] {
  return parse(readFileSync(fileURLToPath(new URL(`${name}.csv`, SEED))), { columns: true, bom: true })
}

async function insert(client: PoolClient, tables: Rows): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    if (rows.length === 0) continue
    const { rows: known } = await client.query<{ column_name: string }>(
      'select column_name from information_schema.columns where table_schema = current_schema() and table_name = $1',
      [table],
    )
    const columns = known.map(({ column_name }) => column_name).filter((column) => column in (rows[0] ?? {}))
    const list = columns.join(', ')
    await client.query(
      `insert into ${table} (${list}) select ${list} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  }
}
