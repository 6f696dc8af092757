// `prisma generate` without a network: every command of Prisma's first downloads a native schema engine that generating
// does not use. Pointing its variable at any executable makes it go without.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { status } = spawnSync('prisma', ['generate', '--no-hints'], {
  cwd: root,
  env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', ...process.env },
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
