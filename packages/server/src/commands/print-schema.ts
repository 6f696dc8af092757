// Writes schema.graphql, or with --check fails where it is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from '../schema.ts'

const file = fileURLToPath(new URL('../../../../schema.graphql', import.meta.url))
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== printed) {
    console.error('schema.graphql is stale: run `pnpm schema` and commit it')
    process.exit(1)
  }
} else {
  writeFileSync(file, printed)
}
