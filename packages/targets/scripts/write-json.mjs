// The directive and the default policy as JSON, for any language, beside the schemas that they follow.
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { defaultPolicy, examplePolicy1000 } from '../dist/esm/emulation/index.js'
import { directive2022 } from '../dist/esm/index.js'

const here = (path) => new URL(`../${path}`, import.meta.url)
const write = (name, data) => writeFileSync(here(`dist/${name}.json`), `${JSON.stringify(data, null, 1)}\n`)

write('directive', { $schema: './directive.schema.json', ...directive2022 })
write('policy-1000', { $schema: './policy.schema.json', ...examplePolicy1000 })
write('policy', { $schema: './policy.schema.json', ...defaultPolicy })
for (const name of readdirSync(here('schema'))) copyFileSync(here(`schema/${name}`), here(`dist/${name}`))
