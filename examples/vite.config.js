import { transformAsync } from '@babel/core'
import { defineConfig } from 'vite'

/** Each graphql`…` of the Relay example becomes an import of what relay-compiler made of it. */
const relay = {
  name: 'relay',
  enforce: 'pre',
  transform: {
    filter: { id: /\/relay\/[^/]+\.ts$/ },
    handler: (code, filename) =>
      transformAsync(code, {
        filename,
        babelrc: false,
        configFile: false,
        parserOpts: { plugins: ['typescript'] },
        plugins: ['relay'],
        sourceMaps: true,
      }),
  },
}

const programs = ['apollo', 'codegen', 'relay', 'sse', 'urql']

export default defineConfig({
  plugins: [relay],
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    rolldownOptions: { input: Object.fromEntries(programs.map((name) => [name, `${name}/main.ts`])) },
  },
})
