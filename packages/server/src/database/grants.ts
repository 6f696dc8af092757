// What the application's role may do, where it is apart from the owner's: one list for every table. Not by Prisma, which has
// no roles and no rights.
import type { Pool, PoolClient } from 'pg'
import { StartFailure } from '../errors/failure.ts'
import { inLockedTransaction } from './migrate.ts'

const READ = 'select'
/** What only grows: no row is changed or removed, by the rights of the role already. */
const GROWS = 'select, insert'
/** What is set anew, and leaves its trail: these columns, never the key of a row. */
const sets = (...columns: readonly string[]) => `${GROWS}, update (${columns.join(', ')})`

/** A new table belongs here, or the server may not use it. */
export const GRANTS: Readonly<Record<string, string>> = {
  measurements: GROWS,
  idempotency_keys: GROWS,
  unit_targets: GROWS,
  eligibility_facts: GROWS,
  filings: GROWS,
  directive_versions: GROWS,
  frozen_rankings: GROWS,
  commendation_steps: GROWS,
  point_table_versions: GROWS,
  point_table_steps: GROWS,
  score_sheets: GROWS,
  audit_batches: GROWS,
  audit_entries: GROWS,
  audit_links: GROWS,
  audit_heads: GROWS,
  // Trust in a version is given and taken back; what it asks stays.
  saved_queries: sets('trusted', 'shared'),
  // A member that is taken out leaves the trail only, as do the head that it was alone with, and a deadline that is taken back.
  memberships: `${sets('cluster_code', 'source', 'inferred', 'synthetic')}, delete`,
  cluster_heads: `${sets('unit_code', 'source', 'synthetic')}, delete`,
  deadlines: `${sets('due_on', 'source')}, delete`,
  // A unit is made and ended; what it is called later is a state of its own.
  units: sets('valid_to'),
  unit_states: GROWS,
  unit_aliases: GROWS,
  unit_successions: GROWS,
  // A cluster is made and closed; what it is called later is a name of its own, and a correction its next revision.
  clusters: sets('last_year', 'closing_decision'),
  cluster_names: GROWS,
  // A workbook that sets up an empty database marks it.
  data_sets: GROWS,
  _prisma_migrations: READ,
}
const SEQUENCES = ['audit_batches_id_seq']

/**
 * Gives a role exactly what the application needs.
 * @param owner connections of the tables' owner
 * @throws {StartFailure} where the role could help itself to more: it is a superuser, or belongs to the owner
 */
export async function grantTo(role: string, owner: Pool): Promise<void> {
  const { rows } = await owner.query(
    `select r.rolsuper or r.rolcreaterole or r.rolreplication as above, pg_has_role(r.oid, c.relowner, 'member') as owns
     from pg_roles r, pg_class c where r.rolname = $1 and c.oid = 'audit_batches'::regclass`,
    [role],
  )
  const vi = `vai trò "${role}" của DATABASE_URL`
  const en = `the role "${role}" of DATABASE_URL`
  if (rows[0]?.above) {
    throw new StartFailure({
      vi: `${vi} là superuser, hoặc tạo được vai trò: khi có MIGRATION_DATABASE_URL phải là vai trò thường`,
      en: `${en} is a superuser, or may make roles: with MIGRATION_DATABASE_URL it must be a plain one`,
    })
  }
  if (rows[0]?.owns) {
    throw new StartFailure({
      vi: `${vi} là chủ của các bảng: khi có MIGRATION_DATABASE_URL phải là vai trò khác với chủ`,
      en: `${en} owns the tables: with MIGRATION_DATABASE_URL it must be another than the owner`,
    })
  }
  await inLockedTransaction(owner, (client) => grant(client, role))
}

async function grant(client: PoolClient, role: string): Promise<void> {
  const { rows } = await client.query('select quote_ident($1) as role, quote_ident(current_database()) as database', [
    role,
  ])
  const { role: quoted, database } = rows[0] as { role: string; database: string }
  const statements = [
    // A temporary table could stand in for a real one.
    `revoke temporary, create on database ${database} from public, ${quoted}`,
    `revoke create on schema public from public, ${quoted}`,
    `revoke all on all tables in schema public from public, ${quoted}`,
    `grant usage on schema public to ${quoted}`,
    ...Object.entries(GRANTS).map(([table, rights]) => `grant ${rights} on "${table}" to ${quoted}`),
    ...SEQUENCES.map((sequence) => `grant usage, select on sequence "${sequence}" to ${quoted}`),
  ]
  await client.query(statements.join(';\n'))
  const { rows: more } = await client.query<{ name: string }>(
    `select t.name from unnest($2::text[]) t(name)
     where has_table_privilege($1, quote_ident(t.name), 'update, delete, truncate, trigger')`,
    [role, Object.keys(GRANTS).filter((table) => GRANTS[table] === GROWS)],
  )
  if (more.length > 0) {
    const tables = more.map(({ name }) => name).join(', ')
    throw new StartFailure({
      vi: `vai trò "${role}" của DATABASE_URL sửa được ${tables} qua một vai trò khác mà nó thuộc về: rút vai trò đó`,
      en: `the role "${role}" of DATABASE_URL may change ${tables}, by another role that it belongs to: revoke that one`,
    })
  }
}
