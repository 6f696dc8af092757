import { parseArgs } from 'node:util'

/** The one file that a command is about. */
export function fileOf(command: string): string {
  const { positionals } = parseArgs({ allowPositionals: true })
  if (positionals.length !== 1) throw new Error(`usage: ${command} FILE`)
  return positionals[0] as string
}

/** Runs a command: what goes wrong is one line on standard error. */
export async function run(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
