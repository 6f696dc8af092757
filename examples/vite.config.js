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

const programs = {
  apollo: 'apollo/main.ts',
  codegen: 'codegen/main.ts',
  every: 'relay/every.ts',
  relay: 'relay/main.ts',
  sse: 'sse/main.ts',
  urql: 'urql/main.ts',
}

export default defineConfig({
  plugins: [relay],
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    // How long a plugin took is nobody's concern here, and would be a warning on a busy machine only.
    rolldownOptions: { input: programs, checks: { bundlerTimings: false } },
  },
})
