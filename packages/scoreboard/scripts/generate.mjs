// Types of the API and of each query in src/queries, and the queries themselves as documents that carry their types.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { codegen } from '@graphql-codegen/core'
import * as operations from '@graphql-codegen/typescript-operations'
import { parse } from 'graphql'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const folder = here('../src/queries')
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .sort()
const documents = files.map((file) => ({
  location: file,
  document: parse(readFileSync(`${folder}/${file}`, 'utf8')),
}))
const scalars = { Date: 'string', DateTime: 'string', JSON: 'unknown', File: 'File' }
const config = {
  scalars,
  enumsAsTypes: true,
  skipTypename: true,
  immutableTypes: true,
  useTypeImports: true,
  avoidOptionals: { field: true },
}
const schema = parse(readFileSync(here('../../../schema.graphql'), 'utf8'))
const types = await codegen({
  filename: 'api.ts',
  schema,
  documents,
  config,
  plugins: [{ operations: {} }],
  pluginMap: { operations },
})
const texts = documents.map(({ location, document }) => {
  const [{ operation, name }] = document.definitions
  const type = `${name.value}${operation === 'mutation' ? 'Mutation' : operation === 'subscription' ? 'Subscription' : 'Query'}`
  return {
    name: name.value,
    import: `import text${name.value} from '../queries/${location}?raw'`,
    document: `export const ${name.value} = { text: text${name.value} } as Document<${type}, ${type}Variables>`,
  }
})
mkdirSync(here('../src/generated'), { recursive: true })
writeFileSync(
  here('../src/generated/api.ts'),
  [
    '// Written by scripts/generate.mjs from schema.graphql and src/queries.',
    "import type { Document } from '../client.ts'",
    ...texts.map((one) => one.import),
    types,
    ...texts.map((one) => one.document),
    '',
  ].join('\n'),
)
