// Builds GraphiQL's page into files: it then needs no script or worker of its own text, which a content security policy can
// forbid, and a browser keeps what does not change.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { vietnamese } from './graphiql-words.mjs'

const target = fileURLToPath(new URL('../generated/graphiql/', import.meta.url))

await build({
  configFile: false,
  root: fileURLToPath(new URL('../graphiql/', import.meta.url)),
  base: '/graphiql/',
  logLevel: 'warn',
  plugins: [vietnamese()],
  build: {
    outDir: target,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8000,
    rollupOptions: {
      output: { entryFileNames: 'graphiql.js' },
      // "use client" says nothing here.
      onLog: (level, log, tell) => log.code === 'MODULE_LEVEL_DIRECTIVE' || tell(level, log),
    },
  },
})
// The server writes its options into the page: it is no file to be given as it is.
renameSync(`${target}index.html`, fileURLToPath(new URL('../generated/graphiql.html', import.meta.url)))

for (const name of readdirSync(target, { recursive: true })) {
  if (!/\.(js|css|ttf)$/.test(name)) continue
  const content = readFileSync(target + name)
  writeFileSync(`${target}${name}.gz`, gzipSync(content))
  // The best quality takes twenty seconds for two percent.
  writeFileSync(`${target}${name}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
}
