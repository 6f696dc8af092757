// Databases of the benches: invented figures of the province, and of a country of its size.
import pg from 'pg'
import { openDatabase } from '../packages/server/dist/database/open.js'
import { storeVersion } from '../packages/server/dist/directive/publishing.js'
import { directive2022 } from '../packages/targets/dist/esm/index.js'

export const SERVER = process.env.BENCH_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres'

export function urlOf(name) {
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return url.toString()
}

export async function asAdmin(work) {
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** An empty database, migrated and with the published data. */
export async function fresh(name) {
  await asAdmin(async (client) => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
  })
  const { pool, close } = await openDatabase({ databaseUrl: urlOf(name), dataDir: '', demo: false })
  return { pool, close }
}

export const drop = (name) => asAdmin((client) => client.query(`drop database if exists ${name} with (force)`))

/** 63 provinces, 705 districts, 10,599 communes, 12 months: 9.5 million figures, written without triggers and indexes. */
export const NATION = { provinces: 63, districts: 705, communes: 10_599, months: 12 }

export async function fillNation(pool, indicators, { provinces, districts, communes, months } = NATION) {
  const client = await pool.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query(
      'truncate units, unit_targets, clusters, memberships, measurements, eligibility_facts, filings, cluster_heads, audit_entries, audit_batches, frozen_rankings, commendation_steps cascade',
    )
    await client.query('alter table measurements drop constraint measurements_pkey')
    await client.query('drop index if exists measurements_year_as_of_idx')
    const unit = (level, prefix, width, parent) =>
      `select ${prefix} || lpad(i::text, ${width}, '0'), ${prefix} || lpad(i::text, ${width}, '0'), 'Đơn vị ' || i, 'Unit ' || i, 'x', '${level}'::unit_level, ${parent}, 'don vi', 'bench', true`
    const into = 'insert into units (id, code, name, name_en, kind, level, parent_code, search_key, source, synthetic)'
    await client.query(`${into} ${unit('province', "'p'", 2, 'null')} from generate_series(1, ${provinces}) i`)
    await client.query(
      `${into} ${unit('district', "'d'", 3, `'p' || lpad(((i - 1) % ${provinces} + 1)::text, 2, '0')`)} from generate_series(1, ${districts}) i`,
    )
    await client.query(
      `${into} ${unit('commune', "'c'", 5, `'d' || lpad(((i - 1) % ${districts} + 1)::text, 3, '0')`)} from generate_series(1, ${communes}) i`,
    )
    await client.query(
      `insert into measurements (unit_code, year, indicator_id, as_of, status, revision, value, synthetic, recorded_by)
       select u.code, 2022, i.id, (make_date(2022, m, 1) + interval '1 month - 1 day')::date, 'official', 1,
         case when i.milestone then (hashtext(u.code || m) & 1)::float8
              else round((i.target * (0.7 + (abs(hashtext(u.code || i.id || m)) % 60) / 100.0))::numeric, 2)::float8 end,
         true, 'bench'
       from units u, generate_series(1, ${months}) m,
         unnest($1::text[], $2::float8[], $3::bool[]) as i(id, target, milestone)`,
      [
        indicators.map(({ id }) => id),
        indicators.map(({ target }) => Number(target.value)),
        indicators.map(({ measure }) => measure === 'milestone'),
      ],
    )
    await client.query('vacuum analyze measurements')
  } finally {
    client.release()
  }
}

/** The same country a later year: its directive, with the targets of 2022, and its figures, those of 2022. */
export async function laterYear(name, year) {
  const { pool, prisma, close } = await openDatabase({ databaseUrl: urlOf(name), dataDir: '', demo: false })
  const document = JSON.parse(JSON.stringify({ ...directive2022, id: `1/CT.${year}`, year, issuedOn: `${year}-01-15` }))
  const version = { document, year, scope: { cluster: null, unit: null }, published: true, source: 'bench' }
  await prisma.$transaction((transaction) => storeVersion(transaction, { subject: 'bench' }, version, null), {
    timeout: 60_000,
  })
  const client = await pool.connect()
  await client.query('set session_replication_role = replica')
  await client.query(
    `insert into measurements (unit_code, year, indicator_id, as_of, status, revision, value, synthetic, recorded_by)
     select unit_code, $1, indicator_id, (as_of + make_interval(years => $1 - 2022))::date, status, revision, value, true, recorded_by
     from measurements where year = 2022`,
    [year],
  )
  await client.query('vacuum analyze measurements')
  client.release()
  await close()
}
