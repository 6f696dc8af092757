// The reference of the package: what its `exports` name is what it documents.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(`../packages/targets/${path}`, import.meta.url))
const { name, exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'))

export default {
  name,
  entryPoints: Object.values(exports)
    .filter((target) => target.import)
    .map(({ import: { types } }) => at(types.replace('dist/esm', 'src').replace('.d.ts', '.ts'))),
  tsconfig: at('tsconfig.json'),
  readme: at('README.md'),
  out: 'site/reference',
  disableSources: true,
  intentionallyNotExported: ['Refused'],
  treatWarningsAsErrors: true,
}
