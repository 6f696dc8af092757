// Tokens as the command prints them, for a server of a suite's own.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The script of the command `dienbien`. */
export const DIENBIEN = fileURLToPath(new URL('../dist/commands/dienbien.js', import.meta.url))

/** What was printed, by key and words: a token lives for hours, and a process takes a third of a second. */
const printed = new Map<string, string>()

/** `token('--role', 'reporter', '--unit', '102')` by the key of the environment's `DATA_DIR`. */
export const tokens =
  (environment: () => Record<string, string>) =>
  (...args: string[]): string => {
    const { DATA_DIR } = environment()
    const asked = JSON.stringify([DATA_DIR, ...args])
    const token = printed.get(asked) ?? print(args, environment())
    printed.set(asked, token)
    return token
  }

const print = (args: readonly string[], environment: Record<string, string>): string =>
  execFileSync(process.execPath, [DIENBIEN, 'jwt', ...args], {
    env: { ...process.env, ...environment, NODE_OPTIONS: '' },
    encoding: 'utf8',
  }).trim()

export const bearer = (jwt: string) => ({ authorization: `Bearer ${jwt}` })
