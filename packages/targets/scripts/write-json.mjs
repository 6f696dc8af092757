// The directive, the default policy and the schemas that they follow as JSON, for any language.
import { writeFileSync } from 'node:fs'
import { directiveSchema } from '../dist/esm/core.js'
import { defaultPolicy, examplePolicy1000, policySchema } from '../dist/esm/emulation/index.js'
import { directive2022 } from '../dist/esm/index.js'
import { pointTableSchema } from '../dist/esm/points/index.js'

const write = (name, data) =>
  writeFileSync(new URL(`../dist/${name}.json`, import.meta.url), `${JSON.stringify(data, null, 1)}\n`)

write('directive.schema', directiveSchema)
write('policy.schema', policySchema)
write('points.schema', pointTableSchema)
write('directive', { $schema: './directive.schema.json', ...directive2022 })
write('policy-1000', { $schema: './policy.schema.json', ...examplePolicy1000 })
write('policy', { $schema: './policy.schema.json', ...defaultPolicy })
