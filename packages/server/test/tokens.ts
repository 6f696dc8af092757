// Tokens as the command prints them, for a server of a suite's own.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The script of the command `dienbien`. */
export const DIENBIEN = fileURLToPath(new URL('../dist/commands/dienbien.js', import.meta.url))

/** `token('--role', 'reporter', '--unit', '102')` by the key of the environment's `DATA_DIR`. */
export const tokens =
  (environment: () => Record<string, string>) =>
  (...args: string[]): string =>
    execFileSync(process.execPath, [DIENBIEN, 'jwt', ...args], {
      env: { ...process.env, ...environment(), NODE_OPTIONS: '' },
      encoding: 'utf8',
    }).trim()

export const bearer = (jwt: string) => ({ authorization: `Bearer ${jwt}` })
