// What the trail tells of, against what it tells: each table's rows as they are, and as the trail left them. Not by Prisma:
// rows of any table are compared as JSON, where they lie.
import type { PoolClient } from 'pg'

/** Tables whose every change is in the trail, with their keys. The trail's own are held by the chain of hashes. */
export const AUDITED: Readonly<Record<string, readonly string[]>> = {
  units: ['id'],
  unit_states: ['unit_id', 'valid_from'],
  unit_aliases: ['unit_id', 'name'],
  unit_successions: ['predecessor_id', 'successor_id', 'on_date'],
  measurements: ['unit_code', 'year', 'indicator_id', 'as_of', 'status', 'revision'],
  unit_targets: ['unit_code', 'year', 'indicator_id', 'valid_from'],
  clusters: ['code'],
  cluster_names: ['cluster_code', 'from_year', 'revision'],
  memberships: ['unit_code', 'year'],
  eligibility_facts: ['unit_code', 'year', 'fact', 'revision'],
  cluster_heads: ['cluster_code', 'year'],
  filings: ['unit_code', 'year', 'kind', 'subject', 'revision'],
  deadlines: ['year', 'cluster_code', 'kind'],
  directive_versions: ['id'],
  frozen_rankings: ['id'],
  commendation_steps: ['ranking_id', 'number'],
  point_table_versions: ['cluster_code', 'year', 'version'],
  point_table_steps: ['cluster_code', 'year', 'number'],
  score_sheets: ['unit_code', 'year', 'stage', 'assessor', 'revision'],
  saved_queries: ['slug', 'version'],
}

/** By table and column of the key, what stands for it in rows of before the column had its name, or was there. */
const KEYS_BEFORE: Readonly<Record<string, string>> = {
  'units id': "x.row -> 'code'",
  'deadlines cluster_code': `'""'::jsonb`,
  'cluster_names revision': `'1'::jsonb`,
}

export interface RowGap {
  /** The batch that told of the row last; null where none does. */
  readonly batch: string | null
  readonly key: readonly unknown[]
  readonly what: 'row-changed' | 'row-removed' | 'row-added'
}

/** The rows of a table that are not as the trail says: one statement, which sorts the table's entries. */
export async function rowsBesideTrail(client: PoolClient, table: string, limit: number): Promise<RowGap[]> {
  const key = AUDITED[table] as readonly string[]
  const columns = key
    .map((column) => {
      const before = KEYS_BEFORE[`${table} ${column}`]
      return before ? `coalesce(x.row -> '${column}', ${before})` : `x.row -> '${column}'`
    })
    .join(', ')
  const stands = key.map((column) => `to_jsonb(t.${column})`).join(', ')
  // A row of the trail is read as one of today's table: a column that came later is taken as it is, a time reads the same
  // in any zone.
  const { rows } = await client.query<RowGap>(
    `with told as (
       select distinct on (key) key, state, batch from (
         select jsonb_build_array(${columns}) as key, x.state, e.batch_id as batch, e.number
         from audit_batches b join audit_entries e on e.batch_id = b.id
         cross join lateral (values (e.before, null::jsonb), (e.after, e.after)) x(row, state)
         where b.table_name = $1 and b.action <> 'REFUSED' and x.row is not null
       ) s order by key, batch desc, number desc, (state is null)
     ), stands as (select jsonb_build_array(${stands}) as key, t as row from "${table}" t)
     select told.batch::text, coalesce(told.key, stands.key) as key,
       case when stands.key is null then 'row-removed' when told.state is null then 'row-added' else 'row-changed' end as what
     from told full join stands on stands.key = told.key
     where case
       when stands.key is null then told.state is not null
       when told.state is null then true
       else jsonb_populate_record(stands.row, told.state) is distinct from stands.row
     end
     order by told.batch, 2 limit $2`,
    [table, limit],
  )
  return rows
}

/**
 * Tables that only grow and are not in the trail: its own, which the chain holds, and the answers that were given for
 * idempotency keys, which repeat what the trail tells of already.
 */
const GROWING = ['audit_batches', 'audit_entries', 'audit_links', 'audit_heads', 'idempotency_keys']

/** Tables of which the database does not write the trail now, or lets what only grows be changed: a trigger is missing or off. */
export async function unwatchedTables(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select a.name from unnest($1::text[]) a(name)
     where (select count(*) from pg_trigger g where g.tgrelid = to_regclass(quote_ident(a.name)) and g.tgenabled in ('O', 'A')
       and g.tgname in ('audit_insert', 'audit_update', 'audit_delete')) < 3
     union all
     select a.name from unnest($1::text[] || $2::text[]) a(name)
     where not exists (select from pg_trigger g where g.tgrelid = to_regclass(quote_ident(a.name)) and g.tgenabled in ('O', 'A')
       and g.tgname in ('refuse_change', 'refuse_truncate'))
     order by 1`,
    [Object.keys(AUDITED), GROWING],
  )
  return [...new Set(rows.map(({ name }) => name))]
}
