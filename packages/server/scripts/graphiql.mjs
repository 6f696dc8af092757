// Writes GraphiQL as files, out of the package that has it as texts: the page then needs no script or worker of its own
// text, which a content security policy can forbid, and a browser keeps what does not change.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { css, editorWorkerService, graphqlWorker, js, jsonWorker } from '@graphql-yoga/render-graphiql/graphiql'

const source = fileURLToPath(new URL('../graphiql/', import.meta.url))
const target = fileURLToPath(new URL('../generated/graphiql/', import.meta.url))
mkdirSync(target, { recursive: true })

/** Tabs can be dragged; where they stood before the page had its width, the first press moved them from under the pointer. */
const still = '.graphiql-tab { transform: none !important; }'

const files = {
  'graphiql.css': css + still,
  'graphiql.js': js,
  'editor.worker.js': editorWorkerService,
  'json.worker.js': jsonWorker,
  'graphql.worker.js': graphqlWorker,
}
for (const [name, text] of Object.entries(files)) {
  writeFileSync(target + name, text)
  writeFileSync(`${target}${name}.gz`, gzipSync(text))
  // The best quality takes twenty seconds for two percent.
  writeFileSync(`${target}${name}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
}
copyFileSync(`${source}start.js`, `${target}start.js`)
