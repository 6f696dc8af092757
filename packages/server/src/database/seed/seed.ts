import type { Pool, PoolClient } from 'pg'
import { inLockedTransaction } from '../migrate.ts'
import { type DataSet, DEMO, PUBLISHED, type Rows } from './rows.ts'
import { SET_UP } from './set-up.ts'

/**
 * Loads the units, clusters and published figures of 2022, and with `demo` the synthetic data set, each once; nothing
 * where the database was set up by a workbook. Not by Prisma: it is done in the lock and on the connection of the migrations,
 * and each table comes as one parameter.
 */
export async function seed(pool: Pool, { demo }: { readonly demo: boolean }): Promise<void> {
  const wanted: readonly DataSet[] = demo ? [...PUBLISHED, ...DEMO] : PUBLISHED
  const { rows } = await pool.query<{ name: string }>('select name from data_sets')
  if (rows.some(({ name }) => name === SET_UP)) return
  if (wanted.every((name) => rows.some((row) => row.name === name))) return
  // Only a first start reads the files.
  const { rowsOf } = await import('./data-sets.ts')
  await inLockedTransaction(pool, async (client) => {
    for (const name of wanted) {
      // Another server may have loaded it while this one waited for the lock.
      const { rowCount } = await client.query('insert into data_sets (name) values ($1) on conflict do nothing', [name])
      if (rowCount === 0) continue
      await insert(client, rowsOf[name]())
    }
  })
}

async function insert(client: PoolClient, tables: Rows): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    if (rows.length === 0) continue
    if (table === 'unit_ends') {
      await client.query(
        'update units set valid_to = e.valid_to from jsonb_to_recordset($1) e(id text, valid_to date) where units.id = e.id',
        [JSON.stringify(rows)],
      )
      continue
    }
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
