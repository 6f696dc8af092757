// Packed copies of the built files, which the server gives to whoever takes them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
for (const file of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|html|svg)$/.test(file)) continue
  const content = readFileSync(dist + file)
  writeFileSync(`${dist}${file}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(`${dist}${file}.br`, brotliCompressSync(content))
}
