// `pnpm migration <name>` writes the SQL that leads from the last migration to prisma/schema.prisma, and keeps that schema
// beside it; with `--check` it fails where the two differ. Prisma's own engine compares the schemas; it insists on a
// database to connect to, though it reads nothing there, so it gets an empty one in memory.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'

const argument = process.argv[2]
if (!argument || !/^(--check|[a-z][a-z0-9_]*)$/.test(argument)) {
  console.error('usage: pnpm migration <name_in_snake_case> | --check')
  process.exit(2)
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const migrations = here('../../../prisma/migrations')
const schema = here('../../../prisma/schema.prisma')
const last = readdirSync(migrations, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
  .at(-1)

const container = (path) => ({ files: [{ path, content: readFileSync(path, 'utf8') }] })
const sql = await diff(
  last ? { tag: 'schemaDatamodel', ...container(`${migrations}/${last}/schema.prisma`) } : { tag: 'empty' },
  { tag: 'schemaDatamodel', ...container(schema) },
)
const empty = sql.replace(/^--.*$/gm, '').trim() === ''
if (argument === '--check') {
  if (!empty) console.error(`prisma/migrations do not lead to prisma/schema.prisma; missing:\n${sql}`)
  process.exit(empty ? 0 : 1)
}
if (empty) {
  console.error('prisma/schema.prisma holds nothing new')
  process.exit(1)
}
const folder = `${migrations}/${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${argument}`
mkdirSync(folder)
writeFileSync(`${folder}/migration.sql`, sql)
copyFileSync(schema, `${folder}/schema.prisma`)
console.log(folder)

async function diff(from, to) {
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { './schema_engine_bg.js': engine })
  engine.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const memory = await PGlite.create()
  const socket = new PGLiteSocketServer({ db: memory, host: '127.0.0.1', port: 0 })
  await socket.start()
  const connectionString = `postgresql://postgres@${socket.getServerConn()}/postgres?sslmode=disable`
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString, max: 1 }))
  const schemaEngine = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
  const { stdout } = await schemaEngine.diff({
    from,
    to,
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  schemaEngine.free()
  await socket.stop()
  await memory.close()
  return stdout
}
